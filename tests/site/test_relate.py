"""How entries find each other: references, backlinks, neighbours, terms, translations, parents."""

from __future__ import annotations

import pytest
from conftest import Workshop
from samples import entry, facts, load, story

CHAPTER = "title: Chapter\ntype: regional\nstatus: active"
EVENT = "title: Event\nstart: 2026-11-20 09:00\nend: 2026-11-20 10:00"
FEATURE = "title: Feature\ndate: 2026-11-01\nform: essay"
ROLL = "title: Roll\ntype: volunteers"
PROJECT = "title: Project\ncategory: fund\nstate: open\nrecipient_org: Sample Foundation"
ENTRIES = (
    entry("chapters/hangzhou", CHAPTER)
    + entry("events/forum", EVENT)
    + entry("people/lin", "name: 林样本")
    + entry("projects/fund", PROJECT)
    + entry("honors/annual", ROLL)
    + entry("features/essay", FEATURE)
    + story("forum-news")
)
# Where an entry may name another: the source with NAME for the id, and what it names.
PLACES = {
    "news.chapters": (story("x", "chapters: [NAME]"), "chapters/hangzhou"),
    "news.events": (story("x", "events: [NAME]"), "events/forum"),
    "news.people": (story("x", "people: [NAME]"), "people/lin"),
    "news.projects": (story("x", "projects: [NAME]"), "projects/fund"),
    "feature.subjects": (entry("features/x", f"{FEATURE}\nsubjects: [{{person: NAME, consent: file 7}}]"), "people/lin"),
    "event.chapters": (entry("events/x", f"{EVENT}\nchapters: [NAME]"), "chapters/hangzhou"),
    "event.people": (entry("events/x", f"{EVENT}\npeople: [NAME]"), "people/lin"),
    "event.speakers": (entry("events/x", f"{EVENT}\nspeakers: [{{person: NAME}}]"), "people/lin"),
    "event.recap, a story": (entry("events/x", f"{EVENT}\nrecap: NAME"), "news/forum-news"),
    "event.recap, a feature": (entry("events/x", f"{EVENT}\nrecap: NAME"), "features/essay"),
    "chapter.parent": (entry("chapters/x", f"{CHAPTER}\nparent: NAME"), "chapters/hangzhou"),
    "chapter.officers": (entry("chapters/x", f"{CHAPTER}\nofficers: [{{role: 会长, name: 林样本, person: NAME}}]"), "people/lin"),
    "roll.person": (entry("honors/x", f"{ROLL}\nentries: [{{id: a, person: NAME}}]"), "people/lin"),
    "roll.chapter": (entry("honors/x", f"{ROLL}\nentries: [{{id: a, name: A, chapter: NAME}}]"), "chapters/hangzhou"),
    "roll.project": (entry("honors/x", f"{ROLL}\nentries: [{{id: a, name: A, project: NAME}}]"), "projects/fund"),
    "roll.story": (entry("honors/x", f"{ROLL}\nentries: [{{id: a, name: A, story: NAME}}]"), "features/essay"),
    "project.raised": (entry("projects/x", f"{PROJECT}\nraised: {{as_of: 2026-01-01, from_roll: NAME}}"), "honors/annual"),
    "a block of people": (story("x", body=":::people{ids=NAME}\n:::"), "people/lin"),
    "a block of events": (story("x", body=":::events{chapter=NAME}\n:::"), "chapters/hangzhou"),
    "a block of a roll": (story("x", body=":::honor-roll{id=NAME}\n:::"), "honors/annual"),
}
LINKS = {
    "by kind": "[x](event:NAME)",
    "by path": "[x](../events/NAME.md)",
    "with a part of the page": "[x](event:NAME#agenda)",
    "in a list": "- one\n- [x](event:NAME)",
    "in a table": "| a |\n|---|\n| [x](event:NAME) |",
    "in a quotation": "> [x](event:NAME)",
    "in a block": ":::quote\n[x](event:NAME)\n:::",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_reference_to_an_entry_that_exists_is_a_backlink_there(workshop: Workshop, place: str) -> None:
    source, target = PLACES[place]
    site = load(workshop, ENTRIES + source.replace("NAME", target.partition("/")[2])).site
    linking = {address.id for address, ids in site.backlinks.items() if any(each.endswith("/x") for each in ids)}
    assert linking == {target}


@pytest.mark.parametrize("place", PLACES)
def test_a_reference_that_leads_nowhere_is_an_error_at_its_place(workshop: Workshop, place: str) -> None:
    source, target = PLACES[place]
    wrong = target.partition("/")[2][:-1] + "q"
    text = source.replace("NAME", wrong)
    line = next(number for number, line in enumerate(text.split("\n")) if wrong in line)
    found = [problem for problem in workshop.write(ENTRIES + text).problems() if "E021" in problem]
    assert len(found) == 1
    assert f"/x.md:{line}:" in found[0]
    assert f"names {wrong}, which is not in content/" in found[0]


@pytest.mark.parametrize("place", ["news.chapters", "event.recap, a feature", "roll.person", "chapter.parent"])
def test_a_reference_may_name_the_folder_too(workshop: Workshop, place: str) -> None:
    source, target = PLACES[place]
    site = load(workshop, ENTRIES + source.replace("NAME", target)).site
    assert {address.id for address, ids in site.backlinks.items() if any(each.endswith("/x") for each in ids)} == {target}


@pytest.mark.parametrize("form", LINKS)
def test_a_link_in_a_text_is_checked_and_is_a_backlink(workshop: Workshop, form: str) -> None:
    linking = ENTRIES + story("x", body=LINKS[form].replace("NAME", "forum"))
    assert facts(workshop, linking).fetch(("backlinks", "events/forum", "zh")) == ("news/x",)
    broken = workshop.write(story("x", body=LINKS[form].replace("NAME", "forun"))).problems()
    assert len(broken) == 1
    assert "E021" in broken[0]


def test_a_wrong_name_gets_the_nearest_one_as_a_hint(workshop: Workshop) -> None:
    loaded = workshop.write(ENTRIES + story("x", "chapters: [hangzou]"))
    with pytest.raises(Exception, match="hangzou") as caught:
        loaded.build()
    assert [problem.hint for problem in caught.value.problems] == ["did you mean hangzhou?"]  # type: ignore[attr-defined]


HIDDEN = {"draft": "status: draft", "embargo": "publish_date: 2027-01-01", "expired": "expiry_date: 2026-01-01"}


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN)
def test_a_reference_to_a_hidden_entry_is_no_error_and_shows_nothing(workshop: Workshop, fields: str) -> None:
    files = (
        story("secret-story", fields)
        + entry("events/secret-event", f"{EVENT}\n{fields}")
        + entry("people/secret-person", f"name: Secret Person\n{fields}")
        + story("x", "events: [secret-event]\npeople: [secret-person]", "[A](news:secret-story) [B](event:secret-event)")
        + entry("pages/y", "title: Y", ":::people{ids=secret-person}\n:::\n\n:::events{limit=3}\n:::")
    )
    workshop.write(files).build()
    pages = workshop.read("news/2026/x/index.html") + workshop.read("y/index.html") + workshop.read("sitemap.xml")
    assert "ecret" not in pages
    assert ">A<" in pages


