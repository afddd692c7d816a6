"""Names of donors: when two ways of writing may mean one donor.  A hint for a person to look at, never a decision."""

from __future__ import annotations

import re
import unicodedata

# Characters common in names, each traditional one before the simplified.  For a hint a table will do; not for converting texts.
_PAIRS = (
    "陳陈 張张 劉刘 楊杨 趙赵 黃黄 吳吴 孫孙 馬马 鄭郑 謝谢 許许 鄧邓 馮冯 蕭萧 葉叶 蘇苏 盧卢 "
    "蔣蒋 賈贾 韋韦 鄒邹 陸陆 閻阎 龍龙 錢钱 湯汤 顧顾 龐庞 聶聂 遲迟 歐欧 陽阳 單单 萬万 嚴严 "
    "賴赖 譚谭 莊庄 齊齐 賀贺 龔龚 溫温 關关 華华 國国 偉伟 麗丽 強强 軍军 傑杰 濤涛 輝辉 鵬鹏 "
    "蘭兰 鳳凤 雲云 潔洁 瑩莹 瓊琼 雙双 飛飞 鐵铁 鋼钢 錦锦 鈞钧 銳锐 鋒锋 銘铭 寶宝 慶庆 興兴 "
    "業业 學学 書书 東东 長长 發发 達达 進进 遠远 邁迈 運运 連连 聯联 親亲 賢贤 貴贵 賓宾 質质 "
    "購购 員员 圓圆 園园 團团 圖图 愛爱 憲宪 應应 懷怀 恆恒 戰战 護护 擇择 據据 曉晓 曄晔 時时 "
    "暉晖 樸朴 樹树 樺桦 橋桥 檢检 權权 歡欢 澤泽 潤润 濱滨 瀾澜 灝灏 灣湾 煒炜 燁烨 燦灿 爾尔 "
    "獻献 瑋玮 瑤瑶 璽玺 畫画 異异 疊叠 礎础 禮礼 禎祯 稱称 穎颖 穩稳 競竞 筆笔 節节 範范 築筑 "
    "簡简 紀纪 紅红 純纯 紹绍 結结 維维 綱纲 緒绪 縱纵 總总 績绩 織织 繼继 續续 羅罗 義义 習习 "
    "聖圣 聞闻 聰聪 聲声 膽胆 舉举 藝艺 蓮莲 薩萨 藍蓝 蘊蕴 虛虚 蟬蝉 術术 衛卫 補补 裝装 觀观 "
    "計计 訓训 記记 設设 訪访 證证 詠咏 詩诗 誠诚 語语 誼谊 調调 諒谅 諾诺 謀谋 謙谦 謹谨 譯译 "
    "議议 讓让 變变 豐丰 貝贝 財财 貞贞 責责 資资 賞赏 彥彦 啟启 爭争 靜静 麥麦 鄔邬 邊边 鮑鲍 "
    "鍾钟 鐘钟 駱骆 竇窦 喬乔 閔闵 婁娄 蔔卜 倫伦 儀仪 僑侨 凱凯 劍剑 則则 剛刚 勝胜 勛勋 啓启 "
    "喚唤 嘯啸 堅坚 塵尘 壯壮 夢梦 奮奋 嫻娴 嬌娇 寧宁 將将 峯峰 嶺岭 嶽岳 帥帅 師师 廣广 彙汇 "
    "後后 徵征 滿满 漢汉 瀟潇 為为 無无 熾炽 牽牵 環环 瓏珑 畢毕 盡尽 碩硕 礫砾 積积 窮穷 絲丝 "
    "綠绿 緯纬 練练 縉缙 繪绘 翹翘 腦脑 萊莱 蒼苍 蔭荫 薔蔷 藹蔼 藺蔺 蘆芦 蘋苹 覺觉 訢欣 詳详 "
    "謨谟 譽誉 賜赐 贊赞 軒轩 輪轮 輯辑 轉转 農农 遙遥 鄺邝 銀银 鎮镇 鏡镜 閃闪 閣阁 闊阔 陰阴 "
    "隨随 雋隽 霽霁 韻韵 頌颂 頡颉 題题 顏颜 願愿 類类 颯飒 駿骏 驍骁 驊骅 魯鲁 鴻鸿 鵑鹃 鶴鹤 "
    "鷹鹰 黨党 齡龄"
)
_SIMPLE = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_TITLES = re.compile(
    r"(?<=.)(?:先生|女士|小姐|太太|夫人|校友|同学|老师|教授|博士|院士|学长|学姐|同志|阁下)\Z"
    r"|\A(?:mr|mrs|ms|dr|prof)\b\.?|(?:有限责任公司|有限公司|股份公司|\bltd|\binc)\.?\Z"
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def name_key(name: str) -> str:
    """What stays of a name without width, case, spaces, marks, titles, remarks in brackets, and traditional characters."""
    text = _ASIDE.sub("", unicodedata.normalize("NFKC", name).casefold()).translate(_SIMPLE).strip()
    while (shorter := _TITLES.sub("", text).strip()) != text and shorter:
        text = shorter
    return re.sub(r"[\W_]+", "", text) or text
