"""What a build did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sitegen.build.emit import Emitted
from sitegen.build.plan import Output
from sitegen.build.summary import Summary
from sitegen.problems import Problem
from sitegen.site.cards import Withheld
from sitegen.site.facts import Key
from sitegen.site.site import Site


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: `rendered` outputs were made again, `emitted.written` files then differed from those on disk."""

    site: Site
    outputs: Sequence[Output]
    emitted: Emitted
    rendered: Sequence[str]
    problems: Sequence[Problem]
    next_change: datetime | None
    media: frozenset[Key]  # the pictures and files that pages read
    lacks_font: bool  # for the words of pictures for shared links
    files: frozenset[str]  # every file of the output
    remark: str = ""

    @property
    def pages(self) -> int:
        return sum(output.format == "html" for output in self.outputs)

    @property
    def withheld(self) -> Sequence[Withheld]:
        return self.site.withheld

    @property
    def summary(self) -> Summary:
        lines = [f"withheld: {each.card.source} ({each.card.language}): {each.verdict.reason}" for each in self.withheld]
        done = self.emitted
        return Summary(
            self.pages, len(self.rendered), done.written, done.unchanged, done.removed, lines, self.problems, self.next_change,
            self.files, self.remark, self.lacks_font,
        )  # fmt: skip
