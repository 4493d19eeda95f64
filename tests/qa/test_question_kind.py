from __future__ import annotations

import pytest

from qa.question_kind import QuestionKind, asked_of, field_of

KINDS = [
    ("令和2年度の水道管の更新延長は何kmですか。", QuestionKind.FIGURE),
    ("委託料はいくら減る見込みか", QuestionKind.FIGURE),
    ("国際交流協会の会員数（H28実績）", QuestionKind.FIGURE),
    ("さかい聖苑は業務開始から何年が経過したか", QuestionKind.FIGURE),
    ("保健センターの供用開始はいつか", QuestionKind.DATE),
    ("次の移動図書館車は今度いつくるのか", QuestionKind.DATE),
    ("相談員は何曜日に配置されていますか", QuestionKind.DATE),
    ("件数が最も多かったのは何年度ですか", QuestionKind.DATE),
    ("通訳タブレットをどこに置きましたか", QuestionKind.PLACE),
    ("開発を見据えているのはどの地区か", QuestionKind.PLACE),
    ("訓練はどこと連携して行ったか", QuestionKind.ORGANISATION),
    ("人事評価制度を担当する課はどこか", QuestionKind.ORGANISATION),
    ("司会は誰が務めたか", QuestionKind.ORGANISATION),
    ("講座の名称は何ですか", QuestionKind.NAME),
    ("どのように周知したか", QuestionKind.METHOD),
    ("雪かき隊を組めないのはなぜですか", QuestionKind.REASON),
    ("作成が遅れている原因は何か。", QuestionKind.REASON),
    ("避難ビルとは、どういう建物のことですか。", QuestionKind.DEFINITION),
    ("工事はどうなったか", QuestionKind.STATUS),
    ("令和5年度の目標を達成しましたか", QuestionKind.STATUS),
    ("策定に向けて何を行うか", QuestionKind.THING),
    ("令和2年度の達成度は", QuestionKind.MARK),
    ("休止が決まったのは第何回の協議会か", QuestionKind.ORDINAL),
    ("農林課 R6 目標", QuestionKind.CONTENT),
    ("渡し船 往復 料金", QuestionKind.FIGURE),
    ("証明書のコンビニ交付は何年何月に始まったのか", QuestionKind.DATE),
    ("学童保育のことはどこの課に聞けばいい？", QuestionKind.ORGANISATION),
    ("ドーザーの納車はなんで遅れたの？", QuestionKind.REASON),
    ("土地が売れ残ったのは何のせい？", QuestionKind.REASON),
    ("機能別団員に申し込んだ学生の人数", QuestionKind.FIGURE),
    ("診療車は週に何日来るか", QuestionKind.FIGURE),
    ("総合戦略の決算額は何千円か", QuestionKind.FIGURE),
    ("空き家は何軒あるか", QuestionKind.FIGURE),
    ("課長の氏名", QuestionKind.NAME),
    ("公用車の削減を所管しているのは何課か", QuestionKind.ORGANISATION),
    ("図書の事業を担当しているのはどこですか", QuestionKind.ORGANISATION),
    ("住民にどういう方法で説明したか", QuestionKind.METHOD),
    ("協議会は何年程度休止するか", QuestionKind.FIGURE),
    ("何回目の会議で休止が決まったか", QuestionKind.ORDINAL),
    ("アプリでの納税を受け付け始めた日は？", QuestionKind.DATE),
    ("目指すまちの将来像を教えてください", QuestionKind.NAME),
    ("朝市の登録者をどこまで増やす計画か", QuestionKind.FIGURE),
    ("会議がどこまで進んだか", QuestionKind.STATUS),
    ("浜の砂が減ってしまったわけ", QuestionKind.REASON),
    ("運航が止まったのは何があったからか", QuestionKind.REASON),
    ("船の整備に使ったお金", QuestionKind.FIGURE),
    ("住民に配る冊子は？", QuestionKind.THING),
    ("効率化のため導入を考えている仕組みは？", QuestionKind.THING),
]


@pytest.mark.parametrize(("question", "kind"), KINDS)
def test_the_kind_of_a_question_is_read_from_the_words_that_ask(question: str, kind: QuestionKind) -> None:
    assert asked_of(question)[0].kind is kind


