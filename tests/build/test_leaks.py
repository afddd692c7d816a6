"""Nothing unpublished leaks: not one word of a hidden entry is in any file or file name of the output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from canaries import WORD, Canaries
from conftest import CONFIG, Workshop
from indexes import FOLDER
from leaks.search import found_in
from samples import entry

from sitegen.content.kind import Kind
from sitegen.content.kinds import BUILT_IN
from sitegen.site.visibility import Policy

MODES: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "embargoed": {"publish_date": "2026-11-22 12:01"},
    "expired": {"expiry_date": "2026-11-22 11:59"},
    "hidden": {"visibility": "hidden"},
    "withdrawn": {"status": "withdrawn"},
}
Files = dict[str, dict[str, Any]]


def modes_of(kind: Kind) -> list[str]:
    return [mode for mode in MODES if mode != "hidden" or "visibility" in kind.fields]


def entries() -> tuple[Canaries, dict[str, Files], dict[str, str]]:
    """An entry for each kind and each way of being hidden, open and hidden, and what visible sources call them."""
    canaries = Canaries()
    opened: Files = {}
    hidden: Files = {}
    ids: dict[str, str] = {}
    for kind in BUILT_IN:
        for mode in modes_of(kind):
            name, fields = canaries.entry(kind, mode)
            path = f"content/{kind.folder}/{name}.yaml"
            opened[path], hidden[path] = fields, {**fields, **MODES[mode]}
            ids.setdefault(kind.name, name)
    return canaries, {"opened": opened, "hidden": hidden}, ids


def neighbours(ids: Mapping[str, str]) -> str:
    """Visible entries that name hidden ones wherever they can."""
    return (
        entry(
            "news/visible",
            f"title: Visible\ndate: 2026-11-21\nsection: notices\nchapters: [{ids['chapter']}]\nevents: [{ids['event']}]\n"
            f"people: [{ids['person']}]\nprojects: [{ids['project']}]",
            f"[one](news:{ids['news']}) [two](event:{ids['event']}) [three](../pages/{ids['page']}.yaml)\n\n"
            f":::people{{ids={ids['person']}}}\n:::\n\n:::events{{chapter={ids['chapter']}}}\n:::\n\n"
            f":::honor-roll{{id={ids['honor_roll']}}}\n:::\n",
        )
        + entry(
            "events/visible",
            f"title: Visible\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\nchapters: [{ids['chapter']}]\n"
            f"people: [{ids['person']}]\nspeakers: [{{person: {ids['person']}}}]\nrecap: {ids['feature']}",
        )
        + entry(
            "chapters/visible",
            f"title: Visible\ntype: regional\nstatus: active\nparent: {ids['chapter']}\n"
            f"officers: [{{role: president, name: 林样本, person: {ids['person']}}}]",
        )
        + entry(
            "honors/visible",
            f"title: Visible\ntype: volunteers\nentries: [{{id: a, person: {ids['person']}, chapter: {ids['chapter']}, "
            f"project: {ids['project']}, story: {ids['feature']}}}]",
        )
        + entry(
            "projects/visible",
            "title: Visible\ncategory: scholarship\nstate: open\nrecipient_org: Sample Foundation\n"
            f"raised: {{as_of: 2026-01-01, from_roll: {ids['honor_roll']}}}",
        )
    )


def leaks(workshop: Workshop, canaries: Canaries) -> dict[str, list[str]]:
    """The places whose words are in the output, with the files they are in."""
    found: dict[str, list[str]] = {}
    for file, content in workshop.files().items():
        for canary in found_in(file, content):
            found.setdefault(canaries.places[canary], []).append(file)
    return found


@pytest.fixture(scope="module")
def story_of_a_site(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, list[str]]]:
    """What leaked: of the hidden site, of the open one, for editors, and of the site hidden again in the same destination."""
    workshop = Workshop(tmp_path_factory.mktemp("leaks")).write(f"-- config.yaml --\n{CONFIG}search: true\n")
    canaries, states, ids = entries()
    chapters = {path: fields for path, fields in states["opened"].items() if "/chapters/" in path}
    steps = []
    for files, policy in (
        (states["hidden"], Policy()),
        (states["opened"], Policy()),
        (states["hidden"] | chapters, Policy(drafts=True, future=True, expired=True)),
        (states["hidden"], Policy()),
    ):
        workshop.write(canaries.text(files) + neighbours(ids)).build(policy=policy)
        steps.append(leaks(workshop, canaries))
    return steps


def without_tombstones(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """A withdrawn page says at its own address that it was withdrawn, so its file name stays known there, and nowhere else."""
    return {
        place: files
        for place, files in found.items()
        if not (
            place.startswith("withdrawn: ")
            and place.endswith("'s file name")
            and files == [file for file in files if WORD.search(file)]
        )
    }


def test_not_one_word_of_a_hidden_entry_is_in_the_output(story_of_a_site: list[dict[str, list[str]]]) -> None:
    assert without_tombstones(story_of_a_site[0]) == {}


def test_the_same_words_are_there_once_they_may_be_seen(story_of_a_site: list[dict[str, list[str]]]) -> None:
    """So that the test above would notice."""
    parts = (".title", "'s text", "'s text, heading", "'s text, picture", "'s file name", ".summary")
    wanted = {
        f"{mode}: {kind.name}{f'.{kind.title_field}' if part == '.title' else part}"
        for kind in BUILT_IN
        for mode in modes_of(kind)
        for part in parts
    }
    assert wanted - story_of_a_site[1].keys() == set()


def test_the_search_index_is_looked_into(story_of_a_site: list[dict[str, list[str]]]) -> None:
    found = {place for place, files in story_of_a_site[1].items() if any(file.startswith(f"{FOLDER}fragment/") for file in files)}
    assert {f"{mode}: news's text" for mode in ("draft", "embargoed", "expired")} <= found


def test_most_fields_are_shown_somewhere(story_of_a_site: list[dict[str, list[str]]]) -> None:
    canaries, _, _ = entries()
    public = [place for place in canaries.places.values() if "privacy_reviewed" not in place]
    assert len(story_of_a_site[1]) > 0.6 * len(public)


def test_editors_see_what_they_ask_for(story_of_a_site: list[dict[str, list[str]]]) -> None:
    found = {place.partition(": ")[0] for place in story_of_a_site[2] if place.endswith(("news.title", "person.name"))}
    assert found == {"draft", "embargoed", "expired"}


def test_what_is_hidden_again_is_gone_from_the_same_destination(story_of_a_site: list[dict[str, list[str]]]) -> None:
    assert without_tombstones(story_of_a_site[3]) == {}


PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><title>kanari00007q</title></svg>'
PRIVATE = {
    "a contact that is not public": entry(
        "chapters/a",
        "title: A\ntype: regional\nstatus: active\ncontacts:\n- {type: email, value: office@example.edu}\n"
        "- {type: phone, value: kanari00001q, label: kanari00002q, qr: /media/kanari00007q.svg, public: false}",
    )
    + f"-- content/media/kanari00007q.svg --\n{PIXEL}\n",
    "consent": entry("features/a", "title: A\ndate: 2026-11-01\nform: profile\nsubjects: [{name: 林样本, consent: kanari00001q}]"),
    "a donor's file, and the register": entry(
        "honors/a",
        "title: A\ntype: donors\nperiod: {from: 2026-01-01, to: 2026-12-31, basis: received}\ncurrency: CNY\n"
        "source: {file: kanari00003q.xlsx, sha256: kanari00004q}\n"
        "entries: [{id: kanari00001q, recognition: anonymous, amount: 7319246, consent_ref: kanari00002q},\n"
        " {id: b, name: 林样本, amount: 7319246, amount_display: hidden},\n"
        " {id: c, name: 周样本, amount: 7319246, amount_display: exact, soft_credit_of: b, consent_ref: kanari00005q}]",
    ),
    "why a number may stand": entry(
        "news/a",
        'title: A\ndate: 2026-11-01\nsection: notices\nprivacy_reviewed: [{found: "138******78", reason: kanari00001q}]',
        "13812345678",
    ),
    "a guardian's consent": entry("people/a", "name: A\nminor: true\nguardian_consent: kanari00001q")
    + entry(
        "features/a",
        "title: A\ndate: 2026-11-01\nform: profile\n"
        "subjects: [{name: B, minor: true, guardian_consent: kanari00002q, consent: kanari00003q}]",
    ),
    "a translation that is a draft": entry("news/a.zh", "title: A\ndate: 2026-11-01\nsection: notices")
    + entry("news/a.en", "title: kanari00001q\nstatus: draft\nslug: kanari00002q\ntags: [kanari00003q]", "kanari00004q"),
    "remarks among the fields": entry("news/a", "# kanari00001q\ntitle: A # kanari00002q\ndate: 2026-11-01\nsection: notices"),
    "files that nothing names": entry("news/a", "title: A\ndate: 2026-11-01\nsection: notices")
    + f"-- content/media/kanari00007q.svg --\n{PIXEL}\n-- content/news/kanari00008q.txt --\nkanari00009q\n"
    + "-- data/kanari00001q.yaml --\nkanari00002q: kanari00003q\n",
}


@pytest.mark.parametrize("case", PRIVATE)
def test_what_is_private_in_a_public_entry_stays_private(workshop: Workshop, case: str) -> None:
    workshop.write(PRIVATE[case]).build()
    canaries = Canaries({f"kanari{number:05}q": f"word {number}" for number in range(10)})
    assert leaks(workshop, canaries) == {}


AMOUNTS = ["7319246", "7,319,246", "731.9", "7 319 246"]


@pytest.mark.parametrize("display", ["hidden", "band"])
def test_an_amount_that_is_not_exact_is_nowhere(workshop: Workshop, display: str) -> None:
    rows = ", ".join(
        f"{{id: e{number}, name: 林样本{number}, amount: 7319246, amount_display: {display}, level: a}}" for number in (1, 2)
    )
    workshop.write(
        entry(
            "honors/a",
            "title: A\ntype: donors\nperiod: {from: 2026-01-01, to: 2026-12-31, basis: received}\ncurrency: CNY\n"
            f"levels: [{{id: a, min: 5, name: A}}]\nentries: [{rows}]",
        )
    ).build()
    told = "".join(
        content.decode("utf-8", "replace")
        for file, content in workshop.files().items()
        if file.startswith(("honors", "en/honors", "index"))
    )
    assert "林样本2" in told
    assert [amount for amount in [*AMOUNTS, "14638492", "14,638,492", "14,630,000"] if amount in told] == []


@pytest.mark.parametrize("field", ["bio", "photo", "degrees", "roles", "summary", "tags"])
def test_of_a_person_shown_by_name_only_the_name_is_known(workshop: Workshop, field: str) -> None:
    canaries = Canaries()
    person = next(kind for kind in BUILT_IN if kind.name == "person")
    _, fields = canaries.entry(person, "person")
    files = {"content/people/lin.yaml": {"name": "林样本", "visibility": "name-only", field: fields[field]}}
    workshop.write(canaries.text(files) + entry("news/a", "title: A\ndate: 2026-11-01\nsection: notices\npeople: [lin]")).build()
    assert "林样本" in workshop.read("people/index.html")
    assert leaks(workshop, canaries) == {}
