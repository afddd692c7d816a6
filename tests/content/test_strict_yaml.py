"""YAML traps: each is an error at its exact place, or the text as typed; never a silent value."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content import strict_yaml as yaml
from sitegen.content.field_groups import plain
from sitegen.problems import Code, Problem, SiteError

quick = settings(deadline=None, derandomize=True, database=None)


def problem(text: str, first_line: int = 1) -> Problem:
    """The one problem of a text."""
    with pytest.raises(SiteError) as raised:
        yaml.parse(text, "a.yaml", first_line)
    (only,) = raised.value.problems
    assert only.hint, only.message
    return only


def place(found: Problem) -> tuple[int, int]:
    return found.span.line, found.span.column


def value(text: str) -> object:
    """The value of `a:` with this text behind it."""
    node = yaml.parse(f"a: {text}\n", "a.yaml")
    assert isinstance(node, yaml.Mapping)
    return plain(node.items["a"])


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "y", "n", "Yes", "NO", "On", "OFF", "Y", "N"])
def test_words_of_yaml_1_1_stay_words(word: str) -> None:
    assert value(word) == word


BENT = (
    "14:30|9:05:07|-1:30|0123|-010|08|0b101|1_000|1,000|2026-02-30|2026-11-20|2026-11-20 09:00|2026-11-20T09:00:00Z"
    "|.inf|-.INF|.nan|1e999|0x|0o8|１２|1.2.3|+|-|."
)


@pytest.mark.parametrize("text", BENT.split("|"))
def test_what_other_readers_bend_stays_the_text_typed(text: str) -> None:
    assert value(f'"{text}"') == text
    if text != "-":
        assert value(text) == text


CORE = {
    "true": True, "True": True, "FALSE": False, "null": None, "~": None, "": None, "0": 0, "-0": 0, "+12": 12, "-7": -7,
    "0x1F": 31, "0o17": 15, "30.27": 30.27, ".5": 0.5, "1e3": 1000.0, "-2.5E-1": -0.25,
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CORE.items())
def test_values_of_yaml_1_2_core(text: str, expected: object) -> None:
    found = value(text)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize("digits", [18, 19, 20, 400, 5_000])
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_huge_integer_stays_text(digits: int, sign: str) -> None:
    text = sign + "9" * digits
    assert value(text) == (int(text) if digits <= 18 else text)


@pytest.mark.parametrize(
    ("text", "code", "at", "words"),
    [
        pytest.param("a: 1\nb: 2\na: 3", Code.YAML_DUPLICATE_KEY, (3, 1), "a stands twice", id="duplicate key"),
        pytest.param('a: 1\n"a": 3', Code.YAML_DUPLICATE_KEY, (2, 1), "a stands twice", id="duplicate key, quoted"),
        pytest.param("m: {b: 1, b: 2}", Code.YAML_DUPLICATE_KEY, (1, 11), "b stands twice", id="duplicate key in braces"),
        pytest.param("l:\n  - b: 1\n    b: 2", Code.YAML_DUPLICATE_KEY, (3, 5), "b stands twice", id="duplicate key in a list"),
        pytest.param("a:\n\tb: 1", Code.YAML_SYNTAX, (2, 1), "tab", id="tab"),
        pytest.param("a:\n  b: 1\n  \tc: 2", Code.YAML_SYNTAX, (3, 3), "tab", id="tab after spaces"),
        pytest.param("- \ta: 1", Code.YAML_SYNTAX, (1, 3), "tab", id="tab after a dash"),
        pytest.param("a: 1\nb: *a", Code.YAML_BANNED, (2, 4), "*a", id="alias"),
        pytest.param("a: 1\nb: [x, *a]", Code.YAML_BANNED, (2, 8), "*a", id="alias in a list"),
        pytest.param("a: 1\nb: &x 2", Code.YAML_BANNED, (2, 4), "&x", id="anchor"),
        pytest.param("a: &x [1]", Code.YAML_BANNED, (1, 4), "&x", id="anchor of a list"),
        pytest.param("a:\n  &x b: 1", Code.YAML_BANNED, (2, 3), "&x", id="anchor of a key"),
        pytest.param("a: 1\n<<: {b: 2}", Code.YAML_BANNED, (2, 1), "<<", id="merge key"),
        pytest.param("a:\n  <<: [{b: 2}]", Code.YAML_BANNED, (2, 3), "<<", id="merge key below"),
        pytest.param("a: !!python/name:os.system x", Code.YAML_BANNED, (1, 4), "python/name:os.system", id="python tag"),
        pytest.param("a: !!int '3'", Code.YAML_BANNED, (1, 4), "int", id="core tag"),
        pytest.param("a: !own {b: 1}", Code.YAML_BANNED, (1, 4), "!own", id="own tag of a map"),
        pytest.param("a: !own [1]", Code.YAML_BANNED, (1, 4), "!own", id="own tag of a list"),
        pytest.param("a: 1\n---\nb: 2", Code.YAML_BANNED, (2, 1), "second", id="two documents"),
        pytest.param("a: 1\n...\n---\nb: 2", Code.YAML_BANNED, (3, 1), "second", id="two documents, first closed"),
        pytest.param("[a, b]: c", Code.WRONG_TYPE, (1, 1), "key must be a word", id="key is a list"),
        pytest.param("x: 1\n? {a: b}\n: c", Code.WRONG_TYPE, (2, 3), "key must be a word", id="key is a map"),
        pytest.param("a: x: y", Code.YAML_SYNTAX, (1, 5), "colon", id="colon in a value"),
        pytest.param("a: @x", Code.YAML_SYNTAX, (1, 4), "cannot begin a value", id="at sign"),
        pytest.param("a: `x`", Code.YAML_SYNTAX, (1, 4), "cannot begin a value", id="backtick"),
        pytest.param("a:\n  b: 1\n c: 2", Code.YAML_SYNTAX, (3, 2), "indentation", id="indentation"),
    ],
)
def test_errors_at_their_place(text: str, code: Code, at: tuple[int, int], words: str) -> None:
    found = problem(text)
    assert (found.code, place(found)) == (code, at)
    assert words in found.message


@pytest.mark.parametrize(
    ("text", "at"),
    [
        pytest.param('a: 1\nb: "x\nc: 2\n', (2, 4), id="double quote"),
        pytest.param("a: 1\nb: 'x\nc: 2\n", (2, 4), id="single quote"),
        pytest.param("a: 1\nb: [x, y\nc: 2\n", (2, 4), id="bracket"),
        pytest.param("a: 1\nb: {x: y\n", (2, 4), id="brace"),
    ],
)
def test_what_is_not_closed_is_shown_where_it_was_opened(text: str, at: tuple[int, int]) -> None:
    found = problem(text)
    assert (found.code, place(found)) == (Code.YAML_SYNTAX, at)
    assert "not closed" in found.message


@pytest.mark.parametrize(
    ("text", "at", "key"),
    [
        ("标题：x\ndate: 1", (1, 3), "标题"),
        ("title：x\ndate: 1", (1, 6), "title"),
        ("a: 1\n标题：x", (2, 3), "标题"),
        ("a: 1\n标题：x\nb: 2", (2, 3), "标题"),
        ("a: 1\nb: 2\n标题： x\nc: 3", (3, 3), "标题"),
        ("a:\n  b: 1\n  标题：x", (3, 5), "标题"),
        ("a:\n  - 标题：x\n    b: 1", (2, 7), "标题"),
    ],
)
def test_full_width_colon_after_a_key(text: str, at: tuple[int, int], key: str) -> None:
    found = problem(text)
    assert (found.code, place(found)) == (Code.YAML_SYNTAX, at)
    assert found.message == f"a full-width colon (：) stands after {key}"
    assert f"{key}: " in found.hint


@pytest.mark.parametrize("text", ["他说：好", '"他说：好"', "14：30", "甲：乙：丙"])
def test_full_width_colon_inside_a_value_is_text(text: str) -> None:
    assert value(text) == text.strip('"')


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x08", "\x1b", "\x7f", "\x80", "\x9f", "\ufeff", "\ufffe", "\uffff"])
def test_control_characters(character: str) -> None:
    found = problem(f"a: 1\nb: 标{character}题\n")
    assert place(found) == (2, 5)
    assert f"invisible character (U+{ord(character):04X})" in found.message


@pytest.mark.parametrize("escape", [r"\x00", r"\x04", r"\e", r"\a", r"\u0007", r"\U0000FEFF"])
def test_control_characters_written_as_escapes(escape: str) -> None:
    found = problem(f'a: 1\nb: "x{escape}y"\n')
    assert place(found) == (2, 4)
    assert "invisible character" in found.message


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_invisible_line_separators(separator: str, quote: str) -> None:
    assert place(problem(f"a: 1\nb: {quote}标{separator}题{quote}\nc: 3\n")) == (2, 5 + len(quote))


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("\n{n}a:", ""), ("- ", "")])
def test_nesting(opening: str, closing: str) -> None:
    def nested(depth: int) -> str:
        return "".join(opening.replace("{n}", " " * n) for n in range(depth)) + " x" + closing * depth

    assert yaml.parse(nested(50), "a.yaml") is not None
    found = problem(nested(51))
    assert found.code is Code.YAML_BANNED
    assert "50" in found.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: " + "[" * 40_000, id="brackets"),
        pytest.param("a: " + "{a: " * 40_000, id="braces"),
        pytest.param("a: " + "[{a: " * 40_000, id="both"),
        pytest.param("- " * 40_000 + "x", id="list in list in one line"),
        pytest.param("a: " + "- " * 40_000, id="list in list after a key"),
        pytest.param("? " * 40_000, id="keys of keys"),
        pytest.param("".join(" " * n + "a:\n" for n in range(2_000)), id="map in map"),
        pytest.param("# " + "]" * 40_000 + "\na: " + "[" * 40_000, id="closed in a comment, then opened"),
        pytest.param('a: "' + "]" * 40_000 + '"\nb: ' + "[" * 40_000, id="closed in a text, then opened"),
        pytest.param("a: " + "&x " * 40_000, id="anchors"),
        pytest.param("a: " + "!" * 40_000, id="exclamation marks"),
        pytest.param("a: " + '"' * 40_001, id="quotes"),
        pytest.param("a: " + "x: " * 40_000, id="colons"),
    ],
)
def test_floods_end_in_a_clear_error_at_once(text: str) -> None:
    started = time.process_time()
    problem(text)
    assert time.process_time() - started < 1


def test_many_brackets_that_are_closed_are_no_flood() -> None:
    node = yaml.parse("[" + "[1], " * 3_000 + "]", "a.yaml")
    assert isinstance(node, yaml.Sequence)
    assert len(node.items) == 3_000


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_nothing_is_nothing(text: str) -> None:
    assert plain(yaml.parse(text, "a.yaml")) is None


def test_lines_count_from_where_the_text_begins_in_its_file() -> None:
    assert place(problem("a: 1\na: 2", first_line=10)) == (11, 1)
    node = yaml.parse("a: 1\nb:\n  c: 2", "a.yaml", first_line=2)
    assert isinstance(node, yaml.Mapping)
    assert node.keys == {"a": (2, 1), "b": (3, 1)}
    inner = node.items["b"]
    assert isinstance(inner, yaml.Mapping)
    assert (inner.keys["c"], inner.items["c"].line, inner.items["c"].column) == ((4, 3), 4, 6)


# What an author can type: no control characters, no lone surrogates, none of the separators tested above.
_typed = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029"))
_key = st.text("abcdefghijklmnopqrstuvwxyz_甲乙丙", min_size=1, max_size=8).filter(lambda key: key not in ("null", "true", "false"))


def single_quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


@quick
@given(st.dictionaries(_key, _typed, min_size=1, max_size=6), st.sampled_from([single_quoted, double_quoted]))
def test_any_quoted_text_comes_back_and_places_point_to_the_keys(texts: dict[str, str], quoted: Callable[[str], str]) -> None:
    lines = [f"{key}: {quoted(text)}" for key, text in texts.items()]
    node = yaml.parse("\n".join(lines), "a.yaml", first_line=2)
    assert isinstance(node, yaml.Mapping)
    assert plain(node) == texts
    for number, (key, item) in enumerate(node.items.items()):
        assert node.keys[key] == (number + 2, 1)
        assert (item.line, item.column) == (number + 2, len(key) + 3)


@quick
@given(st.lists(st.tuples(_key, _typed), max_size=5, unique_by=lambda pair: pair[0]))
def test_any_quoted_text_in_braces_has_its_column(pairs: list[tuple[str, str]]) -> None:
    text = "m: {" + ", ".join(f"{key}: {single_quoted(words)}" for key, words in pairs) + "}"
    node = yaml.parse(text, "a.yaml")
    assert isinstance(node, yaml.Mapping)
    inner = node.items["m"]
    assert isinstance(inner, yaml.Mapping)
    assert plain(inner) == dict(pairs)
    for line, column in inner.keys.values():
        assert line == 1
        assert any(text[column - 1 :].startswith(f"{key}: ") for key, _ in pairs)


def node_or_one_problem(text: str) -> None:
    try:
        yaml.parse(text, "a.yaml")
    except SiteError as error:
        (found,) = error.problems
        assert found.hint
        assert 1 <= found.span.line <= len(text.splitlines()) + 1
        assert found.span.column >= 1


@quick
@given(st.text())
def test_any_text_at_all_gives_a_node_or_one_problem_with_place_and_hint(text: str) -> None:
    node_or_one_problem(text)


_SIGNS = [*"abc:-[]{}'\"#&*!|>?%@` \n,", "：", "\t", "<<", "---", ": ", "- "]


@quick
@given(st.lists(st.sampled_from(_SIGNS), max_size=30).map("".join))
def test_any_mixture_of_signs_gives_a_node_or_one_problem(text: str) -> None:
    node_or_one_problem(text)
