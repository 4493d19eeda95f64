"""What form of answer a question demands: an amount of money, a number of people, a date, a telephone number.

A passage may speak of the topic and still not say what is asked. Only forms that can be told by their
characters are looked at; a question for anything else demands no form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.folding import fold
from qa.question_kind import QuestionKind, asked_of
from qa.refusal_premises import premises_of
from qa.short_units import COUNTERS, unit_of_noun


class Form(StrEnum):
    """The forms of answer."""

    FIGURE = "figure"
    MONEY = "money"
    DATE = "date"
    PERSON = "person"
    COMPANY = "company"
    DETAIL = "detail"
    PREMISE = "premise"
    BREAKDOWN = "breakdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a question demands.

    Attributes:
        form: of the answer.
        said: the words that ask, folded.
        start: where they begin in the folded question.
        end: where they end.
        units: in which a figure is asked for; empty where any will do.
        given: how a document gives it; figures are told by their units, or given in this form too.
        beside: what must stand in the same sentence or row, or over it, too (所属長 beside a name).
        outside: whether the words that ask are no part of what the question is about (電話番号, 受講料).
        question: folded.
    """

    form: Form
    said: str
    start: int
    end: int
    units: tuple[str, ...] = ()
    given: re.Pattern[str] | None = None
    beside: re.Pattern[str] | None = None
    outside: bool = True
    question: str = ""


ASKED_LAST = 14
"""What a noun asks for stands at the question's end: further from it, the noun is a part of the topic."""

_ASKED_OF = r"は(?:[?。、 ]|$|何|いくら|いくつ|どれ|どの|いつ|幾)"
_END = rf"(?={_ASKED_OF}|を教|が?知り|について|って|[ 、。?(]|$)"
_END_OF_NOUN = re.compile(
    r"(?:は|を教|を知|と[一-鿿ァ-ヴーa-z]|って|について|が?知り|[ 、。?(]|$|ど|か$|で[しす])"
)
_NOUN = r"[一-鿿ァ-ヴー々a-z]"
_PART = re.compile(r"無料|無償|[全半]額|\d分の\d|\d割")
_MOMENT = (
    r"\d+年(?!間|目)|\d+月|\d{1,2}/\d{1,2}|年度|[春夏秋冬]に|昭和|平成|令和|[上中下]旬"
    r"|毎[年月週日]|曜日|午[前後]|\d時"
)
_ROLES = (
    "所属長|責任者|(?:部|課|室|局|会|所|館|団|市|町|村|校|園|院|理事|委員|班|係)長"
    "|座長|議長|さん|氏(?!名)|氏名"
)

_DETAILS: tuple[tuple[Form, str, str], ...] = (
    (
        Form.DETAIL,
        r"電話番号|内線番号|fax番号|ファッ?ク(?:ス|シミリ)の?番号|連絡先|問い?合わ?せ先",
        r"\d{2,5}[-(]\d{1,4}[-)]\d{3,4}|内線\s*\d",
    ),
    (
        Form.DETAIL,
        r"メールアドレス|url|ホームページのアドレス|アドレス|リンク先",
        r"[a-z0-9]@|https?:|www\.",
    ),
    (Form.DETAIL, r"住所|所在地|番地", r"丁目|番地|〒|字[一-鿿]|所在地|\d+-\d+"),
    (Form.DETAIL, r"生年月日|誕生日|年齢|何歳", r"\d+\s*[歳才]|年齢|生まれ|昭和\d+年生|\d+代"),
    (
        Form.DETAIL,
        rf"時刻表?|{_NOUN}?(?:開[所庁館店園場]|営業|受付|診療|利用できる|開催|開い?てい?る)時間|何時(?!間|点|期)",
        r"\d+\s*時(?!間|点|期)|\d{1,2}:\d{2}|午前|午後|正午",
    ),
    (
        Form.DETAIL,
        r"新しい(?:市|町|村|会社|施設|団体|組織)?の?(?:名前|名称)|新名称|新(?:市|町|村)の?名称?",
        r"新名称|新(?:市|町|村)の?名|[「『][^「」『』]{2,20}[」』](?:に|と)(?:決|改|変更|命名|名付|し|な)",
    ),
    (Form.DETAIL, r"定休日|休館日|休業日|何曜日?", r"[月火水木金土日]曜|休館日|定休"),
    (Form.DETAIL, r"得票数?|票数", r"\d+\s*票"),
    (Form.DETAIL, r"第?何位|順位", r"\d+\s*(?:位|番目)|最も|最多|最下位|トップ"),
    (
        Form.PERSON,
        rf"{_NOUN}{{0,6}}?(?:氏名|フルネーム)|(?<!相手は)(?<!対象は)(?<!相手が)(?:誰|だれ|どなた)(?=です|か$|か[?。]|$|の)",
        _ROLES,
    ),
    (
        Form.PERSON,
        (
            r"(?P<role>会長|委員長|座長|議長|理事長|院長|校長|園長|館長|監督|指揮者|講師|所長|団長|市長|町長|村長|部長|課長|室長|係長|担当者|職員)"
            r"(?:の(?:名前|名|お名前|氏名)|は(?:誰|だれ|どなた|(?=[?。 ]*$))|名)"
        ),
        _ROLES,
    ),
    (
        Form.COMPANY,
        (
            r"社名|(?:業|事業)者名|会社名|企業名|製品名|商品名|機種名?|型番|メーカー名?|製造元|開発元|納入元"
            r"|(?:業者|会社|企業(?:体)?|jv|委託先|受注者|落札者|施工者|請負者|納入先)(?:の名(?:前|称)|はど[これ]|名|$)"
        ),
        r"株式会社|\(株\)|㈱|[一-鿿々ァ-ヴー]+・[一-鿿々ァ-ヴー]+(?:特定)?(?:建設)?(?:共同企業体|jv)|有限会社|\(有\)|㈲|合同会社|製作所|工務店|建設工業|ベンダー|森林組合|社製|の会社",
    ),
)
_HEADED = ("部長", "課長", "室長", "所長", "局長")
_HEADS = "所属長|[部課室所局]長"
_SOMEBODY = re.compile(
    r"(?<![一-鿿])[一-鿿々]{1,4}[ \u3000][一-鿿々ぁ-んァ-ヴー]{1,4}(?![一-鿿])|[一-鿿]氏(?!名)|[一-鿿]さん"
)
"""A name as forms print it, with a space, or with 氏 or さん."""

