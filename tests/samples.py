"""Short ways to write what many tests need: a story, a person, a loaded site."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import Any

from conftest import CONFIG, PROJECT, Workshop

from sitegen.build.load import Loaded, load_site
from sitegen.problems import errors
from sitegen.site.facts import Facts


def story(name: str, fields: str = "", body: str = "", date: str = "2026-11-01", section: str = "notices") -> str:
    """A news source; `fields` may replace date and section, or say `title: …`."""
    given = {line.partition(":")[0] for line in fields.split("\n")}
    usual = {"title": f"Title of {name}", "date": date, "section": section}
    lines = [f"{key}: {value}" for key, value in usual.items() if key not in given] + ([fields] if fields else [])
    return entry(f"news/{name}", "\n".join(lines), body)


def entry(path: str, fields: str, body: str = "") -> str:
    """A Markdown source of any kind; `path` without .md, below content/."""
    return f"-- content/{path}.md --\n---\n{fields}\n---\n\n{body}\n"


def load(workshop: Workshop, files: str = "", **changes: Any) -> Loaded:
    """The site without its files; content with errors fails the test."""
    loaded = load_site(replace(workshop.write(files).options, **changes))
    assert not errors(loaded.problems), loaded.problems
    return loaded


def facts(workshop: Workshop, files: str = "", **changes: Any) -> Facts:
    """What templates may ask of a site."""
    loaded = load(workshop, files, **changes)
    return Facts(loaded.site, loaded.theme, loaded.library, {})


def plain(workshop: Workshop, config: str = "") -> Workshop:
    """The workshop with the theme of the golden sites, which is small and quick; `config` is added to its configuration."""
    shutil.copytree(PROJECT / "tests/sites/themes", workshop.root / "themes")
    return workshop.write(f"-- config.yaml --\n{CONFIG}theme: plain\n{config}")
