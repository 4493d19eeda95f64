from __future__ import annotations

from pathlib import Path

import pytest

from qa.engine import Engine
from ui.intake import ingest
from ui.library import open_engine

OIZUMI = """令和6年度 部(局)方針書・室方針書・課方針書

部署名	所属長
多文化協働課	見本 花子

1. 現状と課題

- ① 外国籍町民の相談が増え、通訳員が足りない。

2. 取組方針

- ① 通訳員を2人増やし、相談窓口を週5日開く。
- ② 空き家バンクの登録を20件に増やす。

3. 中間レビュー

- ① 通訳員を1人採用した。相談窓口は上半期に112件の相談を受けた。
- ② 電子回覧板の試行を3つの自治会で始めた。

4. 最終レビュー
"""
TATEBAYASHI = """第1章 雪と暮らし

令和5年度は除雪ボランティアに48人が登録した。令和4年度は31人であった。

移動図書館車を週2回走らせ、集会所12か所を回る。大雪のため体育館の受付を2月に休止した。

第2章 証明書コンビニ交付サービスの推進

証明書コンビニ交付サービスによる交付件数は増加している。感染症の予防のため休止していた申請時来庁方式による受付を再開した。
"""
MANIFEST = """file,municipality_code,municipality,title,fiscal_year,document_kind
oizumi.txt,105244,大泉町,大泉町 令和6年度 方針書,令和6年度,方針書
tatebayashi.txt,102075,館林市,館林市 暮らしの計画,令和5年度,計画
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Two towns: one form with an empty 最終レビュー, one plan in prose."""
    folder: Path = tmp_path_factory.mktemp("refusals")
    texts = folder / "texts"
    texts.mkdir()
    for name, text in (
        ("oizumi.txt", OIZUMI),
        ("tatebayashi.txt", TATEBAYASHI),
        ("manifest.csv", MANIFEST),
    ):
        (texts / name).write_text(text, encoding="utf-8")
    ingest(folder / "library", [texts])
    return open_engine(folder / "library")


ABSENT = [
    ("前橋市の空き家バンクの登録", "前橋市の資料は、このライブラリにありません"),
    ("若竹町の相談窓口", "若竹町の資料は、このライブラリにありません"),
    ("埼玉県の除雪ボランティア", "埼玉県の資料は、このライブラリにありません"),
    ("大泉町の移動図書館車", "館林市"),
    ("館林市の電子回覧板の試行", "大泉町"),
    ("館林市の除雪ボランティアの登録 令和元年度", "令和元年度"),
    ("大泉町 多文化協働課 令和6年度の最終レビュー", "記入がありません"),
    ("大泉町 多文化協働課の最終的な総括", "記入がありません"),
    ("大泉町の相談窓口の電話番号", "電話番号"),
    ("移動図書館車の購入金額", "購入金額"),
    ("除雪ボランティアを廃止した理由", "廃止"),
    ("相談窓口を閉鎖したのはなぜですか", "閉鎖"),
    ("移動図書館車の運行を休止した理由", "休止"),
    ("館林市が証明書コンビニ交付サービスを休止した理由", "休止"),
    ("プロ野球の優勝チーム", "「プロ野球」"),
    ("除雪ボランティアの年間の謝金はいくらか", "「いくら」に当たる記載"),
    ("除雪ボランティアの年間の謝金はいくらか", "最も近い内容は館林市「館林市 暮らしの計画」"),
    ("移動図書館車の運転手の氏名", "「氏名」に当たる記載"),
    ("大泉町と前橋市の空き家バンクの登録はどちらが多いか", "前橋市の資料は、このライブラリにありません"),
    ("前橋市との共同事業", "前橋市"),
    ("館林市の移動図書館車の運行課の課長は誰ですか", "課長は誰"),
    ("館林市の除雪ボランティア 令和5年度登録台数", "「登録台数」に当たる数値"),
    ("除雪ボランティアと委託のどちらがよいと思いますか", "意見や助言"),
]


@pytest.mark.parametrize(("question", "said"), ABSENT)
def test_what_is_absent_is_refused_with_its_reason_and_what_was_searched(
    engine: Engine, question: str, said: str
) -> None:
    answer = engine.ask(question).answer
    assert answer.abstained
    assert said in answer.reason
    assert "検索" in answer.reason


PRESENT = [
    "館林市の除雪ボランティアの令和5年度の登録者数",
    "館林市の暮らしシートに書かれた除雪ボランティア",
    "大泉町の空き家バンクの登録",
    "大泉町の相談窓口は上半期に何件の相談を受けたか",
    "前橋市と大泉町の相談窓口",
    "除雪ボランティア 令和5年度 登録",
    "移動図書館車 集会所",
    "体育館の受付を休止した理由",
    "「移動図書館車」",
    "紙で回していたお知らせを電子にしたところはあるか",
    "電子回覧板の試行の先例",
    "通訳員を増やす理由",
    "通訳員は何人増やす方針か",
    "移動図書館車は何か所を回るか",
    "大泉町と館林市の違い",
    "大泉町 多文化協働課 中間レビュー",
    "大泉町の多文化協働課の課長は誰ですか",
    "大泉町の多文化協働課の課長は",
]


@pytest.mark.parametrize("question", PRESENT)
def test_what_is_there_is_not_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(question).answer
    assert not answer.abstained, answer.reason
