import pytest

from corpus.errors import EmptyFileError
from ingest.html_reader import HtmlReader

_PAGE = """<!DOCTYPE html><html><head>
<meta charset="{charset}"><title>題</title><style>p{{}}</style></head><body>
<nav><a href="/">ホーム</a></nav><script>alert("x")</script>
<h1>多文化共生推進プラン</h1>
<p>外国人住民が
安心して<ruby>暮<rt>く</rt></ruby>らせる<b>地域</b>をつくる。<br>令和6年度から始める。</p>
<ul><li>窓口を置く</li><li>研修を行う</li></ul>
<ol start="3"><li>調査</li><li>策定</li></ol>
<table><caption>目標</caption>
<tr><th rowspan="2">指標</th><th colspan="2">令和6年度</th></tr><tr><th>目標</th><th>実績</th></tr>
<tr><td>相談<br>件数</td><td>10</td><td>12</td></tr></table>
<footer>市役所</footer></body></html>"""
_EXPECTED = [
    *("多文化共生推進プラン", "外国人住民が安心して暮らせる地域をつくる。", "令和6年度から始める。"),
    *("- 窓口を置く", "- 研修を行う", "3. 調査", "4. 策定", "目標"),
    *("指標\t令和6年度\t", "\t目標\t実績", "相談 件数\t10\t12"),
]


@pytest.mark.parametrize(
    ("charset", "codec"), [("UTF-8", "utf-8"), ("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp"), ("", "cp932")]
)
def test_page_is_read_in_every_charset(charset: str, codec: str) -> None:
    read = HtmlReader().read(_PAGE.format(charset=charset).encode(codec))
    assert [line for line in read.text.split("\n") if line] == _EXPECTED
    assert read.encoding == codec


def test_a_few_damaged_characters_are_told() -> None:
    data = b'<meta charset="shift_jis"><p>' + ("計画の本文。" * 500).encode("cp932") + b"\x81\x20</p>"
    read = HtmlReader().read(data)
    assert read.text.startswith("計画の本文。")
    assert "1か所" in read.warnings[0]


def test_frame_of_a_page_is_no_table_and_a_page_without_text_is_refused() -> None:
    page = "<table><tr><td>左</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    assert HtmlReader().read(page.encode()).text.split() == ["左", "a", "b"]
    with pytest.raises(EmptyFileError):
        HtmlReader().read(b"<html><body><script>x</script></body></html>")


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display: none">隠れた文</p>',
        '<div hidden><p style="display:none">隠れた文</p></div>',
        '<span style="color:#fff;font-size:0px">隠れた文</span>',
        '<p style="VISIBILITY:hidden">隠れた文</p>',
        '<p style="opacity: 0">隠れた文</p>',
    ],
)
def test_what_the_page_does_not_show_is_left_out_and_told(hidden: str) -> None:
    read = HtmlReader().read(f"<html><body><p>窓口を増やします。</p>{hidden}</body></html>".encode())
    assert read.text == "窓口を増やします。\n"
    assert read.warnings == ("ページに表示されない文字が4字あり、読み取りから除きました。",)


def test_small_and_pale_text_of_a_page_stays() -> None:
    markup = '<p style="font-size:0.8em;opacity:0.5">注記です。</p><p style="font-size: 10px">本文です。</p>'
    read = HtmlReader().read(f"<html><body>{markup}</body></html>".encode())
    assert read.text.split() == ["注記です。", "本文です。"]
    assert not read.warnings
