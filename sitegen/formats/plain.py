"""Small files for machines: sitemap, robots, redirects, headers, manifest, security.txt."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from sitegen.formats.feed_formats import FEED_FORMATS, LEGACY_FILES
from sitegen.site.addresses import SEARCH_FOLDER
from sitegen.site.reader import Reader


class SitemapPage(NamedTuple):
    """A page: its path, the date of its content or '', and its path by locale where it has several."""

    path: str
    lastmod: str
    alternates: list[tuple[str, str]]


def sitemap(pages: Iterable[SitemapPage], reader: Reader) -> str:
    """Every page with its languages and the date of its content (sitemaps.org 0.9, hreflang)."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in pages:
        lines.append(f"<url><loc>{escape(reader.permalink(page.path), quote=False)}</loc>")
        if page.lastmod:
            lines.append(f"<lastmod>{page.lastmod}</lastmod>")
        for language, path in page.alternates:
            link = f'hreflang="{escape(language)}" href="{escape(reader.permalink(path))}"'
            lines.append(f'<xhtml:link rel="alternate" {link}/>')
        lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""])


def robots(reader: Reader) -> str:
    """All may be read (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {reader.permalink('/sitemap.xml')}\n"


def redirects(moved: Iterable[tuple[str, str]], reader: Reader) -> str:
    """Old and new paths for hosts that read a _redirects file."""
    prefixes = [reader.prefix_of(language.code) for language in reader.config("languages")]
    feeds = [(f"{prefix}/{file}", f"{prefix}/{FEED_FORMATS['rss'].file}") for prefix in prefixes for file in LEGACY_FILES]
    return "".join(f"{reader.href(old)} {reader.href(new)} 301\n" for old, new in (*feeds, *moved))


def headers(reader: Reader) -> str:
    """Response headers for hosts that read a _headers file: a strict policy that the site itself satisfies."""
    # For search alone WebAssembly has to run.  Hosts send the headers of all rules that fit a path, and browsers keep to each
    # of several policies, so that no rule for one page can allow more than the one for all.
    script = " script-src 'self' 'wasm-unsafe-eval';" if reader.config("has_search") else ""
    policy = (
        f"default-src 'self';{script} img-src 'self' data:; media-src 'self' https:; object-src 'none'; base-uri 'self';"
        " form-action 'self'; frame-ancestors 'none'"
    )
    digested = ["assets", "media", *(f"{SEARCH_FOLDER}{name}" for name in ("filter", "fragment", "index") if script)]
    base = str(reader.config("base_path"))
    return (
        f"{base}/*\n"
        f"  Content-Security-Policy: {policy}\n"
        "  X-Content-Type-Options: nosniff\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        "  Permissions-Policy: camera=(), geolocation=(), microphone=()\n"
        "  Cross-Origin-Opener-Policy: same-origin\n"
        + "".join(f"{base}/{folder}/*\n  Cache-Control: public, max-age=31536000, immutable\n" for folder in digested)
        + f"{base}/*.ics\n  Content-Type: text/calendar; charset=utf-8\n"
        f"{base}/honors/*.csv\n  Content-Type: text/csv; charset=utf-8\n"
        # As application/rss+xml and application/atom+xml browsers would not draw a feed, but show its source or save it.
        f"{base}/*.xml\n  Content-Type: application/xml; charset=utf-8\n"
        f"{base}/*feed.json\n  Content-Type: application/feed+json; charset=utf-8\n"
    )


def webmanifest(reader: Reader) -> str:
    """The name of the site for phones that keep it on their home screen."""
    icon = reader.fetch(("asset", reader.fetch(("setting", "favicon")) or "favicon.svg"))
    manifest = {
        "name": reader.config("title"),
        "lang": reader.locale().locale,
        "start_url": reader.href("/"),
        "scope": reader.href("/"),
        "display": "minimal-ui",
        "theme_color": reader.fetch(("setting", "brand")),
        "icons": [{"src": reader.href(icon), "sizes": "any", "type": "image/svg+xml"}] if icon else [],
    }
    return json.dumps({key: value for key, value in manifest.items() if value}, ensure_ascii=False, indent=1) + "\n"


def security(reader: Reader) -> str:
    """Whom to tell of a weakness (RFC 9116)."""
    declared = reader.config("security")
    return f"Contact: {declared['contact']}\nExpires: {declared['expires']}\n"
