"""Pages that lie on their side or upside down: where things stand once the page is turned upright.

A page is read as if it stood upright; what is cited is shown where it stands on the page as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.locator import Box

_UPRIGHT = 30.0  # degrees around a quarter turn
_MOST = 0.8  # of the letters that stand so


def turned_box(box: Box, turned: int, width: float, height: float) -> Box:
    """Where a box stands once its page is turned clockwise.

    Args:
        box: on the page as it is, origin top left.
        turned: 0, 90, 180 or 270 degrees.
        width: of the page as it is.
        height: likewise.
    """
    x0, y0, x1, y1 = box
    match turned:
        case 90:
            return (height - y1, x0, height - y0, x1)
        case 180:
            return (width - x1, height - y1, width - x0, height - y0)
        case 270:
            return (y0, width - x1, y1, width - x0)
    return box


def turned_back(box: Box, turned: int, width: float, height: float) -> Box:
    """Where a box of a page that was turned stands on the page as it is; ``width`` is the turned page's."""
    return turned_box(box, (360 - turned) % 360, width, height)


def turn_of(angles: Sequence[float]) -> int:
    """By how many degrees a page is to be turned clockwise for its letters to stand upright.

    Args:
        angles: of some of its letters, in degrees clockwise; those of vertical writing stand upright.
    """
    for turn in (90, 180, 270):
        near = sum(abs((angle + turn + 180) % 360 - 180) < _UPRIGHT for angle in angles)
        if angles and near >= _MOST * len(angles):
            return turn
    return 0
