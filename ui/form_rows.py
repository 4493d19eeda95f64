"""The rows of a form that is filled with a draft: what stands in which cell, as the form's own layout has it.

A row of one cell runs over the whole width; any other is a row of a table. What is written here is read again
by the layouts of ``ingest.layouts``: the tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.fiscal_year import era_label
from corpus.indicator import IndicatorRole
from ui.draft_records import DraftIndicator, DraftItem, DraftRecords

YEARS = 5
"""How many years a report of results has columns for."""

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCell:
    """A cell: its text, the numbers of its sources, whether it is a label, and how many rows it goes down."""

    text: str
    marks: tuple[int, ...] = ()
    label: bool = False
    down: int = 1
    across: int = 1


FormRow = tuple[FormCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What a form is filled with: a draft, the theme, the department and the fiscal year of the sheet."""

    records: DraftRecords
    theme: str
    department: str
    fiscal_year: int

    @property
    def year(self) -> str:
        """令和9年度."""
        return era_label(self.fiscal_year)


def rows_of(form: str, filling: Filling) -> list[FormRow]:
    """The rows of a form; one that has no layout of its own is written as 方針書."""
    return list(FORMS.get(form, _policy)(filling))


def _policy(one: Filling) -> Iterator[FormRow]:
    yield _line(f"{one.year} 部(局)方針書・課方針書")
    yield _labels("部署名", "所属長")
    yield _values(one.department, "")
    headings = [*one.records.headings]
    for number, heading in enumerate(headings, start=1):
        yield _line(f"{number}. {heading or '前文'}", label=True)
        for at, item in enumerate(one.records.items(heading)):
            mark = f"{CIRCLED[at]} " if at < len(CIRCLED) else ""
            yield (FormCell(text=f"{mark}{item.text}", marks=item.marks),)
    if one.records.indicators:
        yield _line(f"{len(headings) + 1}. 指標", label=True)
        yield from _indicator_table(one.records.indicators)


def _indicator_table(indicators: Sequence[DraftIndicator]) -> Iterator[FormRow]:
    columns = _columns(indicators)
    yield _labels("指標", "単位", *(f"{label}（{year}）" if year else label for _, label, year in columns))
    for one in indicators:
        held = {(figure.role, figure.year): figure.value for figure in one.figures}
        values = (held.get((role, year), "") for role, _, year in columns)
        yield (
            FormCell(text=one.name, marks=one.marks),
            *_values(one.unit, *(_with_unit(value, one.unit) for value in values)),
        )


def _columns(indicators: Sequence[DraftIndicator]) -> list[tuple[IndicatorRole, str, str]]:
    """Role, its word and year of each column, baselines first."""
    words = {
        IndicatorRole.BASELINE: "基準値",
        IndicatorRole.ACTUAL: "実績値",
        IndicatorRole.TARGET: "目標値",
    }
    found = {(figure.role, figure.year) for one in indicators for figure in one.figures}
    order = list(words)
    return [
        (role, words[role], year)
        for role, year in sorted(found, key=lambda pair: (order.index(pair[0]), pair[1]))
    ]


def _with_unit(value: str, unit: str) -> str:
    return value if not value or not unit or value.endswith(unit) else f"{value}{unit}"


def _inventory(one: Filling) -> Iterator[FormRow]:
    records = one.records
    yield (FormCell(text="年度", label=True), FormCell(text=_short_year(one.fiscal_year)))
    yield (FormCell(text="シートNo.", label=True), FormCell(text="1"))
    yield (FormCell(text="シート名", label=True), FormCell(text=one.theme))
    yield (FormCell(text="所属", label=True), FormCell(text=one.department))
    yield _line("業務棚卸表 (総合計画施策説明表)")
    columns = _columns(records.indicators)
    heads = tuple(f"{label}（{year}）" if year else label for _, label, year in columns)
    yield _labels("任務目的", "指標", *heads, "備考")
    aims, named = records.items("目的"), list(records.indicators)
    for at in range(max(len(aims), len(named))):
        aim = aims[at] if at < len(aims) else DraftItem(text="")
        yield (FormCell(text=aim.text, marks=aim.marks), *_figures(named, at, columns), FormCell(text=""))
    yield _line("")
    yield _labels(
        "業務コード (2桁・4桁・6桁)", "行政活動(手段)", "指標", f"{one.year}実績", "目標", "達成", "備考"
    )
    for number, item in enumerate(records.items("行政活動"), start=1):
        code, blank = FormCell(text=f"{number:02d}"), _values("", "", "", "", "")
        yield (code, FormCell(text=item.text, marks=item.marks), *blank)
    told = [name for name in records.headings if name not in ("目的", "行政活動", "課題")]
    yield _line("")
    yield _line(f"{one.year}におけるシートの総括", label=True)
    yield from (
        (FormCell(text=item.text, marks=item.marks),) for name in told for item in records.items(name)
    )
    yield _line("")
    yield _line("総括を踏まえた、今後の課題", label=True)
    yield from ((FormCell(text=item.text, marks=item.marks),) for item in records.items("課題"))


