"""The headings of a document of no known form, by their marks or because they stand short above text.

A mark whose next line is its sibling is an entry of a list, not a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from corpus.folding import match_key
from ingest.blocks import Blank, Block, Table, TextLine
from ingest.checked_box import box_choice
from ingest.heading_rank import Rank, RankedLabel
from ingest.headings import heading_of, is_sum, squeezed
from ingest.layouts.department_titles import with_department_titles
from ingest.layouts.furniture import CONTENTS_TITLE
from ingest.layouts.heading_series import closed_series, series_of
from ingest.layouts.nesting import SYMBOLS_OUTSIDE, nested
from ingest.layouts.unit_caption import is_unit_caption, is_year_caption
from ingest.tables import tidy, years_in

# A note at the start of a line: ※1, 注2）, （注）.
NOTE = re.compile(r"(?P<mark>[※＊*]\s*[0-9０-９]*|[(（]?注\s*[0-9０-９]*(?:[)）][:：]?|[:：\s]))\s*\S")
# Parts of a document that stand beside its chapters without a number.
_OUTER = re.compile(r"はじめに|おわりに|結びに|資料編?|参考(資料)?|付録|巻末資料|(資料)?用語(集|解説|の解説)")
# Numbered annexes and captions: 「資料1 委員名簿」, 「表3 利用者の推移」.
_ANNEX = re.compile(r"(資料|参考|別表|別紙|様式|図|表)\s*[0-9０-９一二三四五]+\s*\S.*")
# When a document was made, alone on a cover.
_DATE = re.compile(r".{0,12}年(度|[0-9０-９]+月.{0,6})?(版|策定|改訂|現在)?")
# A municipality's name, alone on a cover.
_TOWN = re.compile(r"([一-龥ヶケぁ-んァ-ン]{2,4}[都道府県])?\s*[一-龥ヶケぁ-んァ-ン]{1,7}[市区町村]")
# How a title ends: in no kana, or in the kana of a noun.
_NOUN_END = re.compile(r"[^ぁ-ん。、：:」）)]$|(り|み|い|え|し|け|め|こと|ため|など|ごと)$")
_BULLET_RANKS = (
    Rank.OPEN_SYMBOL,
    SYMBOLS_OUTSIDE[Rank.OPEN_SYMBOL],
)  # ○ and □, with which lists are printed as often as headings
# A mark with which lists are printed as often as headings.
_LISTED = re.compile(r"[・○●□◇]\s*\S")
# The beginning of a caption that names an indicator: 「指標① …」, 「【KPI】…」.
_OF_INDICATOR = re.compile(
    r"[【＜〈\[(（]?((成果|活動|評価|数値)?指標|KPI|ＫＰＩ)[0-9０-９①-⑳]*[】＞〉\])）]?[名：:\s]"
)
# What a table holds, as the last word of its caption.
_HOLDS = re.compile(
    r"(指標|目標|推移|一覧|内訳|状況|見通し|実績|経費|事業費|予算|計画|スケジュール|工程|名簿)$"
)
# Who made a paper and when, in brackets; not the date of its figures.
_IMPRINT = re.compile(r"[【（(](?!.*(現在|時点)).*(作成|[0-9０-９]月[0-9０-９]{1,2}日).*[】）)]")
_CUT_OFF = re.compile(r"([をにはがでとへやも、]|(?<![育立建当捨])て)$")  # 「子育て」 ends a title
_BRACKETED_END = re.compile(r"\s*[(（][^()（）]{1,20}[)）]$")
# A line that names who heads a department, 「部長 樫野 一郎」: it is said of the department above it.
_HEAD_OF_OFFICE = re.compile(
    r"\S{0,10}[部局課室所館署園校]長[\s:：]+[一-龥々ぁ-んァ-ヶ]{1,5}\s+[一-龥々ぁ-んァ-ヶ]{1,5}"
)
_LONGEST_CAPTION = 50
_LONGEST_NAME_OF_TABLE = 15
_RECURRING = 2
_OFTEN = 3
_LONGEST_ALONE = 30
_LONGEST_ABOVE_TEXT = 20

Headings = dict[int, RankedLabel]
"""Rank and label of each heading, by the index of its block."""


def headings_of(blocks: Sequence[Block], others: frozenset[int]) -> Headings:
    """The blocks that are headings, each with its rank and label.

    Args:
        blocks: of the document.
        others: blocks that are no headings, whatever they look like.
    """
    told = [i for i, b in enumerate(blocks) if not isinstance(b, Blank) and i not in others]
    series = series_of(blocks, others)
    found = list(nested(blocks, ((index, _heading(blocks, index, series)) for index in told)))
    raised = with_department_titles({index: heading for index, heading in found if heading is not None})
    found = [(index, raised.get(index)) for index, _ in found]
    headings: Headings = {}
    listed = -1
    for at, ((index, heading), (after, following)) in enumerate(pairwise(found)):
        if heading is None:
            continue
        last = found[at + 2][1] is None if at + 2 < len(found) else False
        if _is_topic_of(blocks, heading, following, after) and last:
            headings[index] = (Rank.SPEAKER, heading[1])
            continue
        sibling = following is not None and Rank.NUMBER <= following[0] <= heading[0]
        sibling = sibling and not (heading[0] == Rank.ALONE and following and following[0] in _BULLET_RANKS)
        in_list = heading[0] in _BULLET_RANKS and following is not None
        entry = listed == heading[0] and (in_list or _adjoins(blocks, index))
        runs_on = following is None and not _OUTER.fullmatch(match_key(heading[1]))
        if sibling or entry or (runs_on and _runs_on(blocks, index, after)):
            listed = heading[0]
            continue
        listed = -1
        headings[index] = heading
    end, final = found[-1] if found else (0, None)
    if final is not None and final in headings.values():
        headings[end] = final  # nothing follows: a field that others have too, left empty
    return _without_town(_beside_series(_with_recurring(blocks, headings, others), series))


def _beside_series(headings: Headings, series: Mapping[int, str]) -> Headings:
    """Headings with the rank of a series for those beside it: a preface, and what ends the series."""
    if not series:
        return _beside_numbers(headings)
    outermost = [index for index, (rank, _) in headings.items() if rank <= Rank.CHAPTER]
    beside = outermost if all(_OUTER.fullmatch(match_key(headings[i][1])) for i in outermost) else []
    end = closed_series(headings, series, Rank.ALONE)
    raised = {index: (Rank.MEASURE, headings[index][1]) for index in (*beside, end) if index is not None}
    return {index: raised.get(index, heading) for index, heading in headings.items()}


def _beside_numbers(headings: Headings) -> Headings:
    """Headings with the rank of numbers or departments for a preface, where these alone part the document."""
    outer = [index for index, (rank, _) in headings.items() if rank <= Rank.CHAPTER]
    marks = {rank for rank, _ in headings.values() if Rank.CHAPTER < rank < Rank.SPEAKER}
    alone = bool(outer) and all(_OUTER.fullmatch(match_key(headings[index][1])) for index in outer)
    rank = min(marks, default=0)
    if not alone or rank not in (Rank.DEPARTMENT, Rank.NUMBER):
        return headings
    beside = {index: (rank, headings[index][1]) for index in outer}
    return {index: beside.get(index, heading) for index, heading in headings.items()}


def _with_recurring(blocks: Sequence[Block], headings: Headings, others: frozenset[int]) -> Headings:
    """Headings with the lines that say what unmarked ones say elsewhere, several times: fields left empty.

    Where unmarked headings recur, so do those of other parts of the same form: short lines above a line or a
    table, as often as they are there.
    """
    often = Counter(label for rank, label in headings.values() if rank == Rank.ALONE)
    known = {label for label, count in often.items() if count >= _RECURRING}
    if not known:
        return headings
    lines = {
        index: squeezed(block.text)
        for index, block in enumerate(blocks)
        if isinstance(block, TextLine) and not block.bullet and index not in others
        if len(block.text) <= _LONGEST_ALONE
    }
    parts = _parts_of_form(blocks, headings, lines)
    found = {
        index: (Rank.ALONE, text)
        for index, text in lines.items()
        if (index not in headings and text in known)
        or (text in parts and _rank(headings, index) > Rank.ALONE)
    }
    return dict(sorted({**headings, **found}.items()))


def _rank(headings: Headings, index: int) -> int:
    """The rank of a heading; of any other line one below all of them."""
    return headings[index][0] if index in headings else Rank.CAPTION + 1


def _parts_of_form(blocks: Sequence[Block], headings: Headings, lines: Mapping[int, str]) -> set[str]:
    """What lines say that recur above text or a table, below a blank or the end of a sentence each time."""
    places: dict[str, list[int]] = {}
    for index, text in lines.items():
        if len(text) <= _LONGEST_NAME_OF_TABLE and _NOUN_END.search(text) and not _LISTED.match(text):
            places.setdefault(text, []).append(index)
    return {
        text
        for text, indices in places.items()
        if len(indices) >= _OFTEN
        and all(
            _rank(headings, index) > Rank.ALONE and _begins_part(blocks, headings, index) for index in indices
        )
    }


def _begins_part(blocks: Sequence[Block], headings: Headings, index: int) -> bool:
    before = blocks[index - 1] if index else None
    ended = isinstance(before, Blank) or (isinstance(before, TextLine) and before.text.endswith("。"))
    if index + 1 in headings or not ended:
        return False
    after = next((block for block in blocks[index + 1 : index + 3] if not isinstance(block, Blank)), None)
    return isinstance(after, Table) or (after is not None and after is blocks[index + 1])


def _without_town(headings: Headings) -> Headings:
    """Headings without a town's name alone on a cover; several are headings, of what each town does."""
    towns = [
        index for index, (rank, label) in headings.items() if rank == Rank.ALONE and _TOWN.fullmatch(label)
    ]
    if len(towns) != 1 or towns[0] != next(iter(headings)):
        return headings
    return {index: heading for index, heading in headings.items() if index != towns[0]}


