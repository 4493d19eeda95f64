"""The date that a question asks for: a day, a month, a fiscal year, a weekday or a period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.fiscal_year import era_label
from corpus.folding import fold
from corpus.passage import PassageKind
from qa.figures import with_unit
from qa.question_kind import Asked
from qa.short_candidate import Candidate
from qa.short_cells import label_of
from qa.short_closeness import closeness
from qa.short_deeds import dates_deed, deed_of
from qa.short_slots import PARTICLES_ALIKE
from qa.short_statements import Statement
from qa.short_topic import Topic
from qa.short_yearly import under_one_heading

STATEMENTS_READ = 10
SPOKEN_OF = 0.6
"""The share of the best statement's score that a sentence with a date needs to be about the topic."""

CLOSE = 0.4
FOLLOWS = 0.4
COUNTED_NOUN = 10
HEADER_SHARE = 0.15
BEHIND = 0.2
MOST_YEARS = 3
MORE_EXACT = 0.3
RANGE_FIT = 0.5
SAME_ROW = 0.25
VERB_FIT = 0.15
DEED_FIT = 0.45
SAID_FIT = 0.2
"""What a date gains where its sentence says the deed further on."""

DEED_SPOKEN = 0.6
"""How much less a sentence need speak of the topic that says the deed asked for, beside those that do not."""

LABEL_FIT = 0.4
STATE_COST = 0.12

_ERA = r"(?:(?:令和|平成|昭和) ?|[rhs])(?:元|\d{1,2})(?: ?年度| ?年|\.\d{1,2}(?!\d))?"
_YEAR = rf"(?:{_ERA}|(?:19|20)\d\d ?年度?|(?<!\d)\d{{1,2}} ?年度)"
_DAY = r"\d{1,2}月(?: ?\d{1,2}日|末|上旬|中旬|下旬|初旬|半ば)?"
_NEXT = r"(?:(?:翌年度|翌年|今年度|本年度|次年度|来年度|同年度|同年)(?:末|内|当初|中)?|年度(?:末|内|当初|中))"
_WEEKDAY = r"(?:毎週|毎月第\d|第\d)?[月火水木金土日](?:曜日?)(?:の[朝昼夜])?"
_CLOCK = r"(?:午前|午後)?\d{1,2}時(?:\d{1,2}分|半)?(?!間)"
_POINT = (
    rf"(?:(?:{_YEAR})(?:\([^()]{{1,8}}\))?(?:の?(?:{_DAY}|末|当初|上半期|下半期|前期|後期|中|度末))?"
    rf"|(?:{_NEXT})?の?(?:{_DAY})|{_NEXT}|上半期|下半期)(?:\([月火水木金土日]\))?"
)
_DAYS_OF_MONTH = (
    r"(?:毎月)?第\d(?:[・、と]第?\d)*[月火水木金土日]曜日?|毎月\d{1,2}日|毎週[月火水木金土日]曜日?"
)
_DATE = re.compile(
    rf"(?:{_DAYS_OF_MONTH})(?:の?(?:午前|午後)\d{{1,2}}時)?|(?:{_POINT})(?:(?:から|~|-|より)(?:{_POINT})(?:まで)?(?:の\d+(?:年間|か年|か月間|日間))?)?"
)
_VERB = re.compile(r"[一-鿿々]{1,2}")
_SPAN_ASKED = re.compile(r"から(?:いつ|何[^、。]{1,3})まで")
_RANGE = re.compile(r"から|~|-")
_RELATIVE = re.compile(r"翌年|今年|本年|次年|来年")
_WEEKDAYS = re.compile(_WEEKDAY)
_CLOCKS = re.compile(rf"{_CLOCK}(?:(?:から|~|-){_CLOCK})?(?:まで)?")
_TOLD = (_DATE, _WEEKDAYS, _CLOCKS)
MOST_ASKED = re.compile(r"最(?![後近初終新])|一番|いちばん|ピーク")
_LEAST = re.compile(r"少な|低|小さ|短|落ち込|底を")
_HAPPENED = re.compile(r"(?:起き|起こっ|発生し|生じ|あっ|行わ|行っ|実施し|開か|開催し|出)[れ]?た(?:の|ん)は")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def date_candidate(question: str, asked: Asked, found: Sequence[Statement], topic: Topic) -> Candidate | None:
    """The date closest to what was asked; for 「最も多い年度」 the year of the highest cell of the row."""
    text = fold(question).text
    unit = asked.units[0] if asked.units else ""
    if unit in ("", "年度", "年"):
        named = _extreme_year(text, found) or _year_of_value(text, found) or _eventful_year(text, found)
        if named is not None:
            return named
    least, deed = SPOKEN_OF * found[0].score if found else 0.0, deed_of(asked)
    told = [
        one
        for one in found
        if (one.cell is None or _tells_when(one))
        and one.score >= (DEED_SPOKEN * least if deed and deed.search(one.text) else least)
    ]
    of_years = unit == "年度"  # the year of a report tells when its deeds were done
    sentences = [
        one
        for one in told
        if any(dates.search(one.text) for dates in _TOLD)
        or (of_years and one.year is not None and one.hit.passage.fiscal_years == (one.year,))
    ]
    sentences.sort(key=lambda one: not (deed and deed.search(one.text)))
    sentences = sentences[:STATEMENTS_READ]
    dates = [date for one in sentences for date in _candidates(one, unit, asked, topic)]
    best = max(dates, key=lambda date: date.score, default=None)
    if best is None or unit or "月" in best.text or re.search(r"から|~|～", best.text):
        return best
    year = re.sub(r"度.*$|年.*$", "年", best.text)
    exact = [date for date in dates if date.text.startswith(year) and "月" in date.text]
    apart = MORE_EXACT + (DEED_FIT if deed is not None else 0.0)
    closer = next((date for date in exact if best.score - date.score < apart), None)
    if closer is None:
        return best
    if deed is not None:  # both are of the deed: the more exact one is the answer
        return replace(closer, others=(best.hit,) if best.hit != closer.hit else ())
    text, others = f"{best.text}（{closer.text}）", (closer.hit,) if closer.hit != best.hit else ()
    return replace(best, text=text, others=others)


