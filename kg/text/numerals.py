"""Numerals: Chinese ones read and written with the signs of a lexicon, roman ones and letters written."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LONGEST, _YEAR = 9, 4
_LAST_LETTERS = 30 * 26  # a word processor writes no more than thirty times the same letter
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

    This is how a word processor numbers a list: 一、, （二）, 第三条, ④, iv. `signs` are the Chinese ones by their use:
    `digits` and `capital_digits` from nought to nine, `places` and `capital_places` for ten, hundred and thousand,
    `stems` and `branches` from the first on. Other numbers are written as nothing.

    >>> write_number(28, "upperLetter", {}), write_number(4, "lowerRoman", {})
    ('BB', 'iv')
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
        case "upperLetter" | "lowerLetter" if 0 < number <= _LAST_LETTERS:
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


def read_number(numeral: str, *, ones: str, places: str, noughts: str) -> int:
    """Return what a numeral counts (12, 十二, 一百零五, 二〇二四); 0 for what is none.

    `ones` are the signs of one to nine, `places` those of ten, hundred and so on, in this order; `noughts` those that
    stand for an empty place, in any order. Signs in a row are the figures of a year, so there are four of them.

    >>> signs = {"ones": "一二三四五六七八九", "places": "十百", "noughts": "零〇"}
    >>> [read_number(numeral, **signs) for numeral in ("十", "一百零五", "二〇二四", "十百")]
    [10, 105, 2024, 0]
    """
    if len(numeral) > _LONGEST:
        return 0
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) in {1, _YEAR} and all(sign in ones + noughts for sign in numeral):
        return int("".join(str(ones.find(sign) + 1) for sign in numeral))
    return _by_places(numeral, ones, places, noughts)


def _by_places(numeral: str, ones: str, places: str, noughts: str) -> int:
    """Read a numeral that names its places; 十 may stand without a digit before it."""
    digit, gap = f"[{ones}]", f"[{noughts}]?"
    higher = "".join(f"(?:({digit}){place}{gap})?" for place in reversed(places[1:]))
    match = re.fullmatch(f"{higher}(?:({digit}?){places[0]})?{gap}({digit})?", numeral)
    if match is None:
        return 0
    *counts, unit = match.groups()
    worths = [0 if count is None else ones.find(count) + 1 if count else 1 for count in (*counts, unit)]
    return sum(worth * 10**power for power, worth in enumerate(reversed(worths)))
