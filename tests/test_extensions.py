"""A site's own kind: declared in Python, written in Markdown, drawn by its own template."""

from __future__ import annotations

import sys

import pytest
from conftest import CONFIG, Workshop

CLIPPING = """
-- clippings_of_ours.py --
from sitegen.content.date_fields import Moment
from sitegen.content.fields import Text
from sitegen.content.kind import Kind

KINDS = (
    Kind(name="clipping", folder="clippings", plural="clippings", own={"paper": Text(), "seen": Moment()},
         required=("title", "paper"), permalink="/clippings/{slug}/", order=("-seen", "id")),
)
-- content/clippings/a.zh.md --
---
title: 剪报
paper: 样例日报
seen: 2026-01-02
---
正文
-- templates/clipping.html --
<h1>{{ page.title }}</h1><p>{{ page.paper }}, {{ page.seen | date("iso") }}</p>{{ page.content }}
-- templates/clipping-list.html --
<ul>{% for item in site.clippings %}<li><a href="{{ item.url }}">{{ item.title }}</a></li>{% endfor %}</ul>
-- templates/messages/zh.yaml --
nav.clippings: 剪报
-- templates/messages/en.yaml --
nav.clippings: Clippings
"""


@pytest.fixture(autouse=True)
def forget_module() -> None:
    sys.modules.pop("clippings_of_ours", None)


def test_a_kind_of_the_sites_own(workshop: Workshop) -> None:
    workshop.write(f"-- config.yaml --\n{CONFIG}extensions: [clippings_of_ours]\n{CLIPPING}")
    workshop.build()
    assert workshop.read("clippings/a/index.html") == "<h1>剪报</h1><p>样例日报, 2026-01-02</p><p>正文</p>\n"
    assert '<a href="/clippings/a/">剪报</a>' in workshop.read("clippings/index.html")


def test_its_fields_are_checked_like_any(workshop: Workshop) -> None:
    workshop.write(f"-- config.yaml --\n{CONFIG}extensions: [clippings_of_ours]\n{CLIPPING}")
    workshop.write("-- content/clippings/a.zh.md --\n---\ntitle: 剪报\npapr: x\n---\n")
    assert workshop.problems() == [
        "content/clippings/a.zh.md:2:1: E013: paper is missing: every clipping needs it",
        "content/clippings/a.zh.md:3:1: E010: unknown key papr",
    ]


def test_an_extension_that_fails_is_named(workshop: Workshop) -> None:
    workshop.write(f"-- config.yaml --\n{CONFIG}extensions: [not_there_at_all]\n")
    assert workshop.problems() == [
        "config.yaml:5:13: E051: the extension not_there_at_all failed: No module named 'not_there_at_all'"
    ]
