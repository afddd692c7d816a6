"""When an event takes place, as its file says it: start and end, a rule or a list of dates, and changes to single times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.reading import Reading
from sitegen.content.recurrence import MOST, expand
from sitegen.problems import Code

LONGEST = 366


def check(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """End after start, days for an all-day event, a rule that RFC 5545 allows, changes to times that there are."""
    _check_span(fields, node, reading)
    if fields.get("rrule"):
        if "dates" in fields:
            hint = "keep the rule, or list every date under dates:"
            reading.note(Code.INCONSISTENT, "dates beside a rule", node.items["dates"], hint)
        _check_rule(fields, node, reading)
    elif "rrule" not in node.items:
        if "exdates" in fields:
            hint = (
                "add rrule: …, or delete the date under dates:" if "dates" in fields else "add rrule: …, or change the event itself"
            )
            reading.note(Code.INCONSISTENT, "exdates without a rule", node.items["exdates"], hint)
        if "dates" in fields:
            _check_dates(fields, node, reading)
        elif "overrides" in fields and "dates" not in node.items:
            hint = "add rrule: …, or change the event itself"
            reading.note(Code.INCONSISTENT, "overrides without a rule", node.items["overrides"], hint)
    _check_overrides(fields, node, reading)


def _check_span(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    start, end = fields.get("start"), fields.get("end")
    if start and end and not fields.get("all_day") and (len(start) == 10 or len(end) == 10):
        reading.note(Code.BAD_DATE, "start and end need a time", node.items["start"], "add the hour, or all_day: true")
    elif start and fields.get("all_day") and (len(start) > 10 or len(end or "") > 10):
        reading.note(Code.BAD_DATE, "an all-day event has days, not hours", node.items["start"], "leave the times out")
    elif start and end and not _in_order(start, end):
        hint = f"it starts {_shown(start)}: correct one of the two"
        reading.note(Code.INCONSISTENT, "end is before start", node.items["end"], hint)
    if start and end and (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days > LONGEST:
        hint = "check the years; what happens again and again has a rule: rrule: …"
        reading.note(Code.INCONSISTENT, f"the event lasts more than {LONGEST} days", node.items["end"], hint)
    if start and not end and not fields.get("all_day"):
        reading.note(Code.MISSING_FIELD, "the event has no end", node.items["start"], "add end: …, or all_day: true")


def _in_order(start: str, end: str) -> bool:
    """True for days in order, and for times of which one is before the other as far as their offsets tell."""
    if len(start) == len(end) == 10:
        return start <= end
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    return (first.tzinfo is None) != (last.tzinfo is None) or first < last


def _check_rule(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """The rule can be read, begins with the start, and has every time that exdates and overrides name."""
    start = _local_start(fields, node, reading)
    if start is None:
        return
    rule = node.items["rrule"]
    hint = "such as FREQ=WEEKLY;BYDAY=SU;UNTIL=20270627"
    try:
        times = set(expand(fields["rrule"], start, fields.get("timezone", "UTC")))
    except (ValueError, OverflowError) as error:
        reading.note(Code.WRONG_TYPE, f"rrule is not a rule: {error}", rule, hint)
        return
    if not times:
        reading.note(Code.INCONSISTENT, "the rule has no occurrence", rule, hint)
    elif start not in times:
        message = f"the rule does not include the start, its first time is {min(times):%Y-%m-%d %H:%M}"
        reading.note(Code.INCONSISTENT, message, rule, "let the event start on a day of the rule")
    for text, place in [*reading.aligned(fields.get("exdates"), node.items.get("exdates")), *_overridden(fields, node, reading)]:
        if len(text) != len(fields["start"]) or datetime.fromisoformat(text) not in times:
            hint = f"write it as the start is: {start:%Y-%m-%d %H:%M}"
            reading.note(Code.INCONSISTENT, f"{_shown(text)} is not a time of the rule", place, hint)


def _check_dates(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """Each date stands once, none is the start itself, and overrides name one of them."""
    start = _local_start(fields, node, reading)
    if start is None:
        return
    times = {start}
    for text, place in reading.aligned(fields["dates"], node.items["dates"]):
        moment = date_of_series(text, fields["start"])
        if datetime.fromisoformat(text).tzinfo is not None:
            reading.note(Code.BAD_DATE, f"{_shown(text)} has an offset", place, "write the local time, and timezone: …")
        elif len(text) > len(fields["start"]):
            reading.note(Code.BAD_DATE, "an all-day event has days, not hours", place, "leave the times out")
        elif datetime.fromisoformat(moment) in times:
            reading.note(
                Code.INCONSISTENT, f"{_shown(moment)} stands twice", place, "the start is the first date: list only others"
            )
        else:
            times.add(datetime.fromisoformat(moment))
    if len(times) > MOST:
        reading.note(Code.INCONSISTENT, f"more than {MOST:,} dates", node.items["dates"], "split the series into several events")
    for text, place in _overridden(fields, node, reading):
        if datetime.fromisoformat(date_of_series(text, fields["start"])) not in times:
            hint = f"write it as it stands under dates:, or as the start: {start:%Y-%m-%d %H:%M}"
            reading.note(Code.INCONSISTENT, f"{_shown(text)} is not a date of the series", place, hint)


def date_of_series(text: str, start: str) -> str:
    """A date of a series, with the hour of the start where it names none."""
    return text + start[10:] if len(text) == 10 else text


def _local_start(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> datetime | None:
    """The start by the wall clock; None after noting that it has an offset, which says nothing of other days."""
    if "start" not in fields:
        return None
    start = datetime.fromisoformat(fields["start"])
    if start.tzinfo is None:
        return start
    reading.note(Code.BAD_DATE, "a repeated event has an offset", node.items["start"], "write the local time, and timezone: …")
    return None


def _overrides(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> Iterator[tuple[dict[str, Any], yaml.Mapping]]:
    for override, place in reading.aligned(fields.get("overrides"), node.items.get("overrides")):
        if override and "occurrence" in override:
            yield override, place


def _overridden(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> list[tuple[str, yaml.Node]]:
    return [(override["occurrence"], place.items["occurrence"]) for override, place in _overrides(fields, node, reading)]


def _check_overrides(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """A changed time is of the same sort as the event's, and ends after it starts."""
    if not fields.get("start") or not (fields.get("end") or fields.get("all_day")):
        return
    all_day = len(fields["start"]) == 10
    for override, place in _overrides(fields, node, reading):
        wrong = [key for key in ("start", "end") if key in override and (len(override[key]) == 10) != all_day]
        for key in wrong:
            message = "an all-day event has days, not hours" if all_day else f"{key} needs a time"
            reading.note(Code.BAD_DATE, message, place.items[key], "leave the time out" if all_day else "add the hour")
        if wrong or "end" not in override:
            continue
        start = override.get("start") or date_of_series(override["occurrence"], fields["start"])
        if not _in_order(start, override["end"]):
            hint = f"it starts {_shown(start)}: correct one of the two"
            reading.note(Code.INCONSISTENT, "end is before start", place.items["end"], hint)


def _shown(text: str) -> str:
    return text.replace("T", " ")[:16]
