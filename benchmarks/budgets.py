"""What sitegen may cost, as agreed: each budget with the value measured for it."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.results import Results


@dataclass(frozen=True, slots=True)
class Budget:
    """`must` and `aim` are the most that is allowed and the most that is hoped for."""

    what: str
    must: float
    aim: float
    measured: float | None
    unit: str = ""

    @property
    def verdict(self) -> str:
        if self.measured is None:
            return "not measured"
        if self.measured <= self.aim:
            return "met, and the aim too"
        return "met" if self.measured <= self.must else "**missed**"


def budgets(results: Results) -> list[Budget]:
    """The budgets, at the sizes measured."""
    small, large = results.sizes[0], results.sizes[-1]
    listed = []
    if small < large:
        listed.append(
            _sized(Budget("clean build, ratio to Hugo, at {:,}", 2.5, 1.5, results.ratio("sitegen", small, "clean")), small)
        )
    listed += [
        _sized(Budget("clean build, ratio to Hugo, at {:,}", 2.5, 1.2, results.ratio("sitegen", large, "clean")), large),
        _sized(Budget("one story edited, ratio to Hugo, at {:,}", 0.12, 0.05, results.ratio("sitegen", large, "edited")), large),
        _sized(
            Budget("template of stories edited, ratio to Hugo, at {:,}", 0.5, 0.25, results.ratio("sitegen", large, "theme")), large
        ),
        _sized(Budget("nothing changed, ratio to Hugo, at {:,}", 0.06, 0.02, results.ratio("sitegen", large, "nothing")), large),
        _sized(Budget("peak memory, ratio to Hugo, at {:,}", 0.4, 0.2, _memory(results, large)), large),
    ]
    if large == 10 * small:
        sizes = f"{small:,} → {large:,}"
        listed += [
            Budget(f"growth of a clean build, {sizes}", 11, 10, _growth(results, "clean"), "×"),
            Budget(f"growth of a one-story edit, {sizes}", 5, 2.5, _growth(results, "edited"), "×"),
        ]
    listed.append(Budget("`sitegen --version`, above bare Python", 80, 50, results.start, " ms"))
    for stories, must, aim in ((1_000, 80, 30), (10_000, 200, 50)):
        case = results.case("sitegen", stories)
        if case and case.watching:
            what = f"from save to reload, 95 of 100 edits, at {stories:,}"
            listed.append(Budget(what, must, aim, case.watched("told", 95), " ms"))
    return listed


def _sized(budget: Budget, stories: int) -> Budget:
    return Budget(budget.what.format(stories), budget.must, budget.aim, budget.measured, budget.unit)


def _memory(results: Results, stories: int) -> float | None:
    sitegen, hugo = results.case("sitegen", stories), results.case("hugo", stories)
    return sitegen.memory / hugo.memory if sitegen and hugo and hugo.memory else None


def _growth(results: Results, stage: str) -> float | None:
    first, last = results.case("sitegen", results.sizes[0]), results.case("sitegen", results.sizes[-1])
    return last.median(stage) / first.median(stage) if first and last else None
