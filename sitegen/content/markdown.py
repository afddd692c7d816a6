"""Markdown → Body: CommonMark with extensions, Chinese rules, and marks for what only the site can resolve."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText
from markdown_it.rules_core import normalize
from markdown_it.token import Token

from sitegen.content import chinese, mentions
from sitegen.content.body import Body, EntryLink, Heading, marks
from sitegen.content.markdown_html import Renderer, assemble, render_directive
from sitegen.content.markdown_links import examine
from sitegen.content.parsing import Parsing

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PLAIN_ADDRESS = re.compile(r"(?:https?://[a-z0-9.-]{1,253}(?=/)|(?!//))[A-Za-z0-9/._-]*(?:#[A-Za-z0-9_-]+)?")
_HEADING_ATTRIBUTES = re.compile(r"\s*\{((?:\s*[#.][^\s{}#.]+)+)\s*\}\s*\Z")


def parse_markdown(text: str, parsing: Parsing) -> Body:
    """The body of one text.  Problems, references and pictures are noted in `parsing`, with their lines."""
    parser = _parser(parsing.raw_html)
    env: dict[str, Any] = {"parsing": parsing}
    tokens = parser.parse(text, env)
    examine(tokens, parsing, text.split("\n"))
    parts = assemble(parser.renderer.render(tokens, parser.options, env), parsing.marks)
    words = _plain_text(tokens)
    first = next((_inline_text(t) for i, t in enumerate(tokens) if t.type == "inline" and _is_paragraph(tokens, i)), "")
    count, minutes = chinese.count_words(words)
    return Body(
        parts=parts,
        toc=_headings(tokens),
        text=words,
        summary=mentions.whole(chinese.shorten(first)),
        word_count=count,
        reading_minutes=minutes,
        links=tuple(mark.candidates for mark in marks(parts) if isinstance(mark, EntryLink)),
    )


@cache
def _parser(raw_html: bool) -> MarkdownIt:
    """The one parser of this process; it keeps no state between texts."""
    from mdit_py_plugins.anchors import anchors_plugin
    from mdit_py_plugins.anchors.index import slugify
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.deflist import deflist_plugin

    from sitegen.content.footnotes import footnotes

    parser = MarkdownIt(
        "commonmark", {"html": raw_html, "xhtmlOut": False, "alerts": True, "tasklists": True}, renderer_cls=Renderer
    )
    parser.enable(["table", "strikethrough"])
    if not raw_html:
        parser.disable(["html_block", "html_inline"])
    inline = chinese.ChineseInline()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    parser.inline = inline
    parser.inline.ruler.after("text", "mention", mentions.mention)
    parser.use(footnotes).use(deflist_plugin)
    parser.use(attrs_plugin, allowed=("id", "class", "lang")).use(attrs_block_plugin, allowed=("id", "class", "lang"))
    parser.use(container_plugin, "directive", validate=lambda params, _markup: bool(params.strip()), render=render_directive)
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.after("block", "heading_attributes", _heading_attributes)
    parser.core.ruler.push("addresses_and_breaks", _addresses_and_breaks)
    parser.use(anchors_plugin, min_level=1, max_level=6, slug_func=lambda title: slugify(title) or "section")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # judged in examine, which can name the line
    parser.normalizeLink = _normalized  # type: ignore[method-assign, assignment]
    parser.normalizeLinkText = lambda url: _CONTROLS.sub("", normalizeLinkText(url))  # type: ignore[method-assign, assignment]
    return parser


def _normalize(state: Any) -> None:
    """Line ends as markdown-it normalizes them, which replaces every one of a text that has none but plain ones."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _normalized(address: str) -> str:
    """An address as markdown-it normalizes it, which leaves a plain one as it is, but takes its time for it."""
    return address if _PLAIN_ADDRESS.fullmatch(address) else normalizeLink(address)


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
        "mention": lambda t: t.content,
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
