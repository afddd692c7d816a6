"""HTML pages: a subject → the variables of its template → bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from jinja2 import Environment, Template, TemplateNotFound, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen.content.body import Block, Image, marks
from sitegen.content.parsing import Parsing
from sitegen.formats import picture_markup
from sitegen.formats.calendar_links import webcal
from sitegen.formats.pages import entry_page, listing_page
from sitegen.formats.paginators import ListingPaginator, Paginator
from sitegen.formats.picture_markup import picture_tag
from sitegen.formats.site_view import SiteView
from sitegen.site import locales
from sitegen.site.addresses import index_path
from sitegen.site.query import Query
from sitegen.site.reader import MissingMessageError, Reader

_LISTING_TEMPLATES = {
    "home": "home.html",
    "people": "person-list.html",
    "events": "event-list.html",
    "chapters": "chapter-list.html",
    "honors": "honor_roll-list.html",
    "cohorts": "cohort-list.html",
    "projects": "project-list.html",
    "services": "service-list.html",
    "archive": "archive.html",
    "subscribe": "subscribe.html",
    "search": "search.html",
    "tags": "taxonomy.html",
    "topics": "taxonomy.html",
}
_SUBJECT_TEMPLATES = {
    "news": "news-list.html",
    "term": "term.html",
    "month": "event-month.html",
    "reunions": "reunions.html",
    "404": "404.html",
    "tombstone": "tombstone.html",
}

# Pictures within a text are as wide as its column, or as a column and a half where the theme lets them be.
BODY_SIZES = "(min-width: 1200px) 960px, (min-width: 760px) 720px, 100vw"
BODY_WIDTHS = (480, 800, 1200)


def render_html(path: str, subject: tuple[Any, ...], reader: Reader, environment: Environment) -> str:
    """One page."""
    variables = base_variables(reader, path, environment)
    paginator: Paginator | ListingPaginator | None
    if subject[0] == "entry":
        page, paginator = entry_page(reader, path, subject)
        template = f"{page.kind}-{page.layout}.html" if page.layout else f"{page.kind}.html"
    else:
        page, paginator = listing_page(reader, path, subject)
        template = _listing_template(subject, reader)
    reader.fetch(("template", template))
    return environment.get_template(template).render(variables, page=page, paginator=paginator)


def _listing_template(subject: tuple[Any, ...], reader: Reader) -> str:
    if subject[0] == "roll":
        return "roll-part.html" if len(subject) > 3 else "roll-parts.html"
    if subject[0] != "index":
        return _SUBJECT_TEMPLATES[subject[0]]
    if subject[1] in _LISTING_TEMPLATES:
        return _LISTING_TEMPLATES[subject[1]]
    return next(f"{kind.name}-list.html" for kind in reader.kinds.values() if kind.folder == subject[1])


def render_redirect(target: str, reader: Reader, environment: Environment) -> str:
    """A page that leads an old address to the new one."""
    variables = base_variables(reader, target, environment)
    page = {
        "target": reader.href(target),
        "permalink": reader.permalink(target),
        "title": reader.config("title"),
        "lang": reader.language,
    }
    reader.fetch(("template", "redirect.html"))
    return environment.get_template("redirect.html").render(variables, page=page)


@dataclass(frozen=True, slots=True)
class Partials:
    """The theme's partials for the blocks of bodies: a block is drawn by that in the first of the folders that has it."""

    path: str
    environment: Environment
    folders: tuple[str, ...]

    def __call__(self, reader: Reader, block: Block, content: Markup) -> str:
        """The HTML of a block.  It is given the reader anew, since one that held what holds it would outlive its page."""
        if block.name == "picture":
            return str(picture_tag(reader, block.attrs["src"], block.attrs["alt"], sizes=BODY_SIZES, widths=BODY_WIDTHS))
        template = find_template([f"{folder}/{block.name}.html" for folder in self.folders], reader, self.environment)
        extra = _BLOCKS[block.name](block, reader) if block.name in _BLOCKS else {}
        if extra is None:
            return ""
        return template.render(_variables(reader, self.path), attrs=block.attrs, content=content, **extra)


def base_variables(reader: Reader, path: str, environment: Environment, folders: tuple[str, ...] = ("blocks",)) -> dict[str, Any]:
    """What every template sees; lends the reader the theme's partials."""
    reader.draw = Partials(path, environment, folders)
    return _variables(reader, path)


def _variables(reader: Reader, path: str) -> dict[str, Any]:
    def asset(name: str) -> str:
        found = reader.fetch(("asset", name))
        if found is None:
            raise MissingMessageError(f"the theme has no asset {name!r}")
        return reader.href(found)

    return {
        "site": SiteView(reader, path),
        "t": reader.message,
        "label": reader.label,
        "asset": asset,
        "url_for": lambda name: reader.href(index_path(name, reader.prefix)),
        "_reader": reader,
    }


