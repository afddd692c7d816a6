"""Registers of gifts made from a seed, as offices keep them, with what they must come to counted on the way."""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

HEADINGS = (
    "捐赠编号", "捐赠人编号", "到账日期", "金额", "币种", "公布姓名", "捐赠人类别", "署名方式", "金额公布方式",
    "同意公布姓名", "同意公布金额", "授权书编号", "年级", "院系", "捐赠项目", "归属捐赠人编号", "身份证号", "手机",
)  # fmt: skip
KINDS = ("个人", "伉俪", "家庭", "班级", "校友会", "企业", "基金会", "团队", "遗赠")
SURNAMES, GIVEN = "林周沈陆顾谢曾单仇解区查欧阳", "样本占位示例虚构某甲乙丙丁"
LEVELS = {"pillar": 1_000_000, "plane-tree": 100_000, "classmate": 10_000, "friend": 0}
RATE = Decimal("7.1050")


@dataclass
class Register:
    """Rows, and of the gifts that count: number and sum of the donors by the level that may be shown."""

    rows: list[list[Any]] = field(default_factory=list)
    gifts: int = 0
    total: Decimal = Decimal(0)
    outside: list[Decimal] = field(default_factory=list)
    levels: dict[str, list[Decimal]] = field(default_factory=lambda: defaultdict(list))
    soft: list[Decimal] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)  # what must be in no file: names, identity numbers, telephones of the register

    def csv(self, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(HEADINGS)
        writer.writerows(self.rows)
        return stream.getvalue().encode(encoding)

    def xlsx(self) -> bytes:
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("登记")
        sheet.append(HEADINGS)
        for row in self.rows:
            sheet.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def register(size: int, seed: int = 1, style: str = "text") -> Register:
    """A register of `size` gifts of some two thirds as many donors; amounts as `text` in many ways, or as `number`."""
    draw = random.Random(seed)
    made = Register()
    donors: list[dict[str, Any]] = []
    while len(made.rows) < size:
        donor = donors[draw.randrange(len(donors))] if donors and draw.random() < 0.35 else _donor(draw, len(donors) + 1, donors)
        if donor["number"] > len(donors):
            donors.append(donor)
        _give(made, donor, draw, style)
    for donor in donors:
        _count(made, donor)
    return made


def _donor(draw: random.Random, number: int, donors: list[dict[str, Any]]) -> dict[str, Any]:
    recognition = draw.choices(("署名", "描述", "匿名"), (70, 10, 20))[0]
    kind = draw.choice(KINDS)
    name = draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=2))
    if recognition == "匿名":
        name = f"秘{number}密{name}"  # the register knows who it is
    elif recognition == "描述":
        name = f"一位{name}的友人"
    credited = draw.choice(donors) if donors and draw.random() < 0.03 else None
    return {
        "number": number,
        "name": name,
        "kind": kind,
        "recognition": recognition,
        "identity": f"11010519{draw.randint(10**9, 10**10 - 1)}",
        "phone": f"139{draw.randint(10**7, 10**8 - 1)}",
        "display": draw.choice(("公布金额", "公布级别", "不公布")),
        "gifts": [],
        "soft_of": credited["number"] if credited and not credited["soft_of"] else None,
        "cohort": f"ee-{draw.randint(1978, 2020)}",
    }


def _give(made: Register, donor: dict[str, Any], draw: random.Random, style: str) -> None:
    cents = draw.choice((draw.randint(1, 10**6), draw.randint(10**6, 10**8), draw.randint(1, 20) * 10**8))
    amount = Decimal(cents) / 100
    foreign = draw.random() < 0.02
    outside = draw.random() < 0.03 and len(donor["gifts"]) > 0  # so that who is credited is always within the period
    month, day = draw.randint(1, 12), draw.randint(1, 28)
    date = f"{2025 if outside else 2026}-{month:02}-{day:02}"
    worth = (amount * RATE).quantize(Decimal("0.01"), "ROUND_HALF_UP") if foreign else amount
    made.gifts += 1
    made.total += worth
    (made.outside if outside else donor["gifts"]).append(worth)
    row = {
        "捐赠编号": f"G{made.gifts:06}",
        "捐赠人编号": f"D{donor['number']:05}",
        "到账日期": _dated(date, draw),
        "金额": _said(amount, draw, foreign) if style == "text" else amount,
        "币种": "美元" if foreign else draw.choice(("人民币", "CNY", "")),
        "公布姓名": donor["name"],
        "捐赠人类别": donor["kind"],
        "署名方式": donor["recognition"],
        "金额公布方式": donor["display"],
        "同意公布姓名": "否" if donor["recognition"] == "匿名" else "是",
        "同意公布金额": "否" if donor["display"] == "不公布" else "是",
        "授权书编号": f"A-{donor['number']}",
        "年级": donor["cohort"],
        "院系": "电气学院",
        "捐赠项目": draw.choice(("", "plane-tree-fund", "reading-room")),
        "归属捐赠人编号": f"D{donor['soft_of']:05}" if donor["soft_of"] else "",
        "身份证号": donor["identity"],
        "手机": donor["phone"],
    }
    made.rows.append([row[heading] for heading in HEADINGS])


def _count(made: Register, donor: dict[str, Any]) -> None:
    made.secrets |= {donor["identity"], donor["phone"]}
    amount = sum(donor["gifts"], Decimal(0))
    if donor["recognition"] == "匿名":
        made.secrets.add(donor["name"])
    if donor["soft_of"]:
        if donor["recognition"] != "匿名":
            made.soft.append(amount)
        return
    level = next(level for level, least in LEVELS.items() if amount >= least) if donor["display"] != "不公布" else ""
    made.levels[level].append(amount)


def _said(amount: Decimal, draw: random.Random, foreign: bool) -> str:
    """The same amount in one of the ways that people write it."""
    ways = [f"{amount}", f"{amount:,.2f}", f"{amount:,.2f}".translate(str.maketrans("0123456789,.", "０１２３４５６７８９，．"))]
    if not foreign:
        ways += [f"¥{amount:.2f}", f"{amount:.2f}元", f"人民币 {amount:,}元整"]
        if amount % 100 == 0:
            ways.append(f"{amount / 10000:f}万元")
    return draw.choice(ways)


def _dated(date: str, draw: random.Random) -> str:
    year, month, day = date.split("-")
    return draw.choice((date, f"{year}/{int(month)}/{int(day)}", f"{year}年{int(month)}月{int(day)}日", f"{year}{month}{day}"))


ROLL = """\
# The roll of the year.  Written by hand, but for the entries.
title: {zh: 2026年度捐赠芳名录, en: 2026 Honor Roll of Donors}
type: donors
period: {from: 2026-01-01, to: 2026-12-31, basis: received}
currency: CNY
levels:
  - {id: pillar, min: 1000000, name: {zh: 栋梁, en: Pillar}}
  - {id: plane-tree, min: 100000, name: {zh: 梧桐, en: Plane Tree}}
  - {id: classmate, min: 10000, name: {zh: 同窗, en: Classmate}}
  - {id: friend, min: 0, name: {zh: 同行, en: Friend}}
group_by: level
sort: pinyin

# Few gifts are never a total.
privacy: {min_hidden: 3, round_to: 10000}
entries:
  - {id: old, name: 旧条目, recognition: named}
# What follows is for readers.
body: |
  怎样读这份名录。
sample: true
"""
