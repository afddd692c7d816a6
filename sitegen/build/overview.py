"""What files about the whole output say: the sitemap's pages with their languages, and the redirects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sitegen.build.plan import Output
from sitegen.formats.plain import SitemapPage
from sitegen.site.addresses import listing_path, roll_path
from sitegen.site.cards import Address
from sitegen.site.site import Site


def overview(site: Site, outputs: Sequence[Output]) -> Mapping[str, Any]:
    """What the sitemap and the list of redirects say, from the plan."""
    paths = {output.path for output in outputs}
    pages = []
    for output in outputs:
        if output.format == "html" and output.subject[0] not in ("404", "tombstone"):
            pages.append(SitemapPage(output.path, _lastmod(output, site), _versions(output, site, paths)))
    redirects = [(output.path, output.subject[0]) for output in outputs if output.format == "redirect"]
    return {"pages": tuple(sorted(pages)), "redirects": tuple(sorted(redirects))}


def _lastmod(output: Output, site: Site) -> str:
    if output.subject[0] != "entry":
        return ""
    fields = site.cards[Address(output.subject[1], output.language)].fields
    return str(fields.get("updated") or fields.get("date") or "")[:10]


def _versions(output: Output, site: Site, paths: set[str]) -> list[tuple[str, str]]:
    """Locale and path of the page in each language that has it, if there are several."""
    versions = []
    for language in site.config.languages:
        if output.subject[0] == "entry":
            path = site.urls.get(Address(output.subject[1], language.code)) if len(output.subject) == 2 else None
        elif output.subject[0] == "roll":
            _, entry_id, axis, *rest = output.subject
            base = site.urls.get(Address(entry_id, language.code))
            path = None if base is None or rest[1:] not in ([], [1]) else roll_path(base, axis, *rest)
        elif output.subject[-1] is None or output.subject[0] in ("index", "month", "reunions"):
            path = listing_path(output.subject, site.config.prefix(language.code))
        else:
            path = None
        if path in paths and path is not None:
            versions.append((language.locale, path))
    return [*versions, ("x-default", versions[0][1])] if len(versions) > 1 else []
