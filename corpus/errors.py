"""The errors of Shirube: one root and a tree.

Every message is Japanese, because municipal staff read it, and says three things: what happened, where
(document, page, cell, byte) and what to do about it. The constructor takes that message and nothing else.
The tree stands apart from the code that raises, so that every layer can catch by kind without an import
of its neighbours.

    ShirubeError
    ├── InputError                      a file or an argument cannot be used
    │   ├── EmptyFileError
    │   ├── UnsupportedFileError
    │   ├── UndecodableFileError
    │   ├── UnknownMunicipalityError
    │   ├── AmbiguousMunicipalityError
    │   ├── FiscalYearError
    │   ├── ManifestError
    │   ├── AccessError
    │   └── QuestionError
    ├── LibraryError                    the stored library cannot be used
    │   ├── LibraryMissingError
    │   ├── LibraryDamagedError
    │   ├── LibraryBusyError
    │   ├── LibraryUnwritableError
    │   ├── SchemaVersionError
    │   ├── IndexDamagedError
    │   ├── IndexStaleError
    │   └── IndexMissingError
    ├── WorkerStartError                the processes that read files cannot be started
    ├── BackupError                     a backup cannot be made, read or put back
    └── CitationError                   an answer's citation does not hold
"""


class ShirubeError(Exception):
    """Root of all errors that Shirube raises on purpose."""


class InputError(ShirubeError):
    """A file or an argument that a person gave cannot be used."""


class EmptyFileError(InputError):
    """A file holds no bytes, or nothing but white space."""


class UnsupportedFileError(InputError):
    """A file is of a kind that no reader takes."""


class UndecodableFileError(InputError):
    """The bytes of a file are no text in any of the encodings that are read."""


class UnknownMunicipalityError(InputError):
    """A name or code belongs to no municipality in the table."""


class AmbiguousMunicipalityError(InputError):
    """A name or code fits more than one municipality."""


class FiscalYearError(InputError):
    """A label cannot be read as a fiscal year, or a year lies outside the eras."""


class ManifestError(InputError):
    """A manifest lacks a column, names a missing file or contradicts itself."""


class AccessError(InputError):
    """An access 「公開範囲」, a group or a right is none, or is not the person's to use."""


class QuestionError(InputError):
    """A question or a filter is empty, too long or malformed."""


class LibraryError(ShirubeError):
    """The stored library cannot be used as it is."""


class LibraryMissingError(LibraryError):
    """A folder holds no library."""


class LibraryDamagedError(LibraryError):
    """The library's database cannot be read."""


class LibraryBusyError(LibraryError):
    """Another program is writing to the library."""


class LibraryUnwritableError(LibraryError):
    """The library folder or its database cannot be written."""


class SchemaVersionError(LibraryError):
    """The database was made by another version of the schema."""


class IndexDamagedError(LibraryError):
    """An index file fails its checksum or cannot be read."""


class IndexStaleError(LibraryError):
    """An index was built from other passages than the store now holds."""


class IndexMissingError(LibraryError):
    """An index was asked for that has not been built."""


class WorkerStartError(ShirubeError):
    """The processes that read files cannot be started."""


class BackupError(ShirubeError):
    """A backup 「控え」 cannot be made, read or put back; the library is as it was."""


class CitationError(ShirubeError):
    """A citation's quote is not what the stored passage says at its offsets."""
