"""Municipalities: the table itself, codes and names."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import AmbiguousMunicipalityError, InputError, UnknownMunicipalityError
from corpus.municipality import Level, MunicipalityTable, check_digit, is_valid_code
from corpus.sample_corpus import sample_former_names, sample_municipalities

TABLE = MunicipalityTable.load()
OIZUMI, TATEBAYASHI = "105244", "102075"


def test_table_has_every_prefecture_and_municipality() -> None:
    levels = Counter(row.level for row in TABLE)
    ends = Counter(row.name[-1] for row in TABLE if row.level is Level.MUNICIPALITY)
    assert levels == {Level.PREFECTURE: 47, Level.MUNICIPALITY: 1741}
    assert ends == {"市": 792, "町": 743, "村": 183, "区": 23}
    assert len(TABLE) == 1788


def test_every_code_of_the_table_has_its_check_digit() -> None:
    assert [row.code for row in TABLE if not is_valid_code(row.code)] == []


def test_every_municipality_lies_in_the_prefecture_of_its_code() -> None:
    prefectures = {row.code[:2]: row.name for row in TABLE if row.level is Level.PREFECTURE}
    assert [row.full_name for row in TABLE if prefectures[row.code[:2]] != row.prefecture] == []


@pytest.mark.parametrize(
    ("first_five", "digit"), [("10524", "4"), ("10207", "5"), ("10204", "1"), ("01460", "5"), ("01100", "2")]
)
def test_check_digit_follows_the_standard(first_five: str, digit: str) -> None:
    assert check_digit(first_five) == digit
    assert [is_valid_code(first_five + other) for other in "0123456789"].count(True) == 1


@pytest.mark.parametrize("first_five", ["", "1234", "123456", "1052a", "１０５２４"])
def test_check_digit_refuses_what_are_not_five_digits(first_five: str) -> None:
    with pytest.raises(InputError, match="5桁"):
        check_digit(first_five)
    assert not is_valid_code(first_five)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("105244", "群馬県大泉町"),
        ("10524", "群馬県大泉町"),
        ("１０５２４４", "群馬県大泉町"),
        ("014605", "北海道上富良野町"),
        ("14605", "北海道上富良野町"),
        ("100005", "群馬県"),
    ],
)
def test_by_code_finds_the_municipality(code: str, name: str) -> None:
    assert TABLE.by_code(code).full_name == name


@pytest.mark.parametrize(
    ("code", "message"),
    [("105245", "検査数字"), ("990001", "見つかりません"), ("99000", "見つかりません"), ("大泉", "6桁")],
)
def test_by_code_refuses_with_the_reason(code: str, message: str) -> None:
    with pytest.raises(UnknownMunicipalityError, match=message):
        TABLE.by_code(code)


def test_by_code_does_not_choose_between_a_lost_zero_and_a_missing_check_digit() -> None:
    with pytest.raises(AmbiguousMunicipalityError, match=r"愛知県日進市と青森県深浦町.*232301 / 023230"):
        TABLE.by_code("23230")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("大泉町", [OIZUMI]),
        ("群馬県大泉町", [OIZUMI]),
        ("群馬県邑楽郡大泉町", [OIZUMI]),
        ("邑楽郡大泉町", [OIZUMI]),
        ("群馬県　大泉町", [OIZUMI]),
        ("府中市", ["132063", "342084"]),
        ("東京都府中市", ["132063"]),
        ("蒲郡市", ["232149"]),
        ("郡山市", ["072036"]),
        ("鯵ケ沢町", ["023213"]),
        ("竜ヶ崎市", ["082082"]),
        ("群馬県", ["100005"]),
        ("東京都大泉町", []),
        ("大泉", []),
        ("", []),
    ],
)
def test_named_finds_all_of_that_name(name: str, codes: list[str]) -> None:
    assert [row.code for row in TABLE.named(name)] == codes


@pytest.mark.parametrize("prefecture", ["広島県", "広島"])
def test_a_prefecture_decides_between_namesakes(prefecture: str) -> None:
    assert [row.code for row in TABLE.named("府中市", prefecture)] == ["342084"]
    assert TABLE.resolve("府中市", prefecture).code == "342084"


def test_resolve_takes_a_name_or_a_code() -> None:
    assert TABLE.resolve("館林市") == TABLE.resolve(TATEBAYASHI) == TABLE.by_code(TATEBAYASHI)


def test_resolve_names_the_codes_of_namesakes() -> None:
    with pytest.raises(AmbiguousMunicipalityError) as raised:
        TABLE.resolve("府中市")
    expected = "「府中市」は東京都と広島県にあります。コード(132063 / 342084)で指定してください。"
    assert str(raised.value) == expected


def test_resolve_suggests_the_full_name() -> None:
    with pytest.raises(UnknownMunicipalityError, match=r"大泉町（群馬県、105244）ではありませんか"):
        TABLE.resolve("大泉")
    with pytest.raises(UnknownMunicipalityError, match="群馬県に見つかりません"):
        TABLE.resolve("府中市", "群馬県")


def test_extra_tables_add_fictional_towns(tmp_path: Path) -> None:
    code = "99001" + check_digit("99001")
    extra = tmp_path / "fictional.csv"
    row = f"{code},架空県,架空町,カクウチョウ,municipality"
    extra.write_text(f"code,prefecture,name,kana,level\n{row}\n", encoding="utf-8")
    table = MunicipalityTable.load(extra)
    assert table.by_code(code).full_name == "架空県架空町"
    assert table.named("架空県架空町") == table.named("架空町") == [table.by_code(code)]
    assert TABLE.named("架空町") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("code,name\n105244,大泉町\n", "列 prefecture, kana, level"),
        ("code,prefecture,name,kana,level\n990010,架空県,架空町,カ,municipality\n", "2行目の.*「990010」"),
        ("code,prefecture,name,kana,level\n105244,群馬県,大泉町,オ,municipality\n", "2回"),
        ("code,prefecture,name,kana,level\n990019,架空県,架空町,カ,town\n", "区分「town」"),
    ],
)
def test_extra_tables_are_refused_with_the_place(tmp_path: Path, content: str, message: str) -> None:
    extra = tmp_path / "wrong.csv"
    extra.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        MunicipalityTable.load(extra)


def test_an_extra_table_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="読めません"):
        MunicipalityTable.load(tmp_path / "none.csv")


def test_every_former_municipality_has_its_successor_and_is_no_municipality_of_today() -> None:
    assert len(TABLE.former) >= 240
    for one in TABLE.former:
        assert one.successor.prefecture == one.prefecture
        assert TABLE.named(one.name, one.prefecture) == [], one.label
        assert one.county == "" or one.county.endswith("郡")
    keys = [(one.prefecture, one.county, one.name) for one in TABLE.former]
    assert len(set(keys)) == len(keys)


def test_a_former_name_is_shown_with_todays() -> None:
    (akabori,) = [one for one in TABLE.former if one.name == "赤堀町"]
    assert akabori.label == "赤堀町（現 伊勢崎市）"


def test_further_former_names_are_read() -> None:
    table = MunicipalityTable.load(sample_municipalities(), former=(sample_former_names(),))
    assert table.former[-1].label == "浜千草町（現 月見浦市）"
    assert len(TABLE.former) == len(table.former) - 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("群馬県,佐波郡,赤堀町,存在しない市", "2行目の名前「赤堀町」か現在の名前「存在しない市」"),
        ("埼玉県,佐波郡,赤堀町,伊勢崎市", "2行目"),
        ("群馬県,佐波郡,赤堀,伊勢崎市", "「赤堀」"),
    ],
)
def test_a_wrong_former_name_is_refused_with_the_place(tmp_path: Path, row: str, message: str) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(f"prefecture,county,name,successor\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        MunicipalityTable.load(former=(wrong,))
