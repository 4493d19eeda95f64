"""Places, organisations and names: the noun of the kind that the question names (どの地区, 相手の町)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.folding import fold, match_key
from qa.question_kind import Asked, QuestionKind
from qa.short_candidate import Candidate
from qa.short_closeness import closeness
from qa.short_phrases import Phrase, listed_with, phrases
from qa.short_slots import VERB_FIT, is_bracketed, slot_fit, verb_of
from qa.short_statements import Statement
from qa.short_topic import Topic
from qa.short_units import figures_in

STATEMENTS_READ = 12
CLOSE = 0.4
FOCUS_FIT = 0.45
LIKE_FIT = 0.35
"""That of a noun ending as the one asked for does: 白浜線 for どの路線."""

KIND_FIT = 0.2
OTHER_KIND_FIT = 0.1
QUOTE_FIT = 0.3
LONG_FIT = 0.01
SURE_FIT = 0.28
"""A noun that fits less is not told from the others of its sentence: the clause says more."""

LEAST_NOVEL = 2
KNOWN_COST = 0.25
LEAST_STATED = 0.32
FAR = 0.45
LONGEST_TAIL = 2
TOWN_SHARE = 0.75
SAME_PASSAGE_COST = 0.3
DEPARTMENT_NEAR = 0.25
"""How much less a statement may speak of the topic, whose sheet names who is responsible."""

LONGEST_NAME = 60

_SUFFIXES: dict[QuestionKind, str] = {
    QuestionKind.PLACE: (
        "地区|地域|地内|市|町|村|区|県|会館|館|センター|学校|校|園|会場|庁舎|階|ロビー|ホール|団地|港|駅|病院|診療所"
        "|施設|支所|役場|役所|窓口|店|店舗|広場|倉庫|跡地|住宅|寮|コーナー|スペース|大学|事業所|公園|プラザ|自治会|集落|線|沿い|所|場"
    ),
    QuestionKind.ORGANISATION: (
        "課|部|係|局|室|協議会|協会|委員会|会議|会|大学|高校|学校|会社|法人|組合|団体|機構|事業所|センター|連盟|財団|市|町|村|県|国|省|庁"
        "|企業|業者|団|署|機関|銀行|農協|者|員|士|師|長|生|館|社|クラブ|食堂|店|局"
    ),
    QuestionKind.NAME: (
        "講座|条例|計画|システム|アプリ|カード|事業|制度|プラン|ビジョン|指針|大綱|大会|まつり|祭|会議|賞|サービス|号|便|調査|教室|基金|債|券|条約|要綱|方針|会|隊"
    ),
}
_ENDS = {kind: re.compile(rf"(?:{suffixes})$") for kind, suffixes in _SUFFIXES.items()}
_OTHERS = {QuestionKind.PLACE: QuestionKind.ORGANISATION, QuestionKind.ORGANISATION: QuestionKind.PLACE}
_GENERAL = re.compile(
    r"(?:外部|内部|民間)$|(?:多|外国|母国|諸|複数)?(?:言語|の?言葉|国語)$|外国語$|(?:両|各|本|当|同|他|全|諸|複数|一部|近隣|関係|市町村?)(?:市|町|村|区|県|課|部|係|会|団体|機関|施設|地区|地域|所|館|校|自治体)?(?:町村?|村)?$|[\d.,年月日度%]+$"
)
_COMMON = re.compile(
    r"(?:(?:\d+|[一二三四五六七八九])?(?:業者|事業者|団体|施設|機関|企業|者|人|会|組織|担い手|方|つ|社|課|所|箇所|か所))$"
)
_TIME = re.compile(
    r"(?:令和|平成|昭和|\d).*(?:年度?|月|日)(?:[末頃]|以降)?$|[約計]?\d+(?:回|件|人|名|%|円|つ|台|枚|か所|箇所|ヶ所|施設|団体|世帯|社|校|種類|か月|年間?)$"
)
_COUNTRIES = frozenset(
    """
    ブラジル ペルー ベトナム ネパール フィリピン インドネシア ミャンマー タイ スリランカ バングラデシュ
    パキスタン インド モンゴル カンボジア ラオス マレーシア シンガポール 中国 韓国 台湾 アメリカ カナダ
    メキシコ ボリビア パラグアイ アルゼンチン コロンビア チリ ロシア ウクライナ イギリス フランス ドイツ
    イタリア スペイン ポルトガル オランダ ベルギー スイス オーストリア ポーランド フィンランド スウェーデン
    デンマーク ノルウェー オーストラリア ニュージーランド イラン トルコ ウズベキスタン アフガニスタン
    ナイジェリア ガーナ エジプト ケニア
    """.split()  # noqa: SIM905 - a word list is easier to read and to extend as text
)
_TOWNS = re.compile(r"自治体|市町村?|市区町村")
_NO_KIND = frozenset(
    """
    どこ 何 誰 土地 名称 名前 愛称 方 それ これ 所属 担当 所管 内容 理由 もの こと 場所
    課題 目標 方針 取組 成果 結果 対策 効果 状況 見通し
    """.split()  # noqa: SIM905 - a word list is easier to read and to extend as text
)
_SORTS = {"建物": tuple("学校 校舎 庁舎 園舎 会館 公民館 センター 倉庫 住宅 民家 店舗 旅館 施設".split())}  # noqa: SIM905
"""What is called by a noun of a wider sense than the ends of its names."""

_BODY = re.compile(
    r"(?:(?:一般|公益)?(?:社団|財団)|社会福祉|学校|医療|宗教|特定非営利活動|npo)法人.|(?:株式|有限|合同)会社."
)
"""How the name of a body begins that does not end in a word for one: 「一般社団法人ハマカゼ」."""

_HEAD_LINE = re.compile(
    r"(?P<office>\S{0,12}[部局課室所館園校])長[ :]+(?P<name>[ぁ-ヶ一-鿿々]{1,5} [ぁ-ヶ一-鿿々]{1,5})"
)
"""A line that names who heads a department: 「部長 樫野 一郎」."""

_LIST_BEHIND = re.compile(r"\(([^()\d]{2,40})\)")
_COMPANY = re.compile(r"\((?:株|有|同|財|社|福)\)")
_IN_CHARGE = re.compile(r"担当|所管|所属|実践課|取り?まとめ|受け?持")
_FROM_TO_ASKED = re.compile(r"^から(?:ど[のこ]|何)")
_TAKES_OVER = re.compile(
    r"(?P<who>[一-鿿ァ-ヴー]{1,12}(?:課|室|係|部|局|署|所|センター|委員会))(?:へ|に)(?:移管|移行|引き継|業務移管|移し)"
)
_DEPARTMENT = re.compile(
    r"どこの[課部係室局担]|どの課|何課|どの部(?!分)|どの係|部署|課はどこ|係はどこ|課はどれ"
)


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    fit: float
    phrase: Phrase


def name_candidate(question: str, asked: Asked, found: Sequence[Statement], topic: Topic) -> Candidate | None:
    """The noun that fits best, with those that are listed beside it; None where none fits for sure."""
    text = fold(question).text
    organisation = asked.kind is QuestionKind.ORGANISATION
    if organisation and asked.focus.endswith("長"):
        head = _head(asked.focus, found)
        if head is not None:
            return head
    if organisation and _IN_CHARGE.search(text):
        said = _handed_over(found) or department_candidate(found)
        if said is not None:
            return said
    if _TOWNS.fullmatch(asked.focus):
        return _towns(found)
    best = _best(text, asked, found, topic)
    if (
        organisation
        and _DEPARTMENT.search(text)
        and (best is None or not best.text.endswith(("課", "室", "係")))
    ):
        return department_candidate(found) or best
    return best


def _head(focus: str, found: Sequence[Statement]) -> Candidate | None:
    """Who heads the department asked for, by a line of that department or one that names it."""
    for one in found[:STATEMENTS_READ]:
        line = _HEAD_LINE.fullmatch(one.text) if one.cell is None else None
        if line is None or not focus.endswith(f"{line['office'][-1]}長"):
            continue
        places = (*one.hit.passage.departments, *one.hit.passage.section_path, line["office"])
        if len(focus) == len("部長") or any(match_key(focus[:-1]) in match_key(place) for place in places):
            start, end = line.span("name")
            return Candidate(text=one.said(start, end), hit=one.hit, score=one.score, year=one.year)
    return None


def _handed_over(found: Sequence[Statement]) -> Candidate | None:
    """Who takes something over by the best sentence's own words: 「令和6年度から各施設の所管課へ移管」."""
    for one in found[:1]:
        taken = _TAKES_OVER.search(one.text) if one.cell is None else None
        if taken is not None:
            start, end = taken.span("who")
            return Candidate(text=one.said(start, end), hit=one.hit, score=one.score, year=one.year)
    return None


