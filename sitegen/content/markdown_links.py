"""Links, pictures and directives of a Markdown text: what they mean, and what is wrong with them, each with its line."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from markdown_it.token import Token

from sitegen.content.body import EntryLink, FileLink, Mark, SiteLink
from sitegen.content.directives import DIRECTIVES, WORDS, DirectiveError, parse_opening
from sitegen.content.mentions import FIELD, id_of, with_places
from sitegen.content.parsing import Parsing
from sitegen.content.paths import PICTURE_HINT, content_path, is_safe_url
from sitegen.content.reference import Reference
from sitegen.problems import Code

_STRAY = re.compile(r"\s*(:::|：：：)")
_ENTRY_FILE = re.compile(r"(?:\.([A-Za-z-]+))?\.(?:md|ya?ml)\Z")


def examine(tokens: list[Token], parsing: Parsing, lines: list[str]) -> None:
    """Notes every wrong link, picture and directive, each with its line."""
    for token, previous in zip(tokens, [None, *tokens], strict=False):
        if token.type == "container_directive_open":
            _examine_directive(token, parsing, lines)
            end = token.map[1] if token.map else 0
            if end >= len(lines) or set(lines[end].strip(" \t>")) != {":"}:
                parsing.note(
                    Code.BAD_DIRECTIVE, f":::{token.info.strip()} is not closed", token, "put a line ::: where the block ends"
                )
        elif previous and previous.type == "alert_title_open":
            token.children = [Token("message", "", 0, content=f"alert.{token.content.lower()}")]
        elif token.type in ("th_open", "td_open") and token.attrGet("style"):
            # A strict content security policy refuses style attributes; themes style the class.
            token.attrJoin("class", "align-" + str(token.attrs.pop("style")).rpartition(":")[2])
        elif token.type == "inline" and previous and previous.type == "paragraph_open" and _STRAY.match(token.content):
            message, hint = _stray(token.content.splitlines()[0].strip())
            parsing.note(Code.BAD_DIRECTIVE, message, token, hint)
        for child in token.children or ():
            if child.type == "image":
                _examine_picture(child, token, parsing, lines)
            elif child.type == "link_open":
                _examine_link(child, token, parsing)
            elif child.type == "mention":
                # A heading stands apart: the class is told where the text itself begins to speak of somebody.
                is_first = child.meta["name"] not in parsing.named and not (previous and previous.type == "heading_open")
                child.meta["is_first"] = is_first
                parsing.named.update([child.meta["name"]] if is_first else [])
                _name(child.meta["name"], token, parsing, lines)


def _stray(line: str) -> tuple[str, str]:
    """What is wrong with a paragraph that looks like a block, and the remedy."""
    if line.startswith("：：："):
        return "a block begins with full-width colons (：：：)", f"type ordinary colons: :::{line.strip('：')}"
    if not line.strip(":"):
        return "this ::: closes no block", "delete the line"
    return f"“{line[:30]}” is no block", "put the opening line, the text and the closing ::: on lines of their own"


def _examine_directive(token: Token, parsing: Parsing, lines: list[str]) -> None:
    try:
        name, attrs = parse_opening(token.info)
    except DirectiveError as error:
        parsing.note(Code.BAD_DIRECTIVE, error.message, token, error.hint)
        token.meta = {"name": "", "attrs": {}}
        return
    token.meta = {"name": name, "attrs": attrs}
    line = parsing.line(token)
    for attr in WORDS & attrs.keys():
        attrs[attr] = with_places(attrs[attr], lambda name: _name(name, token, parsing, lines))
    for attr in ("src", "poster"):
        source = attrs.get(attr, "")
        path = content_path(source, parsing.path)
        if source and path is not None:
            attrs[attr] = path
            (parsing.files if name == "video" and attr == "src" else parsing.pictures).append((path, line, 1))
        elif source and not (name == "video" and attr == "src" and source.startswith("https://") and is_safe_url(source)):
            parsing.note(Code.UNSAFE_PATH, f"“{source[:60]}” is not a file of the content folder", token, PICTURE_HINT)
    for attr, folder in DIRECTIVES[name].references:
        for word in filter(None, re.split(r"[,\s]+", attrs.get(attr, ""))):
            candidate = word if word.startswith(folder + "/") else f"{folder}/{word}"
            parsing.refer(candidate, token, f":::{name}")


def _name(name: str, token: Token, parsing: Parsing, lines: list[str]) -> None:
    """Notes a mention where it stands: a paragraph may be long."""
    first, last = token.map or (0, 0)
    for number in range(first, last):
        column = lines[number].find(f"@{name}") + 1
        if column:
            # In YAML the text stands further to the right than what is known of it here.
            parsing.refer(id_of(name), token, FIELD, column if parsing.path.endswith(".md") else 1, number - first)
            return
    parsing.refer(id_of(name), token, FIELD)


def _examine_picture(child: Token, token: Token, parsing: Parsing, lines: list[str]) -> None:
    source = unquote(str(child.attrGet("src") or ""))
    if not child.content.strip():
        parsing.note(Code.MISSING_ALT, f"the picture {source} has no description", token, f"write ![what it shows]({source})")
    path = content_path(source, parsing.path)
    if path is None:
        parsing.note(Code.UNSAFE_PATH, f"the picture {source[:60]} is not a file of the content folder", token, PICTURE_HINT)
        return
    child.meta = {"path": path}
    for inner in child.children or ():
        if inner.type == "mention":
            _name(inner.meta["name"], token, parsing, lines)
    if child.attrGet("title"):
        title = str(child.attrGet("title"))
        child.attrSet("title", with_places(title, lambda name: _name(name, token, parsing, lines)))
    parsing.pictures.append((path, parsing.line(token), 1))


def _examine_link(child: Token, token: Token, parsing: Parsing) -> None:
    target = unquote(str(child.attrGet("href") or ""))
    if not target:
        parsing.note(
            Code.UNSAFE_URL, "the link has no target", token, "write [words](https://…), or an entry such as event:homecoming-2027"
        )
    mark = _link_mark(target, parsing)
    child.meta = {"mark": mark}
    if isinstance(mark, EntryLink):
        parsing.references.append(Reference(mark.candidates, parsing.line(token), 1, "link"))
    elif isinstance(mark, FileLink):
        parsing.files.append((mark.path, parsing.line(token), 1))
    elif mark is None and not is_safe_url(str(child.attrGet("href") or "")):
        parsing.note(
            Code.UNSAFE_URL,
            f"the link “{target[:60]}” is not a safe address",
            token,
            "begin with https:// or /, or name an entry, such as event:homecoming-2027",
        )
        child.attrSet("href", "")


def _link_mark(target: str, parsing: Parsing) -> Mark | None:
    """What a link target means; None for one that stands as it is written."""
    path, _, anchor = target.partition("#")
    scheme, colon, name = path.partition(":")
    if colon and scheme.replace("-", "_") in parsing.folders:
        folder = parsing.folders[scheme.replace("-", "_")]
        name = name.strip("/")
        return EntryLink((name if name.startswith(folder + "/") else f"{folder}/{name}",), anchor)
    if colon or not path or path.startswith("//"):
        return None
    if not path.startswith("/"):
        path = "/" + posixpath.normpath(posixpath.join(posixpath.dirname(parsing.path.partition("/")[2]), path))
    if _ENTRY_FILE.search(path):
        entry = _ENTRY_FILE.sub("", path).strip("/")
        return EntryLink((entry.removesuffix("/index"),), anchor)
    if "." in posixpath.basename(path) and not path.endswith((".html", ".xml", ".ics", ".txt", "/feed.json")):
        return FileLink(path)
    return SiteLink(target if target.startswith("/") else path + ("#" + anchor if anchor else ""))
