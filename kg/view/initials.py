"""The first letters of pinyin, by which Chinese names are typed: 广东省财政厅 by gdsczt."""

from __future__ import annotations

from functools import cache


@cache
def initials(name: str) -> str:
    """Return the first letters of the syllables, with letters and digits as they stand, in lower case.

    Which reading a character has is told by the word: 重庆 is cq, 重点 is zd.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  # reads 3 MB of words

    syllables = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(char for char in "".join(syllables).lower() if char.isalnum())
