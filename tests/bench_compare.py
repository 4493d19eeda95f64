"""Speed of the tabs at a number of passages: comparing 50 and 500 towns, charts, files of 1,000 rows.

``python -m tests.bench_compare --size 100000 [--library FOLDER]`` builds the library (see
``tests.bench_sizes``) where the folder has none, and prints the figures as JSON. ``cpu_ms`` is the time of
the process itself, which other work on the machine hardly touches; ``load`` says how much of that there was.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import psutil

from corpus.store import STORE_NAME
from qa.engine import Engine
from qa.filter_words import FilterWords
from qa.indicator_groups import groups_of
from qa.indicator_series import series_of
from tests.bench_sizes import build, opened, spread
from ui.export_indicators import write_indicators_csv, write_indicators_xlsx
from ui.export_table import write_xlsx
from ui.heap import keep_for_ever
from ui.indicator_charts import charts_html

THEMES = ("多文化共生", "空き家", "公共施設", "職員研修", "ふるさと納税", "情報セキュリティ", "防災訓練")
ROUNDS = 2
SOME, MANY = 50, 500
ROWS = 1_000


def timed(works: list[Callable[[], object]]) -> dict[str, dict[str, float]]:
    """Median and 95th percentile of the works, by the clock and by the processor, after one round of each."""
    clock, processor = [], []
    for at in range(ROUNDS + 1):
        for work in works:
            begun, used = time.perf_counter(), time.process_time()
            work()
            if at:
                clock.append((time.perf_counter() - begun) * 1000)
                processor.append((time.process_time() - used) * 1000)
    return {"clock_ms": spread(clock), "cpu_ms": spread(processor)}


def comparing(engine: Engine, towns: int) -> dict[str, dict[str, float]]:
    """Comparing the first towns of the library on each theme."""
    words = FilterWords(municipalities=tuple(sorted(engine.facets.municipalities)[:towns]))
    return timed([lambda theme=theme: engine.compare(theme, words) for theme in THEMES])  # type: ignore[misc]


def charts_and_file(engine: Engine, folder: Path) -> dict[str, Any]:
    """The charts of one indicator of many towns, and an Excel file of 1,000 values."""
    found = engine.indicators("ふるさと納税")
    series = series_of(found.indicators)
    group = max(groups_of(series, engine.analyzer), key=lambda one: len(one.towns))
    values = list(islice(cycle(found.indicators), ROWS))
    one = replace(series[0], values={(year, v.indicator.role): v for year, v in enumerate(values)})
    path = folder / "indicators.xlsx"
    return {
        "chart_towns": len(group.towns),
        "charts": timed([lambda: charts_html(group, group.series)]),
        "xlsx_rows": len(one.values),
        "xlsx": timed([lambda: write_indicators_xlsx([one], "ふるさと納税", found.searched, path)]),
        "csv": timed([lambda: write_indicators_csv([one], folder / "indicators.csv")]),
    }


def compared_file(engine: Engine, folder: Path) -> dict[str, Any]:
    """An Excel file of a comparison of many towns; its quotations and figures are a row each."""
    words = FilterWords(municipalities=tuple(sorted(engine.facets.municipalities)[:MANY]))
    found, path = engine.compare(THEMES[0], words), folder / "compared.xlsx"
    cells = [cell for row in found.rows for cell in row.cells.values()]
    rows = sum(len(cell.passages) + len(cell.indicators) for cell in cells)
    return {"rows": rows, **timed([lambda: write_xlsx(found, path)])}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--library", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = given.library or Path(folder) / "library"
        if not (library / STORE_NAME).is_file():
            build(library, given.size)
        load = round(psutil.getloadavg()[0] / (psutil.cpu_count() or 1), 1)
        engine = opened(library)
        keep_for_ever()  # as a server does
        told = {
            "passages": engine.store.passage_count(),
            "towns": len(engine.facets.municipalities),
            "load": load,
            f"compare_{SOME}": comparing(engine, SOME),
            f"compare_{MANY}": comparing(engine, MANY),
            **charts_and_file(engine, Path(folder)),
            "compared_xlsx": compared_file(engine, Path(folder)),
        }
    print(json.dumps(told, ensure_ascii=False, indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