def _is_topic_of(
    blocks: Sequence[Block], heading: RankedLabel, following: RankedLabel | None, after: int
) -> bool:
    """Whether two lines without marks stand alone one below the other: who speaks, and of what."""
    return (
        following is not None
        and heading[0] == following[0] == Rank.ALONE
        and isinstance(blocks[after - 1], Blank)
    )


def _adjoins(blocks: Sequence[Block], index: int) -> bool:
    """Whether the block above is a line, without a blank between."""
    return index > 0 and isinstance(blocks[index - 1], TextLine)


def _runs_on(blocks: Sequence[Block], index: int, after: int) -> bool:
    """Whether a marked line is the first of a sentence that the next line ends."""
    line, following = blocks[index], blocks[after]
    if after != index + 1 or not isinstance(line, TextLine) or not isinstance(following, TextLine):
        return False
    if is_unit_caption(following.text):
        return False
    return len(line.text) >= _LONGEST_ALONE or _CUT_OFF.search(line.text) is not None


def _heading(blocks: Sequence[Block], index: int, series: Mapping[int, str]) -> RankedLabel | None:
    if index in series:
        return Rank.MEASURE, series[index]
    block = blocks[index]
    if not isinstance(block, TextLine) or block.bullet or len(block.text) > 120:
        return None
    if NOTE.match(block.text) or box_choice(block.text) is not None:
        return None
    text = squeezed(block.text)
    if _IMPRINT.fullmatch(text):
        return None
    if CONTENTS_TITLE.fullmatch(text):
        return Rank.ALONE, text
    if _OUTER.fullmatch(match_key(text)):
        return Rank.CHAPTER, text
    if _ANNEX.fullmatch(text) and len(text) <= 60 and not text.endswith("。"):
        return (Rank.CAPTION if _is_above_table(blocks, index) else Rank.NUMBER), text
    marked = heading_of(text)
    if marked:
        return marked.rank, tidy(marked.label) if marked.rank >= Rank.CORNERED else marked.label
    if not is_sum(text) and _is_caption(blocks, index, text):
        return Rank.CAPTION, text
    return (Rank.ALONE, text) if index > 1 and _is_unmarked_heading(blocks, index, text) else None


