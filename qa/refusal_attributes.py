"""A detail that plans do not record although they speak of the topic: a price, a telephone number, a name.

The question's words say which kind of answer it wants; a passage about the topic must hold something of that
kind. Only kinds with a form that can be told are looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.folding import fold
from qa.hits import Hit
from qa.refusal_evidence import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A kind of detail.

    Attributes:
        asked: how a question asks for it; a group ``stem`` is a word that must stand beside the detail.
        given: the form in which a document gives it.
    """

    asked: re.Pattern[str]
    given: re.Pattern[str]


def _detail(asked: str, given: str) -> Detail:
    return Detail(asked=re.compile(asked, re.IGNORECASE), given=re.compile(given, re.IGNORECASE))


_MONEY = r"\d[\d,.]*\s*(?:[十百千万億]+\s*)?円|円[)）]|無料|無償|全額"

DETAILS: tuple[Detail, ...] = (
    _detail(
        r"電話番号|内線番号|fax番号|ファク(?:ス|シミリ)番号|連絡先",
        r"\d{2,5}[-(]\d{1,4}[-)]\d{3,4}|内線\s*\d",
    ),
    _detail(r"メールアドレス|url|ホームページのアドレス", r"@|https?:|www\."),
    _detail(r"住所(?:は|を教|$|と|一覧)|の(?:住所|所在地|番地)", r"丁目|番地|〒|字[一-鿿]|所在地"),
    _detail(r"生年月日|誕生日|年齢|何歳", r"\d+\s*[歳才]|年齢|生まれ|昭和\d+年生"),
    _detail(
        r"(?P<stem>着任|就任|採用|公布|施行|発売|発行|落成|竣工|契約|締結|締切|議決)日",
        r"\d+\s*月|\d+\s*年|\d+/\d+",
    ),
    _detail(
        r"氏名|フルネーム|(?:誰|だれ)(?:です)?か",
        r"氏名|所属長|責任者|(?:部|課|室|局|会|所|館)長|さん|氏(?!名)",
    ),
    _detail(
        r"(?P<stem>会長|委員長|座長|議長|理事長|院長|校長|園長|館長|監督|指揮者|講師)(?:は|の名|の氏名)",
        r"[一-鿿]",
    ),
    _detail(
        r"社名|業者名|会社名|企業名|製品名|商品名|機種名|型番|メーカー|製造元"
        r"|(?:業者|会社|企業|委託先|受注者|落札者|施工者|請負者)(?:の名(?:前|称)|はど[これ]|名|$)",
        r"株式会社|\(株\)|㈱|有限会社|\(有\)|㈲|合同会社|製作所|工務店|建設工業|ベンダー|森林組合|社製|の会社",
    ),
    _detail(
        r"時刻|(?:開所|開庁|開館|開店|営業|受付|診療|利用できる|開催)時間|何時(?:に|から|まで|です)",
        r"\d+\s*時(?!間|点|期)|\d{1,2}:\d{2}|午前|午後|正午",
    ),
    _detail(
        r"(?P<stem>契約|購入|落札|発注|リース|受講|参加|入場|入館|利用|加入|賠償|補償|制作|製作|建設|工事|委託|印刷|修理)"
        r"(?:金額|価格|代金?|料金|料|費用?|額)(?!者|率|件|数|を抑|の(?:削減|縮減))",
        _MONEY,
    ),
    _detail(r"(?P<stem>時給|日給|月給|日当(?!たり)|謝礼|謝金|価格|単価|値段|年俸|給料|報酬額)", _MONEY),
    _detail(r"(?P<stem>得票|票数|賛成|反対|採決)", r"\d+\s*票|賛成|反対|採決"),
    _detail(r"(?P<stem>部数)", r"\d[\d,]*\s*部"),
    _detail(r"何(?P<stem>[台棟室席冊枚両頭])", r"\d"),
)
_SAID_SO = {
    "価格": "価格|円で|単価",
    "値段": "値段|価格|円で",
    "時給": "時給|時間給",
    "工事": "工事費|事業費|工事",
}
"""Stems that a document may put in other words."""


ASKED_LAST = 12
"""What a question asks for stands at its end: further from it, the word is a part of the topic."""


def detail_reason(case: Case) -> str | None:
    """Why a question for a detail is not answered (no passage about the topic gives one), else None."""
    question = fold(case.question).text
    for detail in DETAILS:
        asked = detail.asked.search(question)
        if not asked or len(question) - asked.end() > ASKED_LAST:
            continue
        about, best = case.about(case.found.hits, asked[0])
        if best < case.config.detail or not any(
            _gives(hit, detail, asked.groupdict().get("stem")) for hit in about
        ):
            return f"「{asked[0].strip()}」の記載は、この内容の資料に見当たりません。"
    return None


def _gives(hit: Hit, detail: Detail, stem: str | None) -> bool:
    text = fold(f"{hit.passage.headers} {hit.passage.item} {hit.passage.text}").text
    if stem and not re.search(_SAID_SO.get(stem, stem), text):
        return False
    return detail.given.search(text) is not None
