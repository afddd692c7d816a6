"""`sitegen serve`: what is saved is shown, what is wrong is laid over the page, strangers are turned away."""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

STORY = "content/news/2026-01-15-welcome.md"
PAGE = "/news/2026/welcome/"
PATIENCE = 30  # seconds until a test gives up; nothing here asserts how fast something is


class Preview:
    """A running `sitegen serve` and a browser's ear on its reload channel."""

    def __init__(self, root: Path) -> None:
        self.root = root
        command = [sys.executable, "-m", "sitegen", "serve", "--source", str(root), "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert self.process.stdout
        lines: list[str] = []
        for line in self.process.stdout:
            lines.append(line)
            if line.startswith("http://"):
                break
        else:
            raise AssertionError("".join(lines))
        self.port = int(line.split(":")[2].split("/")[0])
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        self.reloads: Queue[str] = Queue()
        self.channel = self.connection()
        self.channel.request("GET", "/.sitegen/events")
        self.stream = self.channel.getresponse()
        assert self.stream.readline() == b"retry: 500\n"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            for line in self.stream:
                if line.startswith(b"event: reload"):
                    self.reloads.put("reload")
        except (OSError, ValueError, AttributeError):
            return

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        connection = self.connection()
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        return response.status, body, {name.lower(): value for name, value in response.getheaders()}

    def save(self, path: str, text: str) -> None:
        """Writes a file as an editor does, and waits for the page to be told."""
        while not self.reloads.empty():
            self.reloads.get()
        (self.root / path).write_text(text, encoding="utf-8")
        try:
            self.reloads.get(timeout=PATIENCE)
        except Empty:
            pytest.fail("no reload after a save")

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def stop(self) -> int:
        self.process.terminate()
        code = self.process.wait(timeout=PATIENCE)
        if self.process.stdout:
            self.process.stdout.close()
        self.channel.close()
        return code


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    subprocess.run([sys.executable, "-m", "sitegen", "init", str(tmp_path / "site")], check=True, capture_output=True)
    running = Preview(tmp_path / "site")
    yield running
    running.stop()


def test_a_save_is_shown_and_the_page_is_told(preview: Preview) -> None:
    assert "The first story" in preview.get(PAGE)[1]
    preview.save(STORY, preview.text(STORY).replace("Write stories", "Compose stories"))
    status, body, headers = preview.get(PAGE)
    assert status == 200
    assert "Compose stories" in body
    assert '<script src="/.sitegen/reload.js"></script>' in body
    assert headers["cache-control"] == "no-store"


def test_new_and_deleted_files_are_seen(preview: Preview) -> None:
    preview.save("content/news/2026-02-01-second.md", preview.text(STORY).replace("title: Welcome", "title: Second"))
    assert preview.get("/news/2026/second/")[0] == 200
    (preview.root / "content/news/2026-02-01-second.md").unlink()
    deadline = time.monotonic() + PATIENCE
    while preview.get("/news/2026/second/")[0] != 404:
        assert time.monotonic() < deadline, "a deleted story is still shown"
        time.sleep(0.05)


def test_a_mistake_is_laid_over_the_last_good_page_and_goes_when_mended(preview: Preview) -> None:
    good = preview.text(STORY)
    preview.save(STORY, good.replace("section: association", "section: asociation"))
    status, body, _ = preview.get(PAGE)
    assert status == 200
    assert "The first story" in body
    assert "content/news/2026-01-15-welcome.md:4:10: error[E015]" in body
    assert "did you mean association?" in body
    preview.save(STORY, good)
    assert "error[E015]" not in preview.get(PAGE)[1]


def test_a_template_and_the_configuration_are_watched_too(preview: Preview) -> None:
    preview.save("templates/404.html", "<p>override {{ site.title }}</p>")
    assert "override Alumni Association" in preview.get("/404.html")[1]
    preview.save("config.yaml", preview.text("config.yaml").replace("Alumni Association", "Renamed Association"))
    assert "override Renamed Association" in preview.get("/404.html")[1]


def test_an_unknown_page_is_the_sites_own_404(preview: Preview) -> None:
    status, body, _ = preview.get("/nowhere/")
    assert status == 404
    assert "</html>" in body


def test_a_missing_slash_is_added(preview: Preview) -> None:
    status, _, headers = preview.get("/news")
    assert (status, headers["location"]) == (308, "/news/")


@pytest.mark.parametrize(
    "path",
    ["/../config.yaml", "/%2e%2e/config.yaml", "/..%2fconfig.yaml", "/....//config.yaml", "/config.yaml", "/.sitegen/state.sqlite3",
     "//etc/passwd", "/content/news/2026-01-15-welcome.md", "/%00", "/..%5c..%5cconfig.yaml"],
)  # fmt: skip
def test_only_files_of_the_output_are_served(preview: Preview, path: str) -> None:
    status, body, _ = preview.get(path)
    assert status == 404
    assert "base_url" not in body
    assert "root:" not in body


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example"])
@pytest.mark.parametrize("path", [PAGE, "/.sitegen/events", "/.sitegen/reload.js"])
def test_a_foreign_host_name_is_refused(preview: Preview, host: str, path: str) -> None:
    status, body, headers = preview.get(path, Host=host)
    assert status in (403, 421)
    assert "The first story" not in body
    assert not [name for name in headers if name.startswith("access-control-")]


def test_the_reload_channel_hears_only_its_own_pages(preview: Preview) -> None:
    assert preview.get("/.sitegen/events", Origin="https://evil.example")[0] == 403


def test_a_taken_port_gives_the_next_one(tmp_path: Path, preview: Preview) -> None:
    command = [sys.executable, "-m", "sitegen", "serve", "--source", str(preview.root), "--port", str(preview.port)]
    second = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert second.stdout
    try:
        address = next(line for line in second.stdout if line.startswith("http://"))
        assert f":{preview.port}/" not in address
    finally:
        second.terminate()
        second.wait(timeout=PATIENCE)
        second.stdout.close()


def test_a_search_finds_what_was_just_saved_and_is_no_file_of_the_preview(preview: Preview) -> None:
    """Who only writes does not wait for an index: it is made when somebody searches."""
    preview.save("config.yaml", preview.text("config.yaml") + "search: true\n")
    assert 'role="search"' in preview.get("/search/")[1]
    known = set()
    for text in ("first words", "second words"):
        preview.save(STORY, preview.text(STORY) + text)
        status, body, headers = preview.get("/pagefind/pagefind-entry.json")
        assert (status, headers["content-type"]) == (200, "application/json")
        known.add(body)
    assert len(known) == 2
    assert "export" in preview.get("/pagefind/pagefind.js")[1]
    assert preview.get("/pagefind/nothing.js")[0] == 404
    assert not (preview.root / ".sitegen/preview/pagefind").exists()