def department_candidate(found: Sequence[Statement]) -> Candidate | None:
    """Who is responsible for the sheet that the best statements stand in, as printed."""
    near = [one for one in found if found[0].score - one.score < DEPARTMENT_NEAR]
    best = next((one for one in near if one.hit.passage.departments), None)
    if best is None:
        return None
    same = [best, *(one for one in found if one is not best and _same_matter(one, best))]
    names = dict.fromkeys(name for one in same for name in one.hit.passage.departments)
    others = tuple(dict.fromkeys(one.hit for one in same[1:] if one.hit != best.hit))
    return Candidate(text="、".join(names), hit=best.hit, score=best.score, others=others)


def _same_matter(one: Statement, best: Statement) -> bool:
    """Whether a statement stands in a sheet of the same title, as several departments may have one."""
    mine, theirs = one.hit.sheet, best.hit.sheet
    other_sheet = one.hit.passage.sheet_ordinal != best.hit.passage.sheet_ordinal
    return (
        mine is not None
        and theirs is not None
        and (other_sheet or one.hit.passage.departments == best.hit.passage.departments)
        and mine.document_id == theirs.document_id
        and bool(mine.title)
        and mine.title == theirs.title
    )


def _best(question: str, asked: Asked, found: Sequence[Statement], topic: Topic) -> Candidate | None:
    best_of: dict[int, float] = {}
    for one in found:
        best_of.setdefault(one.hit.rank, one.score)
    highest = max(best_of.values(), default=0.0)
    best: tuple[float, Statement, _Name] | None = None
    for one in [one for one in found if one.cell is None][:STATEMENTS_READ]:
        base = max(one.score, best_of[one.hit.rank] - SAME_PASSAGE_COST)
        if base < max(LEAST_STATED, highest - FAR):
            continue
        for name in _names(one.text, asked, question):
            score = base + CLOSE * closeness(one, name.start, name.end, topic) + name.fit
            if best is None or score > best[0]:
                best = score, one, name
    if best is None or best[2].fit < SURE_FIT:
        return None
    score, one, name = best
    return Candidate(text=_said(one, asked, name), hit=one.hit, score=score, year=one.year)


