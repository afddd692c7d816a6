"""Whatever happens to the state, the next build is a clean build, or says plainly why not; and a state never runs anything."""

from __future__ import annotations

import ast
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, PROJECT
from rebuild.compare import clean, difference, incremental
from rebuild.course import begin
from rebuild.program import bound_by_permissions
from rebuild.sites import Project, copy_of, options_of, tree

from sitegen.build.pipeline import build

SITEGEN = PROJECT / "sitegen"
FLIPS = int(os.environ.get("SITEGEN_FLIPS", "40"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that was built; tests take copies of it."""
    project = begin(tmp_path_factory.mktemp("built") / "site")
    assert difference(project) == ""
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy, in which a story was changed and another deleted since."""
    project = copy_of(built, tmp_path / "site")
    project.write("content/news/s5.zh.md", project.read("content/news/s5.zh.md").replace("故事5", "新故事5"))
    project.delete("content/news/s2.zh.md")
    return project


def state_of(project: Project) -> Path:
    (path,) = project.path(".sitegen").glob("*.sqlite3")
    return path


def empty(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def one_page_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def foreign_file(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 not a database" * 1000)


def foreign_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE outputs (file TEXT, why TEXT)")
        connection.execute("INSERT INTO outputs VALUES ('../../precious', '')")
    connection.close()


def older_schema(path: Path) -> None:
    _execute(path, "UPDATE meta SET value = '0' WHERE name = 'schema'")


def without_a_table(path: Path) -> None:
    _execute(path, "DROP TABLE facts")


def without_notes(path: Path) -> None:
    _execute(path, "DELETE FROM meta")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def full_folder(path: Path) -> None:
    folder(path)
    (path / "x").write_text("x")


def link(path: Path) -> None:
    path.rename(path.with_suffix(".moved"))
    path.symlink_to("nowhere")


def of_another_site(path: Path) -> None:
    """The state of a site with other stories under the same names."""
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE parsed SET digest = x'00', stat = 'x'")
        connection.execute("UPDATE outputs SET stat = 'x', digest = x'00', job = x'00'")
        connection.execute("UPDATE facts SET digest = x'00'")
    connection.close()


def leading_elsewhere(path: Path) -> None:
    """Names of outputs that lie outside the destination."""
    with sqlite3.connect(path) as connection:
        for name in ("../precious", "/etc/hostname", "../config.yaml", "a/../../precious"):
            connection.execute("INSERT INTO outputs SELECT ?, job, stat, digest, reads, why, seal FROM outputs LIMIT 1", (name,))
    connection.close()


def without_bodies(path: Path) -> None:
    _execute(path, "DELETE FROM bodies")


def with_other_bodies(path: Path) -> None:
    _execute(path, """UPDATE bodies SET text = replace(text, '正文', '篡改')""")


def without_words(path: Path) -> None:
    _execute(path, "DELETE FROM words")


def with_other_words(path: Path) -> None:
    _execute(path, """UPDATE words SET text = replace(text, '正文', '篡改')""")


def _execute(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


THROWN_AWAY = (empty, halved, one_page_short, foreign_file, foreign_database, older_schema, without_a_table, without_notes, folder,
               full_folder)  # fmt: skip
HARMLESS = (link, of_another_site, leading_elsewhere, without_bodies, with_other_bodies, without_words, with_other_words)


def cases(*spoilers: Callable[[Path], None]) -> list[Any]:
    return [pytest.param(each, id=each.__name__.replace("_", " ")) for each in spoilers]


@pytest.mark.parametrize("spoil", cases(*THROWN_AWAY, *HARMLESS))
def test_a_spoiled_state_does_no_harm(project: Project, spoil: Callable[[Path], None]) -> None:
    project.path("precious").write_text("precious")
    spoil(state_of(project))
    assert difference(project) == ""
    assert project.read("precious") == "precious"
    assert project.has("config.yaml")
    assert difference(project) == "", "the build after it"
    project.write("content/news/s3.zh.md", project.read("content/news/s3.zh.md").replace("故事3", "再新"))
    assert difference(project) == "", "and the one after an edit"


@pytest.mark.parametrize("spoil", cases(*THROWN_AWAY))
def test_one_line_says_that_a_state_was_thrown_away(project: Project, spoil: Callable[[Path], None]) -> None:
    spoil(state_of(project))
    report = build(project.options)
    assert report.remark
    assert "\n" not in report.remark
    assert len(report.rendered) == len(report.outputs)
    assert not build(project.options).remark


@pytest.mark.parametrize("part", range(4))
def test_flipped_bits_do_no_harm(built: Project, tmp_path: Path, part: int) -> None:
    """One bit, at places spread over the whole file; each time the build is a clean build and so is the next."""
    content = state_of(built).read_bytes()
    source = copy_of(built, tmp_path / "source")
    source.write("content/news/s5.zh.md", source.read("content/news/s5.zh.md").replace("故事5", "新故事5"))
    source.delete("content/news/s2.zh.md")
    wanted = clean(source)
    places = [len(content) * (number * 4 + part) // FLIPS + number % 97 for number in range(FLIPS // 4)]
    for place in places:
        place = min(place, len(content) - 1)
        project = copy_of(source, tmp_path / str(place))
        state_of(project).write_bytes(content[:place] + bytes([content[place] ^ (1 << place % 8)]) + content[place + 1 :])
        assert difference(project, wanted=wanted) == "", f"the bit {place % 8} of the octet {place}"
        shutil.rmtree(project.root)


@pytest.mark.parametrize("word", ["故事6", "notices", "正文", "2026-06-01"])
def test_a_changed_word_in_a_remembered_record_is_noticed(project: Project, word: str) -> None:
    """A flipped bit that leaves a text a text: no page may ever say what no source says."""
    path = state_of(project)
    content = path.read_bytes()
    if (found := content.find(word.encode())) < 0:
        pytest.skip(f"the state does not hold {word} as it is")
    while found >= 0:
        content = content[:found] + content[found : found + len(word.encode()) - 1] + b"7" + content[found + len(word.encode()) :]
        found = content.find(word.encode())
    path.write_bytes(content)
    assert difference(project) == ""


def test_a_copied_project_makes_nothing_again(built: Project, tmp_path: Path) -> None:
    """The cache of a CI service: another folder, other times, other inodes, the same bytes."""
    copy = copy_of(built, tmp_path / "elsewhere/deep")
    for path in copy.root.rglob("*"):
        if ".sitegen" not in path.parts:
            os.utime(path)
    report = build(copy.options)
    assert (list(report.rendered), report.emitted.written, report.emitted.removed) == ([], 0, 0)
    assert parsed_again(copy) == []
    assert difference(copy) == ""


def parsed_again(project: Project) -> list[str]:
    """The sources that a build parses."""
    import sitegen.build.parsing as parsing

    names: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        original = parsing.load_entry
        patch.setattr(parsing, "load_entry", lambda path, *rest: names.append(path) or original(path, *rest))
        build(project.options)
    return names


def test_only_the_changed_source_is_parsed(project: Project) -> None:
    assert parsed_again(project) == ["content/news/s5.zh.md"]


def test_a_state_is_of_one_destination(project: Project, tmp_path: Path) -> None:
    """Another destination begins anew, and leaves the state of the first as it was."""
    before = state_of(project).read_bytes()
    build(options_of(project, destination=tmp_path / "other"))
    assert tree(tmp_path / "other") == clean(project).files
    assert state_of_destination(project, "public").read_bytes() == before
    assert difference(project) == ""


def state_of_destination(project: Project, name: str) -> Path:
    (path,) = project.path(".sitegen").glob(f"state-{name}-*.sqlite3")
    return path


def test_a_state_given_another_destinations_name_does_no_harm(project: Project) -> None:
    other = project.public.with_name("other")
    build(options_of(project, destination=other))
    shutil.copy(state_of_destination(project, "public"), state_of_destination(project, "other"))
    project.public = other
    assert difference(project) == ""


def test_a_file_in_the_place_of_the_folder_is_said_plainly(project: Project) -> None:
    shutil.rmtree(project.path(".sitegen"))
    project.path(".sitegen").write_text("a file")
    found = incremental(project)
    assert found.failed is False or {code for code, _ in found.problems} == {"E060"}


def test_a_state_that_may_not_be_written_does_no_harm(project: Project) -> None:
    for path in (*project.path(".sitegen").iterdir(), project.path(".sitegen")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = bound_by_permissions("build", "-s", str(project.root), "--now", NOW.isoformat())
    project.path(".sitegen").chmod(0o755)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert tree(project.public) == clean(project).files


@pytest.mark.parametrize("path", sorted(SITEGEN.rglob("*.py")), ids=lambda path: path.relative_to(SITEGEN).as_posix())
def test_nothing_that_could_run_a_cache_is_used(path: Path) -> None:
    """A cache is data: nothing that turns bytes into code or objects is imported or called anywhere."""
    banned_modules = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
    banned_calls = {"eval", "exec", "compile", "__import__"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not banned_modules & {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] not in banned_modules
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in banned_calls


def test_every_byte_of_the_program_is_in_the_engine_digest(tmp_path: Path) -> None:
    shutil.copytree(SITEGEN, tmp_path / "sitegen", ignore=shutil.ignore_patterns("__pycache__", "themes"))
    command = [
        sys.executable,
        "-c",
        "from sitegen.build.engine import engine_digest; from pathlib import Path; print(engine_digest(Path()))",
    ]

    def digest() -> str:
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    digests = [digest(), digest()]
    assert digests[0] == digests[1]
    for name in ("formats/rss.py", "content/kinds/news.py", "cli.py"):
        with open(tmp_path / "sitegen" / name, "a", encoding="utf-8") as stream:
            stream.write("# another\n")
        digests.append(digest())
    assert len(set(digests)) == 4
