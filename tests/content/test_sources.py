"""Sources: which files count, how they are opened, and what they must be to be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.content.sources import MAX_MEGABYTES, MEGABYTE, decode, find_sources, read_source
from sitegen.problems import Code, Problem, SiteError


def only(raised: pytest.ExceptionInfo[SiteError]) -> Problem:
    (found,) = raised.value.problems
    assert found.hint, found.message
    return found


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")


@pytest.mark.parametrize(
    ("content", "words", "at"),
    [
        pytest.param("标题: x".encode("gb18030"), "GBK", (1, 1), id="GBK"),
        pytest.param("a: 1\nb: 汉\n".encode() + "标题".encode("gb18030"), "not UTF-8", (3, 1), id="GBK after UTF-8"),
        pytest.param(b"a: 1\nb: \xe6\xb1\x89\xff", "not UTF-8", (2, 5), id="no encoding at all"),
        pytest.param("a: 1".encode("utf-16"), "UTF-16", (1, 1), id="UTF-16 little-endian"),
        pytest.param(b"\xfe\xff" + "a: 1".encode("utf-16-be"), "UTF-16", (1, 1), id="UTF-16 big-endian"),
        pytest.param(b"\xef\xbb\xbfa: 1", "byte order mark", (1, 1), id="byte order mark"),
    ],
)
def test_encodings(content: bytes, words: str, at: tuple[int, int]) -> None:
    with pytest.raises(SiteError) as raised:
        decode(content, "a.yaml")
    found = only(raised)
    assert (found.code, found.span.line, found.span.column) == (Code.ENCODING, *at)
    assert words in found.message


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_are_one(ends: str) -> None:
    assert decode(f"甲{ends}乙{ends}{ends}丙".encode(), "a.md") == "甲\n乙\n\n丙"


def test_five_megabytes_are_read_and_one_byte_more_is_not() -> None:
    assert len(decode(b"x" * MAX_MEGABYTES * MEGABYTE, "a.md")) == MAX_MEGABYTES * MEGABYTE
    with pytest.raises(SiteError) as raised:
        decode(b"x" * (MAX_MEGABYTES * MEGABYTE + 1), "a.md")
    assert only(raised).code is Code.TOO_LARGE


def test_files_are_found_in_order_and_leftovers_are_not(tmp_path: Path) -> None:
    touch(tmp_path, "content/b.md", "content/a/2.md", "content/a/1.svg", "content/新闻.md")
    touch(
        tmp_path, "content/.hidden.md", "content/.git/x.md", "content/b.md~", "content/.b.md.swp", "content/b.bak", "content/b.tmp"
    )
    sources, problems = find_sources(tmp_path, "content")
    assert [source.path for source in sources] == ["content/a/1.svg", "content/a/2.md", "content/b.md", "content/新闻.md"]
    assert problems == []


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert find_sources(tmp_path, "content") == ([], [])


@pytest.mark.parametrize("target", ["outside.md", "content/real.md", "gone.md", "."])
def test_symbolic_links_are_refused_wherever_they_lead(tmp_path: Path, target: str) -> None:
    touch(tmp_path, "outside.md", "content/real.md")
    (tmp_path / "content/link.md").symlink_to(tmp_path / target)
    sources, (found,) = find_sources(tmp_path, "content")
    assert [source.path for source in sources] == ["content/real.md"]
    assert (found.code, found.span.path) == (Code.SYMLINK, "content/link.md")


@pytest.mark.parametrize("name", ["link.md", "pipe.md", "folder.md", "gone.md"])
def test_only_an_ordinary_file_is_read(tmp_path: Path, name: str) -> None:
    touch(tmp_path, "real.md", "folder.md/x")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    os.mkfifo(tmp_path / "pipe.md")
    writer = os.open(tmp_path / "pipe.md", os.O_RDWR | os.O_NONBLOCK)  # or opening to read would wait for ever
    with pytest.raises(SiteError) as raised:
        read_source(tmp_path, name)
    os.close(writer)
    assert only(raised).code is Code.UNREADABLE
