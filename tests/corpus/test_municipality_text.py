"""Municipalities in running text: full names, short names, and words that are neither."""

import pytest

from corpus.municipality import Level, MunicipalityTable
from corpus.municipality_text import find_former_names, find_municipalities, find_short_names
from corpus.sample_corpus import sample_municipalities

TABLE = MunicipalityTable.load()
OIZUMI, TATEBAYASHI, ISESAKI, KAMIFURANO = "105244", "102075", "102041", "014605"


def found(text: str) -> list[tuple[str, list[str]]]:
    mentions = find_municipalities(text, TABLE)
    return [(text[m.start : m.end], [row.code for row in m.municipalities]) for m in mentions]


def found_short(text: str, *codes: str) -> list[tuple[str, list[str]]]:
    mentions = find_short_names(text, [TABLE.by_code(code) for code in codes], TABLE)
    return [(text[m.start : m.end], [row.code for row in m.municipalities]) for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大泉町の課題", [("大泉町", [OIZUMI])]),
        ("令和6年度大泉町方針書", [("大泉町", [OIZUMI])]),
        ("群馬県邑楽郡大泉町と", [("群馬県邑楽郡大泉町", [OIZUMI])]),
        ("、群馬県 館林市", [("群馬県 館林市", [TATEBAYASHI])]),
        ("太田市館林市", [("太田市", ["102059"]), ("館林市", [TATEBAYASHI])]),
        ("府中市", [("府中市", ["132063", "342084"])]),
        ("東京都府中市", [("東京都府中市", ["132063"])]),
        ("広島の府中市", [("広島の府中市", ["342084"])]),
        ("府中市（東京都）は", [("府中市（東京都）", ["132063"])]),
        ("東村山市と東村", [("東村山市", ["132136"]), ("東村", ["473031"])]),
        ("四日市市", [("四日市市", ["242021"])]),
        ("野々市市", [("野々市市", ["172120"])]),
        ("ﾆｾｺ町", [("ﾆｾｺ町", ["013951"])]),
        ("大阪市北区", [("大阪市", ["271004"])]),
        ("館林市大泉町", [("館林市", [TATEBAYASHI])]),
        ("太田市とみどり市", [("太田市", ["102059"]), ("みどり市", ["102121"])]),
        ("高知県いの町", [("高知県いの町", ["393860"])]),
    ],
)
def test_full_names_are_found_in_text(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("東大泉町", "東京都大泉町", "会津市", "中央区域", "大田市場", "昭和町3丁目", "朝日町内会"),
        *("市町村", "大泉", "憩いの町", "ふれあいの町づくり", "群馬県内の市町村", "町民", ""),
    ],
)
def test_other_words_are_no_municipality(text: str) -> None:
    assert found(text) == []


def test_every_municipality_is_found_by_its_full_name() -> None:
    rows = [row for row in TABLE if row.level is Level.MUNICIPALITY]
    missed = [row.full_name for row in rows if found(f"{row.full_name}は") != [(row.full_name, [row.code])]]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大泉と館林の比較", [("大泉", [OIZUMI]), ("館林", [TATEBAYASHI])]),
        ("群馬県大泉の子育て", [("大泉", [OIZUMI])]),
        ("伊勢崎行政改革", [("伊勢崎", [ISESAKI])]),
        ("上富良野の計画", [("上富良野", [KAMIFURANO])]),
        ("小大泉", []),
        ("大泉町", []),
        ("東大泉町", []),
        ("大泉学園", []),
        ("大泉高校", []),
        ("大田原", []),
        ("高崎", []),
    ],
)
def test_short_names_are_found_among_the_candidates(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert found_short(text, OIZUMI, TATEBAYASHI, ISESAKI, KAMIFURANO, "131113") == expected


def test_a_short_name_inside_another_municipality_is_not_found() -> None:
    furano = TABLE.resolve("富良野市").code
    assert found_short("上富良野の計画", furano) == []
    assert found_short("富良野の計画", furano) == [("富良野", [furano])]


def test_everyday_words_are_no_short_names() -> None:
    codes = [TABLE.resolve(name).code for name in ("津市", "中央区", "みどり市")]
    assert found_short("津の中央にみどりを", *codes) == []
    assert found_short("大泉", *[]) == []


def test_towns_of_an_extra_table_are_found_with_that_table_only() -> None:
    samples = MunicipalityTable.load(sample_municipalities())
    for row in set(samples) - set(TABLE):
        (mention,) = find_municipalities(row.full_name, samples)
        assert mention.municipalities == (row,)
        assert find_municipalities(row.full_name, TABLE) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("赤堀町の多文化共生", [("赤堀町", "伊勢崎市", False)]),
        ("旧赤堀町", [("赤堀町", "伊勢崎市", False)]),
        ("群馬県境町の支所", [("群馬県境町", "伊勢崎市", True)]),
        ("群馬の境町の支所", [("群馬の境町", "伊勢崎市", True)]),
        ("佐波郡東村", [("佐波郡東村", "伊勢崎市", True)]),
        ("群馬県勢多郡東村", [("群馬県勢多郡東村", "みどり市", True)]),
        ("福岡県那珂川町", [("福岡県那珂川町", "那珂川市", True)]),
        ("篠山市と浦和市", [("篠山市", "丹波篠山市", False), ("浦和市", "さいたま市", False)]),
        ("境町", []),
        ("東村", []),
        ("群馬県東村", []),
        ("茨城県境町", []),
        ("岡部町", []),
        ("埼玉県岡部町", [("埼玉県岡部町", "深谷市", True)]),
        ("丹波篠山市", []),
        ("東村山市", []),
        ("三和町3丁目", []),
        ("上赤堀町", []),
    ],
)
def test_former_names_are_found_where_they_can_mean_one_only(
    text: str, expected: list[tuple[str, str, bool]]
) -> None:
    mentions = find_former_names(text, TABLE)
    found = [(text[one.start : one.end], one.former.successor.name, one.located) for one in mentions]
    assert found == expected
