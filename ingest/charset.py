"""Character sets: from the bytes of a text or CSV file to its text.

Municipal files come as UTF-8 with and without a mark, as cp932 from Excel, and now and then as EUC-JP or
ISO-2022-JP from old systems. General detectors err on short Japanese files, so the choice is made here in
an order that needs no statistics until two encodings are left, and those two are told apart by what Japanese
text consists of. A wrong text is worse than none: what decodes to no plausible Japanese is refused. A
short file of nothing but half-width katakana looks like kanji of the other encoding and is mistaken for it.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from corpus.errors import EmptyFileError, UndecodableFileError

# Longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JIS_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([BJI])")
# The variant with half-width katakana; then, for the NEC row 13 (①, ㈱), the standard whose row 13 equals it.
_JIS_ENCODINGS = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004")
_LEGACY = ("cp932", "euc_jp", "euc_jis_2004")

# Python's cp932 decodes the bytes 80, A0, FD, FE and FF, which stand for nothing, to these.
_CP932_UNUSED = re.compile("[\x80\uf8f0-\uf8f3]")

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.02
_SAMPLE = 100_000  # characters that the choice between two encodings looks at
_LEAST_PLAUSIBLE = 0.05
# ①, Ⅲ, ㈱ and the wave, dash and minus signs by which cp932 differs from JIS X 0208.
_VENDOR_SIGN = re.compile("[\u2010-\u22ff\u2460-\u24ff\u3220-\u33ff\uff01-\uff5e\uffe0-\uffe5]")
_ROW_WEIGHTS = (
    (0x8E, 0.1),  # half-width katakana: what EUC-JP looks like when it is read as cp932
    (0xA5, 1.0),  # signs, full-width letters, hiragana, katakana
    (0xA8, 0.5),  # Greek, Cyrillic, ruled lines
    (0xCF, 1.0),  # level 1, the 2,965 common kanji
    (0xF4, 0.3),  # level 2
)
_ADVICE = "元のファイルを開き、文字コードをUTF-8にして保存し直してください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    r"""The text of a file and how it was found.

    Attributes:
        text: the text without byte order mark, its line ends all ``\n``, otherwise as it was.
        encoding: Python's name of the codec, for instance ``utf-8`` or ``cp932``.
        had_bom: whether a byte order mark stood at the start.
    """

    text: str
    encoding: str
    had_bom: bool


def decode(data: bytes) -> Decoded:
    r"""Decode the bytes of a text file.

    The order: byte order mark, ISO-2022-JP by its escape sequences, strict UTF-8, then cp932 or EUC-JP,
    whichever gives the more plausible Japanese; a tie goes to cp932. All are strict. ``\r\n`` and ``\r``
    become ``\n``, and nothing else of the text is changed.

    Args:
        data: the whole file.

    Raises:
        EmptyFileError: no bytes, or nothing but white space.
        UndecodableFileError: binary data, or text in none of these encodings; names the byte offset.
    """
    if not data:
        raise EmptyFileError("ファイルが空です（0バイト）。内容のあるファイルを指定してください。")
    decoded = _decode_marked(data)
    if decoded is None:
        _refuse_binary(data)
        decoded = _decode_jis(data) or _decode_utf8(data) or _decode_legacy(data)
    text, encoding, had_bom = decoded
    if not text.strip():
        raise EmptyFileError("ファイルには空白と改行しかありません。内容のあるファイルを指定してください。")
    return Decoded(text=text.replace("\r\n", "\n").replace("\r", "\n"), encoding=encoding, had_bom=had_bom)


_Found = tuple[str, str, bool]


def _decode_marked(data: bytes) -> _Found | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding, True
            except UnicodeDecodeError as exc:
                at = exc.start + (len(mark) if encoding == "utf-8-sig" else 0)
                raise _undecodable(at, f"先頭の目印は{encoding}ですが、") from exc
    return None


def _refuse_binary(data: bytes) -> None:
    found = [match.start() for match in _CONTROL.finditer(data)]
    zero = data.find(b"\0")
    if zero >= 0 or len(found) > _MOST_CONTROL * len(data):
        at = zero if zero >= 0 else found[0]
        raise UndecodableFileError(
            f"文字のファイルではないようです（{at}バイト目に制御文字があります）。"
            "文字のファイルなら、UTF-8で保存し直してから取り込んでください。"
        )


def _decode_jis(data: bytes) -> _Found | None:
    if not _JIS_ESCAPE.search(data) or not data.isascii():
        return None
    start = 0
    for encoding in _JIS_ENCODINGS:
        # The 2004 standard has its own escape sequence for the two-byte set that contains JIS X 0208.
        source = data.replace(b"\x1b$B", b"\x1b$(Q") if encoding.endswith("2004") else data
        try:
            return source.decode(encoding), encoding, False
        except UnicodeDecodeError as exc:
            if source is data:
                start = exc.start
    raise _undecodable(start, "ISO-2022-JPとして")


def _decode_utf8(data: bytes) -> _Found | None:
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        return None


def _decode_legacy(data: bytes) -> _Found:
    readings: list[tuple[float, str, str]] = []
    furthest = _start_of_no_utf8(data)
    for encoding in _LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as exc:
            furthest = max(furthest, exc.start)
            continue
        if encoding == "cp932" and (unused := _CP932_UNUSED.search(text)):
            furthest = max(furthest, len(text[: unused.start()].encode(encoding)))
            continue
        readings.append((_plausibility(text), encoding, text))
    if not readings:
        raise _undecodable(furthest, "UTF-8、シフトJIS（cp932）、EUC-JPのどれとしても")
    best = max(readings, key=lambda reading: reading[0])
    if best[0] < _LEAST_PLAUSIBLE:
        raise _undecodable(_start_of_no_utf8(data), "日本語の文章として")
    return best[2], best[1], False


def _start_of_no_utf8(data: bytes) -> int:
    """The first byte that is no UTF-8; the end where there is none."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as exc:
        return exc.start
    return len(data)


def _undecodable(offset: int, reading: str) -> UndecodableFileError:
    return UndecodableFileError(
        f"{reading}{offset}バイト目（先頭を0とする）の文字を読み取れません。{_ADVICE}"
    )


def _plausibility(text: str) -> float:
    """The mean weight of the non-ASCII characters, -1 to 1: how much of them Japanese text uses."""
    counts = Counter(text[:_SAMPLE])
    total = weight = 0.0
    for char, count in counts.items():
        if not char.isascii():
            total += count
            weight += count * _weight(char)
    return weight / total if total else 0.0


def _weight(char: str) -> float:
    """The weight of a character by its row in JIS X 0208; what stands in none is no Japanese."""
    try:
        encoded = char.encode("euc_jp")
    except UnicodeEncodeError:
        return 0.5 if _VENDOR_SIGN.match(char) else -1.0
    if len(encoded) == 3:
        return -1.0  # JIS X 0212, which hardly any file uses
    return next((weight for last, weight in _ROW_WEIGHTS if encoded[0] <= last), -1.0)
