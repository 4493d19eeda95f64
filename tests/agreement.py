"""One sheet of each of the five forms, in each format: are its indicators and sections those of the text?

    python -m tests.agreement

The sheets are of the sample corpus, drawn by ``tests.ingest.sample_formats`` from the same text; of each form
the sheet with the most indicators and sections. Exit 1 where anything differs.
``python -m tests.ingest.format_agreement`` compares the whole documents.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.ingest.format_agreement import TEXT, Record, records, taken_as
from tests.ingest.sample_formats import FORMATS, sample_names

FORMS = (
    ("policy_statement", "方針書"),
    ("comprehensive_plan", "総合計画"),
    ("business_inventory", "業務棚卸表"),
    ("reform_report", "取組結果報告書"),
    ("promotion_plan", "推進プラン"),
)
KINDS = ("indicators", "sections")
Chosen = tuple[str, str]
"""The name of a document and the title of a sheet of it, as records give it."""


def sheet_of(layout: str) -> Chosen:
    """The sheet of a form with the most indicators, of those the one with the most sections."""
    names = [name for name in sample_names() if taken_as(name, TEXT).document.layout == layout]
    titles = [(name, str(record[0])) for name in names for record in records(name, TEXT, "sections")]
    return max(dict.fromkeys(titles), key=lambda one: [_of(one, TEXT, kind).total() for kind in KINDS])


def _of(chosen: Chosen, form: str, kind: str) -> Counter[Record]:
    name, title = chosen
    found = records(name, form, kind)
    return Counter({record: count for record, count in found.items() if record[0] == title})


def equal_of(chosen: Chosen, form: str, kind: str) -> tuple[int, int]:
    """How many records of a sheet are those of the text, of how many that either gives."""
    ours, theirs = _of(chosen, TEXT, kind), _of(chosen, form, kind)
    return (ours & theirs).total(), (ours | theirs).total()


def table() -> tuple[str, bool]:
    """The table in Markdown, and whether all is equal."""
    lines = ["| form | format | indicators | sections |", "|---|---|---|---|"]
    is_same = True
    for layout, name in FORMS:
        chosen = sheet_of(layout)
        for form in FORMATS:
            counts = [equal_of(chosen, form, kind) for kind in KINDS]
            is_same = is_same and all(equal == told for equal, told in counts) and counts[1][1] > 0
            cells = [f"{equal}/{told}" if told else "none in the form" for equal, told in counts]
            lines.append(f"| {name} | {form} | {' | '.join(cells)} |")
    return "\n".join(lines), is_same


def main() -> int:
    """Print the table; exit 1 where a record differs."""
    told, is_same = table()
    sys.stdout.write(told + "\n")
    return int(not is_same)


if __name__ == "__main__":
    raise SystemExit(main())
