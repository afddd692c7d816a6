"""Invented prose of alumni news in English and Chinese, the same for the same seed."""

from __future__ import annotations

from random import Random

SLOTS: dict[str, list[str]] = {
    "who": [
        "the class of 1987", "a retired bridge engineer", "the chapter's treasurer", "two first-year students", "the choir",
        "a doctor from the county hospital", "the secretary of the chapter", "the running group", "her former supervisor",
        "three members of the cohort of 2004", "the librarian", "a teacher of thermodynamics", "the volunteers at the door",
        "the youngest member of the council", "an alumnus who now builds wind turbines", "the office of alumni relations",
    ],
    "place": [
        "the old lecture hall", "the reading room", "a tea house by the canal", "the east gate", "the swimming pool",
        "a borrowed office on the ninth floor", "the avenue of plane trees", "the boiler house", "the students' canteen",
        "a ship on the river", "the museum of the westward move", "the athletics ground", "a school in the hills",
    ],
    "thing": [
        "a register of every member since 1956", "forty-one notebooks", "the minutes of the first meeting", "a brass slide rule",
        "a box of letters", "the plan of the new laboratory", "a photograph nobody could date", "the accounts of the scholarship",
        "a list of questions", "the scores of the anniversary concert", "a map with every chapter on it", "a steam whistle",
    ],
    "topic": [
        "how to mend a turbine at night", "what a first salary is for", "the price of cement in 1984", "mentoring by post",
        "the water of the northern plain", "medicine in small towns", "why drawings should be signed", "learning a language late",
        "the grid of the next thirty years", "teaching arithmetic with an abacus", "what the archive leaves out",
    ],
    "when": [
        "On Saturday morning", "At a quarter past four", "In the second week of the month", "Before the rain began", "After supper",
        "On the last day of term", "A year ago", "At the close of the meeting", "While the hall was being aired", "In spring",
    ],
    "did": [
        "handed over", "looked for", "asked to see", "brought home", "put on the table", "counted", "copied out", "repaired",
        "explained", "photographed", "gave away", "catalogued",
    ],
    "mood": ["without haste", "with some pride", "to general surprise", "for the first time", "as agreed", "by candlelight"],
}  # fmt: skip

SENTENCES = (
    "{when} {who} met in {place} and {did} {thing}.",
    "{who} spoke for {n} minutes on {topic}, and then took questions for as long again.",
    "Of the {n} people who had put their names down, all but {m} came, some of them from {place}.",
    "Nobody had expected {who} to bring {thing}, least of all to leave it in {place}.",
    "“We had thought of {topic},” said {who}, “but it is easier to begin with {thing}.”",
    "{when} {thing} was still lying in {place}, where {who} had left it *{mood}*.",
    "The chapter has given {n} scholarships so far; the next **{m}** will be for students who care about {topic}.",
    "{who} {did} {thing} {mood}, and the rest of the afternoon went by in {place}.",
    "It took {n} days to clear {place}, and {m} more before {who} could say what was missing.",
    "There is to be a second evening on {topic}; those who wish to come should write to [the office](https://office.example.edu/).",
    "{when}, in {place}, {who} read aloud from {thing}.",
    "What began as an argument about {topic} ended {mood}, with {n} signatures under {thing}.",
    "{who} remembered {place} as it was in the year {year}, when there were {n} beds and one stove.",
    "The questions were short: {topic}, the state of {place}, and whether {who} would come again.",
)
HEADINGS = ("What was said", "A place for it", "Who came", "The next meeting", "Where the money goes", "From the archive")
TITLES = ("{who} and {thing}", "An evening on {topic}", "{who} in {place}", "{n} names and {thing}", "Notes on {topic}")

ZH_SLOTS: dict[str, list[str]] = {
    "who": "八七级校友 一位退休的桥梁工程师 分会秘书长 两名新生 校友合唱团 县医院的一位医生 跑团成员 图书馆员 热力学老师".split(),
    "place": "老阶梯教室 夜读室 运河边的茶馆 东门 梧桐道 西迁博物馆 学生食堂 山里的一所小学 江上的轮船".split(),
    "thing": "一册会员名录 四十一本笔记 第一次会议的记录 一把黄铜计算尺 一箱家书 新实验室的图纸 一张没有日期的照片".split(),
    "topic": "夜里怎样检修汽轮机 第一份工资该怎么花 北方平原的水 小城里的医学 三十年后的电网 档案里没有写的事".split(),
    "when": "周六上午 四点一刻 雨落下来之前 学期最后一天 散会的时候 去年今天".split(),
}  # fmt: skip
ZH_SENTENCES = (
    "{when}，{who}在{place}见面，带来了{thing}。",
    "{who}讲了{n}分钟，题目是“{topic}”，提问的时间也一样长。",
    "报名的{n}人里只有{m}人没有到，有人专程从{place}赶来。",
    "“我们本来想谈{topic}，”{who}说，“后来觉得不如从{thing}说起。”",
    "{thing}还放在{place}，{who}说下次再来取。",
    "分会至今发放了{n}份奖学金，接下来的**{m}份**留给关心{topic}的学生。",
    "整理{place}用了{n}天，又过了{m}天，{who}才说得清少了什么。",
    "下一场谈{topic}，想来的校友请写信给[办公室](https://office.example.edu/)。",
    "{who}记得{year}年的{place}，那时有{n}张床和一只炉子。",
)
ZH_HEADINGS = ("说了什么", "谁来了", "下一次", "钱用在哪里", "档案一页")
ZH_TITLES = ("{who}与{thing}", "一晚谈{topic}", "{who}在{place}")


class Writer:
    """Writes from one stream of random numbers."""

    def __init__(self, seed: str, chinese: bool) -> None:
        self.random = Random(seed)
        self._chinese = chinese
        self._slots = ZH_SLOTS if chinese else SLOTS

    def title(self) -> str:
        return self._fill(self.random.choice(ZH_TITLES if self._chinese else TITLES))

    def sentence(self) -> str:
        return self._fill(self.random.choice(ZH_SENTENCES if self._chinese else SENTENCES))

    def body(self, reference: str) -> str:
        """300–600 words (500–1,000 characters of Chinese) in Markdown; `reference` stands in the second paragraph."""
        wanted = self.random.randint(500, 850) if self._chinese else self.random.randint(300, 470)
        parts = [self._paragraph(), f"{self._paragraph()} {reference}"]
        written = sum(map(self._length, parts))
        while written < wanted:
            if self.random.random() < 0.3:
                parts.append("## " + self.random.choice(ZH_HEADINGS if self._chinese else HEADINGS))
            part = self._block()
            parts.append(part)
            written += self._length(part)
        return "\n\n".join(parts) + "\n"

    def _block(self) -> str:
        choice = self.random.random()
        if choice < 0.12:
            return "\n".join(f"- {self.sentence()}" for _ in range(self.random.randint(3, 5)))
        if choice < 0.2:
            return "> " + self.sentence()
        return self._paragraph()

    def _paragraph(self) -> str:
        return ("" if self._chinese else " ").join(self.sentence() for _ in range(self.random.randint(3, 6)))

    def _length(self, text: str) -> int:
        return len(text) if self._chinese else len(text.split())

    def _fill(self, pattern: str) -> str:
        chosen = {name: self.random.choice(words) for name, words in self._slots.items()}
        numbers = {"n": self.random.randint(11, 240), "m": self.random.randint(2, 9), "year": self.random.randint(1956, 2019)}
        text = pattern.format(**chosen, **numbers)
        return text[0].upper() + text[1:]
