"""The command line as people and machines use it: output, exit codes, diagnostics, environment."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT, Workshop
from outcome import Outcome, Run
from samples import entry, plain, story

from sitegen import __version__

OFFICER = "officers: [{role: president, name: 林样本, term: {to: 2020}}]"
WARNING = entry("chapters/late", f"title: Late\ntype: regional\nstatus: active\n{OFFICER}")
BROKEN = story("broken", "titel: Broken") + story("worse", "chapters: [nowhere]")


def process(*arguments: str, cwd: Path) -> Outcome:
    """Runs the program as a process of its own."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)}
    done = subprocess.run([sys.executable, "-m", "sitegen", *arguments], cwd=cwd, env=environment, capture_output=True, text=True)
    return Outcome(done.returncode, done.stdout, done.stderr)


def test_a_new_site_builds_and_passes_its_check(tmp_path: Path) -> None:
    started = process("init", "site", "--title", 'A "quoted" title: with colon', cwd=tmp_path)
    assert started.code == 0
    assert "site/config.yaml" in started.out
    assert all((tmp_path / line).is_file() for line in started.out.splitlines())
    built = process("build", cwd=tmp_path / "site")
    assert (built.code, built.err) == (0, "")
    assert re.search(r"\A\d+ pages, .*\d withheld, \d+\.\d s\n\Z", built.out)
    assert "A &#34;quoted&#34; title: with colon" in (tmp_path / "site/public/index.html").read_text(encoding="utf-8")
    checked = process("check", cwd=tmp_path / "site")
    assert checked.code == 0
    assert "error[" not in checked.err
    assert re.search(r"; 0 errors, \d+ warnings?\n\Z", checked.out)


def test_init_keeps_what_is_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/thesis.doc").write_text("precious")
    refused = run("init", "old")
    assert refused.code == 2
    assert "is not empty" in refused.err
    assert [path.name for path in (tmp_path / "old").iterdir()] == ["thesis.doc"]
    assert run("init", "old/thesis.doc").code == 2
    (tmp_path / "empty").mkdir()
    assert run("init", "empty").code == 0


