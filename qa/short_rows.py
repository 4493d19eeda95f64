"""The rows of a table that a question picks out by what stands in a column: 「評価がDの事業は」.

Apart from finding one value, because here the value is given and its rows are asked for; so whole documents
are read, not the passages found alone. Which column is meant the headers decide: a label and a value that
stand in no table pick nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.folding import fold, match_key
from corpus.passage import Cell, Passage
from corpus.store_reader import StoreReader
from qa.figures import with_unit
from qa.hits import Hit
from qa.mark_words import CIRCLES
from qa.short_candidate import Candidate
from qa.short_marks import COUNTED

DOCUMENTS_READ = 3
LONGEST = 120
ROWS_SHOWN = 8
"""Of how many rows that were counted or named are quoted."""

_WORD = r"[一-鿿々ァ-ヴー]"
_NOUN = (
    r"(?P<noun>(?:事務)?事業|施設|施策|業務|取り?組み?(?:項目)?|項目|もの|(?:重点)?目標"
    r"|プロジェクト|計画|講座|路線|橋りょう|学校|団体)"
)
_ENDING = r"(?:は|を|って|の一覧|の名前|の名称)?(?P<tail>[^、。]{0,14})[?。 ]*$"
_IS = (
    r"(?:だった|であった|である|となった|となって(?:いる|いた)|になった|になって(?:いる|いた)|の"
    r"|と?(?:判定|評価)?(?:とされ|とな|され|と判定され|と評価され)(?:た|て(?:いる|いた)))"
)
_PICKED = (
    re.compile(  # of a value in brackets the label may be any words: its column is looked up
        rf"(?P<label>[一-鿿々ァ-ヴーぁ-ん]{{2,10}}?)(?:の結果)?(?:が|は|で|において)[「『](?P<value>[^「」『』]{{1,12}})[」』]"
        rf"{_IS}(?P<between>[^、。]{{0,12}}の)?{_NOUN}{_ENDING}"
    ),
    re.compile(
        rf"(?P<label>{_WORD}{{2,10}}?)(?:の結果)?(?:が|は|で|において)[「『]?(?P<value>[a-es◎○△×]|{_WORD}{{1,6}}?)[」』]?"
        rf"{_IS}(?P<between>[^、。]{{0,12}}の)?{_NOUN}{_ENDING}"
    ),
    re.compile(
        rf"(?P<value>[a-es◎○△×])(?P<label>評価|判定|ランク){_IS}(?P<between>[^、。]{{0,12}}の)?{_NOUN}{_ENDING}"
    ),
    re.compile(
        rf"(?P<label>評価|判定|ランク|達成度|進捗度)(?P<value>[a-es◎○△×])(?:と?{_IS})(?P<between>[^、。]{{0,12}}の)?{_NOUN}{_ENDING}"
    ),
)
_MARKED = re.compile(
    rf"(?P<value>[◎○△×])(?:[がの]付い(?:た|ている)|{_IS})(?P<between>[^、。]{{0,12}}の)?{_NOUN}{_ENDING}"
)
"""A mark without the label of its column."""

_EXTREME = re.compile(
    rf"(?P<label>(?:{_WORD}|[a-z0-9]){{2,12}})が(?:最も|一番|いちばん|最大に)(?P<least>少な|低|小さ|短|安)?[ぁ-ん一-鿿]{{1,5}}?(?:い|かった|な|だった)?"
    rf"{_NOUN}{_ENDING}"
)
_NAME = re.compile(r"(?:名|名称|項目|テーマ)$")
_AMOUNT = re.compile(r"[△▲-]?\d[\d,]*(?:\.\d+)?")
_LOOSE = ("評価", "判定", "結果", "区分", "ランク")
"""Labels that name each other: 判定がC is asked of a column 評価, where no column is called 判定."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that was picked: its name, where it stands, the number it was picked for or 0."""

    name: str
    hit: Hit
    amount: float = 0.0
    value: str = ""


def row_candidate(
    question: str, hits: Sequence[Hit], years: tuple[int, ...], departments: Sequence[str], store: StoreReader
) -> Candidate | None:
    """The names of the rows that a question picks out by a column, None where it picks out none.

    Args:
        question: as typed.
        hits: the hits, best first; the documents of the first of them are read.
        years: the fiscal years asked for; a column of another year is not looked at.
        departments: those that the question limits itself to; rows of others are left out.
        store: to read the documents.
    """
    text = fold(question).text.translate(CIRCLES)
    picked = next((match for pattern in _PICKED if (match := pattern.search(text))), None)
    marked = _MARKED.search(text) if picked is None else None
    extreme = _EXTREME.search(text) if picked is None and marked is None else None
    if picked is None and marked is None and extreme is None:
        return None
    documents = list(dict.fromkeys(hit.document.document_id for hit in hits))[:DOCUMENTS_READ]
    for document_id in documents:
        first = next(hit for hit in hits if hit.document.document_id == document_id)
        rows = _Rows(first, store, years, departments)
        named = picked or marked
        if named is not None:
            found = (
                rows.with_value(picked["label"], picked["value"], picked["noun"])
                if picked is not None
                else rows.with_mark(named["value"], named["noun"])
            )
            if found:
                counted = COUNTED.search(named["tail"])
                return _counted(found, counted["unit"] or "件") if counted else _listed(found)
        elif extreme is not None:
            most = rows.extreme(extreme["label"], extreme["noun"], least=bool(extreme["least"]))
            if most is not None:
                return Candidate(text=f"{most.name}（{most.value}）", hit=most.hit, score=1.0, alone=True)
    return None


