"""Work on other machines: the one module that speaks to Dask.

What is sent are functions of this program and plain values; each gives the same for the same values, so a
piece of work may be done twice when a worker is lost, and counts once.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import Any, Self, TypeVar

from corpus.errors import LibraryError

Item = TypeVar("Item")
Made = TypeVar("Made")

CONNECTING = 10.0
"""Seconds in which a scheduler must answer."""

RETRIES = 2
"""How often a piece of work is tried again that failed on its worker."""


class ClusterError(LibraryError):
    """The cluster cannot be used, or was lost."""


class WorkLostError(ClusterError):
    """One piece of work ended its workers several times over."""


class Cluster:
    """A connection to a scheduler. Use it as a context manager."""

    def __init__(self, scheduler: str, *, connecting: float = CONNECTING) -> None:
        """Connect.

        Raises:
            ClusterError: Dask is not installed, or the scheduler does not answer.
        """
        try:
            from distributed import Client
        except ImportError as exc:
            raise ClusterError(
                "--scheduler を使うには Dask が要ります。pip install '.[cluster]' で入れてください。"
            ) from exc
        for name in ("distributed", "tornado"):  # a lost connection is told by our own error
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.scheduler = scheduler
        try:
            connect: Callable[..., Any] = Client
            self._client = connect(scheduler, timeout=connecting, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as exc:
            raise ClusterError(
                f"Dask のスケジューラーにつながりません: {scheduler}（{exc}）。"
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
        """How many threads of workers there are now."""
        return int(sum(self._client.nthreads().values()))

    def everywhere(self, function: Callable[[], Made]) -> list[Made]:
        """What a function gives on each worker.

        Raises:
            ClusterError: there is no worker, or the connection was lost.
        """
        try:
            self._client.wait_for_workers(1, timeout=CONNECTING)
            return list(self._client.run(function).values())
        except Exception as exc:
            raise self._lost(exc) from exc

    def each(
        self, function: Callable[[Item], Made], items: Sequence[Item]
    ) -> Iterator[tuple[int, Made | WorkLostError]]:
        """What a function gives for each item, as it is ready, with the item's number.

        An item whose work ended its workers comes with the error instead.

        Raises:
            ClusterError: the connection was lost; what was not given yet is not done.
        """
        from distributed import KilledWorker
        from distributed import as_completed as untyped

        as_completed: Callable[..., Iterator[Any]] = untyped
        try:
            futures = self._client.map(function, list(items), pure=False, retries=RETRIES)
            numbers = {future.key: number for number, future in enumerate(futures)}
            for future in as_completed(futures, loop=self._client.loop):
                number = numbers[future.key]
                try:
                    made = future.result()
                except KilledWorker as exc:
                    yield number, WorkLostError(str(exc))
                else:
                    yield number, made
                future.release()
        except GeneratorExit:
            raise
        # Dask documents no set of errors for a lost scheduler: they come from tornado, asyncio and itself.
        except Exception as exc:
            raise self._lost(exc) from exc

    def in_order(self, function: Callable[[Item], Made], items: Iterable[Item], ahead: int) -> Iterator[Made]:
        """What a function gives for each item, in order; workers go on while what was given is used.

        Args:
            function: what is done.
            items: taken as they are needed, so that not all of them are held at once.
            ahead: how many a worker are taken before the first of them is waited for.

        Raises:
            ClusterError: the connection was lost, or some work could not be done; the items of what was not
                given yet were taken in part.
        """
        coming = iter(items)
        waiting: deque[Any] = deque()
        most = ahead * max(1, self.workers)
        while True:
            for item in islice(coming, most - len(waiting)):
                waiting.append(self._submitted(function, item))
            if not waiting:
                return
            future = waiting.popleft()
            yield self._given(future)

    def _submitted(self, function: Callable[[Item], Made], item: Item) -> Any:
        # Dask documents no set of errors for a lost scheduler, here and below.
        try:
            return self._client.submit(function, item, pure=False, retries=RETRIES)
        except Exception as exc:
            raise self._lost(exc) from exc

    def _given(self, future: Any) -> Any:
        try:
            return future.result()
        except Exception as exc:
            raise self._lost(exc) from exc

    def _lost(self, exc: Exception) -> ClusterError:
        return ClusterError(
            f"Dask のスケジューラー（{self.scheduler}）との仕事が途中で切れました"
            f"（{type(exc).__name__}: {exc}）。"
            "読み取ったものは残っています。もう一度実行すると続きから始まります。"
        )


def lift_daemon_mark() -> None:
    """Let this worker start processes of its own.

    Dask marks its workers as daemons, so that they end with their nanny, and Python forbids daemons to have
    children. The readers started here end by themselves when their parent is gone (``ingest.workers_entry``).
    """
    from multiprocessing import current_process

    config: dict[str, Any] = current_process()._config  # type: ignore[attr-defined]
    config["daemon"] = False