NO_FACT = [
    "消防団 機能別団員 大学生",
    "空き家バンク 登録件数",
    "やさしい日本語の言い換え集を庁内に配った例",
    "目標未達の理由を書く評価文、他の書きぶりを参考にしたい",
    "一度に払えない税を、何回かに分けて納める約束",
    "山が崩れて何日も行き来できなくなった",
    "紙の回覧を隣へ持っていくのがいつも大変",
    "窓口の人が思いついた案を持ち寄る集まり",
    "事業を行いつつ費用を抑える取組",
]


@pytest.mark.parametrize("question", NO_FACT)
def test_keywords_precedents_and_indefinite_words_ask_for_no_fact(question: str) -> None:
    assert asked_of(question) == ()


def test_two_figures_joined_are_asked_for_each_in_its_unit() -> None:
    found = asked_of("令和4年度の除雪の費用と前年からの増加率")
    assert [(one.kind, one.units) for one in found] == [
        (QuestionKind.FIGURE, ("円",)),
        (QuestionKind.FIGURE, ("%",)),
    ]


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("よその自治体をいくつ訪ねたか", ("自治体", "市町村", "市", "町", "村", "団体")),
        ("施設はいくつあるか", ("施設",)),
        ("申込みの上限はいくつか", ()),
    ],
)
def test_what_ikutsu_counts_is_its_unit(question: str, units: tuple[str, ...]) -> None:
    assert asked_of(question)[0].units == units


def test_two_things_may_be_asked_in_one_question() -> None:
    asked = asked_of("断水は何が原因で、何世帯に影響しましたか。")
    assert [one.kind for one in asked] == [QuestionKind.REASON, QuestionKind.FIGURE]
    assert asked[1].units == ("世帯",)


FOCUSES = [
    ("合併を検討している相手の町はどこか", "町", "と"),
    ("連携している大学はどこですか", "大学", ""),
    ("大泉町は何を行うか", "", "を"),
    ("改定案をいつの議会に出すか", "議会", "に"),
    ("システムの名前は", "システム", ""),
    ("港湾課の課長は令和6年度は誰ですか", "課長", ""),
    ("配車の受付は何の装置を使って行うか", "装置", ""),
    ("給食の委託先はどこになりましたか", "委託先", "に"),
    ("電力の契約先はどこですか", "契約先", "と"),
    ("みなと再生計画のうたう都市像のフレーズ", "都市像", ""),
    ("学生に点検を頼んでいるのはどこの大学", "大学", ""),
]


@pytest.mark.parametrize(("question", "focus", "particle"), FOCUSES)
def test_the_noun_asked_for_and_the_particle_are_kept(question: str, focus: str, particle: str) -> None:
    asked = asked_of(question)[0]
    assert (asked.focus, asked.particle) == (focus, particle)


UNITS = [
    ("徴収率の目標はいくつですか", ("%",)),
    ("決算額はいくらか", ("円",)),
    ("何か所に置いたか", ("か所",)),
    ("令和3年度の参加者数は", ("人",)),
    ("達成度率はいくらか", ("%",)),
    ("令和4年度に減らした紙の合計枚数", ("枚",)),
    ("人口のどれくらいが65歳以上か", ("%", "割")),
]


@pytest.mark.parametrize(("question", "units"), UNITS)
def test_the_unit_comes_from_the_counter_or_the_noun(question: str, units: tuple[str, ...]) -> None:
    assert asked_of(question)[0].units == units


def test_the_end_of_nado_asks_for_nothing() -> None:
    kinds = [one.kind for one in asked_of("差し押さえた財産などの換価に使う方法は何か")]
    assert kinds == [QuestionKind.METHOD]


def test_of_a_year_and_a_month_the_month_is_asked_for() -> None:
    assert asked_of("運用は何年何月に始まったか")[0].units == ("月",)
    assert asked_of("運用は何年度に始まったか")[0].units == ("年度",)


def test_a_phrase_ends_in_the_field_of_a_form() -> None:
    assert field_of("町営バス運行事業の効率性の評価")[0].focus == "評価"
    assert field_of("空き家対策") == ()
