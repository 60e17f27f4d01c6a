"""How a word processor writes the numbers of a list: 一、, （二）, 第三条, ④, iv."""

from __future__ import annotations

from collections.abc import Mapping

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_HAN = frozenset({
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting",
    "ideographDigital", "koreanCounting", "cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal",
})  # fmt: skip
_CAPITAL = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal", "simp-chinese-formal"})
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})


def write_number(number: int, style: str, signs: Mapping[str, str]) -> str:
    """Return a number from 0 to 9999 as `style` (a name of OOXML or CSS) writes it; unknown styles write digits.

    `signs` are the Chinese ones, from the lexicon.
    """
    if style in {"none", "bullet"} or not 0 <= number <= 9999:
        return ""
    if style in _HAN:
        return _han(number, signs["digits"], signs["places"])
    if style in _CAPITAL:
        return _han(number, signs["capital_digits"], signs["capital_places"])
    if style in _CIRCLED and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if style == "ideographTraditional" and 1 <= number <= 10:
        return signs["stems"][number - 1]
    if style == "ideographZodiac" and 1 <= number <= 12:
        return signs["branches"][number - 1]
    return _western(number, style)


def _western(number: int, style: str) -> str:
    match style:
        case "upperLetter" | "lowerLetter" if number:
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if style == "upperLetter" else letter
        case "upperRoman" | "lowerRoman" if number:
            return _roman(number).upper() if style == "upperRoman" else _roman(number)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
        case "decimalZero":
            return f"{number:02d}"
        case _:
            return str(number)


def _roman(number: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        written += sign * (number // worth)
        number %= worth
    return written


def _han(number: int, digits: str, places: str) -> str:
    """Write 10 as 十 and 12 as 十二, 20 as 二十, 105 as 一百〇五."""
    if number == 0:
        return digits[0]
    written, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            alone = digit == 1 and place == 1 and not written
            written += (digits[0] if gap and written else "") + ("" if alone else digits[digit])
            written += places[place - 1] if place else ""
        gap = (digit == 0 and bool(written)) or (gap and digit == 0)
    return written
