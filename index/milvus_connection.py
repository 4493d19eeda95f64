"""The one module that speaks to Milvus: a cluster, a standalone server, or milvus-lite in a file.

Everything that the client raises comes out as one of two errors, which say what to do. What milvus-lite and a
cluster do differently is settled here or told in ``docs/milvus.md``.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import LibraryError

if TYPE_CHECKING:
    from pymilvus import MilvusClient

OLDEST = (2, 5)
"""The first version that holds all that a collection of ours has."""

MOST_FOUND = 16_384
"""So many rows a query or search gives at the most; Milvus has no more."""

BATCH = 1_000

LOADING = 600.0
"""Seconds that one request may take which makes, fills or loads a collection."""

Row = dict[str, Any]


class MilvusError(LibraryError):
    """Milvus cannot be used: not installed, not reachable, refused, or it failed."""


class MilvusIndexError(MilvusError):
    """Milvus is there, and does not hold the index that belongs to the library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilvusAddress:
    """Where Milvus is.

    Attributes:
        uri: ``http://host:19530``, or a file for milvus-lite.
        token: ``user:password`` or an API key; empty without.
        name: begins the names of this library's collections, and is its alias.
        timeout: seconds that one request may take of those that a question waits for.
    """

    uri: str
    token: str = ""
    name: str = "shirube"
    timeout: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a collection.

    Attributes:
        name: of the field.
        kind: one of ``key`` (a whole number), ``name`` (a text that is the key), ``text``, ``texts``,
            ``number``, ``numbers``, ``vector`` and ``sparse``.
        size: the length of a vector.
        partitioned: whether rows of one value lie together.
    """

    name: str
    kind: str
    size: int = 0
    partitioned: bool = False


class MilvusConnection:
    """A connection; it may be shared by threads."""

    def __init__(self, address: MilvusAddress) -> None:
        """Connect.

        Raises:
            MilvusError: pymilvus is not installed, or Milvus cannot be reached, refuses or is too old.
        """
        try:
            from pymilvus import MilvusClient
        except ImportError as exc:
            raise MilvusError(
                "Milvus を使うには pymilvus が要ります。pip install '.[milvus]' で入れてください。"
            ) from exc
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # its errors come out as ours
        self.address = address
        self._client: MilvusClient = self._said(
            lambda: MilvusClient(uri=address.uri, token=address.token, timeout=address.timeout)
        )
        self._check_version(str(self._asked("get_server_version")))

    def _check_version(self, told: str) -> None:
        found = re.search(r"(\d+)\.(\d+)", told)
        if found and tuple(map(int, found.groups())) < OLDEST:
            self.close()
            oldest = ".".join(map(str, OLDEST))
            raise MilvusError(
                f"Milvus（{self.address.uri}）の版 {told} は古くて使えません。"
                f"{oldest}以降に上げるか、SHIRUBE_MILVUS_URI で別の Milvus を指定してください。"
            )

    def close(self) -> None:
        """Let the connection go."""
        self._said(self._client.close)

    def exists(self, name: str) -> bool:
        """Whether there is a collection or alias of a name."""
        return bool(self._asked("has_collection", name))

    def collections(self) -> list[str]:
        """The names of all collections, of whatever they are, in order."""
        return sorted(self._asked("list_collections"))

    def create(self, name: str, fields: Sequence[Field]) -> None:
        """Make an empty collection with its indexes."""
        self._said(lambda: self._create(name, fields))

    def insert(self, name: str, rows: Sequence[Row]) -> None:
        """Put rows into a collection, a batch a request."""
        for at in range(0, len(rows), BATCH):
            self._asked("insert", name, list(rows[at : at + BATCH]), timeout=LOADING)

    def finish(self, name: str) -> None:
        """Make what was put in durable, and load the collection to be searched."""
        self._asked("flush", name, timeout=LOADING)
        self.load(name)

    def load(self, name: str, *, seconds: float = LOADING) -> None:
        """Load a collection to be searched, and wait for so long until it is."""
        self._asked("load_collection", name, timeout=seconds)

    def is_loaded(self, name: str) -> bool:
        """Whether a collection can be searched as it is."""
        state = self._asked("get_load_state", name)["state"]
        return str(getattr(state, "name", state)) == "Loaded"

    def count(self, name: str) -> int:
        """How many rows a collection holds."""
        return int(self._asked("query", name, filter="", output_fields=["count(*)"])[0]["count(*)"])

    def search(
        self,
        name: str,
        field: str,
        vector: Sequence[float] | Mapping[int, float],
        limit: int,
        limits: str,
        shown: Sequence[str] = (),
    ) -> list[tuple[int, float, Row]]:
        """Keys with inner products and the fields shown, best first."""
        found = self._asked(
            "search",
            name,
            data=[vector],
            anns_field=field,
            limit=min(limit, MOST_FOUND),
            filter=limits,
            output_fields=list(shown) or ["row_id"],
            search_params={"metric_type": "IP"},
            consistency_level="Strong",
        )
        return [(int(one["row_id"]), float(one["distance"]), dict(one["entity"])) for one in found[0]]

    def query(self, name: str, limits: str, shown: Sequence[str]) -> list[Row]:
        """The rows that meet limits, at most ``MOST_FOUND`` of them."""
        found = self._asked(
            "query",
            name,
            filter=limits,
            output_fields=list(shown),
            limit=MOST_FOUND,
            consistency_level="Strong",
        )
        return [dict(one) for one in found]

    def delete(self, name: str, limits: str) -> None:
        """Remove the rows that meet limits."""
        self._asked("delete", name, filter=limits)

    def drop(self, name: str) -> None:
        """Remove a collection."""
        self._asked("drop_collection", name, timeout=LOADING)

    def target_of(self, alias: str) -> str | None:
        """The collection that an alias stands for; None where there is no such alias."""
        if not self.exists(alias):
            return None
        return str(self._asked("describe_alias", alias)["collection_name"])

    def point(self, alias: str, name: str) -> None:
        """Let an alias stand for a collection; whoever asks sees the old one or the new one."""
        self._asked("alter_alias" if self.exists(alias) else "create_alias", name, alias)

    def _create(self, name: str, fields: Sequence[Field]) -> None:
        from pymilvus import DataType, MilvusClient

        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        indexes = MilvusClient.prepare_index_params()
        texts = {"element_type": DataType.VARCHAR, "max_length": 65_535, "max_capacity": 4_096}
        kinds: dict[str, tuple[Any, dict[str, Any]]] = {
            "key": (DataType.INT64, {"is_primary": True}),
            "name": (DataType.VARCHAR, {"is_primary": True, "max_length": 65_535}),
            "text": (DataType.VARCHAR, {"max_length": 65_535}),
            "texts": (DataType.ARRAY, texts),
            "number": (DataType.INT64, {}),
            "numbers": (DataType.ARRAY, {"element_type": DataType.INT64, "max_capacity": 4_096}),
            "vector": (DataType.FLOAT_VECTOR, {}),
            "sparse": (DataType.SPARSE_FLOAT_VECTOR, {}),
        }
        for field in fields:
            kind, options = kinds[field.kind]
            more = {"dim": field.size} if field.kind == "vector" else {}
            more |= {"is_partition_key": True} if field.partitioned else {}
            schema.add_field(field.name, kind, **options, **more)
            if field.kind in ("vector", "sparse"):
                index = "SPARSE_INVERTED_INDEX" if field.kind == "sparse" else "FLAT"
                indexes.add_index(field.name, index_type=index, metric_type="IP")
        self._client.create_collection(name, schema=schema, index_params=indexes, timeout=LOADING)

    def _asked(self, method: str, *given: Any, timeout: float | None = None, **options: Any) -> Any:
        """What a method of the client gives; without a time of its own it waits long for a silent server."""
        work = getattr(self._client, method)
        return self._said(lambda: work(*given, timeout=timeout or self.address.timeout, **options))

    def _said(self, work: Callable[[], Any]) -> Any:
        from grpc import RpcError  # pymilvus lets it through where it sees no use in trying again
        from pymilvus.exceptions import MilvusException

        try:
            return work()
        except (MilvusException, RpcError, OSError, ValueError) as exc:
            raise MilvusError(
                f"Milvus（{self.address.uri}）を使えません: {_first_line(exc)}。"
                "アドレス（SHIRUBE_MILVUS_URI）、パスワード（SHIRUBE_MILVUS_TOKEN）と、"
                "Milvus が動いているか、版が2.5以降かを確かめてください。"
            ) from exc


def _first_line(exc: Exception) -> str:
    details = getattr(exc, "details", None)  # of a call that failed below pymilvus
    said = str(getattr(exc, "message", "") or (callable(details) and details()) or exc).strip()
    return said.splitlines()[0] if said else type(exc).__name__


def quoted(value: str) -> str:
    """A text as it stands in an expression."""
    return json.dumps(value, ensure_ascii=False)


def containing(value: str) -> str:
    """A pattern for texts that hold a text, as it stands in an expression."""
    escaped = "".join(f"\\{sign}" if sign in "%_\\" else sign for sign in value)
    return quoted(f"%{escaped}%")
