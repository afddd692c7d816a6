"""Markdown → Body: CommonMark with extensions, Chinese rules, and marks for what only the site can resolve."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from sitegen.content import chinese
from sitegen.content.body import Block, Body, EntryLink, FileLink, Heading, Image, Mark, Message, Part, SiteLink, marks
from sitegen.content.directives import DIRECTIVES, DirectiveError, parse_opening
from sitegen.content.fields import PICTURE_HINT, Reference, content_path, is_safe_url
from sitegen.content.raw_html import sanitize_block, sanitize_tag
from sitegen.problems import Code, Problem, Span

# Control characters cannot stand in a source, so these can stand in the HTML for marks.
_OPEN, _END, _CLOSE = "\x02", "\x03", "\x04"
_PIECES = re.compile(f"{_OPEN}(\\d+){_END}|({_CLOSE})")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HEADING_ATTRIBUTES = re.compile(r"\s*\{((?:\s*[#.][^\s{}#.]+)+)\s*\}\s*\Z")
_ENTRY_FILE = re.compile(r"(?:\.([A-Za-z-]+))?\.(?:md|ya?ml)\Z")


@dataclass(slots=True)
class Parsing:
    """One text being parsed: where it stands, and what it has met so far."""

    path: str
    first_line: int
    folders: Mapping[str, str]
    raw_html: bool = False
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    pictures: list[tuple[str, int, int]] = field(default_factory=list)
    files: list[tuple[str, int, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def note(self, code: Code, message: str, token: Token, hint: str) -> None:
        self.problems.append(Problem(code, message, Span(self.path, self.line(token)), hint))

    def line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def mark(self, mark: Mark) -> str:
        self.marks.append(mark)
        return f"{_OPEN}{len(self.marks) - 1}{_END}"


def parse_markdown(text: str, parsing: Parsing) -> Body:
    """The body of one text.  Problems, references and pictures are noted in `parsing`, with their lines."""
    parser = _parser(parsing.raw_html)
    env: dict[str, Any] = {"parsing": parsing}
    tokens = parser.parse(text, env)
    _examine(tokens, parsing)
    parts = _assemble(parser.renderer.render(tokens, parser.options, env), parsing.marks)
    words = _plain_text(tokens)
    first = next((_inline_text(t) for i, t in enumerate(tokens) if t.type == "inline" and _is_paragraph(tokens, i)), "")
    count, minutes = chinese.count_words(words)
    return Body(
        parts=parts,
        toc=_headings(tokens),
        text=words,
        summary=chinese.shorten(first),
        word_count=count,
        reading_minutes=minutes,
        links=tuple(mark.candidates for mark in marks(parts) if isinstance(mark, EntryLink)),
    )


@cache
def _parser(raw_html: bool) -> MarkdownIt:
    """The one parser of this process; it keeps no state between texts."""
    from mdit_py_plugins.anchors import anchors_plugin
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt(
        "commonmark", {"html": raw_html, "xhtmlOut": False, "alerts": True, "tasklists": True}, renderer_cls=_Renderer
    )
    parser.enable(["table", "strikethrough"])
    if not raw_html:
        parser.disable(["html_block", "html_inline"])
    inline = chinese.ChineseInline()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    parser.inline = inline
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.use(attrs_plugin, allowed=("id", "class", "lang")).use(attrs_block_plugin, allowed=("id", "class", "lang"))
    parser.use(container_plugin, "directive", validate=lambda params, _markup: bool(params.strip()), render=_render_directive)
    parser.core.ruler.after("block", "heading_attributes", _heading_attributes)
    parser.core.ruler.push("addresses_and_breaks", _addresses_and_breaks)
    parser.use(anchors_plugin, min_level=1, max_level=6)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # judged in _examine, which can name the line
    parser.normalizeLinkText = lambda url: _CONTROLS.sub("", normalizeLinkText(url))  # type: ignore[method-assign, assignment]
    return parser


def _heading_attributes(state: Any) -> None:
    """`## Title {#id .class}`, and headings one level down where a text begins with level one (the page's own)."""
    levels = [int(token.tag[1]) for token in state.tokens if token.type == "heading_open"]
    lower = 1 if 1 in levels else 0
    for index, token in enumerate(state.tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + lower)}"
        if token.type != "heading_open":
            continue
        inline = state.tokens[index + 1]
        match = _HEADING_ATTRIBUTES.search(inline.content)
        if match:
            inline.content = inline.content[: match.start()]
            for name in match[1].split():
                if name.startswith("#"):
                    token.attrSet("id", name[1:])
                else:
                    token.attrJoin("class", name[1:])