_MONEY_NOUN = re.compile(
    rf"{_NOUN}*(?:金額|価格|代金|料金|費用|経費|費|料|単価|値段|謝[金礼]|運賃|年俸|給料|報酬|時給|日給|月給|日当|賃金|売上高?"
    rf"|収益|(?<!同)(?<!一定)額|使用料|年会費|予算)(?:の(?:額|金額|総額|単価))?{_END}"
)
_WHICH = re.compile(r"は(?:何|どれ)(?!円|千|百|億|万)")
"""Asks which fee, not how much: 「値上げした料金は何か」."""

_COUNT_NOUN = re.compile(
    rf"{_NOUN}*(?<![複多少半手偶奇])(?:人数|[^\W\d_]数|の数(?!値)|戸数|残高|率|割合|面積|延長|総量|(?:処理|収容|供給|発電|給水|貯水)能力){_END}"
)
_DATE_NOUN = re.compile(
    rf"(?:{_NOUN}*(?:日程|日付|期日|年月日?|月日|時期)|(?:{_NOUN}{{2,}}(?<![何平休祭曜毎前当翌]))日|(?<=[たるの])(?:日|年|月))"
    rf"{_END}"
)
_BREAKDOWN = re.compile(
    r"(?P<by>国籍|国|男女|性|年齢|年代|世代|地区|地域|学校|学年|月|曜日|都道府県|町丁|分団|部署|課|内容|種類|品目|業種|職種|手続|施設|会場)"
    r"(?:別|ごと)"
)
_BY = {
    "国籍": r"国籍|出身",
    "国": r"国籍|出身|[^\W\d_]国",
    "男女": r"男|女",
    "性": r"男|女",
    "年齢": r"\d+\s*[歳代]|年齢",
    "年代": r"\d+\s*[歳代]|年代",
    "世代": r"\d+\s*[歳代]|世代",
    "地区": r"地区|地域",
    "地域": r"地区|地域",
    "月": r"\d+月",
    "町丁": "町丁|丁目",
}
_COUNTED = re.compile(
    rf"何(?P<unit>{COUNTERS}|(?![語色県国市町村人])[一-鿿](?=か[。?]?$|か\(|(?:でし|だっ)た))"
    r"(?!も|か[のをにが]|年|月|曜|時(?!間)|者|目)"
)
_CHANGE = re.compile(r"増え|減っ|減り|増加|減少|上が|下が|伸び|短くな|短縮|の?差")
_TO_SET = re.compile(r"に(?:する|すべ|定め|決め|設定)")
_ATTACHED = re.compile(r"(?:の|[たるいな])$")


