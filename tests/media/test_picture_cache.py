"""The cache of variants: whatever happens to it, what comes out is what was put in, or nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.media.picture_cache import PictureCache

KEY, CONTENT = "0f" * 16 + ".avif", b"picture" * 100


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(bytes(content))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut short": truncate,
    "a bit flipped": flip,
    "empty": lambda path: path.write_bytes(b""),
    "of others": lambda path: path.write_bytes(CONTENT),
    "gone": lambda path: path.unlink(),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_what_is_damaged_counts_as_absent(tmp_path: Path, case: str) -> None:
    cache = PictureCache(tmp_path)
    cache.put(KEY, CONTENT)
    assert (cache.get(KEY), cache.size(KEY), cache.has(KEY)) == (CONTENT, len(CONTENT), True)
    (path,) = tmp_path.rglob("*.avif")
    DAMAGES[case](path)
    assert cache.get(KEY) is None


def test_it_may_be_carried_to_another_computer(tmp_path: Path) -> None:
    PictureCache(tmp_path / "here").put(KEY, CONTENT)
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    assert PictureCache(tmp_path / "there").get(KEY) == CONTENT


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = PictureCache(tmp_path / "file/cache")
    cache.put(KEY, CONTENT)
    assert (cache.get(KEY), cache.size(KEY)) == (None, None)


def test_pruning_takes_what_is_old_and_used_by_nothing(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    keys = {name: name[0] * 32 + ".jpg" for name in ("a used", "b old", "c new")}
    for name, key in keys.items():
        cache.put(key, CONTENT[:-1] if name == "a used" else CONTENT)
    for name in ("a used", "b old"):
        os.utime(tmp_path / keys[name][:2] / keys[name], (1000, 1000))
    cache.prune({hashlib.blake2b(CONTENT[:-1], digest_size=16).digest()}, before=2000)
    assert [name for name, key in keys.items() if cache.has(key)] == ["a used", "c new"]
