"""Gifts → entries of a public roll: one for each donor, and nothing in it that the donor has not agreed to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sitegen.importers.amounts import plain
from sitegen.importers.columns import BY_NAME
from sitegen.importers.gifts import Gift, Gifts
from sitegen.importers.roll_file import Terms
from sitegen.problems import Code, Problem, SiteError, Span
from sitegen.site.pinyin import slugify

_NUMBERS = ("consecutive_years", "year")
_AS_SAID = ("cohort", "unit", "chapter", "project", "consecutive_years", "year", "citation", "awarded_by")
_BY_NAME = ("person", "couple", "family", "estate", "")


@dataclass(frozen=True, slots=True)
class Donor:
    """The gifts of one donor that count in a roll, added up.  `said` is what all of them agree on."""

    number: str
    gifts: Sequence[Gift]
    amount: Decimal | None
    said: dict[str, str]

    @property
    def row(self) -> int:
        return self.gifts[0].row

    @property
    def is_named(self) -> bool:
        return self.said.get("recognition", "named") != "anonymous"

    @property
    def display(self) -> str:
        return self.said.get("amount_display", "hidden")

    @property
    def is_soft(self) -> bool:
        return "soft_credit_of" in self.said

    @property
    def is_listed(self) -> bool:
        """False for an anonymous soft credit: the gift counts elsewhere, and nobody is there to be named."""
        return self.is_named or not self.is_soft


Place = Callable[[int, str], Span]


def donors_of(gifts: Gifts, terms: Terms, place: Place) -> list[Donor]:
    """The donors of the gifts within the period.  Raises SiteError with all that contradicts itself or lacks consent."""
    grouped: dict[str, list[Gift]] = defaultdict(list)
    for gift in gifts.rows:
        if terms.covers(gift.date):
            grouped[gift.donor].append(gift)
    problems: list[Problem] = []
    donors = []
    for number, given in grouped.items():
        said = _agreed(given, place, problems)
        amounts = [gift.amount for gift in given if gift.amount is not None]
        donors.append(Donor(number, given, sum(amounts, Decimal(0)) if amounts else None, said))
    for donor in donors:
        problems += _lacking(donor, gifts.columns, terms, place)
        if donor.is_soft and not any(other == donor.said["soft_credit_of"] for other in grouped):
            message = "the donor whose gift counts is not among the gifts of this period"
            hint = "correct the number, or leave the cell empty"
            problems.append(Problem(Code.UNKNOWN_REFERENCE, message, place(donor.row, "soft_credit_of"), hint))
    if problems:
        raise SiteError(problems)
    return donors


def _agreed(gifts: Sequence[Gift], place: Place, problems: list[Problem]) -> dict[str, str]:
    """What the gifts of one donor say, of those things that they all say alike; notes what they must agree on and do not."""
    said: dict[str, str] = {}
    for name in dict.fromkeys(name for gift in gifts for name in gift.values):
        values = [gift.values.get(name, "") for gift in gifts]
        if len(set(values)) == 1 or BY_NAME[name].of_donor:
            said[name] = values[0]
        if len(set(values)) > 1 and BY_NAME[name].of_donor:
            other = next(gift for gift in gifts if gift.values.get(name, "") != values[0])
            message = f"row {gifts[0].row} has the same donor number, and says something else here"
            hint = "make them agree, or give one of them another number"
            problems.append(Problem(Code.INCONSISTENT, message, place(other.row, name), hint))
    return said


def _lacking(donor: Donor, columns: frozenset[str], terms: Terms, place: Place) -> list[Problem]:
    """What a donor's entry would show without leave, or lacks."""
    problems = []
    said = donor.said

    def note(code: Code, message: str, column: str, hint: str) -> None:
        problems.append(Problem(code, message, place(donor.row, column), hint))

    asked = terms.type == "donors" or bool(columns & {"consent_name", "consent_amount", "consent_ref"})
    if "recognition" in columns and not said.get("recognition"):
        note(Code.MISSING_FIELD, "it does not say how the donor is named", "recognition", "write 署名, 描述 or 匿名")
    elif donor.is_named and not said.get("name") and not said.get("person"):
        note(Code.MISSING_FIELD, "the donor has no name", "name", "write the name, or 匿名 as recognition")
    if donor.is_named and asked and not _agrees(said, columns, "consent_name"):
        note(Code.CONSENT, "the donor has not agreed to be named", "consent_name", "ask, or write 匿名 as recognition")
    if donor.display != "hidden" and asked and not _agrees(said, columns, "consent_amount"):
        hint = "ask, or write 不公布 for the amount"
        note(Code.CONSENT, "the donor has not agreed to have the amount shown", "consent_amount", hint)
    if donor.is_named and said.get("minor") == "true" and not said.get("guardian_consent"):
        note(Code.CONSENT, "no guardian has agreed to have a minor named", "minor", "ask, or write 匿名 as recognition")
    if donor.display != "hidden" and donor.amount is None:
        note(Code.MISSING_FIELD, "the gift has no amount", "amount", "write it, or 不公布 for the amount of a gift in kind")
    return problems


