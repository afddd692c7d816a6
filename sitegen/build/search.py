"""The search index of what is published: made anew when a page that is searched says something else."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.build.emit import Content
from sitegen.build.memory import Memory, Trace
from sitegen.build.pagefind import make_index
from sitegen.build.plan import Output
from sitegen.build.render import Rendered
from sitegen.build.spool import Piece, Spool
from sitegen.build.verify import Verifier
from sitegen.formats.search_sheet import search_sheet
from sitegen.site.addresses import SEARCH_FOLDER, quoted

_NOTE = "search"


@dataclass(frozen=True, slots=True)
class Indexed:
    """The files of the index: those made now, or those of an earlier build that are as they would come out; and a note of why."""

    contents: Mapping[str, Content] = field(default_factory=dict)
    kept: Mapping[str, Trace] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def index_pages(
    outputs: Sequence[Output], rendered: Sequence[Rendered], verifier: Verifier, memory: Memory, destination: Path, spool: Spool
) -> Indexed:
    """The index of the pages among these outputs: of those rendered now, and of the others as they are in the destination.

    Raises SiteError if it cannot be made.
    """
    made = {each.file: each.content for each in rendered}
    pages = sorted((output.path, output.file) for output in outputs if output.format == "html")
    of_pages = _digest((file, _hash(made[file]()) if file in made else memory.outputs[file].digest) for _, file in pages)
    before = memory.meta.get(_NOTE, " ").split(" ")
    kept = {file: trace for file, trace in memory.outputs.items() if file.startswith(SEARCH_FOLDER)}
    is_whole = all(verifier.stat_of(file, trace) is not None for file, trace in kept.items())
    if is_whole and of_pages == before[0]:
        return Indexed({}, kept, {_NOTE: memory.meta[_NOTE]})
    sheets = _sheets({path: made.get(file) or (destination / file).read_bytes for path, file in pages}, spool)
    of_sheets = _digest((address, _hash(piece())) for address, piece in sheets)
    notes = {_NOTE: f"{of_pages} {of_sheets}"}
    if is_whole and of_sheets == before[1]:
        return Indexed({}, kept, notes)
    files = make_index((address, piece().decode()) for address, piece in sheets)
    return Indexed({SEARCH_FOLDER + path: spool.put(content) for path, content in files.items()}, {}, notes)


def _sheets(pages: Mapping[str, Content], spool: Spool) -> list[tuple[str, Piece]]:
    """What is searched of each page that is, by the page's address."""
    sheets = ((path, search_sheet(content().decode())) for path, content in pages.items())
    return [(quoted(path), spool.put(sheet.encode())) for path, sheet in sheets if sheet]


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _digest(pairs: Iterable[tuple[str, bytes]]) -> str:
    state = hashlib.blake2b(digest_size=16)
    for name, seal in pairs:
        state.update(name.encode() + b"\0" + seal)
    return state.hexdigest()


def index_of(folder: Path, files: Collection[str]) -> dict[str, bytes]:
    """The files of the index of pages that stand in a folder.  Raises SiteError."""
    pages = sorted(file for file in files if file.endswith(".html"))
    found = ((file, search_sheet((folder / file).read_text(encoding="utf-8"))) for file in pages)
    sheets = ((quoted("/" + file.removesuffix("index.html")), sheet) for file, sheet in found if sheet)
    return {SEARCH_FOLDER + path: content for path, content in make_index(sheets).items()}
