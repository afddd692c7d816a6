"""Paths of the pages that are not entries: indexes, sections, years, months, terms.  Language first, below the base address."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

_PLAIN = re.compile(r"[A-Za-z0-9/._~#?=&-]*")

# Index pages by the name used in menus and in url_for().
INDEXES: dict[str, str] = {
    "home": "/",
    "news": "/news/",
    "people": "/people/",
    "events": "/events/",
    "chapters": "/chapters/",
    "honors": "/honors/",
    "cohorts": "/cohorts/",
    "projects": "/projects/",
    "services": "/services/",
    "archive": "/archive/",
    "subscribe": "/subscribe/",
    "search": "/search/",
    "tags": "/tags/",
    "topics": "/topics/",
}
SEARCH_FOLDER = "pagefind/"  # of the search index


def index_path(name: str, prefix: str) -> str:
    return prefix + INDEXES.get(name, f"/{name}/")


def section_path(section: str, prefix: str) -> str:
    return f"{prefix}/news/{section}/"


def year_path(year: int, prefix: str) -> str:
    return f"{prefix}/news/{year}/"


def month_path(year: int, month: int, prefix: str) -> str:
    return f"{prefix}/events/{year}/{month:02}/"


def term_path(taxonomy: str, term: str, prefix: str) -> str:
    return f"{prefix}/{taxonomy}/{term}/"


def calendar_path(axis: str, word: str, prefix: str) -> str:
    """The calendar of a type of event or of an audience: `type` or `audience`, and which."""
    return f"{prefix}/events/{axis}/{word}/calendar.ics"


def roll_path(path: str, axis: str, key: str | None = None, number: int = 1) -> str:
    """The path of a page of a roll: of all rows (axis ""), of an axis, or of a group of it; …/page/2/ for the next."""
    base = path + (f"{axis}/" if axis else "") + (f"{key}/" if key else "")
    return numbered(base, number if number > 1 else None)


def reunion_path(prefix: str, year: int | None = None) -> str:
    """The path of the reunions of a year, or of this year and those to come."""
    return f"{prefix}/cohorts/reunions/" + (f"{year}/" if year else "")


def reunion_calendar_path(prefix: str) -> str:
    return reunion_path(prefix) + "calendar.ics"


def numbered(path: str, number: int | None) -> str:
    """The path of one page of a listing: its own for the newest (None), …/page/3/ for the third from the oldest."""
    return path if number is None else f"{path}page/{number}/"


def file_of(path: str) -> str:
    """The file below the destination that a path names: `/news/` is news/index.html."""
    return (path + "index.html" if path.endswith("/") else path).lstrip("/")


def quoted(path: str) -> str:
    """A path as it stands in an address (RFC 3986): other characters than ASCII percent-encoded."""
    return path if _PLAIN.fullmatch(path) else quote(path, safe="/%:@!$&'()*+,;=~-._#?")


def listing_path(subject: tuple[Any, ...], prefix: str) -> str:
    """The path of a page that is no entry, from its subject."""
    match subject:
        case ("index", name):
            return index_path(name, prefix)
        case ("news", None, None, number):
            return numbered(index_path("news", prefix), number)
        case ("news", section, None, number):
            return numbered(section_path(section, prefix), number)
        case ("news", None, year, number):
            return numbered(year_path(year, prefix), number)
        case ("term", taxonomy, term, number):
            return numbered(term_path(taxonomy, term, prefix), number)
        case ("month", year, month):
            return month_path(year, month, prefix)
        case ("reunions", year):
            return reunion_path(prefix, year)
        case ("404",):
            return f"{prefix}/404.html"
    raise ValueError(f"no listing has the subject {subject}")
