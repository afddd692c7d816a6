"""Tokens → HTML with marks: as markdown-it writes it, but for links, pictures, tables, lists and directives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from sitegen.content.body import Block, Image, Mark, Mention, Message, Part
from sitegen.content.mentions import filled
from sitegen.content.parsing import BLOCK_CLOSE, MARK_END, MARK_OPEN
from sitegen.content.raw_html import balance_tags, sanitize_block

_PIECES = re.compile(f"{MARK_OPEN}(\\d+){MARK_END}|({BLOCK_CLOSE})")


class Renderer(RendererHTML):
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

    def renderInlineAsText(self, tokens: Sequence[Token] | None, options: OptionsDict, env: EnvType) -> str:
        return "".join(
            token.content if token.type == "mention" else super(Renderer, self).renderInlineAsText([token], options, env)
            for token in tokens or ()
        )

    def mention(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        meta = tokens[idx].meta
        return str(env["parsing"].mark(Mention(meta["name"], meta["is_first"], not meta["in_link"])))

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return '<div class="table-scroll" tabindex="0">\n' + self.renderToken(tokens, idx, options, env)

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.renderToken(tokens, idx, options, env) + "</div>\n"

    def paragraph_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        picture = _lone_picture(tokens, idx)
        if picture is None:
            return self.renderToken(tokens, idx, options, env)
        alt = self.renderInlineAsText(picture.children, options, env)
        attrs = {"src": str(picture.meta.get("path", "")), "alt": alt}
        parsing = env["parsing"]
        caption = filled(escapeHtml(str(picture.attrGet("title"))), lambda name: parsing.mark(Mention(name, False, True)))
        picture.hidden = True
        return str(parsing.mark(Block("figure", attrs))) + caption + BLOCK_CLOSE

    def paragraph_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        if idx >= 2 and _lone_picture(tokens, idx - 2) is not None:
            return "\n"
        return self.renderToken(tokens, idx, options, env)

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        if len(tokens) == 1 and tokens[0].hidden:
            return ""
        closing = balance_tags(tokens)
        return super().renderInline(tokens, options, env) + closing

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return sanitize_block(tokens[idx].content)

    def message(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return str(env["parsing"].mark(Message(tokens[idx].content)))

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        checked = (tokens[idx].meta or {}).get("checked")
        box = "" if checked is None else f'<span class="task-box">{"☑" if checked else "☐"}</span> '
        return self.renderToken(tokens, idx, options, env) + box


def render_directive(self: Renderer, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    meta = tokens[idx].meta
    return str(env["parsing"].mark(Block(meta["name"], meta["attrs"]))) if tokens[idx].nesting == 1 else BLOCK_CLOSE


def _lone_picture(tokens: Sequence[Token], idx: int) -> Token | None:
    """The picture that is all of a paragraph and has a caption, outside a gallery: it becomes a figure."""
    children = tokens[idx + 1].children if idx + 1 < len(tokens) else None
    if tokens[idx].type != "paragraph_open" or tokens[idx].level or not children or len(children) != 1:
        return None
    picture = children[0]
    return picture if picture.type == "image" and picture.attrGet("title") else None


def assemble(html: str, found: list[Mark]) -> tuple[Part, ...]:
    """The HTML cut at its marks, the content of each block inside it."""
    if not found:
        return (html,) if html else ()
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
