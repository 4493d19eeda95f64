"""Whether a document gives the same records in each format.

``python -m tests.ingest.format_agreement [--misses]`` prints the share by layout and format. The text of the
sample corpus is the measure. White space is no difference, for paper breaks lines where text does not;
everything else is one.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.fiscal_year import parse_fiscal_year
from corpus.sample_corpus import SAMPLES
from ingest.file_type import file_type
from ingest.readers import reader_of
from tests.ingest.sample_formats import FORMATS, made, sample_names
from tests.ingest.taken_in import Taken, taken

Record = tuple[object, ...]
KINDS = ("sheets", "sections", "indicators", "marks", "words")
TEXT = "txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of the records of one kind: how many are equal of how many, and those that one side lacks."""

    equal: int
    told: int
    lost: tuple[Record, ...]
    added: tuple[Record, ...]


@cache
def taken_as(name: str, form: str) -> Taken:
    """A document of the sample corpus, taken in from one format."""
    data = (SAMPLES / name).read_bytes() if form == TEXT else made(name, form)
    extension = ".txt" if form == TEXT else FORMATS[form][0]
    source = name.removesuffix(".txt") + extension
    read = reader_of(file_type(source, data)).read(data)
    return taken(source, data, read, _years()[name])


@cache
def _years() -> dict[str, int]:
    with (SAMPLES / "manifest.csv").open(encoding="utf-8") as file:
        return {row["file"]: parse_fiscal_year(row["fiscal_year"]) for row in csv.DictReader(file)}


def records(name: str, form: str, kind: str) -> Counter[Record]:
    """A document's records of one kind."""
    return Counter(_RECORDS[kind](taken_as(name, form)))


def agreement(name: str, form: str, kind: str) -> Agreement:
    """A format's records beside those of the text."""
    ours, theirs = records(name, TEXT, kind), records(name, form, kind)
    return Agreement(
        equal=(ours & theirs).total(),
        told=max(ours.total(), theirs.total()),
        lost=tuple((ours - theirs).elements()),
        added=tuple((theirs - ours).elements()),
    )


def _sheets(one: Taken) -> Iterator[Record]:
    for sheet in one.sheets:
        yield one.document.layout, _bare(sheet.title), *map(_bare, sheet.departments), sheet.fiscal_years


def _sections(one: Taken) -> Iterator[Record]:
    yield from dict.fromkeys(
        (_sheet(one, p.sheet_ordinal), *map(_bare, p.section_path)) for p in one.passages
    )


def _indicators(one: Taken) -> Iterator[Record]:
    ordinals = {passage.passage_id: passage.sheet_ordinal for passage in one.passages}
    for found in one.indicators:
        value = _bare(found.value_text) if found.value is None else found.value
        sheet = _sheet(one, ordinals[found.passage_id])
        yield sheet, _bare(found.name), found.role.value, found.fiscal_year, value, found.unit


def _marks(one: Taken) -> Iterator[Record]:
    for sheet in one.sheets:
        yield from ((_bare(sheet.title), mark.fiscal_year, mark.mark) for mark in sheet.progress)


def _words(one: Taken) -> Iterator[Record]:
    """What stands in each section, however it is cut into passages; list marks are no words."""
    found: dict[Record, str] = {}
    for passage in one.passages:
        place: Record = (_sheet(one, passage.sheet_ordinal), *map(_bare, passage.section_path))
        found[place] = found.get(place, "") + _bare(passage.text)
    for place, words in found.items():
        yield *place, words


def _sheet(one: Taken, ordinal: int | None) -> str:
    return "" if ordinal is None else _bare(one.sheets[ordinal - 1].title)


def _bare(text: str) -> str:
    return "".join(text.split())


_RECORDS = {
    "sheets": _sheets,
    "sections": _sections,
    "indicators": _indicators,
    "marks": _marks,
    "words": _words,
}


def table() -> str:
    """The share of records that are equal, by layout and format."""
    layouts: dict[str, list[str]] = {}
    for name in sample_names():
        layouts.setdefault(taken_as(name, TEXT).document.layout, []).append(name)
    lines = [f"| layout | format | {' | '.join(KINDS)} |", "|---|---|" + "---|" * len(KINDS)]
    for layout, names in layouts.items():
        for form in FORMATS:
            cells = []
            for kind in KINDS:
                found = [agreement(name, form, kind) for name in names]
                equal, told = sum(one.equal for one in found), sum(one.told for one in found)
                cells.append(f"{equal / told:.1%} of {told}" if told else "–")
            lines.append(f"| {layout} | {form} | {' | '.join(cells)} |")
    return "\n".join(lines)


def misses() -> Iterator[str]:
    """Each record that a format loses or adds."""
    for name in sample_names():
        for form in FORMATS:
            for kind in KINDS:
                found = agreement(name, form, kind)
                yield from (f"{name} {form} {kind} - {record}" for record in found.lost)
                yield from (f"{name} {form} {kind} + {record}" for record in found.added)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--misses", action="store_true", help="name each record that differs")
    print(table())  # noqa: T201
    if parser.parse_args().misses:
        print("\n".join(misses()))  # noqa: T201
