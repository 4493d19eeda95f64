"""A chapter of a plan set in two columns, with a table across both in the middle of the page."""

from tests.ingest.pdf_drawing import Drawing

LEFT = (
    "浅い海を守るため、干潟の清掃を年に六",
    "回行います。清掃に加わる人は昨年度、",
    "延べ四百人を超えました。",
    "■ アマモの再生",
    "藻場の面積は十年で半分になりました。",
    "種をまく場所を三か所に増やし、漁協と",
    "見回ります。",
    "種は小学校の授業でも育てており、児童",
    "百二十人が加わりました。",
)
RIGHT = (
    "■ 磯焼けへの対応",
    "ウニの駆除に補助を出します。対象は潜",
    "水による作業とし、上限を三十万円とし",
    "ます。",
    "駆除したウニは廃棄せず、畑の野菜で育",
    "てて出荷する試みを支えます。",
    "■ 漁港の利用",
    "使われない荷さばき所を釣り客の休憩所",
    "に改めます。",
)
BELOW_LEFT = (
    "■ 担い手",
    "若い漁師の研修に月十五万円を給付しま",
    "す。期間は二年間です。",
    "住まいは空き家を町が借り上げ、家賃の",
    "半分を補助します。",
    "研修の受入れは漁協が行い、町は船の燃",
    "料費を補います。",
)
BELOW_RIGHT = (
    "■ 海の学習",
    "小学校の五年生が海で二日間を過ごしま",
    "す。保護者の負担はありません。",
    "指導は町の学芸員と漁師が行い、貝の標",
    "本を作ります。",
    "中学校では潮の満ち引きと地震の関わり",
    "を学びます。",
)
ROWS = (
    ("指標", "単位", "令和５年度", "令和８年度", "令和12年度"),
    ("藻場の面積", "ha", "41", "48", "60"),
    ("干潟の清掃の参加者数", "人", "412", "450", "500"),
)
_BORDERS = (50, 200, 260, 350, 450, 545)
_HEIGHTS = (310, 330, 350, 370)


def two_columns() -> bytes:
    """The page; the columns' lines stand at heights of their own, as headings and paragraphs push them."""
    page = Drawing().text(180, 60, "第２章　海を生かす", 14).text(50, 300, "２　目標")
    page.lines(50, 100, LEFT).lines(320, 103, RIGHT)
    page.lines(50, 400, BELOW_LEFT).lines(320, 403, BELOW_RIGHT).grid(_BORDERS, _HEIGHTS)
    for y, row in zip(_HEIGHTS, ROWS, strict=False):
        for x, text in zip(_BORDERS, row, strict=False):
            page.text(x + 3, y + 14, text, 9)
    return page.data()
