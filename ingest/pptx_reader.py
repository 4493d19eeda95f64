"""Slides (.pptx): each slide's title, then what lies on it with charts and diagrams, without notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from corpus.errors import EmptyFileError, InputError
from ingest.block_text import Piece, TextBuilder
from ingest.cell_lines import lines_of, one_line
from ingest.drawn_text import drawn_id, drawn_parts, write_drawn
from ingest.grid import GridBuilder, GridCell
from ingest.grid_text import write_grid
from ingest.ooxml_package import OFFICE_DAMAGE, open_package
from ingest.ooxml_xml import local
from ingest.reader import ReadFile
from ingest.text_reader import line_locator

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.table import Table
    from pptx.text.text import TextFrame

_SAME_HEIGHT = 228_600  # EMU, a quarter of an inch: shapes that begin within it stand side by side
_MEASURES = ("off", "ext", "chOff", "chExt")
_FURNITURE = ("SLIDE_NUMBER", "DATE", "FOOTER", "HEADER")


class _Scale(NamedTuple):
    """From a group's own measure to the slide's: moved, then stretched."""

    x: float = 0.0
    y: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the group lies on the slide."""
        return (self.x + self.across * x, self.y + self.down * y)

    def within(self, group: BaseShape) -> _Scale:
        """The scale within a group that lies in this one."""
        told: dict[str, tuple[int, int]] = {}
        for element in group._element.iter():
            name = local(element)
            if name in _MEASURES and name not in told:
                across_key, down_key = ("cx", "cy") if name in ("ext", "chExt") else ("x", "y")
                told[name] = (int(element.get(across_key, "0")), int(element.get(down_key, "0")))
        if len(told) < len(_MEASURES) or 0 in told["chExt"]:
            return self
        across, down = told["ext"][0] / told["chExt"][0], told["ext"][1] / told["chExt"][1]
        x = self.x + self.across * (told["off"][0] - across * told["chOff"][0])
        y = self.y + self.down * (told["off"][1] - down * told["chOff"][1])
        return _Scale(x, y, self.across * across, self.down * down)


_WHOLE = _Scale()


class PptxReader:
    """Reads presentations; hidden slides are left out with a warning."""

    def read(self, data: bytes) -> ReadFile:
        """Read the slides in order.

        Raises:
            EmptyFileError: no text.
            InputError: damaged, or no presentation.
        """
        package = open_package(data)  # refuses what is not safe to parse
        builder: TextBuilder[GridCell] = TextBuilder()
        hidden = []
        noted = 0
        with _damage_told():
            for number, slide in enumerate(_opened(data).slides, start=1):
                if slide._element.get("show") == "0":
                    hidden.append(str(number))
                    continue
                _write(builder, slide, drawn_parts(package, str(slide.part.partname).lstrip("/")))
                noted += slide.has_notes_slide and bool(_notes(slide))
        if not len(builder):
            raise EmptyFileError("スライドに文字がありません。画像だけのファイルは読み取れません。")
        text = builder.text
        return ReadFile(
            text=text,
            blocks=builder.blocks(),
            encoding="pptx",
            locate=line_locator(text),
            warnings=(*package.warnings, *_hidden_warning(hidden, noted)),
        )


def _hidden_warning(hidden: list[str], noted: int) -> Iterator[str]:
    if hidden:
        yield f"非表示のスライドは読み取っていません: {'、'.join(hidden)}枚目。"
    if noted:
        yield f"発表者ノートは読み取っていません（{noted}枚）。載せるときは、スライドに書いてください。"


def _notes(slide: Slide) -> str:
    frame = slide.notes_slide.notes_text_frame
    return frame.text.strip() if frame is not None else ""


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


def _write(builder: TextBuilder[GridCell], slide: Slide, drawn: Mapping[str, Element]) -> None:
    title = slide.shapes.title
    if title is not None:
        _lines(builder, title.text_frame)
    leaves = sorted(_leaves(slide.shapes), key=lambda leaf: leaf.place)
    for shape in (leaf.shape for leaf in leaves if title is None or leaf.shape.shape_id != title.shape_id):
        if shape.is_placeholder and shape.placeholder_format.type.name in _FURNITURE:
            continue
        builder.blank()
        if getattr(shape, "has_table", False):
            _table(builder, shape.table)  # type: ignore[attr-defined]
        elif shape.has_text_frame:
            _lines(builder, shape.text_frame)  # type: ignore[attr-defined]
        for name in filter(None, map(drawn_id, shape._element.iter())):
            if name in drawn:
                write_drawn(builder, drawn[name])
    builder.blank()


class _Leaf(NamedTuple):
    """A shape that is no group, and where it begins on its slide: how far down, by steps, and across."""

    shape: BaseShape
    place: tuple[int, float]


def _leaves(shapes: Iterable[BaseShape], at: _Scale = _WHOLE) -> Iterator[_Leaf]:
    """The shapes, those of groups in their place."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _leaves(shape.shapes, at.within(shape))
        else:
            x, y = at.point(shape.left or 0, shape.top or 0)
            yield _Leaf(shape, (int(y // _SAME_HEIGHT), x))


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
