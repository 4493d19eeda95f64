"""Of random passages, how many have at the place that a citation shows just their words.

    python -m tests.boxes [--passages 200] [--originals ../shared/originals]

The sample corpus is drawn as PDF, with and without rules, and as workbooks; beside it stand PDFs that are
hard to read, and published originals where a folder holds some. Exit 1 where fewer than 99 % of a PDF's or
100 % of a workbook's are the same.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.ingest.boxes_held import MOST, Held, chosen, pdf_passages, xlsx_passages
from tests.ingest.hard_pdfs import CASES
from tests.ingest.sample_formats import made, sample_names

ORIGINALS = Path("../shared/originals")
SHOWN = 5
LEAST = {"pdf": 0.99, "xlsx": 1.0}


def pools(originals: Path) -> dict[tuple[str, str], list[Held]]:
    """The passages by what they are of and their format."""
    found: dict[tuple[str, str], list[Held]] = {
        ("sample corpus, ruled", "pdf"): _of(made(name, "pdf ruled") for name in sample_names()),
        ("sample corpus, unruled", "pdf"): _of(made(name, "pdf unruled") for name in sample_names()),
        ("hard to read", "pdf"): _of(make()[0] for make in CASES),
        ("sample corpus", "xlsx"): [one for n in sample_names() for one in xlsx_passages(made(n, "xlsx"))],
    }
    for path in sorted(originals.glob("*.pdf")):
        found[path.stem, "pdf"] = pdf_passages(path.read_bytes())
    for path in sorted(originals.glob("*.xlsx")):
        found[path.stem, "xlsx"] = xlsx_passages(path.read_bytes())
    return found


def _of(files: Iterable[bytes]) -> list[Held]:
    return [one for data in files for one in pdf_passages(data)]


def main() -> int:
    """Print the rates as a table, then each passage that differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=MOST)
    parser.add_argument("--originals", type=Path, default=ORIGINALS)
    asked = parser.parse_args()
    found = pools(asked.originals)
    for form in LEAST:
        found[f"all {form}", form] = [one for (_, of), held in found.items() if of == form for one in held]
    lines, differing, is_short = (
        ["| passages of | format | looked at | the same | of |", "|---|---|---|---|---|"],
        [],
        False,
    )
    for (name, form), held in found.items():
        looked_at = chosen(held, asked.passages)
        same = sum(one.is_same for one in looked_at)
        lines.append(f"| {name} | {form} | {len(looked_at)} | {same / len(looked_at):.1%} | {len(held)} |")
        differing += [f"{name}: {one.cited!r}\n  {one.there!r}" for one in looked_at if not one.is_same][
            :SHOWN
        ]
        is_short = is_short or same < LEAST[form] * len(looked_at)
    sys.stdout.write("\n".join([*lines, "", *differing]) + "\n")
    return int(is_short)


if __name__ == "__main__":
    raise SystemExit(main())
