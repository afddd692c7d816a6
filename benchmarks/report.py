"""RESULTS.md: the tables of a run, and plain words on how to read them."""

from __future__ import annotations

from benchmarks.budgets import Budget, budgets
from benchmarks.contestants import title
from benchmarks.results import STAGES, Case, Results

_HOW = """\
## How to read this

Every generator builds the same site from its own native format with templates of equal content: an article page with title,
date, tags, body and the stories before and after; lists of 20; pages for sections, tags, chapters and events; an honor roll.
One story in ten is Chinese. All run one after the other within each repetition, so all see the same machine; times are
medians, ratios are to Hugo in the same run. Each time is a fresh process, from its start to its end.

To the same site belong, at the same places: feeds of the latest 30 stories with summary, tags and full text, in RSS, Atom and
JSON Feed, of the site and of each section, chapter and tag; calendars of the site, of each chapter and of each event, with
times in the site's zone; and a sitemap. The column *feeds and calendars* counts them, *all files* weighs the whole output.

- **sitegen**, **Hugo** and **Eleventy** make all of them; Hugo by its own output formats, Eleventy by pagination and templates in
  JavaScript.
- **Hugo, one feed** builds the same pages, from the same layouts, with one RSS feed, no calendar and no sitemap: what Hugo takes
  for a lighter site. No other generator is measured at that, and the budgets compare with Hugo at the same site.
- **Zola** makes one format of feeds (RSS) of every subject, and the sitemap. Versions up to 0.18 know one format only, and no
  version writes calendars by ordinary means.
- **Pelican** makes RSS and Atom of every subject (a chapter is the author of its news: Pelican groups by category, tag and
  author), the calendar of the site, and the sitemap. JSON Feed, and calendars of chapters and of events, would need a plugin.
- The peers' identifiers of items are addresses, sitegen's are made from a stable id. Peers do not fold long lines of
  calendars, which the standard only recommends; Hugo and Eleventy give chapters' feeds no description of their own. Hugo's
  feeds carry the text in CDATA, for that was the faster of the two ways measured.

How it was measured:

- **clean**: nothing is left of earlier builds. **one edited**: one sentence in the body of one story was changed.
  **template edited**: the template of all stories says a word more. **nothing changed**: the same command again.
- Memory is the most that the whole tree of processes held in one more clean build, pages shared between them counted once.
- **previewing**: each generator's own server; a story is saved, and its page asked for every 2 ms until it has the new
  sentence. sitegen's reload is measured in edits of its own, at the event that open pages wait for, and the page must be
  right by then.
- A peer whose preview did not show an edit within three minutes has no figure there.
- After each clean build every page that the site must have is looked for, and every feed, calendar and sitemap that the
  generator makes is read: well formed, the right stories in the right order with their full text, the right events at the
  right times. After each edit the new sentence is looked for in its page. A generator that fails this stops the run.
- sitegen makes more than its peers, because it always does: pages for years and for months of events, the honor roll by
  initials and as a table for download, checks of every reference, and the record that later builds start from. The column
  *pages* says how many HTML files each made.
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
        "| | clean | one edited | template edited | nothing changed | peak memory | pages | feeds and calendars | all files |",
    ]
    lines.append("|---|---|---|---|---|---|---|---|---|")
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
    cells += [f"{case.memory:,.0f} MB", f"{case.pages:,}", f"{case.subscriptions:,}", f"{case.megabytes:,.0f} MB"]
    return f"| {title(case.name)} | {' | '.join(cells)} |"


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
