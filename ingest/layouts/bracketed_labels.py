"""The label of a part in brackets at the start of its first line: 「【ねらい】外で遊べる場を増やします。」.

Such a line is a heading and the first line of what stands under it. Any other bracket (【新規】, 【財政課】)
is a tag of its line or part of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.span import Span
from ingest.blocks import Block, TextLine
from ingest.tables import tidy

_OPEN = "【〔《〈＜"
# A label in brackets with text behind it on the line.
_LABELLED = re.compile(
    rf"(?P<label>[{_OPEN}]\s*(?P<name>[^{_OPEN}】〕》〉＞：:。、]{{2,16}})\s*[】〕》〉＞])\s*(?P<rest>\S.*)"
)
_WORD = (
    r"(ねらい|狙い|目的|趣旨|背景|概要|内容|現状|現況|課題|問題点|方針|方向性?|展開|取り?組み?|効果|成果|実績|結果"
    r"|評価|検証|対象者?|目標|姿|予定|経緯|経過|理由|根拠|手段|方法|期間|スケジュール|特徴|改善[点策]|見直し|まとめ|対応|対策)"
)
# A label that is made of such words alone: 現状と課題, 期待される効果.
_PART = re.compile(
    r"((事業|取り?組み?|施策|計画|活動|現状|主な|今後の|期待する|期待される|目指す|めざす)の?)*"
    rf"{_WORD}((と|・|及び|や){_WORD})*"
)


def parted_labels(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each line of such a label as two: the label, and what stands behind it."""
    for block in blocks:
        found = _labelled(block) if isinstance(block, TextLine) else None
        if found is None or not isinstance(block, TextLine):
            yield block
            continue
        yield _part(block, found, "label")
        yield _part(block, found, "rest")


def _labelled(line: TextLine) -> re.Match[str] | None:
    found = _LABELLED.fullmatch(line.text) if line.text[0] in _OPEN and not line.bullet else None
    return found if found is not None and _PART.fullmatch(tidy(found["name"])) else None


def _part(line: TextLine, found: re.Match[str], name: str) -> TextLine:
    start, end = found.span(name)
    at = line.span.start
    return replace(line, text=found[name], span=Span(at + start, at + end))
