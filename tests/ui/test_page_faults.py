"""What a person is told of an event that failed outside of what tells its own failures."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import gradio as gr
import pytest
from gradio.exceptions import Error

from corpus.errors import InputError
from ui.page_faults import NOT_OFFERED, tell_faults
from ui.result_view import UNEXPECTED

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette"),
]
SENT = "<b>選んだ値</b>"


class Page:
    """A page whose every event fails."""

    def __init__(self, fault: Exception) -> None:
        self._fault = fault

    async def process_api(self) -> Any:
        """Fail."""
        raise self._fault


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Error(f"Value: {SENT} is not in the list of choices: []"), NOT_OFFERED),
        (InputError("/srv/library/store.sqlite3 を読めません。"), "store.sqlite3 を読めません。"),
        (ValueError(SENT), UNEXPECTED),
    ],
)
def test_a_fault_is_told_in_japanese_without_what_was_sent_as_markup(fault: Exception, told: str) -> None:
    page = Page(fault)
    tell_faults(cast(gr.Blocks, page))
    with pytest.raises(Error) as raised:
        asyncio.run(page.process_api())
    assert raised.value.message == told
    assert not raised.value.print_exception
