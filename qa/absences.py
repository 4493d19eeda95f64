"""Questions about a field that the source leaves empty: the product says so and quotes no neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.absence import Absence
from corpus.fiscal_year import era_label
from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import match_key
from corpus.passage import Passage
from corpus.sheet import Sheet
from corpus.store_reader import StoreReader
from qa.hits import Hit

SHEETS_LOOKED_AT = 3
FORM_PREFIXES = ("取組", "事業", "今年度の")
SHORTEST = 3

BLANK = frozenset(("", "-", "－", "—", "―", "ー"))

_PROGRESS = r"(?:\([^()]*\))?(?:の?進捗|(?:に|は|で|まで)?(?:どう|どこまで|どれだけ|どの程度|どれほど)進)"
ASKED_OTHERWISE: tuple[tuple[str, str], ...] = (
    (
        r"最終的な?(?:総括|評価|結果|レビュー)|最終(?:評価|総括|報告)|年度末の(?:評価|総括|レビュー)",
        "最終レビュー",
    ),
    (rf"(?:前期|上半期){_PROGRESS}|進捗(?:状況)?の?[(]?(?:前期|上半期)", "進捗状況前期"),
    (rf"(?:後期|下半期){_PROGRESS}|進捗(?:状況)?の?[(]?(?:後期|下半期)", "進捗状況後期"),
    (r"進捗状況(?!.{0,4}[前後]期)(?<![前後]期の進捗状況)|進み具合", "進捗状況後期|進捗状況前期"),
    (r"目標の?達成(?:状況|度)?|目標(?:は|を|が)達成|達成できた|達成した(?:か|の)", "目標の達成|取組達成度"),
    (r"評価[・と、]?検証|検証結果|事後評価", "評価・検証"),
    (r"達成度|評価(?:は|の記号)|[◎○△×]", "取組達成度|達成度|目標の達成"),
    (r"取組(?:の)?成果|成果(?:は|を|と|$)", "取組成果|成果"),
    (r"取組(?:の)?状況|実施状況", "取組状況"),
    (r"(?:次年度|翌年度|来年度)(?:以降)?の方針", "取組課題と次年度以降の方針"),
    (r"主要事業|所管する?(?:施策|事業)", "所管する施策"),
)
"""How a question may name a field: a pattern over its folded characters, and the labels of forms."""

YEAR_END = re.compile(
    r"年度?末の(?:結果|実績|時点)|通年|[をに]超えた|達成でき"
    r"|達成したか|上回った|下回った|結果(?:は|$)"
)
"""Asks how a year ended; a form whose field for that is empty has no answer yet."""

FIELD = re.compile(
    rf"レビュー|進捗|[前後]期.*進|達成|評価|検証|総括|成果|状況|効果額|次年度|主要事業|[◎○△×]|{YEAR_END.pattern}"
)
"""What a question about a field of a form holds at the least."""

RESULT = re.compile(
    r"実績|結果|どうなった|達した|到達|末(?:時点|現在)|[1-3１-３]月(?:に|の|末).*(?:た|結果)|1[0-2]月(?:に|の).*た"
    r"|(?:た|でした|ました)(?:か|の(?:か|は)|[。?？]|$)"
)
"""Asks for what came of it: where a form's result is empty and only its aims speak of it, nothing did."""

_FIGURE_OF_YEAR = re.compile(r"(?:年度)?末?(?:現在|累計|実績)?[ 　:：]*[0-9０-９]")
AIMS = re.compile("方針|目標|取組内容|目指す姿|施策|工程|主要事業|計画|取り組み内容")

_PLAN = re.compile("計画|目標|予算")
HALF_WAY = re.compile(r"上半期|前期|中間|途中|月末|月現在|以上|以下|見込")
YEAR_END_LABELS = "最終レビュー|目標の達成|進捗状況後期|取組成果"


def absent_field(
    store: StoreReader, question: str, hits: Sequence[Hit], fiscal_years: tuple[int, ...]
) -> Absence | None:
    """The empty field that a question asks for, None if it asks for none.

    It is the field that the question names, in one of the sheets of the best hits, empty in the year asked
    for (in every year, if none is asked for), while no passage of these sheets fills it.

    Args:
        store: holds the recorded absences.
        question: as typed.
        hits: best first.
        fiscal_years: the years asked for.
    """
    key = match_key(question)
    sheets = dict.fromkeys(
        (hit.passage.document_id, hit.passage.sheet_ordinal)
        for hit in hits
        if hit.passage.sheet_ordinal is not None
    )
    aims_only = bool(fiscal_years) and all(_speaks_of_aims(hit.passage) for hit in hits)
    aims_only = aims_only and not any(_states_figure(hit.passage, fiscal_years) for hit in hits)
    absences: dict[str, list[Absence]] = {}
    found: list[Absence] = []
    for document_id, ordinal in list(sheets)[:SHEETS_LOOKED_AT]:
        if document_id not in absences:
            absences[document_id] = store.absences(document_id)
        of_sheet = [one for one in absences[document_id] if one.sheet_ordinal == ordinal]
        named = [one for one in of_sheet if _asked_for(one, key, aims_only=aims_only)]
        if not named:
            continue
        sheet = store.sheet(document_id, ordinal)
        meant = [one for one in named if _of_years(one, sheet, fiscal_years)]
        if not meant:
            continue
        of_this = store.passages_of_sheet(document_id, ordinal)
        if any(
            _filled(of_this, one, fiscal_years) or _planned(of_this, one, key, fiscal_years) for one in meant
        ):
            return None
        found.extend(meant)
    return found[0] if found else None


