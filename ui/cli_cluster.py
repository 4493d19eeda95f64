"""The cluster that a command works on, where one is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from corpus.cluster import Cluster
from ui import console


@contextmanager
def connected(scheduler: str | None) -> Iterator[Cluster | None]:
    """The cluster of a scheduler, None without one; says where its workers can be watched.

    Raises:
        ClusterError: it does not answer.
    """
    if scheduler is None:
        yield None
        return
    with Cluster(scheduler) as cluster:
        console.warn(f"ワーカーのようす: {cluster.dashboard}（{cluster.workers}スレッド）")
        yield cluster
