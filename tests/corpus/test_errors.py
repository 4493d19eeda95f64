"""The tree of errors: what catches what."""

import inspect

import pytest

from corpus import errors
from corpus.errors import (
    AmbiguousMunicipalityError,
    CitationError,
    EmptyFileError,
    FiscalYearError,
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
    InputError,
    LibraryError,
    LibraryUnwritableError,
    ManifestError,
    QuestionError,
    SchemaVersionError,
    ShirubeError,
    UndecodableFileError,
    UnknownMunicipalityError,
    UnsupportedFileError,
)

INPUT = [
    EmptyFileError,
    UnsupportedFileError,
    UndecodableFileError,
    UnknownMunicipalityError,
    AmbiguousMunicipalityError,
    FiscalYearError,
    ManifestError,
    QuestionError,
]
LIBRARY = [LibraryUnwritableError, SchemaVersionError, IndexDamagedError, IndexStaleError, IndexMissingError]
CLASSES = [value for _, value in inspect.getmembers(errors, inspect.isclass)]
DEFINED = [value for value in CLASSES if value.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", INPUT)
def test_errors_about_input_are_no_errors_of_the_library(kind: type[ShirubeError]) -> None:
    assert issubclass(kind, InputError)
    assert not issubclass(kind, LibraryError)


@pytest.mark.parametrize("kind", LIBRARY)
def test_errors_of_the_library_are_no_errors_about_input(kind: type[ShirubeError]) -> None:
    assert issubclass(kind, LibraryError)
    assert not issubclass(kind, InputError)


def test_citation_error_stands_apart() -> None:
    assert CitationError.__bases__ == (ShirubeError,)


@pytest.mark.parametrize("kind", DEFINED)
def test_every_error_is_in_the_tree_and_keeps_its_message(kind: type[ShirubeError]) -> None:
    assert issubclass(kind, ShirubeError)
    assert kind.__name__ in (errors.__doc__ or "")
    assert str(kind("読めません。")) == "読めません。"
