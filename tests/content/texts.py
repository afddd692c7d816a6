"""Short ways to parse a Markdown text and to read what came of it."""

from __future__ import annotations

from sitegen.content.body import Block, Body, EntryLink, FileLink, Image, Message, Part, SiteLink
from sitegen.content.kinds import BUILT_IN
from sitegen.content.markdown import parse_markdown
from sitegen.content.parsing import Parsing

PATH = "content/news/forum.zh.md"
FIRST_LINE = 10


def parse(text: str, raw_html: bool = False) -> tuple[Body, Parsing]:
    """The body of a story whose text begins on line 10, and what was noted on the way."""
    parsing = Parsing(PATH, FIRST_LINE, {kind.name: kind.folder for kind in BUILT_IN}, raw_html)
    return parse_markdown(text, parsing), parsing


def html(text: str, raw_html: bool = False) -> str:
    """The HTML of a text without problems; what only the site can resolve is written out in words."""
    body, parsing = parse(text, raw_html)
    assert parsing.problems == []
    return written(body.parts)


def problems(text: str, raw_html: bool = False) -> list[str]:
    """`line: code: message` of every problem of a text; each has a hint."""
    found = parse(text, raw_html)[1].problems
    assert all(problem.hint and problem.span.path == PATH for problem in found), found
    return [f"{problem.span.line}: {problem.code.value}: {problem.message}" for problem in found]


def written(parts: tuple[Part, ...]) -> str:
    return "".join(_written(part) for part in parts).strip()


def _written(part: Part) -> str:
    match part:
        case str():
            return part
        case EntryLink(candidates, anchor):
            return f' entry="{"|".join(candidates)}{"#" + anchor if anchor else ""}"'
        case FileLink(path):
            return f' file="{path}"'
        case SiteLink(path):
            return f' path="{path}"'
        case Image(src, alt, caption):
            return f"<picture {src}|{alt}|{caption}>"
        case Message(key):
            return f"<message {key}>"
        case Block(name, attrs, inner):
            words = " ".join(f"{key}={value}" for key, value in attrs.items())
            return f"<{name} {words}>{written(inner)}</{name}>"