def _said(one: Statement, asked: Asked, name: _Name) -> str:
    """The name with what is listed beside it; alone where it is a part of a longer word."""
    if name.end != name.phrase.end or one.text[name.end : name.end + 1] in ("」", "』"):
        return one.said(name.start, name.end)
    ends = focus_ends(asked.focus)
    kind = re.compile(rf"(?:{'|'.join(map(re.escape, ends))})$") if ends else _ENDS.get(asked.kind)
    modified = "の" not in one.text[name.phrase.start : name.phrase.run]
    own = Phrase(
        name.phrase.start if modified else name.start,
        name.phrase.run,
        name.end,
        name.phrase.particle,
        name.phrase.after,
    )
    moved = _moved(one.text, asked)
    if moved is not None:
        return one.said(*moved)
    loose = name.fit >= VERB_FIT and asked.particle not in ("を", "と", "")
    start, end = listed_with(one.text, phrases(one.text), own, kind, loose=loose)
    if asked.focus and one.text.startswith(f"の{asked.focus}", end):  # にぎわいの場 for どんな場
        end += 1 + len(asked.focus)
    return one.said(start, end)


def _moved(text: str, asked: Asked) -> tuple[int, int] | None:
    """Where a sentence says from which to which, for 「どの課からどの課へ」."""
    if not asked.focus or not _FROM_TO_ASKED.search(asked.after):
        return None
    one = re.escape(asked.focus)
    said = re.search(rf"[^、。をがはに]{{1,14}}{one}から[^、。をがは]{{1,14}}?{one}", text)
    return said.span() if said is not None else None


def _towns(found: Sequence[Statement]) -> Candidate | None:
    """The municipalities whose documents speak of what was asked nearly as much as the best one does."""
    speaking = [one for one in found if one.score >= TOWN_SHARE * found[0].score] if found else []
    names = dict.fromkeys(one.hit.document.municipality for one in speaking)
    if not names:
        return None
    return Candidate(text="、".join(names), hit=speaking[0].hit, score=speaking[0].score)


def focus_ends(focus: str) -> tuple[str, ...]:
    """The ends by which a noun shows to be of the kind asked for: 対象地区 → 対象地区, 地区."""
    if not focus or focus in _NO_KIND:
        return ()
    if focus in _SORTS:
        return _SORTS[focus]
    ends = [focus]
    if len(focus) > 2:
        tail = re.search(r"[ァ-ヴー]{2,}$", focus)
        ends.append(tail.group() if tail else focus[-2:])
    return tuple(dict.fromkeys(ends))


