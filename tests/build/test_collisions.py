"""Two sources never share an address, on any disk; and no address leaves the output or is a name that Windows keeps."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import Workshop
from samples import entry, plain, story

NFD = unicodedata.normalize("NFD", "é")
HOUR = "start: 2026-12-01 09:00\nend: 2026-12-01 10:00"
SAME = {
    "the same slug": (story("a", "slug: x"), story("b", "slug: x")),
    "one in capitals": (story("a", "slug: forum"), story("b", "slug: Forum")),
    "one composed, one not": (story("a", "slug: caf\u00e9"), story("b", f"slug: caf{NFD}")),
    "sharp s": (story("a", "slug: strasse"), story("b", "slug: stra\u00dfe")),
    "a date in one name": (story("2026-11-01-forum"), story("forum")),
    "an alias of another page": (story("a"), story("b", "aliases: [/news/2026/a/]")),
    "an alias without a slash": (story("a"), story("b", "aliases: [/news/2026/a]")),
    "an alias of another alias": (story("a", "aliases: [/old/]"), story("b", "aliases: [/Old/]")),
    "an alias where a folder stands": (story("a"), story("b", "aliases: [/news/2026.html, /news/2026/a/index.html]")),
    "a page at the place of a section": (entry("pages/news/media", "title: A"), ""),
    "a page at the place of a language": (entry("pages/en", "title: A"), ""),
    "a page at the place of the home page's feed": (entry("pages/x", "title: A\naliases: [/feed.xml/x.html]"), ""),
    "an event at the place of a month": (entry("events/2026/12", f"title: A\nslug: 2026\n{HOUR}"), ""),
}  # fmt: skip
FINE = {"an event at the place of a month"}


@pytest.mark.parametrize("case", [case for case in SAME if case not in FINE])
def test_one_address_for_two_is_an_error(workshop: Workshop, case: str) -> None:
    first, second = SAME[case]
    problems = plain(workshop).write(first + second).problems()
    assert problems
    assert all(" E023: " in problem for problem in problems)
    if second:
        named = "".join(problems)
        assert "content/news/a.md" in named or "content/news/2026-11-01-forum.md" in named
        assert "content/news/b.md" in named or "content/news/forum.md" in named


def test_a_slug_like_a_year_is_no_collision(workshop: Workshop) -> None:
    assert plain(workshop).write(SAME["an event at the place of a month"][0]).problems() == []


def test_the_same_slug_in_two_languages_is_fine(workshop: Workshop) -> None:
    assert plain(workshop).write(story("a.zh") + entry("news/a.en", "title: A")).problems() == []


@pytest.mark.parametrize("name", ["con", "NUL", "aux.html", "com1", "lpt9.x"])
def test_names_that_windows_keeps_are_refused(workshop: Workshop, name: str) -> None:
    (problem,) = plain(workshop).write(story("a", f"slug: {name}")).problems()
    assert problem.startswith("content/news/a.md:")
    assert " E024: " in problem


@pytest.mark.parametrize("alias", ["/../x/", "/a/../../x/", "/a//b/", "/./a/"])
def test_an_alias_stays_within_the_output(workshop: Workshop, alias: str) -> None:
    problems = plain(workshop).write(story("a", f'aliases: ["{alias}"]')).problems()
    assert problems
    assert all(problem.startswith("content/news/a.md:") for problem in problems)
    assert not (workshop.root / "public").exists()


@pytest.mark.parametrize("slug", ["../x", "a/b", "..", ".hidden", "a b", "a?b", "a#b", "a%2Fb", "a:b"])
def test_a_slug_is_one_part_of_an_address(workshop: Workshop, slug: str) -> None:
    (problem,) = plain(workshop).write(story("a", f'slug: "{slug}"')).problems()
    assert problem.startswith("content/news/a.md:5:")
    assert " E011: " in problem
