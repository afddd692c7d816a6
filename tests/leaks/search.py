"""Finds canaries in anything that a build writes, in whatever form they may have got there."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from canaries import SIGNS, SYLLABLES, WORD, word

DEEPEST = 4
_SIGNS = re.compile(f"金丝雀([{SIGNS}]{{5}})")
_SYLLABLE = "|".join(sorted(SYLLABLES, key=len, reverse=True))
_PINYIN = re.compile(rf"jin[\W_]*si[\W_]*que((?:[\W_]*(?:{_SYLLABLE})){{5}})")
_SUM = re.compile(r"(?<![0-9.])8361[0-9]{5}(?![0-9])")
_GROUPED = re.compile("(?<=[0-9])[,\u00a0\u202f' ](?=[0-9])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}")
_PUNYCODE = re.compile(r"xn--[a-z0-9-]+", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}")
_HEX = re.compile(r"<([0-9A-Fa-f\s]{10,})>")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
# What bytes that were decoded from a text must begin with or hold to be worth a closer look.
_PROMISING = re.compile(
    rb"\A(?:\x1f\x8b|PK\x03\x04|\x89PNG|%PDF)|(?i:kanari|\0?k\0a\0n\0a\0r\0i|jin[^a-z]{0,3}si)|8361[0-9]|"
    + b"|".join(re.escape("金丝雀".encode(code)) for code in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"))
)
_FOLD = re.compile("\r?\n[ \t]")


def found_in(name: str, content: bytes) -> set[str]:
    """The canaries in the name of a file and in its bytes."""
    return set(_in_text(name, 0)) | set(_in_bytes(content, 0))


def _in_bytes(content: bytes, depth: int) -> Iterator[str]:
    """Those in bytes as they are, and in all that is packed, compressed or encoded in them."""
    if depth > DEEPEST or not content:
        return
    for part in _unpacked(content):
        yield from _in_bytes(part, depth + 1)
    try:
        yield from _in_text(content.decode("utf-8"), depth)
    except UnicodeDecodeError:
        for text in _guesses(content):
            yield from _in_text(text, DEEPEST)


def _guesses(content: bytes) -> Iterator[str]:
    """What bytes that are not UTF-8 may say."""
    yield content.decode("utf-8", "ignore")
    yield content.decode("gb18030", "ignore")
    for start in (0, 1):
        for order in ("utf-16-le", "utf-16-be"):
            yield content[start:].decode(order, "ignore")


def _unpacked(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"\x1f\x8b"):
        yield _inflated(content, wbits=31)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                yield member.comment
                yield archive.read(member)
    if content.startswith(b"\x89PNG"):
        yield from _chunks(content)
    for stream in _STREAM.findall(content) if content.startswith(b"%PDF") else ():
        yield _inflated(stream)


def _chunks(content: bytes) -> Iterator[bytes]:
    """The textual chunks of a PNG, inflated where they are compressed (PNG, 11.3.3)."""
    place = 8
    while place + 8 <= len(content):
        length, kind = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        data = content[place + 8 : place + 8 + length]
        if kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP"):
            yield data
            yield _inflated(data.partition(b"\0")[2].lstrip(b"\0\1"))
        place += length + 12


def _inflated(data: bytes, wbits: int = 15) -> bytes:
    try:
        return zlib.decompressobj(wbits).decompress(data)
    except zlib.error:
        return b""


def _in_text(text: str, depth: int) -> Iterator[str]:
    for form in _forms(text):
        folded = unicodedata.normalize("NFKC", form)
        yield from (match.lower() for match in WORD.findall(folded))
        yield from (word(int("".join(str(SIGNS.index(sign)) for sign in match))) for match in _SIGNS.findall(folded))
        yield from _in_pinyin(folded)
        yield from _SUM.findall(_GROUPED.sub("", form))
    if depth < DEEPEST:
        for encoded in _BASE64.findall(text):
            for start in range(4):
                yield from _in_decoded(_decoded(encoded[start:]), depth)
        for digits in _HEX.findall(text):
            pairs = re.findall("..", "".join(digits.split()))
            yield from _in_decoded(bytes.fromhex("".join(pairs)), depth)


def _in_decoded(content: bytes, depth: int) -> Iterator[str]:
    if _PROMISING.search(content):
        yield from _in_bytes(content, depth + 1)


def _in_pinyin(text: str) -> Iterator[str]:
    plain = "".join(each for each in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(each))
    for syllables in _PINYIN.findall(plain) if "que" in plain else ():
        yield word(int("".join(str(SYLLABLES.index(each)) for each in re.findall(_SYLLABLE, syllables))))


def _forms(text: str) -> Iterator[str]:
    """A text as it is, without folds, and with escapes, entities, per cents and punycode resolved, twice over."""
    yield text
    if _FOLD.search(text):
        yield _FOLD.sub("", text)
    seen = {text}
    for _ in range(2):
        for resolve in (html.unescape, unquote, _unescaped, _from_punycode):
            text = resolve(text)
        if text not in seen:
            yield text
        seen.add(text)


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    text = text.replace("\\/", "/")
    joined = re.sub(r"(?:\\u[0-9a-fA-F]{4})+", lambda found: str(json.loads(f'"{found[0]}"')), text)
    return _ESCAPED.sub(lambda found: chr(int(found[0][2:], 16)), joined)


def _from_punycode(text: str) -> str:
    def label(found: re.Match[str]) -> str:
        try:
            return found[0][4:].encode().decode("punycode")
        except (UnicodeError, ValueError):
            return found[0]

    return _PUNYCODE.sub(label, text)


def _decoded(text: str) -> bytes:
    plain = text.replace("-", "+").replace("_", "/")
    plain = plain[:-1] if len(plain) % 4 == 1 else plain
    return base64.b64decode(plain + "=" * (-len(plain) % 4))
