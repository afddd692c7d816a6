"""Themes in a chain: the project's own files first, then the theme's, then those of the themes it extends."""

from __future__ import annotations

import re

import pytest
from conftest import CONFIG, Workshop
from samples import entry, plain, story

from sitegen.problems import SiteError

CHILD = "-- themes/child/theme.yaml --\nextends: plain\n"


@pytest.fixture
def site(workshop: Workshop) -> Workshop:
    """A small site with the theme plain."""
    return plain(workshop).write(story("a") + entry("pages/about", "title: About", "Words"))


def child(site: Workshop, files: str = "", declaration: str = "") -> Workshop:
    """The same site with a theme that extends plain."""
    return site.write(f"-- config.yaml --\n{CONFIG}theme: child\n{CHILD}{declaration}{files}")


def test_a_template_of_the_project_takes_the_place_of_the_theme_s(site: Workshop) -> None:
    site.write("-- templates/page.html --\nmine: {{ page.title }}\n").build()
    assert site.read("about/index.html") == "mine: About"
    assert site.read("news/2026/a/index.html").startswith("<!DOCTYPE html>")


def test_a_partial_of_the_project_is_used_by_the_theme_s_templates(site: Workshop) -> None:
    site.write("-- templates/partials/list.html --\n{{ items | length }} items\n").build()
    assert "1 items" in site.read("index.html")
    assert "<nav>" in site.read("index.html")


def test_an_override_may_change_one_block(site: Workshop) -> None:
    site.write(
        '-- templates/base.html --\n{% extends "!base.html" %}\n{% block main %}<p>Before</p>{{ super() }}{% endblock %}\n'
    ).build()
    page = site.read("search/index.html")
    assert "<p>Before</p>" in page
    assert "<h1>搜索</h1>" in page
    site.write(
        '-- templates/page.html --\n{% extends "!page.html" %}\n{% block main %}{{ super() }}<p>After</p>{% endblock %}\n'
    ).build()
    assert re.search(r"<p>Words</p>\s*<p>After</p>", site.read("about/index.html"))


def test_a_template_of_another_name_may_extend_the_theme_s_own_base(site: Workshop) -> None:
    """`!` means below the file that says so, not below the file of that name in the project."""
    site.write(
        "-- templates/base.html --\nnot this\n"
        '-- templates/page.html --\n{% extends "!base.html" %}\n{% block main %}own{% endblock %}\n'
    ).build()
    assert "<h1>About</h1>" in site.read("about/index.html")
    assert site.read("index.html") == "not this"


def test_includes_and_imports_know_the_next_layer_too(site: Workshop) -> None:
    site.write(
        '-- templates/partials/list.html --\n<section>{% include "!partials/list.html" %}</section>\n'
        "-- templates/partials/macros.html --\n{% macro shout(text) %}{{ text | upper }}!{% endmacro %}\n"
        '-- templates/page.html --\n{% from "partials/macros.html" import shout %}{{ shout(page.title) }}\n'
    ).build()
    assert re.search(r"<section><ul>.*Title of a.*</ul>\s*</section>", site.read("index.html"), re.DOTALL)
    assert site.read("about/index.html") == "ABOUT!"


def test_three_layers_each_add_their_part(site: Workshop) -> None:
    add = '{% extends "!base.html" %}\n{% block main %}LAYER {{ super() }}{% endblock %}\n'
    child(site, f"-- themes/child/base.html --\n{add.replace('LAYER', 'child')}")
    site.write(f"-- templates/base.html --\n{add.replace('LAYER', 'project')}").build()
    page = site.read("search/index.html")
    assert "project child" in page
    assert "<h1>搜索</h1>" in page


def test_nothing_lies_below_the_last_layer(site: Workshop) -> None:
    site.write('-- themes/plain/base.html --\n{% extends "!base.html" %}\n')
    problems = site.problems()
    assert problems
    assert all(" E042: " in problem and "base.html" in problem for problem in problems)


