"""Structured data (schema.org, JSON-LD 1.1)."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from sitegen.formats.picture_markup import still_of
from sitegen.site.reader import Reader


def describe(page: Any, entry: Any, reader: Reader) -> Markup:
    """The page in JSON-LD, safe inside a script element."""
    graph = [_breadcrumbs(page, reader)] if len(page.breadcrumbs) > 1 else []
    if page.kind == "home":
        description = {"description": str(reader.config("description") or "")}
        graph += [_organization(reader) | description, _website(reader) | description]
    elif entry is not None and entry.kind in ("news", "feature"):
        graph.append(_article(entry, reader))
    elif entry is not None and entry.kind == "event":
        graph.append(_event(entry, reader))
    elif entry is not None and entry.kind == "person":
        graph.append(_profile(entry, reader))
    elif entry is not None and entry.kind == "chapter":
        graph.append(_chapter(entry, reader))
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))


def _organization(reader: Reader) -> dict[str, Any]:
    organization = {"@type": "Organization", "name": str(reader.config("title")), "url": reader.permalink(reader.prefix + "/")}
    logo = reader.fetch(("asset", str(reader.fetch(("setting", "logo")))))
    return organization | ({"logo": reader.permalink(logo)} if logo else {})


def _website(reader: Reader) -> dict[str, Any]:
    return {
        "@type": "WebSite",
        "name": str(reader.config("title")),
        "url": reader.permalink(reader.prefix + "/"),
        "inLanguage": reader.locale().locale,
    }


def _profile(entry: Any, reader: Reader) -> dict[str, Any]:
    """A person, and what the page itself shows of them; who is hidden has no page."""
    person: dict[str, Any] = {"@type": "Person", "name": entry.name, "url": entry.permalink}
    if entry.summary:
        person["description"] = entry.summary
    picture = reader.fetch(("picture", entry.photo.src)) if entry.photo else None
    if picture:
        person["image"] = reader.permalink(picture.path)
    if entry.roles:
        person["jobTitle"] = [role.title for role in entry.roles]
    return {"@type": "ProfilePage", "url": entry.permalink, "inLanguage": reader.locale().locale, "mainEntity": person}


def _chapter(entry: Any, reader: Reader) -> dict[str, Any]:
    chapter = {"@type": "Organization", "name": entry.title, "url": entry.permalink, "parentOrganization": _organization(reader)}
    if entry.summary:
        chapter["description"] = entry.summary
    if entry.founded:
        chapter["foundingDate"] = entry.founded.date.text
    return chapter


def _breadcrumbs(page: Any, reader: Reader) -> dict[str, Any]:
    base = str(reader.config("base_path"))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb.title, "item": reader.permalink(crumb.url.removeprefix(base))}
            for number, crumb in enumerate(page.breadcrumbs, 1)
        ],
    }


def _article(entry: Any, reader: Reader) -> dict[str, Any]:
    article = {
        "@type": "NewsArticle" if entry.kind == "news" else "Article",
        "headline": entry.title,
        "description": entry.summary,
        "url": entry.permalink,
        "mainEntityOfPage": entry.permalink,
        "datePublished": entry.date.isoformat(),
        "dateModified": (entry.updated or entry.date).isoformat(),
        "inLanguage": reader.locale().locale,
        "publisher": _organization(reader),
        "author": [{"@type": "Person", "name": name} for name in author_names(entry)] or [_organization(reader)],
    }
    return article | _image(entry, reader)


def _image(entry: Any, reader: Reader) -> dict[str, Any]:
    still = still_of(reader, entry.cover.src) if entry.cover else None
    return {"image": [reader.permalink(still.path)]} if still else {}


def author_names(entry: Any) -> list[str]:
    """Who wrote a story, by its fields and its byline."""
    names = list(entry.authors) + (list(entry.byline.authors) if entry.byline else [])
    return list(dict.fromkeys(names))


_EVENT_STATUS = {
    "scheduled": "EventScheduled",
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
    "moved": "EventRescheduled",
}
_MODES = {"in-person": "OfflineEventAttendanceMode", "online": "OnlineEventAttendanceMode", "hybrid": "MixedEventAttendanceMode"}


def _event(entry: Any, reader: Reader) -> dict[str, Any]:
    event = {
        "@type": "Event",
        "name": entry.title,
        "description": entry.summary,
        "url": entry.permalink,
        "startDate": entry.start.isoformat(),
        "endDate": (entry.end or entry.start).isoformat(),
        "eventStatus": "https://schema.org/" + _EVENT_STATUS[entry.event_status],
        "inLanguage": reader.locale().locale,
        "organizer": _organization(reader),
        "location": _locations(entry),
    }
    if entry.mode:
        event["eventAttendanceMode"] = "https://schema.org/" + _MODES[entry.mode]
    return event | _image(entry, reader)


def _locations(entry: Any) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if entry.venue:
        place = {"@type": "Place", "name": entry.venue.name, "address": entry.venue.address or entry.venue.name}
        if entry.venue.geo:
            latitude, longitude = entry.venue.geo
            place["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
        places.append(place)
    if entry.mode in ("online", "hybrid"):
        places.append({"@type": "VirtualLocation", "url": entry.online_url or entry.permalink})
    return places
