"""The logical site in the native format of each generator; templates come from peers/<name>/."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.alumni import BASE_URL, FEED_SIZE, OFFSET, PAGE_SIZE, SECTIONS, TIMEZONE, TITLE, Alumni, Event, Story, story_path

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
    folder = root / {"eleventy": "src/news", "zola": f"content/news/{story.section}"}.get(name, "content/news")
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


def _dated(item: Story | Event) -> dict[str, str]:
    return {"date": (item.date if isinstance(item, Story) else item.start).isoformat()}


def _terms(story: Story) -> dict[str, Any]:
    return {"tags": story.tags, "chapters": [story.chapter]}


def _suffixes(site: Alumni) -> tuple[str, ...]:
    """Of the names of sources, by language."""
    return ("", ".zh") if site.second_language else ("",)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _sitegen(site: Alumni, root: Path) -> None:
    second = ", zh: {locale: zh-Hans-CN, label: 中文}" if site.second_language else ""
    languages = f"{{en: {{locale: en, label: English}}{second}}}"
    config: dict[str, Any] = {"title": _json(TITLE), "base_url": BASE_URL, "timezone": TIMEZONE, "languages": languages}
    config |= {"theme": "bench", "paginate": PAGE_SIZE, "feeds": f"{{limit: {FEED_SIZE}, full_text: true}}"}
    _write(root / "config.yaml", _bare(config))
    for story in site.stories:
        fields: dict[str, Any] = {"title": story.title, "section": story.section, "chapters": [story.chapter], "tags": story.tags}
        file = story_file("sitegen", root, story)
        fields |= {"slug": story.slug, "date": f"{story.date:%Y-%m-%d %H:%M}", "summary": story.summary}
        _write(file, _front(fields, story.body))
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


def _hugo(site: Alumni, root: Path) -> None:
    for story in site.stories:
        fields: dict[str, Any] = {"title": story.title, "slug": story.slug, "summary": story.summary, "sections": [story.section]}
        _write(story_file("hugo", root, story), _front(fields | _dated(story) | _terms(story), story.body))
        if story.translation:
            title, summary, body = story.translation
            translated = {"title": title, "slug": story.slug, "summary": summary} | _dated(story)
            _write(story_file("hugo", root, story).with_suffix(".zh.md"), _front(translated, body))
    for chapter in site.chapters:
        fields = {"title": chapter.title, "city": chapter.city}
        _write(root / f"content/chapters/{chapter.id}/_index.md", _front(fields, chapter.body))
    for event in site.events:
        fields = {"title": event.title, "venue": event.venue, "chapters": [event.chapter], "end": event.end.isoformat()}
        _write(root / f"content/events/{event.id}.md", _front(fields | _dated(event), event.body))
    for suffix in _suffixes(site):  # there is no page that lists the sections
        _write(root / f"content/sections/_index{suffix}.md", _front({"build": {"render": "never"}}, ""))
    for name, title in (("news", "News"), ("events", "Events")):
        _write(root / f"content/{name}/_index.md", _front({"title": title}, ""))
    _write(root / "content/honors/roll.md", _front({"title": "Honor roll"}, ""))
    _write(root / "data/roll.json", _roll(site))
    if site.second_language:
        _append(root / "hugo.toml", "[languages.en]\nweight = 1\n[languages.zh]\nweight = 2\n")


def _zola(site: Alumni, root: Path) -> None:
    titles = {chapter.id: chapter.title for chapter in site.chapters}

    def page(fields: Mapping[str, Any], when: datetime, terms: Mapping[str, Any], extra: Mapping[str, Any], body: str) -> str:
        front = [f"{key} = {_json(value)}" for key, value in fields.items()] + [f"date = {when.isoformat()}{OFFSET}"]
        front += ["[taxonomies]"] + [f"{key} = {_json(value)}" for key, value in terms.items()]
        front += ["[extra]"] + [f"{key} = {_json(value)}" for key, value in extra.items()]
        return "+++\n" + "\n".join(front) + "\n+++\n" + body

    for story in site.stories:
        file = story_file("zola", root, story)
        fields: dict[str, Any] = {
            "title": story.title,
            "description": story.summary,
            "path": story_path(story),
            "template": "story.html",
        }
        _write(file, page(fields, story.date, _terms(story), {"kind": "news", "chapter": titles[story.chapter]}, story.body))
        if story.translation:
            title, summary, body = story.translation
            translated = fields | {"title": title, "description": summary, "path": "zh/" + story_path(story)}
            _write(file.with_suffix(".zh.md"), page(translated, story.date, {}, {"kind": "news"}, body))
    for chapter in site.chapters:
        front = f'+++\ntitle = {_json(chapter.title)}\ntemplate = "note.html"\n[extra]\ncity = {_json(chapter.city)}\n+++\n'
        _write(root / f"content/chapter-notes/{chapter.id}.md", front + chapter.body)
    for event in site.events:
        fields = {"title": event.title, "template": "event.html"}
        extra = {"kind": "event", "venue": event.venue, "chapter": titles[event.chapter]}
        _write(root / f"content/events/{event.id}.md", page(fields, event.start, {"chapters": [event.chapter]}, extra, event.body))
    _write(root / "content/_index.md", "+++\n+++\n")
    news = '+++\ntitle = "News"\nsort_by = "date"\npaginate_by = 20\ntemplate = "news.html"\n+++\n'
    _write(root / "content/news/_index.md", news)
    for section in SECTIONS:  # transparent: its stories are listed in the news too
        front = f'+++\ntitle = {_json(section)}\nsort_by = "date"\npaginate_by = {PAGE_SIZE}\ntemplate = "news.html"\n'
        for suffix in _suffixes(site):
            _write(root / f"content/news/{section}/_index{suffix}.md", front + "transparent = true\ngenerate_feed = true\n+++\n")
    _write(root / "content/events/_index.md", '+++\ntitle = "Events"\nsort_by = "date"\ntemplate = "events.html"\n+++\n')
    _write(root / "content/chapter-notes/_index.md", "+++\nrender = false\n+++\n")
    _write(root / "content/honors/roll.md", '+++\ntitle = "Honor roll"\ntemplate = "roll.html"\n+++\n')
    _write(root / "data/roll.json", _roll(site))
    if site.second_language:
        _append(root / "config.toml", f"[languages.zh]\ntitle = {_json(TITLE)}\n")
        _write(root / "content/news/_index.zh.md", news)


def _eleventy(site: Alumni, root: Path) -> None:
    for story in site.stories:
        fields: dict[str, Any] = {"title": story.title, "summary": story.summary, "section": story.section, "topics": story.tags}
        fields |= {"chapter": story.chapter, "date": story.date.isoformat() + OFFSET}
        _write(story_file("eleventy", root, story), _front(fields, story.body))
    for chapter in site.chapters:
        _write(root / f"src/chapters/{chapter.id}.md", _front({"title": chapter.title, "city": chapter.city}, chapter.body))
    for event in site.events:
        times = {"date": event.start.isoformat() + OFFSET, "end": event.end.isoformat() + OFFSET}
        fields = {"title": event.title, "venue": event.venue, "chapter": event.chapter, **times}
        _write(root / f"src/events/{event.id}.md", _front(fields, event.body))
    _write(root / "src/_data/roll.json", _roll(site))


def _pelican(site: Alumni, root: Path) -> None:
    titles = {chapter.id: chapter.title for chapter in site.chapters}
    for story in site.stories:
        fields: dict[str, Any] = {
            "Title": story.title,
            "Slug": story.slug,
            "Date": f"{story.date:%Y-%m-%d %H:%M}",
            "Tags": ", ".join(story.tags),
        }
        # A chapter is the author of its news: of what Pelican groups by, tags and categories are taken.
        fields |= {"Category": story.section, "Author": story.chapter, "Chapter_Title": titles[story.chapter]}
        fields |= {"Summary": story.summary}
        _write(story_file("pelican", root, story), _bare(fields) + "\n" + story.body)
    for chapter in site.chapters:
        fields = {"Title": chapter.title, "Slug": chapter.id, "Template": "chapter", "City": chapter.city}
        _write(root / f"content/chapters/{chapter.id}.md", _bare(fields) + "\n" + chapter.body)
    for event in site.events:
        fields = {"Title": event.title, "Slug": event.id, "Template": "event", "Date": f"{event.start:%Y-%m-%d %H:%M}"}
        fields |= {
            "End": event.end.isoformat(),
            "Venue": event.venue,
            "Chapter": event.chapter,
            "Chapter_Title": titles[event.chapter],
        }
        _write(root / f"content/events/{event.id}.md", _bare(fields) + "\n" + event.body)
    _write(root / "content/honors/roll.md", "Title: Honor roll\nSlug: roll\nTemplate: roll\n\n.\n")
    _write(root / "roll.json", _roll(site))


WRITERS: Mapping[str, Callable[[Alumni, Path], None]] = {
    "sitegen": _sitegen,
    "hugo": _hugo,
    "zola": _zola,
    "eleventy": _eleventy,
    "pelican": _pelican,
}
