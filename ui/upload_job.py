"""An upload as the page shows it and the library keeps it: its files, what is asked of each, what came.

A job is written as JSON whenever it changes, so that a closed browser or a server started anew finds it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

FIELDS = ("municipality", "fiscal_year", "document_kind", "title", "access")


class JobState(StrEnum):
    """How far a job is; those that end with a person's decision stay until it is made."""

    GUESSING = "guessing"
    ASKING = "asking"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


LIVE = frozenset({JobState.GUESSING, JobState.WAITING, JobState.RUNNING})
"""States that change by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A value that is asked for.

    Attributes:
        value: as typed or guessed.
        source: where a guess was read (Japanese), empty for what a person typed.
        is_sure: whether it need not be looked at.
        problem: why it cannot be taken (Japanese), else empty.
    """

    value: str = ""
    source: str = ""
    is_sure: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRow:
    """A file of an upload.

    Attributes:
        place: its name with the folders that it had in a ZIP.
        stored: the name under which it, or the ZIP that it is in, lies in the job's folder.
        member: its number in the ZIP, None for a file of its own.
        asked: the values by field, see ``FIELDS``.
        error: why it cannot be taken in (Japanese), else empty.
        is_left_out: whether the person leaves it out.
        note: what a person should know before (Japanese): another document would be replaced.
        outcome: what came of it, a value of ``ingest.report.Outcome``; empty before.
        passages: how many it has in the library.
        warnings: what to know of what was read (Japanese).
    """

    place: str
    stored: str
    member: int | None = None
    asked: dict[str, Asked] = field(default_factory=dict)
    error: str = ""
    is_left_out: bool = False
    note: str = ""
    outcome: str = ""
    passages: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name alone."""
        return self.place.rpartition("/")[2]

    @property
    def is_wanted(self) -> bool:
        """Whether it is to be taken in."""
        return not self.error and not self.is_left_out

    def value(self, name: str) -> str:
        """A field's value."""
        return self.asked.get(name, Asked()).value

    def with_values(self, typed: dict[str, str]) -> UploadRow:
        """The row with what a person typed; what was left as it was keeps its source."""
        asked = dict(self.asked)
        for name, value in typed.items():
            if name in FIELDS and value != self.value(name):
                asked[name] = Asked(value=value, is_sure=True)
        return replace(self, asked=asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadJob:
    """A job.

    Attributes:
        job_id: the name of its folder.
        state: see ``JobState``.
        rows: the files; empty until they are looked into, and where a document is removed.
        what: what is being done (Japanese).
        done: how much of it.
        total: of how much; 0 where that is not known.
        message: why it failed, or what to know of what was done (Japanese); else empty.
        removes: the document to remove; empty for an upload.
        removes_title: what a person knows that document, or the one that is opened to others, by.
        owner: the account that asked; empty where there are no accounts.
        opens: the document whose access is to change; empty for anything else.
        access: what it is to be, in words.
    """

    job_id: str
    state: JobState
    rows: tuple[UploadRow, ...] = ()
    what: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    removes: str = ""
    removes_title: str = ""
    owner: str = ""
    opens: str = ""
    access: str = ""

    @property
    def concerns(self) -> str:
        """The document that is removed or changed, empty for an upload."""
        return self.removes or self.opens

    def to_json(self) -> dict[str, Any]:
        """The job for its file."""
        return asdict(self)

    @classmethod
    def of_json(cls, data: dict[str, Any]) -> UploadJob:
        """The job that ``to_json`` wrote.

        Raises:
            KeyError: a part is missing.
            TypeError: a part is not what it should be.
            ValueError: the state is unknown.
        """
        rows = tuple(
            UploadRow(
                **{
                    **row,
                    "asked": {name: Asked(**one) for name, one in row["asked"].items()},
                    "warnings": tuple(row["warnings"]),
                }
            )
            for row in data["rows"]
        )
        return cls(**{**data, "state": JobState(data["state"]), "rows": rows})
