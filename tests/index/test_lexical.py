from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import IndexDamagedError
from corpus.folding import fold_text, match_key
from index.filters import Filters
from index.lexical import FEW_VALUES, Alternatives, LexicalConfig, LexicalIndex, WeightedTerm, build_lexical
from index.lexical_entry import LexicalEntry
from index.pairs import character_pairs, pairs_in_line

BODY_ONLY = LexicalConfig(plan=0, title=0, headings=0, item=0, pairs=0)


def entry(row_id: int, text: str, **changes: object) -> LexicalEntry:
    made = LexicalEntry(
        row_id=row_id,
        keys=f"{changes.get('title', '')} {text}".strip(),
        plan="",
        title="",
        headings="",
        item="",
        body=text,
        pairs=" ".join(character_pairs(text)),
        document="d",
        municipality="990019",
        prefecture="みほん県",
        document_kind="方針書",
        fiscal_years=(2024,),
        stated_years=(2024,),
        departments=("企画部",),
        sections=("現状と課題",),
    )
    return made._replace(**changes)  # type: ignore[arg-type]


def opened(folder: Path, entries: list[LexicalEntry], config: LexicalConfig = BODY_ONLY) -> LexicalIndex:
    assert build_lexical(folder / "lexical", entries) == len(entries)
    return LexicalIndex(folder / "lexical", config)


TEXTS = ["空き家 バンク 登録", "空き家 対策 空き家", "防災 訓練", "登録 件数 防災 空き家 研修 見直し"]


def bm25(texts: list[str], query: list[str]) -> dict[int, float]:
    """The textbook formula (Robertson, k1 = 1.2, b = 0.75) over whole lengths."""
    bodies = [text.split() for text in texts]
    mean = sum(map(len, bodies)) / len(bodies)
    scores = {}
    for number, body in enumerate(bodies):
        counts, score = Counter(body), 0.0
        for term in query:
            holders = sum(term in other for other in bodies)
            if not counts[term]:
                continue
            idf = math.log(1 + (len(bodies) - holders + 0.5) / (holders + 0.5))
            tf = counts[term]
            score += idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(body) / mean))
        if score:
            scores[number] = score
    return scores


@pytest.mark.parametrize("query", [["空き家"], ["防災", "登録"], ["研修", "空き家", "訓練"], ["無い言葉"]])
def test_scores_are_bm25_by_value(tmp_path: Path, query: list[str]) -> None:
    index = opened(tmp_path, [entry(number, text) for number, text in enumerate(TEXTS)])
    found = index.search([WeightedTerm(text=term) for term in query], [], [], Filters(), 10)
    expected = bm25(TEXTS, query)
    assert dict(found) == pytest.approx(expected, rel=1e-4)
    assert [row for row, _ in found] == sorted(expected, key=lambda row: (-expected[row], row))


def test_a_term_counts_by_its_weight_and_its_field(tmp_path: Path) -> None:
    entries = [entry(0, "空き家 対策", title="移住"), entry(1, "移住 対策")]
    index = opened(tmp_path, entries, replace(BODY_ONLY, title=0.5))
    whole = dict(index.search([WeightedTerm(text="移住")], [], [], Filters(), 10))
    half = dict(index.search([WeightedTerm(text="移住", weight=0.5)], [], [], Filters(), 10))
    assert whole[0] < whole[1]
    assert half == pytest.approx({row: score / 2 for row, score in whole.items()}, rel=1e-5)


def test_ties_are_broken_by_row_number(tmp_path: Path) -> None:
    index = opened(tmp_path, [entry(row, "防災 訓練") for row in (7, 3, 5)])
    assert [row for row, _ in index.search([WeightedTerm(text="防災")], [], [], Filters(), 10)] == [3, 5, 7]


PHRASES = [
    ("書かない窓口", [0]),
    ("書かない 窓口", [0]),
    ("窓口を書かない", []),
    ("窓", [0, 1]),
    ("窓口", [0, 1]),
    ("ＬＩＮＥ", [2]),
    ("(案)", [2]),
]


@pytest.mark.parametrize(("phrase", "rows"), PHRASES)
def test_a_phrase_is_found_exactly_and_nothing_else(tmp_path: Path, phrase: str, rows: list[int]) -> None:
    texts = ["「書かない窓口」の導入", "総合窓口を書く", "LINEの活用（案）"]
    index = opened(tmp_path, [entry(row, text) for row, text in enumerate(texts)])
    found = sorted(row for row, _ in index.search([], [], [phrase], Filters(), 10))
    assert found == rows
    assert found == [row for row, text in enumerate(texts) if match_key(phrase) in match_key(text)]


FILTERS = [
    (Filters(municipalities=("990027",)), {1}),
    (Filters(prefectures=("みほん県",)), {0, 1, 2}),
    (Filters(fiscal_years=(2023,)), {1}),
    (Filters(stated_years=(2028,)), {2}),
    (Filters(fiscal_years=(2023, 2024)), {0, 1, 2}),
    (Filters(departments=("総務課", "企画部")), {0, 1, 2}),
    (Filters(document_kinds=("総合計画",)), set()),
    (Filters(sections=("取組方針",)), {2}),
    (Filters(municipalities=()), set()),
    (Filters(municipalities=("990019",), fiscal_years=(2023,)), set()),
    (Filters(), {0, 1, 2}),
]


