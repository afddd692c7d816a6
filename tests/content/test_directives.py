"""Blocks in a text (`:::figure{…}` … `:::`): right ones, and wrong ones with their lines."""

from __future__ import annotations

import pytest
from conftest import Workshop
from texts import html, parse, problems

from sitegen.content.directives import DIRECTIVES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (':::figure{src=a.jpg alt="校门"}\n*北*\n:::', "<figure src=/news/a.jpg alt=校门><p><em>北</em></p></figure>"),
        (":::figure{src=/media/a.jpg alt=“校 门” credit=馆}\n:::", "<figure src=/media/a.jpg alt=校 门 credit=馆></figure>"),
        ("::: figure { src=a.jpg   alt=校门 }\n:::", "<figure src=/news/a.jpg alt=校门></figure>"),
        (":::quote\n一\n\n二\n:::", "<quote ><p>一</p>\n<p>二</p></quote>"),
        (':::quote{by="苏样本" role="校友 & 教师"}\n一\n:::', "<quote by=苏样本 role=校友 & 教师><p>一</p></quote>"),
        (":::gallery\n![a](a.jpg)\n:::", "<gallery ><p><picture /news/a.jpg|a|></p></gallery>"),
        ("::::gallery\n:::figure{src=a.jpg alt=甲}\n:::\n::::", "<gallery ><figure src=/news/a.jpg alt=甲></figure></gallery>"),
        (":::video{src=https://v.example/1 title=合唱}\n:::", "<video src=https://v.example/1 title=合唱></video>"),
        (":::video{src=a.mp4 title=合唱 poster=a.jpg}\n:::", "<video src=/news/a.mp4 title=合唱 poster=/news/a.jpg></video>"),
        (":::people{ids=lin-shili}\n:::", "<people ids=lin-shili></people>"),
        (":::events{chapter=hangzhou limit=3}\n:::", "<events chapter=hangzhou limit=3></events>"),
        (":::honor-roll{id=annual-2026 level=pillar}\n:::", "<honor-roll id=annual-2026 level=pillar></honor-roll>"),
        ("一\n:::quote\n二\n:::\n三", "<p>一</p>\n<quote ><p>二</p></quote><p>三</p>"),
        ("- 一\n\n  :::quote\n  二\n  :::", "<ul>\n<li>\n<p>一</p>\n<quote ><p>二</p></quote></li>\n</ul>"),
    ],
)  # fmt: skip
def test_blocks(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize("text", ["这是:::quote", "`:::quote`", "```\n:::quote\n```", "    :::quote", "\\:::quote"])
def test_what_does_not_begin_a_line_is_text(text: str) -> None:
    assert ":::quote" in html(text)


@pytest.mark.parametrize(
    ("opening", "message", "hint"),
    [
        (":::figur{src=a.jpg alt=x}", "there is no block :::figur", "did you mean figure?"),
        (":::QUOTE", "“:::QUOTE” is not a block", ":::"),
        (":::图片{src=a.jpg}", "“:::图片{src=a.jpg}” is not a block", ":::figure"),
        (":::figure{src=a.jpg}", ":::figure needs alt", 'add alt="…" inside the braces'),
        (':::figure{src=a.jpg alt=""}', ":::figure needs alt", "alt"),
        (':::figure{alt="x"}', ":::figure needs src", "src"),
        (":::figure", ":::figure needs src", "src"),
        (":::video{src=https://v.example/1}", ":::video needs title", "title"),
        (":::people", ":::people needs ids", "ids"),
        (":::honor-roll{level=pillar}", ":::honor-roll needs id", "id"),
        (":::quote{author=甲}", ":::quote has no author", "by"),
        (":::figure{src=a.jpg alt=x colour=red}", ":::figure has no colour", "alt"),
        (':::figure{src=a.jpg alt="x}', '“alt="x” is not understood in :::figure', 'name="value"'),
        (":::figure src=a.jpg alt=x", "“:::figure src=a.jpg alt=x” is not a block", ":::figure{"),
        (":::quote{by=甲} 多余", "“:::quote{by=甲} 多余” is not a block", ":::"),
    ],
)
def test_wrong_blocks_are_named_with_line_and_hint(opening: str, message: str, hint: str) -> None:
    _, parsing = parse(f"一\n\n{opening}\n:::\n")
    (problem,) = parsing.problems
    assert (problem.code.value, problem.span.line) == ("E033", 12)
    assert problem.message == message
    assert hint in problem.hint


@pytest.mark.parametrize(
    "opening",
    [
        ":::figure{src=../../a.jpg alt=x}",
        ":::figure{src=https://a.example/a.jpg alt=x}",
        ":::figure{src=javascript:x alt=x}",
        ":::video{src=javascript:x title=x}",
        ":::video{src=http://v.example/1 title=x}",
        ":::video{src=//v.example/1 title=x}",
        ":::video{src=https://v.example/1 title=x poster=https://v.example/p.jpg}",
    ],
)
def test_files_of_blocks_are_of_the_content_folder(opening: str) -> None:
    (problem,) = problems(f"一\n\n{opening}\n:::\n")
    assert problem.startswith("12: E024: “")


def test_every_wrong_block_of_a_text_is_reported() -> None:
    found = problems(":::figur\n:::\n\n:::figure{src=a.jpg}\n:::\n\n- :::quot\n  :::\n")
    assert [problem.split(":")[0] for problem in found] == ["10", "13", "16"]


@pytest.mark.parametrize(
    ("opening", "candidates"),
    [
        (':::people{ids="lin-shili, su-yangben"}', ["people/lin-shili", "people/su-yangben"]),
        (":::people{ids=people/lin-shili}", ["people/lin-shili"]),
        (":::events{chapter=hangzhou}", ["chapters/hangzhou"]),
        (":::events", []),
        (":::honor-roll{id=annual-2026}", ["honors/annual-2026"]),
    ],
)
def test_entries_that_a_block_names_are_noted_with_their_line(opening: str, candidates: list[str]) -> None:
    _, parsing = parse(f"一\n\n{opening}\n:::\n")
    assert [reference.candidates for reference in parsing.references] == [(candidate,) for candidate in candidates]
    assert all(reference.line == 12 for reference in parsing.references)


def test_a_block_in_a_quotation() -> None:
    assert html("> :::quote\n> 一\n> :::") == "<blockquote>\n<quote ><p>一</p></quote></blockquote>"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("一\n\n:::quote\n二\n\n三", 12, id="never closed"),
        pytest.param("一\n\n:::\n", 12, id="closes nothing"),
        pytest.param("一\n\n：：：quote\n二\n：：：", 12, id="full-width colons"),
        pytest.param("一\n\n:::events{limit=三}\n:::", 12, id="limit is no number"),
        pytest.param("一\n\n:::honor-roll{id=a limit=-1}\n:::", 12, id="limit below nothing"),
    ],
)
def test_blocks_that_would_spoil_the_page_are_errors(text: str, line: int) -> None:
    assert [problem[:8] for problem in problems(text)] == [f"{line}: E033"]


