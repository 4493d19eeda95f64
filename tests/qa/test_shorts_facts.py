from __future__ import annotations

from dataclasses import replace

import pytest

from index.terms import TermAnalyzer
from qa.question_kind import asked_of
from qa.short_candidate import Candidate
from qa.short_dates import more_exact
from qa.short_statements import statements
from qa.short_topic import Topic
from tests.qa.make import a_hit, plan, prose, row
from tests.qa.make_short import short_of


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


FACTS = [
    (
        "令和3年度から3か年で照明の更新工事を行う。令和5年度においても照明の更新工事を行い、計画どおり完了した。",
        "照明の更新工事が終わったのはいつか",
        "令和5年度",
    ),
    (
        "みなと再生計画に記した都市像「潮風と歩む みんなの港町」の実現を目指す。「みなと通信」を毎月配る。",
        "みなと再生計画のうたう都市像のフレーズ",
        "潮風と歩む みんなの港町",
    ),
    (
        "空き店舗を利用して開いた店の数(累計)\n店を開く人に内装の費用を助成します。",
        "空き店舗を利用して店を開く人のために何をしていますか",
        "店を開く人に内装の費用を助成します",
    ),
    (
        "駅前の美化を目指す。放置された自転車には札を付ける。撤去など放置への措置を行う。",
        "放置された自転車にはどんな措置をしますか",
        "撤去など放置への措置を行う",
    ),
    (
        "8月末で配車表が終わり、車載通信装置を使って配車の受付を行う。配車の案内も検討する。",
        "配車の受付は何の装置を使って行いますか",
        "車載通信装置",
    ),
    (
        "学校の米は潮見商店㈱から買っていたが、4月から千鳥農産㈱と契約した。",
        "学校の米の契約先はどこになりましたか",
        "千鳥農産",
    ),
    (
        "新しい図書館は、令和3年度に基本構想を策定し、令和5年度から設計を行い、令和9年度の供用開始を目指します。",
        "新しい図書館が開くのはいつか",
        "令和9年度",
    ),
    (
        "新しい図書館は令和9年度の供用開始を目指す。令和8年6月に工事の説明会を開いた。令和9年5月の供用開始に向けて図書館の備品を選ぶ。",
        "新しい図書館はいつから使えますか",
        "令和9年5月",
    ),
    (
        "① 令和6年7月3日から転入の届出で聞き取りを始め、10月に転出、1月に出生を加えた。",
        "転入の聞き取りを始めたのはいつか",
        "令和6年7月3日",
    ),
    (
        "令和7年4月の供用開始に向けて調整した。",
        "供用開始はいつか",
        "令和7年4月",
    ),
    (
        "計画期間は令和6年度から令和10年度までの5年間である。",
        "計画期間はいつからいつまで",
        "令和6年度から令和10年度までの5年間",
    ),
    (
        "7月から建設工事を着工した。",
        "建設工事は何月に着工したか",
        "7月",
    ),
    (
        "相談員を毎週火曜日午前、毎週木曜日午後に配置した。",
        "相談員は何曜日に配置したか",
        "火曜日と木曜日",
    ),
    (
        "改定の案を12月議会に提出する。",
        "改定案をいつの議会に提出するか",
        "12月議会",
    ),
    (
        "第15回合併協議会で休止が決まった。",
        "休止が決まったのは第何回の合併協議会か",
        "第15回",
    ),
    (
        "今年度は板倉町との合併協議会の再開を検討する。",
        "合併を検討している相手の町はどこか",
        "板倉町",
    ),
    (
        "地域と東洋大学連携推進会議を開いた。",
        "連携推進会議を開いた大学はどこか",
        "東洋大学",
    ),
    (
        "大型の船を入れ、渡れなかった沖の2地区(磯辺・岬)へ便を広げる。",
        "大型の船でどこの地区へ渡れるようになるか",
        "磯辺・岬",
    ),
    (
        "待合室は廃業した旅館「潮風」を改修し、定員は12人とする。",
        "待合室はどの建物を改修するか",
        "旅館「潮風」",
    ),
    (
        "船賃の収入は1,270万円で、前の年を下回った。燃料が値上がりしたため便を減らし、収入が減った。",
        "船賃の収入が減ったのはなぜか",
        "燃料が値上がりしたため",
    ),
    (
        "団員は540人であり、目標の人数を下回った。班長の退団が重なったため目標に届かなかった。",
        "団員が目標に届かなかったのはなぜか",
        "班長の退団が重なったため",
    ),
    (
        "浜の処理場の延命化と建替えを比べた結果、負担の差が大きいことから、前者を選んだ。処理場は故障により停止した。",
        "浜の処理場の建替えでなく延命化を選んだのはなぜか",
        "浜の処理場の延命化と建替えを比べた結果、負担の差が大きいことから",
    ),
    (
        "便数を減らしたことで、島の声が増えた。船員が病気で休んだため便数を減らした。",
        "便数を減らしたのはなぜか",
        "船員が病気で休んだため",
    ),
    (
        "つばめ園を社会福祉法人浜風会に移管した。",
        "つばめ園はどの法人に移管されたか",
        "社会福祉法人浜風会",
    ),
    (
        "開館時間を延ばした。運営は一般社団法人ハマカゼ。",
        "開館時間を延ばした施設の運営団体は",
        "一般社団法人ハマカゼ",
    ),
    (
        "波が越えた浜崎線のうち640mに堤を設ける。",
        "堤を設ける路線はどこか",
        "浜崎線",
    ),
    (
        "上小泉地区の開発を見据える。",
        "開発を見据えるのはどの地区か",
        "上小泉地区",
    ),
    (
        "町長がネパールへの視察を行った。",
        "町長が視察を行った国はどこか",
        "ネパール",
    ),
    (
        "群馬県警察本部等と連携した訓練を実施した。",
        "訓練はどこと連携したか",
        "群馬県警察本部",
    ),
    (
        "減額を受け「緊急提言」を行った。",
        "減額を受けて行った提言の名前は",
        "緊急提言",
    ),
    (
        "世帯がまばらで隊を組めないため、隣の地区が支える。",
        "隣の地区が支えるのはなぜか",
        "世帯がまばらで隊を組めないため",
    ),
    (
        "達成できなかったのは、班長級の退団が重なったためである。",
        "達成できなかった理由は何か",
        "班長級の退団が重なったためである",
    ),
    (
        "登録が進まない理由として、所有者は「片付けができない」ことを挙げる。",
        "登録が進まない理由は",
        "所有者は「片付けができない」ことを挙げる",
    ),
    (
        "計画の策定に向けアンケート調査を行う。",
        "計画の策定に向けて何を行うか",
        "計画の策定に向けアンケート調査を行う",
    ),
    (
        "斎場の火葬炉は、3号炉の修繕を終え、5号炉の修繕が決まった。",
        "修繕が決まった火葬炉は何号炉か",
        "5号炉",
    ),
    (
        "起債は、1次申請を見送り、3次申請で行うこととした。",
        "起債は結局何次の申請で行うことにしたか",
        "3次申請",
    ),
    (
        "協議会がおおむね4年程度休止されることが決まった。",
        "協議会はおおむね何年程度休止されることになったか",
        "4年程度",
    ),
    (
        "水田電力㈱から電気を購入した。",
        "電気を購入したのはどの会社か",
        "水田電力",
    ),
    (
        "工事は令和6年度の予定であったが、令和8年度に延長となった。",
        "工事はいつに延長されたか",
        "令和8年度",
    ),
    (
        "総合計画に掲げた将来像「水と緑の里」を目指す。",
        "総合計画で掲げている将来像を教えてください",
        "水と緑の里",
    ),
    (
        "人口の15%が65歳以上であり、世帯数は4,000世帯である。",
        "人口のどれくらいが65歳以上か",
        "15%",
    ),
    (
        "広報紙は、希望しない世帯には配らない取組を始めた。",
        "広報紙を配らない取組を始めたのはどんな世帯か",
        "広報紙は、希望しない世帯には配らない取組を始めた",
    ),
    (
        "愛着を感じる割合は85.0%であった。また、18歳~29歳などで、愛着を感じる割合は81.5%であった。",
        "愛着を感じる割合",
        "85.0%",
    ),
    (
        "事務を庶務課から秘書課に移した。",
        "事務はどの課からどの課へ移されたか",
        "庶務課から秘書課",
    ),
    (
        "近年ではネパール、ペルーなどの人も増えている。",
        "近年増えている人の出身の国は",
        "ネパール、ペルー",
    ),
    (
        "国の補助が不採択となり、体育館の工事を次年度に延期した。",
        "体育館の工事が延期されたのはなぜか",
        "国の補助が不採択となり",
    ),
    (
        "島の渡し船は、去年の大波で桟橋の板が割れ、運航を休止しています。",
        "島の渡し船が運航していないのはなぜか",
        "去年の大波で桟橋の板が割れ",
    ),
    (
        "経営比較の表を基に事後の検証を行う。",
        "事後の検証は何を基に行うか",
        "経営比較の表",
    ),
    (
        "県や近隣自治体と合同で相談会を開く。",
        "相談会は誰と合同で開くか",
        "県や近隣自治体",
    ),
    (
        "渡し船の改修は、船大工が2人辞め、予定の5隻には届かなかった。",
        "渡し船の改修が予定に届かなかったのはなぜか",
        "船大工が2人辞め",
    ),
    (
        "実施の形 委託(NPO法人かもめの糸)である。港の清掃は毎週行う。",
        "港の清掃はどこに委託していますか",
        "NPO法人かもめの糸",
    ),
    (
        "配車は通年運用(通年)である。配車の装置は潮見市と運用している。",
        "配車の装置を運用している相手の市はどこですか",
        "潮見市",
    ),
    (
        "旧潮見東小学校の教室を改め、織物に関する事業者を招く。",
        "織物の事業者を招くのにどこの建物を使いますか",
        "旧潮見東小学校",
    ),
    (
        "朝市の舟は町民が対象です。財源には入港料を充てます。",
        "朝市の舟の元手は何ですか",
        "入港料",
    ),
    (
        "また、朝市の舟の塗り替えは、潮の低い日に浜で行うこととした。",
        "朝市の舟の塗り替えはどのように行うか",
        "朝市の舟の塗り替えは、潮の低い日に浜で行うこととした",
    ),
]


