"""The options that commands share, and what they come to: the library's folder and the filters."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import LibraryMissingError
from corpus.indicator import IndicatorRole

if TYPE_CHECKING:
    from qa.filter_words import FilterWords

FILTERS = "絞り込み"

Json = Annotated[bool, typer.Option("--json", help="JSON で出力します。")]
Towns = Annotated[
    list[str] | None, typer.Option("--municipality", help="自治体の名前かコード", rich_help_panel=FILTERS)
]
Prefectures = Annotated[
    list[str] | None, typer.Option("--prefecture", help="都道府県", rich_help_panel=FILTERS)
]
Years = Annotated[
    list[str] | None,
    typer.Option("--fiscal-year", help="年度（2024、令和6、R6、2020..2024）", rich_help_panel=FILTERS),
]
Departments = Annotated[
    list[str] | None, typer.Option("--department", help="部署の名前かその一部", rich_help_panel=FILTERS)
]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="文書の種別", rich_help_panel=FILTERS)]
Roles = Annotated[
    list[IndicatorRole] | None, typer.Option("--role", help="値の区分", rich_help_panel=FILTERS)
]
Sections = Annotated[
    list[str] | None, typer.Option("--section", help="見出しかその一部", rich_help_panel=FILTERS)
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without-expansion",
        help="使わない言い換え（「ゴミ出し→ごみの分別」か、言葉）",
        rich_help_panel=FILTERS,
    ),
]
AsTyped = Annotated[bool, typer.Option("--as-typed", help="言い換えを使わず、入力した言葉だけで探します。")]


class Settings:
    """The options that stand before the command."""

    data: Path | None = None


def library_folder() -> Path:
    """The library that the options name, else the default one.

    Raises:
        LibraryMissingError: the place leads nowhere.
    """
    from ui.library import default_library

    folder = Settings.data or default_library()
    try:
        folder.stat()
    except OSError as exc:
        if exc.errno != errno.ELOOP:  # that it is not there, or may not be seen, is for the command to tell
            return folder
        raise LibraryMissingError(
            f"ライブラリの場所を開けません: {folder}（{exc}）。--data か SHIRUBE_DATA を確かめてください。"
        ) from exc
    return folder


def filter_words(
    municipality: list[str] | None,
    prefecture: list[str] | None,
    fiscal_year: list[str] | None,
    department: list[str] | None,
    kind: list[str] | None,
    section: list[str] | None,
    *,
    widen: bool = True,
    without: list[str] | None = None,
) -> FilterWords:
    """The filters of the options."""
    from qa.filter_words import FilterWords

    return FilterWords(
        municipalities=tuple(municipality or ()),
        prefectures=tuple(prefecture or ()),
        fiscal_years=tuple(fiscal_year or ()),
        departments=tuple(department or ()),
        document_kinds=tuple(kind or ()),
        sections=tuple(section or ()),
        widen=widen,
        without=tuple(without or ()),
    )
