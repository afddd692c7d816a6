"""The search itself: a canary that is planted is found in every form, and nothing is found where there is none."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest
from canaries import in_chinese, word
from conftest import Workshop
from leaks.search import found_in
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from samples import story

LATIN, CHINESE = word(1203), in_chinese(word(1203))
PLAIN = f"前 {LATIN} 后"


def zipped(name: str, content: bytes, comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(name)
        member.comment = comment
        archive.writestr(member, content)
    return stream.getvalue()


def png(compressed: bool, words: str) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Comment", words, zip=compressed)
    stream = io.BytesIO()
    Image.new("RGB", (2, 1)).save(stream, "PNG", pnginfo=notes)
    return stream.getvalue()


def picture(style: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = LATIN
    stream = io.BytesIO()
    Image.new("RGB", (2, 1)).save(stream, style, exif=exif)
    return stream.getvalue()


def pdf(packed: bool, title: str = "") -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    stream = DecodedStreamObject()
    stream.set_data(f"BT ({LATIN}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode() if packed else stream)
    if title:
        writer.add_metadata({"/Title": title})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def folded(text: str) -> bytes:
    """As calendars are folded, by octets, here within the word."""
    content = text.encode()
    middle = content.index(b"kan") + 5 if b"kan" in content else content.index("雀".encode())
    return content[:middle] + b"\r\n " + content[middle:]


FORMS: dict[str, Callable[[], bytes]] = {
    "as it is": PLAIN.encode,
    "capitals": PLAIN.upper().encode,
    "full width": lambda: "".join(chr(ord(each) + 0xFEE0) for each in LATIN).encode(),
    "entities": lambda: "".join(f"&#{ord(each)};" for each in LATIN).encode(),
    "entities in hexadecimal": lambda: "".join(f"&#x{ord(each):x};" for each in CHINESE).encode(),
    "escaped for HTML twice": lambda: html.escape("".join(f"&#{ord(each)};" for each in CHINESE)).encode(),
    "an address": lambda: f"/news/{quote(CHINESE)}/".encode(),
    "an address within an address": lambda: quote(f"https://x/?q={quote(CHINESE)}").encode(),
    "per cents of Latin": lambda: "".join(f"%{ord(each):02x}" for each in LATIN).encode(),
    "JSON": lambda: json.dumps({"a": CHINESE}).encode(),
    "JSON in a script in HTML": lambda: html.escape(json.dumps({"a": CHINESE})).encode(),
    "folded": lambda: folded(PLAIN),
    "Chinese, folded": lambda: folded(f"前{CHINESE}后"),
    "a host": lambda: b"https://xn--" + CHINESE.encode("punycode") + b".example.edu/",
    "pinyin of a slug": b"jin-si-que-jia-yi-bing-jia-ding".lower,
    "pinyin with tones": "jīn sī què jiǎ yǐ bǐng jiǎ dīng".encode,
    "pinyin in one": b"JinSiQueJiaYiBingJiaDing".lower,
    "base64": lambda: base64.b64encode(PLAIN.encode()),
    "base64 within a text": lambda: b'<img src="data:text/plain;base64,' + base64.b64encode(CHINESE.encode()) + b'">',
    "base64 for addresses": lambda: b"?d=" + base64.urlsafe_b64encode(f"???{CHINESE}???".encode()),
    "UTF-16": lambda: PLAIN.encode("utf-16"),
    "UTF-16, big end first, Chinese, at an odd place": lambda: b"\xff\xfe\xfd" + CHINESE.encode("utf-16-be"),
    "GBK": lambda: CHINESE.encode("gb18030"),
    "gzip": lambda: gzip.compress(PLAIN.encode()),
    "zip": lambda: zipped("a.txt", PLAIN.encode()),
    "a name in a zip": lambda: zipped(f"{LATIN}.txt", b""),
    "a remark in a zip": lambda: zipped("a", b"", LATIN.encode()),
    "a zip in a gzip": lambda: gzip.compress(zipped("a", PLAIN.encode())),
    "base64 of a gzip": lambda: base64.b64encode(gzip.compress(PLAIN.encode())),
    "a picture's text": lambda: png(False, CHINESE),
    "a picture's text, compressed": lambda: png(True, LATIN),
    "a camera's note, JPEG": lambda: picture("JPEG"),
    "a camera's note, WebP": lambda: picture("WEBP"),
    "a camera's note, PNG": lambda: picture("PNG"),
    "a page of a PDF": lambda: pdf(packed=False),
    "a page of a PDF, compressed": lambda: pdf(packed=True),
    "the title of a PDF": lambda: pdf(packed=False, title=CHINESE),
    "zlib in a PDF stream": lambda: b"%PDF-1.7\nstream\n" + zlib.compress(CHINESE.encode()) + b"\nendstream",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_canary_is_found_in_every_form(form: str) -> None:
    assert found_in("a", FORMS[form]()) == {LATIN}


@pytest.mark.parametrize("name", [f"news/{LATIN}/a.html", f"news/{CHINESE}.html", "people/jin-si-que-jia-yi-bing-jia-ding/a.html"])
def test_a_canary_is_found_in_names_of_files(name: str) -> None:
    assert found_in(name, b"") == {LATIN}


@pytest.mark.parametrize("text", ["¥836,100,042", "836100042", "836 100 042.00", "836\u00a0100\u00a0042"])
def test_sums_are_found_however_they_are_written(text: str) -> None:
    assert found_in("a", text.encode()) == {"836100042"}


def test_nothing_is_found_where_nothing_is(workshop: Workshop) -> None:
    files = workshop.write(story("a", body="金丝雀，kanari12q，jin si que，8361")).build() and workshop.files()
    assert {canary for name, content in files.items() for canary in found_in(name, content)} == set()
