"""Hundreds of canaries, tens of edits, a warm cache: after each, no byte below the destination tells of what is hidden now.

SITEGEN_LEAK_EDITS=30 SITEGEN_LEAK_ROUNDS=3 is the whole of it; SITEGEN_SEED=7 begins at another edit.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from leaks.hiding import EDITS, Edit, HidingSite, hide_as
from leaks.search import found_in
from rebuild.compare import replace_everywhere
from rebuild.test_mutants import unread

import sitegen.build.emit as emit
import sitegen.media.library as library
import sitegen.site.cards as cards
import sitegen.site.views as views
import sitegen.site.visibility as visibility
from sitegen.config import Config
from sitegen.content.kind import Kind, all_public
from sitegen.content.kinds import BUILT_IN
from sitegen.site.reader import Reader
from sitegen.site.visibility import Verdict

Fault = Callable[[pytest.MonkeyPatch], None]

NUMBER = int(os.environ.get("SITEGEN_LEAK_EDITS", "6"))
ROUNDS = int(os.environ.get("SITEGEN_LEAK_ROUNDS", "1"))
SEED = int(os.environ.get("SITEGEN_SEED", "0"))


def known(public: Path, seen: dict[bytes, set[str]]) -> dict[str, set[str]]:
    """The canaries in every file below the destination, the builder's own lists included."""
    found = {}
    for path in sorted(path for path in public.rglob("*") if path.is_file()):
        name, content = path.relative_to(public).as_posix(), path.read_bytes()
        digest = hashlib.blake2b(content).digest()
        if digest not in seen:
            seen[digest] = found_in("", content)
        found[name] = seen[digest] | _in_name(name)
    return found


@cache
def _in_name(name: str) -> frozenset[str]:
    return frozenset(found_in(name, b""))


def leaks(site: HidingSite, found: Mapping[str, set[str]]) -> list[str]:
    places = site.canaries.places
    return [f"{file}: {places[canary]}" for file, all_ in found.items() for canary in all_ if not site.may_be_known(places[canary])]


def run(site: HidingSite, edits: Sequence[Edit]) -> Iterator[tuple[str, list[str]]]:
    """What leaked before the first edit and after each."""
    seen: dict[bytes, set[str]] = {}
    site.publish()
    yield "a new site", leaks(site, known(site.root / "public", seen))
    for edit in edits:
        edit(site)
        site.publish()
        yield edit.__name__, leaks(site, known(site.root / "public", seen))


def test_nothing_hidden_is_known_after_any_edit(tmp_path: Path) -> None:
    random = Random(SEED)
    site = HidingSite(tmp_path, random, ROUNDS)
    edits = [EDITS[number] if number < len(EDITS) else random.choice(EDITS) for number in range(NUMBER)]
    made = []
    for name, found in run(site, edits):
        made.append(name)
        assert found == [], " → ".join(made)
        if len(made) == 1:
            shown = set().union(*known(site.root / "public", {}).values())
            assert len(shown) > 0.5 * len(site.canaries.places), "what is public is there, and the search finds it"
    print(f"{len(site.canaries.places)} canaries, {len(edits)} edits")


def seen_though(reason: str) -> Fault:
    """The gate lets pass what is hidden for one reason."""
    verdict = visibility.visible

    def visible(*asked: Any) -> Verdict:
        found = verdict(*asked)
        return Verdict(True) if found.reason.startswith(reason) else found

    return lambda patch: replace_everywhere(patch, visibility, "visible", visible)


def whole(kind_name: str) -> Fault:
    """Every field of a kind is published, whatever it is."""
    card = cards._card

    def _card(record: Any, kind: Kind, *rest: Any, **more: Any) -> Any:
        return card(record, replace(kind, publish=all_public) if kind.name == kind_name else kind, *rest, **more)

    return lambda patch: patch.setattr(cards, "_card", _card)


def as_the_camera_made_them(patch: pytest.MonkeyPatch) -> None:
    made = library.Library.variant
    patch.setattr(library.Library, "variant", lambda own, each: own._read(each.source) if each.source else made(own, each))


def with_tombstones(patch: pytest.MonkeyPatch) -> None:
    kind = Config.kind
    patch.setattr(Config, "kind", lambda config, name: replace(kind(config, name), has_tombstone=True))


FAULTS: dict[str, tuple[Fault, str]] = {
    **{f"what is {mode} is shown": (seen_though(reason), mode) for mode, reason in {
        "draft": "draft", "in review": "in review", "approved and to come": "approved", "embargoed": "embargo",
        "expired": "expired", "withdrawn": "withdrawn", "hidden": "hidden"}.items()},
    "all of a person shown by name": (whole("person"), "name only"),
    "all contacts": (whole("chapter"), ""),
    "withdrawn persons have tombstones": (with_tombstones, "withdrawn"),
    "names typed beside the id": (lambda patch: replace_everywhere(patch, views, "names_barred", lambda *_: False), "hidden"),
    "mentions tell the id": (lambda patch: patch.setattr(Reader, "_name", lambda reader, name: f"@{name}"), "hidden"),
    "pictures keep what the camera wrote": (as_the_camera_made_them, ""),
    "old files stay": (lambda patch: patch.setattr(emit, "_remove", lambda *_: None), "draft"),
    "reads of mentions are forgotten": (unread("mention"), "hidden"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_leak_is_found(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fault, mode = FAULTS[name]
    kinds = tuple(kind for kind in BUILT_IN if kind.name in ("news", "person", "chapter"))
    fault(monkeypatch)
    found = [each for _, each in run(HidingSite(tmp_path, Random(SEED), 1, kinds), [hide_as(mode)])]
    assert any(found), "nobody noticed"
