"""Generated bilingual sites with sparse dependencies, in a folder that edits change step by step."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from conftest import NOW, PROJECT
from PIL import Image

from sitegen.build.options import Options

THEMES = Path(__file__).resolve().parent / "themes"
OLD = 1_700_000_000  # a time of modification long past: such a file is trusted to be what its stat says
STORIES, FIRM = 8, 4  # the first stories are never deleted or renamed, so that links to them hold
MESSAGES = {"story.date": "发布", "nav.news": "新闻", "pager.older": "较旧", "event.past": "已结束", "calendar.site": "{title}"}
PICTURES = ("0 0 2 1", "0 0 3 1", "0 0 4 1")  # of one length: the file keeps its size
CONFIG = {
    "title": "{zh: 样例校友会, en: Sample Alumni}",
    "base_url": "https://alumni.example.edu/site/",
    "timezone": "Asia/Shanghai",
    "languages": "{zh: {locale: zh-Hans-CN, label: 中文}, en: {locale: en, label: English}}",
    "paginate": "3",
    "feeds": "{limit: 5, full_text: true}",
    "taxonomies": "{tags: {terms: {red: {zh: 红, en: Red}}}}",
    "params": "{hotline: 028-0000, unread: 1}",
    "menus": '{main: [{ref: news}, {ref: "page:about", title: {zh: 关于, en: About}}]}',
}


class Project:
    """A site in a folder, the instant at which it is built, and what is in its output that is not its own."""

    def __init__(self, root: Path, theme: str = "plain", now: datetime = NOW) -> None:
        self.root, self.now = root, now
        self.public = root / "public"
        self.version = 0  # of the program that builds
        self.foreign: dict[str, bytes] = {}
        self.config = CONFIG | {"theme": theme}
        self._clock = 0
        self._mend: Callable[[], None] | None = None
        if theme == "plain":
            shutil.copytree(THEMES, root / "themes")
        else:
            shutil.copytree(PROJECT / "themes" / theme, root / "themes" / theme)
        for path in (root / "themes").rglob("*"):
            os.utime(path, (OLD, OLD))

    @property
    def options(self) -> Options:
        return Options(root=self.root, destination=self.public, now=self.now)

    def path(self, name: str) -> Path:
        return self.root / name

    def has(self, name: str) -> bool:
        return self.path(name).is_file()

    def read(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name: str, text: str, young: bool = False) -> None:
        """A file of the project; its time of modification lies in the past unless it is to be young."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self._clock += 1
        if not young:
            os.utime(path, (OLD + self._clock, OLD + self._clock))

    def write_bytes(self, name: str, content: bytes) -> None:
        self.write(name, "")
        status = self.path(name).stat()
        self.path(name).write_bytes(content)
        os.utime(self.path(name), ns=(status.st_atime_ns, status.st_mtime_ns))

    def write_secretly(self, name: str, text: str) -> None:
        """Another content under the same time of modification; with a text of the same length, under the same size too."""
        status = self.path(name).stat()
        self.path(name).write_text(text, encoding="utf-8")
        os.utime(self.path(name), ns=(status.st_atime_ns, status.st_mtime_ns))

    def delete(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    def configure(self, **values: str | None) -> None:
        """Sets keys of the configuration; None removes one."""
        self.config = {key: value for key, value in (self.config | values).items() if value is not None}
        self.write("config.yaml", "".join(f"{key}: {value}\n" for key, value in self.config.items()))

    def wait(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    def spoil(self, mend: Callable[[], None]) -> None:
        """Says how to put right what an edit has broken on purpose."""
        self._mend = mend

    def mend(self) -> None:
        if self._mend is not None:
            self._mend()
        self._mend = None

    def outputs(self) -> list[str]:
        """The files of the output, without those of others."""
        return [file for file in sorted(tree(self.public)) if file not in self.foreign]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def story(random: Random, name: str, language: str) -> str:
    """A story as anyone might write it, with a few links and a few fields of all there are."""
    body = f"正文{random.randint(0, 9)} " + random.choice(
        ["", "", f"[见](news:s{random.randrange(FIRM)})", "[会](event:e0)", "[文](/media/doc.pdf)", "与@p0同行，@p0说", "@p1说"]
    )
    if random.random() < 0.2:
        body += "\n\n![门](/media/gate.svg)"
    elif random.random() < 0.2:
        body += "\n\n![照](/media/photo.png)"
    if language != "zh":
        return f"---\ntitle: Story {name} {random.randint(0, 9)}\n---\n\n{body}\n"
    fields = [
        f"title: 故事{name} {random.randint(0, 9)}",
        f"date: {day(random)}",
        f"section: {random.choice(['media', 'notices'])}",
    ]
    fields += [f"tags: [{', '.join(random.sample(['red', 'green', 'blue'], random.randint(0, 2)))}]"]
    fields += [f"chapters: [{', '.join(random.sample(['c0', 'c1'], random.randint(0, 1)))}]"]
    fields += random.choice([[], [], [], ["status: draft"], ["status: withdrawn"], ["publish_date: 2026-11-23 08:00"]])
    fields += random.choice(
        [
            [],
            [],
            [],
            ["expiry_date: 2026-11-24"],
            ["pin_until: 2026-11-25"],
            ["cover: {src: /media/gate.svg, alt: 门}"],
            ["cover: {src: /media/photo.png, alt: 照, focal: [0.1, 0.9]}"],
        ]
    )
    fields += random.choice(
        [[], [], ["params: {b: 1, a: 2}"], ["params: {a: 2, b: 1}"], ["slug: other-" + name], [f"aliases: [/old/{name}.html]"]]
    )
    return "---\n" + "\n".join(fields) + f"\n---\n\n{body}\n"


def day(random: Random) -> str:
    text = f"{random.choice([2025, 2026, 2026])}-{random.randint(1, 11):02}-{random.randint(1, 20):02}"
    return text + random.choice(["", "", " 09:00", "T23:30+00:00"])


def event(random: Random) -> str:
    first = random.randint(20, 27)
    repeated = random.choice(["", "", "rrule: FREQ=DAILY;COUNT=3\n"])
    sort = ("type: lecture\n" if first % 2 else "type: forum\n") + ("audience: {groups: [students]}\n" if first > 23 else "")
    title = f"{sort}title: {{zh: 会{random.randint(0, 9)}, en: Event {random.randint(0, 9)}}}\n"
    return (
        title
        + f"start: 2026-11-{first} 09:00\nend: 2026-11-{first} 1{random.randint(0, 9)}:00\nchapters: [c0]\ntags: [red]\n{repeated}"
    )


def chapter(random: Random, number: int) -> str:
    parent = "parent: c0\n" if number == 1 else ""
    fields = f"title: 分会{number} {random.randint(0, 9)}\ntype: regional\nstatus: active\n{parent}"
    return f"---\n{fields}---\n\n文{random.randint(0, 9)}\n"


def person(random: Random) -> str:
    """Somebody whom stories name: in full, by name only, or not at all."""
    shown = random.choice(["", "visibility: hidden\n", "visibility: name-only\n", "status: withdrawn\n"])
    degrees = f"degrees: [{{level: bachelor, entry: {random.choice([1998, 1999])}}}]\n"
    return f"---\nname: 林样本{random.choice(['', '甲'])}\n{degrees}{shown}---\n\n文\n"


def classmate(random: Random) -> str:
    """Somebody whose class has a page, most of the time."""
    degree = random.choice(["cohort: k0", "cohort: k0, entry: 1998", "unit: {zh: 系, en: School}, graduation: 2003"])
    return f"name: {{zh: 林同学, en: Lin}}\ndegrees: [{{level: bachelor, {degree}}}]\n"


def cohort(random: Random) -> str:
    years = random.choice(["entry: 1998", "graduation: 2002", "entry: 1998\ngraduation: 2002"])
    return f"subject: {{zh: {random.choice('甲乙')}, en: A}}\n{random.choice(['', 'code: EE', 'status: draft'])}\n{years}\n"


def picture(random: Random) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{random.choice(PICTURES)}"/>\n'


def photograph(random: Random) -> bytes:
    """A small picture in pixels, of one of a few contents and sizes."""
    stream = io.BytesIO()
    size = random.choice([(60, 40), (90, 60), (40, 60)])
    Image.new("RGB", size, random.choice(["red", "green", "navy"])).save(stream, "PNG")
    return stream.getvalue()


def new_project(root: Path, random: Random, theme: str = "plain") -> Project:
    """A site with stories in one or two languages, events, chapters, pages, a picture and an attachment."""
    project = Project(root, theme)
    project.configure()
    project.write("content/media/gate.svg", picture(random))
    project.write_bytes("content/media/photo.png", photograph(random))
    project.write("content/media/doc.pdf", "attachment 0\n")
    project.write("content/pages/about.md", "---\ntitle: {zh: 关于, en: About}\nparams: {note: a}\n---\n\n文\n")
    project.write("content/pages/about/deep.zh.md", "---\ntitle: 深\nparams: {note: b}\n---\n\n[关于](page:about)\n")
    project.write("content/people/p0.zh.md", person(random))
    project.write("content/people/p1.yaml", classmate(random))
    project.write("content/cohorts/k0.yaml", cohort(random))
    for number in range(2):
        project.write(f"content/chapters/c{number}.zh.md", chapter(random, number))
        project.write(f"content/events/e{number}.yaml", event(random))
    for number in range(STORIES):
        project.write(f"content/news/s{number}.zh.md", story(random, f"s{number}", "zh"))
        if number % 2:
            project.write(f"content/news/s{number}.en.md", story(random, f"s{number}", "en"))
    return project


def copy_of(project: Project, root: Path) -> Project:
    """The project, its output and its state in another folder."""
    shutil.copytree(project.root, root)
    other = object.__new__(Project)
    other.__dict__ |= project.__dict__ | {"root": root, "public": root / "public"}
    return other


def options_of(project: Project, **changes: object) -> Options:
    return replace(project.options, **changes)  # type: ignore[arg-type]