def test_version_and_help(run: Run) -> None:
    assert run("--version") == Outcome(0, f"sitegen {__version__}\n", "")
    told = run("--help")
    assert told.code == 0
    for name in ("init", "new", "build", "serve", "check", "list", "clean"):
        assert re.search(rf"^  {name} ", told.out, re.MULTILINE)
        assert run(name, "--help").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["build", "--frobnicate"],
        ["build", "--format", "yaml"],
        ["build", "--now", "yesterday"],
        ["build", "--now", "2026-13-01T00:00Z"],
        ["build", "-s", "nowhere"],
        ["build", "-c", "other.yaml"],
        ["build", "-d", "content"],
        ["new", "event"],
        ["new", "evnt", "A"],
        ["new", "event", "A", "--lang", "fr"],
        ["new", "event", "A", "--chapter", "nowhere"],
        ["new", "news", "a"],
        ["init"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_two_and_says_why(run: Run, workshop: Workshop, arguments: list[str]) -> None:
    plain(workshop).write(story("2026-11-22-a"))
    wrong = run(*arguments, SOURCE_DATE_EPOCH="1795320000")
    assert wrong.code == 2
    assert wrong.err
    assert "Traceback" not in wrong.err
    assert not (workshop.root / "public").exists()


@pytest.mark.parametrize("epoch", ["tomorrow", "", "1e9"])
def test_a_wrong_epoch_is_named(run: Run, workshop: Workshop, epoch: str) -> None:
    plain(workshop)
    outcome = run("build", SOURCE_DATE_EPOCH=epoch)
    assert (outcome.code == 2 and "SOURCE_DATE_EPOCH" in outcome.err) or (epoch == "" and outcome.code == 0)


def test_content_errors_end_with_one_and_are_all_told(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(BROKEN)
    failed = run("build")
    assert (failed.code, failed.out) == (1, "")
    lines = failed.err.splitlines()
    assert lines[0] == "content/news/broken.md:5:1: error[E010]: unknown key titel"
    assert lines[1] == "  5 | titel: Broken"
    assert lines[2] == "  hint: did you mean title?"
    assert "content/news/worse.md:5:12: error[E021]" in failed.err
    assert lines[-1] == "2 errors; nothing was changed"


def test_a_broken_configuration_ends_with_two(run: Run, workshop: Workshop) -> None:
    workshop.write("-- config.yaml --\ntitle: [\n")
    assert run("build").code == 2
    assert run("list").code == 2
    assert run("check").code == 2


def test_warnings_fail_only_when_asked(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(WARNING)
    lenient, strict = run("build"), run("build", "--strict")
    assert lenient.code == 0
    assert "warning[W101]" in lenient.err
    assert strict.code == 1
    assert "warning[W101]" in strict.err
    assert (run("check").code, run("check", "--strict").code) == (0, 1)


def test_diagnostics_for_machines(run: Run, workshop: Workshop) -> None:
    plain(workshop)
    assert json.loads(run("build", "--format", "json").err) == []
    workshop.write(BROKEN)
    failed = run("build", "--format", "json")
    assert failed.code == 1
    found = json.loads(failed.err)
    assert [(each["code"], each["severity"], each["path"], each["line"], each["column"]) for each in found] == [
        ("E010", "error", "content/news/broken.md", 5, 1),
        ("E021", "error", "content/news/worse.md", 5, 12),
    ]
    assert found[0]["message"] == "unknown key titel"
    assert found[0]["hint"] == "did you mean title?"


ANNOTATION = re.compile(r"::(error|warning) file=([^,:]+),line=(\d+),col=(\d+),title=([EW]\d+)::(.+)\n")


def test_annotations_inside_github(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(BROKEN + WARNING)
    asked, known = run("build", "--format", "github"), run("build", GITHUB_ACTIONS="true")
    assert asked == known
    found = ANNOTATION.findall(asked.err)
    assert "".join(match[0] for match in ANNOTATION.finditer(asked.err)) == asked.err
    assert [(kind, path, line) for kind, path, line, *_ in found] == [
        ("error", "content/news/broken.md", "5"),
        ("error", "content/news/worse.md", "5"),
    ]


def test_an_annotation_cannot_be_forged(run: Run, workshop: Workshop) -> None:
    """A line break, a colon or a percent sign of the content stays inside its annotation."""
    plain(workshop).write(story("a", 'section: "x%0A::error::y\\n::warning::z"'))
    assert [line[:14] for line in run("build", "--format", "github").err.splitlines()] == ["::error file=c"]


@pytest.mark.parametrize(
    ("environment", "colored"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False)],
    ids=["a pipe", "FORCE_COLOR", "NO_COLOR", "both"],
)
def test_color_is_for_those_who_want_it(run: Run, workshop: Workshop, environment: dict[str, str], colored: bool) -> None:
    plain(workshop).write(BROKEN)
    assert ("\x1b[" in run("build", **environment).err) is colored


EMBARGO = story("later", "publish_date: 2027-01-01")


@pytest.mark.parametrize(
    ("arguments", "environment", "shown"),
    [
        (["--now", "2026-12-31T23:59:59+08:00"], {}, False),
        (["--now", "2027-01-01T00:00:00+08:00"], {}, True),
        (["--now", "2026-12-31T16:00:00Z"], {}, True),
        ([], {"SOURCE_DATE_EPOCH": "1798732799"}, False),
        ([], {"SOURCE_DATE_EPOCH": "1798732800"}, True),
        (["--now", "2026-12-31T23:59:59+08:00"], {"SOURCE_DATE_EPOCH": "1798732800"}, False),
        (["--now", "2026-11-22T12:00+08:00", "--future"], {}, True),
        (["--now", "2026-11-22T12:00+08:00", "-F"], {}, True),
        (["--now", "2026-11-22T12:00+08:00", "-D", "-E"], {}, False),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list | dict) else "",
)
def test_the_instant_of_a_build(
    run: Run, workshop: Workshop, arguments: list[str], environment: dict[str, str], shown: bool
) -> None:
    plain(workshop).write(EMBARGO)
    assert run("build", *arguments, **environment).code == 0
    assert (workshop.root / "public/news/2026/later").exists() is shown


def test_editors_options(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(story("draft", "status: draft") + story("old", "expiry_date: 2026-01-01"))
    news = workshop.root / "public/news/2026"
    for options, shown in (("", set()), ("-D", {"draft"}), ("-E", {"old"}), ("-DE", {"draft", "old"}), ("", set())):
        assert run("build", *([options] if options else [])).code == 0
        assert {name for name in ("draft", "old") if (news / name).exists()} == shown


def test_what_is_withheld_is_told(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(EMBARGO)
    built = run("build", "--now", "2026-11-22T12:00+08:00")
    assert built.out.splitlines()[0] == "withheld: content/news/later.md (zh): embargo until 2027-01-01 00:00"
    assert ", 1 withheld, " in built.out
    workshop.write("".join(story(f"d{number}", "status: draft") for number in range(20)))
    assert len(run("build").out.splitlines()) < 15
    assert run("build", "-v").out.count("withheld: ") == 21
    assert run("build", "-q").out == ""


def test_the_entries_are_listed(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(EMBARGO + story("a") + entry("pages/about", "title: 关于"))
    now = ("--now", "2026-11-22T12:00+08:00")
    assert run("list", *now).out.splitlines() == [
        "news/a\tzh\tshown\tTitle of a",
        "news/later\tzh\tembargo until 2027-01-01 00:00 → 2027-01-01T00:00:00+08:00\tTitle of later",
        "pages/about\tzh\tshown\t关于",
    ]
    assert run("list", "--kind", "page").out == "pages/about\tzh\tshown\t关于\n"
    (withheld,) = json.loads(run("list", "--withheld", "--format", "json", *now).out)
    assert withheld["live_from"] == "2027-01-01T00:00:00+08:00"
    assert {"id", "kind", "language", "title", "source", "state"} <= withheld.keys()


def test_clean_removes_what_a_build_wrote(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(story("a"))
    run("build")
    (workshop.root / "public/CNAME").write_text("foreign")
    count = len(workshop.files()) - 1
    assert run("clean").out == f"{count} files removed\n"
    assert list(workshop.files()) == ["CNAME"]
    assert run("clean").out == "0 files removed\n"
    assert run("build").code == 0


def test_source_destination_and_configuration_may_be_elsewhere(run: Run, workshop: Workshop, tmp_path: Path) -> None:
    plain(workshop).write(story("a"))
    (workshop.root / "config.yaml").rename(workshop.root / "staging.yaml")
    (tmp_path / "away").mkdir()
    assert run("build", "-s", ".", "-c", "staging.yaml", "-d", "away/output").code == 0
    assert (tmp_path / "away/output/news/2026/a/index.html").is_file()
    assert not (workshop.root / "public").exists()


def test_a_reader_that_stops_listening_is_no_error(workshop: Workshop) -> None:
    plain(workshop).write("".join(story(f"s{number}") for number in range(30)))
    script = f"'{sys.executable}' -m sitegen list | true"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(["sh", "-c", script], cwd=workshop.root, env=environment, capture_output=True, text=True)
    assert done.stderr == ""
