"""Feeds → bytes: one value, written in the format of the output."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment

from sitegen.formats.atom import write_atom
from sitegen.formats.feed import Feed, make_feed
from sitegen.formats.json_feed import write_json_feed
from sitegen.formats.rss import write_rss
from sitegen.site.reader import Reader

_WRITERS: Mapping[str, Callable[[Feed], bytes]] = {"rss": write_rss, "atom": write_atom, "json_feed": write_json_feed}


def render_feed(form: str, subject: tuple[Any, ...], reader: Reader, environment: Environment) -> bytes:
    """The feed of a subject, in one of FEED_FORMATS."""
    return _WRITERS[form](make_feed(subject, reader, environment))
