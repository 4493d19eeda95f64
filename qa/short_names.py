"""Places, organisations and names: the noun of the kind that the question names (どの地区, 相手の町)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.folding import fold, match_key
from corpus.span import Span
from qa.question_kind import Asked, QuestionKind
from qa.short_candidate import Candidate
from qa.short_clauses import best_window
from qa.short_closeness import closeness
from qa.short_statements import Statement
from qa.short_topic import Topic

STATEMENTS_READ = 10
CLOSE = 0.4
FOCUS_FIT = 0.45
KIND_FIT = 0.2
QUOTE_FIT = 0.3
PARTICLE_FIT = 0.12
RIVAL = 0.1
TOWN_SHARE = 0.75
SAME_PASSAGE_COST = 0.3
LONGEST_CLAUSE = 60

_RUN = re.compile(r"[一-鿿々〇ァ-ヴーa-z0-9][一-鿿々〇ァ-ヴーa-z0-9・&.\-ヶケ]*")
_QUOTED = re.compile(r"[「『]([^「」『』]{2,40})[」』]")
_SUFFIXES: dict[QuestionKind, str] = {
    QuestionKind.PLACE: (
        "地区|地域|地内|市|町|村|区|県|会館|館|センター|学校|校|園|会場|庁舎|階|ロビー|ホール|団地|港|駅|病院|診療所"
        "|施設|支所|役場|役所|窓口|店|店舗|広場|倉庫|跡地|住宅|寮|コーナー|スペース|大学|事業所|公園|プラザ|自治会|集落|線|沿い|所|場"
    ),
    QuestionKind.ORGANISATION: (
        "課|部|係|局|室|協議会|協会|委員会|会議|会|大学|高校|学校|会社|法人|組合|団体|機構|事業所|センター|連盟|財団|市|町|村|県|国|省|庁"
        "|企業|業者|団|署|機関|銀行|農協|者|員|士|師|長|生|館|社|クラブ"
    ),
    QuestionKind.NAME: (
        "講座|条例|計画|システム|アプリ|カード|事業|制度|プラン|ビジョン|指針|大綱|大会|まつり|祭|会議|賞|サービス|号|便|調査|教室|基金|債|券|条約|要綱|方針|会|隊"
    ),
}
_ENDS = {kind: re.compile(rf"(?:{suffixes})$") for kind, suffixes in _SUFFIXES.items()}
_GENERAL = re.compile(
    r"(?:両|各|本|当|同|他|全|諸|複数|一部|近隣|関係|市町村?)(?:市|町|村|区|県|課|部|係|団体|機関|施設|地区|地域|所|館|校|自治体)?(?:町村?|村)?$|[\d.,年月日度%]+$"
)
_TOWNS = re.compile(r"自治体|市町村?|市区町村")
_NO_KIND = frozenset(
    """
    どこ 何 誰 名称 名前 愛称 方 それ これ 所属 担当 所管 内容 理由 もの こと 場所
    課題 目標 方針 取組 成果 結果 対策 効果 状況 見通し
    """.split()  # noqa: SIM905 - a word list is easier to read and to extend as text
)
_DEPARTMENT = re.compile(r"担当|所管|所属|実践課|どの課|何課|どの部|どの係|部署|課はどこ|係はどこ")


@dataclass(frozen=True, slots=True)
class _Noun:
    start: int
    end: int
    fit: float


def name_candidate(question: str, asked: Asked, found: Sequence[Statement], topic: Topic) -> Candidate | None:
    """The noun that fits best; the clause around it where another in the sentence fits nearly as well."""
    text = fold(question).text
    if asked.kind is QuestionKind.ORGANISATION and _DEPARTMENT.search(text) and found:
        for one in found[:3]:
            if one.hit.passage.departments:
                return Candidate(text="、".join(one.hit.passage.departments), hit=one.hit, score=one.score)
    if _TOWNS.fullmatch(asked.focus):
        return _towns(found)
    best_of: dict[int, float] = {}
    for one in found:
        best_of.setdefault(one.hit.rank, one.score)
    scored: list[tuple[float, Statement, _Noun]] = []
    for one in [one for one in found if one.cell is None][:STATEMENTS_READ]:
        for noun in _nouns(one.text, asked, text):
            near = closeness(one, noun.start, noun.end, topic)
            base = max(one.score, best_of[one.hit.rank] - SAME_PASSAGE_COST)
            scored.append((base + CLOSE * near + noun.fit, one, noun))
    if not scored:
        return None
    score, one, noun = max(scored, key=lambda entry: entry[0])
    rivals = [
        other for value, beside, other in scored if beside is one and score - value < RIVAL and other != noun
    ]
    if not rivals:
        return Candidate(text=one.said(noun.start, noun.end), hit=one.hit, score=score, year=one.year)
    window = best_window(one, topic, LONGEST_CLAUSE, Span(noun.start, noun.end))
    return Candidate(text=one.said(window.start, window.end), hit=one.hit, score=score, year=one.year)


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
    ends = [focus]
    if len(focus) > 2:
        tail = re.search(r"[ァ-ヴー]{2,}$", focus)
        ends.append(tail.group() if tail else focus[-2:])
    return tuple(dict.fromkeys(ends))


def _nouns(text: str, asked: Asked, question: str) -> Iterator[_Noun]:
    """The nouns of a sentence that fit what is asked; never the question's own words."""
    ends = focus_ends(asked.focus)
    asked_key = match_key(question)
    kind = _ENDS.get(asked.kind, _ENDS[QuestionKind.NAME])
    quoted = [(match.start(1), match.end(1)) for match in _QUOTED.finditer(text)]
    places = [
        *quoted,
        *((m.start(), m.end()) for m in _RUN.finditer(text) if not _inside(m.start(), m.end(), quoted)),
    ]
    for start, end in places:
        is_quoted = (start, end) in quoted
        noun = re.sub(r"(?:等|他)$", "", text[start:end])
        for last in ends:  # 東洋大学 of 東洋大学連携推進会議
            at = noun.find(last, 1)
            if at > 0 and not is_quoted:
                noun = noun[: at + len(last)]
                break
        end = start + len(noun)
        if len(noun) < 2 or match_key(noun) in asked_key or _GENERAL.match(noun):
            continue
        fit = 0.0
        if any(noun.endswith(last) and noun != last for last in ends):
            fit += FOCUS_FIT
        elif ends and (kind.search(noun) or is_quoted):
            fit += KIND_FIT / 2
        elif kind.search(noun) or (asked.focus == "国" and re.fullmatch(r"[ァ-ヴー]{2,}", noun)):
            fit += KIND_FIT
        if is_quoted and asked.kind in (QuestionKind.NAME, QuestionKind.THING):
            fit += QUOTE_FIT
        if fit == 0.0:
            continue
        after = text[end : end + 6].lstrip("」』等他")
        if asked.particle and after.startswith(asked.particle):
            fit += PARTICLE_FIT
            if asked.after and after[len(asked.particle) :].startswith(asked.after):
                fit += PARTICLE_FIT
        elif asked.kind is QuestionKind.PLACE and after.startswith(("で", "に", "へ")):
            fit += PARTICLE_FIT / 2
        yield _Noun(start, end, fit)


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)
