from __future__ import annotations

import pytest

from qa.refusal_demands import Form, demand_of

DEMANDED = [
    ("相談窓口の運営に使った予算はいくらか", Form.MONEY, "いくら"),
    ("雑がみの回収袋の作成費用", Form.MONEY, "作成費用"),
    ("除雪ボランティアは何人いるか", Form.FIGURE, "何人"),
    ("備蓄した米は何俵か", Form.FIGURE, "何俵"),
    ("空き家バンクの登録件数", Form.FIGURE, "登録件数"),
    ("新しい橋が開通するのはいつか", Form.DATE, "いつ"),
    ("診療所の開業日", Form.DATE, "開業日"),
    ("相談窓口の電話番号", Form.DETAIL, "電話番号"),
    ("案内所は朝何時に開くか", Form.DETAIL, "何時"),
    ("防災課の課長は誰ですか", Form.PERSON, "課長は誰"),
    ("防災課の課長は", Form.PERSON, "課長は"),
    ("木材は何グラムか", Form.FIGURE, "何グラム"),
    ("橋の工事を請け負った会社はどこか", Form.COMPANY, "会社はどこ"),
    ("堤防の改修を担う共同企業体の名称", Form.COMPANY, "企業体の名称"),
    ("除雪車の位置を示すアプリの製品名と台数", Form.COMPANY, "製品名"),
    ("診療所と保健室をまとめた施設の新しい名前は何ですか", Form.DETAIL, "新しい名前"),
    ("消防団員の地区別の人数", Form.BREAKDOWN, "地区別"),
    ("バスを廃止した理由", Form.PREMISE, "廃止した"),
]


@pytest.mark.parametrize(("question", "form", "said"), DEMANDED)
def test_the_form_of_answer_is_read_from_the_words_that_ask(question: str, form: Form, said: str) -> None:
    demand = demand_of(question)
    assert demand is not None
    assert (demand.form, demand.said) == (form, said)


FREE = [
    "空き家バンク",
    "保育料 応能負担",
    "公債費 抑制",
    "お年寄りが転ばないようにする",
    "会社の名前を施設につける",
    "移住者を増やす取組の先例",
    "ふるさと納税は前年度より何件増えたか",
    "交通事故の件数は目標以内か",
    "ごみの手数料をいくらにするか",
    "職員に求められる能力",
    "職員が思いついた案",
    "課長は部下を育てる",
    "空き校舎の活用を受け持つのは何課か",
]


@pytest.mark.parametrize("question", FREE)
def test_what_asks_for_no_form_demands_none(question: str) -> None:
    assert demand_of(question) is None


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("受診率は何％か", ("%",)),
        ("団員は何人か", ("人",)),
        ("参加費は何円か", ("円",)),
        ("何か所あるか", ("か所",)),
        ("絵本袋の配布数の上限はいくつか", ()),
    ],
)
def test_a_figure_is_demanded_in_its_unit(question: str, units: tuple[str, ...]) -> None:
    demand = demand_of(question)
    assert demand is not None
    assert demand.units == units


@pytest.mark.parametrize(
    ("question", "given", "other"),
    [
        ("窓口の電話番号", "0276-12-3456", "窓口は2階"),
        ("案内所は何時に開くか", "午前9時から", "9月から"),
        ("工事の完了日", "8月に終えた", "工事を終えた"),
        ("消防団員の男女別の人数", "女性は4人", "団員は172人"),
        ("防災課の課長は誰ですか", "見本 花子", "関係課長"),
    ],
)
def test_a_form_is_told_from_others_by_its_characters(question: str, given: str, other: str) -> None:
    demand = demand_of(question)
    assert demand is not None
    assert demand.given is not None
    assert demand.given.search(given)
    assert not demand.given.search(other)
