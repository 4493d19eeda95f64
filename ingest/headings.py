"""Which lines are headings, and how deep: 第1章, Ⅲ, 1, (1), ①, ア, ■, 【…】.

A plan's numbering tells its own order of depth whatever the type looked like in print, so ranks are those of
the marks; only the order of two ranks matters, not their distance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.heading_rank import Rank

_LONGEST = 60
_POLICY = (
    r"(?:(?:基本|重点)?(?:方針|施策)|(?:施策の)?(?:柱|方向性?)|基本方向|重点(?:項目|課題|プロジェクト)|プロジェクト"
    r"|主要施策|具体的施策|取り?組み?項目|推進項目|実施項目|改革項目)"
)
_ORDINAL = r"(?:[0-9０-９]{1,2}(?:[-－][0-9０-９]{1,2}){0,2}|[Ⅰ-Ⅻ]|[(（][0-9０-９]{1,2}[)）]|[①-⑳])"
_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        Rank.PART,
        re.compile(r"(?P<mark>第\s*[0-9０-９一二三四五六七八九十]+\s*[編部])(?=\s|$)\s*(?P<title>.*)"),
    ),
    (Rank.CHAPTER, re.compile(r"(?P<mark>第\s*[0-9０-９一二三四五六七八九十]+\s*章)\s*(?P<title>.*)")),
    (Rank.SECTION, re.compile(r"(?P<mark>第\s*[0-9０-９一二三四五六七八九十]+\s*節)\s*(?P<title>.*)")),
    (
        Rank.ORDINAL,
        re.compile(r"(?P<mark>第\s*[0-9０-９一二三四五六七八九十]{1,3})\s+(?P<title>(?![編部章節])\D.*)"),
    ),
    (Rank.ROMAN, re.compile(r"(?P<mark>[Ⅰ-Ⅻ]|[IVX]{1,5}(?=[\s.．、]|$))[.．、]?\s*(?P<title>(?![0-9-]).*)")),
    (
        Rank.GOAL,
        re.compile(rf"(?P<mark>(?:基本目標|重点目標|政策|戦略)\s*{_ORDINAL})[.．、:：\s]\s*(?P<title>\S.*)"),
    ),
    (
        Rank.MEASURE,
        re.compile(rf"(?P<mark>{_POLICY}\s*{_ORDINAL})(?:[.．、:：\s]|(?<=[)）]))\s*(?P<title>\S.*)"),
    ),
    (Rank.NUMBER, re.compile(r"(?P<mark>[0-9０-９]{1,2})(?:[.．、](?![0-9０-９])\s*|\s+)(?P<title>\D.*)")),
    (
        Rank.NUMBER_OF_TWO,
        re.compile(r"(?P<mark>[0-9０-９]{1,2}[-－.．][0-9０-９]{1,2})(?:[.．、]\s*|\s+)(?P<title>\D.*)"),
    ),
    (
        Rank.NUMBER_OF_THREE,
        re.compile(
            r"(?P<mark>[0-9０-９]{1,2}(?:[-－.．][0-9０-９]{1,2}){2})(?:[.．、]\s*|\s+)(?P<title>\D.*)"
        ),
    ),
    (
        Rank.QUESTION,
        re.compile(r"(?P<mark>[問Ｑ]\s*[0-9０-９]{1,3}(?:[-－][0-9０-９]{1,2})?)[.．、\s]\s*(?P<title>\S.*)"),
    ),
    (Rank.NUMBER_IN_BRACKETS, re.compile(r"(?P<mark>[(（][0-9０-９]{1,2}[)）])\s*(?P<title>\S.*)")),
    (Rank.CIRCLED, re.compile(r"(?P<mark>[①-⑳])\s*(?P<title>\S.*)")),
    (Rank.KANA, re.compile(r"(?P<mark>[ア-コ][.．、\s])\s*(?P<title>\S.*)")),
    (Rank.KANA_IN_BRACKETS, re.compile(r"(?P<mark>[(（][ア-コ][)）])\s*(?P<title>\S.*)")),
    (Rank.LETTER, re.compile(r"(?P<mark>[a-hａ-ｈ][.．、\s])\s*(?P<title>\S.*)")),
    (Rank.FILLED_SYMBOL, re.compile(r"(?P<mark>[■◆▼])\s*(?P<title>\S.*)")),
    (Rank.OPEN_SYMBOL, re.compile(r"(?P<mark>[●□◇○◎])\s*(?![:：=＝…・])(?P<title>\S.*)")),
    (Rank.CORNERED, re.compile(r"(?P<mark>[【〔《〈＜])\s*(?P<title>[^】〕》〉＞]+?)\s*[】〕》〉＞]$")),
    (
        Rank.WORDS_IN_BRACKETS,
        re.compile(
            r"(?P<mark>)(?P<title>[(（](?![単令平昭注※0-9０-９①-⑳ア-コ])[^()（）。、:：]{3,25}[)）])$"
        ),
    ),
    (Rank.CORNERED, re.compile(r"(?P<mark>)(?P<title>【[^】：:]{2,20}】\s*[^】。：:]{2,30})$")),
)
# What any of these marks begins with: most lines begin with none of it.
_MAY_MARK = re.compile(
    r"[第Ⅰ-ⅫIVX基重政方施柱戦具主取推実改プ問Ｑ0-9０-９(（①-⑳ア-コa-hａ-ｈ■◆●▼□◇○◎【〔《〈＜]"
)
# A sum with its amount at a line's end: 「小計 1,200千円」.
_SUM = re.compile(r"計[\s:：]*[△▲-]?[0-9０-９][0-9０-９,，.．]*\s?[千万百億]*[円人件]$")
# How many staff there are, at a line's end: 「【組織】港湾課 職員12人」.
_STAFF = re.compile(r"職員数?[\s:：]?[0-9０-９]{1,4}[人名]$")
TITLED_RANKS = (Rank.NUMBER_OF_TWO, Rank.NUMBER_OF_THREE)
"""Of numbers of two parts and three, 「2-4」, which name one thing among several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading with its depth.

    Attributes:
        rank: smaller is further out.
        mark: the numbering as printed (「第1章」, 「(1)」, 「■」).
        title: what follows the mark, white space squeezed.
    """

    rank: int
    mark: str
    title: str

    @property
    def label(self) -> str:
        """The heading in one line, with its number where it has one."""
        return self.title if self.rank >= Rank.FILLED_SYMBOL else f"{self.mark} {self.title}".strip()


def heading_of(text: str) -> Heading | None:
    """The heading that a line is, None where it is running text or has no mark."""
    if not text or len(text) > 2 * _LONGEST or text[-1] in "。、":
        return None
    return _heading_of(squeezed(text))


@lru_cache(maxsize=1 << 12)
def _heading_of(line: str) -> Heading | None:
    if not line or len(line) > _LONGEST or line.endswith(("。", "、")) or not _MAY_MARK.match(line):
        return None
    if is_sum(line):
        return None
    for rank, pattern in _MARKS:
        found = pattern.fullmatch(line)
        if found and not (rank >= Rank.FILLED_SYMBOL and "。" in found["title"]):
            return Heading(rank=rank, mark=found["mark"].strip(), title=found["title"].strip())
    return None


def is_sum(line: str) -> bool:
    """Whether a line ends in a sum with its amount, or in how many staff there are, whatever it begins with.

    「方針１ 効果額計 20千円」, 「【組織】港湾課、水産課 職員12人」.
    """
    if line[-1:] not in "円人件名":
        return False
    return _SUM.search(line) is not None or _STAFF.search(line) is not None


def squeezed(text: str) -> str:
    """``text`` trimmed, each run of white space as one space."""
    return " ".join(text.split())


class HeadingPath:
    """The headings that stand above the current line, outermost first."""

    def __init__(self) -> None:
        """Begin with no heading."""
        self._open: list[tuple[int, str]] = []

    def enter(self, rank: int, label: str) -> None:
        """Open a heading, closing those of its rank and deeper."""
        self.close(rank)
        self._open.append((rank, label))

    def close(self, rank: int) -> None:
        """Close the headings of a rank and deeper."""
        self._open = [(depth, name) for depth, name in self._open if depth < rank]

    @property
    def rank(self) -> int:
        """The rank of the innermost open heading, 0 without any."""
        return self._open[-1][0] if self._open else 0

    @property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """The open headings with their ranks."""
        return tuple(self._open)

    @property
    def labels(self) -> tuple[str, ...]:
        """The open headings' labels."""
        return tuple(name for _, name in self._open)
