"""The role of a figure: baseline, target, actual … and whether it is the one that a question asks for.

Apart from the words around a number: headers and headings settle a role, sentences only hint at it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

ROLES = {
    "基準": ("基準",),
    "目標": ("目標",),
    "実績": ("実績", "結果"),
    "決算": ("決算",),
    "予算": ("予算", "当初"),
    "見込": ("見込", "計画"),
    "中間": ("中間",),
    "歳入": ("歳入",),
    "歳出": ("歳出",),
}
REACHED = re.compile(r"実績|決算|結果|成果")
PLANNED = re.compile(r"目標|予算|見込|計画値|計画$")
_COMPARED = re.compile(
    r"目標(?:値|件数|額|数)?(?:以[内上下]|未満|を?達成|[にを]?(?:届|達し|達する|クリア)|[をに]?(?:上回|下回|超え))"
)
_AIMED = re.compile(
    r"(?:を|に|へ)?(?:目指|めざ)[しすせ]|(?<=[一-鿿%円])に(?:し|する)(?:たい|つもり|予定)|まで(?:に)?(?:減ら|増や|下げ|上げ|高め|抑え|伸ば)[すしそるよ]?"
)
_ROW_ROLE = re.compile(r"(?:計画|予定|目標|実績|結果|決算|予算)(?=値?(?:\s|$))")
_ROW_ROLES = {"計画": "目標", "予定": "目標"}
_HALF = re.compile(r"上半期|前期|中間|半期|年度途中")
"""Half of a year, or what was reported in its middle."""

ROLE = 0.2
UNASKED_PLAN = 0.25


def role_fit(question: str, header: str) -> float:
    """Whether the header names the role that the question names (目標, 実績 …), and no other one."""
    fit = 0.0
    asked = without_target(question)
    for role, names in ROLES.items():
        wanted, given = role in asked, any(name in header for name in names)
        if wanted and given:
            fit += ROLE
        elif wanted:
            others = any(name in header for other in ROLES.values() for name in other)
            fit -= ROLE if others else ROLE / 2
    if PLANNED.search(header) and not PLANNED.search(asked):
        fit -= UNASKED_PLAN
    return fit


def is_contrary(question: str, header: str) -> bool:
    """Whether a header names what was planned where a question asks for what was reached, or vice versa.

    A question that names both compares them, and a header that names both (目標と実績) is neither.
    """
    asked = without_target(question)
    reached_asked, planned_asked = bool(REACHED.search(asked)), bool(PLANNED.search(asked))
    reached, planned = bool(REACHED.search(header)), bool(PLANNED.search(header))
    if reached_asked == planned_asked or reached == planned:
        return False
    return reached_asked != reached


def lacks_role(question: str, place: str, headers: Collection[str]) -> bool:
    """Whether a question names a role that some header bears, and a place with all its headings bears none.

    Where a row leaves the column of its target empty, its cost is no answer to a question of the target.
    """
    asked = without_target(question)
    wanted = [names for role, names in ROLES.items() if role in asked]
    if not wanted or any(name in place for names in ROLES.values() for name in names):
        return False
    return any(name in header for names in wanted for name in names for header in headers)


def place_fit(question: str, place: str) -> float:
    """Whether a sentence stands under the role that is asked for: a target among targets, no result there."""
    asked = without_target(question)
    fit = 0.0
    if _HALF.search(asked):
        fit += ROLE if _HALF.search(place) else -ROLE / 2
    if "目標" in asked:
        return fit + (ROLE * 0.75 if "目標" in place else 0.0)
    return fit + (-ROLE if re.search(r"実績|結果", asked) and PLANNED.search(place) else 0.0)


def role_of_row(label: str) -> str:
    """The role that a row's label begins with (計画 有収率, 実績), empty where it begins with none."""
    begins = _ROW_ROLE.match(label.strip())
    return _ROW_ROLES.get(begins[0], begins[0]) if begins else ""


def without_target(question: str) -> str:
    """A question without the target that it compares with: 「目標以内か」 asks for what was reached.

    What somebody aims at (「何%を目指すか」, 「何棟まで減らす」) is a target by another word.
    """
    return _AIMED.sub(" 目標 ", _COMPARED.sub("", question))
