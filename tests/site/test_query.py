"""What a template asks of a site: where, sort, limit, upcoming, past, groups."""

from __future__ import annotations

import pytest
from conftest import Workshop
from samples import entry, story

CHAPTER = "type: regional\nstatus: active"
ROW = "{{ item.id.split('/')[1] }} "
EACH = "{% for item in QUERY %}" + ROW + "{% endfor %}"
WHEN = "{% for item in QUERY %}{{ item.id.split('/')[1] }}@{{ item.start | date('iso') }} {% endfor %}"
SITE = (
    entry("chapters/hangzhou", f"title: 杭州\n{CHAPTER}")
    + entry("chapters/xian", f"title: 西安\n{CHAPTER}\nweight: -1")
    + entry("chapters/lake", f"title: 西湖\n{CHAPTER}\nparent: hangzhou")
    + entry("chapters/dormant", "title: 安静\ntype: overseas\nstatus: dormant\nparent: chapters/hangzhou")
    + story("a", "chapters: [hangzhou]\ntags: [music]", date="2024-05-01", section="media")
    + story("b", "chapters: [xian, hangzhou]\nweight: 2\npin_until: 2027-01-01", date="2025-05-01", section="media")
    + story("c", "chapters: [chapters/xian]\nweight: 1\npin_until: 2026-01-01", date="2026-05-01")
    + story("d", "status: draft", date="2026-06-01")
    + story("e.en", "title: English", date="2026-07-01")
    # NOW is 12:00 on 22 November 2026.
    + entry("events/over", "title: Over\nstart: 2026-11-22 09:00\nend: 2026-11-22 12:00\nchapters: [xian]")
    + entry("events/running", "title: Running\nstart: 2026-11-22 09:00\nend: 2026-11-22 12:01\nchapters: [xian]")
    + entry("events/today", "title: Today\nstart: 2026-11-22\nall_day: true")
    + entry("events/yesterday", "title: Yesterday\nstart: 2026-11-20\nend: 2026-11-21\nall_day: true\nchapters: [hangzhou]")
    + entry("events/weekly", "title: Weekly\nstart: 2026-11-01 08:00\nend: 2026-11-01 09:00\nrrule: FREQ=WEEKLY;COUNT=5")
    + entry("events/finished", "title: Finished\nstart: 2026-10-01 08:00\nend: 2026-10-01 09:00\nrrule: FREQ=WEEKLY;COUNT=3")
    + entry("events/honolulu", "title: H\ntimezone: Pacific/Honolulu\nstart: 2026-11-21\nall_day: true")
    + entry("people/lin", "name: 林样本")
)  # fmt: skip
PROBES = {
    "all news, newest first": (EACH, "site.news", "c b a"),
    "where, a list that has it": (EACH, "site.news.where(chapters='hangzhou')", "b a"),
    "where, the field in the singular": (EACH, "site.news.where(chapter='xian')", "c b"),
    "where, a full id": (EACH, "site.news.where(chapters='chapters/xian')", "c b"),
    "where, an entry": (EACH, "site.news.where(chapters=site.get('chapter:xian'))", "c b"),
    "where, a word": (EACH, "site.news.where(section='media')", "b a"),
    "where, a tag": (EACH, "site.news.where(tags='music')", "a"),
    "where, two conditions": (EACH, "site.news.where(chapters='hangzhou', section='media')", "b a"),
    "where, one after the other": (EACH, "site.news.where(chapters='xian').where(section='media')", "b"),
    "where, nothing found": (EACH, "site.news.where(chapters='nowhere')", ""),
    "where, a year": (EACH, "site.news.where(year=2025)", "b"),
    "where, a year of events": (EACH, "site.events.where(year=2025)", ""),
    "where, a reference": (EACH, "site.chapters.where(parent='hangzhou')", "dormant lake"),
    "where, no value": (EACH, "site.news.where(pin_until=none)", "a"),
    "where after upcoming": (EACH, "site.events.upcoming().where(chapters='xian')", "running"),
    "sort by a field": (EACH, "site.news.sort('date')", "a b c"),
    "sort descending": (EACH, "site.news.sort('-title')", "c b a"),
    "sort by weight": (EACH, "site.news.sort('weight')", "a c b"),
    "sort by several": (EACH, "site.chapters.sort('type,-title')", "dormant lake xian hangzhou"),
    "sort by a field that few have": (EACH, "site.news.sort('pin_until')", "c b a"),
    "sort by pinyin": (EACH, "site.chapters.sort('title')", "dormant hangzhou xian lake"),
    "chapters by weight, then name": (EACH, "site.chapters", "xian dormant hangzhou lake"),
    "limit": (EACH, "site.news.limit(2)", "c b"),
    "limit beyond the end": (EACH, "site.news.limit(99)", "c b a"),
    "offset": (EACH, "site.news.offset(1)", "b a"),
    "a page in the middle": (EACH, "site.news.offset(1).limit(1)", "b"),
    "sorted, then cut": (EACH, "site.news.sort('date').limit(1)", "a"),
    "pinned": (EACH, "site.news.pinned()", "b"),
    "upcoming, soonest first": (
        WHEN,
        "site.events.upcoming()",
        "honolulu@2026-11-21 today@2026-11-22 running@2026-11-22T09:00:00+08:00 weekly@2026-11-29T08:00:00+08:00",
    ),
    "past, latest first": (
        WHEN,
        "site.events.past()",
        "over@2026-11-22T09:00:00+08:00 yesterday@2026-11-20 finished@2026-10-15T08:00:00+08:00",
    ),
    "upcoming of a chapter": (EACH, "site.get('chapter:xian').events.upcoming()", "running"),
    "past of a chapter, cut": (EACH, "site.events.where(chapter='hangzhou').past().limit(5)", "yesterday"),
    "children of a chapter": (EACH, "site.get('chapter:hangzhou').children", "dormant lake"),
    "news of a chapter": (EACH, "site.get('chapter:hangzhou').news", "b a"),
    "count": ("{{ QUERY.count }} {{ QUERY | length }}", "site.news", "3 3"),
    "first": ("{{ QUERY.first.id }}", "site.news", "news/c"),
    "first of nothing": ("{{ QUERY.first }}", "site.projects", "None"),
    "an empty query is false": ("{{ 'some' if QUERY else 'none' }}", "site.projects", "none"),
    "groups by year": (
        "{% for each in QUERY %}{{ each.key }}:{{ each['items'] | length }} {% endfor %}",
        "site.news.group_by('year')",
        "2026:1 2025:1 2024:1",
    ),
    "groups by a field": (
        "{% for each in QUERY %}{{ each.key }}:{% for item in each['items'] %}" + ROW + "{% endfor %}{% endfor %}",
        "site.news.group_by('section')",
        "notices:c media:b a",
    ),
    "groups by a reference": (
        "{% for each in QUERY %}{{ each.key.title if each.key else '-' }}:{{ each['items'] | length }} {% endfor %}",
        "site.chapters.group_by('parent')",
        "-:2 杭州:2",
    ),
    "a query twice": ("{% set news = QUERY %}{{ news.limit(1).first.id }} {{ news.count }}", "site.news", "news/c 3"),
    "times of an event that are over": (
        "{% for each in QUERY.occurrences %}{{ 'over' if each.past else 'due' }} {% endfor %}",
        "site.get('event:weekly')",
        "over over over over due",
    ),
    "where, a reference that is absent": (EACH, "site.chapters.where(parent=none)", "xian hangzhou"),
    "where, a year of entries without dates": (EACH, "site.chapters.where(year=2026)", ""),
}


