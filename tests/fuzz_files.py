"""Damaged files by the hundred: each is to be read or refused with a reason, and nothing else may happen.

    python -m tests.fuzz_files 2000 [--seed 1]

Good files of every format are made, mutated at random (seeded) and taken into a library by worker processes.
What counts as a fault: a crash of the reading process, a reading beyond its time or memory, an unexpected
error of the program, a file that is taken in without any passage, a library that does not hold together.
The library that reads .xls makes room for every cell that a damaged file names, or gives up at once: its
processes are stopped as they should be, and counted apart.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import xlwt  # type: ignore[import-untyped]
from pptx import Presentation

from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from corpus.store import Store
from corpus.verification import store_faults
from corpus.zip_damage import DAMAGE
from ingest.identify import GivenFacts
from ingest.limits import IngestLimits
from ingest.report import FileReport, Outcome
from ingest.take_in import Job
from tests.ingest.hostile_files import PLAN, hidden_docx, hidden_pdf, plan_docx, plan_xlsx, zipped
from tests.ingest.library import take_files
from tests.ingest.pdf_drawing import typeset

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LIMITS = IngestLimits(seconds=60.0, memory_bytes=1_000 << 20)
# What is said where the program met the damage and not the reader; where a process was stopped or died.
BROKEN = "読み取れませんでした: "
STOPPED = ("時間がかかりすぎる", "メモリーが多すぎる", "異常終了")

Mutation = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What should not have happened, with the file that did it."""

    file: str
    told: str


def seeds() -> dict[str, bytes]:
    """Good files of every format."""
    markup = "".join(f"<p>{line}</p>" for line in PLAN.split("\n") if line)
    return {
        "plan.txt": PLAN.encode(),
        "old.txt": PLAN.encode("cp932"),
        "plan.csv": PLAN.replace("\t", ",").encode("cp932"),
        "plan.html": f"<html><body><h1>計画</h1>{markup}<table><tr><td>件数<td>1</table>".encode(),
        "plan.docx": plan_docx(),
        "hidden.docx": hidden_docx(),
        "plan.xlsx": plan_xlsx(),
        "plan.xls": _xls(),
        "plan.pptx": _pptx(),
        "plan.pdf": typeset(PLAN),
        "hidden.pdf": hidden_pdf(),
        "plan.zip": zipped({"月見浦市/a.txt": PLAN.encode(), "月見浦市/b.docx": plan_docx()}),
    }


def mutated(name: str, data: bytes, chance: random.Random) -> bytes:
    """A file with some damage; of a package, often of a part of it."""
    for _ in range(chance.randint(1, 3)):
        if data.startswith(b"PK") and chance.random() < 0.6:
            data = _in_part(data, chance)
        else:
            data = chance.choice(MUTATIONS)(data, chance)
    return data


def run(count: int, seed: int, folder: Path, workers: int | None = None) -> tuple[list[Fault], Counter[str]]:
    """Take damaged files in; the faults, and how many files had which outcome."""
    chance = random.Random(seed)
    good = sorted(seeds().items())
    offered = folder / "月見浦市"
    offered.mkdir(parents=True)
    for number in range(count):
        name, data = good[number % len(good)]
        (offered / f"{number:05d}_{name}").write_bytes(mutated(name, data, chance))
    table = MunicipalityTable.load(sample_municipalities())
    library = folder / "library"
    job = Job(given=GivenFacts(), table=table, limits=LIMITS, now=NOW, workers=workers)
    reports = take_files(library, [offered], job)
    found = [fault for report in reports if (fault := _fault(report)) is not None]
    outcomes = Counter(report.outcome.value for report in reports)
    outcomes["stopped"] = sum(any(words in report.reason for words in STOPPED) for report in reports)
    return [*found, *_damage(Store.open(library))], outcomes


def _fault(report: FileReport) -> Fault | None:
    if report.outcome is Outcome.REFUSED:
        stopped = any(words in report.reason for words in STOPPED)
        bad = report.path.suffix != ".xls" if stopped else BROKEN in report.reason
        bad = bad or not report.reason.endswith("。")
        return Fault(file=str(report.path), told=report.reason) if bad else None
    return None if report.passages else Fault(file=str(report.path), told="taken in without a passage")


def _damage(store: Store) -> list[Fault]:
    """Whether every passage can be read again at its place, and the library verifies."""
    reader = store.reader
    found = []
    for _, passage in reader.passages():
        again = [reader.text_at(passage.document_id, segment) for segment in passage.segments]
        if "\n".join(map(str, again)) != passage.text or not passage.text.strip() or not passage.locators:
            found.append(Fault(file=passage.passage_id, told="a passage is not at its place"))
    with store.snapshot() as connection:
        found += [Fault(file=one.where, told=one.line) for one in store_faults(connection)]
    return found


def _flip(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 4, 32))):
        if found:
            found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _hole(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randrange(1, 400) :]


def _double(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.randrange(1, 400)]
    return data[:start] + part * chance.choice((2, 50)) + data[start:]


def _number(data: bytes, chance: random.Random) -> bytes:
    """A figure in the file's own text made absurd: a length, a count, a place."""
    places = [at for at, one in enumerate(data) if 0x30 <= one <= 0x39]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + chance.choice((b"-1", b"0", b"99999999", b"4294967295", b"1e999")) + data[at + 1 :]


def _word(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice((b"\0", b"<", b"&#0;", b"\xed\xa0\x80", b"\r", b"]]>", b'"')) + data[at:]


MUTATIONS: tuple[Mutation, ...] = (_flip, _cut, _hole, _double, _number, _word)


def _in_part(data: bytes, chance: random.Random) -> bytes:
    """A package with one of its parts damaged, or taken away."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except DAMAGE:
        return data
    if not parts:
        return data
    name = chance.choice(sorted(parts))
    if chance.random() < 0.1:
        del parts[name]
    else:
        parts[name] = chance.choice(MUTATIONS)(parts[name], chance)
    return zipped(parts)


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("指標")
    for row, line in enumerate(PLAN.split("\n")):
        for column, cell in enumerate(line.split("\t")):
            sheet.write(row, column, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _pptx() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes[0].text_frame.text = "月見浦市 相談窓口の指針"
    slide.shapes[1].text_frame.text = PLAN
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def main() -> int:
    """Run from the command line; exit 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the files that did it")
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        faults, outcomes = run(asked.count, asked.seed, Path(folder))
        for fault in faults:
            sys.stdout.write(f"{fault.file}: {fault.told}\n")
            if asked.keep is not None and Path(fault.file).is_file():
                asked.keep.mkdir(parents=True, exist_ok=True)
                (asked.keep / Path(fault.file).name).write_bytes(Path(fault.file).read_bytes())
    sys.stdout.write(
        f"{asked.count} files, {dict(outcomes)}, {len(faults)} faults, {time.monotonic() - begun:.0f} s\n"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
