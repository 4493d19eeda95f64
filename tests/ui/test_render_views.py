"""The views: answers, passages, table rows, the source viewer, the library."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from corpus.errors import InputError
from corpus.passage import Cell
from corpus.span import Span
from qa.compare_cells import CitedHit
from qa.engine import Engine
from qa.hits import Hit
from tests.ui.small_library import IMAGE, SCRIPT
from ui.answer_view import answer_html
from ui.citation_text import source_line
from ui.cited_view import place_value, quote_html
from ui.library_view import empty_html, start_html
from ui.matches import Matcher
from ui.passage_view import context_parts, passage_html, row_table, row_words
from ui.source_request import WIDER, SourceRequest
from ui.source_text import Around, text_html
from ui.source_view import source_html


def found(engine: Engine, typed: str, town: str) -> tuple[Hit, Matcher]:
    result = engine.search(typed)
    hit = next(hit for hit in result.hits if hit.document.municipality == town)
    return hit, Matcher.of(result.understood, engine.analyzer)


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_answer_lines_stand_under_their_town_with_a_mark_that_opens_the_quote(small: Engine) -> None:
    result = small.ask("多文化共生の取組")
    html = answer_html(result.answer, {hit.passage.passage_id: hit for hit in result.search.hits})
    for line in result.answer.lines:
        citation = line.citation
        assert f"<h3>{citation.municipality}</h3>" in html
        assert f'data-value="{place_value(citation, line.cells)}"' in html
        assert f">[{citation.n}]</button>" in html


def test_the_figure_asked_for_is_shown_large(small: Engine) -> None:
    result = small.ask("館林市の令和元年度のふるさと納税の件数")
    assert '<p class="figure">787件</p>' in answer_html(result.answer, {})
    clause = "窓口の混雑を和らげるため、証明書のコンビニ交付を広く知らせることとした"
    long = answer_html(replace(result.answer, short=clause), {})
    assert f'<p class="figure clause">{clause}</p>' in long


def test_a_row_is_a_table_with_column_headers(small: Engine) -> None:
    hit, matcher = found(small, "ふるさと納税の件数", "館林市")
    html = passage_html(hit, matcher)
    assert re.findall(r'<th scope="col">(.*?)</th>', html) == ["指標", "H30実績", "R元実績", "R2実績", "目標"]
    assert [plain(value) for value in re.findall(r"<td[^>]*>(.*?)</td>", html)] == [
        "ふるさと納税の件数",
        "512",
        "787",
        "931",
        "↑",
    ]
    assert row_words(hit) == "指標: ふるさと納税の件数／H30実績: 512／R元実績: 787／R2実績: 931／目標: ↑"


def test_a_passage_has_its_context_year_and_place(small: Engine) -> None:
    hit, matcher = found(small, "多文化共生", "大泉町")
    assert context_parts(hit) == ["令和6年度 方針書", "企画部", "中間レビュー", "①"]
    html = passage_html(hit, matcher)
    assert "<mark>多文化共生</mark>" in html
    assert "令和6年度（2024）" in html
    assert "5行目" in html


def test_a_heading_that_another_repeats_is_said_once(small: Engine) -> None:
    hit, _ = found(small, "多文化共生", "大泉町")
    passage = replace(hit.passage, section_path=("3 企画部", "中間レビュー"))
    assert context_parts(replace(hit, passage=passage)) == [
        "令和6年度 方針書",
        "3 企画部",
        "中間レビュー",
        "①",
    ]


def test_hostile_documents_are_shown_and_not_run(small: Engine) -> None:
    hit, matcher = found(small, "相談窓口", "伊勢崎市")
    source = source_html(small.store, SourceRequest.read(hit.passage.passage_id))
    store = small.store
    start = start_html(store.documents(), small.facets.documents, store.unread_files())
    for html in (passage_html(hit, matcher), source, start):
        assert SCRIPT not in html
        assert IMAGE not in html
        assert "&lt;" in html


def test_the_viewer_marks_the_quote_and_nothing_else(small: Engine) -> None:
    line = next(line for line in small.ask("空き家の利活用").answer.lines)
    citation = line.citation
    request = SourceRequest.read(f"{citation.passage_id}|{citation.start}|{citation.end}")
    html = source_html(small.store, request)
    assert [plain(mark) for mark in re.findall(r"<mark>(.*?)</mark>", html)] == [citation.quote]
    assert html.count('class="here"') == 1


def test_the_viewer_shows_tabs_as_cells_and_keeps_empty_ones(small: Engine) -> None:
    hit, _ = found(small, "ふるさと納税の件数", "館林市")
    html = source_html(small.store, SourceRequest.read(hit.passage.passage_id))
    rows = re.findall(r"<tr.*?</tr>", html)
    assert len(rows) == 3
    assert all(row.count("<td") == 6 for row in rows)


def test_the_viewer_shows_more_where_the_text_is_cut(small: Engine) -> None:
    hit, _ = found(small, "空き家", "大泉町")
    narrow = SourceRequest(passage_id=hit.passage.passage_id, before=0, after=0)
    html = source_html(small.store, narrow)
    assert "この前に5行あります" in html
    assert "前の5行を表示" in html
    asked = SourceRequest.read(narrow.wider(before=True))
    assert (asked.before, asked.after, asked.times_widened) == (WIDER, 0, 0)
    earlier = source_html(small.store, asked)
    assert "この前に" not in earlier
    assert ("この後に" in earlier) == ("この後に" in html)
    whole = SourceRequest.read(SourceRequest.read(hit.passage.passage_id).wider(before=True, after=True))
    assert whole.times_widened == 1
    assert 'class="cut"' not in source_html(small.store, whole)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "../../etc/passwd",
        "a|b|c",
        "a|1",
        "a|-1|2",
        "a|1|2|3",
        "a|1|2|3|4",
        "a|１|２",
        "a|1|2|c",
        "a|1|2|cx",
        "a|c1|2",
    ],
)
def test_the_viewer_opens_nothing_but_passages(small: Engine, value: str) -> None:
    with pytest.raises(InputError, match="もう一度検索してください"):
        source_html(small.store, SourceRequest.read(value))


def test_a_request_is_read_as_written() -> None:
    request = SourceRequest(passage_id="105244-abc/0001", quote=Span(3, 9), before=130, after=30)
    assert SourceRequest.read(request.written()) == request


def test_an_empty_library_says_how_to_fill_it() -> None:
    html = empty_html([])
    assert "ingest" in html
    assert "上の「資料」を開き" in html


def test_a_place_keeps_which_cells_are_shown_and_what_is_asked_around_them() -> None:
    request = SourceRequest(passage_id="a", quote=Span(3, 9), cells=(4, 0, 1))
    assert request.place() == "a|3|9|c4,0,1"
    assert SourceRequest.read(request.place()) == request
    wider = SourceRequest.read(request.wider(after=True))
    assert (wider.cells, wider.after) == (request.cells, request.after + WIDER)
    assert SourceRequest(passage_id="a", quote=Span(3, 9), cells=tuple(range(60))).place() == "a|3|9"


def test_only_the_cells_that_the_quotation_shows_are_marked_in_the_text(small: Engine) -> None:
    line = next(one for one in small.ask("館林市の令和元年度のふるさと納税の件数").answer.lines if one.cells)
    html = source_html(small.store, SourceRequest.read(place_value(line.citation, line.cells)))
    cells = [line.hit.passage.cells[at] for at in line.cells]
    marked = re.findall(r"<mark>(.*?)</mark>", html)
    assert marked == [cell.text for cell in sorted(cells, key=lambda one: one.span)]
    assert len(marked) < len(line.hit.passage.cells)
    assert re.findall(r'<td class="sought"><mark>(.*?)</mark></td>', html) == ["787"]


def rows_of(hit: Hit, *rows: tuple[tuple[str, str], ...]) -> Hit:
    """A hit whose passage is rows of (header, value) pairs."""
    cells, segments, at = [], [], 0
    for row in rows:
        start = at
        for header, value in row:
            cells.append(Cell(header=header, span=Span(at, at + len(value)), text=value))
            at += len(value) + 1
        segments.append(Span(start, at - 1))
    text = "\n".join("\t".join(value for _, value in row) for row in rows)
    return replace(
        hit, passage=replace(hit.passage, cells=tuple(cells), segments=tuple(segments), text=text, item="")
    )


def test_rows_under_the_same_headers_stand_one_below_the_other(small: Engine) -> None:
    hit, matcher = found(small, "ふるさと納税の件数", "館林市")
    alike = rows_of(hit, (("施策", "花壇"), ("数", "3")), (("施策", "街路樹"), ("数", "5")))
    html = row_table(alike, matcher)
    assert re.findall("<th [^>]*>(.*?)</th>", html) == ["施策", "数"]
    assert [re.findall("<td[^>]*>(.*?)</td>", row) for row in html.split("<tr>")[2:]] == [
        ["花壇", "3"],
        ["街路樹", "5"],
    ]
    apart = rows_of(hit, (("施策", "花壇"), ("数", "3")), (("備考", "なし"),))
    assert re.findall("<th [^>]*>(.*?)</th>", row_table(apart, matcher)) == ["施策", "数", "備考"]


def test_an_item_that_is_the_passage_itself_is_not_said_again(small: Engine) -> None:
    hit, _ = found(small, "やさしい日本語の講座", "大泉町")
    item = "公園の花壇に四季の花を植え、地区の会とともに手入れを続けてほしいという意見が多く寄せられた。"
    long = replace(hit, passage=replace(hit.passage, item=item))
    assert item not in context_parts(long)
    assert item not in source_line(long)
    assert "花壇" in context_parts(replace(hit, passage=replace(hit.passage, item="花壇")))


def test_a_quotation_in_a_table_says_year_and_department_once(small: Engine) -> None:
    line = next(one for one in small.ask("やさしい日本語の講座").answer.lines)
    document = replace(line.hit.document, title="令和6年度 方針書 企画部")
    passage = replace(line.hit.passage, departments=("企画部",))
    hit = replace(line.hit, document=document, passage=passage)
    html = quote_html(CitedHit(hit=hit, citation=line.citation), "甲")
    meta = re.findall("<span>(.*?)</span>", html)
    assert meta[0] == "令和6年度 方針書 企画部"
    assert "令和6年度" not in meta[1:]
    assert "企画部" not in meta[1:]


def test_tags_that_extraction_left_are_new_lines_in_the_text(small: Engine) -> None:
    passage = small.search("空き家").hits[0].passage
    text = "<p>花壇を直した。</p> <p>橋を架けた。</p>\t3"
    own = replace(passage, segments=(Span(0, len(text)),), text=text)
    around = Around(before=0, after=0, earlier="", later="", step=1)
    html = text_html(text, own, [Span(18, 24)], around)
    assert "花壇を直した。<br><mark>橋を架けた。</mark>" in html
    assert "&lt;p&gt;" not in html
