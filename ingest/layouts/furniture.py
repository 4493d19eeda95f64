"""What stands on a page and is none of its text: page numbers and running headers; and contents lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import Blank, Block, TextLine
from ingest.heading_rank import Rank
from ingest.headings import heading_of, squeezed
from ingest.tables import label_key

_DASH = "[-‐–—―－−~〜～]"
# A page number: 12, - 12 -, 12/80, P.12, 12ページ.
_PAGE = re.compile(
    rf"(?P<left>{_DASH}\s*)?(?P<word>[pP]\.?\s*)?[0-9０-９]{{1,3}}"
    rf"(?P<of>\s*[/／]\s*[0-9０-９]{{1,3}})?(?P<unit>\s*(ページ|頁))?(?P<right>\s*{_DASH})?"
)
# An entry of contents with dots up to its page.
_LEADER = re.compile(r".*\S\s*(?:[…‥]+|[・.．·⋯]{3,})[…‥・.．·⋯\s]*[0-9０-９]{1,3}")
# An entry of contents with its page behind white.
_NUMBERED = re.compile(r".*\S\s+[0-9０-９]{1,3}")
# A document's own name: a town's plan or report.
_PLAN = re.compile(r"[都道府県市区町村].*(計画|プラン|指針|方針|報告書|白書|ビジョン|戦略|大綱|評価書)")
_MARKS = "【〔《〈＜■◆●▼□◇○◎"  # a heading that recurs in each form, whatever it says
_BRACKETED_END = re.compile(r"\s*[(（][^()（）]{1,30}[)）]$")
_FIELD = re.compile(r"【[^【】]*】")  # at the foot of each page, a field that is left empty
_OFTEN = 3
_LONGEST_TITLE = 90
_FIRST_OF_LISTS = Rank.NUMBER_IN_BRACKETS  # marks that number items of lists too
_LONGEST_RUNNING = 40
_PAGES_HEADER = re.compile(r"ページ|頁|p\.?")
CONTENTS_TITLE = re.compile(r"[《【〈]?\s*(目\s*次|もくじ|目\s*録)\s*[》】〉]?")


def heads_pages(header: str) -> bool:
    """Whether a column is headed as one of page numbers, as a contents list has at its right."""
    return _PAGES_HEADER.fullmatch(label_key(header)) is not None


def furniture_of(blocks: Sequence[Block]) -> frozenset[int]:
    """The lines that are page numbers or running headers."""
    pages = _pages(blocks)
    return frozenset(pages | set(_running(blocks, pages)))


def contents_of(blocks: Sequence[Block]) -> frozenset[int]:
    """The lines of a contents list: titles with leaders, or with page numbers below the word 目次.

    Also those of an overview: marked titles one below the other, each of which heads a part further down.
    """
    found = set(_overview(blocks))
    listed = False
    for index, block in enumerate(blocks):
        if isinstance(block, TextLine):
            if CONTENTS_TITLE.fullmatch(block.text):
                listed = True
            elif _LEADER.fullmatch(block.text) or (listed and _NUMBERED.fullmatch(block.text)):
                found.add(index)
            else:
                listed = False
    return frozenset(found)


def _overview(blocks: Sequence[Block]) -> Iterator[int]:
    """Lines with marks of one kind that follow one another, and all recur, what is in brackets aside."""
    last: dict[str, int] = {}
    run: list[tuple[int, str]] = []
    rank = 0
    runs = []
    for index, block in enumerate([*blocks, Blank()]):
        text = (
            squeezed(block.text) if isinstance(block, TextLine) and len(block.text) <= _LONGEST_TITLE else ""
        )
        heading = heading_of(text) if text else None
        if heading is None or heading.rank != rank or heading.rank >= _FIRST_OF_LISTS:
            runs.append(run)
            run, rank = [], 0
        if text:
            last[_bare(text)] = index
        if heading is not None and heading.rank < _FIRST_OF_LISTS:
            run.append((index, _bare(text)))
            rank = heading.rank
    for run in runs:
        if len(run) >= _OFTEN and all(last[title] > run[-1][0] for _, title in run):
            yield from (index for index, _ in run)


def _bare(title: str) -> str:
    return _BRACKETED_END.sub("", title)


def _pages(blocks: Sequence[Block]) -> set[int]:
    """Page numbers; a bare number is one only where others stand alone like it."""
    bare, marked = set(), set()
    for index, block in enumerate(blocks):
        found = _PAGE.fullmatch(block.text) if isinstance(block, TextLine) and len(block.text) <= 12 else None
        bullet = isinstance(block, TextLine) and block.bullet
        dashed = found is not None and bool((bullet or found["left"]) and found["right"])
        if not found or not (dashed or _stands_alone(blocks, index)):
            continue
        told = found["of"] or found["unit"] or found["word"] or (found["left"] and found["right"])
        if told or (bullet and found["right"]):
            marked.add(index)
        elif not bullet:
            bare.add(index)
    return marked | (bare if len(bare) + len(marked) > 1 else set())


def _stands_alone(blocks: Sequence[Block], index: int) -> bool:
    around = [blocks[i] for i in (index - 1, index + 1) if 0 <= i < len(blocks)]
    return any(not isinstance(block, TextLine) for block in around) or len(blocks) < 3


def _running(blocks: Sequence[Block], pages: set[int]) -> Iterator[int]:
    """Lines repeated beside page numbers, and repeats of the document's own name."""
    places: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, TextLine) and not block.bullet and len(block.text) <= _LONGEST_RUNNING:
            places.setdefault(squeezed(block.text), []).append(index)
    title = next(iter(places), "")
    for text, indices in places.items():
        if len(indices) < _OFTEN or "。" in text or indices[0] in pages or _FIELD.fullmatch(text):
            continue
        beside = [index for index in indices if _beside(blocks, index, pages)]
        if len(beside) * 2 >= len(indices):
            yield from beside[len(beside) == len(indices) :]
        elif text == title or (_PLAN.search(text) and text[0] not in _MARKS):
            yield from indices[1:]


def _beside(blocks: Sequence[Block], index: int, pages: set[int]) -> bool:
    """Whether the next line above or below is a page number."""
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(blocks) and isinstance(blocks[at], Blank):
            at += step
        if at in pages:
            return True
    return False
