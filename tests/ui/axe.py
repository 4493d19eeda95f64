"""axe-core for the tests of the page: where ``make axe`` puts it; no part of the repository (MPL-2.0)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = Path(
    os.environ.get("SHIRUBE_AXE", Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js")
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """(tags) => axe.run(document, { runOnly: tags }).then((found) => ({
  passes: found.passes.length,
  violations: found.violations.flatMap(
    (one) => one.nodes.map((node) => [one.id, node.target.join(" "), node.html])),
}))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxeResult:
    """What axe found: how many rules hold somewhere, and each violation as rule, place and element."""

    passes: int
    violations: tuple[tuple[str, str, str], ...]


def run_axe(page: Page) -> AxeResult:
    """All rules of WCAG 2.2 A and AA that axe can check, on the page as it is now."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, TAGS)
    return AxeResult(passes=found["passes"], violations=tuple(tuple(one) for one in found["violations"]))


def check(found: AxeResult) -> None:
    """No rule is broken, and axe has really looked."""
    assert found.passes > 10
    assert found.violations == ()


def check_if_installed(page: Page) -> None:
    """The same on a page in the middle of a journey; nothing where axe is not installed."""
    if SCRIPT.is_file():
        check(run_axe(page))
