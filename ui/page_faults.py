"""What a person is told when an event of the page fails outside of what tells its own failures.

Gradio tells nothing of such a failure: what was asked for stands there as if it were still being done.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import gradio as gr
from gradio.exceptions import Error as ToldError

from corpus.errors import ShirubeError
from ui.markup import esc
from ui.page_work import DAMAGED
from ui.result_view import UNEXPECTED
from ui.web_message import keep_in_log, web_message

logger = logging.getLogger(__name__)

TITLE = "できませんでした"
NOT_OFFERED = "選択肢にない値が送られました。条件を選び直すか、画面を開き直してください。"
_SECONDS = 30.0


def tell_faults(blocks: gr.Blocks) -> None:
    """Have every event of a page tell why it failed, in Japanese; the log keeps all of it."""
    blocks.process_api = _telling(blocks.process_api)  # type: ignore[method-assign, assignment]


def _telling(process: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def told(*given: Any, **named: Any) -> Any:
        try:
            return await process(*given, **named)
        except ToldError as exc:  # Gradio's own, in English, with what was sent in it as it is
            logger.info("%s", exc)
            raise _error(NOT_OFFERED) from None
        except sqlite3.DatabaseError as exc:
            logger.exception("an event of the page failed")
            raise _error(DAMAGED) from exc
        except ShirubeError as exc:
            keep_in_log(logger, exc)
            raise _error(web_message(exc)) from exc
        except Exception as exc:
            logger.exception("an event of the page failed")
            raise _error(UNEXPECTED) from exc

    return told


def _error(message: str) -> ToldError:
    """What Gradio's browser side shows; it takes the message for HTML."""
    error: ToldError = gr.Error(esc(message), duration=_SECONDS, title=TITLE, print_exception=False)
    return error
