"""A small library for the tests of the index, with an encoder whose vectors can be told by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.document import Document
from corpus.record import DocumentRecord
from corpus.store import Store
from index.encoder import Vectors
from tests.corpus.make import a_document, a_sheet, passages_by_line

PLANS = {
    "990019": (
        "多文化共生の取組を進め、日本語教室を12回開催した。\n"
        "防災訓練に外国人住民が参加した。\nごみの分別を多言語で案内した。"
    ),
    "990027": "空き家バンクの登録件数は8件である。\n多文化共生懇談会を開き、外国人住民の声を聞いた。",
    "990035": "職員研修を実施した。令和10年度までに受講率100%を目指す。\n証明書のコンビニ交付を始めた。",
}
YEARS = {"990019": 2024, "990027": 2023, "990035": 2024}


class LetterEncoder:
    """Vectors of letter counts: plain enough to compute by hand, near where letters are shared."""

    name = "letters"
    dimension = 64
    fingerprint = "letters-1"

    def encode_query(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for character in text:
            vector[ord(character) % self.dimension] += 1
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length else vector

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.encode_query(text) for text in texts])


def a_plan(code: str) -> Document:
    return a_document(PLANS[code], code=code, source=f"{code}.txt", year=YEARS[code])


def fill(store: Store) -> None:
    """Add every plan in one transaction."""
    with store.writing() as writer:
        for code, text in PLANS.items():
            document = a_plan(code)
            writer.add(
                DocumentRecord(
                    document=document,
                    text=text,
                    origin=f"/plans/{document.source}",
                    reader="1",
                    sheets=(a_sheet(document, text),),
                    passages=tuple(passages_by_line(document, text)),
                )
            )


def a_library(folder: Path) -> Store:
    store = Store.create(folder)
    fill(store)
    return store