def names_field(question: str) -> bool:
    """Whether a question may be about a field of a form: worth looking for its sheet in other years."""
    return FIELD.search(match_key(question)) is not None


def absence_sentence(store: StoreReader, absence: Absence) -> str:
    """A sentence for staff: which field of which sheet and document is empty."""
    document = next(one for one in store.documents() if one.document_id == absence.document_id)
    sheet = store.sheet(absence.document_id, absence.sheet_ordinal)
    title = f" {sheet.title}" if sheet else ""
    year = f"（{era_label(absence.fiscal_year)}）" if absence.fiscal_year is not None else ""
    return (
        f"{document.municipality}「{document.title}」{title}の「{absence.label}」{year}は、"
        "原文の欄に記入がありません。"
    )


def _of_years(absence: Absence, sheet: Sheet | None, fiscal_years: tuple[int, ...]) -> bool:
    """Whether an empty field is of a year asked for; one without a year is of its sheet's years."""
    if not fiscal_years:
        return True
    if absence.fiscal_year is not None:
        return absence.fiscal_year in fiscal_years
    years = sheet.fiscal_years if sheet else ()
    return not years or bool(set(years) & set(fiscal_years))


def _asked_for(absence: Absence, key: str, *, aims_only: bool) -> bool:
    """Whether a folded question names the field, by its label or in other words."""
    label = match_key(absence.label)
    names = [label, *(label.removeprefix(prefix) for prefix in FORM_PREFIXES)]
    if any(len(name) >= SHORTEST and name in key for name in names):
        return True
    if any(re.search(asked, key) and _is_label(label, labels) for asked, labels in ASKED_OTHERWISE):
        return True
    asks = YEAR_END.search(key) or (aims_only and RESULT.search(key))
    return bool(asks) and not HALF_WAY.search(key) and _is_label(label, YEAR_END_LABELS)


def _speaks_of_aims(passage: Passage) -> bool:
    """Whether a passage stands under what is meant to be done, or is a row that states such."""
    headings = [*passage.section_path[-1:], *(cell.header for cell in passage.cells)]
    return any(AIMS.search(heading) for heading in headings)


def _states_figure(passage: Passage, fiscal_years: tuple[int, ...]) -> bool:
    """Whether a passage's own words give a year's figure: 「1,400万円以下に減らす（R5 1,562万円）」."""
    named = (mention for mention in find_fiscal_years(passage.text) if mention.fiscal_year in fiscal_years)
    return any(_FIGURE_OF_YEAR.match(passage.text, mention.end) for mention in named)


def _is_label(label: str, labels: str) -> bool:
    return label in {match_key(one) for one in labels.split("|")}


def _planned(passages: Iterable[Passage], absence: Absence, key: str, fiscal_years: tuple[int, ...]) -> bool:
    """Whether a question asks for the plan of a figure whose result is empty, and a row gives the plan."""
    if not _PLAN.search(key):
        return False
    label = match_key(absence.label)
    rows = [one for one in passages if label in match_key(one.item) and _gives_plan(one)]
    years: set[int | None] = {*fiscal_years} or {absence.fiscal_year}
    cells = [cell for row in rows for cell in row.cells]
    return any(cell.fiscal_year in years and cell.text.strip() not in BLANK for cell in cells)


def _gives_plan(row: Passage) -> bool:
    """Whether a row's label or one of its cells says that it states what was planned."""
    return any(_PLAN.match(match_key(said)) for said in (row.item, *(cell.text for cell in row.cells)))


def _filled(passages: Iterable[Passage], absence: Absence, fiscal_years: tuple[int, ...]) -> bool:
    """Whether a passage of the sheet stands under the label, for the years asked for."""
    label = match_key(absence.label)
    for passage in passages:
        headings = {match_key(heading) for heading in passage.section_path}
        cells = [cell for cell in passage.cells if cell.text.strip() not in BLANK]
        headed = [cell for cell in cells if label in match_key(cell.header)]
        if label not in headings and not headed:
            continue
        if absence.fiscal_year is None or not fiscal_years:
            return True
        of_cells = {cell.fiscal_year for cell in headed or cells if cell.fiscal_year}
        if set(fiscal_years) & (of_cells or set(passage.fiscal_years)):
            return True
    return False
