"""A build that is killed, or that the disk fails, harms nothing: no process stays, and the next build is a clean build.

SITEGEN_KILLS=500 kills as often as that.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import NOW
from rebuild.compare import difference
from rebuild.course import begin, write_story
from rebuild.program import ENVIRONMENT, bound_by_permissions, run
from rebuild.sites import CONFIG, Project, copy_of, tree

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, limits and mounts of Linux")

QUIET: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
KILLS = int(os.environ.get("SITEGEN_KILLS", "12"))
POINTS = int(os.environ.get("SITEGEN_KILLS", "16"))
BEFORE = {"title": CONFIG["title"], "paginate": "2"}
PROGRAM = """
import os, signal, sys
import sitegen.build.emit as emit
import sitegen.build.workers as workers
from sitegen.cli import main
workers.WORTH_FORKING = emit._WORTH_FORKING = 8
count = int(sys.argv.pop(1))
seen = 0

def counted(event, arguments):
    '''Dies at the n-th thing the build does to the disk.'''
    global seen
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if writes or event in ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect"):
        seen += 1
        if seen == count:
            os.kill(os.getpid(), signal.SIGKILL)

if count:
    sys.addaudithook(counted)
main()
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that was built, with enough edits since that much of it is made again."""
    project = begin(tmp_path_factory.mktemp("built") / "site")
    assert difference(project) == ""
    project.configure(title="{zh: 新名, en: New}", paginate="3")
    project.write("themes/ground/partials/foot.html", "<p>new foot\n")
    project.write("content/pages/new.zh.md", "---\ntitle: 新\n---\n\n文\n")
    project.delete("content/news/s2.zh.md")
    write_story(project, 4, "slug: moved-too\ntags: [red]")
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    return copy_of(built, tmp_path / "site")


def start(project: Project, at: int = 0) -> subprocess.Popen[bytes]:
    """A build with two workers, in a process group of its own; it dies at its n-th change of the disk."""
    arguments = [str(at), "build", "-j", "2", "-s", str(project.root), "--now", NOW.isoformat()]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments], env=ENVIRONMENT, start_new_session=True, **QUIET
    )  # fmt: skip


def group(number: int) -> list[int]:
    """The processes of a group that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] not in ("Z", "X") and int(fields[2]) == number:
            found.append(int(path.parent.name))
    return found


def assert_gone(number: int) -> None:
    deadline = time.monotonic() + 10
    while group(number):
        assert time.monotonic() < deadline, "a process outlived the build"
        time.sleep(0.02)