def _agrees(said: dict[str, str], columns: frozenset[str], column: str) -> bool:
    """True where the register says so, or, if it has no column for it, where an agreement is filed."""
    return said.get(column) == "true" if column in columns else bool(said.get("consent_ref"))


def entries_of(
    donors: Sequence[Donor], terms: Terms, languages: Sequence[str], hidden_amounts: bool
) -> list[tuple[dict[str, Any], int]]:
    """The entries of a roll with the row each comes from, in the order of their ids, and after them the anonymous.

    An id is made from the public name, so nothing of the register's own numbers is published; anonymous donors are
    numbered in the order of what is public of them, so their place tells nothing of the register's.
    """
    ids = _ids(donors, terms)
    found = [(_entry(donor, ids, terms, languages, hidden_amounts), donor) for donor in donors]
    found.sort(key=lambda pair: (not pair[1].is_named, _order(str(pair[0]["id"]))))
    return [(entry, donor.row) for entry, donor in found if donor.is_listed]


def _order(name: str) -> tuple[str, int]:
    stem, _, number = name.rpartition("-")
    return (stem, int(number)) if number.isdecimal() else (name, 0)


def _ids(donors: Sequence[Donor], terms: Terms) -> dict[str, str]:
    ids: dict[str, str] = {}
    taken: set[str] = set()
    named = sorted((donor for donor in donors if donor.is_named), key=lambda donor: donor.number)
    hidden = [donor for donor in donors if not donor.is_named]
    hidden.sort(
        key=lambda donor: (donor.display, -(donor.amount or 0), donor.said.get("donor_kind", ""), donor.said.get("project", ""))
    )
    numbers: Counter[str] = Counter()
    for donor in (*named, *hidden):
        is_name = donor.said.get("donor_kind", "") in _BY_NAME
        stem = slugify(donor.said.get("name") or donor.said.get("person", ""), is_name) if donor.is_named else "anonymous"
        name = stem if donor.is_named else ""
        while not name or name in taken:
            numbers[stem] += 1
            name = f"{stem}-{numbers[stem] + donor.is_named}"
        ids[donor.number] = name
        taken.add(name)
    return ids


def _entry(donor: Donor, ids: dict[str, str], terms: Terms, languages: Sequence[str], hidden_amounts: bool) -> dict[str, Any]:
    said, shown = donor.said, donor.display
    entry: dict[str, Any] = {"id": ids[donor.number]}
    if "donor_kind" in said:
        entry["donor_kind"] = said["donor_kind"]
    if donor.is_named:
        entry |= _name(said, languages)
    entry["recognition"] = said.get("recognition", "named")
    # A level is a band of amounts: where nothing of the amount is to be shown, it is not either.
    if shown != "hidden" and terms.level(donor.amount):
        entry["level"] = terms.level(donor.amount)
    if donor.amount is not None and (shown != "hidden" or hidden_amounts):
        entry |= {"amount": Decimal(plain(donor.amount)), "amount_display": shown}
    if not donor.is_named:
        return entry | {name: said[name] for name in ("project",) if name in said}
    entry |= {
        name: int(said[name]) if name in _NUMBERS and said[name].isdecimal() else said[name] for name in _AS_SAID if name in said
    }
    if "tribute" in said and "tribute_name" in said:
        entry["tribute"] = {"type": said["tribute"], "name": said["tribute_name"]}
    if said.get("deceased") == "true":
        entry["deceased"] = True
    if donor.is_soft:
        entry["soft_credit_of"] = ids[said["soft_credit_of"]]
    if said.get("minor") == "true":
        entry |= {"minor": True, "guardian_consent": said["guardian_consent"]}
    if "consent_ref" in said:
        entry["consent_ref"] = said["consent_ref"]
    return entry


def _name(said: dict[str, str], languages: Sequence[str]) -> dict[str, Any]:
    if "person" in said:
        return {"person": said["person"]}
    if "name_en" in said and "en" in languages[1:]:
        return {"name": {languages[0]: said["name"], "en": said["name_en"]}}
    return {"name": said["name"]}
