"""Units and numbers as plans print them: which unit answers 何件, where the figures of a text stand.

Apart from choosing a figure, because what counts as a figure (and not as a date, a code or a number of a
plan) is one decision for table cells and for sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACES = "か所|ヶ所|カ所|ヵ所|ケ所|箇所"
_MONTHS = "か月|ヶ月|カ月|ヵ月|ケ月|箇月"
_STATES = "か国|ヶ国|カ国|ヵ国|箇国"
COUNTERS = (
    f"%|パーセント|ポイント|割|分の|円|件|人|名|回|{_PLACES}|台|戸|軒|世帯|家庭|団体|km|キロ(?:メートル)?|kg|メートル|m(?![a-z0-9])|時間|分(?!野|類|科)"
    f"|トン|t(?![a-z])|グラム|g(?![a-z])|か国語|ヶ国語|言語|{_STATES}|{_MONTHS}|年間|か年|日間|週間|か村|校|園|社(?!会)|店|棟|本(?![庁部])|枚|冊|票"
    "|地区|行政区|自治会|町会|集落|事業所|事業者|施設|種類|区画|便|品目?|頭|羽|匹|ha|ヘクタール|平方メートル|m2|歳|倍|点|位|基|床|室|泊"
    "|席|通|組|班|隊|路線|系統|コース|講座|項目|事業(?!所|者)|取り?組み?|課(?!題|税)|業務|様式|手続き?|サービス|か月分|番目|株|口|両|隻|分団|クラス"
    "|ページ|人日|世代|箱|袋|個|枠|種|校区|駅|団|区間|橋|河川|公園|品|商品|プラン|計画|単位|コマ|限|科目|教室|会場|町村|市町村?|市(?![民長場立役内外道街域政])|自治体"
)
_SAME = (
    tuple(_PLACES.split("|")),
    tuple(_MONTHS.split("|")),
    tuple(_STATES.split("|")),
    ("人", "名"),
    ("戸", "軒", "棟", "世帯", "家庭"),
    ("%", "パーセント"),
    ("台", "基", "機", "両"),
    ("%", "パーセント", "割", "分の"),
    ("円", "千円", "万円", "百万円", "億円"),
    ("km", "キロ", "キロメートル", "m"),
    ("t", "トン", "kg", "g", "グラム"),
    ("ha", "ヘクタール", "m2", "平方メートル"),
    ("言語", "か国語", "ヶ国語"),
    ("時間", "分"),
    ("件", "人", "回"),
)
_SPELT = {
    "トン": "t",
    "グラム": "g",
    "パーセント": "%",
    "キロ": "km",
    "キロメートル": "km",
    "メートル": "m",
    "ヘクタール": "ha",
    "平方メートル": "m2",
}
"""Units as they are said, and their signs."""

_OF_GROUP = {10: 0.7, len(_SAME) - 1: 0.4}
"""Units of one group that answer for each other less well: a tonne is no gram, and 件 may count anything."""

_NOUN_UNITS = (
    (r"割合|[^確効能]率|比率|前年度?比", ("%",)),
    (
        r"お金|(?:金|総|費|出|入|収|残|予算|決算|効果|寄附|寄付|助成|補助|支払|滞納|限度|上限|被害|生産|販売|売上|出荷|消費|購入|徴収|収納|負担|積立|年|月)額|(?<!数の)上限は|費用|経費|料金|単価|委託料|残高|予算|決算|(?:事業|工事|人件)費",
        ("円",),
    ),
    (r"事業[者所]数|業者数", ()),
    (r"頻度", ("回",)),
    (r"世帯数", ("世帯",)),
    (r"枚数", ("枚",)),
    (r"冊数", ("冊",)),
    (r"棟数", ("棟",)),
    (r"戸数", ("戸",)),
    (r"校数", ("校",)),
    (r"社数", ("社",)),
    (r"本数", ("本",)),
    (r"基数", ("基",)),
    (r"区画数", ("区画",)),
    (r"施設数", ("施設",)),
    (r"講座数", ("講座",)),
    (r"便数", ("便",)),
    (r"頭数", ("頭",)),
    (r"日数", ("日",)),
    (r"項目数", ("項目",)),
    (r"団体数", ("団体",)),
    (r"人口|人数|[者員客]数|[住市町村]民数|児童数|生徒数|学生数|[園幼乳]児数|学習者|利用者", ("人",)),
    (r"回数", ("回",)),
    (r"件数", ("件",)),
    (r"箇所数|か所数", ("箇所",)),
    (r"台数", ("台",)),
    (r"延長|距離|長さ", ("km",)),
    (r"人工", ("人工", "人")),
    (r"面積", ("ha",)),
    (r"年齢", ("歳",)),
    (r"時間$", ("時間", "分")),
)
_SAID_UNIT = re.compile(rf"[(](?:単位[:は]? ?)?(?:千|百万|万|億)?(?P<unit>{COUNTERS})[)]")
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_SHARE_OF = re.compile(
    r"(?:人口|全体|全職員|世帯|職員|住民|市民|町民|村民)の(?:どれ|どの)(?:くらい|ぐらい|ほど)(?=[がはを])"
)
"""Asks for a share of a whole: 「人口のどれくらいが65歳以上か」."""

_TOWN_NOUNS = ("自治体", "市町村", "市町")
_TOWNS = ("自治体", "市町村", "市", "町", "村", "団体")
_HOW_MANY = re.compile(
    rf"(?<![一-鿿ァ-ヴー])(?P<noun>自治体|市町村?|{COUNTERS})(?:を|が|は|って|の数は)いくつ"
)
"""What is counted by a noun that is a unit too."""

_SPAN_OF_YEARS = (
    r"(?<=築\d\d)年|(?<=築\d)年"
    r"|年(?=を経|が経|経過|が?た[ちっつ]|以上|以内|程度|ほど|くらい|ぐらい|余|目|ぶり|連続)"
)
_DAYS_OF = (
    r"(?<=週\d)日|(?<=\D[月年]\d)日|(?<=日数[がはをの]\d)日|(?<=日数[がはをの]\d\d)日"
    r"|(?<=3[2-9])日|(?<=[4-9]\d)日|(?<=\d{3})日"  # no month has so many
)
_UNIT = rf"(?:{_SPAN_OF_YEARS}|{_DAYS_OF}|(?:千|百万|万|億|兆)?円|[千万億]?(?:{COUNTERS})|[千万億])"
_EVERY = r"(?<![一-鿿])[月週年](?=\d+(?:回|日|時間))"
_FIGURE = re.compile(
    rf"(?<![\d.,a-z第令和平成表図])(?<!\d-)(?P<about>{_EVERY}|約 ?|およそ|延べ ?|計 ?|累計 ?)?"
    rf"(?P<amount>{_AMOUNT}(?:(?:億|万|千) ?(?:{_AMOUNT})?)*)"
    rf" ?(?P<unit>{_UNIT})?(?P<limit> ?(?:以上|以下|未満|程度|超|以内|余り))?"
)
_KANJI_COUNT = re.compile(r"(?<![一-鿿])[一二三四五六七八九]つ(?!け|な)")
_FRACTION = re.compile(r"\d+分の\d+")
_EACH = re.compile(r"(?:\d+[人日戸年月回]|世帯)*(?:あた|当た|につき)")
"""What a figure is told for (1人1日あたり) and no figure itself."""

_OF_THING = re.compile(r" ?の(?P<noun>[一-鿿々ァ-ヴー]{2,})")
_DATE_AFTER = re.compile(r" ?(?:年(?!間)|月(?!分|額)|日(?![間額程])|時(?!間)|期|次|号|条|款|[./]\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a folded text with its unit: code points ``[start, end)`` of that text."""

    start: int
    end: int
    unit: str


