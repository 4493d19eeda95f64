"""What is served beside the page: pictures of pages and originals, to nobody who asks for anything else."""

from __future__ import annotations

import io
import shutil
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from PIL import Image

from corpus.document import Document, content_hash
from corpus.errors import InputError
from corpus.originals import FOLDER, Original, Originals
from corpus.store import Store
from tests.ui.conftest import Served, served
from tests.ui.viewer_files import REPORT_NAME, TEXT_NAME, WORKBOOK_NAME, report_pdf, workbook
from ui.bounded_cache import BoundedCache
from ui.intake import remove
from ui.original_routes import disposition
from ui.page_image import LONGEST, PageImages


def documents(library: Path) -> dict[str, Document]:
    return {one.source: one for one in Store.open(library).reader.documents()}


Answer = tuple[int, dict[str, str], bytes]


def got(server: Served, path: str, headers: dict[str, str] | None = None) -> Answer:
    parts = urlsplit(server.url)
    with closing(HTTPConnection(parts.hostname or "", parts.port or 0, timeout=30)) as connection:
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        return (
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read(),
        )


def test_every_document_taken_in_has_its_original(originals_library: Path) -> None:
    originals = Originals(originals_library)
    expected = {REPORT_NAME: ".pdf", WORKBOOK_NAME: ".xlsx", TEXT_NAME: ".txt"}
    kept = {name: originals.find(one.sha256) for name, one in documents(originals_library).items()}
    assert {name: one.extension for name, one in kept.items() if one} == expected


def test_a_page_is_a_picture_of_the_page(originals_library: Path, originals_server: Served) -> None:
    document_id = documents(originals_library)[REPORT_NAME].document_id
    status, headers, data = got(originals_server, f"/view/{document_id}/page/2.png")
    assert (status, headers["content-type"]) == (200, "image/png")
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]
    picture = Image.open(io.BytesIO(data)).convert("L")
    assert picture.size[1] == LONGEST
    scale = LONGEST / 841.89
    line = picture.crop((72 * scale, 108 * scale, 312 * scale, 124 * scale))
    beside = picture.crop((72 * scale, 200 * scale, 312 * scale, 216 * scale))
    assert min(line.tobytes()) < 80
    assert min(beside.tobytes()) == 255


def test_a_picture_known_to_the_browser_is_not_sent_again(
    originals_library: Path, originals_server: Served
) -> None:
    path = f"/view/{documents(originals_library)[REPORT_NAME].document_id}/page/1.png"
    _, headers, _ = got(originals_server, path)
    status, _, data = got(originals_server, path, {"If-None-Match": headers["etag"]})
    assert (status, data) == (304, b"")


