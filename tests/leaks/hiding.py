"""A site of things that are hidden one day and shown the next, each with canaries of its own, and edits that hide and show."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from canaries import Canaries, in_chinese
from conftest import CONFIG, NOW, PROJECT
from photographs import photograph

from sitegen.build.options import Options
from sitegen.build.publish import publish
from sitegen.content.kind import Kind
from sitegen.content.kinds import BUILT_IN
from sitegen.site.visibility import Policy

Fields = dict[str, Any]
LATER = "2026-12-24 09:00"
MODES: dict[str, Fields] = {
    "draft": {"status": "draft"},
    "in review": {"status": "in_review"},
    "approved and to come": {"status": "approved", "publish_date": LATER},
    "embargoed": {"publish_date": LATER},
    "expired": {"expiry_date": "2026-11-22 11:59"},
    "withdrawn": {"status": "withdrawn", "withdrawal": {"date": "2026-11-20", "reason": "误"}},
    "hidden": {"visibility": "hidden"},
    "name only": {"visibility": "name-only"},
}
FOR_PERSONS = ("hidden", "name only")
# What nobody ever sees, however public the entry is.
PRIVATE = (
    "consent", "guardian", "privacy_reviewed", "honor_roll.source", "contacts (not public)", "remark", "metadata", "unused",
)  # fmt: skip
CALLED = " typed beside the id"  # which stays, as long as nobody decided that the person is not to be seen
KEPT_BY_NAME = (".name", ".sort", ".sample")  # what of a person shown by name only may be known


@dataclass
class Thing:
    """An entry with canaries: where it is, what it says when it is shown, and how it is hidden now ('' if it is not)."""

    kind: Kind
    label: str
    name: str
    fields: Fields
    mode: str = ""
    gone: bool = False

    @property
    def path(self) -> str:
        return f"content/{self.kind.folder}/{self.name}.yaml"

    @property
    def text(self) -> str:
        fields = self.fields | MODES.get(self.mode, {})
        if self.mode == "withdrawn" and self.kind.has_tombstone:
            fields |= {"slug": self.label}  # the one thing that stays known of what was public is its address
        return f"# {self.fields['#']}\n" + "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items() if key != "#"
        )


class HidingSite:
    """The site, its clock, and which canaries may be known now."""

    def __init__(self, root: Path, random: Random, rounds: int, kinds: tuple[Kind, ...] = BUILT_IN) -> None:
        self.root, self.random, self.now = root, random, NOW
        self.canaries = Canaries()
        self.things: list[Thing] = []
        self.called: dict[str, str] = {}  # how public entries call a person beside naming the id
        self.jobs, self.policy = 2, Policy()
        shutil.copytree(PROJECT / "themes/beacon", root / "themes/beacon")
        self.write("config.yaml", CONFIG + f"feeds: {{limit: 500}}\n# {self.canaries.fresh('remark')}\n")
        self.write("templates/news.html", f'{{# {self.canaries.fresh("remark")} #}}{{% extends "!news.html" %}}\n')
        self.write(f"data/{self.canaries.fresh('unused')}.yaml", f"{self.canaries.fresh('unused')}: 1\n")
        for number in range(rounds):
            for kind in kinds:
                self.add(kind, f"t{number}-{kind.name.replace('_', '-')}")
        for path, text in self.canaries.pictures.items():
            self.write(path, text)
        self.write_visible()

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def add(self, kind: Kind, label: str) -> None:
        name, fields = self.canaries.entry(kind, label)
        fields["#"] = self.canaries.fresh("remark")
        if kind.name == "chapter":
            secret = {"type": "phone", "value": self.canaries.fresh("contacts (not public)"), "public": False}
            fields["contacts"] = [*(each | {"public": True} for each in fields["contacts"]), secret]
        if kind.name == "honor_roll":
            fields["entries"] += [
                {"id": "x", "recognition": "anonymous", "amount": "15", "consent_ref": self.canaries.fresh("consent")},
                {"id": "y", "recognition": "described", "name": "一位校友", "consent_ref": self.canaries.fresh("consent")},
            ]
        thing = Thing(kind, label, _named(kind, name), fields)
        self.things.append(thing)
        self.write(thing.path, thing.text)

    def write_visible(self) -> None:
        """Public entries that name the others wherever they can, one with a draft of a translation and private pictures."""
        by_kind = {kind.name: [each.name for each in self.things if each.kind is kind and not each.gone] for kind in BUILT_IN}
        lists = {key: json.dumps(names, ensure_ascii=False) for key, names in by_kind.items()}
        links = " ".join(f"[{number}]({kind.name}:{name})" for kind in BUILT_IN for number, name in enumerate(by_kind[kind.name]))
        mentions = "，".join(f"@{name}" for name in by_kind["person"])
        called = [self.call(each) for each in self.things if each.kind.name == "person" and not each.gone]
        self.write(
            "content/news/visible.zh.md",
            f"---\ntitle: 见\ndate: 2026-11-21\nsection: notices\nchapters: {lists['chapter']}\nevents: {lists['event']}\n"
            f"people: {lists['person']}\nprojects: {lists['project']}\ncover: {{src: /media/camera.jpg, alt: 门}}\n---\n\n"
            f'{mentions}\n\n{links}\n\n:::people{{ids="{" ".join(by_kind["person"])}"}}\n:::\n\n'
            + "".join(f":::events{{chapter={name}}}\n:::\n\n" for name in by_kind["chapter"][:1])
            + "".join(f":::honor-roll{{id={name}}}\n:::\n\n" for name in by_kind["honor_roll"]),
        )
        rows = ", ".join(f"{{id: r{number}, {each}}}" for number, each in enumerate(called))
        self.write("content/honors/visible.yaml", f"title: 志愿者\ntype: volunteers\nentries: [{rows}]\n")
        officers = ", ".join(f"{{role: president, {each}}}" for each in called)
        self.write("content/chapters/visible.yaml", f"title: 会\ntype: regional\nstatus: active\nofficers: [{officers}]\n")
        speakers = ", ".join(f"{{{each}}}" for each in called)
        self.write(
            "content/events/visible.yaml", f"title: 讲\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\nspeakers: [{speakers}]\n"
        )
        draft = [self.draft(part) for part in ("title", "slug", "text", "tag")]
        self.write(
            "content/news/visible.en.md",
            f"---\ntitle: {draft[0]}\nstatus: draft\nslug: {draft[1]}\ntags: [{draft[3]}]\n---\n\n{draft[2]}\n",
        )
        if not (self.root / "content/media/camera.jpg").exists():
            self.write("content/media/camera.jpg", photograph(place=False, camera=self.canaries.fresh("metadata")))

    def call(self, person: Thing) -> str:
        """Fields that name a person by a name typed there and by the id."""
        name = self.called.setdefault(person.label, self.canaries.fresh(f"{person.label}: a name{CALLED}"))
        return f"name: {name}, person: {person.name}"

    def draft(self, part: str) -> str:
        canary = self.canaries.fresh(f"unused {part}")
        return canary if part in ("slug", "tag") else f"{canary} {in_chinese(canary)}"

    def publish(self) -> None:
        options = Options(self.root, self.root / "public", now=self.now, jobs=self.jobs, policy=self.policy)
        publish(options)

    def may_be_known(self, place: str) -> bool:
        """Whether what stands at a place may be in the output now."""
        if any(each in place for each in PRIVATE):
            return False
        thing = next((each for each in self.things if place.startswith(f"{each.label}: ")), None)
        if thing is None or thing.gone or "(old)" in place:
            return False
        if place.endswith(CALLED):
            return thing.mode not in ("hidden", "withdrawn")
        if thing.mode == "withdrawn" and thing.kind.name == "page" and place.endswith("file name"):
            return True  # a page has its address from its file, and that stays known
        if thing.mode == "name only":
            return any(place.endswith(end) or f"{end}." in place for end in KEPT_BY_NAME)
        return self.is_shown(thing)

    def is_shown(self, thing: Thing) -> bool:
        match thing.mode:
            case "":
                return True
            case "draft" | "in review":
                return self.policy.drafts
            case "approved and to come":
                return self.policy.drafts and (self.policy.future or self.is_later)
            case "embargoed":
                return self.policy.future or self.is_later
            case "expired":
                return self.policy.expired
        return False

    @property
    def is_later(self) -> bool:
        return self.now > NOW + timedelta(days=31)

    def some(self, share: int = 3, kinds: tuple[str, ...] = ()) -> list[Thing]:
        living = [each for each in self.things if not each.gone and (not kinds or each.kind.name in kinds)]
        return self.random.sample(living, max(1, len(living) // share)) if living else []


def _named(kind: Kind, canary: str) -> str:
    """A file name; that of a person can be written as a mention."""
    return canary if kind.name == "person" else f"{canary}-{in_chinese(canary)}"


Edit = Callable[[HidingSite], None]


def _hide(site: HidingSite, thing: Thing) -> None:
    modes = [mode for mode in MODES if mode not in FOR_PERSONS or thing.kind.name == "person"]
    thing.mode = site.random.choice(modes)
    site.write(thing.path, thing.text)


def hide_some(site: HidingSite) -> None:
    for thing in site.some():
        _hide(site, thing)


def hide_as(mode: str) -> Edit:
    """Everything that can be is hidden in one way."""

    def hide(site: HidingSite) -> None:
        for thing in site.some(1):
            thing.mode = mode if mode not in FOR_PERSONS or thing.kind.name == "person" else ""
            site.write(thing.path, thing.text)

    return hide


def show_some(site: HidingSite) -> None:
    for thing in site.some():
        thing.mode = ""
        site.write(thing.path, thing.text)


def hide_everything(site: HidingSite) -> None:
    for thing in site.some(1):
        _hide(site, thing)


def hide_persons(site: HidingSite) -> None:
    for thing in site.some(1, ("person",)):
        thing.mode = site.random.choice([*FOR_PERSONS, "withdrawn"])
        site.write(thing.path, thing.text)


def delete_one(site: HidingSite) -> None:
    for thing in site.some(100):
        thing.gone = True
        (site.root / thing.path).unlink()
    site.write_visible()


def rename_one(site: HidingSite) -> None:
    """Another file name: of the old one nothing stays."""
    for thing in site.some(100):
        (site.root / thing.path).unlink()
        old = thing.name.partition("-")[0]
        site.canaries.places[old] += " (old)"
        name = site.canaries.fresh(f"{thing.label}: {thing.kind.name}'s file name")
        thing.name = _named(thing.kind, name)
        site.write(thing.path, thing.text)
    site.write_visible()


def take_a_picture_out(site: HidingSite) -> None:
    """The cover of a public entry goes: the file must go too, and its description."""
    for thing in site.some(6):
        cover = thing.fields.pop("cover", None)
        if cover is not None:
            for canary, place in site.canaries.places.items():
                if place.startswith(f"{thing.label}: {thing.kind.name}.cover"):
                    site.canaries.places[canary] = f"{place} (old)"
        site.write(thing.path, thing.text)


def say_it_differently(site: HidingSite) -> None:
    """Another text: the old words are gone."""
    for thing in site.some(4):
        body = "bio" if thing.kind.name == "person" else "body"
        place = f"{thing.label}: {thing.kind.name}'s text"
        for canary, each in site.canaries.places.items():
            if each.startswith(place):
                site.canaries.places[canary] = f"{each} (old)"
        new = site.canaries.fresh(place)
        thing.fields[body] = f"{new} {in_chinese(new)}"
        site.write(thing.path, thing.text)


def pass_time(site: HidingSite) -> None:
    site.now += timedelta(days=site.random.choice([1, 20, 40]))


def turn_back_time(site: HidingSite) -> None:
    site.now = NOW


def preview_for_editors(site: HidingSite) -> None:
    """Drafts are built into the same destination, and the next build is for the public again."""
    public, site.policy = site.policy, Policy(drafts=True, future=True, expired=True)
    site.publish()
    site.policy = public


def lose_the_state(site: HidingSite) -> None:
    shutil.rmtree(site.root / ".sitegen")
    hide_some(site)


def another_number_of_processes(site: HidingSite) -> None:
    site.jobs = 3 - site.jobs
    hide_some(site)


EDITS: tuple[Edit, ...] = (
    hide_some, show_some, hide_persons, pass_time, hide_some, show_some, delete_one, rename_one, take_a_picture_out,
    say_it_differently, turn_back_time, preview_for_editors, lose_the_state, another_number_of_processes, hide_everything,
    show_some,
)  # fmt: skip
