"""A fixed course of edits, each of which changes one thing that some output depends on and as little else as can be."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from rebuild.sites import Project

Build = Callable[[], object]
Step = Callable[[Project, Build], object]


OFFICERS = "officers: [{role: president, name: 林样本, person: p0}]\n"


def begin(root: Path) -> Project:
    """The site that the course begins with: no two pages show quite the same."""
    project = Project(root)
    project.configure(paginate="2")
    project.write("content/media/gate.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>\n')
    project.write("content/media/doc.pdf", "attachment 0\n")
    project.write("content/pages/about.md", "---\ntitle: {zh: 关于, en: About}\nparams: {note: a}\n---\n\n文\n")
    project.write("content/chapters/c0.zh.md", "---\ntitle: 分会\ntype: regional\nstatus: active\n" + OFFICERS + "---\n\n文\n")
    project.write("content/events/e0.yaml", "title: 会\nstart: 2026-11-23 09:00\nend: 2026-11-23 10:00\ntags: [red]\n")
    project.write("content/people/p0.zh.md", "---\nname: 林样本\ndegrees: [{level: bachelor, entry: 1998}]\n---\n\n文\n")
    project.write("content/cohorts/ee-1998.yaml", "subject: 电气\nentry: 1998\ngraduation: 2002\n")
    project.write(
        "content/honors/h0.yaml",
        "title: 录\ntype: volunteers\nsort: stroke\nentries:\n"
        "  - {id: a, name: 曾样本, cohort: ee-1998}\n  - {id: b, name: 王样本, year: 2026}\n",
    )
    gifts = "".join(f"  - {{id: g{n}, name: 样本{n}, amount: 30000, amount_display: hidden}}\n" for n in range(4))
    period = "period: {from: 2026-01-01, to: 2026-12-31, basis: received}"
    project.write("content/honors/h1.yaml", f"title: 捐\ntype: donors\ncurrency: CNY\n{period}\nentries:\n{gifts}")
    for number in range(6):
        write_story(project, number)
    write_story(project, 6, "tags: [blue]", body="[见](news:s0) [待](news:wait) [文](/media/doc.pdf)\n\n![门](/media/gate.svg)")
    write_story(project, 7, "tags: []\nparams: {b: 1, a: 2}")
    project.write(
        "content/news/wait.zh.md", "---\ntitle: 待\ndate: 2026-02-01\nsection: media\npublish_date: 2026-11-22 20:00\n---\n\n文\n"
    )
    project.write(
        "content/news/gone.zh.md",
        "---\ntitle: 撤\ndate: 2025-02-01\nsection: media\nstatus: withdrawn\nwithdrawal: {reason: 误}\n---\n",
    )
    project.write("content/news/far.zh.md", "---\ntitle: 远\ndate: 2026-09-01T00:00+00:00\nsection: media\n---\n\n文\n")
    project.write("data/figures.yaml", "b: 1\na: 2\n")
    return project


def write_story(project: Project, number: int, fields: str = "tags: [red]", body: str = "正文\n\n后文", title: str = "") -> None:
    date = f"2025-0{number + 1}-01" if number < 4 else f"2026-0{number}-01"
    text = f"---\ntitle: {title or f'故事{number}'}\ndate: {date}\nsection: notices\n{fields}\n---\n\n{body}\n"
    project.write(f"content/news/s{number}.zh.md", text)


def replaced(name: str, old: str, new: str) -> Step:
    def replace(project: Project, _: Build) -> None:
        text = project.read(name)
        assert old in text
        project.write(name, text.replace(old, new))

    return replace


def written(name: str, text: str) -> Step:
    return lambda project, build: project.write(name, text)


def text_and(step: Step) -> Step:
    """A later paragraph of a story, which no listing shows, and something else before the next build."""

    def both(project: Project, build: Build) -> None:
        project.write("content/news/s5.zh.md", project.read("content/news/s5.zh.md") + "\n末段\n")
        step(project, build)

    return both


def deleted(name: str) -> Step:
    return lambda project, build: project.delete(name)


def configured(**values: str | None) -> Step:
    return lambda project, build: project.configure(**values)


def waited(hours: float) -> Step:
    return lambda project, build: project.wait(hours)


def swapped_secretly(project: Project, _: Build) -> None:
    project.write_secretly("content/news/s4.zh.md", project.read("content/news/s4.zh.md").replace("正文", "文正"))


def swapped(project: Project, _: Build) -> None:
    """Another time of modification, within the same second."""
    name = "content/news/s3.zh.md"
    time = project.path(name).stat().st_mtime_ns
    project.write_secretly(name, project.read(name).replace("正文", "文正"))
    os.utime(project.path(name), ns=(time, time + 1_000_000))


def saved_twice(project: Project, build: Build) -> None:
    """A file just written is built, and written again at once, in the same size."""
    project.write("content/news/s2.zh.md", project.read("content/news/s2.zh.md").replace("正文", "甲乙"), young=True)
    build()
    project.write("content/news/s2.zh.md", project.read("content/news/s2.zh.md").replace("甲乙", "乙甲"), young=True)


def altered_by_hand(project: Project, _: Build) -> None:
    if (project.public / "index.html").is_file():
        (project.public / "index.html").write_bytes(b"by hand")
        (project.public / "feed.xml").unlink()


def foreign(project: Project, _: Build) -> None:
    (project.public / "own").mkdir(parents=True, exist_ok=True)
    (project.public / "own/CNAME").write_bytes(b"foreign")
    project.foreign["own/CNAME"] = b"foreign"


def blocked_at(file: str) -> Step:
    """A build fails while it writes, since a folder stands where a file must; what it had begun with is taken back."""

    def blocked(project: Project, build: Build) -> None:
        build()
        project.write("content/pages/brief.zh.md", "---\ntitle: 短\n---\n\n文\n")
        project.write("content/pages/about.md", "---\ntitle: 关于我们\nparams: {note: a}\n---\n\n文\n")
        place = project.public / file
        place.unlink(missing_ok=True)
        place.mkdir(parents=True)
        (place / "x").write_text("x")
        build()
        shutil.rmtree(place)
        project.delete("content/pages/brief.zh.md")

    return blocked


def tagged(project: Project, _: Build) -> None:
    """Two stories more of a tag: one page more of its listing, with the oldest page as it was."""
    for number in (8, 9):
        write_story(project, number, "tags: [red]")


def other_files(project: Project, build: Build) -> None:
    """Pictures that no page has shown before."""
    project.write("content/media/spare.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 1"/>\n')
    build()
    replaced("themes/plain/event.html", "</ul>", '</ul>{{ {"src": "/media/spare.svg", "alt": "x"} | picture }}')(project, build)


COURSE: dict[str, Step] = {
    "a body": replaced("content/news/s5.zh.md", "后文", "新的后文"),
    "a link further down": replaced("content/news/s5.zh.md", "新的后文", "新的后文 [见](news:s0)"),
    "a text and a partial at once": text_and(written("themes/ground/partials/row.html", "<li>{{ item.title }}\n")),
    "a text and a message at once": text_and(written("templates/messages/zh.yaml", "story.mentioned: 人\n")),
    "a text and an alteration by hand at once": text_and(lambda project, build: altered_by_hand(project, build)),
    "a person named in a text": replaced("content/news/s5.zh.md", "新的后文", "新的后文，@p0说"),
    "a class": replaced("content/people/p0.zh.md", "1998", "1999"),
    "the cohort of a degree": replaced("content/people/p0.zh.md", "entry: 1999", "cohort: ee-1998"),
    "a subject": replaced("content/cohorts/ee-1998.yaml", "电气", "电机"),
    "what classes are called": configured(cohorts='{short: [{zh: "{subject}{graduation}届"}]}'),
    "a person named in a field": replaced("content/news/s4.zh.md", "tags:", "people: [p0]\ntags:"),
    "a person who may not be named": replaced("content/people/p0.zh.md", "name:", "visibility: hidden\nname:"),
    "a text that names somebody who may not be named": replaced("content/news/s5.zh.md", "正文", "正文\n\n又一段"),
    "a person who may be named": replaced("content/people/p0.zh.md", "visibility: hidden\n", ""),
    "a title": replaced("content/news/s1.zh.md", "故事1", "新故事1"),
    "a story between others": written("content/news/mid.zh.md", "---\ntitle: 间\ndate: 2025-03-15\nsection: media\n---\n\n文\n"),
    "two stories of a tag": tagged,
    "an address": replaced("content/news/s0.zh.md", "tags:", "slug: moved\ntags:"),
    "a link": replaced("content/news/s3.zh.md", "正文", "正文 [见](news:s2)"),
    "a year": replaced("content/news/s0.zh.md", "2025-01-01", "2024-01-01"),
    "an English version": written("content/news/s4.en.md", "---\ntitle: Four\n---\n\nText\n"),
    "an event": written("content/events/e1.yaml", "title: 会一\ntype: reunion\nstart: 2026-12-10 09:00\nend: 2026-12-10 10:00\n"),
    "an English event": written("content/events/e0.en.md", "---\ntitle: Event\n---\n"),
    "the reason of a withdrawal": replaced("content/news/gone.zh.md", "reason: 误", "reason: 有误"),
    "a message": written("templates/messages/zh.yaml", "story.date: 日期\n"),
    "a title of the site": configured(title="{zh: 新名, en: New}"),
    "a parameter": configured(params="{hotline: 1}"),
    "a label": configured(taxonomies="{tags: {terms: {red: {zh: 赤, en: Red}}}}"),
    "a zone": configured(timezone="America/New_York"),
    "the zone again": configured(timezone="Asia/Shanghai"),
    "a setting": configured(theme_settings="{motto: new}"),
    "figures": written("data/figures.yaml", "b: 3\na: 2\n"),
    "figures in another order": written("data/figures.yaml", "a: 2\nb: 3\n"),
    "an asset": written("themes/ground/assets/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5 5"/>\n'),
    "a partial": written("themes/ground/partials/foot.html", "<p>new foot\n"),
    "a partial that shadows": written("themes/plain/partials/foot.html", "<p>plain foot\n"),
    "a partial that shadows no more": deleted("themes/plain/partials/foot.html"),
    "an override": written("templates/base.html", '{% extends "!base.html" %}{% block foot %}<p>own{% endblock %}\n'),
    "no override": deleted("templates/base.html"),
    "a template of stories": replaced("themes/plain/news.html", "<p>{{ t(", "<p class=date>{{ t("),
    "a template that shows other files": other_files,
    "a number in a template": replaced("themes/plain/event.html", "\n\n{%", "\n<!-- 13812345678 -->\n{%"),
    "a number further down in a template": replaced("themes/plain/event.html", "</ul>", "</ul>\n"),
    "a note included by name": written("themes/plain/notes/a.html", "<p>note b\n"),
    "a picture of the same size": lambda project, build: project.write_secretly(
        "content/media/gate.svg", project.read("content/media/gate.svg").replace("0 0 2 1", "0 0 3 1")
    ),
    "an attachment": written("content/media/doc.pdf", "attachment 1\n"),
    "the same size and time": swapped_secretly,
    "the same size and second": swapped,
    "saved twice": saved_twice,
    "the end of an embargo": waited(9),
    "another day": waited(4),
    "the end of an event": waited(12),
    "another program": lambda project, build: setattr(project, "version", 1),
    "an alteration by hand": altered_by_hand,
    "a file of others": foreign,
    "a build that fails at its first file": blocked_at("news/2026/s9/index.html"),
    "a build that fails at its last file": blocked_at("sitemap.xml"),
    "one story of a tag more": lambda project, build: write_story(project, 7, "tags: [red]"),
    "a story of a tag": lambda project, build: write_story(project, 6, "tags: [red]"),
    "a row of a roll": replaced("content/honors/h0.yaml", "王样本", "王样例"),
    "a row with another initial": replaced("content/honors/h0.yaml", "  - {id: b", "  - {id: c, name: 赵样本}\n  - {id: b"),
    "a hidden gift": replaced("content/honors/h1.yaml", "样本1, amount: 30000", "样本1, amount: 60000"),
    "a deletion": deleted("content/news/s1.zh.md"),
    "another year": waited(24 * 60),
    "nothing": lambda project, build: None,
}
