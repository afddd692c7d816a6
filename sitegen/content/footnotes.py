"""Footnotes with the roles of DPUB-ARIA 1.1, by which readers who listen go there and back, under a heading of the theme."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import render_footnote_anchor, render_footnote_ref

from sitegen.content.body import Message


def footnotes(parser: MarkdownIt) -> None:
    """Reads `[^1]`, and writes the notes at the end of the text."""
    parser.use(footnote_plugin)
    parser.add_render_rule("footnote_ref", _reference)
    parser.add_render_rule("footnote_block_open", _block_open)
    parser.add_render_rule("footnote_anchor", _way_back)


def _reference(self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return render_footnote_ref(self, tokens, idx, options, env).replace("<a ", '<a role="doc-noteref" ', 1)


def _block_open(self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    heading = env["parsing"].mark(Message("footnotes.title"))
    return f'<section class="footnotes" role="doc-endnotes">\n<h2>{heading}</h2>\n<ol class="footnotes-list">\n'


def _way_back(self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return render_footnote_anchor(self, tokens, idx, options, env).replace("<a ", '<a role="doc-backlink" ', 1)
