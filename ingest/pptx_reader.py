"""Slides (.pptx): each slide's title, then its text and tables as they lie on it, without notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.errors import EmptyFileError, InputError
from ingest.block_text import Piece, TextBuilder
from ingest.cell_lines import lines_of, one_line
from ingest.grid import GridBuilder, GridCell
from ingest.grid_text import write_grid
from ingest.ooxml_package import OFFICE_DAMAGE, open_package
from ingest.reader import ReadFile
from ingest.text_reader import line_locator

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.table import Table
    from pptx.text.text import TextFrame

_SAME_HEIGHT = 228_600  # EMU, a quarter of an inch: shapes that begin within it stand side by side
_FURNITURE = ("SLIDE_NUMBER", "DATE", "FOOTER", "HEADER")


class PptxReader:
    """Reads presentations; hidden slides are left out with a warning."""

    extensions = frozenset({".pptx"})

    def read(self, data: bytes) -> ReadFile:
        """Read the slides in order.

        Raises:
            EmptyFileError: no text.
            InputError: damaged, or no presentation.
        """
        package = open_package(data)  # refuses what is not safe to parse
        builder: TextBuilder[GridCell] = TextBuilder()
        hidden = []
        with _damage_told():
            for number, slide in enumerate(_opened(data).slides, start=1):
                if slide._element.get("show") == "0":
                    hidden.append(str(number))
                else:
                    _write(builder, slide)
        if not len(builder):
            raise EmptyFileError("スライドに文字がありません。画像だけのファイルは読み取れません。")
        text = builder.text
        return ReadFile(
            text=text,
            blocks=builder.blocks(),
            encoding="pptx",
            locate=line_locator(text),
            warnings=(*package.warnings, *_hidden_warning(hidden)),
        )


def _hidden_warning(hidden: list[str]) -> Iterator[str]:
    if hidden:
        yield f"非表示のスライドは読み取っていません: {'、'.join(hidden)}枚目。"


def _opened(data: bytes) -> Presentation:
    from pptx import Presentation

    return Presentation(BytesIO(data))


@contextmanager
def _damage_told() -> Iterator[None]:
    """Slides are parsed when they are come to: damage may show at any of them."""
    from pptx.exc import PythonPptxError

    try:
        yield
    except (PythonPptxError, *OFFICE_DAMAGE) as exc:
        raise InputError(
            "PowerPointファイルとして読み取れません。壊れているおそれがあります。"
            "PowerPointで開き、名前を付けて保存し直してから取り込んでください。"
        ) from exc


def _write(builder: TextBuilder[GridCell], slide: Slide) -> None:
    title = slide.shapes.title
    if title is not None:
        _lines(builder, title.text_frame)
    shapes = [one for one in _leaves(slide.shapes) if title is None or one.shape_id != title.shape_id]
    for shape in sorted(shapes, key=_place):
        if shape.is_placeholder and shape.placeholder_format.type.name in _FURNITURE:
            continue
        builder.blank()
        if getattr(shape, "has_table", False):
            _table(builder, shape.table)  # type: ignore[attr-defined]
        elif shape.has_text_frame:
            _lines(builder, shape.text_frame)  # type: ignore[attr-defined]
    builder.blank()


def _leaves(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    """The shapes, those of groups in their place."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _leaves(shape.shapes)
        else:
            yield shape


def _place(shape: BaseShape) -> tuple[int, int]:
    return (shape.top or 0) // _SAME_HEIGHT, shape.left or 0


def _lines(builder: TextBuilder[GridCell], frame: TextFrame) -> None:
    for paragraph in frame.paragraphs:
        lines = lines_of(paragraph.text)
        for line in lines:
            builder.line(Piece(f"- {line}" if paragraph.level > 0 and line is lines[0] else line))


def _table(builder: TextBuilder[GridCell], table: Table) -> None:
    grid = GridBuilder()
    for row in table.rows:
        grid.row(
            (one_line(cell.text_frame.text), cell.span_width, cell.span_height)
            if cell.is_merge_origin
            else (one_line(cell.text_frame.text), 1, 1)
            for cell in row.cells
            if not cell.is_spanned
        )
    write_grid(builder, grid.grid())