def test_a_block_of_a_hidden_roll_shows_nothing(workshop: Workshop) -> None:
    files = entry("honors/secret", f"{ROLL}\nstatus: draft") + entry("pages/y", "title: Y", ":::honor-roll{id=secret}\n:::")
    assert workshop.write(files).problems() == []
    assert "secret" not in workshop.read("y/index.html")


def test_hidden_entries_link_to_nothing(workshop: Workshop) -> None:
    files = ENTRIES + story("x", "events: [forum]\nstatus: draft") + story("y", "events: [forum]")
    assert facts(workshop, files).fetch(("backlinks", "events/forum", "zh")) == ("news/y",)


def test_a_draft_translation_links_to_nothing(workshop: Workshop) -> None:
    files = ENTRIES + story("x.zh") + entry("news/x.en", "title: X\nstatus: draft", "[soon](event:forum)")
    assert facts(workshop, files).fetch(("backlinks", "events/forum", "zh")) == ()


def test_backlinks_stand_both_ways_in_the_order_of_their_kinds(workshop: Workshop) -> None:
    files = (
        ENTRIES
        + story("older", "chapters: [hangzhou]", date="2026-01-01")
        + story("newer", "chapters: [hangzhou]\nevents: [forum]", "again [the chapter](chapter:hangzhou)", date="2026-02-01")
        + entry("events/x", f"{EVENT}\nchapters: [hangzhou]\nrecap: newer")
    )
    fetch = facts(workshop, files).fetch
    assert fetch(("backlinks", "chapters/hangzhou", "zh")) == ("news/newer", "news/older", "events/x")
    assert fetch(("backlinks", "news/newer", "zh")) == ("events/x",)
    assert fetch(("backlinks", "events/forum", "zh")) == ("news/newer",)
    assert fetch(("backlinks", "news/older", "zh")) == ()


