"""Where a build writes, and where it refuses to."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from conftest import Workshop
from samples import entry, plain, story

from sitegen.problems import SiteError


@pytest.fixture
def site(workshop: Workshop) -> Workshop:
    return plain(workshop).write(story("a") + entry("pages/about", "title: About") + "-- data/x.yaml --\na: 1\n")


UNSAFE = [
    "content",
    "content/public",
    "content/news/a",
    "templates",
    "themes/plain/assets",
    "data/out",
    ".",
    "..",
    ".git",
]


@pytest.mark.parametrize("destination", UNSAFE)
def test_a_destination_among_the_sources_is_refused(site: Workshop, destination: str) -> None:
    before = sorted(site.root.rglob("*"))
    with pytest.raises(SiteError, match="holds the site's sources") as caught:
        site.build(destination=site.root / destination)
    assert caught.value.exit_code == 2
    assert {path for path in site.root.rglob("*") if ".sitegen" not in path.parts} == {
        path for path in before if ".sitegen" not in path.parts
    }


def test_a_link_to_the_sources_is_refused_too(site: Workshop) -> None:
    (site.root / "public").symlink_to(site.root / "content")
    with pytest.raises(SiteError, match="holds the site's sources"):
        site.build()
    assert sorted(path.name for path in (site.root / "content").iterdir()) == ["news", "pages"]


@pytest.mark.parametrize("destination", ["public", "build/deep/public", "contents", "../elsewhere"])
def test_any_other_folder_will_do(site: Workshop, destination: str) -> None:
    site.build(destination=site.root / destination)
    assert (site.root / destination / "news/2026/a/index.html").is_file()


def test_a_destination_may_be_a_link_to_a_folder_elsewhere(site: Workshop) -> None:
    """Hosts keep releases this way."""
    release = site.root / "releases/1"
    release.mkdir(parents=True)
    (site.root / "public").symlink_to(release)
    site.build()
    assert (release / "index.html").is_file()
    assert (site.root / "public").is_symlink()


@pytest.mark.parametrize("folder", ["news", "news/2026", "assets", "events"])
def test_a_linked_folder_within_the_destination_is_refused(site: Workshop, folder: str) -> None:
    outside = site.root / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("precious")
    (site.root / "public" / folder).parent.mkdir(parents=True)
    (site.root / "public" / folder).symlink_to(outside)
    (problem,) = site.problems()
    assert problem.startswith("public/")
    assert "E060" in problem
    assert "symbolic link" in problem
    assert [path.name for path in outside.iterdir()] == ["index.html"]
    assert (outside / "index.html").read_text() == "precious"


def test_nothing_is_removed_through_a_link(site: Workshop) -> None:
    """A folder whose pages are all gone was replaced by a link; what it leads to is not ours."""
    site.build()
    outside = site.root / "outside"
    (site.root / "public/about").rename(outside)
    (site.root / "public/about").symlink_to(outside)
    (site.root / "content/pages/about.md").unlink()
    site.problems()
    assert (outside / "index.html").is_file()


def test_a_linked_file_is_replaced_and_what_it_led_to_stays(site: Workshop) -> None:
    outside = site.root / "outside.html"
    outside.write_text("precious")
    (site.root / "public").mkdir()
    (site.root / "public/index.html").symlink_to(outside)
    site.build()
    assert outside.read_text() == "precious"
    assert not (site.root / "public/index.html").is_symlink()
    assert "<!DOCTYPE html>" in site.read("index.html")


@pytest.mark.parametrize("name", ["index.html", "feed.xml", "news/2026/a/index.html"])
def test_a_folder_where_a_file_must_stand_is_named(site: Workshop, name: str) -> None:
    (site.root / "public" / name).mkdir(parents=True)
    (site.root / "public" / name / "of-somebody.txt").write_text("precious")
    (problem,) = site.problems()
    assert problem.startswith(f"public/{name}")
    assert "E060" in problem


def test_a_file_where_a_folder_must_stand_is_named(site: Workshop) -> None:
    (site.root / "public").mkdir()
    (site.root / "public/news").write_text("a file")
    (problem,) = site.problems()
    assert problem.startswith("public/news")
    assert "E060" in problem


def test_sources_are_not_read_through_links(site: Workshop, tmp_path: Path) -> None:
    secret = tmp_path.parent / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\n")
    (site.root / "content/pages/secret.md").symlink_to(secret)
    problems = site.problems()
    assert [problem.partition(": ")[0] for problem in problems] == ["content/pages/secret.md:1:1"]
    assert "E025" in problems[0]


def test_hidden_files_and_leftovers_of_editors_are_no_sources(site: Workshop) -> None:
    for name in (".draft.md", "a.md~", ".a.md.swp", "#a.md#.tmp", "b.md.bak"):
        (site.root / "content/news" / name).write_text("not a source")
    assert site.problems() == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_files_have_ordinary_permissions(site: Workshop) -> None:
    """The web server is another user."""
    before = os.umask(0o022)
    try:
        site.build()
        site.write(story("a", "title: Again")).build()
    finally:
        os.umask(before)
    modes = {oct(path.stat().st_mode & 0o777) for path in (site.root / "public").rglob("*") if path.is_file()}
    assert modes == {"0o644"}


ALIASES = ("/way.html", "/way.html/deeper.html", "/way.html/")


@pytest.mark.parametrize(("old", "new"), list(itertools.permutations(ALIASES, 2)))
def test_a_file_may_become_a_folder_and_a_folder_a_file(site: Workshop, old: str, new: str) -> None:
    site.write(story("a", f"aliases: [{old}]")).build()
    report = site.write(story("a", f"aliases: [{new}]")).build()
    wanted = new.lstrip("/") + ("index.html" if new.endswith("/") else "")
    assert [file for file in site.files() if file.startswith("way")] == [wanted]
    assert report.emitted.removed == 1


def test_a_first_build_that_could_not_write_its_files_leaves_no_state(site: Workshop) -> None:
    """Else the build after it would speak of a state of earlier builds that cannot be read."""
    obstacle = site.root / "public/news/2026/a/index.html/somebody.txt"
    obstacle.parent.mkdir(parents=True)
    obstacle.write_text("theirs", encoding="utf-8")
    with pytest.raises(SiteError, match="cannot write"):
        site.build()
    assert not list(site.root.glob(".sitegen/state-*"))
    obstacle.unlink()
    assert site.build().remark == ""
