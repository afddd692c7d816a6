"""The formats of feeds: the file each is written to, beside the page whose stories it holds, and its media type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """A format: its name for readers, its file, its media type (RFC 4287; jsonfeed.org; RSS has none that is registered)."""

    label: str
    file: str
    media_type: str


FEED_FORMATS = {
    "rss": FeedFormat("RSS", "feed.xml", "application/rss+xml"),
    "atom": FeedFormat("Atom", "atom.xml", "application/atom+xml"),
    "json_feed": FeedFormat("JSON Feed", "feed.json", "application/feed+json"),
}
# Where other programs put the feed of a site: readers that knew it there go on receiving it.
LEGACY_FILES = ("index.xml", "rss.xml")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as a page offers it."""

    label: str
    type: str
    url: str


def feed_links(feed_url: str | None) -> tuple[FeedLink, ...]:
    """A feed in each of its formats, from the address of its RSS."""
    folder = (feed_url or "").removesuffix(FEED_FORMATS["rss"].file)
    return tuple(FeedLink(each.label, each.media_type, folder + each.file) for each in FEED_FORMATS.values()) if folder else ()
