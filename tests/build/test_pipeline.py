"""A build as a whole: what it writes, leaves, removes; and that nothing happens to the last output when it fails."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import pytest
from conftest import Workshop
from samples import entry, plain, story

from sitegen.build.report import Report
from sitegen.problems import SiteError

PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>'
FILES = story("a", "cover: {src: /media/gate.svg, alt: Gate}") + story("b") + f"-- content/media/gate.svg --\n{PIXEL}\n"


@pytest.fixture
def site(workshop: Workshop) -> Workshop:
    """A site that was built once."""
    plain(workshop).write(FILES).build()
    return workshop


def snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file with its bytes, its time and its place on the disk."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
        for path in folder.rglob("*")
        if path.is_file()
    }


BROKEN = {
    "an unknown reference": story("c", "chapters: [nowhere]"),
    "an unreadable source": "-- content/news/c.md --\ntitle: no front matter\n",
    "an unknown key": story("c", "titel: C"),
    "a missing picture": story("c", "cover: {src: none.png, alt: None}"),
    "a missing translation of a word": "-- templates/404.html --\n{{ t('no.such.word') }}\n",
    "a broken template": "-- templates/news.html --\n{% block %}\n",
    "a template that fails on one page": "-- templates/news.html --\n{{ 1 // (page.title | length - 10) }}\n",
    "an unknown word in a template": "-- templates/home.html --\n{{ pgae.title }}\n",
    "a collision": story("c", "slug: a"),
    "a broken configuration": "-- config.yaml --\ntitle: [\n",
    "a missing theme": "-- config.yaml --\ntitle: A\nbase_url: https://a.example/\ntimezone: UTC\n"
    "languages: {en: {locale: en, label: E}}\ntheme: none\n",
    "broken data": "-- data/figures.yaml --\n[\n",
}


@pytest.mark.parametrize("files", BROKEN.values(), ids=BROKEN)
def test_a_failed_build_leaves_the_last_output_as_it_was(site: Workshop, files: str) -> None:
    before = snapshot(site.root / "public")
    site.write(files)
    with pytest.raises(SiteError) as caught:
        site.build()
    assert caught.value.exit_code == (2 if files.startswith("-- config") and "theme" not in files else caught.value.exit_code)
    assert snapshot(site.root / "public") == before


def test_warnings_fail_a_strict_build_only(site: Workshop) -> None:
    officers = "officers: [{role: 会长, name: 林样本, term: {to: 2020}}]"
    site.write(entry("chapters/a", f"title: A\ntype: regional\nstatus: active\n{officers}"))
    before = snapshot(site.root / "public")
    with pytest.raises(SiteError):
        site.build(strict=True)
    assert snapshot(site.root / "public") == before
    assert [problem.code.value for problem in site.build().problems] == ["W101"]


def test_a_build_goes_on_from_where_it_failed(site: Workshop) -> None:
    site.write(BROKEN["an unknown reference"])
    with pytest.raises(SiteError):
        site.build()
    site.write(story("c"))
    site.build()
    assert "Title of c" in site.read("news/2026/c/index.html")


def test_nothing_changes_when_nothing_changed(site: Workshop) -> None:
    before = snapshot(site.root / "public")
    report = site.build()
    assert (report.emitted.written, report.emitted.removed) == (0, 0)
    assert snapshot(site.root / "public") == before


def test_only_files_that_differ_are_written(site: Workshop) -> None:
    """An untouched file keeps its time, for those who copy by time."""
    before = snapshot(site.root / "public")
    report = site.write(story("b", body="Another text")).build()
    after = snapshot(site.root / "public")
    changed = {file for file in after if after[file] != before.get(file)}
    assert changed == {file for file in after if after[file][0] != before[file][0]}
    assert "news/2026/b/index.html" in changed
    assert "news/2026/a/index.html" not in changed
    assert report.emitted.written == len(changed)


def rename(site: Workshop) -> None:
    (site.root / "content/news/b.md").rename(site.root / "content/news/c.md")


GONE: dict[str, tuple[Callable[[Workshop], object], set[str]]] = {
    "deleted": (lambda site: (site.root / "content/news/b.md").unlink(), {"news/2026/b/index.html"}),
    "renamed": (rename, {"news/2026/b/index.html"}),
    "another slug": (lambda site: site.write(story("b", "slug: other")), {"news/2026/b/index.html"}),
    "another year": (lambda site: site.write(story("b", date="2025-01-01")), {"news/2026/b/index.html"}),
    "now a draft": (lambda site: site.write(story("b", "status: draft")), {"news/2026/b/index.html"}),
    "now in English": (
        lambda site: [(site.root / "content/news/b.md").unlink(), site.write(story("b.en"))],
        {"news/2026/b/index.html"},
    ),
}


@pytest.mark.parametrize("case", GONE)
def test_what_is_no_longer_made_is_removed(site: Workshop, case: str) -> None:
    change, gone = GONE[case]
    before = set(site.files())
    change(site)
    report = site.build()
    assert before - set(site.files()) == gone
    assert report.emitted.removed == len(gone)
    assert not (site.root / "public/news/2026/b").exists()


def test_a_picture_that_nothing_shows_any_more_is_removed(site: Workshop) -> None:
    pictures = {PurePosixPath(file).suffix for file in site.files() if file.startswith("media/")}
    assert pictures == {".svg", ".jpg"}, "the drawing, and how programs see it that cannot draw"
    site.write(story("a")).build()
    assert not (site.root / "public/media").exists()


def test_files_of_others_stay(site: Workshop) -> None:
    public = site.root / "public"
    foreign = [
        "CNAME",
        ".nojekyll",
        "verify-0123.txt",
        "old/index.html",
        "news/2026/b/photo.jpg",
        ".well-known/acme",
        "assets/own.css",
    ]
    for name in foreign:
        (public / name).parent.mkdir(parents=True, exist_ok=True)
        (public / name).write_text("foreign")
    (site.root / "content/news/b.md").unlink()
    site.build()
    site.build(clean=True)
    assert {name: (public / name).read_text() for name in foreign} == dict.fromkeys(foreign, "foreign")
    assert not (public / "news/2026/b/index.html").exists()


def test_two_destinations_know_nothing_of_each_other(site: Workshop, tmp_path: Path) -> None:
    preview = site.root.parent / f"{site.root.name}-preview"
    site.write(story("b", "status: draft"))
    site.build(destination=preview)
    assert (site.root / "public/news/2026/b/index.html").is_file()
    assert not (preview / "news/2026/b").exists()
    site.build()
    assert not (site.root / "public/news/2026/b").exists()


def test_an_output_that_was_touched_is_made_good(site: Workshop) -> None:
    before = site.files()
    (site.root / "public/index.html").write_text("edited by hand")
    (site.root / "public/feed.xml").unlink()
    report = site.build()
    assert site.files() == before
    assert report.emitted.written == 2


def test_builds_at_the_same_time_do_not_mix(site: Workshop) -> None:
    """One waits for the other: the output is all of one of them."""
    addresses = [f"https://{name}.example.edu/" for name in ("first", "second", "third")]
    with ThreadPoolExecutor(len(addresses)) as pool:
        list(pool.map(lambda address: site.build(base_url=address), addresses))
    found = {address for address in addresses for content in site.files().values() if address.encode() in content}
    assert len(found) == 1


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut short": lambda content: content[: len(content) // 2],
    "something else": lambda content: b"not a database" * 500,
    "flipped bits": lambda content: bytes(octet ^ 0xFF for octet in content),
}


def spoil(site: Workshop, how: str) -> Report:
    """The next build after something happened to the state."""
    (state,) = (site.root / ".sitegen").glob("*.sqlite3")
    state.write_bytes(SPOILED[how](state.read_bytes()))
    site.write(story("b", "status: draft"))
    return site.build()


@pytest.mark.parametrize("how", SPOILED)
def test_a_bad_state_does_not_stop_a_build(site: Workshop, how: str) -> None:
    before = site.files()
    spoil(site, how)
    site.write(story("b")).build()
    assert site.files() == before


@pytest.mark.parametrize("how", SPOILED)
def test_a_bad_state_keeps_nothing_public(site: Workshop, how: str) -> None:
    """Promise: a bad cache gives what a clean build gives."""
    spoil(site, how)
    assert "news/2026/b/index.html" not in site.files()
