"""Which outputs one edit makes again: what shows the change, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rebuild.course import Step, begin, configured, deleted, replaced, waited, written
from rebuild.sites import Project, copy_of, tree

from sitegen.build.pipeline import build

STORIES = {f"news/2025/s{n}/index.html" for n in range(4)} | {f"news/2026/s{n}/index.html" for n in range(4, 8)} | {
    "news/2026/far/index.html"
}  # fmt: skip
NOT_FOUND = {"404.html", "en/404.html"}
FORMATS = ("feed.xml", "atom.xml", "feed.json")
# The feeds that hold the newest notices.
FULL_TEXT = {folder + file for folder in ("", "news/notices/") for file in FORMATS} | {"index.xml", "rss.xml"}
RED, BLUE = ({f"tags/{tag}/{file}" for file in FORMATS} for tag in ("red", "blue"))
DYNAMIC = {"about/index.html", "contact/index.html"}  # pages with an include whose name is found at render
ROOT_PAGES = {"sitemap.xml", "archive/index.html"}


def touch(project: Project, _: object) -> None:
    for folder in ("content", "themes", "data"):
        for path in project.path(folder).rglob("*"):
            path.touch()


def rewrite(project: Project, _: object) -> None:
    """The same bytes in new files."""
    for path in project.path("content").rglob("*.md"):
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)


NEW = "---\ntitle: 最新\ndate: 2026-10-01\nsection: notices\ntags: [red]\n---\n\n文\n"
EDITS: dict[str, tuple[Step, set[str]]] = {
    "nothing": (lambda project, build: None, set()),
    "times of files only": (touch, set()),
    "files written anew with the same bytes": (rewrite, set()),
    "an hour in which nothing happens": (waited(1), set()),
    "a configuration that nobody reads": (configured(publish="{anything: 1}"), set()),
    "a label of no tag in use": (configured(taxonomies="{tags: {terms: {red: {zh: 红, en: Red}, never: x}}}"), set()),
    "a message that nobody reads": (written("templates/messages/zh.yaml", "story.never: x\n"), set()),
    "a message that English pages do not show": (written("templates/messages/en.yaml", "story.date: Date\n"), set()),
    "a data file that nobody reads": (written("data/never.yaml", "a: 1\n"), set()),
    "a template that nobody includes": (written("templates/partials/never.html", "x\n"), DYNAMIC),
    "a picture that nobody shows": (written("content/media/never.svg", "<svg/>\n"), set()),
    "a draft": (written("content/news/draft.zh.md", NEW.replace("tags:", "status: draft\ntags:")), set()),
    "a body, not its summary": (replaced("content/news/s5.zh.md", "后文", "别的"), {"news/2026/s5/index.html", *FULL_TEXT, *RED}),
    "a body that no feed holds": (replaced("content/pages/contact.md", "文", "别的"), {"contact/index.html"}),
    "a title, shown by listings and neighbours": (
        replaced("content/news/s1.zh.md", "故事1", "新故事1"),
        {f"news/2025/s{n}/index.html" for n in (0, 1, 2)}
        | {"archive/index.html", "news/2025/page/1/index.html", "news/notices/page/1/index.html", "news/page/1/index.html"}
        | {"tags/red/page/1/index.html", *RED},
    ),
    "the newest story": (
        written("content/news/new.zh.md", NEW),
        {"news/2026/new/index.html", "news/2026/far/index.html"}  # itself and its neighbour
        | {"index.html", "search/index.html", "events/e0/index.html", "tags/index.html"}
        | {"news/notices/index.html"}  # a listing whose newest page has room
        | {f"news/{page}index.html" for page in ("", "page/4/", "page/3/", "page/2/", "page/1/")}  # whose pages show the years
        | {"news/2026/index.html", "news/2026/page/2/index.html", "news/2026/page/1/index.html"}
        | {f"tags/red/{page}index.html" for page in ("", "page/3/", "page/2/", "page/1/")}  # whose pages show how many there are
        | ROOT_PAGES | FULL_TEXT | RED,
    ),
    "a parameter": (configured(params="{hotline: 1, unread: 1}"), NOT_FOUND),
    "a setting": (configured(theme_settings="{motto: new}"), {"index.html", "en/index.html"}),
    "figures": (written("data/figures.yaml", "b: 3\na: 2\n"), NOT_FOUND),
    "figures in another order": (written("data/figures.yaml", "a: 2\nb: 1\n"), NOT_FOUND),
    "a message of stories": (written("templates/messages/zh.yaml", "story.date: 日期\n"), STORIES),
    "a macro of stories": (written("templates/macros.html", "{% macro tags(page) %}x{% endmacro %}\n"),
                           STORIES | DYNAMIC),
    "an asset": (written("themes/ground/assets/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>\n'), NOT_FOUND),
    "an attachment": (written("content/media/doc.pdf", "attachment 1\n"), {"news/2026/s6/index.html", *FULL_TEXT, *BLUE}),
    "an event that ends": (
        waited(23),
        {"events/index.html", "events/e0/index.html", "index.html", "en/events/index.html"},
    ),
    "an event": (
        written("content/events/e1.yaml", "title: 会一\nstart: 2026-12-10 09:00\nend: 2026-12-10 10:00\n"),
        {"calendar.ics", "events/2026/11/index.html", "events/2026/12/index.html", "events/e1/event.ics"}
        | {"events/e1/index.html", "events/index.html", "index.html", "sitemap.xml", "cohorts/reunions/calendar.ics"},
    ),
    "a page less": (deleted("content/pages/contact.md"), {"sitemap.xml"}),
    "a file of a dynamic include": (written("themes/plain/notes/a.html", "<p>other\n"), DYNAMIC),
    "a body of a chapter": (replaced("content/chapters/c0.zh.md", "文\n", "文\n\n又\n"), {"chapters/c0/index.html"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = begin(tmp_path_factory.mktemp("built") / "site")
    project.delete("content/news/wait.zh.md")
    project.write("content/news/s6.zh.md", project.read("content/news/s6.zh.md").replace("[待](news:wait)", ""))
    project.write("content/pages/contact.md", "---\ntitle: 联系\n---\n\n文\n")
    build(project.options)
    return project


@pytest.mark.parametrize("name", list(EDITS))
def test_only_what_shows_an_edit_is_made_again(name: str, built: Project, tmp_path: Path) -> None:
    edit, wanted = EDITS[name]
    project = copy_of(built, tmp_path / "site")
    edit(project, lambda: None)
    assert set(build(project.options).rendered) == wanted


@pytest.mark.parametrize("name", ["partials/foot.html", "base.html"])
def test_a_partial_of_all_pages_makes_all_pages_again(name: str, built: Project, tmp_path: Path) -> None:
    project = copy_of(built, tmp_path / "site")
    project.write(f"themes/ground/{name}", project.read(f"themes/ground/{name}") + "<p>new\n")
    rendered = set(build(project.options).rendered)
    assert rendered == {file for file in tree(project.public) if file.endswith(".html")}


@pytest.mark.parametrize("edit", [lambda root: None, lambda root: (root / "public/feed.xml").unlink()], ids=["kept", "one deleted"])
def test_only_a_missing_output_is_made_again(edit: Callable[[Path], None], built: Project, tmp_path: Path) -> None:
    project = copy_of(built, tmp_path / "site")
    edit(project.root)
    expected = [] if (project.public / "feed.xml").exists() else ["feed.xml"]
    report = build(project.options)
    assert list(report.rendered) == expected
    assert report.emitted.written == len(expected)
