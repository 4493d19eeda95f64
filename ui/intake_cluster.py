"""What cuts words and embeds for an ingest: this machine, or the workers of a cluster."""

from __future__ import annotations

from functools import partial

from corpus.cluster import Cluster, ClusterError
from index.cluster_terms import ClusterAnalyzer, ClusterEncoder, encode_texts, fingerprints_here
from index.encoder import Encoder
from index.terms import TermAnalyzer
from ingest.pipeline import READER_VERSION
from ui.library import BUILT_IN, encoder_of


def makers(model: str, cluster: Cluster | None) -> tuple[TermAnalyzer, Encoder]:
    """The analyzer and the encoder.

    Args:
        model: the name of the embedding model.
        cluster: None for this machine.

    Raises:
        ClusterError: a worker has another version of the program, of its dictionary or of the model.
    """
    if cluster is None:
        analyzer = TermAnalyzer()
        return analyzer, encoder_of(model, analyzer)
    named = None if model == BUILT_IN else model
    analyzer = ClusterAnalyzer(cluster)
    encoder = encoder_of(model, analyzer)
    ours = (READER_VERSION, analyzer.fingerprint, encoder.fingerprint)
    others = cluster.everywhere(partial(_version, named))
    if any(one != ours for one in others):
        raise ClusterError(
            f"Dask のワーカー（{cluster.scheduler}）に、このパソコンと違う版の Shirube・辞書・"
            "埋め込みモデルの入ったものがあります。同じ版を入れてください。"
        )
    return analyzer, ClusterEncoder(cluster, encoder, partial(encode_texts, model=named))


def _version(model: str | None) -> tuple[str, str, str]:
    return (READER_VERSION, *fingerprints_here(model))
