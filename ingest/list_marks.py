"""Numbers as lists print them: 1, ①, 一, ア, イ, Ⅰ, a (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from ingest.japanese_numerals import full_width, kanji_counted, kanji_digits

_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_HALF_KANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_ROWS = {
    "aiueo": _HALF_KANA,
    "aiueoFullWidth": _KANA,
    "iroha": _IROHA,
    "irohaFullWidth": _IROHA,
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
}
_ENCLOSED = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3280, 10),
}
_LARGER_CIRCLES = {
    **{n: 0x3251 + n - 21 for n in range(21, 36)},
    **{n: 0x32B1 + n - 36 for n in range(36, 51)},
}


def list_mark(number: int, form: str) -> str:
    """A number in a list's form; in a form that is not known, as figures."""
    if form in ("none", "bullet") or number < 0:
        return ""
    if form in _ROWS and number > 0:
        signs = _ROWS[form]
        return signs[(number - 1) % len(signs)] * ((number - 1) // len(signs) + 1)
    if form in _ENCLOSED:
        return _enclosed(number, form)
    match form:
        case "decimalFullWidth" | "decimalFullWidth2":
            return full_width(str(number))
        case "decimalZero":
            return f"{number:02}"
        case "upperRoman" | "lowerRoman":
            roman = _roman(number)
            return roman if form == "upperRoman" else roman.lower()
        case "japaneseCounting" | "chineseCounting" | "chineseCountingThousand":
            return kanji_counted(number)
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand":
            return kanji_digits(number)
    return str(number)


def _enclosed(number: int, form: str) -> str:
    first, last = _ENCLOSED[form]
    if 1 <= number <= last:
        return chr(first + number - 1)
    if first == 0x2460 and number in _LARGER_CIRCLES:
        return chr(_LARGER_CIRCLES[number])
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text
