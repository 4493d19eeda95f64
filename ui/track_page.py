"""What the 経年 tab does, apart from Gradio: a theme and municipalities in, HTML out; nothing is kept."""

from __future__ import annotations

from qa.engine import Engine
from qa.filter_words import FilterWords
from ui.page_work import guarded
from ui.result_view import error_html
from ui.tab_start import NO_DOCUMENTS, tab_start_html
from ui.track_view import track_html
from ui.view_link import ViewLink, view_html

EXAMPLES = ("ふるさと納税", "空き家", "職員研修", "△の取組", "遅れている取組")
TAB = "track-tab"
FAILED = "推移を示せませんでした"


def track_start() -> str:
    """The tab before a theme."""
    return tab_start_html(
        "年度を追って見る",
        (
            "テーマを入力すると、取組の達成度と指標の値を、年度の順に並べます。",
            "数値には単位と年度が付き、押すと原文の該当箇所が開きます。",
            "「△の取組」「遅れている取組」のように探すと、その印が付いたことのある取組を並べます。",
        ),
        EXAMPLES,
    )


class TrackPage:
    """The tab over one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self) -> str:
        """The tab before a theme."""
        return track_start()

    def track(self, theme: str, words: FilterWords) -> str:
        """The measures, or why there are none; without a theme the start."""
        if not theme.strip():
            return self.start()
        return guarded(lambda: self._track(theme.strip(), words), lambda why: error_html(why, FAILED))

    def _track(self, theme: str, words: FilterWords) -> str:
        if not self._engine.store.documents():
            return NO_DOCUMENTS
        link = ViewLink(tab=TAB, text=theme, words=words)
        return track_html(self._engine.track(theme, words)) + view_html(link)
