"""New sites and new entries: valid files to begin from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from sitegen.build.options import Options
from sitegen.config import Config, load_config
from sitegen.content.entries import FOLDER
from sitegen.content.field_groups import example
from sitegen.content.kind import Kind
from sitegen.content.kinds.honor_roll import HONOR_ROLL
from sitegen.content.kinds.news import SECTIONS
from sitegen.content.zones import zone
from sitegen.problems import Code, Problem, SiteError, Span, did_you_mean
from sitegen.site.pinyin import slugify

_CONFIG = """\
title: {{en: {title}, zh: {title}}}
base_url: https://alumni.example.edu/
timezone: Asia/Shanghai
languages:
  en: {{locale: en, label: English}}
  zh: {{locale: zh-Hans-CN, label: 简体中文}}
theme: beacon
taxonomies: {{tags: {{}}, topics: {{}}}}
menus:
  main: [{{ref: home}}, {{ref: news}}, {{ref: people}}, {{ref: events}}, {{ref: chapters}},
    {{ref: honors}}, {{ref: services}}, {{ref: "page:about"}}]
  footer: [{{ref: archive}}, {{ref: tags}}, {{ref: search}}]
"""
_STARTER = {
    "content/news/2026-01-15-welcome.md": """\
---
title: Welcome
date: 2026-01-15
section: association
summary: The first story of this site.
tags: [welcome]
chapters: [hangzhou]
sample: true
---

Write stories like this one in `content/news/`, one file each. **Save**, and the page is there.

Next meeting: [Spring gathering](event:spring-gathering).
""",
    "content/chapters/hangzhou.md": """\
---
title: Hangzhou Chapter
type: regional
status: active
region: {country: CN, admin: Zhejiang, city: Hangzhou, geo: [30.27, 120.16]}
sample: true
---

Alumni in and around Hangzhou.
""",
    "content/events/spring-gathering.yaml": """\
title: {en: Spring gathering, zh: 春季聚会}
start: 2027-04-10 14:00
end: 2027-04-10 17:00
mode: in-person
venue: {name: {en: Lakeside tea house, zh: 湖畔茶室}}
chapters: [hangzhou]
sample: true
""",
    "content/pages/about.md": """\
---
title: About
---

Who we are.
""",
    ".gitignore": "/public/\n/.sitegen/\n",
}

_THEME = {
    "base.html": """\
{% extends "!base.html" %}
{% block theme_head %}<link rel="stylesheet" href="{{ asset("NAME.css") }}">{% endblock %}
""",
    "assets/{name}.css": """\