def probes(workshop: Workshop, wanted: dict[str, tuple[str, str, str]]) -> Workshop:
    """A page for each question, with a layout of its own that asks it."""
    files = ""
    for number, (template, query, _) in enumerate(wanted.values()):
        files += entry(f"pages/q{number}", f"title: Q{number}\nlayout: q{number}")
        files += f"-- templates/page-q{number}.html --\n{template.replace('QUERY', query)}\n"
    return workshop.write(SITE + files)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    workshop = probes(Workshop(tmp_path_factory.mktemp("query")), PROBES)
    workshop.build()
    return {name: workshop.read(f"q{number}/index.html").strip() for number, name in enumerate(PROBES)}


@pytest.mark.parametrize("name", PROBES)
def test_a_query_finds(answers: dict[str, str], name: str) -> None:
    assert answers[name] == PROBES[name][2]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("site.news.where(colour='red')", "colour"),
        ("site.newz", "newz"),
        ("site.news.shuffled()", "shuffled"),
    ],
)
def test_a_question_that_makes_no_sense_is_an_error_at_the_template(workshop: Workshop, query: str, message: str) -> None:
    problems = probes(workshop, {"": ("<p>one</p>\n" + EACH, query, "")}).problems()
    assert len(problems) == 1
    assert problems[0].startswith("templates/page-q0.html:2:1: E04")
    assert message in problems[0]


def test_a_query_answers_in_the_language_of_the_page(workshop: Workshop) -> None:
    files = entry("pages/q.en", "title: Q\nlayout: q") + f"-- templates/page-q.html --\n{EACH.replace('QUERY', 'site.news')}\n"
    workshop.write(SITE + files).build()
    assert workshop.read("en/q/index.html").strip() == "e"