def test_backlinks_stay_within_a_language(workshop: Workshop) -> None:
    files = (
        entry("chapters/hangzhou.zh", CHAPTER)
        + entry("chapters/hangzhou.en", "title: Hangzhou")
        + story("both.zh", "chapters: [hangzhou]", date="2026-02-01")
        + entry("news/both.en", "title: Both")
        + story("chinese.zh", "chapters: [hangzhou]", date="2026-01-01")
    )
    fetch = facts(workshop, files).fetch
    assert fetch(("backlinks", "chapters/hangzhou", "zh")) == ("news/both", "news/chinese")
    assert fetch(("backlinks", "chapters/hangzhou", "en")) == ("news/both",)


def test_neighbours_are_the_older_and_the_newer(workshop: Workshop) -> None:
    days = {"c": "2026-03-01", "a": "2026-01-01", "d": "2026-03-01 08:00", "b": "2026-02-01"}
    files = "".join(story(name, date=day) for name, day in days.items()) + story("hidden", "status: draft", date="2026-02-02")
    fetch = facts(workshop, files).fetch
    chain = {name: fetch(("near", f"news/{name}", "zh")) for name in days}
    assert chain == {
        "a": (None, "news/b"),
        "b": ("news/a", "news/c"),
        "c": ("news/b", "news/d"),
        "d": ("news/c", None),
    }


def test_related_shares_the_most_terms_newest_first_and_at_most_four(workshop: Workshop) -> None:
    files = (
        story("subject", "tags: [a, b]\ntopics: [t]")
        + story("three", "tags: [b, a]\ntopics: [t]", date="2020-01-01")
        + story("two", "tags: [a]\ntopics: [t]", date="2020-01-01")
        + "".join(story(f"one-{year}", "tags: [a]", date=f"{year}-01-01") for year in (2021, 2024, 2022))
        + story("none", "tags: [c]", date="2026-11-20")
        + story("draft", "tags: [a, b]\nstatus: draft")
        + entry("events/forum", f"{EVENT}\ntags: [a, b]\ntopics: [t]")
        + entry("features/essay", f"{FEATURE}\ntags: [b]\ntopics: [t]")
    )
    related = facts(workshop, files).fetch(("related", "news/subject", "zh"))
    assert related == ("news/three", "features/essay", "news/two", "news/one-2024")


def test_terms_list_what_may_be_seen_newest_first(workshop: Workshop) -> None:
    files = (
        story("old.zh", "tags: [music, music, 西迁]", date="2025-01-01")
        + entry("news/old.en", "title: Old")
        + story("new", "tags: [music]", date="2026-01-01")
        + story("secret", "tags: [music, secret]\nstatus: draft")
        + entry("events/forum", f"{EVENT}\ntags: [music]")
    )
    fetch = facts(workshop, files).fetch
    assert fetch(("terms", "tags", "zh")) == (("music", 3), ("西迁", 1))
    assert fetch(("terms", "tags", "en")) == (("music", 1), ("西迁", 1))
    assert fetch(("term", "tags", "music", "zh")) == ("events/forum", "news/new", "news/old")
    assert fetch(("terms", "topics", "zh")) == ()
    assert fetch(("term", "tags", "secret", "zh")) == ()


