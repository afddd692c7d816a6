"""Pelican itself does not link a story to the next: this does, with plain values that its cache can hold."""

from typing import Any

from pelican import signals


def _link(generator: Any) -> None:
    """context["near"]: for each story the address and title of the one after it and of the one before it in time."""
    ends = [(article.url, article.title) for article in generator.articles]
    around = zip(generator.articles, [None, *ends], [*ends[1:], None], strict=False)
    generator.context["near"] = {article.slug: (newer, older) for article, newer, older in around}


def register() -> None:
    """Called by Pelican."""
    signals.article_generator_finalized.connect(_link)