class _Rows:
    """The rows of one document."""

    def __init__(
        self, hit: Hit, store: StoreReader, years: tuple[int, ...], departments: Sequence[str]
    ) -> None:
        self.hit, self.store, self.years = hit, store, years
        self.departments = [match_key(one) for one in departments]

    def with_value(self, label: str, value: str, noun: str) -> list[_Row]:
        """The rows in whose column of that label just this value stands; else the sheets with such a mark."""
        for names in (_is_called, _is_like):
            found = [
                _Row(name, self._at(passage))
                for passage, row in self._read()
                if any(
                    names(cell, label) and _plain(cell.text) == value and self._of_year(cell) for cell in row
                )
                and (name := _name_of(passage, row, noun))
            ]
            if found:
                return found
        return [
            _Row(sheet.title, shown)
            for sheet in self.store.sheets(self.hit.document.document_id)
            if self._is_of_departments(sheet.departments)
            and any(
                _plain(one.mark) == value and (not self.years or one.fiscal_year in self.years)
                for one in sheet.progress
            )
            and (shown := self._printing(sheet.ordinal, value)) is not None
        ]

    def with_mark(self, mark: str, noun: str) -> list[_Row]:
        """The rows that bear a mark in a column of grades; none where sheets of the document bear marks."""
        if any(sheet.progress for sheet in self.store.sheets(self.hit.document.document_id)):
            return []
        return self.with_value(_LOOSE[0], mark, noun)

    def extreme(self, label: str, noun: str, *, least: bool) -> _Row | None:
        """The row with the highest value in the column of that label, or the lowest; None without two."""
        found = [
            _Row(name, self._at(passage), float(amount[0].translate(str.maketrans("△▲", "--", ","))), said)
            for passage, row in self._read()
            for cell in row
            if _is_called(cell, label) and self._of_year(cell)
            if (said := with_unit(cell, passage)) and (amount := _AMOUNT.match(fold(said).text))
            if (name := _name_of(passage, row, noun)) and name != said
        ]
        if len(found) < 2:
            return None
        return min(found, key=lambda one: one.amount) if least else max(found, key=lambda one: one.amount)

    def _read(self) -> Iterator[tuple[Passage, Sequence[Cell]]]:
        for passage in self.store.passages_of(self.hit.document.document_id):
            if not self._is_of_departments(passage.departments):
                continue
            read: set[tuple[int, int]] = set()
            for cell in passage.cells:
                row = passage.row_of(cell)
                place = (row[-1].span.start, row[-1].span.end)
                if place not in read:
                    read.add(place)
                    yield passage, row

    def _is_of_departments(self, named: Sequence[str]) -> bool:
        """Whether a row or sheet is of a department that the question limits itself to."""
        told = match_key(" ".join(named))
        return not self.departments or any(one in told for one in self.departments)

    def _of_year(self, cell: Cell) -> bool:
        return not self.years or cell.fiscal_year is None or cell.fiscal_year in self.years

    def _at(self, passage: Passage) -> Hit:
        sheet = self.store.sheet(passage.document_id, passage.sheet_ordinal)
        return replace(self.hit, rank=0, passage=passage, sheet=sheet, linked=(), also_years=())

    def _printing(self, ordinal: int, value: str) -> Hit | None:
        """The passage of a sheet that prints the mark; one that no passage prints is no evidence."""
        alone = re.compile(rf"(?<![a-z\d]){re.escape(value)}(?![a-z\d])")
        own = self.store.passages_of_sheet(self.hit.document.document_id, ordinal)
        printed = [one for one in own if any(_plain(cell.text) == value for cell in one.cells)]
        printed += [one for one in own if alone.search(fold(one.text).text.translate(CIRCLES))]
        return self._at(printed[0]) if printed else None


def _plain(text: str) -> str:
    return "".join(fold(text).text.split()).translate(CIRCLES)


def _is_called(cell: Cell, label: str) -> bool:
    """Whether a column bears a label, or the last word of it: 評価 in 「施策の評価」, 総合評価."""
    header = match_key(cell.header)
    key = match_key(label)
    return bool(header) and (key in header or (len(header) > 1 and key.endswith(header)))


def _is_like(cell: Cell, label: str) -> bool:
    header = match_key(cell.header)
    return label.endswith(_LOOSE) and any(word in header for word in _LOOSE)


def _name_of(passage: Passage, row: Sequence[Cell], noun: str) -> str:
    """What a row is called: the cell under 「事業名」, else under a name of another thing, else its item."""
    named = [
        cell for cell in row if _NAME.search(match_key(cell.header)) and not _AMOUNT.fullmatch(cell.text)
    ]
    own = [cell for cell in named if noun[-2:] in match_key(cell.header)]
    best = next(iter(own or named), None)
    return " ".join(best.text.split()) if best is not None else passage.item


def _listed(rows: Sequence[_Row]) -> Candidate:
    said: dict[str, Hit] = {}
    for row in rows:
        if row.name not in said and len("、".join((*said, row.name))) > LONGEST:
            break
        said.setdefault(row.name, row.hit)
    hits = tuple(dict.fromkeys(said.values()))[:ROWS_SHOWN]
    return Candidate(text="、".join(said), hit=hits[0], others=hits[1:], score=1.0, alone=True)


def _counted(rows: Sequence[_Row], unit: str) -> Candidate:
    """「7件」 for 何件, with the first of the rows that were counted."""
    hits = tuple(dict.fromkeys(row.hit for row in {row.name: row for row in rows}.values()))
    return Candidate(
        text=f"{len({row.name for row in rows})}{unit}",
        hit=hits[0],
        others=hits[1:ROWS_SHOWN],
        score=1.0,
        alone=True,
    )
