"""A theme's settings: declared with type and default in theme.yaml, chosen in config.yaml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.date_fields import Moment
from sitegen.content.field_groups import Anything, Group, ListOf, Named, plain
from sitegen.content.fields import Choice, Field, Flag, Integer, Number, Word
from sitegen.content.reading import Reading, RejectedError
from sitegen.problems import Code, SiteError
from sitegen.theme.chain import Chain
from sitegen.theme.contrast import EASY, ENOUGH, contrast, nearest_legible

_MANY = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Color(Field):
    """A colour of text, which must be legible on all the papers it stands on."""

    on: tuple[str, ...] = ()

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        color = Word(pattern=r"#[0-9A-Fa-f]{6}", hint='write a colour such as "#8C1D2B", in quotes').read(node, name, reading)
        for paper in self.on:
            ratio = contrast(color, paper)
            if ratio < ENOUGH:
                near = nearest_legible(color, self.on)
                hint = f"the nearest colour that can be read is {near}" if near else "choose a darker or a lighter colour"
                # Cut, not rounded: 4.496 must not be shown as the 4.5 that it is not.
                message = f"{name} {color} has a contrast of {int(ratio * 100) / 100}:1 on {paper}, {ENOUGH}:1 is needed"
                raise reading.reject(Code.CONTRAST, message, node, hint)
        return color


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct(ListOf):
    """A list that names nothing twice."""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> list[Any]:
        values = ListOf.read(self, node, name, reading)
        for number, (value, item) in enumerate(reading.aligned(values, node)):
            if value in values[:number]:
                reading.note(Code.INCONSISTENT, f"{name} names {value} twice", item, "remove one of the two")
        return values


def settings(chain: Chain, chosen: yaml.Node | None, reading: Reading) -> dict[str, Any]:
    """Every declared setting with its value.  Raises SiteError for unknown names, wrong types and illegible colours."""
    declared = _declared(chain)
    presets = {name: values for layer in reversed(chain.layers) for name, values in layer.presets.items()}
    fields = {name: _field(each, chain, presets) for name, each in declared.items()}
    values: dict[str, Any] = {}
    if chosen is not None and plain(chosen) is not None:
        with suppress(RejectedError):  # what is refused has been noted
            values = Group(fields=fields).read(chosen, "theme_settings", reading)
    if reading.problems:
        raise SiteError(reading.problems, exit_code=2)
    defaults = {name: each.get("default") for name, each in declared.items()}
    for name, each in declared.items():
        if each.get("type") == "preset":
            defaults |= presets.get(str(values.get(name, defaults[name])), {})
    return defaults | _following(declared, values) | values


def _declared(chain: Chain) -> dict[str, dict[str, Any]]:
    """The declarations of all layers; a child that says only a default changes only that."""
    declared: dict[str, dict[str, Any]] = {}
    for layer in reversed(chain.layers):
        for name, each in layer.settings.items():
            declared[name] = {**declared.get(name, {}), **(each if isinstance(each, Mapping) else {"default": each})}
    return declared


def _following(declared: Mapping[str, Mapping[str, Any]], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Colours that were not chosen beside one they follow: its nearest shade that is easily legible where they stand."""
    return {
        name: nearest_legible(chosen[each["follows"]], each["on"], EASY)
        for name, each in declared.items()
        if name not in chosen and each.get("follows", "") in chosen
    }


def _field(declared: Mapping[str, Any], chain: Chain, presets: Mapping[str, Any]) -> Field:
    """How a declared setting is read.  A type that is not known reads anything."""
    makers: dict[str, Callable[[], Field]] = {
        "text": Word,
        "path": Word,
        "color": lambda: Color(on=tuple(declared.get("on", ()))),
        "flag": Flag,
        "integer": lambda: Integer(maximum=_MANY),
        "number": lambda: Number(maximum=_MANY),
        "date": lambda: Moment(date_only=True),
        "map": lambda: Named(item=Anything()),
        "choice": lambda: Choice(of=tuple(declared.get("of", ()))),
        "preset": lambda: Choice(of=tuple(presets)),
        "asset": lambda: Choice(of=tuple(name.removesuffix(".jinja") for name in chain.files("assets"))),
        "partial": lambda: Choice(of=_partials(chain, declared.get("prefix", ""))),
    }
    if declared.get("type", "text") == "list":
        item = makers.get(declared.get("each", ""), Anything)()
        return Distinct(item=item) if declared.get("unique") else ListOf(item=item)
    return makers.get(declared.get("type", "text"), Anything)()


def _partials(chain: Chain, prefix: str) -> tuple[str, ...]:
    """The names of the partials that begin so, without that beginning."""
    return tuple(name.removeprefix(prefix).removesuffix(".html") for name in chain.files("partials") if name.startswith(prefix))
