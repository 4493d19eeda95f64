"""What the 比較 tab does, apart from Gradio: a theme and municipalities in, HTML out; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence

from qa.engine import Engine
from qa.filter_words import FilterWords
from ui.compare_view import comparison_html
from ui.export_places import export_place
from ui.page_work import guarded
from ui.result_view import error_html
from ui.tab_start import NO_DOCUMENTS, tab_start_html

EXAMPLES = ("多文化共生", "空き家", "公共施設", "職員研修", "防災訓練")
FAILED = "比べられませんでした"


def compare_start() -> str:
    """The tab before a theme: what it is for, by examples."""
    return tab_start_html(
        "自治体を並べて比べる",
        (
            "テーマを入力すると、自治体ごとの課題・方針・取組・成果・指標を、原文の引用で1つの表に並べます。",
            "自治体を選ばなければ、ライブラリのすべての自治体を比べます。",
            "表は Excel と CSV で保存できます。どの記述にも出典が付きます。",
        ),
        EXAMPLES,
    )


class ComparePage:
    """The tab over one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self) -> str:
        """The tab before a theme: what it is for, by examples."""
        return compare_start()

    def compare(self, theme: str, towns: Sequence[str]) -> str:
        """The matrix, or why there is none; without a theme the start."""
        if not theme.strip():
            return self.start()
        return guarded(lambda: self._compare(theme.strip(), towns), lambda why: error_html(why, FAILED))

    def _compare(self, theme: str, towns: Sequence[str]) -> str:
        if not self._engine.store.documents():
            return NO_DOCUMENTS
        found = self._engine.compare(theme, FilterWords(municipalities=tuple(towns)))
        exports = [
            ("Excel で保存", export_place("compare.xlsx", theme, towns)),
            ("CSV で保存", export_place("compare.csv", theme, towns)),
        ]
        return comparison_html(found, exports)
