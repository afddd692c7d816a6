"""What is put aside comes back as it was, from memory or from the disk."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.build import spool as module
from sitegen.build.spool import Spool

TEXTS = st.text(st.characters(codec=None), max_size=40)


@pytest.mark.parametrize("room", [0, 400, 1_000_000])
@settings(max_examples=60)
@given(contents=st.lists(st.one_of(st.binary(max_size=200), TEXTS), max_size=12))
def test_bytes_and_texts_come_back(room: int, contents: list[bytes | str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_IN_MEMORY", room)
        with Spool(Path.cwd()) as spool:
            pieces = [spool.put_text(each) if isinstance(each, str) else spool.put(each) for each in contents]
            assert [piece() for piece in pieces] == contents


def test_only_so_much_is_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_IN_MEMORY", 10_000)
    with Spool(tmp_path) as spool:
        pieces = [spool.put(bytes([number]) * 1000) for number in range(100)]
        held = sum(isinstance(piece, module._Held) for piece in pieces)
        assert 0 < held < 10
        assert [piece() for piece in pieces] == [bytes([number]) * 1000 for number in range(100)]


def test_another_process_reads_all_from_the_disk(tmp_path: Path) -> None:
    with Spool(tmp_path, spawned=True) as spool:
        pieces = pickle.loads(pickle.dumps([spool.put(b"a" * 100), spool.put_text("文\ud800")]))
        assert [piece() for piece in pieces] == [b"a" * 100, "文\ud800"]
        assert len(pickle.dumps(spool.put(b"a" * 10_000))) < 1000
