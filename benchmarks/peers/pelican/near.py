"""Pelican itself does not link a story to the next: this does."""

from itertools import pairwise
from typing import Any

from pelican import signals


def _link(generator: Any) -> None:
    articles = generator.articles
    for newer, older in pairwise(articles):
        newer.older, older.newer = older, newer


def register() -> None:
    """Called by Pelican."""
    signals.article_generator_finalized.connect(_link)
