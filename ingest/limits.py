"""How much one file may take while it is read: bytes, pages, seconds, memory; what is said where it is more.

A document that a town hall publishes stays far below all of it. What goes beyond is damaged, hostile or a
whole archive in one file, and must not stop the other files of a job.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.errors import InputError
from ingest.zip_archive import ArchiveLimits

MEGABYTE = 1 << 20


class LimitError(InputError):
    """A file takes more than is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestLimits:
    """What reading one file may take.

    Attributes:
        file_bytes: of a file on disk or in a ZIP, unpacked.
        pages: of a PDF.
        seconds: for any file.
        seconds_a_page: added for each page of a PDF.
        memory_bytes: of the process that reads, the program included.
        archive: of a ZIP with documents in it.
    """

    file_bytes: int = 200 * MEGABYTE
    pages: int = 3_000
    seconds: float = 120.0
    seconds_a_page: float = 2.0
    memory_bytes: int = 1_536 * MEGABYTE
    archive: ArchiveLimits = field(default_factory=ArchiveLimits)

    def allowed_seconds(self, pages: int) -> float:
        """How long a file of so many pages may take."""
        return self.seconds + self.seconds_a_page * pages

    def check_bytes(self, name: str, size: int) -> None:
        """Refuse a file that is too large, before a byte of it is read.

        Raises:
            LimitError: it is.
        """
        if size > self.file_bytes:
            raise LimitError(
                f"ファイルが大きすぎます: {name}"
                f"（{_megabytes(size)}MB、上限{_megabytes(self.file_bytes)}MB）。"
                "章ごとに分けるか、画像の解像度を下げて保存し直してから取り込んでください。"
            )

    def check_pages(self, name: str, pages: int) -> None:
        """Refuse a PDF of too many pages.

        Raises:
            LimitError: it has.
        """
        if pages > self.pages:
            raise LimitError(
                f"ページが多すぎます: {name}（{pages:,}ページ、上限{self.pages:,}ページ）。"
                "章ごとなどに分けて保存し直してから取り込んでください。"
            )

    def too_long(self, name: str, pages: int) -> str:
        """What is said of a file whose reading took too long and was stopped."""
        return (
            f"読み取りに時間がかかりすぎるため、途中で止めました: {name}"
            f"（上限{self.allowed_seconds(pages):.0f}秒）。壊れているおそれがあります。"
            "元のソフトで開いて保存し直すか、章ごとに分けてから取り込んでください。"
        )

    def too_much(self, name: str) -> str:
        """What is said of a file whose reading needed more memory than is allowed."""
        return (
            f"読み取りに必要なメモリーが多すぎるため、途中で止めました: {name}"
            f"（上限{_megabytes(self.memory_bytes):,}MB）。"
            "章や表ごとにファイルを分け、使っていない行や画像を消してから取り込んでください。"
        )


def _megabytes(size: int) -> int:
    """In whole megabytes, rounded up, so that what is above a limit is shown above it."""
    return -(-size // MEGABYTE)
