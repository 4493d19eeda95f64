"""The library that is served under load: the sample corpus with more of its like, and accounts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from corpus.access import INTERNAL, OPERATOR
from corpus.document import Document
from corpus.record import DocumentRecord
from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from tests.bench_recombine import pools_of, recombined
from tests.bench_sizes import records_of
from tests.bench_towns import MadeUpTown, Renamed
from tests.load_people import Credentials
from ui.accounts import Accounts
from ui.intake import bring_up_to_date, ingest, set_access
from ui.sign_in import SignIn
from ui.viewer import Role

COMING = SAMPLES / "tsukimiura_r4_inventory.txt"
"""What is taken in and removed again while people ask."""

INTERNAL_SOURCE = "shirakabano_reform_report.txt"
SEED = 1
PASSWORD = "Yama-no-ue 7 hon-no ki"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """An account, and whether its holder belongs to the town hall."""

    credentials: Credentials
    is_inside: bool


def make_library(folder: Path, passages: int) -> None:
    """Write a library of about so many passages, one document of it for the town hall's own staff."""
    ingest(
        folder,
        [path for path in sorted(SAMPLES.glob("*.txt")) if path != COMING],
        manifest=SAMPLES / "manifest.csv",
    )
    store = Store.open(folder)
    records = records_of(store.reader)
    held = store.reader.passage_count()
    with store.writing() as writer:
        for record in _more(records, passages - held):
            writer.add(record)
    store.close()
    bring_up_to_date(folder)
    inner = [one.document_id for one in _documents(folder) if one.source == INTERNAL_SOURCE]
    set_access(folder, inner, INTERNAL, OPERATOR)


def make_staff(folder: Path, users: int) -> list[Staff]:
    """Make so many accounts; every second one is of somebody outside of the town hall."""
    accounts, staff = Accounts(folder), []
    for number in range(users):
        name, is_inside = f"user{number:03d}", number % 2 == 0
        accounts.add(name, PASSWORD, Role.READER, is_inside=is_inside)
        token = SignIn(accounts).new_token(name, "load")
        credentials = Credentials(name=name, password=PASSWORD, token=token)
        staff.append(Staff(credentials=credentials, is_inside=is_inside))
    return staff


def coming_id(folder: Path) -> str | None:
    """The id of the document that comes and goes, None while it is not there."""
    return next((one.document_id for one in _documents(folder) if one.source == COMING.name), None)


def public_passages(folder: Path, wanted: int) -> list[str]:
    """Ids of passages that everybody may see and that stay, spread over the library."""
    store = Store.open(folder)
    found = [
        passage.passage_id
        for one in store.reader.documents()
        if one.source not in (INTERNAL_SOURCE, COMING.name)
        for passage in store.reader.passages_of(one.document_id)
    ]
    store.close()
    return random.Random(SEED).sample(found, min(wanted, len(found)))


def _more(records: list[DocumentRecord], wanted: int) -> list[DocumentRecord]:
    """Recombinations of records, each of its own town, with at least so many passages in all."""
    pools, chance, left = pools_of(records), random.Random(SEED), wanted
    made: list[DocumentRecord] = []
    for turn in count():
        for record in records:
            if left <= 0:
                return made
            town = MadeUpTown(code=record.document.municipality_code, name=record.document.municipality)
            made.append(recombined(record, town, pools, Renamed((), town), chance))
            left -= len(record.passages)
        assert records, f"nothing to recombine in turn {turn}"
    return made


def _documents(folder: Path) -> list[Document]:
    store = Store.open(folder)
    try:
        return store.reader.documents()
    finally:
        store.close()
