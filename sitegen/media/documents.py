"""Documents: the text of PDF, Office, OpenDocument and plain files, each part with words for where it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import zipfile

_PDF, _ZIP, _OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_MOST_BYTES = 200 * 1024 * 1024
_PARTS = {
    "word/": " in the text", "word/header": " in a header", "word/footer": " in a footer", "word/comments": " in a comment",
    "word/footnotes": " in a footnote", "word/endnotes": " in an endnote", "ppt/": " on a slide", "ppt/notesSlides/": " in a note",
    "xl/comments": " in a comment", "xl/threadedComments/": " in a comment", "xl/drawings/": " in a text box",
    "xl/persons/": " in a comment", "docProps/": " in the properties", "content.xml": " in the text",
    "styles.xml": " in a header or footer", "meta.xml": " in the properties",
}  # fmt: skip
_NUMBER = re.compile(r"[0-9０-９].*[0-9０-９]{3}|[@＠]")
_LINES = frozenset(("p", "h", "tc", "tab", "br", "cr", "comment"))
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")


class DocumentError(Exception):
    """A document that cannot be read, with the reason in plain words."""


def texts(content: bytes) -> Iterator[tuple[str, str]]:
    """The parts of a document, as (" on page 2", text).  Nothing for what is no document.  Raises DocumentError."""
    if content.startswith(_PDF):
        yield from _pdf(content)
    elif content.startswith(_ZIP):
        yield from _office(content)
    elif content.startswith((_OLE, *_ARCHIVES)):
        raise DocumentError("it is of an older or packed kind" if content.startswith(_OLE) else "it is an archive")
    elif b"<svg" in content[:2048]:
        yield "", _words(content, each_apart=True)  # its drawing is full of numbers that mean nothing
    else:
        yield from _plain(content)


def pictures(content: bytes) -> Iterator[bytes]:
    """The photographs inside an Office or OpenDocument file.  Raises DocumentError."""
    if content.startswith(_ZIP):
        with _opened(content) as archive:
            for name in archive.namelist():
                if name.lower().endswith(_PICTURES):
                    yield archive.read(name)


def _pdf(content: bytes) -> Iterator[tuple[str, str]]:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each flaw of a file, which most files have
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("it is locked by a password")
        told = [(f" on page {number}", page.extract_text()) for number, page in enumerate(reader.pages, 1)]
        told.append((" in a form", "\n".join(map(str, (reader.get_form_text_fields() or {}).values()))))
        told.append((" in the properties", "\n".join(str(value) for value in (reader.metadata or {}).values())))
    except DocumentError:
        raise
    except Exception as error:  # a PDF can be broken in more ways than its reader has names for
        raise DocumentError(f"it is damaged or locked ({type(error).__name__})") from None
    if not any(text.strip() for _, text in told[:-2]):
        raise DocumentError("its pages hold no text: they may be scans")
    yield from told


def _opened(content: bytes) -> zipfile.ZipFile:
    import zipfile

    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        if any(each.flag_bits & 1 for each in archive.infolist()):
            raise DocumentError("it is locked by a password")
        if sum(each.file_size for each in archive.infolist()) > _MOST_BYTES:
            raise DocumentError("unpacked it is larger than 200 MB")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise DocumentError("it is damaged") from None
    return archive


def _office(content: bytes) -> Iterator[tuple[str, str]]:
    """Parts of ECMA-376 (Word, Excel, PowerPoint) and ISO/IEC 26300 (OpenDocument) packages."""
    with _opened(content) as archive:
        found = archive.namelist()
        if not {"[Content_Types].xml", "mimetype"} & set(found):
            raise DocumentError("it is an archive")
        try:
            for name in found:
                where = next((words for part, words in sorted(_PARTS.items(), reverse=True) if name.startswith(part)), None)
                if where and name.endswith(".xml"):
                    yield where, _words(archive.read(name), each_apart=where.endswith("properties"))
            if "xl/workbook.xml" in found:
                yield from _cells(content)
        except Exception as error:  # the same is true of packages
            if isinstance(error, DocumentError):
                raise
            raise DocumentError(f"it is damaged ({type(error).__name__})") from None


def _words(xml: bytes, each_apart: bool) -> str:
    """The words of an XML part, a line for each paragraph, since one number may be cut into several runs; or for each element."""
    from xml.etree import ElementTree

    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise DocumentError("it declares entities")
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise DocumentError(f"it is damaged ({error})") from None
    for element in root.iter():
        if each_apart or str(element.tag).rpartition("}")[2] in _LINES:
            element.text, element.tail = f"\n{element.text or ''}", f"\n{element.tail or ''}"
    return re.sub(r"\s*\n\s*", "\n", "".join(root.itertext()))


def _cells(content: bytes) -> Iterator[tuple[str, str]]:
    """Cells that are long enough to matter, each after the heading of its column, which says what it is."""
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            headings: dict[int, str] = {}
            for row, values in enumerate(sheet.iter_rows(values_only=True), 1):
                for column, value in enumerate(values, 1):
                    text = _said(value)
                    if text and not _NUMBER.search(text):
                        headings.setdefault(column, text)
                    elif text:
                        yield f" in cell {sheet.title}!{get_column_letter(column)}{row}", f"{headings.get(column, '')}: {text}"
    finally:
        book.close()


def _said(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _plain(content: bytes) -> Iterator[tuple[str, str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in content[:8192]:
        return
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            yield "", content.decode(encoding)
            return
        except UnicodeDecodeError:
            continue