def _addresses_and_breaks(state: Any) -> None:
    for token in state.tokens:
        if token.type != "inline" or not token.children:
            continue
        chinese.join_lines(token.children)
        if "://" in token.content:
            token.children = _link_addresses(token.children)


def _link_addresses(children: list[Token]) -> list[Token]:
    linked: list[Token] = []
    inside = 0
    for child in children:
        inside += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type != "text" or inside or "://" not in child.content:
            linked.append(child)
            continue
        for piece, is_address in chinese.split_addresses(child.content):
            text = Token("text", "", 0, content=piece, level=child.level)
            if is_address:
                linked += [Token("link_open", "a", 1, attrs={"href": piece}), text, Token("link_close", "a", -1)]
            else:
                linked.append(text)
    return linked


def _examine(tokens: list[Token], parsing: Parsing) -> None:
    """Notes every wrong link, picture and directive, each with its line."""
    for token, previous in zip(tokens, [None, *tokens], strict=False):
        if token.type == "container_directive_open":
            _examine_directive(token, parsing)
        elif previous and previous.type == "alert_title_open":
            token.children = [Token("message", "", 0, content=f"alert.{token.content.lower()}")]
        for child in token.children or ():
            if child.type == "image":
                _examine_picture(child, token, parsing)
            elif child.type == "link_open":
                _examine_link(child, token, parsing)


def _examine_directive(token: Token, parsing: Parsing) -> None:
    try:
        name, attrs = parse_opening(token.info)
    except DirectiveError as error:
        parsing.note(Code.BAD_DIRECTIVE, error.message, token, error.hint)
        token.meta = {"name": "", "attrs": {}}
        return
    token.meta = {"name": name, "attrs": attrs}
    line = parsing.line(token)
    for attr in ("src", "poster"):
        source = attrs.get(attr, "")
        path = content_path(source, parsing.path)
        if source and path is not None:
            attrs[attr] = path
            parsing.pictures.append((path, line, 1))
        elif source and not (name == "video" and attr == "src" and source.startswith("https://") and is_safe_url(source)):
            parsing.note(Code.UNSAFE_PATH, f"“{source[:60]}” is not a file of the content folder", token, PICTURE_HINT)
    for attr, folder in DIRECTIVES[name].references:
        for word in filter(None, re.split(r"[,\s]+", attrs.get(attr, ""))):
            candidate = word if word.startswith(folder + "/") else f"{folder}/{word}"
            parsing.references.append(Reference((candidate,), line, 1, f":::{name}"))


def _examine_picture(child: Token, token: Token, parsing: Parsing) -> None:
    source = unquote(str(child.attrGet("src") or ""))
    if not child.content.strip():
        parsing.note(Code.MISSING_ALT, f"the picture {source} has no description", token, f"write ![what it shows]({source})")
    path = content_path(source, parsing.path)
    if path is None:
        parsing.note(Code.UNSAFE_PATH, f"the picture {source[:60]} is not a file of the content folder", token, PICTURE_HINT)
        return
    child.meta = {"path": path}
    parsing.pictures.append((path, parsing.line(token), 1))