def test_an_asset_of_the_project_takes_the_place_of_the_theme_s(site: Workshop) -> None:
    site.build()
    (before,) = [file for file in site.files() if file.startswith("assets/")]
    site.write(
        "-- templates/assets/plain.css.jinja --\nb { color: {{ site.theme.brand }} }\n-- templates/assets/own.js --\nlet a;\n"
    ).build()
    assets = {file: content.decode() for file, content in site.files().items() if file.startswith("assets/")}
    (own,) = [file for file in assets if "own" in file]
    (changed,) = [file for file in assets if "plain" in file]
    assert assets[changed] == "b { color: #123456 }"
    assert before not in assets
    assert f'href="/{changed}"' in site.read("index.html")
    assert re.fullmatch(r"assets/own\.[0-9a-f]{10}\.js", own)


def test_the_name_of_an_asset_changes_with_its_content_only(site: Workshop) -> None:
    site.build()
    before = {file for file in site.files() if file.startswith("assets/")}
    site.write(story("b")).build()
    assert {file for file in site.files() if file.startswith("assets/")} == before
    site.write(f'-- config.yaml --\n{CONFIG}theme: plain\ntheme_settings: {{brand: "#abcdef"}}\n').build()
    assert not {file for file in site.files() if file.startswith("assets/")} & before


def test_a_message_of_the_project_takes_the_place_of_the_theme_s(site: Workshop) -> None:
    site.write("-- templates/messages/zh.yaml --\nnav.news: 新鲜事\n").build()
    assert "<h1>新鲜事</h1>" in site.read("news/index.html")
    assert "<h1>活动</h1>" in site.read("events/index.html")
    assert "<h1>News</h1>" in site.read("en/news/index.html")


def test_a_language_without_a_word_falls_back(site: Workshop) -> None:
    """A regional variant to its language, any language to English."""
    languages = "languages: {zh-Hant: {locale: zh-Hant-TW, label: 繁體中文}, fr: {locale: fr, label: Français}}"
    config = CONFIG.replace(CONFIG[CONFIG.index("languages:") :], languages).replace(
        "{zh: 样例校友会, en: Sample Alumni}", "Sample"
    )
    site.write(f"-- config.yaml --\n{config}\ntheme: plain\n-- templates/messages/zh-Hant.yaml --\nnav.news: 新聞\n").build()
    assert "<h1>新聞</h1>" in site.read("news/index.html")
    assert "<h1>活动</h1>" in site.read("events/index.html")
    assert "<h1>News</h1>" in site.read("fr/news/index.html")


