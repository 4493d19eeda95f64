"""The few threads that work for the page, and what a person is told when their work fails.

Each thread that searches maps the dictionary for itself (some 70 MB) and never gives it back, and Gradio has
up to forty threads: all work of all tabs goes through these few.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from corpus.errors import LibraryDamagedError, ShirubeError
from ui.result_view import UNEXPECTED
from ui.web_message import keep_in_log, web_message

logger = logging.getLogger(__name__)

Made = TypeVar("Made")
WORKERS = 2
MOST_WAITING = 64
BUSY = "混み合っています。少し待ってから、もう一度お試しください。"

DAMAGED = (
    "ライブラリのファイルを読めません。もう一度お試しください。続くときは、このシステムの担当者に"
    "「shirube verify」で確かめるよう依頼してください。"
)

_WAITING = threading.BoundedSemaphore(MOST_WAITING)
_WORKERS = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="page")


class BusyError(ShirubeError):
    """More is asked for at once than is let wait."""


def worked(make: Callable[[], Made]) -> Made:
    """What ``make`` gives, made by one of the few threads; never call it from within one of them.

    Raises:
        BusyError: too many wait already.
        LibraryDamagedError: SQLite cannot read a file of the library.
    """
    if not _WAITING.acquire(blocking=False):
        raise BusyError(BUSY)
    try:
        return _WORKERS.submit(make).result()
    except sqlite3.DatabaseError as exc:
        logger.exception("SQLite could not read the library")
        raise LibraryDamagedError(DAMAGED) from exc
    finally:
        _WAITING.release()


def guarded(make: Callable[[], Made], failed: Callable[[str], Made]) -> Made:
    """What ``make`` gives, or what ``failed`` makes of the message that a person is to read."""
    try:
        return worked(make)
    except ShirubeError as exc:
        keep_in_log(logger, exc)
        return failed(web_message(exc))
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:  # a panic inside tantivy is no Exception, and the page must not wait forever
        logger.exception("the page could not be made")
        return failed(UNEXPECTED)