def _is_caption(blocks: Sequence[Block], index: int, text: str) -> bool:
    """Whether a line names the table right below it: 「指標① 保育所の待機児童数（人）」."""
    bare = _BRACKETED_END.sub("", text)
    named = _OF_INDICATOR.match(text) is not None or _names_table(blocks, index, bare)
    if not _is_above_table(blocks, index, is_blank=named) or index < 2:
        return False
    if len(text) > _LONGEST_CAPTION or text.endswith(("。", "、", "：", ":")) or is_unit_caption(text):
        return False
    return named or not (re.search(r"[。：:]|^[・\-―]", bare) or years_in(text))


def _names_table(blocks: Sequence[Block], index: int, text: str) -> bool:
    """Whether a line of a few words that name what tables hold ends no paragraph: 「成果指標の推移」."""
    before = blocks[index - 1] if index else None
    ended = not isinstance(before, TextLine) or before.text.endswith("。") or before.bullet
    ended = ended or (isinstance(before, TextLine) and _LISTED.match(before.text) is not None)
    return ended and len(text) <= _LONGEST_NAME_OF_TABLE and _HOLDS.search(text) is not None


def _is_above_table(blocks: Sequence[Block], index: int, *, is_blank: bool = False) -> bool:
    """Whether a table follows a line, at most a unit between, and a blank where ``is_blank``."""
    after = index + 1
    while after < len(blocks) and _may_stand_between(blocks[after], is_blank=is_blank):
        after += 1
    return after < len(blocks) and isinstance(blocks[after], Table)


