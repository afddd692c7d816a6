"""Ordinary articles of an alumni office, full of numbers that are nobody's: made to look like what they are not."""

from __future__ import annotations

import random
from collections.abc import Callable

from stdnum import ean, isbn
from stdnum.cn import uscc

LENGTHS = (8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Numbers:
    """Numbers of all the sorts that offices write, from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def digits(self, length: int) -> str:
        return str(self.random.randint(1, 9)) + "".join(self.random.choices("0123456789", k=length - 1))

    def day(self) -> str:
        return f"{self.random.randint(1956, 2027)}{self.random.randint(1, 12):02}{self.random.randint(1, 28):02}"

    def date(self) -> str:
        return f"{self.random.randint(1956, 2027)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    def phone_like(self) -> str:
        """Eleven digits that would do for a mobile number."""
        return f"1{self.random.randint(3, 9)}{self.digits(9)}"

    def book(self) -> str:
        body = "9787" + self.digits(8)
        return isbn.format(body + ean.calc_check_digit(body))

    def credit_code(self) -> str:
        """A unified social credit code (GB 32100), most often of digits only."""
        region = self.random.choice(("110108", "310104", "330106", "610113", "610198"))
        body = self.random.choice(("12", "51", "52", "53", "91")) + region + self.digits(9)
        return body + uscc.calc_check_digit(body)

    def serial(self) -> str:
        """A serial number as long as a card or an identity number: no label needed, it is neither by its check digit or date."""
        return self.day() + self.digits(self.random.choice((6, 8, 10)))


SENTENCES: tuple[Callable[[Numbers], str], ...] = (
    lambda n: (
        f"根据校办发〔{n.random.randint(2005, 2027)}〕{n.random.randint(1, 300)}号文件，活动自{n.random.randint(1, 12)}月起举行。"
    ),
    lambda n: f"校友文集已由出版社出版（ISBN {n.book()}），首印{n.random.randint(1, 9)}000册。",
    lambda n: (
        f"期刊号ISSN {n.digits(4)}-{n.digits(4)}，DOI: 10.{n.digits(4)}/j.{n.digits(4)}-{n.digits(4)}.{n.day()}.{n.digits(3)}。"
    ),
    lambda n: f"捐赠票据号码{n.digits(10)}，凭证号：{n.phone_like()}，请妥善保存。",
    lambda n: f"订单编号 {n.phone_like()} 已经寄出，运单号：{n.digits(12)}。",
    lambda n: f"咨询电话：029-8266{n.digits(4)}，传真：（029）8266{n.digits(4)}，热线400-{n.digits(3)}-{n.digits(4)}。",
    lambda n: f"合同编号为{n.serial()}，资产编号：{n.phone_like()}。",
    lambda n: f"统一社会信用代码：{n.credit_code()}。",
    lambda n: f"账户名称为样例基金会，对公账号：{n.random.choice(('3700', '1029', '1058', '2605'))}{n.digits(15)}，请注明用途。",
    lambda n: f"开户行：样例银行分行，账号 {n.random.choice(('10', '11', '79'))}{n.digits(10)}。",
    lambda n: f"该工程总投资{n.phone_like()}元，建筑面积{n.digits(6)}平方米，累计参与{n.phone_like()}人次。",
    lambda n: f"报名时间为{n.date()} 09:00至{n.date()} 17:30。",
    lambda n: f"详见 https://alumni.example.edu/news/{n.day()}/{n.phone_like()}.html?id={n.serial()}&t={n.digits(13)} 。",
    lambda n: f"照片由“IMG_{n.day()}_{n.digits(6)}.jpg”与mmexport{n.digits(13)}.jpg两张合成。",
    lambda n: f"专利号：ZL{n.random.randint(2000, 2026)}1{n.digits(7)}.{n.random.randint(0, 9)}，标准GB/T {n.digits(5)}—2012。",
    lambda n: f"学号{n.digits(10)}，1978级，2011届，班级代码：电气{n.random.randint(10, 99)}。",
    lambda n: f"直播间号{n.digits(9)}，会议号：{n.digits(3)} {n.digits(4)} {n.digits(4)}，密码{n.digits(6)}。",
    lambda n: f"设备序列号：{n.digits(n.random.choice(LENGTHS))}；条形码 69{n.digits(11)}。",
    lambda n: f"观测数据依次为 {' '.join(n.digits(3) for _ in range(7))}，单位毫米。",
    lambda n: f"坐标（{n.random.uniform(20, 45):.6f}, {n.random.uniform(80, 130):.6f}），海拔{n.digits(3)}米。",
    lambda n: f"课题批准号：{n.digits(8)}，基金编号{n.day()}{n.digits(8)}，ORCID 0000-0002-{n.digits(4)}-{n.digits(4)}。",
    lambda n: f"第{n.random.randint(1, 40)}届理事会{n.random.randint(2, 30)}名理事到会，占{n.random.uniform(60, 99):.2f}%。",
    lambda n: f"联系邮箱：office{n.random.randint(1, 99)}@alumni.example.edu，QQ群：{n.digits(9)}。",
    lambda n: f"募集金额人民币{n.digits(8)}.{n.random.randint(10, 99)}元，折合USD {n.digits(7)}。",
    lambda n: (
        f"列车G{n.random.randint(1, 9999)}次，车票号E{n.digits(9)}，航班MU{n.digits(4)}，电子客票{n.digits(3)}-{n.digits(10)}。"
    ),
    lambda n: f"版本{n.digits(2)}.{n.digits(2)}.{n.digits(4)}，校验值{n.digits(6)}a{n.digits(9)}f{n.digits(12)}。",
    lambda n: f"档案号：{n.day()}-{n.digits(4)}-{n.digits(6)}，胶片编号：{n.digits(16)}。",
    lambda n: f"流水号{n.random.choice(('62', '4', '51'))}{n.digits(17)}，经办人已核。",
)


def article(seed: int) -> str:
    """One article with front matter: a title, and forty sentences in paragraphs."""
    numbers = Numbers(seed)
    sentences = [numbers.random.choice(SENTENCES)(numbers) for _ in range(40)]
    paragraphs = ["".join(sentences[at : at + 5]) for at in range(0, 40, 5)]
    fields = f"title: 第{seed + 1}篇\ndate: 2026-05-06\nsection: notices\nid: story-{numbers.phone_like()}"
    return f"---\n{fields}\n---\n\n" + "\n\n".join(paragraphs) + "\n"
