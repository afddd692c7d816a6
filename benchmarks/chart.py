"""results.svg: the times of a run as bars on a logarithmic scale, for light and dark pages."""

from __future__ import annotations

import math

from benchmarks.contestants import title
from benchmarks.results import Case, Results

_WIDTH, _LEFT, _RIGHT = 760, 150, 90
_BAR, _GAP, _HEAD = 18, 5, 44
_STAGES = {"clean": "Clean build", "edited": "One story edited", "nothing": "Nothing changed"}
_STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #333 }
.title { font-weight: 600; font-size: 15px } .stage { font-weight: 600 } .small { font-size: 11px; fill: #666 }
.bar { fill: #9aa3ad } .ours { fill: #8c1d2b } .line { stroke: #888; stroke-opacity: .3 }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .small { fill: #aaa } .bar { fill: #6b7680 } .ours { fill: #f0919b }
}"""


def chart(results: Results) -> str:
    """The picture of the largest size measured."""
    stories = results.sizes[-1]
    cases = [case for case in results.cases if case.stories == stories]
    times = [case.median(stage) for case in cases for stage in _STAGES]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    scale = _Scale(low, max(high, low + 1))
    parts = [f'<text class="title" x="0" y="18">Seconds at {stories:,} stories, less is better (logarithmic)</text>']
    top = _HEAD
    for stage, heading in _STAGES.items():
        parts.append(f'<text class="stage" x="0" y="{top + 13}">{heading}</text>')
        top += 24
        for case in sorted(cases, key=lambda each, stage=stage: each.median(stage)):  # type: ignore[misc]
            parts += _bar(case, stage, top, scale)
            top += _BAR + _GAP
        top += 14
    return _frame(scale.lines(_HEAD - 8, top) + parts, top + 20, f"Seconds of each generator at {stories:,} stories")


class _Scale:
    """Seconds → horizontal place, from 10 to the `low` to 10 to the `high`."""

    def __init__(self, low: int, high: int) -> None:
        self._low, self._high = low, high

    def place(self, seconds: float) -> float:
        share = (math.log10(seconds) - self._low) / (self._high - self._low)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def lines(self, top: int, bottom: int) -> list[str]:
        parts = []
        for power in range(self._low, self._high + 1):
            x = self.place(10.0**power)
            parts.append(f'<line class="line" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>')
            parts.append(f'<text class="small" x="{x:.1f}" y="{bottom + 14}" text-anchor="middle">{10.0**power:g} s</text>')
        return parts


def _bar(case: Case, stage: str, top: int, scale: _Scale) -> list[str]:
    seconds = case.median(stage)
    end = scale.place(seconds)
    kind = "ours" if case.name == "sitegen" else "bar"
    return [
        f'<text x="{_LEFT - 8}" y="{top + 14}" text-anchor="end">{title(case.name)}</text>',
        f'<rect class="{kind}" x="{_LEFT}" y="{top}" width="{end - _LEFT:.1f}" height="{_BAR}" rx="2"/>',
        f'<text x="{end + 6:.1f}" y="{top + 14}">{seconds:.3g} s</text>',
    ]


def _frame(parts: list[str], height: int, label: str) -> str:
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{label}">'
    return "\n".join([opening, f"<style>{_STYLE}</style>", *parts, "</svg>"]) + "\n"
