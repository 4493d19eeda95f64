"""PDFs that are hard to read, each with the text that was written into it."""

from collections.abc import Callable

from reportlab.pdfbase import pdfmetrics

from tests.ingest.fictional_prose import PARAGRAPHS
from tests.ingest.pdf_drawing import FONT, Drawing, raw_pdf, typeset

_PROSE = "".join(PARAGRAPHS)
_RUBY = {"広域": "こういき", "連携": "れんけい", "避難": "ひなん", "備蓄": "びちく", "補助": "ほじょ"}
_READS = "広域連携により、避難所の備蓄を進め、補助の対象を広げます。"
_LATIN = (
    "The municipal office publishes a comprehensive plan for the next five fiscal years and re-",
    "ports on it every year. Citizens may comment on its goals and on every measure that it con-",
    "tains until the end of March.",
)


def _wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def _one_column() -> tuple[bytes, str]:
    return typeset("\n\n".join(PARAGRAPHS), is_wide=False), "".join(PARAGRAPHS)


def _two_columns() -> tuple[bytes, str]:
    drawing = Drawing()
    for x, text in ((50, _PROSE[:414]), (310, _PROSE[414:])):
        drawing.lines(x, 90, _wrapped(text, 23), pitch=16)
    return drawing.data(), _PROSE


def _three_columns_over_pages() -> tuple[bytes, str]:
    drawing = Drawing()
    lines = _wrapped(_PROSE, 15)
    for start in range(0, len(lines), 30):
        for column in range(3):
            drawing.lines(
                40 + 175 * column, 90, lines[start + 10 * column : start + 10 * column + 10], pitch=16
            )
        drawing.text(290, 815, f"- {start // 30 + 1} -", 9).page()
    return drawing.data(), _PROSE


def _vertical() -> tuple[bytes, str]:
    text = _PROSE[:300]
    lines = [(540.0 - 30 * index, 800.0, line) for index, line in enumerate(_wrapped(text, 35))]
    return raw_pdf(lines, is_vertical=True), text


def _letter_spaced() -> tuple[bytes, str]:
    drawing = Drawing()
    for index, line in enumerate(_wrapped(_PROSE, 28)):
        _spread(drawing, 80 + 24 * index, line, 4.5)
    return drawing.data(), _PROSE


def _spread(drawing: Drawing, y: float, line: str, white: float) -> None:
    """A line with the same white behind every letter."""
    x = 60.0
    for letter in line:
        drawing.text(x, y, letter)
        x += _width(letter) + white


def _width(text: str) -> float:
    return float(pdfmetrics.stringWidth(text, FONT, 10.5))


def _justified() -> tuple[bytes, str]:
    """Lines of different lengths, each spread to the same width."""
    drawing = Drawing()
    rest, y = _PROSE, 80.0
    for index in range(100):
        count = 36 + index % 4
        line, rest = rest[:count], rest[count:]
        _spread(drawing, y, line, (470 - _width(line)) / (count - 1) if rest else 0.5)
        y += 19
        if not rest:
            break
    return drawing.data(), _PROSE


def _ruby() -> tuple[bytes, str]:
    drawing = Drawing()
    for index in range(12):
        y = 100.0 + 40 * index
        drawing.text(60, y, _READS, 12)
        for word, reading in _RUBY.items():
            x, size = 60 + 12 * _READS.index(word), 24 / len(reading)
            drawing.text(x, y - 13, reading, min(6.0, size))
    return drawing.data(), _READS * 12


def _ruby_beside_the_line() -> tuple[bytes, str]:
    """Readings drawn each behind its word, as word processors write them, the words drawn one by one."""
    drawing = Drawing()
    for index in range(12):
        x, y, rest = 60.0, 100.0 + 30 * index, _READS
        while rest:
            word = next((one for one in _RUBY if rest.startswith(one)), rest[0])
            drawing.text(x, y, word, 12)
            if word in _RUBY:
                drawing.text(x, y - 10.5, _RUBY[word], 24 / len(_RUBY[word]) if len(_RUBY[word]) > 4 else 6)
            x, rest = x + 12 * len(word), rest[len(word) :]
    return drawing.data(), _READS * 12


def _radicals() -> tuple[bytes, str]:
    """Fonts that give the radical of a shape for the character, and forms kept for old standards."""
    written = "長期計画の行政改革を進め、青少年と高齢者の食生活を見直し、人と金の流れを風土に合わせます。"
    shown = "⻑期計画の⾏政改⾰を進め、⻘少年と⾼齢者の⾷⽣活を⾒直し、⼈と⾦の流れを⾵⼟に合わせます。"
    width = 24
    lines = [(50.0, 780.0 - 30 * index, line) for index, line in enumerate(_wrapped(shown, width))]
    return raw_pdf(lines), written


def _latin() -> tuple[bytes, str]:
    drawing = Drawing()
    for block in range(4):
        drawing.lines(60, 100 + 100 * block, _LATIN)
    whole = "".join(line.removesuffix("-") if line.endswith("-") else f"{line} " for line in _LATIN)
    return drawing.data(), whole.strip() * 4


def _running_headers() -> tuple[bytes, str]:
    drawing = Drawing()
    lines = _wrapped(_PROSE, 40)
    for page, start in enumerate(range(0, len(lines), 4), start=1):
        drawing.text(70, 40, "みほん市総合計画 第2章 施策", 8).text(480, 40, "令和6年3月", 8)
        drawing.lines(70, 90, lines[start : start + 4]).text(290, 815, f"{page} / 12", 9).page()
    return drawing.data(), _PROSE


def _narrow_lines() -> tuple[bytes, str]:
    """Sentences that wrap, with numbers and Latin letters between Japanese ones."""
    text = (
        "本市のDX推進計画では、AI-OCRやRPAを12業務に導入し、年間1,200時間を減らしました（前年度比15.3%増）。"
        * 4
    )
    return Drawing().lines(70, 100, _wrapped(text, 31)).data(), text


CASES: tuple[Callable[[], tuple[bytes, str]], ...] = (
    _one_column, _two_columns, _three_columns_over_pages, _vertical, _letter_spaced, _justified, _ruby,
    _ruby_beside_the_line, _radicals, _latin, _running_headers, _narrow_lines,
)  # fmt: skip


def name_of(make: Callable[[], tuple[bytes, str]]) -> str:
    """A case in words: 「two columns」."""
    return make.__name__.strip("_").replace("_", " ")