@pytest.mark.parametrize(
    "second",
    [
        entry("news/a.zh", "title: A\ndate: 2026-01-01\nsection: notices"),
        entry("news/a/index", "title: A\ndate: 2026-01-01\nsection: notices"),
        "-- content/news/a.yaml --\ntitle: A\ndate: 2026-01-01\nsection: notices\n",
        "-- content/news/b.yaml --\nid: a\ntitle: A\ndate: 2026-01-01\nsection: notices\n",
        "-- content/news/b.yaml --\nid: news/a\ntitle: A\ndate: 2026-01-01\nsection: notices\n",
        entry("pages/a", "kind: news\nid: a\ntitle: A\ndate: 2026-01-01\nsection: notices"),
    ],
    ids=["the default language named", "a bundle", "another suffix", "by id", "by full id", "from another folder"],
)
def test_an_id_belongs_to_one_source_in_each_language(workshop: Workshop, second: str) -> None:
    problems = workshop.write(story("a") + second).problems()
    assert [problem.split(": ")[1] for problem in problems] == ["E020"]
    assert "news/a (zh) is already in content/news/a" in problems[0]


def chapters(*parents: str) -> str:
    """Chapters in a string such as "a>b": a, whose parent is b."""
    pairs = [each.partition(">")[::2] for each in parents]
    return "".join(entry(f"chapters/{name}", CHAPTER + (f"\nparent: {parent}" if parent else "")) for name, parent in pairs)


@pytest.mark.parametrize(
    ("parents", "loops"),
    [
        (["a", "b>a", "c>b", "d>b"], []),
        (["a>a"], ["a → a"]),
        (["a>b", "b>a"], ["a → b → a"]),
        (["a>b", "b>c", "c>a"], ["a → b → c → a"]),
        (["x>y", "y>b", "b>c", "c>b"], ["b → c → b"]),
        (["a>b", "b>a", "c>d", "d>c"], ["a → b → a", "c → d → c"]),
    ],
)
def test_a_chapter_is_not_its_own_ancestor(workshop: Workshop, parents: list[str], loops: list[str]) -> None:
    problems = workshop.write(chapters(*parents)).problems()
    assert [problem.partition("circle: ")[2].replace("chapters/", "") for problem in problems] == loops
    assert all(" E022: " in problem for problem in problems)


@pytest.mark.parametrize(
    ("degree", "expected"),
    [
        ("entry: 1998, graduation: 2002", []),
        ("entry: 1998", []),
        ("graduation: 2003", ["degrees[1].graduation is 2003, and ee-1998 has 2002"]),
        (
            "entry: 1999, graduation: 2003",
            ["degrees[1].entry is 1999, and ee-1998 has 1998", "degrees[1].graduation is 2003, and ee-1998 has 2002"],
        ),
    ],
    ids=["the same", "one of them", "another graduation", "other years"],
)
@pytest.mark.parametrize("shown", ["", "status: draft\n"], ids=["shown", "a draft"])
def test_a_degree_and_its_cohort_do_not_contradict_each_other(
    workshop: Workshop, degree: str, expected: list[str], shown: str
) -> None:
    """Nothing is said of a cohort that is not shown, since nothing goes by it."""
    files = f"-- content/cohorts/ee-1998.yaml --\nsubject: 电气\nentry: 1998\ngraduation: 2002\n{shown}"
    person = f"name: 林示例\ndegrees: [{{level: bachelor, cohort: ee-1998, {degree}}}]"
    problems = workshop.write(files + f"\n-- content/people/lin-shili.yaml --\n{person}\n").problems()
    place = "content/people/lin-shili.yaml:2:37: W115"
    assert problems == ([] if shown else [f"{place}: {message}" for message in expected])
