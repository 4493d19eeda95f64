"""Word documents (.docx): their text in the order of print. They have no pages until they are printed."""

from __future__ import annotations

from corpus.errors import EmptyFileError, InputError
from ingest.docx_hidden import hidden_of
from ingest.docx_numbering import numbering_of
from ingest.docx_walk import DocxWalk
from ingest.drawn_text import drawn_parts
from ingest.ooxml_package import open_package
from ingest.ooxml_xml import child
from ingest.reader import ReadFile
from ingest.text_reader import line_locator

_PARTS = ("numbering", "styles", "footnotes", "endnotes")


class DocxReader:
    """Reads Word documents; headers and footers, comments and what was deleted are left out."""

    def read(self, data: bytes) -> ReadFile:
        """Read the body, then the notes.

        Raises:
            EmptyFileError: no text.
            InputError: damaged, or no Word document.
        """
        package = open_package(data)
        main = next(
            (part for part in package.related("").values() if part.startswith("word/")), "word/document.xml"
        )
        tree = package.tree(main)
        body = child(tree, "body")
        if body is None:
            raise InputError(
                "Wordファイルとして読み取れません。壊れているおそれがあります。"
                "Wordで開き、名前を付けて保存し直してから取り込んでください。"
            )
        parts = {
            _stem(part): package.tree(part)
            for part in package.related(main).values()
            if _stem(part) in _PARTS
        }
        trees = {name: parts.get(name) for name in _PARTS}
        hidden = hidden_of(trees["styles"])
        numbering = numbering_of(trees["numbering"], trees["styles"])
        walk = DocxWalk(numbering, hidden=hidden, drawn=drawn_parts(package, main))
        walk.blocks(body)
        walk.notes({"footnote": trees["footnotes"], "endnote": trees["endnotes"]})
        text = walk.builder.text
        if not text.strip():
            raise EmptyFileError(
                "文書に文字がありません。画像だけの文書は、文字を入れて保存し直してください。"
            )
        return ReadFile(
            text=text,
            blocks=walk.builder.blocks(),
            encoding="docx",
            locate=line_locator(text),
            warnings=(*hidden.warning(), *package.warnings),
        )


def _stem(part: str) -> str:
    """``numbering`` of ``word/numbering2.xml``."""
    return part.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
