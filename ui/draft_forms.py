"""The forms that staff draft: which parts they have, and what each part tells; data for the 起案支援 tab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.aspect_words import Aspect
from qa.aspects import aspects_of_heading
from qa.precedents import PatternGroup

ALL_SECTIONS = "すべての欄"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """A part of a form: its heading, and what it tells."""

    heading: str
    aspects: tuple[Aspect, ...]


def _section(heading: str, *aspects: Aspect) -> FormSection:
    return FormSection(heading=heading, aspects=aspects)


def section_of(heading: str) -> FormSection:
    """A part of any form, by what headings of plans tell."""
    return FormSection(heading=heading, aspects=tuple(sorted(aspects_of_heading(heading))))


FORMS: dict[str, tuple[FormSection, ...]] = {
    "方針書": (
        _section("現状と課題", Aspect.ISSUE),
        _section("取組方針", Aspect.POLICY),
        _section("取組内容", Aspect.ACTION),
        _section("レビュー", Aspect.OUTCOME),
    ),
    "業務棚卸表": (
        _section("目的", Aspect.POLICY),
        _section("課題", Aspect.ISSUE),
        _section("行政活動", Aspect.ACTION),
        _section("成果", Aspect.OUTCOME),
        _section("指標", Aspect.INDICATOR),
    ),
    "取組結果報告書": (
        _section("取組内容", Aspect.ACTION),
        _section("取組成果", Aspect.OUTCOME),
        _section("取組課題と次年度以降の方針", Aspect.ISSUE, Aspect.POLICY),
    ),
    "推進プラン": (
        _section("目指す姿", Aspect.POLICY),
        _section("目標", Aspect.INDICATOR),
        _section("取組内容", Aspect.ACTION),
        _section("評価・検証", Aspect.OUTCOME, Aspect.ISSUE),
    ),
}
FIRST_FORM = next(iter(FORMS))


def headings_of(form: str, own: Sequence[FormSection] = ()) -> list[str]:
    """The headings to choose from, all of them first; ``own`` are those of another form than ``FORMS``."""
    return [ALL_SECTIONS, *(one.heading for one in FORMS.get(form, own))]


def by_section(
    form: str, heading: str, groups: Sequence[PatternGroup], own: Sequence[FormSection] = ()
) -> list[tuple[str, list[PatternGroup]]]:
    """The groups under the form's headings, in its order; what fits none stands last, under its own name.

    Args:
        form: one of ``FORMS``, or another one.
        heading: of the part wanted, ``ALL_SECTIONS`` for all.
        groups: the wordings found.
        own: the parts of a form that is none of ``FORMS``.
    """
    sections = FORMS.get(form, own)
    chosen = [one for one in sections if heading in (ALL_SECTIONS, one.heading)] or list(sections)
    found = [(one.heading, [group for group in groups if group.section in one.aspects]) for one in chosen]
    if heading == ALL_SECTIONS:
        told = {aspect for one in sections for aspect in one.aspects}
        rest = [aspect for aspect in Aspect if aspect not in told]
        found += [(one.value, [group for group in groups if group.section is one]) for one in rest]
    return [(title, members) for title, members in found if members]