@pytest.mark.parametrize("whom", ["group", "parent"])
def test_a_build_killed_at_any_moment_leaves_nothing_behind(whom: str, built: Project, tmp_path: Path) -> None:
    """At random moments, again and again in the same folder: the build after it is a clean build, and no process stays."""
    random = Random(whom)
    project = copy_of(built, tmp_path / "timed")
    begun = time.monotonic()
    start(project).wait()
    length = time.monotonic() - begun
    early = 0
    for number in range(KILLS // 2):
        again = copy_of(built, tmp_path / str(number))
        process = start(again)
        time.sleep(random.uniform(0.3, 1.05) * length)
        early += process.poll() is None
        if whom == "group" and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        assert_gone(process.pid)
        assert difference(again) == "", number
        shutil.rmtree(again.root)
    print(f"{early} of {KILLS // 2} killed before their end")
    assert early or KILLS < 8


@pytest.mark.parametrize("part", range(4))
def test_a_build_killed_at_any_change_of_the_disk_is_made_good(part: int, built: Project, tmp_path: Path) -> None:
    """Before the n-th file opened for writing, renamed, removed …"""
    for point in Random(part).sample(range(40, 300), POINTS // 4):
        project = copy_of(built, tmp_path / str(point))
        start(project, point).wait()
        assert difference(project) == "", f"killed at change {point}"
        shutil.rmtree(project.root)


@pytest.mark.parametrize("part", range(2))
def test_an_edit_of_a_template_killed_at_any_change_of_the_disk_is_made_good(part: int, tmp_path: Path) -> None:
    """Where pages are made again from what is remembered, and written into files that others have left."""
    project = begin(tmp_path / "site")
    assert difference(project) == ""
    stories = project.read("themes/plain/news.html")
    for point in Random(part).choices(range(1, 24), k=POINTS // 4):
        project.write("themes/plain/news.html", stories.replace("<p>", f"<p>{point}", 1))
        start(project, point).wait()
        assert difference(project) == "", f"killed at change {point}"


def test_sources_taken_back_after_a_kill_leave_nothing_of_it(built: Project, tmp_path: Path) -> None:
    """At four changes of the disk near each other: files opened, renamed, removed."""
    for point in range(82, 94, 3):
        project = copy_of(built, tmp_path / str(point))
        kept = {path: project.read(path) for path in ("config.yaml", "themes/ground/partials/foot.html")}
        project.write("themes/ground/partials/foot.html", "<p>ground\n")
        project.configure(**BEFORE)
        assert difference(project) == ""
        for path, text in kept.items():
            project.write(path, text)
        start(project, point).wait()
        project.write("themes/ground/partials/foot.html", "<p>ground\n")
        project.configure(**BEFORE)
        assert difference(project) == "", f"killed at change {point}"
        shutil.rmtree(project.root)


def fails_plainly(done: subprocess.CompletedProcess[str]) -> None:
    """One clear line, no traceback, exit code 1."""
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert done.stderr.count("E060") == 1


def arguments(project: Project) -> tuple[str, ...]:
    return ("build", "-s", str(project.root), "--now", NOW.isoformat(), "--format", "text")


def readable(project: Project, before: dict[str, bytes], wanted: dict[str, bytes]) -> None:
    """Every file of the last output is there, as it was or as it is to be."""
    for file, content in tree(project.public).items():
        if file in before and file != ".sitegen-files":
            assert content in (before[file], wanted.get(file)), file


def made_good(project: Project) -> None:
    assert difference(project) == ""


@pytest.mark.parametrize("size", [0, 300, 700, 1500, 4096, 20_000])
def test_a_limit_to_the_size_of_files_is_said_plainly(project: Project, size: int) -> None:
    before = tree(project.public)
    done = run(*arguments(project), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    if done.returncode:
        fails_plainly(done)
    assert "Traceback" not in done.stderr, done.stderr
    project_wanted = copy_of(project, project.root.with_name("wanted"))
    assert difference(project_wanted) == ""
    readable(project, before, tree(project_wanted.public))
    made_good(project)


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[[Path, int], None]]:
    """Puts a small disk with what a folder holds in the folder's place."""
    places: list[Path] = []

    def mount(folder: Path, spare: int) -> None:
        held = shutil.copytree(folder, tmp_path / f"held{len(places)}")
        size = sum((path.stat().st_size + 4095) // 4096 * 4096 for path in held.rglob("*") if path.is_file()) + spare
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size},huge=never", "sitegen-test", str(folder)], capture_output=True
        )
        if done.returncode:
            pytest.skip(f"no disk can be mounted here: {done.stderr.decode().strip()}")
        places.append(folder)
        shutil.copytree(held, folder, dirs_exist_ok=True)

    yield mount
    for place in places:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("spare", [0, 8192, 40_960])
@pytest.mark.parametrize("folder", ["public", ".sitegen"])
def test_a_full_disk_is_said_plainly(project: Project, mounted: Callable[[Path, int], None], folder: str, spare: int) -> None:
    before = tree(project.public)
    for number in range(20, 60):
        project.write(f"content/pages/more{number}.zh.md", f"---\ntitle: 多{number}\n---\n\n{'文' * 2000}\n")
    mounted(project.path(folder), spare)
    done = run(*arguments(project))
    assert "Traceback" not in done.stderr, done.stderr
    if folder == "public" or done.returncode:
        fails_plainly(done)
    wanted = copy_of(project, project.root.with_name("wanted"))
    assert difference(wanted) == ""
    readable(project, before, tree(wanted.public))
    subprocess.run(["mount", "-o", "remount,size=64m", str(project.path(folder))], check=True)
    made_good(project)


def test_a_destination_that_may_not_be_written_is_said_plainly(project: Project) -> None:
    before = tree(project.public)
    folders = [project.public, *(path for path in project.public.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    done = bound_by_permissions(*arguments(project))
    for path in folders:
        path.chmod(0o755)
    fails_plainly(done)
    assert tree(project.public) == before
    made_good(project)