def find_template(names: Sequence[str], reader: Reader, environment: Environment) -> Template:
    """The first of the templates that the theme has.  Raises TemplateNotFound, naming the last of them."""
    for name in names[:-1]:
        reader.fetch(("template", name))
        with suppress(TemplateNotFound):
            return environment.get_template(name)
    reader.fetch(("template", names[-1]))
    return environment.get_template(names[-1])


def _figure(block: Block, reader: Reader) -> dict[str, Any]:
    return {"picture": picture_tag(reader, block.attrs["src"], block.attrs["alt"], sizes=BODY_SIZES, widths=BODY_WIDTHS)}


def _video(block: Block, reader: Reader) -> dict[str, Any]:
    source = block.attrs["src"]
    path = None if "://" in source else reader.fetch(("file", source))
    return {"src": reader.href(path) if path else source}


def _gallery(block: Block, reader: Reader) -> dict[str, Any]:
    images = [mark for mark in marks(block.parts) if isinstance(mark, Image)]
    return {"items": [{"src": each.src, "alt": reader.words(each.alt), "caption": reader.words(each.caption)} for each in images]}


def _people(block: Block, reader: Reader) -> dict[str, Any]:
    ids = [word for word in block.attrs["ids"].replace(",", " ").split() if word]
    addresses = [reader.resolve((f"people/{name.removeprefix('people/')}",)) for name in ids]
    return {"people": [reader.entry(*address) for address in addresses if address]}


def _events(block: Block, reader: Reader) -> dict[str, Any]:
    query = Query(reader, "event")
    if "chapter" in block.attrs:
        query = query.where(chapters=block.attrs["chapter"])
    return {"events": list(query.upcoming().limit(block.attrs.get("limit", "5")))}


def _honor_roll(block: Block, reader: Reader) -> dict[str, Any] | None:
    """The roll and its rows; None for a roll that may not be seen."""
    address = reader.resolve((f"honors/{block.attrs['id'].removeprefix('honors/')}",))
    roll = reader.entry(*address) if address else None
    if roll is None:
        return None
    rows = roll.rows
    if "level" in block.attrs:
        rows = (row for row in rows if row.level_id == block.attrs["level"])
    return {"roll": roll, "rows": list(islice(rows, int(block.attrs["limit"]) if "limit" in block.attrs else None))}


_BLOCKS: dict[str, Callable[[Block, Reader], dict[str, Any] | None]] = {
    "figure": _figure,
    "video": _video,
    "gallery": _gallery,
    "people": _people,
    "events": _events,
    "honor-roll": _honor_roll,
}


@pass_context
def _date(context: Context, value: Any, style: str = "long") -> str:
    return locales.moment(value, style, context["_reader"].locale().locale)


@pass_context
def _number(context: Context, value: Any) -> str:
    return locales.number(value, context["_reader"].locale().locale)


@pass_context
def _money(context: Context, value: Any, currency: str = "CNY") -> str:
    return locales.money(value, currency or "CNY", context["_reader"].locale().locale)


@pass_context
def _markdown(context: Context, text: str) -> Markup:
    from sitegen.content.markdown import parse_markdown

    reader: Reader = context["_reader"]
    folders = {kind.name: kind.folder for kind in reader.kinds.values()}
    return reader.html(parse_markdown(str(text), Parsing("content/", 1, folders)))


@pass_context
def _absolute_url(context: Context, path: str) -> str:
    reader: Reader = context["_reader"]
    if "://" in path:
        return path
    return reader.permalink(path.removeprefix(str(reader.config("base_path"))))


@pass_context
def _translate(context: Context, key: str, **values: Any) -> str:
    return str(context["t"](key, **values))


def _qr(text: str, size: int = 160, title: str = "") -> Markup:
    """A QR code (ISO/IEC 18004) as inline SVG, `size` pixels wide."""
    import segno

    # Any of the eight masks is read by every scanner; trying them all for the most even one would take 14 ms a page.
    code = segno.make(text, error="m", micro=False, mask=4)
    modules = code.symbol_size(border=2)[0]
    path = code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff")
    inner = path.partition(">")[2].rpartition("</svg>")[0]
    return Markup('<svg class="qr" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">{}</svg>').format(
        title or text, size, size, modules, modules, Markup(inner)
    )


FILTERS: dict[str, Callable[..., Any]] = {
    **picture_markup.FILTERS,
    "date": _date,
    "number": _number,
    "money": _money,
    "markdown": _markdown,
    "absolute_url": _absolute_url,
    "t": _translate,
    "qr": _qr,
    "webcal": webcal,
}