def _names(text: str, asked: Asked, question: str) -> Iterator[_Name]:
    """The nouns of a sentence that fit what is asked; never the question's own words."""
    ends = focus_ends(asked.focus)
    asked_key = match_key(question)
    for phrase in phrases(text):
        for start, end in _readings(text, phrase, asked, ends):
            noun = text[start:end]
            key = match_key(noun)
            if len(noun) < 2 or key in asked_key or _TIME.match(noun):
                continue
            kind_fit = _kind_fit(text, start, end, asked, ends)
            slot = slot_fit(text, phrase, asked) if end == phrase.end else 0.0
            if _GENERAL.match(noun) and slot < VERB_FIT:
                continue
            bracketed = is_bracketed(text, phrase, verb_of(asked)) and not _BODY.match(noun)
            if kind_fit == 0.0 and (slot < VERB_FIT or bracketed):
                continue
            fit = kind_fit + slot + LONG_FIT * min(len(noun), 12)
            novel = sum(character not in asked_key for character in key)
            fit -= KNOWN_COST if novel < LEAST_NOVEL else KNOWN_COST / 2 * (1 - min(1, novel / 4))
            yield _Name(start, end, fit, phrase)


def _readings(text: str, phrase: Phrase, asked: Asked, ends: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """What a phrase may be taken for: its last nouns, what it quotes, how it begins, or all of it."""
    start, end = phrase.run, phrase.end
    if is_bracketed(text, phrase, verb_of(asked)):
        yield phrase.start, end
        return
    quoted = re.search(r"[「『]([^「」『』]{2,40})[」』]", text[start:end])
    if quoted:
        yield start + quoted.start(1), start + quoted.end(1)
        if quoted.end() == end - start and quoted.start() == 0:
            return
    noun = text[start:end]
    listed = _LIST_BEHIND.match(text, end)
    if listed and any(re.search(rf"\d(?:つの)?{re.escape(last)}$", noun) for last in ends):
        yield listed.span(1)  # 「山間2地区(大沢・笹平)」
        return
    ends = () if _BODY.match(noun) else ends  # 社会福祉法人 is no name without what follows it
    cut = next((at + len(last) for last in ends if len(last) > 1 and (at := noun.find(last, 1)) > 0), 0)
    if 0 < cut < len(noun) - LONGEST_TAIL:  # 東洋大学 of 東洋大学連携推進会議
        yield start, start + cut
        return
    counted = figures_in(noun)
    common = bool(_COMMON.fullmatch(noun)) or noun == asked.focus
    whole = phrase.start < start and end - phrase.start <= LONGEST_NAME
    if whole and (common or asked.kind is QuestionKind.THING or (counted and counted[0].start == 0)):
        start = phrase.start
    yield start, end


def _kind_fit(text: str, start: int, end: int, asked: Asked, ends: tuple[str, ...]) -> float:
    noun = text[start:end]
    is_quoted = text[start - 1 : start] in ("「", "『") and text[end : end + 1] in ("」", "』")
    kind = _ENDS.get(asked.kind, _ENDS[QuestionKind.NAME])
    fit = 0.0
    tail = 0 if asked.focus == "国" else LONGEST_TAIL
    of_kind = any(last in noun[-len(last) - tail :] and not noun.startswith(last) for last in ends)
    country = asked.focus == "国" and noun in _COUNTRIES
    company = asked.kind is QuestionKind.ORGANISATION and _COMPANY.match(text, end)
    body = asked.kind is QuestionKind.ORGANISATION and _BODY.match(noun)
    listed = text[start - 1 : start] == "(" and any(text[: start - 1].endswith(last) for last in ends)
    if of_kind or country or company or body or listed:
        fit = FOCUS_FIT
    elif asked.focus and len(noun) > 2 and noun.endswith(asked.focus[-1]) and kind.search(noun):
        fit = LIKE_FIT
    elif ends and (kind.search(noun) or is_quoted):
        fit = KIND_FIT / 2
    elif kind.search(noun):
        fit = KIND_FIT
    elif asked.kind in _OTHERS and _ENDS[_OTHERS[asked.kind]].search(noun):
        fit = OTHER_KIND_FIT
    if is_quoted and asked.kind in (QuestionKind.NAME, QuestionKind.THING):
        fit += QUOTE_FIT
    if is_quoted and len(asked.focus) > 1 and text[: start - 1].endswith(asked.focus):  # 将来像「…」
        fit += FOCUS_FIT
    return fit
