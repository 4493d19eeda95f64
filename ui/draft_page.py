"""What the 起案支援 tab does, apart from Gradio: themes and drafts in, HTML and text out; nothing is kept.

The draft and the places of its sources are with the browser; each time they are read again from the library,
so that a footnote never says what a document does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.errors import InputError
from corpus.indicator import IndicatorRole
from corpus.span import Span
from qa.compare_cells import CitedHit
from qa.draft_check import copied_from
from qa.engine import Engine
from qa.filter_words import FilterWords
from qa.indicator_series import Series, plain_name, series_of
from ui.draft_forms import ALL_SECTIONS, FormSection, by_section
from ui.draft_indicators import figures_told
from ui.draft_records import INDICATORS, indicator_line
from ui.draft_sources import MOST, precedents_at
from ui.draft_text import marks_in, with_sentences
from ui.draft_view import checked_html, precedents_html
from ui.page_work import guarded
from ui.result_view import error_html
from ui.tab_start import NO_DOCUMENTS, tab_start_html
from ui.view_link import ViewLink, view_html
from ui.web_message import web_message

EXAMPLES = ("多文化共生", "空き家", "公共施設", "職員研修")
TAB = "draft-tab"
MOST_INDICATORS = 12
_TOPIC = re.compile(r"^[①-⑳]\s*")
"""The number of a topic, which belongs to the form that the sentence was taken from."""

FAILED = "先例を示せませんでした"
Pick = tuple[str, str]
"""The place of a sentence, and the heading that it goes below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What precedents are wanted.

    Attributes:
        theme: what they are about.
        form: one of ``FORMS``, or the name of a form that was read from a file.
        heading: the part of the form, ``ALL_SECTIONS`` for all.
        words: the limits.
        same_form: whether only documents of that form count.
        own: the parts of a form that was read from a file.
    """

    theme: str
    form: str
    heading: str
    words: FilterWords = field(default_factory=FilterWords)
    same_form: bool = False
    own: tuple[FormSection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft with the places of its sources, by number; and why something could not be done, if so."""

    text: str
    sources: tuple[str, ...]
    fault: str = ""


def draft_start() -> str:
    """The tab before a theme."""
    return tab_start_html(
        "先例から下書きを作る",
        (
            "テーマと様式を選ぶと、ほかの資料の書きぶりを、欄ごと・言い回しごとに示します。",
            "使いたい文を選ぶと、出典の番号が付いた下書きになり、続けて編集できます。",
            "自治体名・年度・数値の写し残しを知らせ、出典を脚注にした Word で保存できます。",
        ),
        EXAMPLES,
    )


class DraftPage:
    """The tab over one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self) -> str:
        """The tab before a theme."""
        return draft_start()

    def precedents(self, asked: Asked) -> str:
        """The wordings, or why there are none; without a theme the start."""
        if not asked.theme.strip():
            return self.start()
        return guarded(lambda: self._precedents(asked), lambda why: error_html(why, FAILED))

    def _precedents(self, asked: Asked) -> str:
        if not self._engine.store.documents():
            return NO_DOCUMENTS
        words = replace(asked.words, document_kinds=(asked.form,)) if asked.same_form else asked.words
        found = self._engine.precedents(asked.theme.strip(), words)
        extras = {"form": asked.form, "heading": asked.heading}
        link = ViewLink(tab=TAB, text=asked.theme.strip(), words=asked.words, extras=extras)
        sections = by_section(asked.form, asked.heading, found.groups, asked.own)
        wants = asked.heading == ALL_SECTIONS or INDICATORS in asked.heading or asked.heading == "目標"
        indicators = self._indicators(asked.theme.strip(), words) if wants else []
        return precedents_html(found, sections, indicators) + view_html(link)

    def _indicators(self, theme: str, words: FilterWords) -> list[Series]:
        """Indicators of the theme that have a baseline or a target to think of."""
        listed = self._engine.indicators(theme, words)
        wanted = (IndicatorRole.BASELINE, IndicatorRole.TARGET)
        series = [one for one in series_of(listed.indicators) if one.numbers]
        aimed = [one for one in series if any(one.last_of(role) for role in wanted)]
        return aimed[:MOST_INDICATORS] or series[:MOST_INDICATORS]

    def take(self, draft: Draft, picks: Sequence[Pick], title: str) -> Draft:
        """The draft with the sentences that were picked; those that it holds already are left out."""

        def make() -> Draft:
            kept = _numbered(draft)
            held, sources = marks_in(kept.text), list(kept.sources)
            taken = []
            for place, heading in picks:
                if place not in sources and len(sources) < MOST:
                    sources.append(place)
                if place in sources and sources.index(place) + 1 not in held:
                    taken.append((heading, sources.index(place) + 1))
            cited = precedents_at(self._engine.store, sources)
            sentences = [(heading, self._words(heading, cited[n - 1]), n) for heading, n in taken]
            return Draft(text=with_sentences(kept.text, title, sentences), sources=tuple(sources))

        return guarded(make, lambda why: replace(draft, fault=why))

    def _words(self, heading: str, cited: CitedHit) -> str:
        """What goes into the draft: a sentence without its number, of an indicator its name with blanks."""
        if heading != INDICATORS:
            return _TOPIC.sub("", cited.citation.quote)
        passage, span = cited.citation.passage_id, Span(cited.citation.start, cited.citation.end)
        held = self._engine.store.indicators([passage])
        own = next((one for one in held if one.span == span), None)
        if own is None:
            return cited.citation.quote
        same = [one for one in held if one.name == own.name]
        town = cited.hit.document.municipality
        return indicator_line(plain_name(own.name), own.unit, f"{town} {figures_told(same)}")

    def check(self, draft: Draft, own_town: str) -> str:
        """What of the draft is to be looked at, its sources, and the button that saves it."""

        def make() -> str:
            own, fault = self._own(own_town)
            cited = precedents_at(self._engine.store, draft.sources)
            held = marks_in(draft.text)
            findings = copied_from(draft.text, cited, own, self._engine.table)
            kept = [one for one in cited if one.citation.n in held]
            return checked_html(draft.text, draft.sources, kept, findings, draft.fault or fault)

        return guarded(make, lambda why: error_html(why, "下書きを確かめられませんでした"))

    def _own(self, named: str) -> tuple[str, str]:
        """The code of the writer's own town, empty where none is named; and why it cannot be told."""
        if not named.strip():
            return "", ""
        try:
            return self._engine.table.resolve(named.strip()).code, ""
        except InputError as exc:
            return "", web_message(exc)


def _numbered(draft: Draft) -> Draft:
    """An emptied draft begins anew, with no sources."""
    return draft if draft.text.strip() else Draft(text="", sources=())
