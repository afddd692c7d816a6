"""An edit of a template: pages are made again from what is remembered, and are those of a clean build."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from rebuild.compare import RACY, clean, replace_everywhere
from rebuild.course import begin
from rebuild.sites import Project, tree

import sitegen.build.remake as remake
import sitegen.build.stats as stats
import sitegen.build.workers as workers
from sitegen.build.publish import publish
from sitegen.build.summary import Summary

STORIES, EVENTS = "themes/plain/news.html", "themes/plain/event.html"
DYNAMIC = 1  # a page with an include whose name is found at render, so that it may show any template


@pytest.fixture(params=["a few", "in bulk", "in bulk, two processes", "in bulk, two processes started anew"])
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A site that was built, and templates that the whole site is not needed for: there is nobody to relate it."""
    project = begin(tmp_path / "site")
    project.write("templates/messages/zh.yaml", "story.spare: 备\n")
    replace_everywhere(monkeypatch, stats, "RACY", RACY)
    build(project)
    if request.param != "a few":
        monkeypatch.setattr(remake, "_MANY", 0)
    if "two" in request.param:
        monkeypatch.setattr(workers, "WORTH_FORKING", 2)
    if "anew" in request.param:
        monkeypatch.setattr(workers, "can_fork", lambda: False)
        monkeypatch.setattr(workers, "SPAWNING_COSTS", 1)
    monkeypatch.delattr("sitegen.build.pipeline.build")
    return project


def build(project: Project) -> Summary:
    """When no file is so young any more that it may change again unseen."""
    time.sleep(RACY / 1e9)
    return publish(replace(project.options, jobs=2))


def edited(project: Project, name: str, old: str, new: str) -> Summary:
    """The build after an edit."""
    text = project.read(name)
    assert old in text
    project.write(name, text.replace(old, new, 1))
    return build(project)


def stories(project: Project) -> int:
    paths = [path for path in tree(project.public) if re.fullmatch(r"news/20\d\d/\w+/index\.html", path)]
    return len([path for path in paths if "/gone/" not in path])  # whose page says why it is gone


def test_pages_are_those_of_a_clean_build(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert edited(project, STORIES, "<p>", "<p>another ").written == stories(project)
    assert edited(project, EVENTS, "<ul>", "<ol>").written == 1
    assert build(project).written == 0
    monkeypatch.undo()
    assert tree(project.public) == clean(project).files


def test_only_pages_of_the_template_edited_last_are_made_again(project: Project) -> None:
    edited(project, STORIES, "<p>", "<p>another ")
    assert edited(project, EVENTS, "<ul>", "<ol>").rendered == 1 + DYNAMIC
    assert edited(project, STORIES, "another ", "").rendered == stories(project) + DYNAMIC


def test_an_edit_that_no_page_shows_writes_nothing(project: Project) -> None:
    summary = edited(project, STORIES, "{% block main %}", "{# to do #}{% block main %}")
    assert (summary.rendered, summary.written) == (stories(project) + DYNAMIC, 0)


def test_a_template_may_ask_for_what_others_have_asked_for(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    edited(project, STORIES, "<p>", "<p>{{ site.title }} {{ page.word_count }} ")
    monkeypatch.undo()
    assert tree(project.public) == clean(project).files


def test_after_it_an_edit_of_a_text_is_as_quick(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    edited(project, STORIES, "<p>", "<p>another ")
    assert edited(project, "content/news/s5.zh.md", "后文", "新的后文").written >= 1
    monkeypatch.undo()
    assert tree(project.public) == clean(project).files


def test_a_text_may_be_edited_with_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    text = project.read("content/news/s5.zh.md")
    project.write("content/news/s5.zh.md", text.replace("后文", "新的后文"))
    assert edited(project, STORIES, "<p>", "<p>another ").written > stories(project)
    monkeypatch.undo()
    assert tree(project.public) == clean(project).files


def test_a_source_that_was_young_in_the_build_before_is_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It could have changed again without a sign of it."""
    project.write("content/news/s5.zh.md", project.read("content/news/s5.zh.md").replace("后文", "前言"), young=True)
    publish(project.options)
    project.write("content/news/s5.zh.md", project.read("content/news/s5.zh.md").replace("前言", "言前"), young=True)
    assert edited(project, STORIES, "<p>", "<p>another ").written > stories(project)
    monkeypatch.undo()
    assert tree(project.public) == clean(project).files


def test_what_only_the_whole_site_can_tell_is_asked_of_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the quick way there is no trace then."""
    before = tree(project.public)
    with pytest.raises(ImportError):
        edited(project, STORIES, "<p>", "<p>{% for each in page.related %}{{ each.title }}{% endfor %}")
    assert tree(project.public) == before
    monkeypatch.undo()
    build(project)
    assert tree(project.public) == clean(project).files


def test_what_nobody_has_asked_for_before_is_known_afterwards(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later build that looks at every fact finds none of these changed."""
    edited(project, STORIES, "<p>", '<p>{{ t("story.spare") }} ')
    monkeypatch.undo()
    replace_everywhere(monkeypatch, stats, "RACY", RACY)
    project.write("data/never.yaml", "a: 1\n")
    assert build(project).rendered == 0
    assert tree(project.public) == clean(project).files
