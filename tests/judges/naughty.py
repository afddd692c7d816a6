"""Texts that calendars have stumbled over: line ends, control characters, marks of the format itself, scripts of all sorts."""

from __future__ import annotations

_FOLDS = {
    f"fold-{name}-{pad}": "x" * pad + sign * 40
    for name, sign in {"han": "校", "emoji": "🎓", "accent": "é"}.items()
    for pad in range(8)
}

NAUGHTY: dict[str, str] = {
    "separators": "comma, semicolon; colon: quote \" apostrophe ' backslash \\ caret ^ equals =",
    "escapes": r"\n \N \, \; \\ \t \r \0 %0D%0A ^n ^' &#10;",
    "line-feed": "one\ntwo",
    "carriage-return": "one\rtwo",
    "both": "one\r\ntwo\r\n\r\nthree",
    "injection": "x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    "injection-folded": "x\r\n END:VEVENT\n\tATTACH:file:///etc/passwd",
    "property": "DTSTART;TZID=Mars/Olympus:19700101T000000",
    "next-line": "one\x85two",
    "line-separator": "one\u2028two\u2029three",
    "nul": "a\x00b",
    "bell": "a\x07\x08b",
    "vertical-tab": "a\x0bb\x0cc",
    "escape": "\x1b[31mred\x1b[0m",
    "separators-of-information": "a\x1cb\x1dc\x1ed\x1fe",
    "delete": "a\x7fb",
    "c1": "a\x80\x9bb\x9fc",
    "tab": "a\tb",
    "cdata": "]]> <![CDATA[ x ]]>",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "templates": "{{ 7 * 7 }} {% raw %} ${HOME} #{x} %s %(x)s {0}",
    "shell": "; rm -rf / | `id` $(id) && echo",
    "formula": '=HYPERLINK("https://example.edu","x")',
    "words-of-programs": "null None undefined NaN true 0 -1 1e309 []",
    "emoji": "🎓👩‍👩‍👧‍👦🏳️‍🌈🇨🇳👍🏽",
    "arabic": "اجتماع الخريجين في ٨ أبريل",
    "hebrew-and-latin": "פגישה abc 123 של בוגרים",
    "overrides": "\u202eright to left\u202c \u2066isolated\u2069 \u200frlm",
    "invisible": "zero\u200bwidth\u200djoined\u2060word\ufeffmark soft\u00adhyphen",
    "spaces": "no\u00a0break thin\u2009space ideographic\u3000space",
    "combining": "Z̴͖̈́a̷l̶g̸o̵ é e\u0301 ｆｕｌｌ",
    "chinese": "校友会：“返校日”（2027）——请携带《通知》；地点、时间……",
    "rare-han": "𠮷野家 𪚥 㐂",
    "not-characters": "a\ufffe\uffffb\U0001fffeb",
    "private": "\ue000\U000f0000",
    "long-han": "校" * 10_000,
    "long-emoji": "🎓" * 2_500,
    "long-latin": "x" * 10_000,
    "long-words": "word " * 2_000 + "end",
    **_FOLDS,
}
