"""RESULTS.md: the tables of a run, and plain words on how to read them."""

from __future__ import annotations

from benchmarks.budgets import Budget, budgets
from benchmarks.contestants import title
from benchmarks.results import STAGES, Case, Results

_HOW = """\
## How to read this

Every generator builds the same site from its own native format with templates of equal content: an article page with title,
date, tags, body and the stories before and after; lists of 20; pages for tags, chapters and events; an honor roll; an RSS feed
with full text. One story in ten is Chinese. All run one after the other within each repetition, so all see the same machine;
times are medians, ratios are to Hugo in the same run. Each time is a fresh process, from its start to its end.

- **clean**: nothing is left of earlier builds. **one edited**: one sentence in the body of one story was changed.
  **template edited**: the template of all stories says a word more. **nothing changed**: the same command again.
- Memory is the most that the whole tree of processes held in one more clean build, pages shared between them counted once.
- **previewing**: each generator's own server; a story is saved, and its page asked for every 2 ms until it has the new
  sentence. sitegen's reload is measured in edits of its own, at the event that open pages wait for, and the page must be
  right by then.
- After each clean build every page that the site must have is looked for, and after each edit the new sentence in its page.
  A generator that fails this stops the run.
- sitegen makes more than its peers, because it always does: pages for five sections, for years and for months of events,
  feeds in three formats for the site, each section, each chapter and each tag, a calendar for each chapter and each event,
  sitemap, checks of every reference, and the record that later builds start from. The column *pages* says how many HTML
  files each made.
- Pelican runs with its cache on, which is its best case. No peer was given a mode that leaves listings stale.
"""


def report(results: Results) -> str:
    """The whole file."""
    parts = ["# Results\n", _head(results), "![Seconds by generator, on a logarithmic scale](results.svg)\n"]
    parts += [_table(results, stories) for stories in reversed(results.sizes)]
    parts += [_budgets(results), _HOW]
    return "\n".join(parts)


def _head(results: Results) -> str:
    versions = ", ".join(f"{title(name)} {version}" for name, version in results.versions.items())
    lines = [f"{results.date}, {results.machine}; load average {results.load:.1f} at the start."]
    lines.append(f"Versions: {versions}.")
    if results.load > 1:
        lines.append("**The machine was busy with other work**: seconds, and ratios of them, are disturbed, and where a case was")
        lines.append(
            "measured once, by chance too. Seconds of processors, below each table, are the better guide. Measure again in quiet."
        )
    if results.missing:
        lines.append(f"Could not be had here, and so not measured: {', '.join(map(title, results.missing))}.")
    if results.versions.get("zola", "9").startswith("0.1"):
        lines.append("This Zola is an old version: the current one does not run on this system's C library.")
    return "\n".join(lines) + "\n"


def _table(results: Results, stories: int) -> str:
    lines = [
        f"## {stories:,} stories, {_repeated(results.repetitions(stories))}\n",
        "| | clean | one edited | template edited | nothing changed | peak memory | pages |",
    ]
    lines.append("|---|---|---|---|---|---|---|")
    lines += [_row(results, case) for case in results.cases if case.stories == stories]
    lines += ["", "Seconds of processors, in all processes together, which a busy machine disturbs less:\n"]
    lines += ["| | clean | one edited | template edited | nothing changed |", "|---|---|---|---|---|"]
    lines += [_worked(results, case) for case in results.cases if case.stories == stories]
    watched = [case for case in results.cases if case.stories == stories and case.watching]
    if watched:
        lines += ["", "While previewing, from the save of a story until its page is served anew:\n"]
        lines += ["| | half of the edits | 95 of 100 |", "|---|---|---|", *map(_watched, watched)]
    return "\n".join(lines) + "\n"


def _watched(case: Case) -> str:
    cells = [f"{case.watched('served', share) or 0:,.0f} ms" for share in (50, 95)]
    return f"| {title(case.name)} | {' | '.join(cells)} |"


def _repeated(times: int) -> str:
    return "measured once" if times == 1 else f"medians of {times}"


def _worked(results: Results, case: Case) -> str:
    hugo = results.case("hugo", case.stories)
    shares = {stage: case.worked(stage) / hugo.worked(stage) if hugo else None for stage in STAGES}
    cells = [f"{_seconds(case.worked(stage))}{_ratio(shares[stage])}" for stage in STAGES]
    return f"| {title(case.name)} | {' | '.join(cells)} |"


def _row(results: Results, case: Case) -> str:
    cells = [f"{_seconds(case.median(stage))}{_ratio(results.ratio(case.name, case.stories, stage))}" for stage in STAGES]
    return f"| {title(case.name)} | {' | '.join(cells)} | {case.memory:,.0f} MB | {case.pages:,} |"


def _seconds(value: float) -> str:
    return f"{value:.1f} s" if value >= 10 else f"{value:.2f} s"


def _ratio(value: float | None) -> str:
    return "" if value is None else f" ({number(value)})"


def number(value: float) -> str:
    """Two digits that matter."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _budgets(results: Results) -> str:
    lines = ["## Budgets\n", "| | must be at most | aim | measured | |", "|---|---|---|---|---|"]
    lines += [_budget(each) for each in budgets(results)]
    return "\n".join(lines) + "\n"


def _budget(budget: Budget) -> str:
    measured = "–" if budget.measured is None else number(budget.measured) + budget.unit
    return f"| {budget.what} | {budget.must:g}{budget.unit} | {budget.aim:g}{budget.unit} | {measured} | {budget.verdict} |"
