"""What is remembered of the site is what the site would tell: a build that asks the memory asks nothing else."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import pytest
from rebuild.compare import replace_everywhere
from rebuild.course import COURSE, begin
from rebuild.sites import Project

import sitegen.build.stats as stats
from sitegen.build import codec
from sitegen.build.load import load_site
from sitegen.build.overview import overview
from sitegen.build.pipeline import build
from sitegen.build.publish import publish
from sitegen.build.recollection import NotRememberedError, Recollection
from sitegen.build.state import State
from sitegen.site.facts import LARGE, OWN, RELATIONS, Facts

REMEMBERED = OWN | RELATIONS


def test_of_every_fact_it_is_said_who_can_tell_it() -> None:
    source = inspect.getsource(Facts.__init__)
    assert set(re.findall(r'^            "(\w+)":', source, re.MULTILINE)) == REMEMBERED | LARGE
    assert not OWN & RELATIONS


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A site with something of everything that the course of edits knows."""
    project = begin(tmp_path_factory.mktemp("recollection") / "site")
    for name, step in COURSE.items():
        if not name.startswith("a build that fails"):
            step(project, lambda: None)
    yield project


@pytest.mark.parametrize("bulk", [False, True])
def test_every_fact_that_outputs_read_is_remembered_as_it_is(project: Project, bulk: bool) -> None:
    options = project.options
    build(options)
    loaded = load_site(options)
    facts = Facts(loaded.site, loaded.theme, loaded.library, overview(loaded.site, loaded.outputs))
    state = State(options.root, options.destination)
    memory = state.read()
    asked = (state, {}, loaded.config, options.now, options.policy, loaded.theme, loaded.library)
    recollection = Recollection(*asked, bulk=bulk)
    keys = [codec.load_key(key) for key, _ in memory.facts.values()]
    compared = [key for key in keys if key[0] in REMEMBERED]
    for key in compared:
        wanted, found = facts.fetch(key), recollection.fetch(key)
        assert codec.digest(found) == codec.digest(wanted), key
        if key[0] not in ("body", "term"):
            assert type(found) is type(wanted), key
    assert {key[0] for key in compared} >= RELATIONS - {"years", "months", "languages"}
    state.close()


def test_what_nobody_asked_for_is_not_made_up(project: Project) -> None:
    options = project.options
    build(options)
    loaded = load_site(options)
    state = State(options.root, options.destination)
    recollection = Recollection(state, {}, loaded.config, options.now, options.policy, loaded.theme, loaded.library)
    for key in (("list", "news", "zh", ("limit", 977)), ("files", "pages"), ("a fact of tomorrow",)):
        with pytest.raises(NotRememberedError):
            recollection.fetch(key)
    state.close()


def test_an_edited_text_asks_for_nothing_else(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole site is not related again: the build that would do it is not there."""
    replace_everywhere(monkeypatch, stats, "RACY", 0)
    publish(project.options)
    name = "content/news/s4.zh.md"
    project.write(name, project.read(name) + "\n又一段。\n")
    monkeypatch.delattr("sitegen.build.pipeline.build")
    assert publish(project.options).written >= 1
    assert publish(project.options).written == 0
