"""What cuts words and embeds for an ingest: this machine, or the workers of a cluster."""

from __future__ import annotations

from functools import partial
from socket import gethostname

from corpus.cluster import Cluster, other_version
from index.cluster_prepared import ClusterPreparer, fingerprints, fingerprints_here
from index.encoder import Encoder
from index.prepared import LocalPreparer, Preparer
from index.terms import TermAnalyzer
from ingest.cluster_reading import reader_here
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
        ClusterError: a worker has another version of the program, of its dictionary, of the model or of OCR.
    """
    analyzer = TermAnalyzer()
    encoder = encoder_of(model, analyzer, may_fetch=may_fetch)
    here = LocalPreparer(analyzer, encoder)
    if cluster is None:
        return analyzer, encoder, here
    named = None if model == BUILT_IN else model
    ours = fingerprints(analyzer, encoder)
    told = cluster.everywhere(partial(_version, named))
    others = [host for host, *version in told if tuple(version) != (reader_here(), *ours)]
    if others:
        raise other_version(others)
    return analyzer, encoder, ClusterPreparer(cluster, named, here, ours)


def _version(model: str | None) -> tuple[str, str, str, str]:
    return (gethostname(), reader_here(), *fingerprints_here(model))
