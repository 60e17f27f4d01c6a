"""Who signs a document and when, read off its own lines: 苏州市人民政府办公室 above 2024年4月18日.

A signature stands below a notice and above its attachments, or at the end of a letter; a plain text without metadata
says its issuer and its day nowhere else but in its title (苏州市人民政府办公室关于…).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicons.documents import DocumentWords
from kg.text.dates import day_of
from kg.text.fold import fold
from kg.text.numerals import read_number

_MOST = 12
_HEAD, _FOOT = 6, 3
_HAN = "\u3400-\u9fff"


@dataclass(frozen=True, slots=True)
class Signature:
    """Those who sign, parted by blanks, and the ISO day; each is empty where the text does not say."""

    issuer: str = ""
    day: str = ""


def find_signature(lines: Sequence[str], words: DocumentWords) -> Signature:
    """Return the first signature among the lines of a document, else the day alone at its head or its foot."""
    days = [(at, *found) for at, line in enumerate(lines) if (found := _day_line(line, words))]
    for at, before, day in days:
        signers = _bodies(before, words) if before else _above(lines[:at], words)
        if signers:
            return Signature(" ".join(signers), day)
    near = (day for at, before, day in days if not before and (at < _HEAD or at >= len(lines) - _FOOT))
    return Signature(day=next(near, ""))


def title_issuers(title: str, words: DocumentWords) -> str:
    """Return the bodies before 关于 in a title, parted by blanks: 民政部 财政部关于…; empty where it names none."""
    match = re.match(words.issued_title, fold(title).lstrip())
    return " ".join(_bodies(match.group(1), words)) if match else ""


def _day_line(line: str, words: DocumentWords) -> tuple[str, str] | None:
    """Return what stands before the day on a line that ends in one, and the ISO day; None for any other line."""
    match = re.fullmatch(words.signed_day, fold(line).strip())
    if match is None:
        return None
    year, month, number = (_figures(match.group(part), words) for part in ("year", "month", "day"))
    day = day_of(year, month, number)
    return (match.group("before").strip(), day) if day else None


def _figures(numeral: str, words: DocumentWords) -> str:
    """Write a year, a month or a day in figures: 二〇二四 as 2024, 二十一 as 21."""
    signs = words.counting
    return str(read_number(numeral, ones=signs["digits"][1:], places=signs["places"], noughts=signs["noughts"]))


def _above(lines: Sequence[str], words: DocumentWords) -> list[str]:
    """Return the bodies on the lines right above a day, in text order."""
    signers: list[str] = []
    for line in reversed(lines[-_MOST:]):
        bodies = _bodies(line, words)
        if not bodies:
            break
        signers[:0] = bodies
    return signers


def _bodies(line: str, words: DocumentWords) -> list[str]:
    """Return the bodies that a line consists of, without blanks in a name (科 技 部); none where it holds more."""
    text = fold(line).strip()
    spaced = re.fullmatch(rf"[{_HAN}](?:\s+[{_HAN}])+", text)
    parts = ["".join(text.split())] if spaced else [part for part in re.split(r"[\s、]+", text) if part]
    pattern = re.compile(rf"[{_HAN}()]{{0,28}}(?:{'|'.join(words.signers)})")
    return (
        parts
        if all(pattern.fullmatch(part) and len(part) > 1 and part not in words.not_signers for part in parts)
        else []
    )