@pytest.mark.parametrize(("text", "question", "said"), FACTS)
def test_a_fact_is_said_in_the_sources_own_words(
    text: str, question: str, said: str, analyzer: TermAnalyzer
) -> None:
    document = plan(text)
    assert short_of(question, [a_hit(document, prose(document, text))], analyzer) == said


def test_the_department_of_the_sheet_answers_who_is_in_charge(analyzer: TermAnalyzer) -> None:
    text = "人事評価を運用する。"
    document = plan(text)
    hits = [a_hit(document, prose(document, text))]
    assert short_of("人事評価を担当する課はどこか", hits, analyzer) == "多文化共生課"


def test_the_year_of_the_highest_cell_answers_when_most(analyzer: TermAnalyzer) -> None:
    text = "納税の件数\t903\t636\t1,355"
    document = plan(text)
    headers: list[tuple[str, int | None]] = [
        ("指標", None),
        ("H29実績", 2017),
        ("H30実績", 2018),
        ("R2実績", 2020),
    ]
    hits = [a_hit(document, row(document, text, headers))]
    assert short_of("納税の件数が最も多いのは何年度か", hits, analyzer) == "令和2年度（1,355）"
    assert short_of("納税の件数が最も少ないのは何年度か", hits, analyzer) == "平成30年度（636）"
    assert short_of("納税の件数が903件だったのは何年度か", hits, analyzer) == "平成29年度"


