"""Problems of privacy: what a source or its name tells of people, and what somebody decided, with a reason, to let stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Field, Word
from sitegen.content.paths import content_path
from sitegen.content.privacy import Finding, findings
from sitegen.content.reading import Reading
from sitegen.content.review import Review
from sitegen.problems import Code, Problem, Span

FIELD = "privacy_reviewed"
PLACE, UNEXAMINED = "GPS", "unexamined"  # what a review calls findings that have no mask
_GATE = {Code.PERSONAL: "", Code.CONTACT: "", Code.PICTURE_PLACE: PLACE, Code.UNEXAMINED: UNEXAMINED}
_HINTS = {
    Code.PERSONAL: "delete it; if it belongs to nobody, say so",
    Code.CONTACT: "name an office instead of a person, or say why it may stand here",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedFile(Field):
    """A file of the content folder, beside the source or from /; in config.yaml, a file of the project."""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        text = self.scalar(node, name, reading, "the name of a file").text.strip()
        in_content = reading.path.startswith("content/")
        path = content_path(text, reading.path)
        if path is None:
            raise reading.reject(Code.UNSAFE_PATH, f"{name} “{text}” is not a file of the site", node, "name a file of the site")
        return f"content{path}" if in_content else path.lstrip("/")


REVIEWED = ListOf(item=Group(fields={"found": Word(required=True), "file": ReviewedFile(), "reason": Word(required=True)}))


def reviews(values: Sequence[Mapping[str, Any]] | None, node: yaml.Mapping, path: str) -> tuple[Review, ...]:
    """What the field of one source lets stand."""
    place = node.items.get(FIELD)
    places = place.items if isinstance(place, yaml.Sequence) else ()
    return tuple(
        Review(each.get("file", path), each["found"], each["reason"], path, where.line, where.column)
        for each, where in zip(values or (), places, strict=False)
        if each.keys() >= {"found", "reason"}
    )


def disclosures(path: str, text: str, file: str = "") -> list[Problem]:
    """What a source, and its name, tell of people, each with its place; `file` as for `disclosed`."""
    problems = names(path)
    for finding in findings(text):
        line = text.count("\n", 0, finding.start) + 1
        column = finding.start - text.rfind("\n", 0, finding.start)
        problems.append(disclosed(finding, Span(path, line, column), file=file))
    return problems


def names(path: str) -> list[Problem]:
    """What the names of a file and its folders tell of people."""
    return [
        Problem(finding.code, f"the file’s name holds {finding.noun}: {finding.mask}", Span(path), "rename it")
        for finding in findings(path.replace("/", "\n"))
    ]


def disclosed(finding: Finding, span: Span, where: str = "", file: str = "") -> Problem:
    """The problem of one finding.

    `where` names the part of a document it is in; `file` is the name of a file that holds no fields itself.
    """
    named = f"file: {file}, " if file else ""
    home = "" if span.path.startswith("content/") else "in the configuration, "
    hint = f'{_HINTS[finding.code]}: {home}{FIELD}: [{{{named}found: "{finding.mask}", reason: …}}]'
    return Problem(finding.code, f"{finding.noun}{where}: {finding.mask}", span, hint)


def settle(problems: Iterable[Problem], written: Iterable[tuple[Any, ...]]) -> list[Problem]:
    """The problems with those that were reviewed turned into notes of the reason, and a word on reviews that fit nothing.

    `written` are reviews as `reviews` gives them, or as plain tuples.
    """
    reviewed = [Review(*each) for each in written]
    settled = []
    fitting: set[Review] = set()
    for problem in problems:
        review = next((each for each in reviewed if _fits(each, problem)), None) if problem.code in _GATE else None
        if review is None:
            settled.append(problem)
            continue
        fitting.add(review)
        settled.append(replace(problem, code=Code.REVIEWED, message=f"{problem.message} – reviewed: {review.reason}", hint=""))
    for review in reviewed:
        if review not in fitting:
            message = f"nothing like {review.found} is found in {review.file}"
            hint = "delete this review, or take what to write under found: from the message"
            settled.append(Problem(Code.STALE_REVIEW, message, Span(review.source, review.line, review.column), hint))
    return settled


def _fits(review: Review, problem: Problem) -> bool:
    found = _GATE[problem.code]
    return problem.span.path == review.file and (review.found == found if found else problem.message.endswith(f": {review.found}"))