def more_exact(best: Candidate, asked: Asked, found: Sequence[Statement]) -> Candidate | None:
    """The month of a deed whose year alone is known, by a statement of that year; None where none has it.

    Args:
        best: the date known.
        asked: what is asked for.
        found: further statements about the same matter.
    """
    deed = deed_of(asked)
    year = re.match(r"(?:令和|平成)\d{1,2}年(?=度?$)", fold(best.text).text)
    if deed is None or asked.units or year is None:
        return None
    for one in found:
        for match in _DATE.finditer(one.text):
            said = match.group()
            of_year = said.startswith(year.group()) and "月" in said
            if of_year and not _RANGE.search(said) and dates_deed(one.text, match.end(), deed):
                text = one.said(match.start(), match.end())
                return replace(best, text=text, hit=one.hit, others=(best.hit,))
    return None


def _candidates(one: Statement, unit: str, asked: Asked, topic: Topic) -> Iterator[Candidate]:
    if unit.startswith("曜"):
        days = list(dict.fromkeys(match.group() for match in _WEEKDAYS.finditer(one.text)))
        if days:
            plain = [re.sub(r"^(?:毎週|毎月)|の[朝昼夜]$", "", day) for day in days]
            said = "と".join(day if day.endswith("日") else f"{day}日" for day in dict.fromkeys(plain))
            yield Candidate(text=said, hit=one.hit, score=one.score + CLOSE, year=one.year)
        return
    pattern = _CLOCKS if unit == "時" else _DATE
    for match in pattern.finditer(one.text):
        said = match.group()
        fit = _fit(said, unit)
        if fit <= 0:
            continue
        after = one.text[match.end() : match.end() + 4]
        if asked.particle and after.startswith(PARTICLES_ALIKE.get(asked.particle, (asked.particle,))):
            fit += 0.2
        elif after.startswith(("に", "から", "まで", "より", "、", "の")):
            fit += 0.08
        if _SPAN_ASKED.search(asked.words + asked.after):
            fit += RANGE_FIT if re.search(r"から|~|-", said) else -RANGE_FIT / 2
        fit += _verb_fit(one.text, match.start(), match.end(), asked)
        near = closeness(one, match.start(), match.end(), topic)
        named = _year_meant(said, one.year) if unit in ("年度", "年") else ""
        if unit == "年度" and not named and _RELATIVE.match(said):
            continue
        yield Candidate(
            text=named or one.said(match.start(), match.end()),
            hit=one.hit,
            score=one.score + CLOSE * near + fit,
            year=one.year,
        )
    passage = one.hit.passage
    of_year = passage.cells or (unit == "年度" and passage.fiscal_years == (one.year,))
    if unit in ("", "年度") and one.year is not None and of_year:
        deed = deed_of(asked)
        share = HEADER_SHARE + (SAID_FIT if deed is not None and deed.search(one.text) else 0.0)
        yield Candidate(text=era_label(one.year), hit=one.hit, score=one.score + share, year=one.year)