def _may_stand_between(block: Block, *, is_blank: bool) -> bool:
    """Whether a block may part a caption from its table: a unit, or a blank below an indicator's name."""
    return (isinstance(block, Blank) and is_blank) or (
        isinstance(block, TextLine) and (is_unit_caption(block.text) or is_year_caption(block.text))
    )


def _is_unmarked_heading(blocks: Sequence[Block], index: int, text: str) -> bool:
    """Whether a line without a mark stands short and alone, or short above a paragraph."""
    if len(text) > _LONGEST_ALONE or re.search(r"[。、：:]|[」）)]$|^[・\-―]", text) or _DATE.fullmatch(text):
        return False
    if is_sum(text) or _HEAD_OF_OFFICE.fullmatch(text):
        return False
    before = blocks[index - 1]
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if isinstance(before, Blank) and isinstance(after, Blank | Table):
        return not years_in(text) or isinstance(after, Table)
    ended = not isinstance(before, TextLine) or before.text.endswith("。")
    above_text = isinstance(after, TextLine) and ("。" in after.text or len(after.text) > _LONGEST_ALONE)
    told = isinstance(after, TextLine) and _HEAD_OF_OFFICE.fullmatch(squeezed(after.text)) is not None
    above_text = above_text or told or (isinstance(after, TextLine) and box_choice(after.text) is not None)
    above_list = isinstance(after, TextLine) and (after.bullet or _LISTED.match(after.text) is not None)
    is_short = len(text) <= _LONGEST_ABOVE_TEXT and bool(_NOUN_END.search(text))
    return ended and (above_text or (above_list and not _LISTED.match(text))) and is_short
