"""Sites at the edge: the longest titles and names, the shortest stories, many chapters; one story alone; nothing at all."""

from __future__ import annotations

from conftest import Workshop
from samples import entry, story

LONG_ZH = (
    "关于举办建校一百三十周年系列学术论坛暨全球校友代表大会并同步开展返校日志愿服务与奖助学金集中捐赠活动有关事项的通知第二版定稿"
)
LONG_EN = (
    "Announcement of the Hundred and Thirtieth Anniversary Forums, the World Assembly of Alumni Delegates,"
    " Homecoming, Volunteers and Scholarship Gifts"
)
TWELVE = "欧阳阿卜杜拉占位示例样本"
PICTURE = "/media/lake.svg"
COVER = f"cover: {{src: {PICTURE}, alt: {{zh: 一片湖水, en: A lake}}, credit: {{zh: 示例摄影, en: Sample Photographer}}}}"

STORIES = f"""
-- content/media/lake.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="800" fill="#9bb"/></svg>
-- content/news/2026-11-20-long.md --
---
title: {LONG_ZH}
date: 2026-11-20
section: notices
summary: {{zh: 摘要也写得很长，用来看它在手机和宽屏上怎样换行，会不会把日期推到看不见的地方。, en: A summary.}}
byline: {{source: {TWELVE}, authors: [甲, {TWELVE}], photographers: [乙], editors: [丙], duty_editor: 丁, reviewers: [戊, 己]}}
corrections:
  - {{date: 2026-11-21, text: {{zh: 会期是两天。, en: "There are two days."}}}}
tags: [anniversary, homecoming]
sample: true
---
正文只有一句，中间有**很重要的话**和[一个链接](https://www.example.org/a/very/long/address/that-does-not-break/anywhere?and=a)。

| 项目 | 时间 | 地点 | 说明 |
|---|---:|---|---|
| 论坛 | 09:00 | 示例礼堂 | 先到先坐 |

:::video{{src="https://video.example.org/film.mp4" title="三分钟"}}
片子。
:::

:::quote{{by="{TWELVE}" role="示例职务"}}
话很短。
:::
-- content/news/2026-11-19-short.md --
---
title: 短
date: 2026-11-19
section: media
---
好。
-- content/news/2026-11-18-gallery.md --
---
title: 图集
date: 2026-11-18
section: chapters
{COVER}
chapters: [chapter-1]
gallery:
  - {{src: {PICTURE}, alt: {{zh: 湖之一, en: Lake one}}, caption: {{zh: 一段图注, en: A caption}}}}
  - {{src: {PICTURE}, alt: {{zh: 湖之二, en: Lake two}}}}
  - {{src: {PICTURE}, alt: {{zh: 湖之三, en: Lake three}}}}
---
三张图。
-- content/news/2026-11-17-gone.md --
---
title: 撤回的消息
date: 2026-11-17
section: notices
status: withdrawn
---
不见。
-- content/features/portrait.md --
---
title: {LONG_ZH}
date: 2026-11-10
form: profile
deck: {{zh: 没有图片的人物特写。, en: A profile without a picture.}}
people: [one]
subjects:
  - {{person: one, consent: filed-1}}
  - {{name: {TWELVE}, consent: filed-2}}
pull_quotes: [{{text: {{zh: 一句话。, en: One sentence.}}}}]
---
正文。
-- content/people/one.yaml --
name: {{zh: 丁, en: D}}
title: {{zh: 丁, en: D}}
-- content/people/twelve.yaml --
name: {{zh: {TWELVE}, en: Ouyang Abudula Zhanwei Shili Yangben}}
title: {{zh: {TWELVE}, en: Ouyang Abudula Zhanwei Shili Yangben}}
degrees: [{{level: bachelor, unit: {{zh: 能源与动力工程学院, en: Energy and Power}}, entry: 1999, graduation: 2003}}]
-- content/events/long.yaml --
title: {{zh: {LONG_ZH}, en: "{LONG_EN}"}}
start: 2026-12-31 09:00
end: 2027-01-02 17:00
venue: {{name: {{zh: 示例省示例市示例区示例路一百二十八号示例大学示例礼堂东侧二层, en: Sample Auditorium}}}}
event_status: postponed
-- content/honors/roll.yaml --
title: {{zh: 芳名录, en: Roll}}
type: donors
period: {{from: 2026-01-01, to: 2026-12-31, basis: received}}
currency: CNY
entries:
  - {{id: e1, donor_kind: person, name: {{zh: 丁, en: D}}, recognition: named, amount: 10000, amount_display: exact}}
  - {{id: e2, donor_kind: person, name: {{zh: {TWELVE}, en: Ouyang Abudula}}, recognition: named, amount: 1200000}}
  - {{id: e3, donor_kind: person, recognition: anonymous, amount_display: hidden}}
"""


def _chapters(count: int) -> str:
    """So many chapters, some below others, some nowhere on the map, one with the longest title."""
    types = ("regional", "overseas", "joint", "school", "industry", "interest", "cohort")
    return "".join(_chapter(number, types[number % len(types)], number - len(types)) for number in range(1, count + 1))


def _chapter(number: int, kind: str, parent: int) -> str:
    title = LONG_ZH if number == 2 else f"示例{number}校友会"
    fields = [f"title: {title}", f"type: {kind}", "status: active"]
    if number % 5:
        city, latitude = f"示例{number % 17}市", 20 + number % 17
        fields.append(f"region: {{country: CN, admin: 示例省, city: {city}, geo: [{latitude}, 110]}}")
    if number % 3 == 0 and parent > 0:
        fields.append(f"parent: chapter-{parent}")
    return entry(f"chapters/chapter-{number}", "\n".join(fields))


def _in_english() -> str:
    """The pages with long titles, in English."""
    named = [("news/2026-11-20-long", LONG_EN), ("news/2026-11-18-gallery", "Gallery"), ("features/portrait", LONG_EN)]
    named.append(("chapters/chapter-2", LONG_EN))
    return "".join(entry(f"{name}.en", f'title: "{title}"', "Words.") for name, title in named)


def extreme(workshop: Workshop) -> Workshop:
    """The site, in the default theme."""
    return workshop.write(STORIES + _chapters(64) + _in_english())


def lonely(workshop: Workshop) -> Workshop:
    """A site of one story."""
    return workshop.write(story("first", "title: {zh: 第一条消息, en: The First Story}", "好。"))


def barren(workshop: Workshop) -> Workshop:
    """A site with nothing in it."""
    (workshop.root / "content").mkdir(exist_ok=True)
    return workshop
