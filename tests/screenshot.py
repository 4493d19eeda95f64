"""A picture of the page answering a question: ``python -m tests.screenshot OUT.png [--sources FOLDER]``.

The README's picture is made with it, over the sample corpus, by Chromium without a window.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from corpus.sample_corpus import SAMPLES
from tests.ui.conftest import served
from tests.ui.test_journeys import ARGUMENTS, CHROMIUM, Visit
from ui.intake import ingest

QUESTION = "多文化共生の取組"


def main() -> None:
    """Build a library, serve it, ask, open the first source, take the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sources", type=Path, default=SAMPLES)
    parser.add_argument("--question", default=QUESTION)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        ingest(library, [options.sources])
        with served(library) as server, sync_playwright() as api:
            browser = api.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
            visit = Visit(browser.new_page(viewport={"width": 1366, "height": 1000}))
            visit.open(server.url)
            visit.ask(options.question)
            visit.page.locator(".answer .cite").first.click()
            visit.page.wait_for_selector("mark")
            visit.page.wait_for_timeout(800)
            visit.page.evaluate("window.scrollTo(0, 0)")
            visit.page.screenshot(path=str(options.out))
            browser.close()


if __name__ == "__main__":
    main()
