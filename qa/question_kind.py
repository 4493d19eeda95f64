"""What a question asks for: a figure, a date, a place, a reason …; none of them where it only names a topic.

Apart from reading its topic, because the words that ask (何件, いつ, どこ, なぜ) say nothing of where the
answer stands and everything of what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.folding import fold
from qa.short_units import COUNTERS, counted_with, said_unit, unit_of_noun

WORD = r"[一-鿿々ァ-ヴーa-z0-9・]"
MOST = 2
BESIDE = 10
BESIDE_AFTER = 5
AFTER = 8


class QuestionKind(StrEnum):
    """The kinds of answer that a question may ask for."""

    FIGURE = "figure"
    DATE = "date"
    PLACE = "place"
    ORGANISATION = "organisation"
    NAME = "name"
    METHOD = "method"
    REASON = "reason"
    DEFINITION = "definition"
    STATUS = "status"
    THING = "thing"
    MARK = "mark"
    ORDINAL = "ordinal"
    CONTENT = "content"
    FIELD = "field"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that a question asks for.

    Attributes:
        kind: see ``QuestionKind``.
        words: the words that ask, folded (何件, どこで).
        units: the units in which a figure is asked for, empty where any will do.
        focus: the noun that the answer is one of (地区 in どの地区, 町 in 相手の町はどこ), or empty.
        particle: what follows the asking word (で in どこで), or empty.
        after: what comes after the asking words (連携し in どこと連携した).
        beside: the words just before those that ask, which name what is asked of it.
    """

    kind: QuestionKind
    words: str = ""
    units: tuple[str, ...] = ()
    focus: str = ""
    particle: str = ""
    after: str = ""
    beside: str = ""


_REQUEST = re.compile(
    r"前例|先例|先行|事例|(?:実績|文|記載|取り?組み?|効果|内訳|規定)?の?例(?:は|が|を|も)?[?。]?$|書きぶり|書き方|書き振り|文例|参考に|(?:計画|方針書?|調書|シート|取り?組み?内容|目標)に[^、。]{0,6}(?:入れ|書き|載せ|盛り込み|加え)たい|どこが違|違いは|違いを|共通点|一覧|(?:比べ|比較し)(?:たい|てみ|て(?:ほし|欲し|くださ|教え)|ると)"
    r"|(?:やって|行って|取り組んで|している)(?:いる)?(?:自治体|ところ|市町|町|市)は(?!どこ)"
)
_PARTICLE = r"(?P<particle>から|まで|で(?!す|し)|に|へ|と|が|を)?"
_BEHIND_NOUN = re.compile(r"を|へ")
_FOCUS_BEFORE = rf"(?:(?P<before>{WORD}{{1,12}})(?:とは|は|って|が|も)?[、,]? ?)?"
_NOUN_AFTER = rf"(?P<after>{WORD}{{1,10}})"
_INDEFINITE = re.compile(r"何[一-鿿]{1,2}(?:も(?!の)|か(?![。、?ら(]|$))")
_DATE_UNITS = "年度|年(?!間|度)|月(?!間)|曜日?|日(?!間)|時(?!間)|期"
_ORGANISATIONS = "課|部|係|局|室|団体|企業|会社|機関|大学|部署|所属|部局|組織|協議会|者|人"

