"""What in a text tells too much of somebody: resident identity numbers, bank cards, mobile numbers, private e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sitegen.problems import Code


@dataclass(frozen=True, slots=True)
class Finding:
    """A part of a text, `start` to `end`, that should not be published; `mask` is how it may be spoken of."""

    code: Code
    noun: str
    mask: str
    start: int
    end: int


RESIDENT_ID = "a resident identity number"
BANK_CARD = "a bank card number"
MOBILE = "a mobile number"
EMAIL = "a private e-mail address"

# The first two digits of administrative divisions (GB/T 2260), and 9 for foreigners with permanent residence.
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_PRIVATE_HOSTS = (
    r"(?:vip\.)?qq\.com|foxmail\.com|(?:vip\.)?(?:163|126|188|sina|sohu|tom)\.(?:com|net|cn)|sina\.com\.cn|yeah\.net|139\.com|189\.cn"
    r"|wo\.cn|21cn\.com|aliyun\.com|gmail\.com|googlemail\.com|(?:outlook|hotmail|live|msn|yahoo|ymail)\.(?:com|cn|co\.\w\w|com\.\w\w|\w\w)"
    r"|icloud\.com|me\.com|mac\.com|aol\.com|proton(?:mail)?\.(?:me|com)|gmx\.\w+|mail\.ru|naver\.com|(?:stu|student|students)\.[\w.-]+"
)
# One sign for one sign, so that places stay what they are.
_PLAIN = str.maketrans(
    "０１２３４５６７８９Ｘｘ－‐‑–＋＠．\u00a0\u2009\u200b\u00ad\u3000", "0123456789Xx----+@.     "
)  # fmt: skip
_ODD = re.compile("[０-９－‐‑–＋＠．\u00a0\u2009\u200b\u00ad\u3000]")
# Patterns below are compiled when they are first needed: most builds never meet a suspect number.
_FEW_DIGITS = 11
_SUSPECT = re.compile(rf"[0-9０-９](?:[ \-－‐‑–\u00a0\u2009\u200b\u00ad\u3000]?[0-9０-９]){{{_FEW_DIGITS - 1},}}")
# The same on UTF-8, where it takes a tenth of the time: with what may stand between digits, and more, left out.
_AS_ZEROS = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x20 for byte in range(256))
_BETWEEN = b" -" + bytes(range(0x80, 0x100))
_WIDE = b"\xef\xbc"  # with which digits of full width begin
_ALONE = r"(?<![0-9])(?<![0-9]\.)"
_RESIDENT = (
    _ALONE + r"(?:[1-9][0-9]{16}|[1-9][0-9]{5}([ -])(?:[0-9]{8}|[0-9]{4}\1[0-9]{4}|[0-9]{4}\1[0-9]{2}\1[0-9]{2})\1[0-9]{3}"
    r"|[1-9][0-9]{2}([ -])[0-9]{3}\2[0-9]{4}\2[0-9]{4}\2[0-9]{3}|[1-9][0-9]{3}([ -])(?:[0-9]{4}\3){3}[0-9])[0-9Xx](?![0-9])"
)
_RESIDENT_15 = _ALONE + r"[1-9][0-9]{14}(?![0-9])"
_CARD = (
    r"(?<![0-9A-Za-z])(?<![0-9][.-])"
    r"(?:[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?|3[0-9]{3}([ -])[0-9]{6}\2[0-9]{5}|[0-9]{6}[ -]?[0-9]{8,13})"
    r"(?![0-9A-Za-z])"
)
# Issuers by their first digits and the lengths they use (ISO/IEC 7812): UnionPay, cards of Chinese banks older than it,
# Visa, Mastercard, American Express, JCB, Discover.
_ISSUER = (
    r"62[0-9]{14,17}|9558[0-9]{15}|60[0-9]{14}(?:[0-9]{3})?|65[0-9]{14}|4[0-9]{15}(?:[0-9]{3})?|5[1-5][0-9]{14}"
    r"|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}|3[47][0-9]{13}|35[0-9]{14}"
)
_MOBILE = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][-_./=])(?:\+?86[ -]?)?1[3-9][0-9]([ -]?)[0-9]{4}\1[0-9]{4}(?![0-9A-Za-z_])(?![.-][0-9])"
_HOST = rf"(?ai)@(?:{_PRIVATE_HOSTS})(?![\w-])"
_MAILBOX = r"(?ai)[a-z0-9][a-z0-9._+-]{0,63}\Z"
_OF_PERSONS = r"身份证|身份號|身份号|證件號|证件号|(?i:identity (?:card|number)|resident id)"
_OF_BANKS = (
    r"(?ai)银行|銀行|卡号|卡號|储蓄|信用卡|借记|账号|帐号|账户|帐户|户名|开户|转账|汇款|收款|[工农建中交招]行"
    r"|\bbank|\bcard\b|\baccount\b|\ba/c\b"
)
_OF_COMPANIES = r"(?:信用代码|信用代碼|机构代码|機構代碼)[^0-9]{0,8}\Z"
# Words right before a number that say it is one of things, not of persons: 编号, 会议号, 票据号码, but not 手机号, 卡号.
_OF_THINGS = (
    r"(?ai)(?:(?<!手机)(?<!电话)(?<!联系)(?<!联络)(?<!微信)(?<!移动)(?<!值班)(?<!热线)(?<!咨询)(?<!报名)(?<=[\u4e00-\u9fff])(?<![卡账帐户])号码?"
    r"|編號|序號|条码|条形码|订单|会议|\bQQ|\bISBN|\bISSN|\bDOI|\bNo\b\.?|№|\bid|\bserial(?: number)?)[ \t:：#=为是（(“\"']*\Z"
)
_AMOUNT_BEFORE = r"(?i)(?:[¥￥$€£]|\bamount:|\bmin:|\bRMB|\bCNY|人民币)\s*\Z"
_AMOUNT_AFTER = r"\s*(?:元|万|亿|人次|公里|美元|吨|字节|%|％)"
_NEAR = 400


def findings(text: str) -> list[Finding]:
    """Everything that a text should not tell, in order of place.  Numbers in full-width digits or with spaces count too."""
    found: list[Finding] = []
    if _may_be_suspect(text) and _SUSPECT.search(text):
        plain = _plain(text)
        for more in (_identities, _cards, _mobiles):
            found += _apart(more(plain), found)
    if "@" in text or "＠" in text:
        found += _emails(_plain(text) if "＠" in text else text)
    return sorted(found, key=lambda finding: finding.start)


def masked(text: str) -> str:
    """A text as it may stand in a log: what `findings` finds is masked, and any number that would do for a card."""
    found = findings(text)
    if _SUSPECT.search(text):
        plain = _plain(text)
        cards = (_finding(Code.PERSONAL, BANK_CARD, match) for match in _matches(_CARD, plain) if is_bank_card(_digits(match[0])))
        found += _apart(cards, found)
    for finding in sorted(found, key=lambda finding: -finding.start):
        text = text[: finding.start] + finding.mask + text[finding.end :]
    return text


def is_resident_id(number: str) -> bool:
    """True for 18 characters with a region, a birthday and the right check character (GB 11643, ISO 7064 MOD 11-2)."""
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number) or not _has_region(number) or not _is_day(number[6:14]):
        return False
    weighed = sum((10 if digit == "X" else int(digit)) << (17 - place) for place, digit in enumerate(number))
    return weighed % 11 == 1


def is_bank_card(number: str) -> bool:
    """True for digits with the beginning and length of an issuer (ISO/IEC 7812) and the right check digit (Luhn)."""
    if not re.fullmatch(_ISSUER, number):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _may_be_suspect(text: str) -> bool:
    encoded = text.encode("utf-8", "replace")
    return b"0" * _FEW_DIGITS in encoded.translate(_AS_ZEROS, _BETWEEN) or _WIDE in encoded


def _apart(more: Iterable[Finding], found: Sequence[Finding]) -> list[Finding]:
    """Those findings that overlap with none found before."""
    return [each for each in more if not any(each.start < other.end and other.start < each.end for other in found)]


def _identities(text: str) -> Iterator[Finding]:
    for match in _matches(_RESIDENT, text):
        number = _digits(match[0])
        if is_resident_id(number) and not re.search(_OF_COMPANIES, text[max(0, match.start() - 16) : match.start()]):
            yield _finding(Code.PERSONAL, RESIDENT_ID, match)
    for match in _matches(_RESIDENT_15, text):
        # The numbers given out until 1999 have no check digit, so a word must say what they are.
        said = re.search(_OF_PERSONS, text[max(0, match.start() - 24) : match.start()])
        if said and _has_region(match[0]) and _is_day("19" + match[0][6:12]):
            yield _finding(Code.PERSONAL, RESIDENT_ID, match)


def _cards(text: str) -> Iterator[Finding]:
    for match in _matches(_CARD, text):
        if not is_bank_card(_digits(match[0])) or re.search(_OF_THINGS, text[max(0, match.start() - 24) : match.start()]):
            continue
        in_fours = match[1] or match[2]
        if in_fours or re.search(_OF_BANKS, _paragraph(text, match.start(), match.end())):
            yield _finding(Code.PERSONAL, BANK_CARD, match)


def _mobiles(text: str) -> Iterator[Finding]:
    for match in _matches(_MOBILE, text):
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 8]
        is_sum = re.search(_AMOUNT_BEFORE, before) or re.match(_AMOUNT_AFTER, after)
        if not is_sum and not re.search(_OF_THINGS, before):
            yield _finding(Code.CONTACT, MOBILE, match)


def _emails(text: str) -> Iterator[Finding]:
    for host in re.finditer(_HOST, text):
        mailbox = re.search(_MAILBOX, text[max(0, host.start() - 64) : host.start()])
        if mailbox:
            yield Finding(Code.CONTACT, EMAIL, f"{mailbox[0][0]}***{host[0]}", host.start() - len(mailbox[0]), host.end())


def _finding(code: Code, noun: str, match: re.Match[str]) -> Finding:
    number = _digits(match[0])
    if noun == MOBILE:
        number = number[-11:]
        return Finding(code, noun, f"{number[:3]}******{number[-2:]}", *match.span())
    return Finding(code, noun, number[:2] + "*" * (len(number) - 4) + number[-2:], *match.span())


def _matches(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """The matches within runs of digits long enough to matter."""
    compiled = re.compile(pattern)
    for run in _SUSPECT.finditer(text):
        yield from compiled.finditer(text, run.start(), run.end() + 3)


def _plain(text: str) -> str:
    """The text with ordinary digits, hyphens and spaces for the wide and the odd ones, each at its place."""
    return text.translate(_PLAIN) if _ODD.search(text) else text


def _digits(text: str) -> str:
    return re.sub(r"[^0-9X]", "", text.upper())


def _has_region(number: str) -> bool:
    return (number[1:3] if number[0] == "9" else number[:2]) in _PROVINCES


def _is_day(digits: str) -> bool:
    try:
        return 1880 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year < 2100
    except ValueError:
        return False


def _paragraph(text: str, start: int, end: int) -> str:
    """The text around a place up to the next empty line on both sides, or so far as one would look."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return before.rpartition("\n\n")[2] + after.partition("\n\n")[0]