def test_a_definition_is_taken_from_the_sentence_that_begins_with_the_term(analyzer: TermAnalyzer) -> None:
    text = "「暮らしの先輩」の制度を充実させる。※2 暮らしの先輩…町民が町を案内する有償ボランティアです。"
    document = plan(text)
    said = short_of(
        "「暮らしの先輩」とはどのような制度ですか", [a_hit(document, prose(document, text))], analyzer
    )
    assert said == "暮らしの先輩…町民が町を案内する有償ボランティアです"


def test_a_column_of_reasons_says_why_and_what_is_planned_says_how(analyzer: TermAnalyzer) -> None:
    text = (
        "渡し船の増便\t船員を募ることにより渡し船の便を増やす。\t船員の募集に申し込んだ人が一人だけであった。"
    )
    document = plan(text)
    headers: list[tuple[str, int | None]] = [("事業名", None), ("計画の内容", None), ("見送りの理由", None)]
    hits = [a_hit(document, row(document, text, headers))]
    assert (
        short_of("渡し船の増便を見送ったのはなぜか", hits, analyzer)
        == "船員の募集に申し込んだ人が一人だけであった"
    )


def test_who_heads_a_department_is_told_by_its_own_line(analyzer: TermAnalyzer) -> None:
    text = "部長　樫野 一郎\n船を待たせません。"
    document = plan(text)
    passage = replace(prose(document, text), departments=("港湾部",), section_path=("港湾部",))
    hits = [a_hit(document, passage)]
    assert short_of("港湾部長は誰ですか", hits, analyzer) == "樫野 一郎"
    assert short_of("水産部長は誰ですか", hits, analyzer) != "樫野 一郎"


def test_a_sentence_of_a_row_speaks_of_what_the_row_is_called(analyzer: TermAnalyzer) -> None:
    lines = (
        "桟橋の朝市\t出る人が半分に減ったため取りやめる。",
        "島の敬老会\t集う人が二割に満たないため取りやめる。",
    )
    headers: list[tuple[str, int | None]] = [("業務名", None), ("見直しの内容", None)]
    hits = []
    for number, line in enumerate(lines, 1):
        document = plan(line)
        hits.append(a_hit(document, row(document, line, headers), rank=number))
    assert short_of("島の敬老会をやめる理由は", hits, analyzer) == "集う人が二割に満たないため"


def test_a_month_is_told_where_the_same_deed_of_that_year_is_dated_so(analyzer: TermAnalyzer) -> None:
    text = "入札が遅れたが、令和9年5月の供用開始に向けて工事を進める。令和9年6月に説明会を開く。"
    document = plan(text)
    hit = a_hit(document, prose(document, text))
    found = statements([hit], Topic({"図書": 1.0}), analyzer)
    asked = asked_of("図書館はいつから使えますか")[0]
    known = Candidate(text="令和9年度", hit=hit, score=1.0)
    closer = more_exact(known, asked, found)
    assert closer is not None
    assert closer.text == "令和9年5月"
    assert more_exact(replace(known, text="令和8年度"), asked, found) is None
    assert more_exact(replace(known, text="令和9年4月"), asked, found) is None
