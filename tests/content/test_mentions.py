"""What of a text is a mention of a person, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.body import Body, Mention, marks
from sitegen.content.markdown import parse_markdown
from sitegen.content.mentions import filled
from sitegen.content.parsing import NAME_OPEN, Parsing


def parsed(text: str) -> tuple[Body, list[str]]:
    """The body, and whom the text refers to."""
    parsing = Parsing("content/news/a.md", 1, {"person": "people"})
    body = parse_markdown(text, parsing)
    return body, [each.candidates[0].removeprefix("people/") for each in parsing.references if each.field == "@"]


@pytest.mark.parametrize(
    "text",
    [
        "@lin-shili", "昨天@lin-shili来了", "与@lin-shili、", "（@lin-shili）", "“@lin-shili”", "by @lin-shili.",
        "@lin-shili’s class", "**@lin-shili**", "- @lin-shili", "| a |\n|---|\n| @lin-shili |", "> @lin-shili",
        "[^1]\n\n[^1]: @lin-shili", "a\n:   @lin-shili", "~~@lin-shili~~", "@lin-shili-", "@lin-shili: yes", "会长:@lin-shili",
        "@lin-shili，office@example.edu", "# @lin-shili 回忆", "[@lin-shili](/news/)", "![@lin-shili](a.svg)",
        '![门](a.svg "@lin-shili")', ":::quote{by=\"@lin-shili\"}\n好\n:::",
        ":::figure{src=a.svg alt=\"@lin-shili\"}\n门\n:::", ":::figure{src=a.svg alt=门}\n@lin-shili\n:::",
    ],
)  # fmt: skip
def test_a_mention(text: str) -> None:
    assert parsed(text)[1] == ["lin-shili"]


@pytest.mark.parametrize(
    "text",
    [
        "office@lin-shili", "office@example.edu", "<office@example.edu>", "mailto:office@example.edu",
        "a.b@lin-shili.example.edu", "`@lin-shili`", "```\n@lin-shili\n```", "    @lin-shili", "\\@lin-shili",
        "&#64;lin-shili", "https://x.example.edu/@lin-shili", "https://x.example.edu/a,@lin-shili",
        "<https://x.example.edu/@lin-shili>", "[x](https://x.example.edu/@lin-shili)", "@lin-shili@social.example.edu",
        "@lin-shili/package", "@example.edu", "@lin-shili:example.edu", "@@lin-shili", "@ lin-shili", "@", "é@lin-shili",
        "@-lin", "@林示例", "@陕西校友会", "1@lin-shili", "_@", "?via=@lin-shili", "@liné",
    ],
)  # fmt: skip
def test_no_mention(text: str) -> None:
    body, named = parsed(text)
    assert named == []
    assert not any(isinstance(mark, Mention) for mark in marks(body.parts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a-b 与 @a-b", [True, False]),
        ("# @a-b\n\n@a-b", [False, True]),
        ("@a-b[^1] @c-d\n\n[^1]: @a-b", [True, True, False]),
        ("- @a-b\n- @c-d\n\n@a-b", [True, True, False]),
    ],
    ids=["twice", "after a heading", "in a note", "two persons"],
)
def test_the_class_is_told_where_the_text_first_names_somebody(text: str, expected: list[bool]) -> None:
    assert [mark.is_first for mark in marks(parsed(text)[0].parts) if isinstance(mark, Mention)] == expected


def test_a_mention_inside_a_link_is_no_link_of_its_own() -> None:
    body, _ = parsed("[@a-b的故事](/news/)，@a-b")
    assert [mark.is_linked for mark in marks(body.parts) if isinstance(mark, Mention)] == [False, True]


def test_plain_texts_have_a_place_for_the_name() -> None:
    body, _ = parsed("# @a-b的回忆\n\n@a-b`@c-d`\n\n- @e-f")
    names = {"a-b": "林示例", "e-f": "顾范例"}
    assert filled(body.text, names.__getitem__) == "林示例的回忆\n林示例@c-d\n顾范例"
    assert filled(body.summary, names.__getitem__) == "林示例@c-d"
    assert [filled(heading.title, names.__getitem__) for heading in body.toc] == ["林示例的回忆"]
    assert [heading.id for heading in body.toc] == ["的回忆"], "an anchor cannot wait for the name, and must not tell the id"


def test_a_heading_that_is_only_a_name_has_an_anchor() -> None:
    assert [heading.id for heading in parsed("## @a-b\n\n## @c-d")[0].toc] == ["section", "section-1"]


def test_a_summary_is_not_cut_within_a_name() -> None:
    for length in range(90, 101):
        body, _ = parsed("字" * length + "@lin-shili" + "字" * 50)
        assert body.summary.count(NAME_OPEN) in (0, 1)
        assert filled(body.summary, lambda name: f"[{name}]").endswith("…")
        assert "\x05" not in filled(body.summary, lambda name: name)


@pytest.mark.parametrize(
    ("text", "html"),
    [("与\n@a-b\n同行", "<p>与|同行</p>\n"), ("with\n@a-b\nthere", "<p>with\n|\nthere</p>\n")],
    ids=["Chinese", "English"],
)
def test_a_line_break_beside_a_name_is_one_as_beside_its_neighbours(text: str, html: str) -> None:
    assert "".join(part if isinstance(part, str) else "|" for part in parsed(text)[0].parts) == html


@given(st.text(st.sampled_from("@ab-_.:/ 林，\n`*[]()\\"), max_size=40))
def test_no_place_is_ever_left_open(text: str) -> None:
    body, named = parsed(text)
    for words in (body.text, body.summary, *(heading.title for heading in body.toc)):
        assert not set("\x05\x06") & set(filled(words, lambda name: name))
    assert not any("\x05" in part for part in body.parts if isinstance(part, str))
    assert len([mark for mark in marks(body.parts) if isinstance(mark, Mention)]) <= len(named)