@pytest.mark.parametrize("use", ["{{ t('no.such') }}", "{{ 'no.such' | t }}"])
def test_a_word_that_no_catalog_has_is_an_error(site: Workshop, use: str) -> None:
    problems = site.write(f"-- templates/page.html --\n<p>\n{use}\n").problems()
    assert len(problems) == 1
    assert problems[0].startswith("templates/page.html:2:1: E046: ")
    assert "no.such" in problems[0]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(entry("pages/b", "title: B", "> [!TIP]\n> Words"), id="the title of an alert"),
        pytest.param("-- content/news/c.md --\n---\ntitle: C\ndate: 2026-01-01\nsection: media\ntags: [x]\n---\n", id="a title"),
    ],
)
def test_a_word_that_the_program_needs_is_an_error_too(site: Workshop, files: str) -> None:
    for language in ("zh", "en"):
        path = site.root / f"themes/plain/messages/{language}.yaml"
        path.write_text(re.sub(r"(?m)^term\.title: .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    problems = site.write(files).problems()
    assert problems
    assert all(" E046: " in problem for problem in problems)


def test_a_child_theme_overrides_what_it_has_and_inherits_the_rest(site: Workshop) -> None:
    files = (
        '-- themes/child/page.html --\n{% extends "!page.html" %}\n{% block main %}child{{ super() }}{% endblock %}\n'
        "-- themes/child/messages/en.yaml --\nnav.news: Stories\n"
        "-- themes/child/assets/child.css --\np {}\n"
    )
    child(site, files, "settings:\n  columns: {type: integer, default: 3}\n").build()
    assert re.search(r"child\s*<p>Words</p>", site.read("about/index.html"))
    assert "<h1>Stories</h1>" in site.read("en/news/index.html")
    assert "<h1>Events</h1>" in site.read("en/events/index.html")
    assert sorted(re.sub(r"\.[0-9a-f]{10}", "", file) for file in site.files() if file.startswith("assets/")) == [
        "assets/child.css",
        "assets/plain.css",
    ]


def test_a_child_of_the_default_theme_is_a_few_lines(workshop: Workshop) -> None:
    files = (
        f"-- config.yaml --\n{CONFIG}theme: child\ntheme_settings: {{brand: '#004466'}}\n"
        "-- themes/child/theme.yaml --\nextends: beacon\n"
        '-- themes/child/base.html --\n{% extends "!base.html" %}\n{% block footer %}<footer>child</footer>{% endblock %}\n'
    )
    workshop.write(files + story("a")).build()
    page = workshop.read("news/2026/a/index.html")
    assert "<footer>child</footer>" in page
    assert 'content="#004466"' in page
    assert '<main id="main"' in page


SETTINGS = (
    "settings:\n  title: {type: text, default: x}\n  color: {type: color, default: '#000000'}\n"
    "  wide: {type: flag, default: false}\n"
    "  columns: {type: integer, default: 3}\n  ratio: {type: number, default: 1.5}\n  parts: {type: list, default: [a]}\n"
    "  words: {type: map, default: {}}\n  plain: 7\n"
)
SHOW = "-- templates/page.html --\n{{ site.theme.NAME }}\n"


@pytest.mark.parametrize(
    ("name", "chosen", "shown"),
    [
        ("title", None, "x"),
        ("title", "a & b", "a &amp; b"),
        ("color", '"#aBcDeF"', "#aBcDeF"),
        ("wide", "true", "True"),
        ("columns", "4", "4"),
        ("ratio", "2", "2"),
        ("ratio", "0.25", "0.25"),
        ("parts", "[b, c]", "[&#39;b&#39;, &#39;c&#39;]"),
        ("plain", None, "7"),
    ],
)
def test_a_setting_has_its_default_or_what_is_chosen(site: Workshop, name: str, chosen: str | None, shown: str) -> None:
    child(site, SHOW.replace("NAME", name), SETTINGS)
    if chosen is not None:
        site.write(f"-- config.yaml --\n{CONFIG}theme: child\ntheme_settings: {{{name}: {chosen}}}\n")
    site.build()
    assert site.read("about/index.html") == shown


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("title", "[a]"),
        ("color", "red"),
        ("color", "'#12345'"),
        ("wide", "yes"),
        ("wide", "1"),
        ("columns", "two"),
        ("columns", "2.5"),
        ("columns", "true"),
        ("ratio", "true"),
        ("parts", "a"),
        ("words", "[a]"),
        ("colour", "'#123456'"),
    ],
)
def test_a_wrong_setting_is_an_error_of_the_configuration(site: Workshop, name: str, chosen: str) -> None:
    child(site, "", SETTINGS).write(f"-- config.yaml --\n{CONFIG}theme: child\ntheme_settings: {{{name}: {chosen}}}\n")
    with pytest.raises(SiteError) as caught:
        site.build()
    assert caught.value.exit_code == 2
    (problem,) = caught.value.problems
    assert problem.span.path == "config.yaml"
    assert problem.hint


@pytest.mark.parametrize("parent", ["../content", "/etc", "plain/../../content"])
def test_the_parent_of_a_theme_is_a_name_and_no_path(site: Workshop, parent: str) -> None:
    site.write(f"-- config.yaml --\n{CONFIG}theme: child\n-- themes/child/theme.yaml --\nextends: {parent}\n")
    with pytest.raises(SiteError, match="theme"):
        site.build()


def test_a_template_is_not_read_through_a_link(site: Workshop) -> None:
    secret = site.root.parent / "secret.html"
    secret.write_text("secret")
    (site.root / "templates").mkdir(exist_ok=True)
    (site.root / "templates/page.html").symlink_to(secret)
    site.problems()
    assert all(b"secret" not in content for content in site.files().values())
