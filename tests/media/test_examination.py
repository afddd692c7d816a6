"""Files beside the sources: documents, pictures and names are looked into, whoever made them, and never passed over in silence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.shared import Inches
from openpyxl import Workbook
from photographs import photograph
from PIL import Image
from pypdf import PdfReader, PdfWriter

from sitegen.media.examination import MOST, examine, is_examined

IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"
PHONE = "13812345678"
MASKED = {IDENTITY: "11**************2X", CARD: "62***************28", PHONE: "138******78"}


def told(path: str, content: bytes) -> list[str]:
    return [f"{problem.code.value} {problem.message}" for problem in examine(f"content/media/{path}", content)]


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def pdf(*pages: str, password: str = "", **properties: str) -> bytes:
    """A PDF of simple pages of text (ISO 32000), made by hand."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for text in pages:
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {fonts} /Contents {len(objects)} 0 R >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    content, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(content)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n".encode()
    content += f"<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    if not (properties or password):
        return content
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.add_metadata({f"/{key}": value for key, value in properties.items()})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream_out = io.BytesIO()
    writer.write(stream_out)
    return stream_out.getvalue()


def letter(*runs: str) -> bytes:
    document = Document()
    document.add_heading("通知")
    paragraph = document.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    return saved(document)


def word_table() -> bytes:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("姓名", "银行卡号", "林样本", CARD), strict=True):
        cell.text = text
    return saved(document)


def word_header() -> bytes:
    document = Document()
    document.sections[0].header.paragraphs[0].text = f"值班 {PHONE}"
    return saved(document)


def word_author() -> bytes:
    document = Document()
    document.core_properties.author = "lin@qq.com"
    return saved(document)


def word_picture() -> bytes:
    document = Document()
    document.add_picture(io.BytesIO(photograph()), width=Inches(1))
    return saved(document)


def sheet(*rows: tuple[object, ...], title: str = "名单", hidden: bool = False) -> bytes:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = title
    for row in rows:
        first.append(row)
    if hidden:
        book.create_sheet("封面")
        first.sheet_state = "hidden"
    return saved(book)


