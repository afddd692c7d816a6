"""After any sequence of edits, a build that remembers leaves what a build from nothing leaves, byte for byte.

SITEGEN_SEQUENCES=1000 runs as many sequences as that; SITEGEN_SEED=7 begins at another one.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random

import pytest
from rebuild.compare import difference
from rebuild.edits import EDITS, OF_OTHERS
from rebuild.sites import new_project
from rebuild.watching import Watch

import sitegen.build.remake as remake
from sitegen.build.state import State

SEQUENCES = int(os.environ.get("SITEGEN_SEQUENCES", "20"))
FIRST = int(os.environ.get("SITEGEN_SEED", "0"))
STEPS = 12
PARTS = min(SEQUENCES, 10)  # parts of the work, so that several processes share it
WATCHED_EVERY = 3  # how often a sequence is one of a preview
BEACON_EVERY = max(20, SEQUENCES // 10)  # how seldom one is of the theme that comes with the program, which is slow to build


def in_bulk(patch: pytest.MonkeyPatch) -> None:
    """What is remembered is read as it is on a site of many pages."""
    patch.setattr(remake, "_MANY", 0)


def run(seed: int, root: Path) -> int:
    """The number of edits made; fails with the edits that led to a difference."""
    random = Random(seed)
    project = new_project(root, random, "beacon" if seed % BEACON_EVERY == BEACON_EVERY - 1 else "plain")
    watch = Watch(project) if seed % WATCHED_EVERY == WATCHED_EVERY - 1 else None
    made: list[str] = ["watched"] if watch else []
    for number in range(STEPS):
        edit = random.choice([edit for edit in EDITS if not watch or edit not in OF_OTHERS]) if number else None
        project.mend()
        if edit:
            edit(project, random)
        made.append(edit.__name__ if edit else "a new site")
        found = difference(project, in_bulk if seed % 2 else lambda patch: None, watch=watch)
        state = State(project.root, project.public)
        if not found and state.path.is_file() and not state.read().meta:
            found = "the state cannot be read again"
        state.close()
        assert not found, f"SITEGEN_SEED={seed} SITEGEN_SEQUENCES=1, after {' → '.join(made)}: {found}"
    shutil.rmtree(root)
    return STEPS


@pytest.mark.parametrize("part", range(PARTS))
def test_every_build_is_a_clean_build(part: int, tmp_path: Path) -> None:
    seeds = range(FIRST + part, FIRST + SEQUENCES, PARTS)
    edits = sum(run(seed, tmp_path / str(seed)) for seed in seeds)
    print(f"{len(seeds)} of {SEQUENCES} sequences, {edits} edits")
