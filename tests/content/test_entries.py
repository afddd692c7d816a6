"""One source → its record: kind, id, languages, texts, and where each of them stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import CONFIG, Workshop
from samples import load
from texts import written

from sitegen.config import Config, load_config
from sitegen.content.entries import load_entry
from sitegen.content.record import Record
from sitegen.problems import Problem

NEWS = "---\ntitle: 校友论坛\ndate: 2026-11-01\nsection: association\n---\n正文。\n"


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return load_config(Workshop(tmp_path_factory.mktemp("config")).root)


@pytest.fixture
def record(config: Config) -> Callable[[str, str], Record]:
    """The record of a source without problems."""

    def read(path: str, text: str) -> Record:
        found, problems = load_entry(path, text.encode(), config)
        assert problems == []
        assert found is not None
        return found

    return read


@pytest.fixture
def problem(config: Config) -> Callable[[str, str], Problem]:
    """The one problem of a source."""

    def read(path: str, text: str) -> Problem:
        (only,) = load_entry(path, text.encode(), config)[1]
        assert only.hint
        assert only.span.path == path
        return only

    return read


@pytest.mark.parametrize(
    ("path", "entry_id", "languages"),
    [
        ("content/news/forum.md", "news/forum", ("zh",)),
        ("content/news/forum.zh.md", "news/forum", ("zh",)),
        ("content/news/forum.en.md", "news/forum", ("en",)),
        ("content/news/2026/forum.zh.md", "news/2026/forum", ("zh",)),
        ("content/news/2026-11-20-forum.zh.md", "news/2026-11-20-forum", ("zh",)),
        ("content/news/论坛.zh.md", "news/论坛", ("zh",)),
        ("content/news/forum/index.md", "news/forum", ("zh",)),
        ("content/news/forum/index.en.md", "news/forum", ("en",)),
        ("content/news/2026/forum/index.zh.md", "news/2026/forum", ("zh",)),
    ],
)
def test_id_and_language_come_from_the_path(
    record: Callable[[str, str], Record], path: str, entry_id: str, languages: tuple[str, ...]
) -> None:
    found = record(path, NEWS)
    assert (found.id, found.kind, found.languages) == (entry_id, "news", languages)
    assert list(found.bodies) == [languages[0]]


@pytest.mark.parametrize(
    ("given", "entry_id"),
    [("forum-2026", "news/forum-2026"), ("news/forum-2026", "news/forum-2026"), ("2026/forum", "news/2026/forum")],
)
def test_an_id_may_be_given(record: Callable[[str, str], Record], given: str, entry_id: str) -> None:
    assert record("content/news/a.zh.md", NEWS.replace("title:", f"id: {given}\ntitle:")).id == entry_id


@pytest.mark.parametrize(
    ("path", "kind", "entry_id"),
    [
        ("content/news/history.zh.md", "page", "pages/news/history"),
        ("content/anything/history.zh.md", "page", "pages/anything/history"),
        ("content/history.zh.md", "page", "pages/history"),
        ("content/pages/about/history.zh.md", "page", "pages/about/history"),
    ],
)
def test_the_kind_may_be_given(record: Callable[[str, str], Record], path: str, kind: str, entry_id: str) -> None:
    found = record(path, f"---\ntitle: 历史\nkind: {kind}\n---\n")
    assert (found.kind, found.id) == (kind, entry_id)
    assert "kind" not in found.fields


FOLDERS = {
    "news": "news", "features": "feature", "events": "event", "chapters": "chapter", "honors": "honor_roll",
    "people": "person", "projects": "project", "services": "service", "pages": "page",
}  # fmt: skip


@pytest.mark.parametrize(("folder", "kind"), FOLDERS.items())
def test_the_kind_comes_from_the_top_folder(config: Config, folder: str, kind: str) -> None:
    found, _ = load_entry(f"content/{folder}/a.yaml", "title: 甲\nname: 甲\n".encode(), config)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/nwes/a.zh.md", "E016"),
        ("content/about.zh.md", "E016"),
        ("content/news/a.cn.md", "E017"),
        ("content/news/a.fr.yaml", "E017"),
        ("content/events/index.md", "E016"),
    ],
)
def test_sources_in_the_wrong_place(problem: Callable[[str, str], Problem], path: str, code: str) -> None:
    found = problem(path, "title: 甲\n" if path.endswith("yaml") else "---\ntitle: 甲\n---\n")
    assert found.code.value == code


@pytest.mark.parametrize(
    ("title", "languages"),
    [
        ("{zh: 返校日, en: Homecoming}", ("zh", "en")),
        ("{en: Homecoming, zh: 返校日}", ("zh", "en")),
        ("{en: Homecoming}", ("en",)),
        ("返校日", ("zh",)),
    ],
)
def test_a_yaml_source_has_the_languages_of_its_title(
    record: Callable[[str, str], Record], title: str, languages: tuple[str, ...]
) -> None:
    text = f"title: {title}\nstart: 2027-04-08\nall_day: true\n"
    assert record("content/events/a.yaml", text).languages == languages
    assert record("content/events/a.en.yaml", text).languages == ("en",), "the name of the file says more"


def test_texts_in_yaml_are_markdown_in_each_language(record: Callable[[str, str], Record]) -> None:
    found = record(
        "content/people/a.yaml",
        "name: {zh: 林示例, en: Lin Shili}\nbio:\n  zh: |\n    **林示例：**校友\n  en: |\n    **Lin Shili**\n",
    )
    assert {language: written(body.parts) for language, body in found.bodies.items()} == {
        "zh": "<p><strong>林示例：</strong>校友</p>",
        "en": "<p><strong>Lin Shili</strong></p>",
    }
    assert "bio" not in found.fields


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: 甲\ndate: 2026-11-01\nsection: media\n---\n[x](javascript:x)\n", 6),
        ("---\ntitle: 甲\ndate: 2026-11-01\nsection: media\n---\n\n\n一\n\n[x](javascript:x)\n", 10),
        ("---\r\ntitle: 甲\r\ndate: 2026-11-01\r\nsection: media\r\n---\r\n\r\n[x](javascript:x)\r\n", 7),
    ],
)
def test_lines_of_the_text_are_lines_of_the_file(problem: Callable[[str, str], Problem], text: str, line: int) -> None:
    found = problem("content/news/a.zh.md", text)
    assert (found.code.value, found.span.line) == ("E018", line)


@pytest.mark.parametrize("style", ["|", "|-", "|+"])
def test_lines_of_a_text_in_yaml_are_lines_of_the_file(problem: Callable[[str, str], Problem], style: str) -> None:
    text = f"title: 甲\nsteps: [乙]\naudience: [丙]\nbody: {style}\n  一\n\n  [x](javascript:x)\n"
    assert problem("content/services/a.yaml", text).span.line == 7


@pytest.mark.parametrize("text", ["body: 见[x](javascript:x)", 'body: "[x](javascript:x)"', 'body: {zh: "[x](javascript:x)"}'])
def test_a_text_on_the_line_of_its_key_has_that_line(problem: Callable[[str, str], Problem], text: str) -> None:
    assert problem("content/services/a.yaml", f"title: 甲\nsteps: [乙]\naudience: [丙]\n{text}\n").span.line == 4


@pytest.mark.parametrize(
    "front",
    ["---\n{}\n---\n", "---  \n{}\n---  \n", "---\r\n{}\r\n---\r\n", "---\n# 注释\n{}\n\n---\n"],
    ids=["plain", "spaces after the lines", "CRLF", "comment and empty line"],
)
def test_front_matter_forms(record: Callable[[str, str], Record], front: str) -> None:
    fields = "title: 甲\ndate: 2026-11-01\nsection: media"
    found = record("content/news/a.zh.md", front.replace("{}", fields) + "正文。\n\n---\n\n后。")
    assert found.fields["title"] == "甲"
    assert written(found.bodies["zh"].parts) == "<p>正文。</p>\n<hr>\n<p>后。</p>"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("", "E003", id="empty"),
        pytest.param(" \n\n", "E003", id="white"),
        pytest.param("正文。\n", "E004", id="no front matter"),
        pytest.param("\n---\ntitle: 甲\n---\n", "E004", id="an empty line first"),
        pytest.param("--\ntitle: 甲\n--\n", "E004", id="two hyphens"),
        pytest.param("---\n---\n正文。\n", "E004", id="no fields"),
        pytest.param("---\n# title: 甲\n---\n", "E004", id="only a comment"),
        pytest.param("---\ntitle: 甲\n正文。\n", "E005", id="never closed"),
        pytest.param("---\ntitle: 甲\n ---\n", "E005", id="closed with a space before"),
        pytest.param("---\n- 甲\n---\n", "E011", id="a list"),
        pytest.param("---\n甲\n---\n", "E011", id="a text"),
        pytest.param("---\ntitle：甲\n---\n", "E006", id="full-width colon only"),
    ],
)
def test_front_matter_that_is_wrong(problem: Callable[[str, str], Problem], text: str, code: str) -> None:
    assert problem("content/pages/a.zh.md", text).code.value == code


def test_every_problem_of_a_file_is_found_at_once(config: Config) -> None:
    text = "---\ntitle: 甲\ndate: 昨天\nsecton: media\nsample: yes\n---\n![](a.jpg)\n\n[x](javascript:x)\n\n:::figur\n:::\n"
    _, problems = load_entry("content/news/a.zh.md", text.encode(), config)
    assert [(problem.code.value, problem.span.line) for problem in problems] == [
        ("E014", 3),
        ("E010", 4),
        ("E011", 5),
        ("E031", 7),
        ("E018", 9),
        ("E033", 11),
    ]


BUNDLE = """
-- content/news/2026-04-08-anniversary/index.zh.md --
---
title: 校庆
date: 2026-04-08
section: alma-mater
cover: {src: gate.svg, alt: 校门}
---
![图书馆](../2026-04-08-anniversary/library.svg)
-- content/news/2026-04-08-anniversary/index.en.md --
---
title: Anniversary
---
![Gate](gate.svg)
-- content/news/2026-04-08-anniversary/gate.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>
-- content/news/2026-04-08-anniversary/library.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><g/></svg>
-- content/news/2026-04-08-anniversary/unused.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path/></svg>
"""


def test_pictures_of_a_bundle_belong_to_it(workshop: Workshop) -> None:
    workshop.write(BUNDLE).build()
    page, english = workshop.read("news/2026/anniversary/index.html"), workshop.read("en/news/2026/anniversary/index.html")
    assert 'alt="校门"' in page and 'alt="图书馆"' in page
    assert 'alt="Gate"' in english
    published = {name.split("/")[1].split(".")[0] for name in workshop.files() if name.startswith("media/")}
    assert published - {"share"} == {"gate", "library"}


def test_raw_html_is_the_choice_of_the_site(workshop: Workshop) -> None:
    files = f"-- content/news/a.zh.md --\n{NEWS}<ruby>漢<rt>hàn</rt></ruby> <script>alert(1)</script>\n"
    (body,) = load(workshop, files).site.bodies.values()
    assert "<ruby>" not in written(body.parts) and "<script>" not in written(body.parts)
    (body,) = load(workshop, f"{files}\n-- config.yaml --\n{CONFIG}markup: {{raw_html: true}}\n").site.bodies.values()
    assert "<ruby>漢<rt>hàn</rt></ruby>" in written(body.parts)
    assert "script" not in written(body.parts)
