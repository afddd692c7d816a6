"""Share cards: the picture of a title that others show beside a link (Open Graph, 1200 × 630), in the colours of the site."""

from __future__ import annotations

import hashlib
import io
import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from sitegen.libraries import version
from sitegen.media.fonts import Font, find_font, has_glyph, sized
from sitegen.media.line_breaking import line_count, lines, units
from sitegen.media.pictures import Still, Variant

if TYPE_CHECKING:
    from PIL import Image

Style: TypeAlias = tuple[str, str, bytes, str]  # brand colour, name and bytes of the mark, file of a font or ""
SIZE = (1200, 630)
_LAYOUT = 1  # another drawing of the same words gets another number
_MARGIN, _TOP, _BOTTOM = 84, 156, 478
_TITLE_SIZES = (116, 100, 88, 76, 66, 58, 50, 44)
_LEADING = 1.3
_SHADES = 48  # of white on the brand colour
_RULER = 100  # the size in pixels at which words are measured


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says, and how it looks."""

    kicker: str
    title: str
    name: str
    brand: str
    mark_name: str
    mark: bytes
    font: Font | None


class CardMaker:
    """Cards by what they say; those asked for are remembered until they are drawn."""

    def __init__(self) -> None:
        self._fonts: dict[str, Font | None] = {}
        self._asked: dict[str, Card] = {}

    def card(self, kicker: str, title: str, name: str, style: Style) -> Still:
        """Where the card will be; without words where this computer has no font for them."""
        brand, mark_name, mark, chosen = style
        if chosen not in self._fonts:
            self._fonts[chosen] = find_font(chosen)
        font = self._fonts[chosen]
        words = (kicker, title, name) if font else ("", "", "")
        card = Card(*words, brand, mark_name, mark, font)
        told = json.dumps([*words, brand, mark_name, _stands_for(mark), font.digest if font else "", _LAYOUT, _makers()])
        key = hashlib.blake2b(told.encode(), digest_size=16).hexdigest() + ".png"
        self._asked[key] = card
        path = f"/media/share.{key[:12]}.png"
        return Still(path, *SIZE, "image/png", (Variant(path, "", "card", (0, 0, *SIZE), *SIZE, key),))

    @property
    def lacks_font(self) -> bool:
        """True if a card was asked for that cannot say anything."""
        return None in self._fonts.values()

    def draw(self, variant: Variant) -> bytes:
        """The bytes of a card asked for before."""
        return draw(self._asked[variant.key])


@lru_cache(maxsize=4)
def _stands_for(mark: bytes) -> str:
    return hashlib.blake2b(mark, digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def _makers() -> str:
    return " ".join(f"{name} {version(name)}" for name in ("pillow", "resvg-py"))


def draw(card: Card) -> bytes:
    """The card as a PNG of few colours: white in shades on the brand colour, and those of the mark."""
    from PIL import Image, ImageDraw

    picture = _background(card.brand, card.name, card.mark_name, card.mark, card.font).copy()
    if card.font:
        white = Image.new("L", SIZE, 0)
        pen = ImageDraw.Draw(white)
        for text, size, top, shade in _set(card, card.font):
            pen.text((_MARGIN, top), text, font=sized(card.font, size), fill=shade, anchor="ls")
        first = 256 - _SHADES
        shades = white.point([first + value * (_SHADES - 1) // 255 for value in range(256)])
        picture.paste(shades, mask=white.point([255 if value > 2 else 0 for value in range(256)]))
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=6)
    return stream.getvalue()


def _set(card: Card, font: Font) -> list[tuple[str, int, int, int]]:
    """Each line of words with its size, its base line and its shade."""
    ruler = sized(font, _RULER)
    width = SIZE[0] - 2 * _MARGIN
    kicker, title = _sayable(card.kicker, font), _sayable(card.title, font)
    placed = [(kicker, 34, 120, 200)] if kicker else []
    if not title:
        return placed
    parts = units(title)

    def room(size: int) -> float:
        """The width of a line in the unit of the ruler."""
        return width * _RULER / size

    size = next((size for size in _TITLE_SIZES if line_count(parts, ruler.getlength, room(size)) <= _most(size)), _TITLE_SIZES[-1])
    found = lines(parts, ruler.getlength, room(size))
    most = _most(size)
    if len(found) > most:
        found = [*found[: most - 1], found[most - 1][:-1].rstrip("，、：；,;: ") + "…"]
    height = len(found) * size * _LEADING
    top = (_TOP + _BOTTOM - height) / 2
    return placed + [(text, size, round(top + size * (1.06 + number * _LEADING)), 255) for number, text in enumerate(found)]


def _most(size: int) -> int:
    """How many lines of a size have room."""
    return int((_BOTTOM - _TOP) / (size * _LEADING))


def _sayable(text: str, font: Font) -> str:
    """The text without pictograms that the font has not; '' if it then still has a character that would be an empty box."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("So", "Sk", "Cf", "Mn", "Cs", "Co", "Cc") or c == "\n")
    return kept.strip() if all(has_glyph(font, character) for character in kept) else ""


@lru_cache(maxsize=8)
def _background(brand: str, name: str, mark_name: str, mark: bytes, font: Font | None) -> Image.Image:
    """What all cards of a site in one language share: the colour, the mark and the name; the last palette entries are shades."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", SIZE, brand)
    pen = ImageDraw.Draw(picture, "RGBA")
    pen.rectangle((_MARGIN, 506, SIZE[0] - _MARGIN, 507), fill=(255, 255, 255, 90))
    side = 72 if font else 300
    place = (_MARGIN, 530) if font else ((SIZE[0] - side) // 2, (SIZE[1] - side) // 2 - 40)
    drawn = _mark(mark_name, mark, side)
    picture.paste(drawn, place, drawn)
    if font and (said := _sayable(name, font)):
        size = min(36, int(36 * 900 / max(sized(font, 36).getlength(said), 900)))
        pen.text((_MARGIN + side + 22, 530 + side // 2), said, font=sized(font, size), fill="#ffffff", anchor="lm")
    few = picture.quantize(256 - _SHADES, dither=Image.Dither.NONE)
    colours = list(few.getpalette() or [])[: 3 * (256 - _SHADES)]
    colours += [0] * (3 * (256 - _SHADES) - len(colours))
    ground = picture.getpixel((2, 2))
    assert isinstance(ground, tuple)
    for shade in range(_SHADES):
        colours += [round(part + (255 - part) * shade / (_SHADES - 1)) for part in ground]
    few.putpalette(colours)
    return few


def _mark(name: str, content: bytes, side: int) -> Image.Image:
    """The mark of the site, as large as its place."""
    from PIL import Image

    from sitegen.media.drawing import drawing_size
    from sitegen.media.encoding import draw as draw_svg

    if name.endswith(".svg"):
        picture = draw_svg(content, side / max(drawing_size(content)))
    else:
        with Image.open(io.BytesIO(content)) as opened:
            picture = opened.convert("RGBA")
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (side, side))
    square.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    return square
