"""The gate of privacy in builds and checks: what stops, what warns, what a reason lets pass, and that nothing is said in full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CONFIG, PROJECT, Workshop
from outcome import Run
from photographs import photograph
from samples import entry, plain, story

from sitegen.build import parsing
from sitegen.build.publish import publish
from sitegen.build.theme_review import theme_disclosures
from sitegen.problems import Severity, Span
from sitegen.theme.chain import load_chain

IDENTITY, OTHER = "11010519491231002X", "610113198501010010"
CARD = "6222021234567890128"
PHONE = "13812345678"
MAIL = "lin.yangben@qq.com"
SECRETS = (IDENTITY, IDENTITY[:17], OTHER, CARD, PHONE, MAIL, "lin.yangben")
OK = "title: 标题\ndate: 2026-11-01\nsection: notices"
ID_SAID, CARD_SAID = "E080: a resident identity number: 11**************2X", "E080: a bank card number: 62***************28"
PHONE_SAID, MAIL_SAID = "W110: a mobile number: 138******78", "W110: a private e-mail address: l***@qq.com"
NAME_SAID = ID_SAID.replace("a resident", "the file’s name holds a resident")
GATE_SVG = '-- content/media/a.svg --\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>'

# Every place in which an author could leave one, with what is then said.
PLACES: dict[str, tuple[str, str]] = {
    "the text": (story("a", body=f"身份证{IDENTITY}"), f"content/news/a.md:7:4: {ID_SAID}"),
    "a field": (entry("news/a", f"{OK}\nsummary: 身份证{IDENTITY}"), f"content/news/a.md:5:13: {ID_SAID}"),
    "a free value": (entry("news/a", f"{OK}\nparams: {{card: {CARD}}}"), f"content/news/a.md:5:16: {CARD_SAID}"),
    "a remark": (entry("news/a", f"{OK}\n# {IDENTITY}"), f"content/news/a.md:5:3: {ID_SAID}"),
    "the description of a picture": (
        story("a", body=f"![证号{IDENTITY}](/media/a.svg)") + GATE_SVG,
        f"content/news/a.md:7:5: {ID_SAID}",
    ),
    "YAML": (
        f"-- content/people/lin.yaml --\nname: 林样本\nbio: |\n  第一行\n  手机{PHONE}\n",
        f"content/people/lin.yaml:4:5: {PHONE_SAID}",
    ),
    "a draft": (story("a", "status: draft", f"卡号{CARD}"), f"content/news/a.md:8:3: {CARD_SAID}"),
    "a name": (f"-- content/media/{IDENTITY}.txt --\nx", f"content/media/{IDENTITY}.txt:1:1: {NAME_SAID}"),
    "data": (f"-- data/office.yaml --\nlist:\n- {{mail: {MAIL}}}", f"data/office.yaml:2:10: {MAIL_SAID}"),
    "an attachment": (f"-- content/media/list.csv --\n姓名,卡号\n林,{CARD}", f"content/media/list.csv:1:1: {CARD_SAID}"),
    "a file that is not understood": (entry("news/a", f"title: [{IDENTITY}"), f"content/news/a.md:2:9: {ID_SAID}"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_wherever_it_stands(workshop: Workshop, place: str) -> None:
    files, expected = PLACES[place]
    assert expected in plain(workshop, "").write(files).problems()


def test_in_the_configuration_too(workshop: Workshop) -> None:
    assert plain(workshop, f'params: {{call: "{PHONE}"}}\n').problems() == ["config.yaml:6:17: W110: a mobile number: 138******78"]


def test_numbers_of_persons_stop_a_build_and_ways_to_reach_them_warn(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(story("a", body=f"手机{PHONE}，{MAIL}"))
    told = run("build")
    assert (told.code, told.err.count("warning[W110]")) == (0, 2)
    assert run("build", "--strict").code == 1
    workshop.write(story("b", body=f"身份证{IDENTITY}"))
    told = run("build")
    assert (told.code, told.err.count("error[E080]"), told.err.count("warning[W110]")) == (1, 1, 2)
    assert not (workshop.root / "public/news/2026/b").exists()


@pytest.mark.parametrize("style", ["text", "json", "github"])
@pytest.mark.parametrize("command", ["build", "check", "list", "explain"])
def test_nothing_that_is_said_holds_a_number_in_full(run: Run, workshop: Workshop, style: str, command: str) -> None:
    """Not of the gate, not of other problems on the same line, not of names, titles or paths."""
    plain(workshop).write(
        entry(
            "news/a",
            f"title: 卡{CARD}\ndate: {IDENTITY}\nsection: {OTHER}\nstatu: {PHONE}, {MAIL}",
            f"[x]({IDENTITY}.md)\n\n[y](news:{IDENTITY})",
        )
        + story("b", f"title: 手机{PHONE}\nstatus: draft")
        + f"-- content/media/{OTHER}.txt --\n{IDENTITY}\n-- data/a.yaml --\na: {CARD}: {PHONE}\n"
    )
    told = run(command, *(["content/" + IDENTITY] if command == "explain" else []), "--format", style)
    assert told.code == 1
    assert [secret for secret in SECRETS if secret in told.out + told.err] == []
    if command in ("build", "list"):
        assert "11**************2X" in told.err
        assert "content/media/61**************10.txt" in told.err.replace("%2A", "*")


def test_titles_and_names_of_what_is_shown_are_masked_in_lists(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(story("a", f"title: 手机{PHONE}") + story(f"手机{PHONE}", "status: draft"))
    for command in (["list"], ["list", "--format", "json"], ["build", "--quiet"], ["build", "-v"], ["explain", "news/2026/a/"]):
        told = run(*command)
        assert told.code == 0
        assert PHONE not in told.out + told.err


def test_a_fault_of_the_program_is_masked(tmp_path: Path) -> None:
    code = f"import sys; from sitegen import cli; cli.cli.main = lambda **_: int('no {IDENTITY}'); cli.main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, encoding="utf-8", check=False)
    assert "ValueError" in done.stderr
    assert "11**************2X" in done.stderr
    assert done.returncode == 1
    assert IDENTITY not in done.stderr


REVIEW = 'privacy_reviewed: [{found: "138******78", reason: 值班手机，本人同意}]'


def test_a_finding_may_stand_for_a_reason_that_stays_in_sight(run: Run, workshop: Workshop) -> None:
    plain(workshop).write(story("a", REVIEW, f"值班：{PHONE}"))
    told = run("build", "--strict")
    assert (told.code, told.err) == (0, "")
    assert "privacy: 1 finding published for a written reason" in told.out
    assert PHONE in workshop.read("news/2026/a/index.html")
    for command in (["check"], ["build", "-v"]):
        assert "note[N101]: a mobile number: 138******78 – reviewed: 值班手机，本人同意" in run(*command).err
    assert "privacy: 1 finding" in run("build").out, "a build that has nothing to do says it too"
    said = json.loads(run("check", "--format", "json").err)
    assert [each["code"] for each in said if each["severity"] == "note"] == ["N101"]
    assert "::notice " in run("check", "--format", "github").err


def test_a_review_lets_only_pass_what_it_names(workshop: Workshop) -> None:
    plain(workshop).write(story("a", REVIEW, f"{PHONE} 13987654321") + story("b", body=PHONE))
    left = [problem for problem in workshop.problems() if ": N101: " not in problem]
    assert left == [
        "content/news/a.md:8:13: W110: a mobile number: 139******21",
        "content/news/b.md:7:1: W110: a mobile number: 138******78",
    ]


def test_a_review_that_fits_nothing_any_more_is_said(workshop: Workshop) -> None:
    plain(workshop).write(story("a", REVIEW, "没有号码。"))
    assert workshop.problems() == ["content/news/a.md:5:20: W112: nothing like 138******78 is found in content/news/a.md"]


@pytest.mark.parametrize("field", ["found", "reason"])
def test_a_review_without_its_reason_is_none(workshop: Workshop, field: str) -> None:
    half = {"found": 'found: "138******78"', "reason": "reason: 公开"}[field]
    plain(workshop).write(story("a", f"privacy_reviewed: [{{{half}}}]", PHONE))
    missing = "reason" if field == "found" else "found"
    assert workshop.problems() == [
        f"content/news/a.md:5:20: E013: privacy_reviewed.[1].{missing} is missing".replace(".[1]", "[1]"),
        "content/news/a.md:8:1: W110: a mobile number: 138******78",
    ]


def test_a_file_is_reviewed_in_the_entry_beside_it_and_data_in_the_configuration(workshop: Workshop) -> None:
    plain(workshop, 'privacy_reviewed: [{file: data/office.yaml, found: "138******78", reason: 公开}]\n').write(
        story(
            "a",
            'privacy_reviewed: [{file: list.csv, found: "62***************28", reason: 样例},\n'
            "  {file: /media/a.jpg, found: GPS, reason: 校园}]",
        )
        + f"-- content/news/list.csv --\n卡号,{CARD}\n-- data/office.yaml --\ncall: {PHONE}\n"
    )
    (workshop.root / "content/media").mkdir()
    (workshop.root / "content/media/a.jpg").write_bytes(photograph())
    assert {problem.code.value for problem in workshop.build().problems} == {"N101"}
    assert len(workshop.build().problems) == 3


def test_a_place_in_a_picture_stops_a_build(workshop: Workshop) -> None:
    plain(workshop).write(story("a", "cover: {src: a.jpg, alt: 校门}"))
    (workshop.root / "content/news/a.jpg").write_bytes(photograph())
    assert workshop.problems() == ["content/news/a.jpg:1:1: E081: the picture tells where it was taken (GPS)"]
    (workshop.root / "content/news/a.jpg").write_bytes(photograph(place=False))
    assert workshop.problems() == []


def test_a_file_is_looked_into_once_until_it_changes(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    plain(workshop).write(story("a", body="[名单](list.csv)") + f"-- content/news/list.csv --\n手机,{PHONE}\n")
    for path in (workshop.root / "content").rglob("*.*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    said = [problem for problem in workshop.build().problems if problem.severity is Severity.WARNING]
    assert len(said) == 1
    with monkeypatch.context() as patch:
        patch.setattr(parsing, "examine", lambda path, content: pytest.fail("it was looked into again"))
        report = workshop.write(story("b")).build()
        assert list(report.problems) == said
    workshop.write("-- content/news/list.csv --\n手机,本人不公开\n")
    assert list(workshop.build().problems) == []


def test_the_quick_builds_keep_what_the_gate_said(workshop: Workshop) -> None:
    """Of a text that changed, of a file with another time only, and of one that changed: each as a clean build would."""
    plain(workshop).write(
        story("a", body="[名单](list.csv)") + f"-- content/news/list.csv --\n手机,{PHONE}\n" + story("b", body="一")
    )

    def age() -> None:
        for path in (workshop.root / "content").rglob("*.*"):
            os.utime(path, (1_700_000_000, 1_700_000_000))

    age()
    said = list(publish(workshop.options).problems)
    assert len(said) == 1
    workshop.write(story("b", body="二"))
    assert list(publish(workshop.options).problems) == said
    os.utime(workshop.root / "content/news/list.csv", (1_700_000_200, 1_700_000_200))
    done = publish(workshop.options)
    assert (list(done.problems), done.written) == (said, 0)
    before = workshop.files()
    workshop.write("-- content/news/list.csv --\n手机,不公开\n")
    assert list(publish(workshop.options).problems) == []
    assert workshop.files().keys() != before.keys()
    after = workshop.files()
    workshop.build(clean=True)
    assert workshop.files() == after


@pytest.mark.parametrize(
    ("path", "fields", "place"),
    [
        ("people/lin", "name: 林样本\nminor: true", "3:8"),
        ("features/a", "title: A\ndate: 2026-11-01\nform: profile\nsubjects: [{name: 林样本, consent: 柜一, minor: true}]", "5:46"),
        (
            "honors/a",
            "title: A\ntype: volunteers\nentries: [{id: a, name: 林样本, minor: true}]",
            "4:40",
        ),
    ],
    ids=["person", "subject", "roll"],
)
def test_a_minor_who_is_named_needs_a_guardian(workshop: Workshop, path: str, fields: str, place: str) -> None:
    plain(workshop).write(entry(path, fields))
    (problem,) = workshop.problems()
    assert problem.startswith(f"content/{path}.md:{place.split(':')[0]}:")
    assert problem.endswith("E013: a minor who is named needs guardian_consent")
    consent = ", guardian_consent: 柜二" if "{" in fields else "\nguardian_consent: 柜二"
    workshop.write(entry(path, fields.replace("minor: true", f"minor: true{consent}")))
    assert workshop.problems() == []


@pytest.mark.parametrize("fields", ["name: 林样本\nminor: true\nvisibility: hidden"])
def test_a_minor_who_is_hidden_needs_none(workshop: Workshop, fields: str) -> None:
    assert plain(workshop).write(entry("people/lin", fields)).problems() == []


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("templates/partials/call.html", "<p>一\n<p>手机{phone}", "2:6: W110: a mobile number: 138******78"),
        ("templates/messages/zh.yaml", "office.call: 手机{phone}", "1:16: W110: a mobile number: 138******78"),
        ("themes/plain/assets/own.js", "// 身份证{id}", "1:7: E080: a resident identity number: 11**************2X"),
        ("templates/home.html", '{{# {mail} #}}{{% extends "!home.html" %}}', "1:4: W110: a private e-mail address: l***@qq.com"),
        ("themes/plain/theme.yaml", "extends: beacon\n# {mail}", "2:3: W110: a private e-mail address: l***@qq.com"),
        ("templates/assets/{phone}.css", "p {{}}", "1:1: W110: the file’s name holds a mobile number: 138******78"),
    ],
    ids=["a template", "a message", "a script", "a remark", "a theme", "a name"],
)
def test_the_words_of_a_theme_are_looked_through_too(workshop: Workshop, path: str, text: str, place: str) -> None:
    numbers = {"phone": PHONE, "id": IDENTITY, "mail": MAIL}
    path = path.format(**numbers)
    plain(workshop).write(f"-- {path} --\n{text.format(**numbers)}\n")
    assert f"{path}:{place}" in workshop.problems()


def test_a_finding_in_a_theme_is_reviewed_in_the_configuration(workshop: Workshop) -> None:
    review = "file: templates/partials/call.html, reason: 公开"
    files = f"-- templates/partials/call.html --\n手机{PHONE}\n"
    plain(workshop, f'privacy_reviewed: [{{found: "138******78", {review}}}]\n').write(files)
    assert [problem.code.value for problem in workshop.build().problems] == ["N101"]
    (workshop.root / "config.yaml").write_text(CONFIG + "theme: plain\n", encoding="utf-8")
    (told,) = workshop.build().problems
    assert 'file: templates/partials/call.html, found: "138******78"' in told.hint


def test_a_picture_of_a_theme_is_looked_into(workshop: Workshop) -> None:
    """Assets are published as they are, metadata and all."""
    plain(workshop)
    (workshop.root / "templates/assets").mkdir(parents=True)
    (workshop.root / "templates/assets/gate.jpg").write_bytes(photograph())
    assert workshop.problems() == ["templates/assets/gate.jpg:1:1: E081: the picture tells where it was taken (GPS)"]


def test_the_theme_that_comes_with_the_program_has_no_findings() -> None:
    chain = load_chain(PROJECT, "beacon", Span("config.yaml"))
    assert [chain.label(layer.folder) for layer in chain.layers][1] == "themes/beacon/."
    assert theme_disclosures(chain, PROJECT) == []