STORY = """
-- content/news/forum.zh.md --
---
title: 校友论坛
date: 2026-11-01
section: association
---
:::figure{src=gate.svg alt="校门"}
北门。
:::

:::gallery{title=影像}
![甲图](gate.svg "甲")
:::

:::quote{by=苏样本 role=校友}
大家好。
:::

:::video{src=https://v.example/1 title=合唱视频}
:::

:::people{ids=lin-shili}
:::

:::events{limit=2}
:::

:::honor-roll{id=awards}
:::
-- content/news/gate.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>
-- content/people/lin-shili.yaml --
name: {zh: 林示例, en: Lin Shili}
-- content/events/homecoming-2027.yaml --
title: {zh: 返校日, en: Homecoming Day}
start: 2027-04-08 09:00
end: 2027-04-08 17:00
-- content/honors/awards.yaml --
title: {zh: 校友奖, en: Alumni Awards}
type: awards
entries: [{id: a1, name: 样例获奖人, year: 2026}]
"""


def test_the_theme_draws_every_block(workshop: Workshop) -> None:
    workshop.write(STORY).build()
    page = workshop.read("news/2026/forum/index.html")
    for word in [
        "北门。",
        'alt="校门"',
        'alt="甲图"',
        "苏样本",
        "大家好。",
        "https://v.example/1",
        "合唱视频",
        "林示例",
        "返校日",
        "样例获奖人",
    ]:
        assert word in page
    assert ":::" not in page
    assert len(DIRECTIVES) == STORY.count(":::") // 2, "a new block wants a line in this story"
