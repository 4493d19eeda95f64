import io
import zipfile

import pytest

from corpus.errors import InputError, UnsupportedFileError
from ingest.zip_archive import ArchiveLimits, open_archive

LIMITS = ArchiveLimits()


def _zip(files: dict[str, bytes], *, encoding: str = "utf-8") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def _renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    return data.replace(old, new)


def test_names_in_cp932_are_read() -> None:
    name = "表計画.txt".encode("cp932")
    data = _renamed(_zip({"x" * len(name): b"1"}), b"x" * len(name), name)
    assert [member.name for member in open_archive(data, LIMITS)] == ["表計画.txt"]


def test_names_in_utf8_are_read_with_and_without_the_flag() -> None:
    name = "総合計画/棚卸.txt"
    assert [member.name for member in open_archive(_zip({name: b"1"}), LIMITS)] == [name]
    packed = name.encode()
    data = _renamed(_zip({"x" * len(packed): b"1"}), b"x" * len(packed), packed)
    assert [member.name for member in open_archive(data, LIMITS)] == [name]


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "C:/a.txt", "a/../../b.txt", "a\0b.txt", "..\\a.txt"]
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    safe = "x" * len(name)
    data = _renamed(_zip({safe: b"1"}), safe.encode(), name.encode())
    with pytest.raises(InputError, match="安全のため"):
        open_archive(data, LIMITS)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (ArchiveLimits(members=1), "多すぎ"),
        (ArchiveLimits(depth=1), "深すぎ"),
        (ArchiveLimits(total_bytes=10), "大きすぎ"),
        (ArchiveLimits(member_bytes=10), "安全のため"),
        (ArchiveLimits(ratio=2, ratio_from=100), "安全のため"),
    ],
)
def test_archives_beyond_the_limits_are_refused(limits: ArchiveLimits, message: str) -> None:
    with pytest.raises(InputError, match=message):
        open_archive(_zip({"a/b.txt": b"0" * 1000, "c.txt": b"1"}), limits)


def test_an_archive_within_an_archive_is_not_opened() -> None:
    within = _zip({"中.zip": _zip({"a.txt": b"1"}), "b.txt": b"2", "__MACOSX/._b.txt": b""})
    assert [(member.name, member.data) for member in open_archive(within, LIMITS)] == [("b.txt", b"2")]


def test_damaged_and_encrypted_archives_are_refused() -> None:
    data = _zip({"a.txt": b"text" * 10})
    with pytest.raises(InputError, match="壊れて"):
        open_archive(data[: len(data) // 2], LIMITS)
    at = data.index(b"a.txt") + 7
    with pytest.raises(InputError, match="壊れて"):
        open_archive(data[:at] + b"\xff\xff" + data[at + 2 :], LIMITS)
    locked = bytearray(data)
    locked[6] |= 1
    locked[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnsupportedFileError, match="パスワード"):
        open_archive(bytes(locked), LIMITS)