def _tells_when(one: Statement) -> bool:
    """Whether a cell says in a few words when something is done: 「7月開設」."""
    said = _DATE.search(one.text)
    return said is not None and "月" in said.group() and len(one.text) > len(said.group())


def _verb_fit(text: str, start: int, end: int, asked: Asked) -> float:
    """Whether a date is that of what is asked: before its verb (4月に始まり), or behind its label."""
    fit = 0.0
    verb, deed = _VERB.match(asked.after), deed_of(asked)
    tail = re.split(r"[、。]", text[end:].lstrip(), maxsplit=1)[0]
    if deed is not None:
        fit += DEED_FIT if dates_deed(text, end, deed) else SAID_FIT if deed.search(text, end) else 0.0
    elif verb and verb.group() in tail[:25]:
        fit += VERB_FIT
    label = label_of(asked)
    if label and re.search(rf"{re.escape(label)}(?:は|を|が|:|\()? ?$", text[:start]):
        fit += LABEL_FIT
    if tail.startswith(("で", "現在", "時点")) and not re.search(r"現在|時点", asked.beside):
        fit -= STATE_COST
    return fit


def _year_meant(said: str, year: int | None) -> str:
    """The year that 「今年度」 or 「翌年度」 means in a cell or report of a known year, empty without one."""
    relative = _RELATIVE.match(said)
    if relative is None or year is None:
        return ""
    return era_label(year + (1 if relative.group() in ("翌年", "次年", "来年") else 0))


def year_figures(found: Sequence[Statement], units: tuple[str, ...]) -> Candidate | None:
    """「平成30年度に2件」 for 何年度に何件: the years of the best row that had any, at most three."""
    cells = [one for one in found if one.cell is not None and one.year is not None]
    row = [one for one in cells if one.hit.passage.passage_id == cells[0].hit.passage.passage_id]
    parts = [
        f"{era_label(one.year)}に{with_unit(one.cell, one.hit.passage, units)}"
        for one in sorted(row, key=lambda one: one.year or 0)
        if one.year is not None and one.cell is not None and (_value(one) or 0) != 0
    ]
    if not parts or cells[0].score < found[0].score - BEHIND:
        return None
    return Candidate(text="、".join(parts[:MOST_YEARS]), hit=row[0].hit, score=row[0].score)


def _eventful_year(question: str, found: Sequence[Statement]) -> Candidate | None:
    """The years in which a thing happened: those whose value is not 0, in a row that has such years too."""
    cells = [one for one in found if one.cell is not None and one.year is not None]
    if not cells or not _HAPPENED.search(question) or cells[0].score < found[0].score - BEHIND:
        return None
    row = [one for one in cells if one.hit.passage.passage_id == cells[0].hit.passage.passage_id]
    counted = {one.year: one for one in row if _value(one) is not None}
    years = [year for year, one in counted.items() if year is not None and _value(one)]
    if not years or len(years) == len(counted) or len(years) > MOST_YEARS:
        return None
    told = [(year, counted[year]) for year in sorted(years)]
    text = "、".join(
        f"{era_label(year)}（{with_unit(one.cell, one.hit.passage)}）" for year, one in told if one.cell
    )
    return Candidate(text=text, hit=row[0].hit, score=row[0].score)


def _value(one: Statement) -> float | None:
    number = _NUMBER.search(one.text)
    return float(number[0].replace(",", "")) if number else None


def _year_of_value(question: str, found: Sequence[Statement]) -> Candidate | None:
    """The year whose cell holds the number that the question names, in the row that is about it."""
    cells = [one for one in found if one.cell is not None and one.year is not None]
    numbers = {float(number.replace(",", "")) for number in _NUMBER.findall(question)}
    if not cells or not numbers:
        return None
    row = [one for one in cells if one.hit.passage.passage_id == cells[0].hit.passage.passage_id]
    for one in row:
        if one.year is not None and _value(one) in numbers:
            return Candidate(text=era_label(one.year), hit=one.hit, score=one.score, year=one.year)
    return None


