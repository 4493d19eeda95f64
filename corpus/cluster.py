"""Work on other machines: the one module that speaks to Dask.

What is sent are functions of this program and plain values; each gives the same for the same values, so a
piece of work may be done twice when a worker is lost, and counts once.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar

from corpus.errors import LibraryError

Item = TypeVar("Item")
Made = TypeVar("Made")

FORM = "2"
"""Raised when what workers give back changes its form: those of another form are another version."""

CONNECTING = 10.0
"""Seconds in which a scheduler must answer."""

CHECKING = 120.0
"""Seconds in which every worker must have told its version, its model loaded."""

PATIENCE = 60.0
"""Seconds without any result after which the scheduler is asked whether it has workers at all."""

RESTARTING = 10.0
"""Seconds in which a worker must be there then: one that died is started again by its nanny."""

RETRIES = 2
"""How often a piece of work is tried again that failed on its worker."""


class ClusterError(LibraryError):
    """The cluster cannot be used, or was lost."""


class WorkLostError(ClusterError):
    """One piece of work ended its workers several times over."""


class OtherVersionError(ClusterError):
    """A worker has another version of the program, or of what it works with, than the command."""


class Cluster:
    """A connection to a scheduler. Use it as a context manager."""

    def __init__(self, scheduler: str, *, connecting: float = CONNECTING) -> None:
        """Connect.

        Raises:
            ClusterError: Dask is not installed, or the scheduler does not answer.
        """
        try:
            import dask
            from distributed import Client
        except ImportError as exc:
            raise ClusterError(
                "--scheduler を使うには Dask が要ります。pip install '.[cluster]' で入れてください。"
            ) from exc
        # A lost connection is told by our own error; Dask gives some of its loggers levels of their own.
        for name in ("distributed", "distributed.client", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        # Files are sent with their work where workers do not see them; Dask would warn of each large one.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"})
        self.scheduler = scheduler
        self._client: Any = Client.__new__(Client)
        connect: Callable[..., None] = Client.__init__
        try:
            connect(self._client, scheduler, timeout=connecting, set_as_default=False)
        # Whatever answers there that is no scheduler, such as the dashboard, makes errors of any kind.
        except Exception as exc:
            self._client.status = "closed"  # else it waits once more when it is collected
            told = (str(exc).strip().splitlines() or [type(exc).__name__])[0]
            raise ClusterError(
                f"Dask のスケジューラーにつながりません: {scheduler}（{told}）。"
                "アドレス（tcp://ホスト:8786 など）と、スケジューラーが動いているかを確かめてください。"
            ) from exc

    def __enter__(self) -> Self:
        """The cluster itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the connection go; work that is under way is given up."""
        try:
            self._client.close(timeout=5)
        except (OSError, TimeoutError) as exc:
            logging.getLogger(__name__).info("closing the cluster: %s", exc)

    @property
    def dashboard(self) -> str:
        """Where a browser shows what the workers do."""
        return str(self._client.dashboard_link)

    @property
    def workers(self) -> int:
        """How many threads of workers there are now.

        Raises:
            ClusterError: the scheduler does not answer.
        """
        # Dask documents no set of errors for a lost scheduler: they come from tornado, asyncio and itself.
        try:
            ask: Callable[..., Any] = self._client.sync
            return int(sum(ask(self._client.scheduler.ncores, callback_timeout=CONNECTING).values()))
        except Exception as exc:
            raise self._lost(exc) from exc

    def everywhere(self, function: Callable[[], Made]) -> list[Made]:
        """What a function gives on each worker.

        Raises:
            ClusterError: there is no worker, one has not this program, or the connection was lost.
        """
        self._wait_for_worker(CONNECTING)
        try:
            ask: Callable[..., Any] = self._client.sync
            run: Any = self._client._run
            return list(ask(run, function, callback_timeout=CHECKING).values())
        except Exception as exc:
            if "ModuleNotFoundError" in f"{type(exc).__name__} {exc}":  # Dask may have made a text of it
                raise ClusterError(
                    f"Dask のワーカー（{self.scheduler}）に、Shirube の入っていないものがあります（{exc}）。"
                    "どのワーカーにも、このパソコンと同じ版の Shirube を入れてください。"
                ) from exc
            raise self._lost(exc) from exc

    def each(
        self, function: Callable[[Item], Made], items: Iterable[Item], ahead: int
    ) -> Iterator[tuple[int, Made | WorkLostError]]:
        """What a function gives for each item, as it is ready, with the item's number.

        An item whose work ended its workers comes with the error instead.

        Args:
            function: what is done.
            items: taken as they are needed, so that not all of them are held at once.
            ahead: how many a worker are under way at once.

        Raises:
            ClusterError: the connection or the last worker was lost; what was not given yet is not done.
        """
        coming = enumerate(items)
        done: SimpleQueue[Any] = SimpleQueue()
        under_way: dict[str, tuple[int, Any]] = {}
        while True:
            for number, item in islice(coming, max(0, ahead * max(1, self.workers) - len(under_way))):
                future = self._submitted(function, item, done)
                under_way[future.key] = number, future
            if not under_way:
                return
            number, future = under_way.pop(self._next(done).key)
            try:
                made = self._given(future)
            except WorkLostError as exc:
                yield number, exc
            else:
                yield number, made

    def in_order(self, function: Callable[[Item], Made], items: Iterable[Item], ahead: int) -> Iterator[Made]:
        """What a function gives for each item, in order; workers go on while what was given is used.

        Args:
            function: what is done.
            items: taken as they are needed, so that not all of them are held at once.
            ahead: how many a worker are taken before the first of them is waited for.

        Raises:
            ClusterError: the connection or the last worker was lost, or some work could not be done; the
                items of what was not given yet were taken in part.
        """
        coming = iter(items)
        done: SimpleQueue[Any] = SimpleQueue()
        waiting: deque[Any] = deque()
        most = ahead * max(1, self.workers)
        while True:
            for item in islice(coming, most - len(waiting)):
                waiting.append(self._submitted(function, item, done))
            if not waiting:
                return
            future = waiting.popleft()
            while not future.done():
                self._next(done)
            yield self._given(future)

    def _submitted(self, function: Callable[[Item], Made], item: Item, done: SimpleQueue[Any]) -> Any:
        try:
            future = self._client.submit(function, item, pure=False, retries=RETRIES)
            future.add_done_callback(done.put)
        except Exception as exc:
            raise self._lost(exc) from exc
        return future

    def _next(self, done: SimpleQueue[Any]) -> Any:
        """The next future that is done, well or not."""
        while True:
            try:
                return done.get(timeout=PATIENCE)
            except Empty:
                self._wait_for_worker(RESTARTING)  # it may take long, if only somebody is at it

    def _given(self, future: Any) -> Any:
        from distributed import KilledWorker

        patience = PATIENCE
        while True:
            try:
                return future.result(timeout=patience)
            except KilledWorker as exc:
                raise WorkLostError(str(exc)) from exc
            except OtherVersionError:
                raise
            except TimeoutError as exc:
                if future.status == "error":
                    raise self._lost(exc) from exc
                self._wait_for_worker(RESTARTING)  # its worker was lost with it: it is made once more
                patience *= 2  # or it is large, and the network slow
            except Exception as exc:
                raise self._lost(exc) from exc

    def _wait_for_worker(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.workers:
            if time.monotonic() >= end:
                raise ClusterError(
                    f"Dask のスケジューラー（{self.scheduler}）に、ワーカーが1つもありません。"
                    f"「dask worker {self.scheduler}」でワーカーを始めてください。"
                )
            time.sleep(0.2)

    def _lost(self, exc: Exception) -> ClusterError:
        if isinstance(exc, ClusterError):
            return exc
        told = (str(exc).strip().splitlines() or [""])[0]
        return ClusterError(
            f"Dask のスケジューラー（{self.scheduler}）との仕事が途中で切れました"
            f"（{type(exc).__name__}: {told}）。"
        )


def other_version(hosts: Iterable[str]) -> OtherVersionError:
    """The error that names the machines whose workers are not set up as the one that has the library."""
    named = "、".join(sorted(set(hosts)))
    return OtherVersionError(
        f"Dask のワーカー（{named}）に、このパソコンと違う版の Shirube・辞書・埋め込みモデル・"
        "文字認識（Tesseract）の入ったものがあります。同じ版を入れてください。"
    )


def lift_daemon_mark() -> None:
    """Let this worker start processes of its own.

    Dask marks its workers as daemons, so that they end with their nanny, and Python forbids daemons to have
    children. The readers started here end by themselves when their parent is gone (``ingest.workers_entry``).
    """
    from multiprocessing import current_process

    config: dict[str, Any] = current_process()._config  # type: ignore[attr-defined]
    config["daemon"] = False
