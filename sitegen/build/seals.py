"""What proves that a state holds what was put into it."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Mapping
from typing import Any


class DamagedStateError(Exception):
    """The state holds something else than what was put into it."""


def row_seal(row: tuple[Any, ...]) -> bytes:
    """What stands for a row: SQLite has no checksums, and a changed word would be believed."""
    state = hashlib.blake2b(digest_size=16)
    for value in row:
        if type(value) is str:
            sort, content = b"s", value.encode("utf-8", "surrogatepass")
        elif type(value) is bytes:
            sort, content = b"b", value
        else:
            sort, content = b"o", repr(value).encode()
        state.update(b"%s%d\0" % (sort, len(content)))
        state.update(content)
    return state.digest()


def sound(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row without its seal.  Raises DamagedStateError if that is not of this row."""
    if row[-1] != row_seal(row[:-1]):
        raise DamagedStateError
    return row[:-1]


def weight(seal: bytes) -> int:
    """A seal as a number, to be added to those of other rows."""
    return int.from_bytes(seal, "big")


def seal_of(total: int) -> str:
    """The weights of all rows together: a sum, so that it need not be taken anew of all when a few change."""
    return f"{total % 2**128:032x}"


def glance_seal(meta: Mapping[str, str], stats: Mapping[str, str]) -> str:
    """What stands for the notes of a build and the stats of its files."""
    return row_seal((sorted(meta.items()), sorted(stats.items()))).hex()


def reads_seal(reads: Mapping[str, bytes]) -> str:
    """What stands for the reads of all outputs."""
    files = sorted(reads)
    lengths = array("I", (len(reads[file]) for file in files))
    state = hashlib.blake2b("\0".join(files).encode(), digest_size=16)
    state.update(lengths.tobytes())
    state.update(b"".join([reads[file] for file in files]))
    return state.hexdigest()
