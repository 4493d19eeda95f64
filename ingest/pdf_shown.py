"""Where points of a PDF's page are shown: matrices of what is drawn, then crop box and rotation."""

from __future__ import annotations

from typing import NamedTuple

from corpus.locator import Box

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does what ``inner`` does, then what ``outer`` does."""
    if outer is IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


class Shown(NamedTuple):
    """From user space to the page as shown: the crop box cut out and turned by ``turned`` degrees."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is shown."""
        if self.turned == 90:
            return (y - self.bottom, x - self.left)
        if self.turned == 180:
            return (self.right - x, y - self.bottom)
        if self.turned == 270:
            return (self.top - y, self.right - x)
        return (x - self.left, self.top - y)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Where a box is shown."""
        if self.turned == 0:
            return (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def placed(self, matrix: Matrix, x: float, y: float) -> tuple[float, float]:
        """Where a point of something drawn through a matrix is shown."""
        a, b, c, d, e, f = matrix
        return self.point(a * x + c * y + e, b * x + d * y + f)