def test_a_pdf_is_shown_and_has_its_own_name_and_bytes(
    originals_library: Path, originals_server: Served
) -> None:
    document = documents(originals_library)[REPORT_NAME]
    status, headers, data = got(originals_server, f"/original/{document.document_id}")
    assert status == 200
    assert data == report_pdf()
    assert content_hash(data) == document.sha256
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"].startswith("inline; ")
    assert f"filename*=UTF-8''{quote(REPORT_NAME)}" in headers["content-disposition"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "private" in headers["cache-control"]


@pytest.mark.parametrize("name", [WORKBOOK_NAME, TEXT_NAME])
def test_what_is_no_pdf_is_saved_and_not_shown(
    originals_library: Path, originals_server: Served, name: str
) -> None:
    document = documents(originals_library)[name]
    status, headers, data = got(originals_server, f"/original/{document.document_id}")
    assert status == 200
    assert content_hash(data) == document.sha256
    assert headers["content-disposition"].startswith("attachment; ")
    assert name != WORKBOOK_NAME or data[:2] == workbook()[:2]


@pytest.mark.parametrize(
    "page", ["0", "-1", "3", "99999", "999999999999", "1e0", "1.5", "01", "%EF%BC%91", "..%2F1", "", "1%00"]
)
def test_a_page_that_does_not_exist_is_refused(
    originals_library: Path, originals_server: Served, page: str
) -> None:
    document_id = documents(originals_library)[REPORT_NAME].document_id
    status, headers, data = got(originals_server, f"/view/{document_id}/page/{page}.png")
    assert status == 404
    assert b"Traceback" not in data
    assert "image" not in headers["content-type"]


@pytest.mark.parametrize(
    "document_id",
    [
        "990019-000000000000",
        "..",
        "..%2F..%2Flibrary.sqlite3",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%5C..%5Clibrary.sqlite3",
        "990019-00000000000*",
        "",
        "%00",
        "a" * 3_000,
        "%E5%8D%83",
    ],
)
@pytest.mark.parametrize("form", ["/original/{}", "/view/{}/page/1.png"])
def test_nothing_but_documents_of_the_library_is_served(
    originals_server: Served, document_id: str, form: str
) -> None:
    status, _, data = got(originals_server, form.format(document_id))
    assert status == 404
    assert not data.startswith((b"%PDF", b"SQLite", b"root:"))


def test_a_refusal_is_a_page_in_japanese_that_says_what_to_do(originals_server: Served) -> None:
    _, headers, data = got(originals_server, "/original/990019-000000000000")
    assert headers["content-type"].startswith("text/html")
    assert headers["cache-control"] == "no-store"
    assert "もう一度検索してください" in data.decode()
    assert '<html lang="ja">' in data.decode()


def test_a_picture_of_what_has_no_pages_is_refused(originals_library: Path, originals_server: Served) -> None:
    status, _, data = got(
        originals_server, f"/view/{documents(originals_library)[WORKBOOK_NAME].document_id}/page/1.png"
    )
    assert status == 404
    assert "PDFの資料だけ" in data.decode()


def test_a_removed_document_is_served_no_more_and_leaves_no_copy(
    originals_library: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    shutil.copytree(originals_library, folder)
    report = documents(folder)[REPORT_NAME]
    paths = (f"/original/{report.document_id}", f"/view/{report.document_id}/page/1.png")
    with served(folder) as server:
        assert [got(server, path)[0] for path in paths] == [200, 200]
        remove(folder, report.document_id)
        assert [got(server, path)[0] for path in paths] == [404, 404]
    kept = sorted(path.suffix for path in (folder / FOLDER).rglob("*") if path.is_file())
    assert kept == [".txt", ".xlsx"]


def test_a_damaged_or_missing_original_is_told(originals_library: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(report_pdf()[:200])
    images = PageImages()
    with pytest.raises(InputError, match="壊れている"):
        images.png(Original(path=broken, sha256="a" * 64, extension=".pdf"), 1)
    with pytest.raises(InputError, match="原本のファイルを読めません"):
        images.png(Original(path=tmp_path / "none.pdf", sha256="b" * 64, extension=".pdf"), 1)


def test_pictures_are_drawn_once_and_quickly(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(report_pdf())
    images = PageImages()
    original = Original(path=path, sha256="a" * 64, extension=".pdf")
    images.png(original, 2)
    start = time.perf_counter()
    first = images.png(original, 1)
    assert time.perf_counter() - start < 1.0
    path.unlink()
    assert images.png(original, 1) is first


def test_what_is_kept_stays_within_its_bound() -> None:
    cache: BoundedCache[int, bytes] = BoundedCache(100, len)
    made: list[int] = []

    def asked(key: int, size: int = 40) -> None:
        def make() -> bytes:
            made.append(key)
            return bytes(size)

        cache.get(key, make)

    for key in (1, 2, 1, 3):
        asked(key)
    assert (made, cache.total) == ([1, 2, 3], 80)
    asked(1)
    asked(2)
    assert made == [1, 2, 3, 2]
    asked(9, 101)
    assert (made[-1], cache.total) == (9, 80)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a b.pdf", "inline; filename=\"a_b.pdf\"; filename*=UTF-8''a%20b.pdf"),
        ("計画.pdf", "inline; filename=\"original.pdf\"; filename*=UTF-8''%E8%A8%88%E7%94%BB.pdf"),
        ('x"\r\nSet-Cookie: a=b.pdf', None),
    ],
)
def test_a_file_name_is_told_in_both_ways_and_breaks_no_header(name: str, expected: str | None) -> None:
    told = disposition("inline", name, ".pdf")
    assert told.isascii()
    assert not set(told) & set("\r\n")
    assert told.count('"') == 2
    assert expected is None or told == expected
