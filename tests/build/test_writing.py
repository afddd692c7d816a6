"""A file takes the place of another in one step, and nobody who has the other sees anything of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import sitegen.build.writing as writing
from sitegen.build.writing import Writer

NAMES = [f"{number}.html" for number in range(20)]
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody can tell whether a file is open")


def page(name: str, edition: int) -> bytes:
    """Longer and shorter ones, one of them of no bytes at all."""
    return f"{name} {edition}\n".encode() * (int(name.removesuffix(".html")) * 613 * edition % 1000)


def write(folder: Path, edition: int) -> Writer:
    writer = Writer(f"{folder}/.new-")
    for name in NAMES:
        writer.write(f"{folder}/{name}", page(name, edition))
    return writer


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """With a first edition; every test ends with a second one in it."""
    folder = tmp_path / "public"
    folder.mkdir()
    write(folder, 1)
    yield folder
    assert {name: (folder / name).read_bytes() for name in NAMES} == {name: page(name, 2) for name in NAMES}


def knows_leases(path: Path) -> bool:
    """True where the disk tells whether anybody has a file open."""
    import fcntl

    with path.open("r+b") as stream:
        try:
            fcntl.fcntl(stream, fcntl.F_SETLEASE, fcntl.F_WRLCK)
            fcntl.fcntl(stream, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError:
            return False
    return True


@on_linux
def test_files_are_written_into_those_that_others_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    if not knows_leases(folder / NAMES[1]):
        write(folder, 2)
        pytest.skip("this disk does not tell whether a file is open")
    monkeypatch.setattr(os, "unlink", lambda path: made.append(path))  # of a file that was not to be written into again
    write(folder, 2)
    assert len(made) == 1


@on_linux
def test_who_reads_an_old_file_reads_it_to_its_end(folder: Path) -> None:
    with ExitStack() as stack:
        reading = [stack.enter_context((folder / name).open("rb")) for name in NAMES[5:12]]
        write(folder, 2)
        assert [stream.read() for stream in reading] == [page(name, 1) for name in NAMES[5:12]]


def test_a_file_that_has_another_name_keeps_what_it_says_under_that(folder: Path, tmp_path: Path) -> None:
    """A backup of links, for instance."""
    backup = tmp_path / "backup"
    backup.mkdir()
    for name in NAMES[5:12]:
        os.link(folder / name, backup / name)
    write(folder, 2)
    assert {path.name: path.read_bytes() for path in backup.iterdir()} == {name: page(name, 1) for name in NAMES[5:12]}


@on_linux
def test_a_file_allows_what_a_new_one_does(folder: Path) -> None:
    """What somebody has allowed for one file is not meant for another."""
    for name in NAMES[5:12]:
        (folder / name).chmod(0o777)
    write(folder, 2)
    assert {(folder / name).stat().st_mode for name in NAMES} == {(folder / NAMES[0]).stat().st_mode}
    assert (folder / NAMES[0]).stat().st_mode & 0o777 != 0o777


@pytest.mark.parametrize("lacking", ["leases", "room", "links"])
def test_where_a_disk_can_do_less_files_are_made_anew(lacking: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("not here")

    if lacking == "leases":
        monkeypatch.setattr(writing, "fcntl", refuse, raising=False)
    else:
        monkeypatch.setattr(os, {"room": "posix_fallocate", "links": "link"}[lacking], refuse, raising=False)
    write(folder, 2)


def test_a_file_that_is_so_already_is_left_alone(folder: Path) -> None:
    write(folder, 2)
    before = {name: (folder / name).stat() for name in NAMES}
    writer = Writer(f"{folder}/.new-")
    assert not any(writer.write(f"{folder}/{name}", page(name, 2)) for name in NAMES)
    assert {name: (folder / name).stat().st_mtime_ns for name in NAMES} == {n: each.st_mtime_ns for n, each in before.items()}


def test_what_somebody_put_in_the_way_stays(folder: Path) -> None:
    writer = write(folder, 2)
    (folder / "taken").mkdir()
    (folder / "taken/by-somebody.txt").write_text("theirs", encoding="utf-8")
    with pytest.raises(OSError, match="taken"):
        writer.write(f"{folder}/taken", b"mine")
    assert (folder / "taken/by-somebody.txt").read_text(encoding="utf-8") == "theirs"
