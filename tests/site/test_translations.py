"""One entry in several languages: what a translation inherits, what it says itself, and what stands in for it."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import CONFIG, Workshop
from samples import entry, load, story

from sitegen.site.cards import Address

PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>'
SHARED = """\
title: 中文标题
date: 2026-03-01 09:00
updated: 2026-03-02
section: media
tags: [music]
topics: [people]
chapters: [hangzhou]
weight: 3
slug: forum
aliases: [/old/]
cover: {src: /media/gate.svg, alt: 校门}
original_url: "https://news.example.edu/1"
sample: true"""
TEXT = """
summary: 中文摘要
authors: [林样本]
dateline: {place: 西安}
corrections: [{date: 2026-03-03, text: 更正}]"""
AROUND = entry("chapters/hangzhou", "title: 杭州\ntype: regional\nstatus: active") + f"-- content/media/gate.svg --\n{PIXEL}\n"
TRILINGUAL = CONFIG.replace("English}}", "English}, fr: {locale: fr, label: Français}}")


def fields(workshop: Workshop, translation: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of a Chinese story and of its translation."""
    files = AROUND + entry("news/a.zh", SHARED + TEXT, "正文") + entry("news/a.en", translation, "Text")
    cards = load(workshop, files).site.cards
    return dict(cards[Address("news/a", "zh")].fields), dict(cards[Address("news/a", "en")].fields)


def test_a_translation_inherits_all_but_text(workshop: Workshop) -> None:
    chinese, english = fields(workshop, "title: English title")
    own = {"summary", "authors", "dateline", "corrections"}
    assert own <= set(chinese)
    assert english == {key: value for key, value in chinese.items() if key not in own}


def test_a_translation_may_differ(workshop: Workshop) -> None:
    _, english = fields(workshop, "title: English title\ntags: [choir]\nslug: hangzhou-forum\nsection: notices")
    assert (english["tags"], english["slug"], english["section"]) == (["choir"], "hangzhou-forum", "notices")
    assert english["topics"] == ["people"]


def test_the_pages_of_both_languages_know_each_other(workshop: Workshop) -> None:
    fields(workshop, "title: English title\nslug: hangzhou-forum")
    workshop.build()
    chinese, english = workshop.read("news/2026/forum/index.html"), workshop.read("en/news/2026/hangzhou-forum/index.html")
    for page in (chinese, english):
        assert 'hreflang="zh-Hans-CN" href="https://alumni.example.edu/news/2026/forum/"' in page
        assert 'hreflang="en" href="https://alumni.example.edu/en/news/2026/hangzhou-forum/"' in page
        assert 'hreflang="x-default" href="https://alumni.example.edu/news/2026/forum/"' in page
    assert "正文" not in english
    assert 'href="/en/news/2026/hangzhou-forum/"' in chinese


def test_a_map_of_languages_makes_an_entry_in_each(workshop: Workshop) -> None:
    files = (
        "-- content/events/a.yaml --\ntitle: {zh: 论坛, en: Forum}\nstart: 2027-01-01\nall_day: true\nbody: {zh: 正文, en: Text}\n"
    )
    site = load(workshop, files).site
    assert {address.language: card.title for address, card in site.cards.items()} == {"zh": "论坛", "en": "Forum"}
    assert {address.language: body.text.strip() for address, body in site.bodies.items()} == {"zh": "正文", "en": "Text"}


@pytest.mark.parametrize(
    ("title", "languages"),
    [("Forum", ["zh"]), ("{en: Forum}", ["en"]), ("{zh: 论坛, en: Forum, fr: Le forum}", ["zh", "en", "fr"])],
)
def test_an_entry_exists_in_the_languages_of_its_title(workshop: Workshop, title: str, languages: list[str]) -> None:
    workshop.write(f"-- config.yaml --\n{TRILINGUAL}")
    site = load(workshop, f"-- content/events/a.yaml --\ntitle: {title}\nstart: 2027-01-01\nall_day: true\n").site
    assert list(site.languages["events/a"]) == languages


def test_a_missing_translation_is_absent_there_and_its_language_stands_in(workshop: Workshop) -> None:
    """A Chinese chapter named by an English story: the link leads to the Chinese page, and says so."""
    files = (
        entry("chapters/hangzhou.zh", "title: 杭州校友会\ntype: regional\nstatus: active")
        + story("a.zh", "chapters: [hangzhou]")
        + entry("news/a.en", "title: A", "With [our hosts](chapter:hangzhou).")
    )
    workshop.write(files).build()
    assert not (workshop.root / "public/en/chapters/hangzhou").exists()
    assert "杭州校友会" not in workshop.read("en/chapters/index.html")
    page = workshop.read("en/news/2026/a/index.html")
    assert '<a href="/chapters/hangzhou/">our hosts</a>' in page


@pytest.mark.parametrize(
    ("languages", "wanted", "found"),
    [
        (["zh", "en", "fr"], "fr", "fr"),
        (["zh", "en"], "fr", "zh"),
        (["en", "fr"], "zh", "en"),
        (["fr"], "en", "fr"),
        ([], "zh", None),
    ],
)
def test_what_stands_in_is_the_first_language_of_the_site(
    workshop: Workshop, languages: list[str], wanted: str, found: str | None
) -> None:
    workshop.write(f"-- config.yaml --\n{TRILINGUAL}")
    files = "".join(entry(f"pages/a.{language}", f"title: {language}") for language in languages) + entry("pages/b", "title: B")
    address = load(workshop, files).site.resolve(("pages/a",), wanted)
    assert (address and address.language) == found


@pytest.mark.parametrize("missing", ["date", "section"])
def test_what_a_story_needs_may_stand_in_the_original_only(workshop: Workshop, missing: str) -> None:
    lines = {"title": "title: A", "date": "date: 2026-01-01", "section": "section: notices"}
    translation = "\n".join(line for key, line in lines.items() if key != missing)
    assert workshop.write(story("a.zh") + entry("news/a.en", translation)).problems() == []


def test_a_translation_needs_its_own_title(workshop: Workshop) -> None:
    problems = workshop.write(story("a.zh") + entry("news/a.en", "tags: [music]")).problems()
    assert len(problems) == 1
    assert "news/a.en.md" in problems[0]
    assert "E013: title is missing" in problems[0]


def test_menus_titles_and_params_are_in_the_page_language(workshop: Workshop) -> None:
    menu = 'menus: {main: [{ref: news}, {title: {zh: 校历, en: Calendar}, url: "https://www.example.edu/"}]}'
    workshop.write(f"-- config.yaml --\n{CONFIG}{menu}\n" + story("a")).build()
    assert "校历" in workshop.read("index.html")
    english = workshop.read("en/index.html")
    assert "Calendar" in english
    assert "Sample Alumni" in english
    assert "样例校友会" not in english.replace("简体中文", "")
