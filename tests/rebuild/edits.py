"""Everything that can happen to a site between two builds, each as one edit of a project."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from random import Random

from rebuild.sites import (
    CONFIG,
    FIRM,
    MESSAGES,
    STORIES,
    Project,
    chapter,
    classmate,
    cohort,
    event,
    person,
    photograph,
    picture,
    story,
)  # fmt: skip

from sitegen.build.pipeline import build
from sitegen.problems import SiteError

Edit = Callable[[Project, Random], object]
PLAIN = "themes/plain"
TEMPLATES = {
    "404.html": '{% extends "!404.html" %}{% block head %}<!-- {{ site.theme.motto }} -->{% endblock %}\n',
    "base.html": '{% extends "!base.html" %}{% block foot %}<p>own {{ site.language }}\n{% endblock %}\n',
    "news.html": '{% extends "!news.html" %}{% block foot %}<p>{{ t("story.date") }} {{ page.word_count }}{% endblock %}\n',
    "event.html": '{% extends "!event.html" %}{% block head %}{{ page.related | length }}{% endblock %}\n',
    "partials/row.html": "<li>{{ item.title }} {{ item.url }}\n",
    "partials/foot.html": "<p>our foot {{ site.locale }}\n",
    "macros.html": "{% macro tags(page) %}<i>{{ page.tags | length }}</i>{% endmacro %}\n",
    "notes/b.html": "<p>note b\n",
    "assets/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\n',
    "messages/zh.yaml": "nav.news: 新\nstory.date: 日\n",
}


def a_story(project: Project, random: Random, floor: int = 0) -> str:
    return f"content/news/s{random.randrange(floor, STORIES)}.zh.md"


def write_story(project: Project, random: Random) -> None:
    name = a_story(project, random)
    project.write(name, story(random, name[13:15], "zh"), young=random.random() < 0.3)


def edit_body(project: Project, random: Random) -> None:
    name = a_story(project, random)
    if project.has(name):
        more = random.choice(["", "", f" [见](news:s{random.randrange(FIRM)})", " ![门](/media/gate.svg)", " [文](/media/doc.pdf)"])
        project.write(name, project.read(name) + f"\n又{random.randint(0, 99)}{more}\n")


def delete_story(project: Project, random: Random) -> None:
    project.delete(a_story(project, random, FIRM))


def rename_story(project: Project, random: Random) -> None:
    old, new = a_story(project, random, FIRM), a_story(project, random, FIRM)
    if project.has(old) and not project.has(new):
        project.path(old).rename(project.path(new))


def rename_case(project: Project, random: Random) -> None:
    name = a_story(project, random, FIRM)
    folder, _, file = name.rpartition("/")
    for old, new in ((name, f"{folder}/{file.upper()[:2]}{file[2:]}"), (f"{folder}/{file.upper()[:2]}{file[2:]}", name)):
        if project.has(old) and not project.has(new):
            project.path(old).rename(project.path(new))
            return


def same_size(project: Project, random: Random) -> None:
    name = a_story(project, random)
    if project.has(name):
        project.write(name, _swapped(project.read(name)), young=random.random() < 0.5)


def same_size_and_time(project: Project, random: Random) -> None:
    name = a_story(project, random)
    if project.has(name):
        project.write_secretly(name, _swapped(project.read(name)))


def _swapped(text: str) -> str:
    return re.sub("正文|文正", lambda found: found[0][::-1], text)


def set_time_back(project: Project, random: Random) -> None:
    name = a_story(project, random)
    if project.has(name):
        project.write(name, _swapped(project.read(name)))
        os.utime(project.path(name), (1_000_000_000, 1_000_000_000))


def touch(project: Project, random: Random) -> None:
    for path in random.sample([path for path in project.path("content").rglob("*") if path.is_file()], 3):
        path.touch()


def translate(project: Project, random: Random) -> None:
    name = a_story(project, random).replace(".zh.", ".en.")
    if project.has(name.replace(".en.", ".zh.")):
        project.write(name, story(random, name[13:15], "en"))


def drop_translation(project: Project, random: Random) -> None:
    project.delete(a_story(project, random).replace(".zh.", ".en."))


def rename_tag(project: Project, random: Random) -> None:
    old, new = random.sample(["red", "green", "blue", "Red"], 2)
    for path in sorted(project.path("content/news").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        tags = re.sub(r"tags: \[.*\]", lambda found: found[0].replace(old, new), text)
        if tags != text and f"{new}, {new}" not in tags:
            path.write_text(tags, encoding="utf-8")


def toggle_draft(project: Project, random: Random) -> None:
    name = a_story(project, random)
    if project.has(name):
        text = project.read(name)
        drafted = (
            text.replace("---\ntitle", "---\nstatus: draft\ntitle", 1)
            if "status:" not in text
            else re.sub("status: .*\n", "", text)
        )
        project.write(name, drafted)


def override(project: Project, random: Random) -> None:
    name = random.choice(sorted(TEMPLATES))
    layer = random.choice(["templates", "templates", PLAIN])
    if layer == PLAIN and project.has(f"{PLAIN}/{name}") and not name.startswith(("partials", "notes", "macros", "assets")):
        layer = "templates"
    project.write(f"{layer}/{name}", TEMPLATES[name])


def drop_override(project: Project, random: Random) -> None:
    project.delete(f"templates/{random.choice(sorted(TEMPLATES))}")
    for name in ("partials/row.html", "partials/foot.html", "macros.html", "assets/logo.svg", "notes/b.html"):
        if random.random() < 0.5:
            project.delete(f"{PLAIN}/{name}")


def edit_partial(project: Project, random: Random) -> None:
    name = f"themes/ground/{random.choice(['partials/foot.html', 'partials/row.html', 'macros.html', 'base.html'])}"
    if project.has(name):  # not where the theme is the one that comes with the program
        text = project.read(name)
        project.write(name, text.replace("\n", f" {random.randint(0, 9)}\n", 1) if "foot" in name else text + "\n")


def message(project: Project, random: Random) -> None:
    key = random.choice(sorted(MESSAGES))
    project.write("templates/messages/zh.yaml", f'{key}: "{MESSAGES[key]}{random.randint(0, 3)}"\n')


def setting(project: Project, random: Random) -> None:
    project.configure(theme_settings=random.choice([None, "{motto: new}", '{brand: "#00AA00"}', "{columns: 3}"]))


def configure(project: Project, random: Random) -> None:
    key, values = random.choice(
        [
            ("title", ["{zh: 新名, en: New}", CONFIG["title"]]),
            ("description", [None, "A description"]),
            ("paginate", ["2", "3", "4"]),
            ("timezone", ["America/New_York", "Asia/Shanghai"]),
            ("params", ["{hotline: 1, unread: 2}", "{unread: 2, hotline: 028-0000}", CONFIG["params"]]),
            ("taxonomies", ["{tags: {terms: {red: {zh: 赤, en: Red}, never: x}}, topics: {}}", CONFIG["taxonomies"]]),
            ("feeds", ["{limit: 2}", "{limit: 5, full_text: false}", CONFIG["feeds"]]),
            ("base_url", ["https://other.example.edu/", CONFIG["base_url"]]),
            ("permalinks", [None, '{news: "/stories/{slug}/"}']),
            ("markup", [None, "{raw_html: true}"]),
            ("menus", [CONFIG["menus"], "{main: [{ref: events}]}"]),
            ("languages", [CONFIG["languages"], CONFIG["languages"].replace("English", "Englisch")]),
            ("cohorts", [None, '{short: [{zh: "{subject}{graduation}届"}]}', '{names: ["{entry}"], short: [""]}']),
            ("security", [None, "{contact: mailto:a@example.edu, expires: 2027-01-01T00:00:00Z}"]),
        ]
    )
    project.configure(**{key: random.choice(values)})


def figures(project: Project, random: Random) -> None:
    project.write("data/figures.yaml", random.choice(["a: 1\nb: 2\n", "b: 2\na: 1\n", "a: {zh: 一, en: one}\n", ""]) or "c: 3\n")


def write_event(project: Project, random: Random) -> None:
    project.write(f"content/events/e{random.randrange(2)}.yaml", event(random))


def write_chapter(project: Project, random: Random) -> None:
    number = random.randrange(2)
    project.write(f"content/chapters/c{number}.zh.md", chapter(random, number))


def write_picture(project: Project, random: Random) -> None:
    project.write_secretly("content/media/gate.svg", picture(random))


def write_photograph(project: Project, random: Random) -> None:
    project.write_bytes("content/media/photo.png", photograph(random))


def forget_pictures(project: Project, random: Random) -> None:
    """The pictures made are lost, or some of their bytes."""
    for path in sorted(project.path(".sitegen").glob("pictures/*/*")):
        if random.random() < 0.5:
            path.unlink()
        elif random.random() < 0.5:
            path.write_bytes(path.read_bytes()[:-1])


def attachment(project: Project, random: Random) -> None:
    project.write("content/media/doc.pdf", f"attachment {random.randint(0, 9)}\n")


def note(project: Project, random: Random) -> None:
    name = f"{PLAIN}/notes/{random.choice(['a', 'b'])}.html"
    if project.has(name):
        project.delete(name)
    else:
        project.write(name, f"<p>note {random.randint(0, 9)}\n")


def hide_person(project: Project, random: Random) -> None:
    project.write("content/people/p0.zh.md", person(random))


def write_person(project: Project, random: Random) -> None:
    """Somebody else, or of another class; whoever names the person tells the class."""
    project.write("content/people/p1.yaml", classmate(random))


def write_cohort(project: Project, random: Random) -> None:
    project.write("content/cohorts/k0.yaml", cohort(random))


def pass_time(project: Project, random: Random) -> None:
    project.wait(random.choice([0.5, 3, 9, 26, -5]))


def another_program(project: Project, random: Random) -> None:
    project.version += 1


def alter_output(project: Project, random: Random) -> None:
    if files := project.outputs():
        (project.public / random.choice(files)).write_bytes(b"edited by hand")


def alter_output_secretly(project: Project, random: Random) -> None:
    if files := project.outputs():
        path = project.public / random.choice(files)
        status = path.stat()
        path.write_bytes(path.read_bytes()[::-1])
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def delete_output(project: Project, random: Random) -> None:
    if files := project.outputs():
        (project.public / random.choice(files)).unlink()


def delete_output_folder(project: Project, random: Random) -> None:
    shutil.rmtree(project.public / random.choice(["news", "events", "en", "assets"]), ignore_errors=True)
    project.foreign = {name: content for name, content in project.foreign.items() if (project.public / name).exists()}


def foreign_file(project: Project, random: Random) -> None:
    name = random.choice(["CNAME", "en/own.html", "assets/own.css", ".well-known/acme", "news/2026/photo.jpg"])
    (project.public / name).parent.mkdir(parents=True, exist_ok=True)
    (project.public / name).write_bytes(b"foreign")
    project.foreign[name] = b"foreign"


def obstacle(project: Project, random: Random) -> None:
    """A build that fails while it writes, since a folder stands where a file must; then the folder is taken away."""
    project.write("content/news/s0.zh.md", story(random, "s0", "zh"))
    project.write("content/pages/zz.zh.md", f"---\ntitle: 末{random.randint(0, 9)}\n---\n\n文\n")
    place = project.public / "zz/index.html"
    place.unlink(missing_ok=True)
    place.mkdir(parents=True)
    (place / "x").write_text("x")
    with suppress(SiteError):
        build(project.options)
    shutil.rmtree(place)


def lose_state(project: Project, random: Random) -> None:
    shutil.rmtree(project.path(".sitegen"), ignore_errors=True)


def alias_in_the_way(project: Project, random: Random) -> None:
    alias = random.choice(["/way.html", "/way.html/deeper.html", "/way.html/"])
    project.write("content/pages/way.zh.md", f"---\ntitle: 路\naliases: [{alias}]\n---\n\n文\n")


BROKEN = {
    "content/news/s0.zh.md": "---\ntitle: 坏\ndate: 2026-02-31\nsection: media\n---\n",
    "content/news/s1.en.md": "---\ntitel: Broken\n---\n",
    "content/events/e0.yaml": "title: 坏\nstart: 2026-11-24 09:00\nend: 2026-11-23 09:00\n",
    "templates/chapter.html": "{{ page.titel }}\n",
    "templates/partials/foot.html": "{% if %}\n",
    "templates/messages/en.yaml": "[\n",
    "data/figures.yaml": "a: [\n",
    "config.yaml": "title: [\n",
    "content/media/gate.svg": "no picture\n",
}


def break_something(project: Project, random: Random) -> None:
    name = random.choice(sorted(BROKEN))
    before = project.read(name) if project.has(name) else None
    project.write(name, BROKEN[name])
    project.spoil(lambda: project.delete(name) if before is None else project.write(name, before))


def nothing(project: Project, random: Random) -> None:
    """Another build of the same."""


EDITS: tuple[Edit, ...] = (
    write_story, write_story, write_story, edit_body, delete_story, rename_story, rename_case, same_size, same_size_and_time,
    set_time_back, touch, translate, drop_translation, rename_tag, toggle_draft, override, override, drop_override, edit_partial,
    message, setting, configure, configure, configure, figures, write_event, write_event, write_chapter, write_picture,
    write_photograph, write_photograph, forget_pictures, attachment,
    note, hide_person, write_person, write_cohort, pass_time, pass_time,
    pass_time, another_program, alter_output, alter_output_secretly, delete_output,
    delete_output_folder, foreign_file, obstacle, lose_state, alias_in_the_way, break_something, break_something, nothing,
)  # fmt: skip

# What somebody else does to the output or the state; those of a preview are its own.
OF_OTHERS = (alter_output, alter_output_secretly, delete_output, delete_output_folder, foreign_file, obstacle, lose_state)
