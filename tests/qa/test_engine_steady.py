"""An answer is of one state of the library, whatever is taken in or removed while it is made."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from corpus.access import PUBLIC
from qa.every_town import with_every_town
from tests.ui.make_access import TOPICS, Builder, Made
from ui.intake import remove
from ui.json_form import ask_json
from ui.library import open_engine

DOCUMENTS = [
    Made(mark="ZQAX", town="990019", topic=0, year=2024, kind=0, access=PUBLIC),
    Made(mark="ZQBX", town="990027", topic=0, year=2024, kind=0, access=PUBLIC),
]


def test_a_document_that_goes_while_an_answer_is_made_is_in_it_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Builder().library(tmp_path, DOCUMENTS)
    engine = open_engine(tmp_path)
    alone = ask_json(engine.ask(TOPICS[0]), 10)

    def meanwhile(*values: Any) -> Any:
        goes = threading.Thread(target=remove, args=(tmp_path, DOCUMENTS[1].document.document_id))
        goes.start()
        goes.join()
        return with_every_town(*values)

    with monkeypatch.context() as patch:
        patch.setattr("qa.engine.with_every_town", meanwhile)
        assert ask_json(engine.ask(TOPICS[0]), 10) == alone
    assert ask_json(engine.ask(TOPICS[0]), 10)["searched"]["documents"] == 1


def test_nothing_is_held_after_a_question(tmp_path: Path) -> None:
    Builder().library(tmp_path, DOCUMENTS)
    engine = open_engine(tmp_path)
    with engine.steady(), engine.steady():
        assert engine.store.is_steady
    assert not engine.store.is_steady
    assert engine._pinned is None
