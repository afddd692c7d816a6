"""Reading one source: the problems, references and pictures met."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.reference import Reference
from sitegen.problems import Code, Problem, Span


class RejectedError(Exception):
    """A value was refused; the problem is already noted."""


@dataclass(slots=True)
class Reading:
    """One file being read: where it is, what the site allows, and what has been met in it so far."""

    path: str
    languages: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    pictures: list[tuple[str, int, int]] = field(default_factory=list)
    files: list[tuple[str, int, int]] = field(default_factory=list)

    def aligned(self, values: list[Any] | None, node: yaml.Node | None) -> list[tuple[Any, Any]]:
        """The values of a list with their nodes; nothing if an item was refused, so that no place is taken for another."""
        nodes = node.items if isinstance(node, yaml.Sequence) else ()
        return list(zip(values or (), nodes, strict=True)) if len(values or ()) == len(nodes) else []

    def note(self, code: Code, message: str, node: yaml.Node, hint: str = "") -> None:
        self.problems.append(Problem(code, message, Span(self.path, node.line, node.column), hint))

    def reject(self, code: Code, message: str, node: yaml.Node, hint: str = "") -> RejectedError:
        self.note(code, message, node, hint)
        return RejectedError()
