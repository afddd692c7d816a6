"""Entries of every kind with a word of its own in every field that holds words, so that a leak names the field."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from sitegen.content.kind import Kind

WORD = re.compile(r"kanari[0-9]{5}q", re.IGNORECASE)
# The same in Chinese, a sign for a digit, and how these are read.
SIGNS = "甲乙丙丁戊己庚辛壬癸"
SYLLABLES = ("jia", "yi", "bing", "ding", "wu", "ji", "geng", "xin", "ren", "gui")
# Values that must fit together, or be known to the theme; everything else is made from the field's type.
FIXED: dict[str, dict[str, Any]] = {
    "event": {
        "start": "2026-12-01 09:00", "end": "2026-12-01 10:00", "all_day": False, "rrule": "FREQ=WEEKLY;COUNT=3",
        "exdates": ["2026-12-08 09:00"], "event_status": "scheduled", "mode": "hybrid", "dates": None,
    },
    "chapter": {"affiliations": ["xjtu"]},
    "cohort": {"entry": 1998, "graduation": 2002},
    "project": {"category": "scholarship"},
    "honor_roll": {"type": "donors", "currency": "CNY", "group_by": "level", "sort": "given"},
}  # fmt: skip
INSIDE: dict[str, Any] = {
    "officers.role": "president", "occurrence": "2026-12-15 09:00", "overrides.start": "2026-12-15 11:00",
    "overrides.end": "2026-12-15 12:00", "overrides.event_status": "moved", "entries.recognition": "named",
    "entries.soft_credit_of": None, "entries.amount_display": "exact", "levels.min": "0", "period.from": "2026-01-01",
    "period.to": "2026-12-31", "goal.currency": "CNY", "raised.currency": "CNY", "term.from": "2026", "term.to": "2027",
}  # fmt: skip
# What decides over visibility and addresses is for the test to say.
LEFT_OUT = {"id", "kind", "slug", "layout", "status", "publish_date", "expiry_date", "pin_until", "visibility", "withdrawal"}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><title>{}</title></svg>'


def word(number: int) -> str:
    """The canary of that number."""
    return f"kanari{number:05}q"


def in_chinese(canary: str) -> str:
    """The same canary in Chinese."""
    return "金丝雀" + "".join(SIGNS[int(digit)] for digit in canary[6:11])


@dataclass
class Canaries:
    """Fresh words, what each stands for, and the picture files that bear them."""

    places: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)

    def fresh(self, place: str) -> str:
        canary = word(len(self.places))
        self.places[canary] = place
        return canary

    def amount(self, place: str) -> str:
        """A sum of money that is a canary itself."""
        amount = f"8361{len(self.places):05}"
        self.places[amount] = place
        return amount

    def picture(self, place: str) -> str:
        canary = self.fresh(place)
        self.pictures[f"content/media/{canary}.svg"] = PICTURE.format(canary)
        return f"/media/{canary}.svg"

    def file(self, place: str) -> str:
        canary = self.fresh(place)
        self.pictures[f"content/media/{canary}.txt"] = canary
        return f"/media/{canary}.txt"

    def entry(self, kind: Kind, label: str) -> tuple[str, dict[str, Any]]:
        """A file name and fields for an entry of a kind; `label` says what it is a case of."""
        values = {}
        for name, each in kind.fields.items():
            if name not in LEFT_OUT:
                fixed = FIXED.get(kind.name, {})
                values[name] = fixed[name] if name in fixed else self._value(each, f"{label}: {kind.name}.{name}", name)
        if kind.name == "honor_roll":
            values["entries"][0]["level"] = values["levels"][0]["id"]
        if kind.name == "chapter":
            values["status"] = "active"
        body = "bio" if kind.title_field == "name" else "body"
        values[body] = self._body(f"{label}: {kind.name}'s text")
        return self.fresh(f"{label}: {kind.name}'s file name"), {key: each for key, each in values.items() if each is not None}

    def text(self, files: dict[str, dict[str, Any]]) -> str:
        """Sources and pictures, as a workshop writes them."""
        sources = {
            path: "\n".join(f"{key}: {json.dumps(each, ensure_ascii=False)}" for key, each in values.items())
            for path, values in files.items()
        }
        return "".join(f"-- {path} --\n{text}\n" for path, text in {**sources, **self.pictures}.items())

    def _body(self, place: str) -> str:
        first, alt, picture = self.fresh(place), self.fresh(f"{place}, alt"), self.picture(f"{place}, picture")
        more = [self.fresh(place) for _ in range(5)]
        return (
            f"{first}{in_chinese(first)} **{more[0]}** `{more[1]}` [link](https://{more[2]}.example.edu/)\n\n"
            f"## {self.fresh(f'{place}, heading')}\n\n![{alt}]({picture})\n\n- {more[3]}[^1]\n\n[^1]: {more[4]}\n"
        )

    def _value(self, each: Any, place: str, name: str) -> Any:
        for end, value in INSIDE.items():
            if place.endswith("." + end):
                return value
        match type(each).__name__:
            case "Text":
                canary = self.fresh(place)
                return f"{canary} {in_chinese(canary)}"
            case "Word":
                return self._word(each.pattern, place)
            case "Url":
                return f"https://{self.fresh(place)}.example.edu/"
            case "Picture":
                return self.picture(place)
            case "Attachment":
                return self.file(place)
            case "Anything":
                return {"free": self.fresh(place)}
            case "ListOf":
                item = self._value(each.item, place, name)
                return None if item is None else [item] * (each.length or 1)
            case "Group":
                found = {key: self._value(part, f"{place}.{key}", key) for key, part in each.fields.items()}
                return {key: value for key, value in found.items() if value is not None} or None
            case "Choice":
                return each.of[0]
            case "Flag":
                return True
            case "Integer":
                return max(each.minimum, min(2001, each.maximum))
            case "Number":
                return 0.5
            case "Amount":
                return self.amount(place)
            case "Moment":
                return "2026-11-20"
            case "PartialDate":
                return "2026-05"
            case "TimeZone":
                return "Asia/Shanghai"
            case "Ref":
                return None
            case "ReviewedFile":
                return f"/media/{self.fresh(place)}.pdf"
        raise TypeError(f"{place} has a type that no test knows: {type(each).__name__}")

    def _word(self, pattern: str, place: str) -> str:
        canary = self.fresh(place)
        for form in (canary, f"/{canary}/", f"{canary}@example.edu", "CN", "CNY", "09:00", "12-4-7"):
            if not pattern or re.fullmatch(pattern, form):
                return form
        raise ValueError(f"{place}: no sample fits {pattern}")
