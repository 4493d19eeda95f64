"""A library whose index is in Milvus: where the environment names one, it is searched and published there.

What Milvus cannot give, the index of this machine gives: a library is never without answers because another
machine is down.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.access import PUBLIC, Audience
from corpus.errors import AccessError, IndexMissingError
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.build import Progress
from index.encoder import Encoder
from index.fallback_retriever import FallbackRetriever
from index.milvus_connection import MilvusAddress, MilvusConnection
from index.milvus_load import load
from index.milvus_retriever import open_milvus
from index.retriever import Opener, Retriever, RetrieverConfig, open_retriever
from index.terms import TermAnalyzer
from ui.library import BUILT_IN, MILVUS, encoder_of
from ui.settings import SettingError

URI, TOKEN, NAME = MILVUS, "SHIRUBE_MILVUS_TOKEN", "SHIRUBE_MILVUS_NAME"


def milvus_address(environment: Mapping[str, str]) -> MilvusAddress | None:
    """Where Milvus is, None where none is set.

    Raises:
        SettingError: the name cannot begin the name of a collection.
    """
    uri = environment.get(URI, "").strip()
    if not uri:
        return None
    name = environment.get(NAME, "").strip() or "shirube"
    if not (name.isascii() and name.isidentifier()):
        raise SettingError(f"{NAME} を読めません: {name}。英字で始まる英数字と _ で設定してください。")
    return MilvusAddress(uri=uri, token=environment.get(TOKEN, "").strip(), name=name)


def opener(environment: Mapping[str, str]) -> Opener:
    """What opens a library's index: in Milvus where one is set, on this machine when it fails."""
    address = milvus_address(environment)
    if address is None:
        return open_retriever

    def opened(
        store: StoreReader,
        library: Path,
        analyzer: TermAnalyzer,
        encoder: Encoder,
        config: RetrieverConfig | None = None,
        *,
        audience: Audience,
    ) -> Retriever:
        def here() -> Retriever:
            return open_retriever(store, library, analyzer, encoder, config, audience=audience)

        if not audience.sees_all and limited_documents(Store.open(library).reader):
            return here()  # in Milvus are no parts by access, and its counts would tell of what is hidden

        def there() -> Retriever:
            return open_milvus(MilvusConnection(address), store, library, analyzer, encoder, config)

        return FallbackRetriever(there, here)

    return opened


def publish_to_milvus(folder: Path, address: MilvusAddress, progress: Progress | None = None) -> str:
    """Load a library's index into Milvus and turn the alias to it; returns the collection's name.

    Raises:
        AccessError: the library limits documents to some people.
        IndexMissingError: the library has no index yet.
        MilvusError: Milvus cannot be used; what it served before, it serves still.
    """
    store = Store.open(folder).reader
    if limited := limited_documents(store):
        raise AccessError(
            f"公開でない資料が{limited:,}件あるため、Milvus に入れられません（公開範囲を分けられません）。"
            "このパソコンの索引を使うか、「shirube publish フォルダー」で公開の資料だけを公開してください。"
        )
    generation = store.index_generation
    if generation is None:
        raise IndexMissingError(
            f"索引がまだありません: {folder}。先に「shirube ingest 資料のフォルダー」を実行してください。"
        )
    analyzer = TermAnalyzer()
    encoder = encoder_of(store.encoder or BUILT_IN, analyzer)
    connection = MilvusConnection(address)
    try:
        return load(connection, store, generation, analyzer, encoder, progress)
    finally:
        connection.close()


def limited_documents(store: StoreReader) -> int:
    """How many documents of a library are not open to all."""
    return sum(access != PUBLIC.key for access in store.accesses().values())
