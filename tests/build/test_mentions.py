"""Mentions from the source to the output: names, classes, links, who may not be named, and what is told of it."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest
from conftest import Workshop
from outcome import Run
from samples import entry, facts, plain, story

from sitegen.build.publish import publish
from sitegen.site.visibility import Policy

UNIT = "unit: {zh: 电气工程学院, en: School of EE}, unit_short: {zh: 电气, en: EE}"
DEGREES = f"degrees: [{{level: bachelor, {UNIT}, entry: 1998, graduation: 2002}}]"
LIN = f"-- content/people/lin-shili.yaml --\nname: {{zh: 林示例, en: Lin Shili}}\n{DEGREES}\n"
LINK = '<a href="/people/lin-shili/">林示例</a>'
EN = '<a href="/en/people/lin-shili/">Lin Shili</a>'
COHORT = """
-- content/cohorts/ee-1998.yaml --
subject: {zh: 电气, en: Electrical Engineering}
code: EE
entry: 1998
graduation: 2002
"""


def prose(workshop: Workshop, path: str = "news/2026/a/index.html") -> str:
    """The first paragraph of the text."""
    return re.findall(r"<p>((?:(?!<p>).)*?)</p>", workshop.read(path), re.DOTALL)[0]


def person(fields: str = "", more: str = "") -> str:
    return LIN.rstrip("\n") + "\n" + fields + "\n" + more


@pytest.mark.parametrize(
    ("config", "language", "expected"),
    [
        ("", "zh", f"昨天{LINK}（电气1998级）说，{LINK}又说"),
        ("", "en", f"{EN} EE ’02 said"),
        ("""cohorts: {short: [{en: "’{graduation_yy}"}]}\n""", "en", f"{EN} ’02 said"),
        ('cohorts: {short: [{en: "{code} {graduation}"}]}\n', "en", f"{EN} (EE 2002) said"),
        ('cohorts: {short: [{en: "{code} {graduation}"}]}\n', "zh", f"昨天{LINK}（电气1998级）说，{LINK}又说"),
        ('cohorts: {short: [{zh: "{subject}{graduation}届"}]}\n', "zh", f"昨天{LINK}（电气2002届）说，{LINK}又说"),
        ('cohorts: {short: [{zh: ""}]}\n', "zh", f"昨天{LINK}说，{LINK}又说"),
    ],
    ids=["zh", "en", "en: two digits", "en: graduation", "en alone", "zh: graduation", "zh: nothing"],
)
def test_a_person_is_named_with_the_class_of_the_language(workshop: Workshop, config: str, language: str, expected: str) -> None:
    plain(workshop, config).write(
        LIN + story("a", body="昨天@lin-shili说，@lin-shili又说") + entry("news/a.en", "title: A", "@lin-shili said")
    ).build()
    assert prose(workshop, f"{'' if language == 'zh' else 'en/'}news/2026/a/index.html") == expected


@pytest.mark.parametrize(
    ("config", "zh", "en"),
    [
        ("", "（电气1998级）", " EE ’02"),
        ('cohorts: {short: [{zh: "{subject}{graduation}届", en: "{code} {graduation}"}]}\n', "（电气2002届）", " (EE 2002)"),
        ('cohorts: {short: ["{subject} {entry_yy}"]}\n', "（电气 98）", " Electrical Engineering 98"),
    ],
    ids=["usual", "own", "one for all languages"],
)
@pytest.mark.parametrize("years", ["", "entry: 1998, graduation: 2002, "], ids=["the years of the class", "its own too"])
def test_a_class_is_called_in_texts_as_on_its_page(workshop: Workshop, config: str, zh: str, en: str, years: str) -> None:
    """Whatever the degree itself calls its unit."""
    degree = f"degrees: [{{level: bachelor, {years}unit_short: {{zh: 电工, en: ELE}}, cohort: ee-1998}}]"
    plain(workshop, config).write(COHORT + LIN.replace(DEGREES, degree) + story("a", body="@lin-shili"))
    workshop.write(entry("news/a.en", "title: A", "@lin-shili")).build()
    for prefix, link, expected in (("", LINK, zh), ("en/", EN, en)):
        assert prose(workshop, f"{prefix}news/2026/a/index.html") == link + expected
        page = workshop.read(f"{prefix}cohorts/ee-1998/index.html")
        assert f"<p>{expected.strip(' （）()')} 1998 2002</p>" in page


def test_a_class_that_is_not_shown_is_called_by_the_degree(workshop: Workshop) -> None:
    """Also one that has no version in the language, so that no Chinese stands in an English text."""
    degree = DEGREES.replace("}]", ", cohort: ee-1998}]")
    plain(workshop).write(COHORT.replace("subject: {zh: 电气", "subject: {zh: 秘") + LIN.replace(DEGREES, degree))
    workshop.write(story("a", body="@lin-shili") + entry("news/a.en", "title: A", "@lin-shili")).build()
    assert prose(workshop) == f"{LINK}（秘1998级）"
    workshop.write(COHORT + "status: draft").build()
    assert prose(workshop) == f"{LINK}（电气1998级）"
    (workshop.root / "content/cohorts/ee-1998.yaml").unlink()
    workshop.write(entry("cohorts/ee-1998.zh", "subject: 电子\nentry: 1998")).build()
    assert (prose(workshop), prose(workshop, "en/news/2026/a/index.html")) == (f"{LINK}（电子1998级）", f"{EN} EE ’02")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("", f"昨天{LINK}（电气1998级）说"),
        ("visibility: name-only", "昨天林示例说"),
        ("visibility: hidden", "昨天一位校友说"),
        ("status: withdrawn", "昨天一位校友说"),
        ("status: draft", "昨天一位校友说"),
        ("publish_date: 2026-11-23", "昨天一位校友说"),
        ("expiry_date: 2026-11-22", "昨天一位校友说"),
        ("minor: true\nguardian_consent: 柜一", f"昨天{LINK}（电气1998级）说"),
    ],
    ids=["public", "name only", "hidden", "withdrawn", "draft", "embargoed", "expired", "a minor with a guardian"],
)
def test_only_who_may_be_named_is_named(workshop: Workshop, fields: str, expected: str) -> None:
    """And the output knows neither name nor id of anybody else, also where it knew them in the build before."""
    plain(workshop).write(LIN + story("a", body="昨天@lin-shili说")).build()
    report = workshop.write(person(fields)).build()
    assert prose(workshop) == expected
    said = [f"{problem.span}: {problem.code.value}" for problem in report.problems]
    unnamed = "一位校友" in expected
    assert said == (["content/news/a.md:7:3: W114"] if unnamed else [])
    told = "".join(f"{file} {content.decode()}" for file, content in workshop.files().items())
    assert ("林示例" in told, "lin-shili" in told) == (not unnamed, not unnamed and "name-only" not in fields)


def test_a_minor_who_is_mentioned_needs_a_guardian(workshop: Workshop) -> None:
    plain(workshop).write(person("minor: true") + story("a", body="@lin-shili"))
    assert workshop.problems() == ["content/people/lin-shili.yaml:3:8: E013: a minor who is named needs guardian_consent"]


def test_nothing_is_said_of_a_text_that_is_not_shown_itself(workshop: Workshop) -> None:
    plain(workshop).write(person("status: draft") + story("a", "status: draft", "@lin-shili"))
    assert workshop.problems() == []
    assert workshop.problems(policy=Policy(drafts=True)) == []
    assert LINK in workshop.read("news/2026/a/index.html")


@pytest.mark.parametrize(
    ("word", "error"),
    [
        ("lin-shilli", True), ("linshili", True), ("Lin-Shili", True), ("lin_shili", True), ("gu-fanli", True), ("home", False),
        ("weibo", False), ("XJTU_Alumni", False), ("media", False), ("2026", False), ("lin", False),
    ],
)  # fmt: skip
def test_a_wrong_id_is_told_and_other_words_stay_as_typed(workshop: Workshop, word: str, error: bool) -> None:
    plain(workshop).write(LIN + story("a", body=f"第一行\n见@{word} 。"))
    found = [f"content/news/a.md:8:2: E021: @{word} is nobody in content/people"] if error else []
    assert workshop.problems() == found
    if not error:
        assert f"见@{word} 。" in prose(workshop)


def test_somebody_of_that_name_who_comes_later_is_named(workshop: Workshop) -> None:
    plain(workshop).write(story("a", body="见@home。")).build()
    assert prose(workshop) == "见@home。"
    workshop.write("-- content/people/home.yaml --\nname: 侯默\n").build()
    assert prose(workshop) == '见<a href="/people/home/">侯默</a>。'


def test_mentions_work_in_every_text(workshop: Workshop) -> None:
    files = {
        "news/2026/n": entry("news/n", "title: N\ndate: 2026-11-01\nsection: notices", "@lin-shili"),
        "features/f": entry("features/f", "title: F\ndate: 2026-11-01\nform: essay", "@lin-shili"),
        "events/e": "-- content/events/e.yaml --\ntitle: E\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\nbody: 见@lin-shili\n",
        "chapters/c": entry("chapters/c", "title: C\ntype: regional\nstatus: active", "@lin-shili"),
        "people/gu": "-- content/people/gu.yaml --\nname: 顾范例\nbio: {zh: 与@lin-shili同班}\n",
        "projects/j": "-- content/projects/j.yaml --\ntitle: J\ncategory: a\nstate: open\nrecipient_org: b\nbody: 见@lin-shili\n",
        "p": entry("pages/p", "title: P", "@lin-shili"),
    }
    workshop.write(LIN + "".join(files.values())).build()
    for path in files:
        assert LINK in workshop.read(f"{path}/index.html"), path
    ids = ("news/n", "features/f", "events/e", "chapters/c", "people/gu", "projects/j", "pages/p")
    assert facts(workshop).fetch(("backlinks", "people/lin-shili", "zh")) == ids
    page = workshop.read("people/lin-shili/index.html")
    listed = page[page.index('id="mentioned"') : page.index("</article>")]
    assert re.findall(r'href="/(.*?)/"', listed) == list(files), "by kind, and each once"


def test_a_page_lists_fields_and_texts_together_the_newest_first(workshop: Workshop) -> None:
    workshop.write(
        LIN
        + story("old", "people: [lin-shili]", "@lin-shili和[他](person:lin-shili)", date="2024-05-01")
        + story("new", body="@lin-shili", date="2026-05-01")
        + story("mid", "people: [lin-shili]", date="2025-05-01")
        + story("draft", "status: draft", "@lin-shili")
        + story("gone", "status: withdrawn", "@lin-shili")
        + story("later", "publish_date: 2027-01-01", "@lin-shili")
        + entry("news/new.en", "title: New", "nobody")
    ).build()
    found = facts(workshop)
    assert found.fetch(("backlinks", "people/lin-shili", "zh")) == ("news/new", "news/mid", "news/old")
    assert found.fetch(("backlinks", "people/lin-shili", "en")) == (), "each language has texts of its own"
    assert found.fetch(("persons", "news/old", "zh")) == ("people/lin-shili",)
    story_page = workshop.read("news/2026/new/index.html")
    assert 'href="/people/lin-shili/"' in story_page[story_page.index('id="mentions"') :]


def test_feeds_and_calendars_name_the_same(workshop: Workshop) -> None:
    workshop.write(
        LIN
        + person("visibility: name-only").replace("lin-shili", "gu").replace("林示例", "顾范例")
        + story("a", body="昨天@lin-shili和@gu说")
        + "-- content/events/e.yaml --\ntitle: E\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\nbody: 由@lin-shili主持\n"
    ).build()
    link = "https://alumni.example.edu/people/lin-shili/"
    assert f'昨天<a href="{link}">林示例</a>（电气1998级）和顾范例说' in workshop.read("atom.xml").replace("&lt;", "<").replace(
        "&gt;", ">"
    )
    for file in ("feed.xml", "feed.json", "atom.xml"):
        assert "昨天林示例和顾范例说" in workshop.read(file), "the summary"
    for file in ("calendar.ics", "events/e/event.ics"):
        assert "由林示例主持" in workshop.read(file).replace("\r\n ", "")
    assert 'content="由林示例主持"' in workshop.read("events/e/index.html")


def test_a_name_is_text_and_never_markup(workshop: Workshop) -> None:
    plain(workshop).write(
        '-- content/people/x-y.yaml --\nname: "<b>{name}</b> & {0.__class__}"\n'
        + 'degrees: [{level: other, unit: "<i>", entry: 1998}]\n'
        + story("a", body="@x-y")
    ).build()
    assert prose(workshop) == ('<a href="/people/x-y/">&lt;b&gt;{name}&lt;/b&gt; &amp; {0.__class__}</a>（&lt;i&gt;1998级）')


def test_a_warning_stays_at_its_line_when_the_text_above_it_grows(workshop: Workshop) -> None:
    """The quick build of a changed text would remember the place as it was."""
    plain(workshop).write(person("visibility: hidden") + story("a", body="一\n\n@lin-shili"))
    for number in range(2):
        for path in (workshop.root / "content").rglob("*.*"):
            os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
        problems = publish(workshop.options).problems
        assert [problem.span.line for problem in problems] == [9 + 2 * number]
        workshop.write(story("a", body="一\n\n又一\n\n@lin-shili"))


def test_who_withdraws_consent_is_gone_everywhere_with_the_next_build(workshop: Workshop) -> None:
    for change in ("visibility: hidden", "status: withdrawn"):
        workshop.write(
            person("aliases: [/old/lin-shili.html]\ntags: [energy]")
            + story("a", "people: [lin-shili]", "@lin-shili\n\n:::people{ids=lin-shili}\n:::\n")
            + entry("honors/h", "title: H\ntype: volunteers\nentries: [{id: a, person: lin-shili}, {id: b, name: 乙}]")
        )
        publish(workshop.options)
        assert (workshop.root / "public/people/lin-shili/index.html").is_file()
        workshop.write(person(change + "\naliases: [/old/lin-shili.html]\ntags: [energy]"))
        publish(workshop.options)
        told = " ".join(workshop.files()) + " ".join(text_of(content) for content in workshop.files().values())
        assert [word for word in ("林示例", "Lin Shili", "lin-shili", "电气1998级", "EE") if word in told] == []


@pytest.mark.parametrize(
    ("fields", "officer", "row"),
    [
        ("", True, "林示例"),
        ("visibility: name-only", True, "林示例"),
        ("status: draft", True, "林示例"),
        ("visibility: hidden", False, "匿名"),
        ("status: withdrawn", False, "匿名"),
    ],
    ids=["public", "name only", "draft", "hidden", "withdrawn"],
)
def test_a_name_typed_beside_an_id_goes_with_the_person(workshop: Workshop, fields: str, officer: bool, row: str) -> None:
    """Somebody decided that the person is not to be seen; a draft only waits."""
    workshop.write(
        person(fields)
        + entry("cohorts/ee-1998", "subject: 电气\nentry: 1998")
        + entry(
            "chapters/c",
            "title: C\ntype: regional\nstatus: active\nofficers: [{role: president, name: 林示例, person: lin-shili}, "
            "{role: treasurer, name: 顾范例}]",
        )
        + entry(
            "events/e",
            "title: E\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\nspeakers: [{name: 林示例, person: people/lin-shili}]",
        )
        + entry(
            "honors/h",
            "title: H\ntype: donors\ncurrency: CNY\nperiod: {from: 2026-01-01, to: 2026-12-31, basis: received}\nentries:\n"
            "- {id: lin-shili, name: 林示例, person: lin-shili, amount: 500, amount_display: exact, cohort: ee-1998}\n"
            "- {id: d, name: 一位老师, recognition: described, person: lin-shili}",
        )
    )
    publish(workshop.options)
    pages = [workshop.read(f"{path}/index.html") for path in ("chapters/c", "events/e", "honors/h")]
    assert ["林示例" in page for page in pages] == [officer, officer, officer]
    assert "顾范例" in pages[0]
    assert (row in pages[2], "¥500" in pages[2], "一位老师" in pages[2]) == (True, True, True)


def test_a_deleted_person_leaves_an_error_at_each_text_that_names_them(workshop: Workshop) -> None:
    plain(workshop).write(LIN + story("a", "people: [lin-shili]", "@lin-shili")).build()
    (workshop.root / "content/people/lin-shili.yaml").unlink()
    assert [problem.split(": ")[:2] for problem in workshop.problems()] == [
        ["content/news/a.md:5:10", "E021"],
        ["content/news/a.md:8:1", "E021"],
    ]


def test_time_alone_hides_a_name(workshop: Workshop) -> None:
    plain(workshop).write(person("expiry_date: 2026-11-22 13:00") + story("a", body="@lin-shili")).build()
    assert LINK in workshop.read("news/2026/a/index.html")
    workshop.build(now=workshop.options.now + timedelta(hours=2))
    assert prose(workshop) == "一位校友"


def test_explain_tells_who_names_whom(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(LIN + story("a", body="@lin-shili")).build()
    assert "mention people/lin-shili zh" in run("explain", "news/2026/a/").out
    told = run("explain", "content/people/lin-shili.yaml").out
    assert re.search(r"news/2026/a/index\.html: .*mention", told)


def test_a_new_person_is_valid_and_can_be_mentioned(run: Run, workshop: Workshop) -> None:
    plain(workshop)
    assert run("new", "person", "林示例").out.strip() == "content/people/lin-shi-li.md"
    workshop.write(story("a", body="@lin-shi-li"))
    assert run("build", "--drafts", "--strict").code == 0
    assert '<a href="/people/lin-shi-li/">林示例</a>' in workshop.read("news/2026/a/index.html")


def text_of(content: bytes) -> str:
    """What a file says in words; pictures, whose bytes may be any, say nothing."""
    return "" if b"\0" in content else content.decode("utf-8", "replace")