def figures_in(text: str) -> list[Figure]:
    """The figures of a folded text in order; dates, years, ordinals and codes are none."""
    found = [Figure(match.start(), match.end(), "分の") for match in _FRACTION.finditer(text)]
    found += [Figure(match.start(), match.end(), "つ") for match in _KANJI_COUNT.finditer(text)]
    taken = {at for one in found for at in range(one.start, one.end)}
    for match in _FIGURE.finditer(text):
        if match.start() in taken or (not match["unit"] and _DATE_AFTER.match(text, match.end("amount"))):
            continue
        if text[match.end("amount") :].startswith(("年度", "月末", "月号")) or _EACH.match(text, match.end()):
            continue
        found.append(Figure(match.start(), match.end(), match["unit"] or ""))
    return sorted(found, key=lambda one: one.start)


def counts(text: str, figure: Figure, question: str) -> bool:
    """Whether a number without a unit counts what a question speaks of: 「2,140の投稿」 for 何件投稿が."""
    thing = _OF_THING.match(text, figure.end) if not figure.unit else None
    return thing is not None and thing["noun"] in question


def unit_fits(unit: str, asked: tuple[str, ...]) -> float:
    """How well a printed unit answers the asked ones, 0 to 1; 0.6 where none was asked for."""
    if not asked:
        return 0.6 if unit else 0.3
    plain = unit.lstrip("千万億百") or unit
    for wanted in asked:
        if wanted in (unit, plain) or _SPELT.get(wanted, wanted) == _SPELT.get(plain, plain):
            return 1.0
        for number, group in enumerate(_SAME):
            if wanted in group and (unit in group or plain in group):
                return _OF_GROUP.get(number, 0.95)
    return 0.0


def said_unit(text: str) -> str:
    """The unit that a folded question names in brackets, 「目標(t)」, empty without one."""
    said = _SAID_UNIT.search(text)
    return said["unit"] if said else ""


def counted_with(text: str) -> tuple[str, ...]:
    """The units of the noun that a question counts with いくつ (自治体をいくつ); empty without one."""
    noun = _HOW_MANY.search(text)
    if noun is None:
        return ()
    return _TOWNS if noun["noun"] in _TOWN_NOUNS else (noun["noun"],)


def unit_of_noun(text: str) -> tuple[str, ...]:
    """The units that a question settles: 受診率 is asked in %, 決算額 in 円, 「目標(t)」 in t."""
    said = said_unit(text)
    if said:
        return (said,)
    if _SHARE_OF.search(text):
        return ("%", "割")
    last: tuple[int, tuple[str, ...]] = (-1, ())
    for pattern, units in _NOUN_UNITS:  # of several nouns the last one is asked for: 収納率の向上の効果額
        ends = [match.end() for match in re.finditer(pattern, text)]
        if ends and ends[-1] > last[0]:
            last = ends[-1], units
    return last[1] or (("円",) if "いくら" in text and last[0] < 0 else ())
