"""Feeds in a real reader: newsboat fetches them from a server on this machine, and its cache tells what it made of them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import Workshop
from formats.feed_readers import read_feed
from formats.test_naughty_feeds import NAUGHTY, SHOWN, naughty_site
from samples import plain, story

NEWSBOAT = shutil.which("newsboat")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    if NEWSBOAT is None and os.environ.get("SITEGEN_JUDGES") == "required":
        pytest.fail("newsboat is not installed, and SITEGEN_JUDGES=required")
    if NEWSBOAT is None:
        pytest.skip("newsboat is not installed: .ci/run installs it")


class Newsboat:
    """The reader with its own folder: what it is subscribed to, and what it has received."""

    def __init__(self, folder: Path, public: Path) -> None:
        self.folder = folder
        handler = partial(_Quiet, directory=str(public))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        (folder / "config").write_text("max-items 0\n")

    def reload(self, *paths: str) -> dict[str, list[dict[str, Any]]]:
        """What its cache holds of each feed after fetching them, newest first."""
        address = f"http://127.0.0.1:{self.server.server_port}/"
        (self.folder / "urls").write_text("".join(f"{address}{path}\n" for path in paths))
        files = [
            f"--{option}={self.folder / name}"
            for option, name in (("url-file", "urls"), ("cache-file", "cache"), ("config-file", "config"))
        ]
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"}
        done = subprocess.run(
            [NEWSBOAT or "", *files, "--execute=reload"], env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        with sqlite3.connect(self.folder / "cache") as cache:
            cache.row_factory = sqlite3.Row
            feeds = {row["rssurl"]: row["title"] for row in cache.execute("SELECT rssurl, title FROM rss_feed")}
            items = [dict(row) for row in cache.execute("SELECT * FROM rss_item ORDER BY pubDate DESC, id")]
        assert all(feeds[address + path] for path in paths)
        return {path: [item for item in items if item["feedurl"] == address + path] for path in paths}


@pytest.fixture
def newsboat(tmp_path: Path) -> Iterator[Any]:
    readers: list[Newsboat] = []

    def subscribe(public: Path) -> Newsboat:
        folder = tmp_path / f"newsboat{len(readers)}"
        folder.mkdir()
        readers.append(Newsboat(folder, public))
        return readers[-1]

    yield subscribe
    for reader in readers:
        reader.server.shutdown()
        reader.server.server_close()


FEEDS = [
    folder + file
    for folder in ("", "en/", "news/media/", "chapters/hangzhou-joint/", "en/tags/anniversary/", "topics/people/")
    for file in ("feed.xml", "atom.xml")
]


@pytest.mark.parametrize("path", FEEDS)
def test_it_receives_a_feed_whole(reference_site: Path, newsboat: Any, path: str) -> None:
    items = newsboat(reference_site).reload(path)[path]
    wanted = read_feed(reference_site / path).items
    assert len(wanted) > 0
    assert {item["guid"]: (item["title"], item["url"], item["author"], item["content"].strip()) for item in items} == {
        item.id: (item.title, item.url, ", ".join(item.authors), item.content) for item in wanted
    }
    assert sorted(datetime.fromtimestamp(item["pubDate"], UTC) for item in items) == sorted(item.published for item in wanted)


def test_it_shows_a_story_once_whatever_is_edited(tmp_path: Path, newsboat: Any) -> None:
    """New title, address, day and text: still the story that it knows, and has been read."""
    workshop = plain(Workshop(tmp_path)).write(story("a", "", "Words"))
    workshop.build()
    reader = newsboat(workshop.root / "public")
    (first,) = reader.reload("feed.xml")["feed.xml"]
    workshop.write(story("a", "title: Another\nslug: other\nsection: media", "Other words", date="2026-11-02")).build()
    (second,) = reader.reload("feed.xml")["feed.xml"]
    assert (second["id"], second["guid"]) == (first["id"], first["guid"])
    assert (second["title"], second["url"]) == ("Another", "https://alumni.example.edu/news/2026/other/")
    assert "Other words" in second["content"]


def test_it_shows_a_story_of_several_feeds_once(tmp_path: Path, newsboat: Any) -> None:
    """To somebody who follows the site at its old address and its new one, and a section and a tag besides."""
    workshop = plain(Workshop(tmp_path)).write(story("a", "tags: [red]") + story("b"))
    workshop.build()
    received = newsboat(workshop.root / "public").reload("feed.xml", "index.xml", "rss.xml", "atom.xml", "tags/red/atom.xml")
    assert sorted(item["title"] for items in received.values() for item in items) == ["Title of a", "Title of b"]


@pytest.mark.parametrize("file", ["feed.xml", "atom.xml"])
def test_it_reads_awkward_words(tmp_path: Path, newsboat: Any, file: str) -> None:
    workshop = naughty_site(tmp_path)
    items = newsboat(workshop.root / "public").reload(file)[file]
    assert len(items) == len(NAUGHTY)
    assert [item["title"] for item in items] == ["T " + shown for shown in SHOWN.values()]
    assert all(item["content"].startswith("<pre><code>") for item in items)


@pytest.mark.parametrize("file", ["feed.xml", "atom.xml"])
def test_it_takes_a_feed_without_stories_for_one(tmp_path: Path, newsboat: Any, file: str) -> None:
    workshop = plain(Workshop(tmp_path)).write("-- content/pages/about.md --\n---\ntitle: About\n---\n")
    workshop.build()
    assert newsboat(workshop.root / "public").reload(file) == {file: []}
