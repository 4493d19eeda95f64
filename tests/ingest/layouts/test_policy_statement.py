"""方針書: sheets a department, items linked by number, both places where items stand."""

from corpus.passage import PassageKind
from ingest.layouts.policy_statement import PolicyStatement
from tests.ingest.documents import document_of, found, read, shown, under, values

TEXT = """令和6年度 課方針書

部署名\t所属長
港湾課\t北浜 千波

1. 現状と課題

- ① 堤防の傷みが進んでいる。
- ② 灯台の灯りが暗い。
また、霧の日には見えない。

2. 取組方針

- ① 堤防を順に直す。
- ② 灯台を建て替える。

4. 最終レビュー

5. 所管する施策

施策名\t主要事業
1-1 港の安全\t堤防補修事業
\t灯台建替事業
1-2 海の恵み\t養殖事業

令和6年度 課方針書

部署名\t所属長
水産課\t南浦 凪
1. 現状と課題\t
<p>① 水揚げが減った。</p> <p>② 担い手が足りない。</p>\t

- ③ 市場が古い。

2. 取組方針

- ① 稚魚を放す。

5. 所管する施策

施策名
2-1 漁業の振興
2-2 市場の再生
"""


def test_each_department_is_a_sheet_that_begins_at_the_title() -> None:
    parsed = read(PolicyStatement(), TEXT)
    assert [sheet.title for sheet in parsed.sheets] == ["港湾課", "水産課"]
    assert [sheet.departments for sheet in parsed.sheets] == [("港湾課",), ("水産課",)]
    assert all(sheet.span.of(TEXT).startswith("令和6年度 課方針書") for sheet in parsed.sheets)
    assert parsed.title == "令和6年度 課方針書"
    assert {passage.fiscal_years for passage in parsed.passages} == {(2024,)}


def test_an_item_keeps_its_number_and_its_continuation() -> None:
    parsed = read(PolicyStatement(), TEXT)
    first = [p for p in under(parsed, "現状と課題") if p.sheet == 0]
    assert [(p.item, p.kind) for p in first] == [("①", PassageKind.ITEM), ("②", PassageKind.ITEM)]
    assert shown(first[1], TEXT) == "② 灯台の灯りが暗い。 / また、霧の日には見えない。"


def test_items_in_a_cell_and_below_it_are_one_section() -> None:
    parsed = read(PolicyStatement(), TEXT)
    items = [shown(p, TEXT) for p in under(parsed, "現状と課題") if p.sheet == 1]
    assert items == ["① 水揚げが減った。", "② 担い手が足りない。", "③ 市場が古い。"]


def test_an_empty_section_gives_no_passage() -> None:
    assert under(read(PolicyStatement(), TEXT), "最終レビュー") == []


def test_a_merged_cell_of_the_measures_is_filled_down() -> None:
    parsed = read(PolicyStatement(), TEXT)
    table = found(parsed, lambda p: p.sheet == 0 and p.section_path == ("所管する施策",))
    assert values(table, TEXT) == [
        ("施策名", "1-1 港の安全", None),
        ("主要事業", "堤防補修事業", None),
        ("施策名", "1-1 港の安全", None),
        ("主要事業", "灯台建替事業", None),
        ("施策名", "1-2 海の恵み", None),
        ("主要事業", "養殖事業", None),
    ]


def test_a_table_of_one_column_is_read_from_lines() -> None:
    parsed = read(PolicyStatement(), TEXT)
    table = found(parsed, lambda p: p.sheet == 1 and p.section_path == ("所管する施策",))
    assert values(table, TEXT) == [("施策名", "2-1 漁業の振興", None), ("施策名", "2-2 市場の再生", None)]


def test_the_head_of_the_department_stands_with_its_labels() -> None:
    parsed = read(PolicyStatement(), TEXT)
    assert values(parsed.passages[0], TEXT) == [("部署名", "港湾課", None), ("所属長", "北浜 千波", None)]


def test_labels_may_stand_beside_their_values() -> None:
    text = TEXT.replace("部署名\t所属長\n港湾課\t北浜 千波", "部署名\t港湾課\n所属長\t北浜 千波")
    assert read(PolicyStatement(), text).sheets[0].title == "港湾課"


def test_score_needs_department_rows() -> None:
    assert PolicyStatement().score(document_of(TEXT)) > 0.7
    assert (
        PolicyStatement().score(document_of("1. 現状と課題\n\n- ① 港\n\n施策名\t担当課\n港\t港湾課")) == 0.0
    )
