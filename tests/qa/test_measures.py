from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from qa.filter_words import FilterWords
from qa.sheets import list_sheets
from ui.intake import ingest
from ui.library import open_engine

POLICY = (
    "令和6年度 課方針書\n\n部署名\t所属長\n共生課\t海野 一\n\n1. 現状と課題\n\n"
    "- ① 外国人住民が増えており、窓口での案内を多言語にする必要がある。\n\n2. 取組方針\n\n"
    "- ① 窓口に通訳の端末を置き、案内を五つの言語で行う。\n\n3. 中間レビュー\n\n"
    "- ① 端末を一台置き、百件の相談に応じた。\n\n4. 最終レビュー\n\n5. 所管する施策\n\n"
    "施策名\t主要事業\nⅡ2 多文化共生のまちづくり\t相談窓口運営事業\n\t日本語教室運営事業\n"
    "Ⅱ3 平和の推進\t平和事業\n"
)
PLAN = (
    "Ⅱ\n\n暮らし\n\n2 多文化共生のまちづくり\n\n現状と課題\n\n"
    "市には多くの国の人が暮らし、地域の行事にともに加わる場が求められています。\n\n施策の基本方針\n\n"
    "国籍の違いを越えて、ともに暮らせる地域をつくります。\n\n主な取り組み内容\n\n- 相談窓口の充実\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "千鳥ヶ原市"
    source.mkdir()
    (source / "policy.txt").write_text(POLICY, "utf-8")
    (source / "plan.txt").write_text(PLAN, "utf-8")
    ingest(tmp_path / "library", [source], told=None)
    return tmp_path / "library"


def test_a_sheets_measures_lead_to_the_chapters_of_the_plan(folder: Path) -> None:
    engine = open_engine(folder)
    table = MunicipalityTable.load(sample_municipalities())
    found = list_sheets(engine.store, engine.facets, table, FilterWords())
    titles = {listed.sheet.sheet_id: listed.sheet.title for listed in found.sheets}
    told = {
        titles[sheet_id]: [(one.name, [titles[other] for other in one.sheet_ids]) for one in links]
        for sheet_id, links in found.measures.items()
    }
    assert told == {
        "共生課": [("Ⅱ2 多文化共生のまちづくり", ["多文化共生のまちづくり"]), ("Ⅱ3 平和の推進", [])]
    }, json.dumps(titles, ensure_ascii=False)