def package(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, text in parts.items():
            archive.writestr(f"{name}.xml", text)
    return stream.getvalue()


OPEN_DOCUMENT = '<o xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><t:p>电话 138<t:span>1234</t:span>5678</t:p></o>'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M110105 1949 1231 0020 13812345678"/><text>{}</text></svg>'
)
ID, MOBILE = "E080 a resident identity number", "W110 a mobile number"
PLACE = "E081 the picture tells where it was taken (GPS)"
CASES: dict[str, tuple[str, Callable[[], bytes], list[str]]] = {
    "pdf": ("a.pdf", lambda: pdf("Minutes", f"ID {IDENTITY}"), [f"{ID} on page 2: {MASKED[IDENTITY]}"]),
    "pdf-properties": ("a.pdf", lambda: pdf("Minutes", Author=PHONE), [f"{MOBILE} in the properties: {MASKED[PHONE]}"]),
    "pdf-under-another-name": ("a.dat", lambda: pdf(f"Call {PHONE}"), [f"{MOBILE} on page 1: {MASKED[PHONE]}"]),
    "word": ("a.docx", lambda: letter(f"身份证{IDENTITY}"), [f"{ID} in the text: {MASKED[IDENTITY]}"]),
    "word-in-runs": (
        "a.docx", lambda: letter("身份证110105", "19491231", "002X"), [f"{ID} in the text: {MASKED[IDENTITY]}"],
    ),
    "word-table": ("a.docx", word_table, [f"E080 a bank card number in the text: {MASKED[CARD]}"]),
    "word-header": ("a.docx", word_header, [f"{MOBILE} in a header: {MASKED[PHONE]}"]),
    "word-author": ("a.docx", word_author, ["W110 a private e-mail address in the properties: l***@qq.com"]),
    "word-picture": ("a.docx", word_picture, ["E081 a picture in this document tells where it was taken (GPS)"]),
    "excel": (
        "a.xlsx", lambda: sheet(("姓名", "卡号"), ("林样本", CARD)), [f"E080 a bank card number in cell 名单!B2: {MASKED[CARD]}"],
    ),
    "excel-number": (
        "a.xlsx", lambda: sheet(("姓名", "手机"), ("林样本", int(PHONE))), [f"{MOBILE} in cell 名单!B2: {MASKED[PHONE]}"],
    ),
    "excel-serial": ("a.xlsx", lambda: sheet(("物品", "资产编号"), ("样例", PHONE)), []),
    "excel-hidden-sheet": (
        "a.xlsx", lambda: sheet(("手机",), (PHONE,), hidden=True), [f"{MOBILE} in cell 名单!A2: {MASKED[PHONE]}"],
    ),
    "open-document": ("a.odt", lambda: package(content=OPEN_DOCUMENT), [f"{MOBILE} in the text: {MASKED[PHONE]}"]),
    "csv": ("a.csv", lambda: f"姓名,手机\n林样本,{PHONE}\n".encode("gb18030"), [f"{MOBILE}: {MASKED[PHONE]}"]),
    "utf-16": ("a.txt", lambda: PHONE.encode("utf-16"), [f"{MOBILE}: {MASKED[PHONE]}"]),
    "svg-words": ("a.svg", lambda: SVG.format(PHONE).encode(), [f"{MOBILE}: {MASKED[PHONE]}"]),
    "svg-drawing": ("a.svg", lambda: SVG.format("门").encode(), []),
    "jpeg-place": ("a.jpg", photograph, [PLACE]),
    "png-place": ("a.png", lambda: photograph("PNG"), [PLACE]),
    "webp-place": ("a.webp", lambda: photograph("WEBP"), [PLACE]),
    "jpeg-without": ("a.jpg", lambda: photograph(place=False), []),
    "name": (f"{IDENTITY}.jpg", lambda: photograph(place=False), [f"E080 the file’s name holds {ID[5:]}: {MASKED[IDENTITY]}"]),
    "name-mobile": (f"林样本{PHONE}.txt", lambda: b"x", [f"W110 the file’s name holds a mobile number: {MASKED[PHONE]}"]),
}  # fmt: skip
CANNOT = "W111 this file cannot be looked through: "
UNREAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "locked.pdf": (lambda: pdf("Minutes", password="secret"), "it is locked by a password"),
    "scan.pdf": (lambda: pdf(""), "its pages hold no text: they may be scans"),
    "broken.pdf": (lambda: b"%PDF-1.7\nnothing", "it is damaged or locked (PdfStreamError)"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "it is of an older or packed kind"),
    "all.zip": (lambda: saved(_Archive()), "it is an archive"),
    "all.rar": (lambda: b"Rar!\x1a\x07\x01\x00", "it is an archive"),
    "cut.docx": (lambda: letter("x")[:900], "it is damaged"),
    "bomb.odt": (lambda: package(content='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "it declares entities"),
    "photo.heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0", "it is a picture of a kind that only its makers can read"),
}


class _Archive:
    def save(self, stream: io.BytesIO) -> None:
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("list.txt", PHONE)


@pytest.mark.parametrize("case", CASES)
def test_what_a_file_tells_of_people(case: str) -> None:
    name, make, expected = CASES[case]
    assert told(name, make()) == expected


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_looked_through_is_said(name: str) -> None:
    make, reason = UNREAD[name]
    assert told(name, make()) == [CANNOT + reason]


def test_of_many_the_first_are_named_and_the_rest_counted() -> None:
    rows = [("手机",), *((str(13800000000 + number),) for number in range(5_000))]
    found = told("a.xlsx", sheet(*rows))
    assert len(found) == MOST + 1
    assert found[-1] == f"W110 a mobile number: {5_000 - MOST} times more"


def test_the_second_picture_of_a_telephone_is_looked_at_too() -> None:
    stream = io.BytesIO()
    plain, placed = Image.open(io.BytesIO(photograph(place=False))), Image.open(io.BytesIO(photograph()))
    placed.encoderinfo = {"exif": placed.getexif()}
    plain.save(stream, "MPO", save_all=True, append_images=[placed])
    assert not Image.open(stream).getexif(), "the first picture alone would pass"
    assert told("a.jpg", stream.getvalue()) == [PLACE]


def test_a_place_in_xmp_counts_as_one() -> None:
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="34,15.0N"/></x:xmpmeta>'
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", xmp=packet)
    assert told("a.jpg", stream.getvalue()) == [PLACE]


@pytest.mark.parametrize(("name", "wanted"), [("a.mp4", False), ("a.WOFF2", False), ("a.pdf", True), ("a.JPG", True), ("a", True)])
def test_sound_and_film_are_not_read_at_all(name: str, wanted: bool) -> None:
    assert is_examined(f"content/media/{name}") == wanted
