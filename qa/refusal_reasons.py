"""How it is said that a question is not answered: what of it is missing, and what comes nearest."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.folding import fold
from index.terms import TermAnalyzer
from qa.refusal_demands import Form
from qa.refusal_evidence import Case
from qa.refusal_features import Features
from qa.refusal_focus import focus_of

SHOWN_WORDS = 2
GIVEN = 0.5
"""Below this the demanded form is not given about the topic."""


def unmet_sentence(case: Case, features: Features, analyzer: TermAnalyzer) -> str:
    """What of the question no passage about its topic holds (Japanese)."""
    focus = focus_of(case, analyzer)
    said = []
    unheard = _joined(fold(case.question).text, [focus.surfaces.get(word, "") for word in focus.unheard])
    if unheard:
        words = "".join(f"「{word}」" for word in unheard[:SHOWN_WORDS])
        said.append(f"{words}という言葉は、検索した資料に見当たりません。")
    if focus.demand is not None and focus.demand.form is Form.PREMISE:
        said.append(f"「{focus.demand.said}」と述べた箇所は、この内容の資料に見当たりません。")
    elif focus.demand is not None and (features.form < GIVEN or focus.demand.form is not Form.FIGURE):
        said.append(f"「{focus.demand.said}」に当たる記載は、この内容の資料に見当たりません。")
    return "".join(said) or "お尋ねの内容について書かれた箇所は見つかりませんでした。"


def _joined(text: str, words: Sequence[str]) -> list[str]:
    """Words that a folded question holds, those that follow each other as one (プロ野球)."""
    joined: list[str] = []
    for word in filter(None, words):
        if joined and joined[-1] + word in text:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def nearest_sentence(case: Case) -> str:
    """Which passage comes nearest, empty where none shares a telling word with the question (Japanese)."""
    leading = case.leading(case.found.hits)
    if not leading:
        return ""
    hit = leading[0]
    sheet = hit.sheet.title if hit.sheet else ""
    parts = dict.fromkeys(part for part in (sheet, *hit.passage.section_path[-1:]) if part)
    place = f"の「{' '.join(' '.join(parts).split())}」" if parts else ""
    return f"最も近い内容は{hit.document.municipality}「{hit.document.title}」{place}にあります。"