def _examine_link(child: Token, token: Token, parsing: Parsing) -> None:
    target = unquote(str(child.attrGet("href") or ""))
    mark = _link_mark(target, parsing)
    child.meta = {"mark": mark}
    if isinstance(mark, EntryLink):
        parsing.references.append(Reference(mark.candidates, parsing.line(token), 1, "link"))
    elif isinstance(mark, FileLink):
        parsing.files.append((mark.path, parsing.line(token), 1))
    elif mark is None and not is_safe_url(str(child.attrGet("href") or "")):
        parsing.note(
            Code.UNSAFE_URL, f"the link “{target[:60]}” is not a safe address", token, "begin with https://, /, or kind:id"
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


class _Renderer(RendererHTML):
    """HTML as markdown-it writes it, but for links, pictures, tables and directives."""

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        mark = (token.meta or {}).get("mark")
        if mark is None:
            return self.renderToken(tokens, idx, options, env)
        token.attrs.pop("href", None)
        return f"<a{env['parsing'].mark(mark)}{self.renderAttrs(token)}>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        source = str(token.meta.get("path", ""))
        alt = self.renderInlineAsText(token.children, options, env)
        return str(env["parsing"].mark(Image(source, alt, str(token.attrGet("title") or ""))))

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return '<div class="table-scroll" tabindex="0">\n' + self.renderToken(tokens, idx, options, env)

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.renderToken(tokens, idx, options, env) + "</div>\n"

    def paragraph_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        picture = _lone_picture(tokens, idx)
        if picture is None:
            return self.renderToken(tokens, idx, options, env)
        attrs = {"src": str(picture.meta.get("path", "")), "alt": picture.content}
        caption = escapeHtml(str(picture.attrGet("title")))
        picture.hidden = True
        return str(env["parsing"].mark(Block("figure", attrs))) + caption + _CLOSE

    def paragraph_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        if idx >= 2 and _lone_picture(tokens, idx - 2) is not None:
            return "\n"
        return self.renderToken(tokens, idx, options, env)

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        if len(tokens) == 1 and tokens[0].hidden:
            return ""
        return super().renderInline(tokens, options, env)

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return sanitize_block(tokens[idx].content)

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return sanitize_tag(tokens[idx].content)

    def message(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return str(env["parsing"].mark(Message(tokens[idx].content)))

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        checked = (tokens[idx].meta or {}).get("checked")
        box = "" if checked is None else f'<span class="task-box">{"☑" if checked else "☐"}</span> '
        return self.renderToken(tokens, idx, options, env) + box


def _render_directive(self: _Renderer, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    meta = tokens[idx].meta
    return str(env["parsing"].mark(Block(meta["name"], meta["attrs"]))) if tokens[idx].nesting == 1 else _CLOSE


def _lone_picture(tokens: Sequence[Token], idx: int) -> Token | None:
    """The picture that is all of a paragraph and has a caption, outside a gallery: it becomes a figure."""
    children = tokens[idx + 1].children if idx + 1 < len(tokens) else None
    if tokens[idx].type != "paragraph_open" or tokens[idx].level or not children or len(children) != 1:
        return None
    picture = children[0]
    return picture if picture.type == "image" and picture.attrGet("title") else None


def _assemble(html: str, found: list[Mark]) -> tuple[Part, ...]:
    """The HTML cut at its marks, the content of each block inside it."""
    stack: list[tuple[Block | None, list[Part]]] = [(None, [])]
    position = 0
    for match in _PIECES.finditer(html):
        if match.start() > position:
            stack[-1][1].append(html[position : match.start()])
        position = match.end()
        if match[2]:
            block, inner = stack.pop()
            assert block is not None
            stack[-1][1].append(Block(block.name, block.attrs, tuple(inner)))
            continue
        mark = found[int(match[1])]
        if isinstance(mark, Block):
            stack.append((mark, []))
        else:
            stack[-1][1].append(mark)
    if position < len(html):
        stack[-1][1].append(html[position:])
    return tuple(stack[0][1])


def _headings(tokens: list[Token]) -> tuple[Heading, ...]:
    return tuple(
        Heading(int(token.tag[1]), _inline_text(tokens[index + 1]), str(token.attrGet("id") or ""))
        for index, token in enumerate(tokens)
        if token.type == "heading_open"
    )


def _is_paragraph(tokens: list[Token], index: int) -> bool:
    return tokens[index - 1].type == "paragraph_open" and bool(_inline_text(tokens[index]))


def _inline_text(token: Token) -> str:
    kinds: dict[str, Callable[[Token], str]] = {
        "text": lambda t: t.content,
        "code_inline": lambda t: t.content,
        "softbreak": lambda t: " ",
        "hardbreak": lambda t: " ",
    }
    return "".join(kinds[child.type](child) for child in token.children or () if child.type in kinds).strip()


def _plain_text(tokens: list[Token]) -> str:
    lines = []
    for token in tokens:
        if token.type == "inline":
            lines.append(_inline_text(token))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.strip())
    return "\n".join(line for line in lines if line)
