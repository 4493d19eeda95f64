"""The 比較 tab apart from the browser: themes from the plans' own measures, and very many towns chosen."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle, islice

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.municipality import Level
from qa.compare import Comparison
from qa.filter_words import FilterWords
from tests.qa.theme_engines import sample_engine
from tests.ui.seen import seen_by
from ui.compare_page import ComparePage
from ui.compare_tab import codes_sent
from ui.compare_view import ROWS_AT_ONCE, comparison_html
from ui.differences_view import differences_html
from ui.export_places import export_place
from ui.library import municipality_table, open_engines
from ui.peers_routes import peers_routes
from ui.view_link import ViewLink
from ui.viewer import LOCAL

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette")]
PAGE = ComparePage(sample_engine())


def test_themes_come_from_the_measures_of_the_plans() -> None:
    themes = PAGE.measures(FilterWords())
    names = [theme for _, theme in themes]
    assert len(themes) > 10
    assert len(set(themes)) == len(themes)
    assert not any(name[0].isdigit() or name[0] in "ⅠⅡⅢ①（(" for name in names)
    own = PAGE.measures(FilterWords(municipalities=("白樺野町",)))
    assert own
    assert {label.partition(":")[0] for label, _ in own} == {"白樺野町"}
    assert PAGE.measures(FilterWords(municipalities=("存在しない町",))) == []


def test_a_theme_from_a_measure_can_be_compared() -> None:
    told = [PAGE.compare(theme, FilterWords()) for _, theme in PAGE.measures(FilterWords())[:12]]
    assert sum("の比較表" in html for html in told) >= 8


def test_five_hundred_towns_are_compared_and_none_is_lost() -> None:
    towns = [one.code for one in municipality_table() if one.level is Level.MUNICIPALITY]
    held = sorted(sample_engine().facets.municipalities)
    words = FilterWords(municipalities=(*towns[:496], *held))
    html = PAGE.compare("多文化共生", words)
    assert "4自治体のうち4自治体に記載があります" in html
    place = export_place("compare.xlsx", "多文化共生", words)
    assert len(place) < 8_000
    link = ViewLink(tab="compare-tab", text="多文化共生", words=words)
    params = {"tab": "compare", "municipality": "|".join(words.municipalities)}
    assert ViewLink.read(params).words.municipalities == link.words.municipalities


def many_rows(count: int) -> Comparison:
    """A comparison whose rows are those of the sample corpus over and over, under other names."""
    found = sample_engine().compare("多文化共生", FilterWords())
    told = [row for row in found.rows if row.found]
    rows = tuple(
        replace(row, municipality=f"第{number}見本市")
        for number, row in enumerate(islice(cycle(told), count), start=1)
    )
    return replace(found, rows=rows)


def test_a_long_table_comes_in_steps_and_every_town_once() -> None:
    html = comparison_html(many_rows(120), [])
    table, _, later = html.partition("</table>")
    assert table.count('<tr role="row"><th scope="row"') == ROWS_AT_ONCE
    assert later.count("<template>") == 2
    names = re.findall(r'class="first">(第\d+見本市)<', html)
    assert names == [f"第{number}見本市" for number in range(1, 121)]
    assert re.findall(r"続きの\d+自治体を表示（残り\d+自治体）", html) == [
        "続きの50自治体を表示（残り70自治体）",
        "続きの20自治体を表示（残り20自治体）",
    ]
    assert "120自治体すべて" in html
    assert "<template>" not in comparison_html(many_rows(ROWS_AT_ONCE), [])


def test_who_compares_many_towns_is_told_that_it_may_take_a_while() -> None:
    towns = tuple(one.code for one in municipality_table() if one.level is Level.MUNICIPALITY)
    assert "500自治体を比べています。数秒かかることがあります…" in PAGE.waiting(
        FilterWords(municipalities=towns[:500])
    )
    assert "比べています…" in PAGE.waiting(FilterWords())


@pytest.fixture
def client() -> TestClient:
    engines = open_engines(sample_engine().library)
    return TestClient(seen_by(LOCAL, Starlette(routes=peers_routes(engines))))


TABLE = "municipality,population\n千鳥ヶ原市,80000\n月見浦市,71000\n白樺野町,14310\n鳴神沢町,9000\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_towns_of_like_size_are_chosen_by_ones_own_table(client: TestClient, encoding: str) -> None:
    told = client.post("/peers/near?town=千鳥ヶ原市&within=20", content=TABLE.encode(encoding)).json()
    assert told["names"] == ["千鳥ヶ原市（80,000人）", "月見浦市（71,000人）"]
    assert codes_sent(told) == tuple(told["codes"])
    assert codes_sent({"codes": "x"}) == codes_sent(None) == ()


@pytest.mark.parametrize(
    ("query", "body", "said"),
    [
        ("town=&within=30", TABLE.encode(), "もとにする自治体"),
        ("town=千鳥ヶ原市&within=many", TABLE.encode(), "%の数で"),
        ("town=千鳥ヶ原市", b"a,b\n1,2\n", "2行目"),
        ("town=大泉町", TABLE.encode(), "人口の表に大泉町がありません"),
        ("town=千鳥ヶ原市", b"\x81\x00\xff", "文字を読めません"),
        ("town=千鳥ヶ原市", b"x" * 1_000_001, "大きすぎます"),
    ],
)
def test_a_table_that_cannot_be_used_is_explained(
    client: TestClient, query: str, body: bytes, said: str
) -> None:
    response = client.post(f"/peers/near?{query}", content=body)
    assert response.status_code == 422
    assert said in response.text


def test_towns_that_do_not_write_of_the_theme_stand_last() -> None:
    found = sample_engine().compare("やさしい日本語推進員", FilterWords())
    silent = [row.municipality for row in found.rows if not row.found]
    told = [row.municipality for row in found.rows if row.found]
    assert silent
    names = re.findall(r'<th scope="row"[^>]*>([^<]+)<', comparison_html(found, []))
    assert names == [*told, *silent]


def test_a_group_of_one_town_names_it_once() -> None:
    differences = sample_engine().compare("多文化共生", FilterWords()).differences
    html = differences_html(differences)
    single = html.partition("1つの自治体だけにある記述")[2]
    assert single
    assert 'class="who"' not in single
    assert 'class="who"' in html
