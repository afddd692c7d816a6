"""Chinese in Markdown: emphasis beside full-width punctuation, line breaks, bare addresses, counting words."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.content.parsing import NAME_END, NAME_OPEN

# Han, kana, bopomofo and full-width forms: scripts written without spaces.  Hangul is written with them.
_WIDE_RANGES = (
    ("\u2e80", "\u2fdf"), ("\u3000", "\u30ff"), ("\u3100", "\u312f"), ("\u31a0", "\u31ff"), ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"), ("\ufe30", "\ufe4f"), ("\uff00", "\uff60"), ("\uffe0", "\uffe6"),
    ("\U00020000", "\U0003ffff"),
)  # fmt: skip
_WIDE_EDGES = tuple(edge for first, last in _WIDE_RANGES for edge in (first, chr(ord(last) + 1)))
_WIDE = "".join(f"{first}-{last}" for first, last in _WIDE_RANGES)
_RUNS = re.compile(f"[{_WIDE}]+|[^{_WIDE}]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BEFORE_HAN = bytes(range(0xE3))  # with what no character begins with, in UTF-8
# A Latin word in UTF-8: letters and digits, of a letter with a mark the first byte; what joins them counts as nothing.
_LATIN_LETTERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + bytes(range(0xC3, 0xCA))
_APART = bytes(byte if byte in _LATIN_LETTERS else 0x20 for byte in range(256))
_JOINING = b"'.-" + bytes(range(0x80, 0xC0))
_QUOTES = frozenset("“”‘’")  # both Chinese and Western: they are as wide as what they enclose
_SHARED = "“”‘’…—·"
_BARE_URL = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")


def is_wide(character: str) -> bool:
    """True for a character of a script that is written without spaces, its punctuation included."""
    return bisect_right(_WIDE_EDGES, character) % 2 == 1


class _ChineseState(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """CommonMark's flanking rule, with a wide character beside a delimiter counting as a word boundary.

        Without it `**重要：**新闻` is not bold, since no space follows the punctuation.
        """
        source, marker = self.src, self.src[start]
        end = start
        while end < self.posMax and source[end] == marker:
            end += 1
        before = source[start - 1] if start > 0 else " "
        after = source[end] if end < self.posMax else " "
        space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        wide_before = is_wide(before) or (before in _QUOTES and start > 1 and is_wide(source[start - 2]))
        wide_after = is_wide(after) or (after in _QUOTES and end + 1 < self.posMax and is_wide(source[end + 1]))
        punctuation_before = not wide_before and (isMdAsciiPunct(ord(before)) or isPunctChar(before))
        punctuation_after = not wide_after and (isMdAsciiPunct(ord(after)) or isPunctChar(after))
        left = not space_after and (not punctuation_after or space_before or punctuation_before or wide_before)
        right = not space_before and (not punctuation_before or space_after or punctuation_after or wide_after)
        can_open = left and (canSplitWord or not right or punctuation_before)
        can_close = right and (canSplitWord or not left or punctuation_after)
        return Scanned(can_open, can_close, end - start)


class ChineseInline(ParserInline):
    """The inline parser with the Chinese flanking rule."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _ChineseState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def join_lines(children: list[Token]) -> None:
    """Removes the soft breaks that stand between two wide characters, where a space would show as a gap."""
    for index, token in enumerate(children):
        if token.type != "softbreak":
            continue
        before = next((t.content for t in reversed(children[:index]) if t.content), "")
        after = next((t.content for t in children[index + 1 :] if t.content), "")
        if before and after and _ends_wide(before) and _ends_wide(after[::-1]):
            token.type, token.content = "text", ""


def _ends_wide(text: str) -> bool:
    """True if a text ends in a wide character, or in marks that Chinese shares with the West after a wide one."""
    inner = text.rstrip(_SHARED)
    # The name of a person beside Chinese is Chinese.
    return is_wide(inner[-1]) or inner[-1] in (NAME_OPEN, NAME_END) if inner else bool(text)


def split_addresses(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a web address.  An address ends where Chinese begins."""
    position = 0
    for match in _BARE_URL.finditer(text):
        address = match[0].rstrip(".,;:!?'*_~")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:!?'*_~")
        if match.start() > position:
            yield text[position : match.start()], False
        yield address, True
        position = match.start() + len(address)
    if position < len(text):
        yield text[position:], False


def count_words(text: str) -> tuple[int, int]:
    """Words (each Chinese character is one) and minutes to read at 400 characters or 220 words a minute."""
    encoded = text.replace("’", "'").encode(errors="replace")
    han = len(_HAN.findall(text)) if encoded.translate(None, _BEFORE_HAN) else 0
    latin = len(encoded.translate(_APART, _JOINING).split())
    return han + latin, math.ceil(han / 400 + latin / 220)


def shorten(text: str, width: int = 200) -> str:
    """The beginning of a text, at most `width` columns (a wide character takes two), cut between words or clauses."""
    index = _fitting(text, width)
    if index == len(text):
        return text
    cut = text[:index]
    space = cut.rfind(" ")
    if space > index * 0.6 and not is_wide(cut[-1]):
        cut = cut[:space]
    return cut.rstrip(" ,.;:，。；：、（“《") + "…"


def _fitting(text: str, width: int) -> int:
    """How many characters of a text fit into so many columns."""
    for run in _RUNS.finditer(text):
        columns = 2 if is_wide(run[0][0]) else 1
        if len(run[0]) * columns > width:
            return run.start() + width // columns
        width -= len(run[0]) * columns
    return len(text)