_RULES: tuple[tuple[QuestionKind, str], ...] = (
    (QuestionKind.MARK, r"達成度(?!率|合)|[◎○△×〇]"),
    (QuestionKind.ORGANISATION, r"(?<=のは)何(?P<after>課|部署|部|係|室|局)(?=か|です|でし|$|[?。])"),
    (QuestionKind.ORDINAL, r"何(?P<counter>回|次|期|号|代)目の(?!参加|受講|利用)"),
    (QuestionKind.ORDINAL, r"第何(?P<counter>回|次|期|号|条|弾|位|版)"),
    (
        QuestionKind.FIGURE,
        r"何(?P<counter>年)(?:(?<=築何年)|(?=目|程度|ほど|くらい|ぐらい|以上|以内|[をが]?経|が?た[っち]|かか|続|使|前))",
    ),
    (
        QuestionKind.REASON,
        (
            r"なぜ(?!か(?![。?]|$))|どうして|何故|なんで(?!も)|何で(?=[^、。]{0,12}(?:た|の|ない)[?。]?$)|(?:何|なに|なん)のせい|どういうわけ"
            r"|何があった(?:から|ため|ので)|(?<=[たるいな])わけ(?=は(?!な)|とは|を教え|[?。]?$)"
            r"|何が(?:ネック|足り|まず|問題)|何のため|何によ(?:る|り|って)(?:もの)?"
            r"|(?:何が ?)?(?:理由|原因|要因|背景|きっかけ|事情)(?:は|とは)?[、,]?(?:何|どん|どう|なに)?"
        ),
    ),
    (
        QuestionKind.DATE,
        (
            rf"いつ(?!も|か(?![ら。?、]|$)|の間|(?<=[思追食言行使合違扱払買習補担]いつ)[いきくけつ])(?:ごろ|頃)?(?:の(?P<after>{WORD}{{1,8}}))?{_PARTICLE}"
            rf"|(?:令和|平成)?(?:何年度?の?(?=何[月日]))?(?:何月の?(?=何日))?何(?P<date>{_DATE_UNITS})"
        ),
    ),
    (
        QuestionKind.FIGURE,
        (
            rf"何 ?(?:千|百万|万|億)?(?P<counter>{COUNTERS})"
            r"|いくら|いくつ|どれ(?:くらい|ぐらい|だけ|ほど)|どの(?:くらい|ぐらい|程度)"
        ),
    ),
    (QuestionKind.FIGURE, r"どこまで(?=(?:に)?(?:伸ば|増や|減ら|高め|[上下]げ|引き[上下]|抑え))"),
    (QuestionKind.FIGURE, r"(?:計|合計|全部で|数は)[^、。]{0,4}?何(?P<counter>市町村|市|国|県|町|村|課|校)"),
    (
        QuestionKind.NAME,
        r"何(?P<after>語|か国語|色|県|国|市|町|村|大学|施設|公園|学校|病院)(?:と何(?:語|色|県|国|市|町|村))?",
    ),
    (
        QuestionKind.NAME,
        rf"(?:(?P<before>{WORD}{{1,12}})の)?(?:名称|名前|氏名|愛称|呼び名|題名)[はを]?|何と(?:いう|言う)(?P<after>{WORD}{{1,10}})?|何と(?:呼|名)|なんという",
    ),
    (
        QuestionKind.ORGANISATION,
        rf"(?:(?<![なほ])どの|何)(?P<after>{WORD}{{0,8}}?(?:{_ORGANISATIONS}))(?!数)|{_FOCUS_BEFORE}(?:誰|だれ|どなた)(?:と(?:誰|だれ))?(?!も|か[をにが]){_PARTICLE}",
    ),
    (
        QuestionKind.STATUS,
        r"(?:どこまで|どの(?:程度|くらい|ぐらい)まで)(?=[^、。]{0,8}(?:進|でき|出来|達|実施|整備|完了|終わ|広が|拡大))",
    ),
    (
        QuestionKind.ORGANISATION,
        (
            r"(?:担当|所管|取り?まとめ|受け?持|担)(?:[しすつっうい]|る|して|って|んで|をして|をする)?(?:いる|いた)?"
            r"(?:の)?(?P<after>課|部署|部局|部|係|室|局|組織|機関|団体)(?:は|が)?(?:どこ|どの[課部]|何課|何)?(?=$|[?。])"
        ),
    ),
    (
        QuestionKind.ORGANISATION,
        r"(?P<after>担当課|担当部署|担当部局|担当部課|所管課|担当|所管|所属|実践課)(?:は|を)?(?:どこ|どの課|$|[?。])",
    ),
    (
        QuestionKind.FIGURE,
        r"何(?P<counter>(?![語色処者月日時曜故])[一-鿿]{1,3})(?=[をにがは]?(?:目指|目標|増や|増え|減ら|減っ|か[。?]?$|と(?:する|し)))",
    ),
    (
        QuestionKind.ORGANISATION,
        r"(?:どこ|何処)の(?P<after>課|部署|部局|部|係|室|局|担当|大学|学校|高校|会社|企業|業者|団体|法人|病院|銀行)",
    ),
    (
        QuestionKind.PLACE,
        rf"(?:どこ|何処)の(?P<after>地区|地域|集落|市|町|村|学校|建物|校舎|跡地|土地|施設|会場|公園|路線|駅|港|団地){_PARTICLE}",
    ),
    (
        QuestionKind.PLACE,
        rf"{_FOCUS_BEFORE}(?:どこ|何処)(?:と(?:どこ|何処))?{_PARTICLE}|(?<![なほ])どの{_NOUN_AFTER}",
    ),
    (
        QuestionKind.METHOD,
        r"どうや(?:って|る)|どのように(?!な)|(?:どんな|どういう|どういった|どのような)(?:方法|手段|やり方|形|かたち|手法|手順)|(?:方法|手段|手法|手順)は|何を(?:使|用い|通じ)",
    ),
    (
        QuestionKind.DEFINITION,
        r"とは(?:[、,]?(?:何|どの|どん|どう)|[?。]?(?:\([^()]*\))?$)|(?:どんな|どのような|どういう|どういった)(?:制度|もの|事業|仕組み|建物|場所|取り?組み?|サービス|会議|講座|施設|人)(?:の?こと)?(?:か|です|でしょう|$|[?。])",
    ),
    (
        QuestionKind.STATUS,
        r"どうなっ|どうな(?:る|り)|どうです|どうでし|どうか|見通し(?!の[悪良い])|できた[か?]|できました[か?]|達成し(?:た|ました)[か?]",
    ),
    (
        QuestionKind.THING,
        rf"{_FOCUS_BEFORE}(?:何|なに)(?!も|べん|度|か[をにが]|より){_PARTICLE}|(?:どんな|どのような|どういった|どういう){_NOUN_AFTER}|挙げて|どれ",
    ),
)
_LEFT = r"(?:とは|は|を(?:[一二三四五六七八九2-9]つ)?(?:教え|挙げ|あげ|知りたい|答え)[^。]*)[?。 ]*$"
_LEFT_OPEN = re.compile(rf"(?P<noun>{WORD}{{1,12}}){_LEFT}")
"""A question that ends in its noun: 「…を受け持つ係は」, 「…のうたう将来像は」."""