def _figures(
    indicators: Sequence[DraftIndicator], at: int, columns: Sequence[tuple[IndicatorRole, str, str]]
) -> FormRow:
    if at >= len(indicators):
        return tuple(FormCell(text="") for _ in range(len(columns) + 1))
    one = indicators[at]
    held = {(figure.role, figure.year): figure.value for figure in one.figures}
    values = (_with_unit(held.get((role, year), ""), one.unit) for role, _, year in columns)
    return (FormCell(text=one.name, marks=one.marks), *(FormCell(text=value) for value in values))


def _report(one: Filling) -> Iterator[FormRow]:
    records, later = one.records, [""] * YEARS
    last = era_label(one.fiscal_year + YEARS - 1)
    yield _line(f"取組結果報告書 {one.year}～{last}")
    yield (*_labels("No.", "①", "取組項目"), FormCell(text=one.theme, across=YEARS - 2))
    wide = YEARS
    yield (FormCell(text="担当部課", label=True), FormCell(text=one.department, across=wide))
    yield _cell("取組内容", records, across=wide)
    yield (FormCell(text=AIM, label=True), replace(_joined(_aims(records)), across=wide))
    yield _line("")
    yield _labels("", *(era_label(one.fiscal_year + at) for at in range(YEARS)))
    yield _values("財政効果額(歳入) (単位:千円)", *later)
    yield _values("財政効果額(歳出) (単位:千円)", *later)
    rest = [name for name in records.headings if name not in ("取組内容", "目標", "取組成果", LATER)]
    yield (*_cell("取組状況", records, names=rest), *_values(*later[1:]))
    yield (*_cell("取組成果", records), *_values(*later[1:]))
    yield _values("取組達成度 ◎:計画以上 ○:計画どおり △:計画を下回る ×:進捗なし", *later)
    yield (*_cell(LATER, records), *_values(*later[1:]))


LATER = "取組課題と次年度以降の方針"
AIM = "5年後までの目標 (目指すべき姿)"


def _promotion(one: Filling) -> Iterator[FormRow]:
    records = one.records
    yield _line(f"推進プラン（{one.year}）")
    wide = 2
    yield (FormCell(text="取組項目", label=True, across=wide), FormCell(text=one.theme))
    yield _cell("目指す姿", records, label_across=wide)
    rest = [name for name in records.headings if name not in ("目指す姿", "目標", "取組内容", "評価・検証")]
    fields: list[FormRow] = [
        (FormCell(text="目標", label=True), _joined(_aims(records))),
        (FormCell(text="取組内容", label=True), _joined([*records.items("取組内容"), *_all(records, rest)])),
        (FormCell(text="実践課", label=True), FormCell(text=one.department)),
        (FormCell(text="目標の達成", label=True), FormCell(text="")),
    ]
    yield (FormCell(text=one.year, label=True, down=len(fields)), *fields[0])
    yield from ((FormCell(text=""), *field) for field in fields[1:])
    yield _cell("評価・検証", records, label_across=wide)


def _aims(records: DraftRecords) -> list[DraftItem]:
    """What is to be reached: a form without a table of figures has its indicators in words."""
    return [*records.items("目標"), *map(as_item, records.indicators)]


def as_item(one: DraftIndicator) -> DraftItem:
    """An indicator in words."""
    said = (
        (_ROLE_NAMES[figure.role], figure.year, _with_unit(figure.value, one.unit)) for figure in one.figures
    )
    told = "、".join(" ".join(part for part in parts if part) for parts in said)
    return DraftItem(text=f"{one.name} {told}", marks=one.marks)


_ROLE_NAMES = {
    IndicatorRole.BASELINE: "基準値",
    IndicatorRole.ACTUAL: "実績",
    IndicatorRole.TARGET: "目標値",
}


def _all(records: DraftRecords, names: Sequence[str]) -> list[DraftItem]:
    return [item for name in names for item in records.items(name)]


def _cell(
    heading: str, records: DraftRecords, names: Sequence[str] = (), *, across: int = 1, label_across: int = 1
) -> FormRow:
    """A labelled cell that holds all items of its heading, and of further ones."""
    label = FormCell(text=heading, label=True, across=label_across)
    held = _joined([*records.items(heading), *_all(records, names)])
    return (label, FormCell(text=held.text, marks=held.marks, across=across))


def _joined(items: Sequence[DraftItem]) -> FormCell:
    marks = tuple(dict.fromkeys(n for item in items for n in item.marks))
    if len(items) == 1:
        return FormCell(text=items[0].text, marks=marks)
    return FormCell(text="\n".join(f"・{item.text}" for item in items), marks=marks)


def _line(text: str, *, label: bool = False) -> FormRow:
    return (FormCell(text=text, label=label),)


def _labels(*texts: str) -> FormRow:
    return tuple(FormCell(text=text, label=True) for text in texts)


def _values(*texts: str) -> FormRow:
    return tuple(FormCell(text=text) for text in texts)


def _short_year(fiscal_year: int) -> str:
    return f"R{fiscal_year - 2018}" if fiscal_year >= 2019 else f"H{fiscal_year - 1988}"


FORMS: dict[str, Callable[[Filling], Iterator[FormRow]]] = {
    "方針書": _policy,
    "業務棚卸表": _inventory,
    "取組結果報告書": _report,
    "推進プラン": _promotion,
}