def _fit(said: str, unit: str) -> float:
    """How well a date answers: the unit asked for must stand in it; a month says more than a year."""
    if unit == "年度":
        return 0.3 if "年度" in said or re.match(r"[rh]\d", said) else 0.1 if "年" in said else 0.0
    if unit == "年":
        return 0.3 if "年" in said else 0.0
    if unit in ("月", "日"):
        return (0.3 if unit in said else 0.0) + (0.1 if "年" in said and unit in said else 0.0)
    if unit == "時":
        return 0.3
    return 0.2 + (0.15 if "月" in said else 0.0) + (0.05 if "年" in said else 0.0)


def extreme_year(question: str, values: Sequence[Candidate]) -> Candidate | None:
    """The year of the highest or lowest of the values that one sheet states for several years."""
    if not MOST_ASKED.search(fold(question).text):
        return None
    by_year = next((years for one in values if len(years := _values_beside(one, values)) > 1), None)
    if by_year is None:
        return None
    ranked = sorted(by_year.values(), key=lambda one: _amount(one.text))
    best = ranked[0] if _LEAST.search(question) else ranked[-1]
    return Candidate(
        text=f"{era_label(best.year or 0)}（{best.text}）", hit=best.hit, score=best.score, year=best.year
    )


def _values_beside(first: Candidate, values: Sequence[Candidate]) -> dict[int, Candidate]:
    """The best value of each year that stands with another under one heading of a sheet, in its unit."""
    by_year: dict[int, Candidate] = {}
    for one in values:
        other = one.hit.passage.passage_id != first.hit.passage.passage_id
        row = one.hit.passage.kind is PassageKind.ROW
        if other and row and one.score < first.score - SAME_ROW:
            continue
        years, same = one.hit.passage.fiscal_years, under_one_heading(one.hit.passage, first.hit.passage)
        year = one.year if one.year is not None or len(years) != 1 else years[0]
        if year is not None and same and _unit(one.text) == _unit(first.text):
            by_year.setdefault(year, replace(one, year=year))
    return by_year


def _unit(text: str) -> str:
    return re.sub(r"[\d,.約延べ計 ]", "", fold(text).text)


def _amount(text: str) -> float:
    number = _NUMBER.search(fold(text).text)
    return float(number[0].replace(",", "")) if number else 0.0


def ordinal_candidate(asked: Asked, found: Sequence[Statement], topic: Topic) -> Candidate | None:
    """「第15回」 for 第何回: the ordinal closest to what was asked."""
    pattern = re.compile(rf"第\d+{asked.units[0]}")
    scored = [
        Candidate(
            text=one.said(match.start(), match.end()),
            hit=one.hit,
            score=one.score
            + CLOSE * closeness(one, match.start(), match.end(), topic)
            + FOLLOWS * _follows(one, match.end(), topic),
            year=one.year,
        )
        for one in found
        for match in pattern.finditer(one.text)
    ]
    return max(scored, key=lambda candidate: candidate.score, default=None)


def _follows(one: Statement, end: int, topic: Topic) -> float:
    """How much of the topic the words say that an ordinal counts: 第7期 of 第7期障がい福祉計画, 0 to 1."""
    counted = [term for term in one.terms if end <= term.start < end + COUNTED_NOUN]
    return min(1.0, sum(topic.weight_of(term.text) for term in counted) / topic.total) if topic.total else 0.0


def _extreme_year(question: str, found: Sequence[Statement]) -> Candidate | None:
    """The year in which a row's value was highest, or lowest where the question says so."""
    most = MOST_ASKED.search(question)
    cells = [one for one in found if one.cell is not None and one.year is not None]
    if not most or not cells:
        return None
    row = [one for one in cells if one.hit.passage.passage_id == cells[0].hit.passage.passage_id]
    values = [
        (value, one)
        for one in row
        if "目標" not in (one.cell.header if one.cell else "") and (value := _value(one)) is not None
    ]
    if len(values) < 2:
        return None
    least = _LEAST.search(question)
    value, one = min(values, key=lambda pair: pair[0]) if least else max(values, key=lambda pair: pair[0])
    if one.year is None:
        return None
    return Candidate(
        text=f"{era_label(one.year)}（{one.source.strip()}）", hit=one.hit, score=one.score, year=one.year
    )
