"""The reference of the default theme names every template, block, partial, setting and token there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
import yaml
from conftest import PROJECT
from jinja2 import Environment, meta, nodes

from sitegen.formats.html import FILTERS
from sitegen.problems import Span
from sitegen.theme.chain import load_chain
from sitegen.theme.environment import make_environment

BEACON = PROJECT / "themes/beacon"
EVERYWHERE = {"site", "page", "paginator", "t", "asset", "url_for", "label", "attrs", "content"}


def _table(heading: str) -> dict[str, list[str]]:
    """The rows of the first table below a heading: the words in backticks, cell by cell."""
    text = (BEACON / "README.md").read_text(encoding="utf-8")
    part = text[text.index(f"\n## {heading}\n") + 1 :].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*)\|$", part, re.MULTILINE)
    return {(cells := row.split(" | "))[0].strip("` "): cells[1:] for row in rows}


def _words(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


@pytest.fixture(scope="module")
def environment() -> Environment:
    return make_environment(load_chain(PROJECT, "beacon", Span("config.yaml")), FILTERS, {})


def _parsed(environment: Environment, name: str) -> nodes.Template:
    return environment.parse((BEACON / name).read_text(encoding="utf-8"))


def _files(folder: str = "") -> set[str]:
    return {path.name for path in (BEACON / folder).glob("*.html")}


def test_every_template_is_listed_with_its_blocks(environment: Environment) -> None:
    listed = _table("Templates")
    assert set(listed) == _files()
    for name, cells in listed.items():
        blocks = {block.name for block in _parsed(environment, name).find_all(nodes.Block)}
        assert _words(cells[0]) == blocks, name


@pytest.mark.parametrize("folder", ["partials", "blocks", "feeds"])
def test_every_partial_is_listed_with_what_it_takes(environment: Environment, folder: str) -> None:
    listed = {PurePosixPath(name).name: cells for name, cells in _table("Partials").items() if name.startswith(f"{folder}/")}
    assert set(listed) == _files(folder)
    for name, cells in listed.items():
        template = _parsed(environment, f"{folder}/{name}")
        own = {each.name for made in template.find_all(nodes.Assign) for each in made.find_all(nodes.Name) if each.ctx == "store"}
        takes = meta.find_undeclared_variables(template) - EVERYWHERE - own
        assert _words(cells[0]) == takes, f"{folder}/{name}"


def test_every_partial_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in BEACON.rglob("*.html")]
    used = {name for text in texts for name in re.findall(r'"partials/([\w-]+\.html)"', text)}
    on_demand = {f"home-{name}.html" for name in yaml.safe_load((BEACON / "theme.yaml").read_text())["settings"]["home"]["default"]}
    assert _files("partials") == used | on_demand


def test_every_setting_is_listed() -> None:
    declared = yaml.safe_load((BEACON / "theme.yaml").read_text(encoding="utf-8"))["settings"]
    assert set(_table("Settings")) == set(declared)


def test_every_token_is_listed() -> None:
    css = (BEACON / "assets/site.css").read_text(encoding="utf-8")
    layer = css[css.index("@layer tokens {") : css.index("@layer base {")]
    named = set(re.findall(r"--[a-z0-9-]+(?=:)", layer))
    assert {name for row in _table("Tokens") for name in row.replace("`", "").split(", ")} == named


def test_both_catalogs_have_the_same_words() -> None:
    zh, en = (yaml.safe_load((BEACON / f"messages/{code}.yaml").read_text(encoding="utf-8")) for code in ("zh", "en"))
    assert set(zh) == set(en)
