"""What cuts words and embeds for an ingest: this machine, or the workers of a cluster."""

from __future__ import annotations

from functools import partial

from corpus.cluster import Cluster, ClusterError
from index.cluster_prepared import ClusterPreparer, fingerprints_here
from index.encoder import Encoder
from index.prepared import LocalPreparer, Preparer
from index.terms import TermAnalyzer
from ingest.pipeline import READER_VERSION
from ui.library import BUILT_IN, encoder_of


def makers(
    model: str, cluster: Cluster | None, *, may_fetch: bool = False
) -> tuple[TermAnalyzer, Encoder, Preparer]:
    """The analyzer and the encoder, and what prepares passages with them.

    Args:
        model: the name of the embedding model.
        cluster: None for this machine.
        may_fetch: whether the network may be asked for the model.

    Raises:
        ClusterError: a worker has another version of the program, of its dictionary or of the model.
    """
    analyzer = TermAnalyzer()
    encoder = encoder_of(model, analyzer, may_fetch=may_fetch)
    here = LocalPreparer(analyzer, encoder)
    if cluster is None:
        return analyzer, encoder, here
    named = None if model == BUILT_IN else model
    ours = (READER_VERSION, analyzer.fingerprint, encoder.fingerprint)
    others = cluster.everywhere(partial(_version, named))
    if any(one != ours for one in others):
        raise ClusterError(
            f"Dask のワーカー（{cluster.scheduler}）に、このパソコンと違う版の Shirube・辞書・"
            "埋め込みモデルの入ったものがあります。同じ版を入れてください。"
        )
    return analyzer, encoder, ClusterPreparer(cluster, named, here)


def _version(model: str | None) -> tuple[str, str, str]:
    return (READER_VERSION, *fingerprints_here(model))
