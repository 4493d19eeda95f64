"""How deep a heading stands: the ranks of marks, and of lines that are headings without one.

Smaller is further out. Only the order of two ranks counts, not their distance; a document may move some of
them (``ingest.layouts.nesting``).
"""

from __future__ import annotations

RankedLabel = tuple[int, str]
"""A heading's rank, and the heading in one line."""


class Rank:
    """Ranks by name, plain integers."""

    PART = 10
    """第1編"""
    CHAPTER = 20
    """第1章; はじめに and the like stand beside it."""
    SECTION = 30
    """第1節"""
    ORDINAL = 35
    """第1"""
    DEPARTMENT = 38
    """A title that names a department: 総務部の運営方針."""
    ROMAN = 40
    """Ⅲ"""
    GOAL = 45
    """基本目標1"""
    MEASURE = 47
    """施策1, 方針1; any word that a series numbers."""
    NUMBER = 50
    """1"""
    NUMBER_OF_TWO = 55
    """1-2"""
    NUMBER_OF_THREE = 56
    """1-2-3"""
    QUESTION = 57
    """問1"""
    NUMBER_IN_BRACKETS = 60
    """(1)"""
    CIRCLED = 70
    """①"""
    KANA = 80
    """ア"""
    KANA_IN_BRACKETS = 82
    """(ア)"""
    LETTER = 84
    """a"""
    FILLED_SYMBOL = 88
    """■"""
    WORDS_IN_BRACKETS = 89
    """（現状と課題）"""
    OPEN_SYMBOL = 90
    """○"""
    SPEAKER = 91
    """Who speaks, above of what."""
    ALONE = 92
    """A short line without a mark."""
    CORNERED = 95
    """【…】"""
    CAPTION = 98
    """The name of the table below it."""
