"""Web pages (.html): headings, paragraphs, lists and tables of the page's own content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.errors import EmptyFileError, UndecodableFileError
from ingest.block_text import Piece, TextBuilder
from ingest.cell_lines import one_line
from ingest.charset import decode
from ingest.grid import GridBuilder, GridCell
from ingest.grid_text import write_grid
from ingest.list_marks import list_mark
from ingest.reader import ReadFile
from ingest.text_reader import line_locator

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_HEAD = 4096
_CODECS = {
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j", "ms932", "cp932"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp", "eucjp"), "euc_jp"),
}
_FEW = 0.001  # of the characters: so many may be damaged in a page that names its charset
_LEFT_OUT = (
    *("head", "script", "style", "noscript", "template", "nav", "footer", "iframe", "svg", "object"),
    *("rt", "rp", "select", "button", "input", "textarea"),
)
_ROLES = ("navigation", "search", "banner", "contentinfo")
_BLOCKS = (
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
    *("html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "ul"),
)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.0-9]*[1-9])|opacity\s*:\s*0(?![.0-9]*[1-9])",
    re.IGNORECASE,
)
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WIDEST = 100
# A line break of the source between Japanese characters is no space (CSS Text 4, segment breaks).
_WRAP = re.compile(r"(?<=[ぁ-んァ-ヶー一-龠、。）」])\s*\n\s*(?=[ぁ-んァ-ヶー一-龠（「])")


class HtmlReader:
    """Reads web pages in any Japanese charset; scripts and navigation are left out."""

    def read(self, data: bytes) -> ReadFile:
        """Read the page's content.

        Raises:
            EmptyFileError: no text.
            UndecodableFileError: no encoding fits.
        """
        from bs4 import BeautifulSoup

        markup, encoding, warnings = _decoded(data)
        soup = BeautifulSoup(markup, "lxml")
        for one in soup.find_all(_LEFT_OUT):
            one.decompose()
        for one in soup.find_all(role=_ROLES):
            one.decompose()
        unseen = _take_out_unseen(soup)
        walk = _Walk()
        walk.content(soup.body or soup)
        walk.end()
        text = walk.builder.text
        if not text.strip():
            raise EmptyFileError("ページに文字がありません。内容のあるファイルか確かめてください。")
        return ReadFile(
            text=text,
            blocks=walk.builder.blocks(),
            encoding=encoding,
            locate=line_locator(text),
            warnings=(*warnings, *_told(unseen)),
        )


def _take_out_unseen(soup: BeautifulSoup) -> int:
    """Take out what the page itself says is not shown; how many letters that is."""
    letters = 0
    unseen = [*soup.find_all(style=_UNSEEN), *soup.find_all(hidden=True)]
    for one in unseen:
        if not one.decomposed:
            letters += len("".join(one.get_text().split()))
            one.decompose()
    return letters


def _told(unseen: int) -> tuple[str, ...]:
    if not unseen:
        return ()
    return (f"ページに表示されない文字が{unseen}字あり、読み取りから除きました。",)


def _decoded(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """The markup with its encoding; what the page itself names decides between encodings that both fit."""
    declared = _DECLARED.search(data[:_HEAD])
    name = declared[1].decode().lower() if declared else ""
    codec = _CODECS.get(name, "utf-8" if name.startswith("utf") else "")
    try:
        decoded = decode(data)
    except UndecodableFileError:
        text = data.decode(codec, errors="replace") if codec and b"\0" not in data else ""
        damaged = text.count("\ufffd")
        if not text or damaged > _FEW * len(text):
            raise
        return text, codec, (f"読めない文字が{damaged}か所ありました（文字コード {codec}）。",)
    if codec not in ("", "utf-8") and decoded.encoding in ("cp932", "euc_jp") and codec != decoded.encoding:
        try:
            return data.decode(codec), codec, ()
        except UnicodeDecodeError:
            pass  # the page names a charset that it is not in
    return decoded.text, decoded.encoding, ()


class _Walk:
    """The page's content while it is written."""

    def __init__(self) -> None:
        self.builder: TextBuilder[GridCell] = TextBuilder()
        self._text = ""
        self._mark = ""

    def content(self, element: Tag) -> None:
        """Write what an element holds; a block within it ends the line."""
        for child in element.children:
            name = getattr(child, "name", None)
            if name is None:
                if type(child).__name__ in ("NavigableString", "CData"):
                    self._text += re.sub(r"\s+", " ", _WRAP.sub("", str(child)))
            elif name == "br":
                self._line()
            elif name in _BLOCKS:
                self._block(child, name)  # type: ignore[arg-type]
            else:
                self.content(child)  # type: ignore[arg-type]

    def end(self) -> None:
        """Write what is left."""
        self._line()

    def _block(self, element: Tag, name: str) -> None:
        self._line()
        if name == "table" and _is_table(element):
            self.builder.blank()
            caption = element.find("caption", recursive=False)
            if caption is not None:
                self.content(caption)
                self._line()
            write_grid(self.builder, _grid(element).grid())
            return
        if name in ("ul", "ol"):
            self._list(element, name)
            return
        if name not in ("li", "dt", "dd"):
            self.builder.blank()
        self.content(element)
        self._line()
        if name not in ("li", "dt", "dd"):
            self.builder.blank()

    def _list(self, element: Tag, name: str) -> None:
        start = str(element.get("start", "1"))
        number = int(start) if start.isdigit() else 1
        form = _FORMS.get(str(element.get("type", "")), "decimal")
        for item in element.find_all("li", recursive=False):
            self._mark = "- " if name == "ul" else f"{list_mark(number, form)}. "
            number += 1
            self._block(item, "li")
            self._mark = ""

    def _line(self) -> None:
        text = one_line(self._text)
        if text:
            self.builder.line(Piece(self._mark + text))
            self._mark = ""
        self._text = ""


def _is_table(table: Tag) -> bool:
    """Whether a table is one, and not the frame by which a page is laid out."""
    rows = _rows(table)
    return table.find("table") is None and any(len(_cells(row)) > 1 for row in rows)


def _rows(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def _grid(table: Tag) -> GridBuilder:
    grid = GridBuilder()
    rows = _rows(table)
    for index, row in enumerate(rows):
        left = len(rows) - index
        grid.row(
            (_flat(cell), _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", left))
            for cell in _cells(row)
        )
    return grid


def _flat(cell: Tag) -> str:
    for br in cell.find_all("br"):
        br.replace_with("\n")
    for block in cell.find_all(list(_BLOCKS)):
        block.insert_before("\n")
        block.insert_after("\n")
    lines = [re.sub(r"[ \t\r\f]+", " ", line).strip() for line in cell.get_text().split("\n")]
    return one_line("\n".join(line for line in lines if line))


def _span(cell: Tag, name: str, most: int) -> int:
    told = str(cell.get(name, "1")).strip()
    number = int(told) if told.isdigit() else 1
    return most if name == "rowspan" and number == 0 else max(1, min(number, most))