_DESCRIBED = re.compile(
    rf"[たるいうむぶくすつぬぐ](?P<noun>(?!もの|こと|ところ|際|場合|人){WORD}{{2,8}}[みけりきせ]?){_LEFT}"
)
"""A noun that a clause describes, and that is asked for by nothing else: 「住民に配る冊子は」."""

_FIELD_LEFT = re.compile(r"の(?P<noun>[一-鿿ァ-ヴー]{2,8})(?:は(?:何|どう|どれ)?(?:です)?か?)?[?。 ]*$")
_GRADE_LEFT = re.compile(r"の(?P<noun>評価|判定|評定)は[?。 ]*$")
_OPEN_KINDS: tuple[tuple[QuestionKind, str], ...] = (
    (QuestionKind.METHOD, "方法|手段|手法|手順|やり方"),
    (QuestionKind.REASON, "理由|原因|要因|背景|きっかけ|事情"),
    (
        QuestionKind.DATE,
        "^[年月日]|(?:開始|実施|施行|締結|発足|設立|開設|制定|宣言)[年月日]|時期|期日|期限|期間|日程|開始日|年月日?|年度|曜日",
    ),
    (QuestionKind.ORGANISATION, _ORGANISATIONS),
    (QuestionKind.NAME, "国|国籍|母語"),
    (QuestionKind.PLACE, "場所|施設|地区|地域|会場|学校|公園|路線|駅|発売所|所在地|市|町|村"),
    (
        QuestionKind.NAME,
        "名称|名前|愛称|言葉|将来像|合言葉|標語|スローガン|テーマ|キャッチフレーズ|条例|制度|計画|大会|講座|アプリ|システム",
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _RULES)
_FIGURE_NOUN = re.compile(
    r"[一-鿿](?<![複多少半端手偶奇])数(?![値字量])|の数(?!値)|金額|[^同]額"
    r"|割合|率(?![化的])|前年度?比|基準値|目標値|実績値|中間値|指標|数値|の値|費|費用|予算|決算|人口|延長|面積|[長高広重深]さ|人工|[一-鿿](?<![大少多])量|時間$|総量|単価|残高|kpi|kgi"
)
_FIGURE_LEFT = re.compile(
    rf"(?:(?:の|[たるいうむぶくすつぬぐ]){WORD}{{0,8}}(?:[人件台戸回校社棟日者員]数|の数|金額|[^同]額|割合|率|面積)"
    r"|[たるうむぶくすつぬぐ](?:時間|費用|経費|お金|量))(?:の合計)?[?。 ]*$|[0-9一-九]か年の?計[?。 ]*$"
)
"""A phrase that ends in the figure of something: 「申し込んだ学生の人数」."""

_KEYWORD_LEFT = re.compile(
    r"(?:[^\s、。?]{1,14} ){1,4}[^\s、。?]{0,8}(?:料金|単価|使用料|手数料|面積|延長|時間)[?。 ]*"
)
"""Keywords that end in a figure of no year, 「渡し船 往復 料金」; a count (登録件数) goes by years."""

_ROLE = re.compile(r"基準|目標|実績|決算|予算|見込み|当初|効果額")
_CONTENT = re.compile(
    r"(?:結果|内容|状況|総括|支援|方針|目標|課題|効果|成果|取り?組み?|対応|対策|進捗|評価|見直し|予定|計画|レビュー|行ったこと)"
    r"(?:は|について|を教えて[^。]*|はどう[^。]*)?[?。 ]*(?:\([^()]*\))?$"
)
_POINTED = re.compile(r"(?:は|どう[^。]*|教えて[^。]*|[?])[。 ]*$|\d|年度")
"""A question, or keywords that name a year: 「空き家対策」 alone asks for passages."""

_PHRASE_LEFT = re.compile(
    rf"(?:(?P<of>{WORD}{{2,8}})の)?"
    r"(?P<noun>フレーズ|キャッチ(?:フレーズ|コピー)|標語|スローガン|合言葉)[?。 ]*$"
)
"""A phrase is asked for by its name alone: 「計画のうたう都市像のフレーズ」."""

_WHAT_OF = re.compile(rf"の(?!ため|こと|話)(?P<noun>{WORD}{{2,8}})")
_BECAME = re.compile(r"な(?:った|っている|り|る)")
_PARTNER_NOUN = re.compile(r"(?P<noun>契約|提携|連携|委託|依頼|移管|譲渡|売却|発注|移転|購入)先")
_TO_PARTNER = {"契約": "と", "提携": "と", "連携": "と", "購入": "から"}
_PLAIN_NOUNS = {"元手": "財源", "出どころ": "財源"}  # everyday nouns, and those of plans
_PARTNER = re.compile(r"(?P<verb>[一-鿿々]{1,2}[ぁ-ん]{1,4}?)(?:いる|いた)?(?:相手|提携先|連携先)")
_IN_CHARGE = re.compile(
    r"(?:担当|所管|受け?持|取り?まとめ)(?:して|し|る|って|を|する)[^、。]{0,6}の?は?(?:どこ|何処)"
)
_YEAR = re.compile(r"(?:令和|平成|昭和|[rhs])?(?:元|\d{1,4})年度?|今年度?|昨年度?|現在")
_SUBJECT = re.compile(rf"(?P<noun>{WORD}{{1,12}})(?:とは|は|って|が|も)[、,]? ?$")
_YES_NO = re.compile(r"(?:です|ます|まし(?:た)|でし(?:た)|した|る|い|れた|った)か[?。]?$")


def asked_of(question: str) -> tuple[Asked, ...]:
    """What a question asks for, in the order of its words; at most two things, empty where it asks none.

    A list of keywords, a search for precedents and a comparison ask for passages and no fact.
    """
    text = _INDEFINITE.sub(" ", fold(question).text.strip())
    if _REQUEST.search(text):
        return ()
    found = list(_found(text))
    if found:
        return tuple(_counted(one, text) for one in found[:MOST])
    noun = _FIGURE_NOUN.search(text)
    if noun and (
        _ROLE.search(text)
        or re.search(r"\d|年度", text)
        or re.search(r"は[?。]?$|教えて", text)
        or said_unit(text)
    ):
        return _figures_of(text)
    if _FIGURE_LEFT.search(text) or _KEYWORD_LEFT.fullmatch(text):
        return (Asked(kind=QuestionKind.FIGURE, words="", units=unit_of_noun(text)),)
    if _CONTENT.search(text) and _POINTED.search(text):
        ends = _GRADE_LEFT.search(text)
        return (Asked(kind=QuestionKind.CONTENT, focus=ends["noun"] if ends is not None else ""),)
    if _YES_NO.search(text):
        return (Asked(kind=QuestionKind.STATUS),)
    return _left_open(text)


def _figures_of(text: str) -> tuple[Asked, ...]:
    """The figures that nouns ask for; two where 「と」 joins nouns of different units (費用と増加率)."""
    units = [unit_of_noun(text)]
    for joint in re.finditer("と", text):
        sides = text[: joint.start()], text[joint.end() :]
        if all(_FIGURE_NOUN.search(side) for side in sides):
            apart = [unit_of_noun(side) for side in sides]
            units = apart if all(apart) and apart[0] != apart[1] else units
    return tuple(Asked(kind=QuestionKind.FIGURE, words="", units=one) for one in units)


def field_of(text: str) -> tuple[Asked, ...]:
    """The field of a form in which a folded phrase ends: 評価 in 「バス運行事業の効率性の評価」."""
    ends = _FIELD_LEFT.search(text)
    return (Asked(kind=QuestionKind.FIELD, focus=ends["noun"]),) if ends is not None else ()


def _left_open(text: str) -> tuple[Asked, ...]:
    """What a question asks for that ends in the noun of its answer, empty where it does not."""
    ends = _LEFT_OPEN.search(text)
    if ends is not None:
        for kind, nouns in _OPEN_KINDS:
            noun = re.search(rf"(?:{nouns})$", ends["noun"])
            if noun is not None:
                named = noun.group() if kind is not QuestionKind.NAME else ""
                return (_left(text, kind, ends.start("noun") + noun.start(), noun.group(), named),)
    phrase = _PHRASE_LEFT.search(text)
    if phrase is not None:
        at, focus = (phrase.start("of"), phrase["of"]) if phrase["of"] else (phrase.start(), phrase["noun"])
        return (_left(text, QuestionKind.NAME, at, focus, phrase["noun"]),)
    described = _DESCRIBED.search(text)
    if described is not None:
        return (_left(text, QuestionKind.THING, described.start("noun"), described["noun"]),)
    return ()


def _left(text: str, kind: QuestionKind, start: int, focus: str, words: str = "") -> Asked:
    return Asked(kind=kind, words=words, focus=focus, beside=text[max(0, start - BESIDE) : start])


def asks_for_passages(text: str) -> bool:
    """Whether a folded question wants examples or a comparison: passages to read, and no fact."""
    return _REQUEST.search(text) is not None


def names_figure(text: str) -> bool:
    """Whether a folded question names a figure: 団員数, 割合, 寄附額, or what is more or less."""
    return bool(_FIGURE_NOUN.search(text) or re.search(r"多い|少ない|高い|低い|大きい|小さい", text))


def _counted(asked: Asked, text: str) -> Asked:
    """何日 as a number of days where the question counts: 「利用日数の基準値は何日か」, 「週に何日」."""
    unit = asked.units[0] if asked.units else ""
    counted = rf"{unit}数|基準値|目標値|実績値|平均|[週月年]に何{unit}"
    if asked.kind is QuestionKind.DATE and unit and re.search(counted, text):
        return replace(asked, kind=QuestionKind.FIGURE)
    return asked


def _found(text: str) -> Iterator[Asked]:
    """The things asked for, by place; where two rules claim a place the earlier rule wins."""
    taken: list[tuple[int, int, Asked]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            start = match.end("before") if groups.get("before") else match.start()
            if any(start < end and begun < match.end() for begun, end, _ in taken):
                continue
            taken.append((start, match.end(), _asked(kind, match, text)))
    taken.sort(key=lambda one: one[0])
    kinds = set()
    for _, _, asked in taken:
        key = (asked.kind, asked.units)
        if key not in kinds:
            kinds.add(key)
            yield asked


def _asked(kind: QuestionKind, match: re.Match[str], text: str) -> Asked:
    groups = {name: value or "" for name, value in match.groupdict().items()}
    units: tuple[str, ...] = ()
    focus = groups.get("after") or groups.get("before") or ""
    particle = groups.get("particle", "")
    end = match.end()
    if particle == "に" and _BECAME.match(text, end):  # 委託先はどこになったか: どこか
        particle = ""
    if groups.get("after") and not particle and (behind := _BEHIND_NOUN.match(text, end)):
        particle, end = behind.group(), behind.end()  # どの路線を廃止するか
    if groups.get("before") and particle:  # 東町は何を行うか: 東町 is not what is asked for
        focus = ""
    if _YEAR.fullmatch(focus):  # 課長は令和6年度は誰か asks for the 課長
        named = _SUBJECT.search(text[: match.start()])
        focus = named["noun"] if named else ""
    if kind is QuestionKind.PLACE and (
        particle in ("と", "が") or re.search(r"(?:課|部署|部|係|局|室|先|相手)$", focus)
    ):
        kind = QuestionKind.ORGANISATION
    if kind is QuestionKind.PLACE and _IN_CHARGE.search(text):
        kind = QuestionKind.ORGANISATION
    if kind is QuestionKind.ORDINAL:
        units = (groups["counter"],)
    if kind is QuestionKind.FIGURE:
        units = (groups["counter"],) if groups.get("counter") else unit_of_noun(text)
        if match.group() == "いくつ":  # how many, never how much
            units = counted_with(text) or (() if units == ("円",) else units)
    if kind is QuestionKind.DATE and groups.get("date"):
        units = (groups["date"],)
    after = text[end : end + AFTER]
    named = _WHAT_OF.match(after) if kind is QuestionKind.THING and match.group().endswith("何") else None
    if named is not None:  # 何の装置を使うか
        focus = named["noun"]
    noun = _PARTNER_NOUN.fullmatch(focus)
    if noun is not None and not particle:
        particle, after = _TO_PARTNER.get(noun["noun"], "に"), noun["noun"]
    partner = _PARTNER.search(text)
    if partner and not particle:
        particle, after = "と", partner["verb"]
    return Asked(
        kind=kind,
        words=match.group().removeprefix(groups.get("before", "")),
        units=units,
        focus=_PLAIN_NOUNS.get(focus, focus),
        particle=particle,
        after=after,
        beside=text[max(0, match.start() - BESIDE) : match.start() + len(groups.get("before", ""))]
        + " "
        + text[match.end() : match.end() + BESIDE_AFTER],
    )
