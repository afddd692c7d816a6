"""Columns of a register: what each is called in Chinese and English, and which words are understood in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

YES = ("是", "Yes", "同意", "true", "y", "√", "✓", "1")
NO = ("否", "No", "不同意", "false", "n", "×", "0")


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a register may say of a gift or a donor.

    `words` are the meanings with the words for each, the first Chinese and the second English one as a template offers
    them.  `of_donor`: all gifts of one donor must agree on it.
    """

    name: str
    zh: str
    en: str
    note: str = ""
    note_zh: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_donor: bool = True

    def heading(self, language: str) -> str:
        """What the column is called in a template."""
        return self.zh if language.startswith("zh") else self.en

    def offered(self, language: str) -> tuple[str, ...]:
        """The words that a template offers, in the order of their meanings."""
        return tuple(words[0 if language.startswith("zh") else 1] for words in self.words.values())

    def meaning(self, word: str) -> str | None:
        """What a word of the register means; None if it is not understood."""
        folded = word.strip().casefold()
        return next((each for each, words in self.words.items() if folded in (each, *(w.casefold() for w in words))), None)


_FLAG = {"true": YES, "false": NO}


def _words(**words: str) -> dict[str, tuple[str, ...]]:
    return {meaning: tuple(said.split("|")) for meaning, said in words.items()}


_CURRENCIES = _words(
    CNY="人民币|CNY|RMB|元|￥|¥", USD="美元|USD|US$", HKD="港币|HKD|港元", EUR="欧元|EUR|€", GBP="英镑|GBP|£", JPY="日元|JPY",
    SGD="新加坡元|SGD|新币", AUD="澳元|AUD", CAD="加元|CAD", MOP="澳门元|MOP", TWD="新台币|TWD",
)  # fmt: skip
_KINDS = _words(
    person="个人|Person", couple="伉俪|Couple|夫妇|夫妻", family="家庭|Family|家族", chapter="校友会|Chapter|分会|校友组织",
    company="企业|Company|公司|单位", foundation="基金会|Foundation", team="团队|Team|集体", estate="遗赠|Estate",
) | {"class": ("班级", "Class", "年级")}  # fmt: skip
_RECOGNITION = _words(named="署名|Named|实名|具名", described="描述|Described", anonymous="匿名|Anonymous|不署名|无名氏")
_DISPLAY = _words(exact="公布金额|Exact|公开|确数", band="公布级别|Band|级别|区间", hidden="不公布|Hidden|保密|不公开")
_TRIBUTE = _words(honor="致敬|In honor", memory="纪念|In memory")

COLUMNS = (
    Column("gift", "捐赠编号", "Gift number", "once in the register", "每笔一个，不重复", of_donor=False),
    Column("donor", "捐赠人编号", "Donor number", "gifts with the same number are added up", "同一编号的捐赠合计为一条"),
    Column("date", "到账日期", "Received on", "such as 2026-01-31", "如2026-01-31", of_donor=False),
    Column("amount", "金额", "Amount", "digits, up to two decimals", "数字，最多两位小数", of_donor=False),
    Column("currency", "币种", "Currency", words=_CURRENCIES, of_donor=False),
    Column("name", "公布姓名", "Public name", "as the donor wants to be read", "捐赠人希望公布的写法"),
    Column("name_en", "公布姓名（英文）", "Public name (English)"),
    Column("donor_kind", "捐赠人类别", "Kind of donor", words=_KINDS),
    Column("recognition", "署名方式", "Recognition", words=_RECOGNITION),
    Column("amount_display", "金额公布方式", "Amount shown", words=_DISPLAY),
    Column("consent_name", "同意公布姓名", "Consents to name", words=_FLAG),
    Column("consent_amount", "同意公布金额", "Consents to amount", words=_FLAG),
    Column("consent_ref", "授权书编号", "Consent filed as", "where the agreement is filed", "同意书的存放编号"),
    Column("minor", "未成年", "Minor", words=_FLAG),
    Column("guardian_consent", "监护人同意书编号", "Guardian's consent", "where it is filed", "同意书的存放编号"),
    Column("cohort", "年级", "Cohort", "such as ee-1998", "如ee-1998"),
    Column("unit", "院系", "School"),
    Column("chapter", "校友会", "Chapter", "a file in content/chapters", "content/chapters中的文件名"),
    Column("project", "捐赠项目", "Project", "a file in content/projects", "content/projects中的文件名", of_donor=False),
    Column("deceased", "已故", "Deceased", words=_FLAG),
    Column("tribute", "纪念或致敬", "Tribute", words=_TRIBUTE, of_donor=False),
    Column("tribute_name", "纪念或致敬对象", "Tribute to", of_donor=False),
    Column(
        "soft_credit_of", "归属捐赠人编号", "Soft credit of", "the donor whose gift counts; this row does not", "本行不计入合计"
    ),
    Column("consecutive_years", "连续捐赠年数", "Consecutive years"),
    Column("person", "人物", "Person", "a file in content/people", "content/people中的文件名"),
    Column("year", "年度", "Year"),
    Column("citation", "颁奖词", "Citation"),
    Column("awarded_by", "授予单位", "Awarded by"),
)
BY_NAME = {column.name: column for column in COLUMNS}
