"""How the program is built: imports go one way, files are small and named by a noun, nothing heavy is loaded for nothing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from conftest import PROJECT, Workshop
from samples import plain, story

from sitegen.build.stats import RACY

PACKAGE = PROJECT / "sitegen"
# Rooms and modules, in the order in which they may know each other: each imports from those before it only.
# The records of sources (content/entries.py) are the one part of content that knows the configuration.
ORDER = [
    "problems", "libraries", "content", "config", "content.entries", "site", "theme", "media", "formats", "clock", "diagnostics",
    "progress", "build", "importers", "publish", "check", "starter", "preview", "cli", "__main__",
]  # fmt: skip
STRANGERS = [("site", "theme"), ("site", "media"), ("theme", "media"), ("theme", "site"), ("media", "site"), ("media", "theme"),
             ("check", "preview"), ("preview", "check")]  # fmt: skip
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "manager", "tools", "shared"}
HEAVY = ["pydantic", "PIL", "lxml", "feedgen", "babel", "pypinyin", "rich", "starlette", "uvicorn", "icalendar", "dateutil",
         "jinja2", "markdown_it", "yaml", "watchdog", "segno", "nh3", "openpyxl", "pypdf"]  # fmt: skip
SOURCES = {path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", "."): path for path in PACKAGE.rglob("*.py")}
MODULES = {name.removesuffix(".__init__"): path for name, path in SOURCES.items()}


def imported(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


GRAPH = {name: {each for each in imported(path) if each in MODULES and each != name} for name, path in MODULES.items()}


def room(module: str) -> str:
    """The place of a module in ORDER."""
    parts = module.split(".")[1:]
    return ".".join(parts[:2]) if ".".join(parts[:2]) in ORDER else parts[0] if parts else ""


def test_every_file_of_tests_is_collected() -> None:
    """The runner passes over folders by their names (one called ``build``, unless told otherwise)."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    collected = set(re.findall(r"^(tests/\S+\.py)", listed, flags=re.MULTILINE))
    files = {path for path in (PROJECT / "tests").rglob("test_*.py") if "node_modules" not in path.parts}
    assert {path.relative_to(PROJECT).as_posix() for path in files} - collected == set()


def test_every_module_has_its_place() -> None:
    assert {room(name) for name in MODULES if name != "sitegen"} <= set(ORDER)


def test_imports_go_one_way() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, others in GRAPH.items()
        for other in others
        if name != "sitegen" and other != "sitegen" and ORDER.index(room(other)) > ORDER.index(room(name))
    ]
    assert wrong == []


@pytest.mark.parametrize(("room_of", "stranger"), STRANGERS)
def test_some_rooms_do_not_know_each_other(room_of: str, stranger: str) -> None:
    assert [
        (name, other) for name, others in GRAPH.items() for other in others if (room(name), room(other)) == (room_of, stranger)
    ] == []


def test_no_module_imports_itself_by_a_detour() -> None:
    assert set(TopologicalSorter(GRAPH).static_order()) == set(MODULES)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_is_short_says_what_it_is_for_and_is_named_by_a_noun(name: str) -> None:
    text = MODULES[name].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 350
    assert name.rpartition(".")[2] not in BANNED_NAMES
    if text.strip():
        assert ast.get_docstring(ast.parse(text))


def test_nothing_unsafe_is_used() -> None:
    """No pickle, no YAML constructors, no shell, no evaluation of text, no network."""
    unsafe = {
        "pickle",
        "marshal",
        "shelve",
        "dill",
        "urllib.request",
        "http.client",
        "requests",
        "httpx",
        "socketserver",
        "telnetlib",
    }
    for name, path in MODULES.items():
        text = path.read_text(encoding="utf-8")
        assert set(imported(path)) & unsafe == set(), name
        assert not re.search(r"yaml\.(unsafe_|full_)?load\(|(?<![\w.])(eval|exec)\(|shell=True|os\.system\(", text), name


def loaded(code: str) -> set[str]:
    """The heavy libraries that a program has loaded at its end."""
    script = f"import sys\n{code}\nprint('loaded:', *sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize(
    "code",
    [
        "import sitegen.cli",
        "sys.argv = ['sitegen', '--version']\nfrom sitegen.cli import main\nmain()",
        "sys.argv = ['sitegen', '--help']\nfrom sitegen.cli import main\nmain()",
    ],
    ids=["import", "--version", "--help"],
)
def test_the_command_starts_without_heavy_libraries(code: str) -> None:
    assert loaded(code) == set()


def test_a_build_that_has_nothing_to_do_loads_neither_what_reads_sources_nor_what_draws_pages(workshop: Workshop) -> None:
    plain(workshop).write(story("a"))
    time.sleep(RACY / 1e9 + 0.1)  # the stat of a younger file would not be believed, and the file be looked at again
    build = f"sys.argv = ['sitegen', 'build', '--source', {str(workshop.root)!r}]\nfrom sitegen.cli import main\nmain()"
    assert loaded(build) >= {"yaml", "markdown_it", "jinja2"}
    assert loaded(build) == set()


def test_this_notices_what_is_loaded() -> None:
    assert loaded("import sitegen.formats.ics") >= {"icalendar"}


THEMES = sorted(path for path in (PROJECT / "themes").rglob("*") if path.is_file() and path.suffix not in {".png", ".woff2"})
ADDRESS = re.compile(r"""(?:https?:|wss?:|(?<=["'(=\s]))//[A-Za-z0-9.-]+\.[A-Za-z]{2,}""")


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_a_theme_names_no_address_of_others(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [address for address in ADDRESS.findall(text) if address != "http://www.w3.org"] == []
    assert "@import" not in text
    if path.suffix == ".html":
        html = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
        assert not re.search(r"[^\"\s]\s*\|\s*safe\b", text), "only words of the template itself are safe"