/* A colour, a space, a font: the tokens are listed in the README, under “Tokens”. */
@layer tokens {
  :root { --radius: 3px; }
}
""",
}


def start_site(folder: Path, title: str) -> list[str]:
    """Writes a small working site into an empty or new folder; gives the paths written.  Raises SiteError."""
    if folder.exists() and any(folder.iterdir()):
        problem = Problem(Code.UNWRITABLE, f"{folder} is not empty", Span(str(folder)), "name a new folder")
        raise SiteError([problem], exit_code=2)
    files = {"config.yaml": _CONFIG.format(title=_quoted(title))} | _STARTER
    _write(folder, files)
    for name in ("templates", "themes", "data"):
        (folder / name).mkdir()
    return [str(folder / name) for name in files]


def new_entry(options: Options, kind_name: str, title: str, language: str | None, chapter: str | None) -> str:
    """Writes a valid new entry, as a draft; gives its path in the project.  Raises SiteError."""
    config = load_config(options.root, options.config)
    kind = _kind(kind_name, config)
    language = language or config.default_language
    if language not in config.language_codes:
        raise _usage(f"{language} is not a language of this site", f"languages: {', '.join(config.language_codes)}")
    if chapter and chapter not in _chapters(options.root):
        raise _usage(f"there is no chapter {chapter}", did_you_mean(chapter, _chapters(options.root)))
    now = options.now.astimezone(zone(config.timezone))
    day = now.strftime("%Y-%m-%d")
    name = slugify(title, is_name=kind.title_field == "name")
    if kind.in_feeds and kind.name == "news":
        name = f"{day}-{name}"
    suffix = "" if language == config.default_language else f".{language}"
    path = options.root / FOLDER / kind.folder / f"{name}{suffix}.md"
    if path.exists():
        raise _usage(f"{path.relative_to(options.root)} is there already", "choose another title")
    next_week = (now + timedelta(days=7)).strftime("%Y-%m-%d")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_entry_text(kind, title, day, next_week, chapter), encoding="utf-8")
    return path.relative_to(options.root).as_posix()


def new_theme(options: Options, name: str) -> list[str]:
    """Writes a theme that extends the site's own and changes nothing yet; gives its files.  Raises SiteError."""
    config = load_config(options.root, options.config)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        raise _usage(f"a theme cannot be called “{name}”", "use letters, digits and hyphens, such as: sitegen new theme quiet")
    if name == config.theme or (options.root / "themes" / name).exists():
        raise _usage(f"there is a theme {name} already", "choose another name")
    files = {file.format(name=name): text.replace("NAME", name) for file, text in _THEME.items()}
    files["theme.yaml"] = f"extends: {config.theme}\nsettings: {{}}\n"
    _write(options.root / "themes" / name, files)
    return [f"themes/{name}/{file}" for file in files]


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def new_register(options: Options, kind_name: str, file: str, language: str | None) -> str:
    """Writes a workbook for the register of an honor roll, outside the site; gives its path.  Raises SiteError."""
    from sitegen.importers.register_template import NAME, write_template

    config = load_config(options.root, options.config)
    if _kind(kind_name, config) is not HONOR_ROLL:
        raise _usage(f"the kind {kind_name} has no register", "write sitegen new honor-roll --xlsx")
    path = Path(file) if file else options.root.parent / NAME
    write_template(path, options.root, language or config.default_language)
    return str(path)


def _kind(name: str, config: Config) -> Kind:
    known = {each: kind for kind in config.kinds for each in (kind.name, kind.plural, kind.folder)}
    kind = known.get(name) or known.get(name.replace("-", "_"))
    if kind is None:
        raise _usage(f"there is no kind {name}", did_you_mean(name, [kind.name for kind in config.kinds]))
    return kind


def _chapters(root: Path) -> set[str]:
    return {path.name.split(".")[0] for path in (root / FOLDER / "chapters").glob("*")}


def _entry_text(kind: Kind, title: str, day: str, next_week: str, chapter: str | None) -> str:
    fields: dict[str, Callable[[], str]] = {
        "title": lambda: _quoted(title),
        "name": lambda: _quoted(title),
        "date": lambda: day,
        "section": lambda: f"association   # {' | '.join(SECTIONS)}",
        "form": lambda: "profile   # profile | interview | essay | photo-essay",
        "start": lambda: f"{next_week} 14:00\nend: {next_week} 16:00\nmode: in-person   # in-person | online | hybrid",
        "type": lambda: "regional" if kind.name == "chapter" else "volunteers",
        "category": lambda: "scholarship",
        "state": lambda: "planned   # planned | open | completed | closed",
        "recipient_org": lambda: "…",
        "audience": lambda: "[…]",
        "subject": lambda: f"{_quoted(title)}\nentry: {day[:4]}   # 级; or graduation: …, 届; or both",
        "steps": lambda: "[…]",
    }
    # A chapter's own states share the key with the editorial ones; every new entry begins as a draft.
    lines = [f"{name}: {fields[name]()}" if name in fields else example(kind.fields[name], name) for name in kind.required]
    if chapter and "chapters" in kind.fields:
        lines.append(f"chapters: [{chapter}]")
    lines = [line for line in lines if not line.startswith("status:")]
    publish = "write active, preparing, dormant or closed" if kind.name == "chapter" else "delete this line"
    lines.append(f"status: draft   # {publish} to publish")
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _quoted(text: str) -> str:
    """A text as YAML reads it back."""
    import json

    return json.dumps(text, ensure_ascii=False)


def _usage(message: str, hint: str) -> SiteError:
    return SiteError([Problem(Code.CONFIG, message, Span("sitegen new"), hint)], exit_code=2)
