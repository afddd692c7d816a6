"""Paths and addresses in sources: none leaves the content folder, none can run code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content.paths import content_path, is_safe_url

quick = settings(deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("gate.jpg", "/news/gate.jpg"),
        ("./2026/gate.jpg", "/news/2026/gate.jpg"),
        ("../media/gate.jpg", "/media/gate.jpg"),
        ("../media/../gate.jpg", "/gate.jpg"),
        ("/media/gate.jpg", "/media/gate.jpg"),
        ("校门.jpg", "/news/校门.jpg"),
        ("../../gate.jpg", None),
        ("/../gate.jpg", None),
        ("/media/../../gate.jpg", None),
        ("a/../../../content/gate.jpg", None),
        ("..\\gate.jpg", None),
        ("C:/gate.jpg", None),
        ("file:///etc/passwd", None),
        ("https://a.example/gate.jpg", None),
        ("//a.example/gate.jpg", None),
    ],
)
def test_files_are_named_from_beside_the_source_or_from_the_content_folder(text: str, path: str | None) -> None:
    assert content_path(text, "content/news/forum.zh.md") == path


_segments = st.lists(st.sampled_from(["..", ".", "a", "b.jpg", "", "media", "%2e%2e"]), min_size=1, max_size=8)


@quick
@given(_segments.map("/".join), st.sampled_from(["content/a.md", "content/news/a.md", "content/news/2026/a.md"]))
def test_no_path_leaves_the_content_folder(text: str, source: str) -> None:
    path = content_path(text, source)
    assert path is None or (path.startswith("/") and not path.startswith("//") and ".." not in path.split("/"))


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/",
        "HTTP://a.example",
        "mailto:a@b.example",
        "tel:+86",
        "webcal://a.example/c.ics",
        "/a/",
        "a/b",
        "#part",
        "?q",
        "",
    ],
)
def test_safe_addresses(text: str) -> None:
    assert is_safe_url(text)


TRICKS = (
    "javascript:",
    "JAVASCRIPT:",
    " javascript:",
    "\tjavascript:",
    "java\nscript:",
    "vbscript:",
    "data:",
    "file:",
    "//",
    "/\\",
)


@quick
@given(st.text(max_size=30))
def test_no_trick_makes_an_unsafe_address_safe(text: str) -> None:
    for trick in (
        "javascript:",
        "JAVASCRIPT:",
        " javascript:",
        "\tjavascript:",
        "java\nscript:",
        "vbscript:",
        "data:",
        "file:",
        "//",
        "/\\",
    ):
        assert not is_safe_url(trick + text)
    if is_safe_url(text):
        assert not any(c <= " " or c in "\\\x7f" for c in text)
