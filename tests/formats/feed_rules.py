"""What the specifications demand of a feed, as strict rules: RSS 2.0 with its best practices, RFC 4287, JSON Feed 1.1.

Each judge gives the faults it finds; [] is a feed without any.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
NOTE = "{http://www.w3.org/1999/xhtml}div"
MEDIA_TYPE = r"[a-z]+/[a-z0-9][a-z0-9.+-]*"
LANGUAGE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"
RFC_822 = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
RFC_3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)"


def faults(file: str, content: bytes) -> list[str]:
    """The faults of a feed, judged by the rules of its file."""
    judge = {"atom.xml": atom_faults, "feed.json": json_faults}.get(file.rpartition("/")[2], rss_faults)
    try:
        return list(judge(content))
    except (ValueError, TypeError, KeyError, etree.XMLSyntaxError) as error:
        return [f"no feed at all: {error!r}"]


def rss_faults(content: bytes) -> Iterator[str]:
    root = etree.fromstring(content)
    if (root.tag, root.get("version"), [child.tag for child in root]) != ("rss", "2.0", ["channel"]):
        yield "not one channel in rss 2.0"
    channel = root[0]
    tags = [child.tag for child in channel]
    known = {"title", "link", "description", "language", "lastBuildDate", "docs", "generator", "item", ATOM + "link", NOTE}
    yield from _elements(channel, known, once={"title", "link", "description"}, at_most_once=known - {"item"})
    if "item" in tags and set(tags[tags.index("item") :]) != {"item"}:
        yield "something of the channel stands after an item"
    yield from _address(channel.findtext("link"))
    yield from _matching(LANGUAGE, channel.findtext("language"))
    yield from _rfc_822(channel.findtext("lastBuildDate"))
    yield from _self(channel.findall(ATOM + "link"), "application/rss+xml")
    items = channel.findall("item")
    yield from _unique(item.findtext("guid") for item in items)
    for item in items:
        known = {"title", "link", "description", "guid", "pubDate", "category", "enclosure", CONTENT, CREATOR}
        yield from _elements(item, known, once={"title", "link", "guid", "pubDate"}, at_most_once=known - {"category"})
        yield from _address(item.findtext("link"))
        yield from _rfc_822(item.findtext("pubDate"))
        if item.find("guid").get("isPermaLink") != "false":
            yield "a guid that is no address does not say so"
        yield from html_faults(item.findtext(CONTENT) or "")
        yield from html_faults(item.findtext("description") or "")
        for enclosure in item.findall("enclosure"):
            yield from _address(enclosure.get("url"))
            yield from _matching(r"\d+", enclosure.get("length"))
            yield from _matching(MEDIA_TYPE, enclosure.get("type"))


def atom_faults(content: bytes) -> Iterator[str]:
    feed = etree.fromstring(content)
    if feed.tag != ATOM + "feed":
        yield "no Atom feed"
    entries = feed.findall(ATOM + "entry")
    known = {ATOM + name for name in ("id", "title", "subtitle", "updated", "author", "link", "generator", "entry")} | {NOTE}
    once = {ATOM + name for name in ("id", "title", "updated")}
    yield from _elements(feed, known, once, at_most_once={ATOM + "subtitle", ATOM + "generator", NOTE})
    yield from _matching(LANGUAGE, feed.get("{http://www.w3.org/XML/1998/namespace}lang"))
    yield from _self([link for link in feed.findall(ATOM + "link") if link.get("rel") == "self"], "application/atom+xml")
    yield from _unique([feed.findtext(ATOM + "id"), *(entry.findtext(ATOM + "id") for entry in entries)])
    known = {ATOM + name for name in ("id", "title", "updated", "published", "author", "link", "category", "summary", "content")}
    for entry in entries:
        yield from _elements(entry, known, once, at_most_once={ATOM + name for name in ("published", "summary", "content")})
        if _instant(entry) > _instant(feed):
            yield "an entry is younger than its feed"
        if feed.find(ATOM + "author") is None and entry.find(ATOM + "author") is None:
            yield "an entry without author"
        body = entry.find(ATOM + "content")
        if body is not None:
            yield from [] if body.get("type") == "html" and not len(body) else [f"content of type {body.get('type')}"]
            yield from html_faults(body.text or "")
    for node in (feed, *entries):
        links = node.findall(ATOM + "link")
        yield from _matching(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", node.findtext(ATOM + "id"))
        for name in ("updated", "published"):
            yield from [fault for each in node.findall(ATOM + name) for fault in _matching(RFC_3339, each.text)]
        for author in node.findall(ATOM + "author"):
            yield from _elements(author, {ATOM + "name"}, {ATOM + "name"}, set())
        yield from [
            f"two links {key}" for key, count in Counter((each.get("rel"), each.get("type")) for each in links).items() if count > 1
        ]
        if not [link for link in links if link.get("rel") == "alternate"]:
            yield "no link to the page"
        for link in links:
            yield from _address(link.get("href"))
            yield from _matching(MEDIA_TYPE, link.get("type", "text/html"))
        for category in node.findall(ATOM + "category"):
            yield from [] if category.get("term") else ["a category without term"]


def json_faults(content: bytes) -> Iterator[str]:
    feed = json.loads(content.decode("utf-8"))
    keys = {"version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "authors": list,
            "language": str, "items": list}  # fmt: skip
    yield from _members(feed, keys, {"version", "title", "items"})
    if feed["version"] != "https://jsonfeed.org/version/1.1":
        yield "another version"
    yield from _matching(LANGUAGE, feed["language"])
    yield from [fault for key in ("home_page_url", "feed_url") for fault in _address(feed[key])]
    yield from _unique(item["id"] for item in feed["items"])
    keys = {"id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str,
            "summary": str, "image": str, "date_published": str, "date_modified": str, "authors": list,
            "tags": list, "attachments": list}  # fmt: skip
    for item in feed["items"]:
        yield from _members(item, keys, {"id", "url"})
        if not item.keys() & {"content_html", "content_text"}:
            yield "an item without content"
        yield from [fault for key in ("url", "external_url", "image") if key in item for fault in _address(item[key])]
        yield from [fault for key in ("date_published", "date_modified") for fault in _matching(RFC_3339, item[key])]
        yield from html_faults(item.get("content_html", ""))
        for attachment in item.get("attachments", []):
            yield from _members(attachment, {"url": str, "mime_type": str, "size_in_bytes": int}, {"url", "mime_type"})
            yield from _address(attachment["url"])
            yield from _matching(MEDIA_TYPE, attachment["mime_type"])
    for author in [*feed["authors"], *(each for item in feed["items"] for each in item.get("authors", []))]:
        yield from _members(author, {"name": str, "url": str}, {"name"})


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "link", "iframe", "object", "embed", "form", "button", "input", "svg", "video", "audio"):
            self.faults.append(f"<{tag}> in a text")
        for name, value in attrs:
            if name in ("style", "srcset", "class", "id") or name.startswith("on"):
                self.faults.append(f"{name} in a text")
            elif name in ("href", "src", "poster", "cite") and not re.match(r"(https?://[^/]+/|mailto:|tel:|webcal:)", value or ""):
                self.faults.append(f"{name}={value} in a text")


def html_faults(html: str) -> list[str]:
    """What a reader away from the site could not follow, and what it would not run."""
    parser = _Html()
    parser.feed(html)
    parser.close()
    return parser.faults


def _elements(node: Any, known: Iterable[str], once: Iterable[str], at_most_once: Iterable[str]) -> Iterator[str]:
    counts = Counter(child.tag for child in node if isinstance(child.tag, str))
    yield from [f"{node.tag} has {tag}" for tag in counts.keys() - set(known)]
    yield from [f"{node.tag} has {counts[tag]} {tag}" for tag in once if counts[tag] != 1]
    yield from [f"{node.tag} has {counts[tag]} {tag}" for tag in at_most_once if counts[tag] > 1]
    yield from [f"{node.tag} has an empty {tag}" for tag in once if not (node.findtext(tag) or "").strip()]
    if (node.text or "").strip() or any((child.tail or "").strip() for child in node):
        yield f"words between the elements of {node.tag}"


def _members(value: dict[str, Any], kinds: dict[str, type], needed: set[str]) -> Iterator[str]:
    yield from [f"no {key}" for key in needed - value.keys()]
    yield from [f"an unknown {key}" for key in value.keys() - kinds.keys()]
    yield from [f"{key} is {each!r}" for key, each in value.items() if key in kinds and type(each) is not kinds[key]]


def _self(links: list[Any], media_type: str) -> list[str]:
    return [] if [(link.get("rel"), link.get("type")) for link in links] == [("self", media_type)] else ["not one link to itself"]


def _unique(ids: Iterable[str | None]) -> list[str]:
    return [f"{count} items are {name}" for name, count in Counter(ids).items() if count > 1 or not name]


def _address(url: str | None) -> list[str]:
    parts = urlsplit(url or "")
    good = parts.scheme in ("http", "https") and parts.netloc and (url or "").isascii() and not re.search(r'[\s<>"]', url or "")
    return [] if good else [f"{url} is no absolute address"]


def _matching(pattern: str, text: str | None) -> list[str]:
    return [] if re.fullmatch(pattern, text or "") else [f"{text} does not look like {pattern}"]


def _rfc_822(text: str | None) -> list[str]:
    found = _matching(RFC_822, text)
    return found or ([] if f"{parsedate_to_datetime(text or ''):%a}" == (text or "")[:3] else [f"{text} names another day"])


def _instant(node: Any) -> datetime:
    return datetime.fromisoformat(node.findtext(ATOM + "updated"))
