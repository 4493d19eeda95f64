"""What ``track`` gives: measures over the fiscal years, as JSON and as text.

The JSON is ``{"theme", "searched", "notices", "measures": [measure, …]}``. A measure has ``municipality``,
``municipality_code``, ``title``, ``former_titles``, ``department``, ``documents`` (titles, oldest first),
``points``, ``legend`` (``[{"mark", "meaning"}]``), ``reversals`` (``[{"fiscal_year", "kind", "text"}]``, the
kind being mark, value, target or stopped) and ``certainty`` (確認済み by a person, 確実, おそらく, 要確認).
A point has
``fiscal_year``, ``mark`` and ``meaning`` (empty for none), ``mark_citation``, ``values`` (as ``indicators``
gives them, each with its own ``citation``), ``aspect``, ``text`` (the source's words), ``citation`` (of the
text, else of the first figure, else of the mark) and ``change`` (``{"kinds", "text", "added", "removed"}``,
see ``qa.track_changes``).
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.citation import Citation
from corpus.fiscal_year import era_label, format_fiscal_year
from qa.track import Track
from qa.track_points import CitedValue, Measure, Point
from ui.indicator_form import ROLES, indicator_json
from ui.json_form import JsonObject, citation_json, searched_json


def track_json(found: Track) -> JsonObject:
    """The form of ``track``."""
    return {
        "theme": found.theme,
        "searched": searched_json(found.searched),
        "notices": list(found.notices),
        "measures": [measure_json(one) for one in found.measures],
    }


def measure_json(one: Measure) -> JsonObject:
    """One measure."""
    return {
        "municipality": one.municipality,
        "municipality_code": one.municipality_code,
        "title": one.title,
        "former_titles": list(one.former_titles),
        "department": one.department,
        "documents": list(one.documents),
        "points": [_point_json(point) for point in one.points],
        "legend": [{"mark": mark, "meaning": meaning} for mark, meaning in one.legend],
        "reversals": [
            {"fiscal_year": turn.fiscal_year, "kind": turn.kind, "text": turn.text} for turn in one.reversals
        ],
        "certainty": one.certainty.value,
    }


def citation_of(point: Point) -> Citation | None:
    """The citation of a year's text, else of its first figure, else of its mark."""
    if point.citation is not None:
        return point.citation
    return point.values[0].citation if point.values else point.mark_citation


def track_text(found: Track) -> str:
    """One block a measure, then the coverage line."""
    blocks = [*found.notices, *(_measure_text(one) for one in found.measures)]
    return "\n\n".join([*blocks, found.searched.sentence()])


def _point_json(point: Point) -> JsonObject:
    citation = citation_of(point)
    return {
        "fiscal_year": point.fiscal_year,
        "mark": point.mark,
        "meaning": point.meaning,
        "mark_citation": citation_json(point.mark_citation) if point.mark_citation else None,
        "values": [
            {**indicator_json(one.listed), "citation": citation_json(one.citation)} for one in point.values
        ],
        "aspect": point.aspect.value if point.aspect else None,
        "text": point.text,
        "citation": citation_json(citation) if citation else None,
        "change": {
            "kinds": list(point.change.kinds),
            "text": point.change.text,
            "added": list(point.change.added),
            "removed": list(point.change.removed),
        },
    }


def _measure_text(one: Measure) -> str:
    head = " ".join(part for part in (one.municipality, one.department, one.title) if part)
    lines = [f"■ {head}（つながり: {one.certainty.value}）"]
    if one.former_titles:
        lines.append(f"  以前の名前: {'、'.join(one.former_titles)}")
    marks = [point for point in one.points if point.mark]
    if marks:
        lines.append(f"  達成度: {' → '.join(f'{era_label(p.fiscal_year)} {p.mark}' for p in marks)}")
    if one.legend:
        lines.append(f"  凡例: {'、'.join(f'{mark} {meaning}' for mark, meaning in one.legend)}")
    for point in one.points:
        lines += _point_text(point)
    lines += [f"  ! {format_fiscal_year(turn.fiscal_year)} {turn.text}" for turn in one.reversals]
    return "\n".join(lines)


def _point_text(point: Point) -> Iterator[str]:
    mark = f" {point.mark}（{point.meaning}）" if point.mark and point.meaning else f" {point.mark}"
    yield f"  {format_fiscal_year(point.fiscal_year)}{mark.rstrip()}"
    for value in point.values:
        yield f"    {_value_text(value)}"
    if point.text:
        yield f"    「{' '.join(point.text.split())}」"
    citation = citation_of(point)
    if citation is not None:
        yield f"      （{citation.source}、{citation.locator.label()}）"
    if point.change.text:
        yield f"    変化: {point.change.text}"


def _value_text(value: CitedValue) -> str:
    one = value.listed.indicator
    printed = " ".join(one.value_text.split())
    unit = "" if one.value is None or printed.endswith(one.unit) else one.unit
    return f"{one.name} {ROLES[one.role]} {printed}{unit}"
