"""A story's text for feed readers: the theme's own form of it, without what cannot run, and with absolute addresses only."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import Any

import nh3
from jinja2 import Environment, Template, TemplateNotFound

from sitegen.formats.html import base_variables
from sitegen.site.reader import Reader

# What readers on phones, on the web and in terminals draw.  Classes, ids and styles mean nothing there, and of a
# <picture> the <img> is left.
_TAGS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6"
    " hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead"
    " time tr u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"lang", "title", "dir"}, "a": {"href"}, "img": {"src", "alt", "width", "height"}, "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"}, "time": {"datetime"}, "ol": {"start"},
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel", "webcal"}


_TEMPLATE = "feeds/item.html"


def feed_content(story: Any, reader: Reader, environment: Environment) -> str:
    """HTML of `feeds/item.html`, or of the text alone where the theme has none; blocks by `feeds/<name>.html` or as on pages."""
    variables = base_variables(reader, story.path, environment, folders=("feeds", "blocks"))
    reader.fetch(("template", _TEMPLATE))
    template = _template(environment)
    html = template.render(variables, page=story) if template else str(story.content)
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative=("rewrite_with_base", story.permalink),
        link_rel=None,
    ).strip()


@lru_cache(maxsize=1)
def _template(environment: Environment) -> Template | None:
    with suppress(TemplateNotFound):
        return environment.get_template(_TEMPLATE)
    return None
