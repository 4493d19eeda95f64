"""The address that reopens a view: its tab, what was typed and the limits, as the page's own query string.

A field's values stand in one parameter, because Gradio hands only the last of several of one name on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from qa.filter_words import FilterWords
from ui.markup import button, esc

LISTS = {
    "municipality": "municipalities",
    "prefecture": "prefectures",
    "year": "fiscal_years",
    "department": "departments",
    "kind": "document_kinds",
    "section": "sections",
}
"""The parameters of the fields of ``FilterWords``."""

BETWEEN = "|"
LONGEST = 4_000
MOST_VALUES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLink:
    """A view.

    Attributes:
        tab: the id of its tab, empty for none.
        text: the question or theme.
        words: the limits.
        extras: what else the tab is set to, by parameter.
    """

    tab: str = ""
    text: str = ""
    words: FilterWords = field(default_factory=FilterWords)
    extras: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> str:
        """The query string with its question mark."""
        held = {
            "tab": self.tab.removesuffix("-tab"),
            "q": self.text,
            **words_params(self.words),
            **self.extras,
        }
        return "?" + urlencode({name: value for name, value in held.items() if value})

    @classmethod
    def read(cls, params: Mapping[str, str]) -> ViewLink:
        """The view that a query string names; what it does not know is passed over as an extra."""
        tab = params.get("tab", "")
        known = {"tab", "q", *LISTS}
        return cls(
            tab=f"{tab}-tab" if tab else "",
            text=params.get("q", "")[:LONGEST],
            words=words_from(params),
            extras={name: value[:LONGEST] for name, value in params.items() if name not in known},
        )


def words_params(words: FilterWords) -> dict[str, str]:
    """The limits as parameters, the empty ones left out."""
    return {name: BETWEEN.join(values) for name, field in LISTS.items() if (values := getattr(words, field))}


def words_from(params: Mapping[str, str]) -> FilterWords:
    """The limits that parameters name."""
    given: dict[str, Any] = {
        field: tuple(one for one in params.get(name, "").split(BETWEEN) if one)[:MOST_VALUES]
        for name, field in LISTS.items()
    }
    return replace(FilterWords(), **given)


def view_html(link: ViewLink) -> str:
    """The buttons that take a view along: its address, and paper."""
    place = link.written()
    return (
        f'<div class="actions view" data-view="{esc(place)}">'
        f"{button('この画面へのリンクをコピー', 'link', place)}{button('印刷', 'print', '')}</div>"
    )
