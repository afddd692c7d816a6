"""The logical site in the native format of each generator; templates come from peers/<name>/."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.alumni import BASE_URL, FEED_SIZE, PAGE_SIZE, TITLE, Alumni, Event, Story, story_path

TEMPLATES = Path(__file__).resolve().parent / "peers"


def write_site(name: str, site: Alumni, root: Path) -> None:
    """Writes the site for the generator of this name.  Raises ValueError for a second language it has no form for."""
    if site.second_language and name not in ("sitegen", "hugo", "zola"):
        raise ValueError(f"the benchmark writes no second language for {name}")
    root.mkdir(parents=True)
    shutil.copytree(TEMPLATES / name, root, dirs_exist_ok=True)
    WRITERS[name](site, root)


def story_file(name: str, root: Path, story: Story) -> Path:
    """The source of a story."""
    folder = root / {"eleventy": "src/news", "sitegen": "content/news"}.get(name, "content/news")
    return folder / f"{story.date:%Y-%m-%d}-{story.slug}.md" if name == "sitegen" else folder / f"{story.slug}.md"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _front(fields: Mapping[str, Any], body: str) -> str:
    """YAML front matter (every JSON value is YAML) and the body."""
    return "---\n" + "".join(f"{key}: {_json(value)}\n" for key, value in fields.items()) + "---\n" + body


def _bare(fields: Mapping[str, Any]) -> str:
    """Front matter with dates as dates: without quotes."""
    return "".join(f"{key}: {value}\n" for key, value in fields.items())


def _roll(site: Alumni) -> str:
    return _json([{"name": donor.name, "level": donor.level.title(), "amount": donor.amount} for donor in site.donors])


def _sitegen(site: Alumni, root: Path) -> None:
    languages = "  en: {locale: en, label: English}\n" + ("  zh: {locale: zh-Hans-CN, label: 中文}\n" if site.second_language else "")
    config = {"title": _json(TITLE), "base_url": BASE_URL, "timezone": "Asia/Shanghai", "languages": "\n" + languages.rstrip()}
    config |= {"theme": "bench", "paginate": PAGE_SIZE, "feeds": f"{{limit: {FEED_SIZE}, full_text: true}}"}
    _write(root / "config.yaml", _bare(config))
    for story in site.stories:
        fields = {"title": story.title, "section": story.section, "chapters": [story.chapter], "tags": story.tags}
        file = story_file("sitegen", root, story)
        _write(file, _front(fields | {"slug": story.slug, "date": f"{story.date:%Y-%m-%d %H:%M}", "summary": story.summary}, story.body))
        if story.translation:
            title, summary, body = story.translation
            _write(file.with_suffix(".zh.md"), _front({"title": title, "summary": summary}, body))
    for chapter in site.chapters:
        place = {"country": "CN", "city": chapter.city}
        fields = {"title": chapter.title, "type": "regional", "status": "active", "region": place}
        _write(root / f"content/chapters/{chapter.id}.md", _front(fields, chapter.body))
    for event in site.events:
        times = {"start": f"{event.start:%Y-%m-%d %H:%M}", "end": f"{event.end:%Y-%m-%d %H:%M}"}
        fields = {"title": event.title, **times, "venue": {"name": event.venue}, "chapters": [event.chapter]}
        _write(root / f"content/events/{event.id}.md", _front(fields, event.body))
    _write(root / "content/honors/roll.yaml", _sitegen_roll(site))


def _sitegen_roll(site: Alumni) -> str:
    levels = [("evergreen", 100_000, "Evergreen"), ("classmate", 5_000, "Classmate"), ("friend", 0, "Friend")]
    period = {"from": "2025-01-01", "to": "2025-12-31", "basis": "received"}
    fields: dict[str, Any] = {"title": "Honor roll", "type": "donors", "date": "2026-01-15", "period": period, "currency": "CNY"}
    fields["levels"] = [{"id": key, "min": minimum, "name": name} for key, minimum, name in levels]
    fields["entries"] = [
        {"id": donor.id, "name": donor.name, "recognition": "named", "level": donor.level, "amount": donor.amount}
        | {"amount_display": "exact"}
        for donor in site.donors
    ]
    return _bare({key: _json(value) for key, value in fields.items()})


WRITERS: Mapping[str, Callable[[Alumni, Path], None]] = {"sitegen": _sitegen}