@pytest.mark.parametrize(("filters", "rows"), FILTERS)
def test_filters_hold_for_words_and_for_rows(tmp_path: Path, filters: Filters, rows: set[int]) -> None:
    entries = [
        entry(0, "防災"),
        entry(1, "防災", municipality="990027", fiscal_years=(2023,), stated_years=(2023,)),
        entry(2, "防災", departments=("総務課",), stated_years=(2024, 2028), sections=("取組方針",)),
    ]
    entries[1] = entries[1]._replace(departments=("企画部", "総務課"))
    index = opened(tmp_path, entries)
    found = index.search([WeightedTerm(text="防災")], [], [], filters, 10)
    assert {row for row, _ in found} == rows
    assert set(index.rows(filters).tolist()) == rows


def test_a_filter_does_not_change_a_score(tmp_path: Path) -> None:
    index = opened(tmp_path, [entry(0, "防災 訓練"), entry(1, "防災")])
    free = dict(index.search([WeightedTerm(text="防災")], [], [], Filters(), 10))
    limited = dict(index.search([WeightedTerm(text="防災")], [], [], Filters(municipalities=("990019",)), 10))
    assert limited == pytest.approx(free)


def test_all_terms_of_a_passage_are_kept_with_those_over_it(tmp_path: Path) -> None:
    index = opened(tmp_path, [entry(3, "防災 訓練", title="危機管理"), entry(4, "空き家")])
    assert index.keys([4, 3, 99]) == {3: frozenset({"防災", "訓練", "危機管理"}), 4: frozenset({"空き家"})}
    assert index.keys([]) == {}


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = opened(tmp_path, [])
    assert len(index) == 0
    assert index.search([WeightedTerm(text="防災")], ["防災"], [], Filters(), 10) == []
    assert index.rows(Filters()).tolist() == []
    assert index.holders("防災") == 0


@given(st.text())
def test_pairs_in_a_line_are_the_pairs(text: str) -> None:
    assert pairs_in_line(fold_text(text)) == " ".join(character_pairs(text))


def test_character_pairs_are_folded_and_without_white_space() -> None:
    assert character_pairs("ＤＸ 推進") == ["dx", "x推", "推進"]
    assert character_pairs("窓") == ["窓"]
    assert character_pairs(" ") == []


@pytest.mark.parametrize(
    "said",
    [
        "An IO error occurred: 'Input/output error (os error 5)'",
        "A worker thread encountered an error (io::Error most likely) or panicked.",
        "Failed to acquire Lockfile: IoError(Os { code: 13, kind: PermissionDenied })",
        "Failed to open file for read: 'IoError { io_error: Os { code: 5 } }'",
    ],
)
def test_what_a_failing_disk_makes_of_a_writer_is_an_error_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    class Writer:
        def add_document(self, _: object) -> None:
            raise ValueError(said)

    class Index:
        def __init__(self, *_: object, **__: object) -> None: ...

        def writer(self, **_: object) -> Writer:
            return Writer()

    monkeypatch.setattr("index.lexical.tantivy.Index", Index)
    with pytest.raises(OSError, match=r"os error 5|io::Error|IoError"):
        build_lexical(tmp_path / "words", [entry(1, "防災")])


def test_an_index_that_the_disk_does_not_open_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Index:
        @staticmethod
        def open(_: str) -> None:
            raise ValueError("Failed to acquire Lockfile: IoError(Os { code: 13, kind: PermissionDenied })")

    monkeypatch.setattr("index.lexical.tantivy.Index", Index)
    with pytest.raises(IndexDamagedError, match="索引を開けません"):
        LexicalIndex(tmp_path, LexicalConfig())


def test_words_called_up_read_no_more_postings_than_they_may(tmp_path: Path) -> None:
    index = opened(
        tmp_path,
        [entry(row, "共生 推進" if row else "共生 推進 通訳") for row in range(6)],
        replace(BODY_ONLY, called_postings=3),
    )
    called = Alternatives(ways=((("通訳",), 1.0), (("共生",), 1.0)))
    found = index.search([], [], [], Filters(), 10, [called])
    assert [row for row, _ in found] == [0]


def test_more_values_than_are_looked_up_one_by_one_limit_the_same(tmp_path: Path) -> None:
    index = opened(tmp_path, [entry(row, "防災 訓練") for row in range(3)])
    codes = tuple(f"{code:06d}" for code in range(FEW_VALUES))
    free = [row for row, _ in index.search([WeightedTerm(text="防災")], [], [], Filters(), 10)]
    held = entry(0, "防災").municipality
    limited = Filters(municipalities=(*codes, held))
    assert [row for row, _ in index.search([WeightedTerm(text="防災")], [], [], limited, 10)] == free
    assert index.rows(Filters(municipalities=codes)).tolist() == []
