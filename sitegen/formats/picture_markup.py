"""Pictures in HTML, and the pictures that go with a page elsewhere: in feeds, structured data and previews of links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen.media.pictures import Candidates, Picture, Still
from sitegen.media.variants import STILL_WIDTH, WIDTHS, Focal
from sitegen.site.reader import Reader

_DRAWING = "image/svg+xml"
_LEAST_WIDTH = 300  # of pictures beside links: WeChat shows none that is narrower
STILL = ("", None, STILL_WIDTH)  # a picture as one file: whole, in the middle, at most so wide
_OWN_SHARE = frozenset(("person",))  # their pictures are for their pages alone


@dataclass(frozen=True, slots=True)
class SharePicture:
    """A picture that others show beside a link to a page, with its address, size in pixels and description."""

    url: str
    permalink: str
    width: int
    height: int
    type: str
    alt: str
    is_card: bool


def picture_tag(
    reader: Reader,
    src: str,
    alt: str,
    *,
    sizes: str = "100vw",
    ratio: str = "",
    focal: Sequence[float] | None = None,
    widths: Sequence[int] = WIDTHS,
    loading: str = "lazy",
    css_class: str = "",
) -> Markup:
    """The complete <picture>, or an <img> where there is nothing to choose from; '' for a picture that is not there.

    What is read away from the site gets one file that every program can show.
    """
    if reader.absolute:
        still = still_of(reader, src)
        return Markup("") if still is None else _img(reader, {"src": reader.href(still.path)}, still, alt)
    picture: Picture | None = reader.fetch(("picture", src, ratio, tuple(focal) if focal and ratio else None, tuple(widths)))
    if picture is None:
        return Markup("")
    own: dict[str, str] = {"src": reader.href(picture.path)}
    sources = [_source(each, reader, sizes) for each in picture.candidates[:-1]]
    if picture.fallback.media_type == _DRAWING:
        still = reader.fetch(("still", src, *STILL)) if loading == "eager" else None
        if still:  # messengers take the first <img> of a page for their preview, and cannot draw
            sources = [Markup('<source type="{}" srcset="{}">').format(_DRAWING, own["src"])]
            own = {"src": reader.href(still.path)}
    elif len(picture.fallback.variants) > 1:
        own |= {"srcset": _srcset(picture.fallback, reader), "sizes": sizes}
    attributes = {"class": css_class} if css_class else {}
    attributes |= {"loading": "lazy", "decoding": "async"} if loading == "lazy" else {"fetchpriority": "high"}
    image = _img(reader, own, picture, alt, attributes)
    return Markup("<picture>{}{}</picture>").format(Markup("").join(sources), image) if sources else image


def _img(reader: Reader, own: Mapping[str, str], size: Picture | Still, alt: str, more: Mapping[str, str] = {}) -> Markup:
    attributes = {**own, "width": size.width, "height": size.height, "alt": alt, **more}
    return Markup("<img{}>").format(Markup("").join(Markup(' {}="{}"').format(*item) for item in attributes.items()))


def _source(candidates: Candidates, reader: Reader, sizes: str) -> Markup:
    attributes = {"type": candidates.media_type, "media": candidates.media, "srcset": _srcset(candidates, reader), "sizes": sizes}
    return Markup("<source{}>").format(Markup("").join(Markup(' {}="{}"').format(*item) for item in attributes.items() if item[1]))


def _srcset(candidates: Candidates, reader: Reader) -> str:
    return ", ".join(f"{reader.href(each.path)} {each.width}w" for each in candidates.variants)


def still_of(reader: Reader, src: str) -> Any:
    """A picture as one file for programs that are no browsers; a drawing with words as it is; None if it is not there."""
    return reader.fetch(("still", src, *STILL)) or _as_it_is(reader, src)


def _as_it_is(reader: Reader, src: str) -> Still | None:
    picture: Picture | None = reader.fetch(("picture", src, "", None, WIDTHS))
    if picture is None:
        return None
    return Still(picture.path, picture.width, picture.height, picture.fallback.media_type, picture.variants)


def share_picture(reader: Reader, page: Any, kicker: str = "") -> SharePicture | None:
    """The picture for links to a page: its cover, cut; else a card of its title, or of the site where the theme wants no more."""
    cover = None if page.kind in _OWN_SHARE else getattr(page, "cover", None)
    if cover:
        still: Still | None = reader.fetch(("still", cover.src, *shared_spec(cover.focal)))
        if still and still.width >= _LEAST_WIDTH:
            return _shared(reader, still, cover.alt, is_card=False)
    own = page.id is not None and page.kind not in _OWN_SHARE and reader.fetch(("setting", "share_cards"))
    title = str(page.title if own else reader.config("title"))
    card: Still | None = reader.fetch(("share", reader.language, kicker if own else "", title))
    return _shared(reader, card, title, is_card=True) if card else None


def shared_spec(focal: Sequence[float] | None) -> tuple[str, Focal, int]:
    """A cover as pictures beside links are: 1200 × 630, cut around its focal point."""
    return "40:21", (focal[0], focal[1]) if focal else None, STILL_WIDTH


def _shared(reader: Reader, still: Still, alt: str, is_card: bool) -> SharePicture:
    path = still.path
    return SharePicture(reader.href(path), reader.permalink(path), still.width, still.height, still.media_type, alt, is_card)


@pass_context
def picture(context: Context, cover: Any, sizes: str = "100vw", loading: str = "lazy", **options: Any) -> Markup:
    """The picture of a cover, or of {src, alt}; `ratio` cuts it around its focal point, or `focal`; `widths` are to choose from."""
    if not cover:
        return Markup("")
    is_map = isinstance(cover, Mapping)
    focal = cover.get("focal") if is_map else getattr(cover, "focal", None)
    return picture_tag(
        context["_reader"],
        cover["src"] if is_map else cover.src,
        cover["alt"] if is_map else cover.alt,
        sizes=sizes,
        ratio=options.get("ratio", ""),
        focal=focal or options.get("focal"),
        widths=options.get("widths", WIDTHS),
        loading=loading,
        css_class=options.get("class", ""),
    )


@pass_context
def picture_url(context: Context, src: Any) -> str:
    """The address of a picture as one file that every program can show."""
    reader = context["_reader"]
    still = still_of(reader, src if isinstance(src, str) else src.src)
    return reader.href(still.path) if still else ""


@pass_context
def share(context: Context, page: Any, kicker: str = "") -> SharePicture | None:
    """The picture for links to a page."""
    return share_picture(context["_reader"], page, kicker)


FILTERS: dict[str, Callable[..., Any]] = {"picture": picture, "picture_url": picture_url, "share_picture": share}