_NAMED = (QuestionKind.ORGANISATION, QuestionKind.NAME, QuestionKind.PLACE)


def demand_of(question: str) -> Demand | None:
    """What a question demands; of several things the one asked for last. None where it demands no form."""
    text = fold(question).text
    found = [replace(one, question=text) for one in _demands(question, text) if one.end - one.start > 0]
    return max(
        found, key=lambda one: (one.form is Form.BREAKDOWN, one.end, one.end - one.start), default=None
    )


def _demands(question: str, text: str) -> Iterator[Demand]:
    for form, asked, given in _DETAILS:
        for match in re.finditer(asked, text):
            asks = _END_OF_NOUN.match(text, match.end()) or re.search("何|誰|だれ|どなた|ど[これ]", match[0])
            if asks and len(text) - match.end() <= ASKED_LAST:
                yield _of_role(_demand(form, match, given=re.compile(given)), match.groupdict().get("role"))
    by = _BREAKDOWN.search(text)
    if by is not None:
        yield _demand(Form.BREAKDOWN, by, given=re.compile(_BY.get(by["by"], by["by"])))
    for one in asked_of(question):
        at = text.find(one.words) if one.words else -1
        if at < 0:
            continue
        end = at + len(one.words)
        if one.kind is QuestionKind.FIGURE:
            yield from _counted(one.words, at, end, one.units, text)
        elif one.kind is QuestionKind.DATE and not re.match("何[時曜]", one.words):
            yield Demand(
                form=Form.DATE, said=one.words, start=at, end=end, given=re.compile(_moment(one.units))
            )
    for said, words in premises_of(text):
        at = text.find(said)
        done = re.compile("|".join(map(re.escape, words.split())))
        yield Demand(form=Form.PREMISE, said=said, start=at, end=at + len(said), given=done, outside=False)
    named = [one.words for one in asked_of(question) if one.kind in _NAMED]
    for match in _COUNTED.finditer(text):
        if match[0] in named:  # 受け持つのは何課: which, not how many
            continue
        yield from _counted(match[0], match.start(), match.end(), (match["unit"],), text)
    for form, noun in ((Form.MONEY, _MONEY_NOUN), (Form.DATE, _DATE_NOUN), (Form.FIGURE, _COUNT_NOUN)):
        for match in noun.finditer(text):
            if form is Form.MONEY and _WHICH.match(text, match.end()):
                continue
            if len(text) - match.end() <= ASKED_LAST and _asks(text, match.start(), match.end()):
                units = ("円",) if form is Form.MONEY else unit_of_noun(match[0])
                how = re.compile(_MOMENT) if form is Form.DATE else _given(units)
                yield replace(_demand(form, match, units=units, given=how), outside=form is not Form.FIGURE)


def _of_role(demand: Demand, role: str | None) -> Demand:
    """The same asked of who holds a role: of heads, and where a name is asked for, somebody's name."""
    if not role:
        return demand
    if role not in _HEADED and "名" not in demand.said:
        return replace(demand, given=re.compile(role))
    return replace(demand, given=_SOMEBODY, beside=re.compile(_HEADS if role in _HEADED else role))


def _counted(said: str, start: int, end: int, units: tuple[str, ...], text: str) -> Iterator[Demand]:
    """何件; nothing where a change (何件増えたか) or a decision (いくらにするか) is asked for."""
    if not _CHANGE.match(text, end) and not _TO_SET.match(text, end):
        form = Form.MONEY if "円" in units else Form.FIGURE
        yield Demand(form=form, said=said, start=start, end=end, units=units, given=_given(units))


def _given(units: tuple[str, ...]) -> re.Pattern[str] | None:
    """A part of a sum answers for an amount and a share."""
    return _PART if {"円", "%"} & set(units) else None


def _asks(text: str, start: int, end: int) -> bool:
    """Whether a noun is what is asked for: said of something (…の件数) or followed by は; no bare keyword."""
    return bool(_ATTACHED.search(text[:start]) or re.match(f"{_ASKED_OF}|を教", text[end:]))


def _demand(
    form: Form, match: re.Match[str], *, units: tuple[str, ...] = (), given: re.Pattern[str] | None = None
) -> Demand:
    return Demand(form=form, said=match[0], start=match.start(), end=match.end(), units=units, given=given)


def _moment(units: tuple[str, ...]) -> str:
    unit = units[0] if units else ""
    if unit.startswith("日"):
        return r"\d+日|\d{1,2}/\d{1,2}|初旬|上旬|中旬|下旬"
    return r"\d+月|\d{1,2}/\d{1,2}" if unit.startswith("月") else _MOMENT
