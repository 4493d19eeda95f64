"""Character sets: every encoding that municipal files come in, and what is refused."""

import random

import pytest

from corpus.errors import EmptyFileError, UndecodableFileError
from ingest.charset import decode

CASES = [
    ("utf-8", "utf-8", "令和6年度 方針書"),
    ("utf-8-sig", "utf-8-sig", "大泉町\n方針書"),
    ("utf-16", "utf-16", "業務棚卸表\t館林市"),
    ("cp932", "cp932", "伊勢崎市行政改革推進計画 取組結果報告書"),
    ("cp932", "cp932", "①ふるさと納税㈱"),
    ("cp932", "cp932", "ﾃﾞｰﾀ件数,人口,令和2年度"),
    ("euc_jp", "euc_jp", "大泉町"),
    ("euc_jp", "euc_jp", "総務課"),
    ("euc_jp", "euc_jp", "はい"),
    ("euc_jp", "euc_jp", "上富良野町の町政運営推進プラン"),
    ("iso2022_jp", "iso2022_jp", "第6次総合計画"),
    ("ascii", "utf-8", "code,name\n105244,Oizumi"),
]


@pytest.mark.parametrize(("encoding", "name", "text"), CASES)
def test_decode_finds_the_encoding(encoding: str, name: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, name)
    assert decoded.had_bom == (encoding in ("utf-8-sig", "utf-16"))


@pytest.mark.parametrize("text", ["大泉町", "はい", "年度", "令和６年度", "館林市　業務棚卸表", "○×△"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp932", "euc_jp", "iso2022_jp"]
)
def test_decode_reads_short_texts_in_every_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["iso2022_jp_ext", "euc_jis_2004"])
def test_decode_reads_the_wider_variants(encoding: str) -> None:
    text = "①ふるさと納税" if encoding == "euc_jis_2004" else "ﾃﾞｰﾀ件数"
    assert decode(text.encode(encoding)).text == text


def test_decode_reads_a_circled_number_in_iso_2022_jp() -> None:
    assert decode(b'\x1b$B-!$"\x1b(B').text == "①あ"


def test_decode_unifies_line_ends_and_nothing_else() -> None:
    assert decode("ア\r\nイ\rウ\n\n　ｴ〜 ".encode()).text == "ア\nイ\nウ\n\n　ｴ〜 "


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "　\n".encode(), b"\xef\xbb\xbf", "　".encode("cp932")])
def test_decode_refuses_a_file_without_content(data: bytes) -> None:
    with pytest.raises(EmptyFileError, match="指定してください"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"PK\x03\x04\x00\x00\x08", 4),
        (b"%PDF-1.4\n\x01\x02\x03", 9),
        ("大泉町".encode()[:-1], 7),
        (b"\xef\xbb\xbfabc\xff", 6),
        ("大泉町".encode("cp932") + b"\xff", 6),
        ("caf\u00e9 r\u00e9sum\u00e9".encode("latin-1"), 3),
        (b"\x1b$B\x21", 3),
    ],
)
def test_decode_names_the_byte_that_it_cannot_read(data: bytes, offset: int) -> None:
    with pytest.raises(UndecodableFileError, match=f"{offset}バイト目.*UTF-8"):
        decode(data)


def test_decode_refuses_random_bytes() -> None:
    source = random.Random(6)
    data = bytes(source.randrange(0x80, 0x100) for _ in range(300))
    with pytest.raises(UndecodableFileError, match="保存し直して"):
        decode(data)
