"""Errors that a user can act on: one base class, a child for each kind of place the fault lies in."""

from __future__ import annotations

import re

_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def printable(text: str) -> str:
    r"""Return `text` on one line that any file and terminal can take: line breaks as blanks, other controls escaped.

    A file name that is no UTF-8 reaches Python with its bytes as halves of surrogate pairs; they are shown as bytes.

    >>> printable("\udcb9\udcab.txt"), printable("a\nb\x1b[0m")
    ('\\xb9\\xab.txt', 'a b\\x1b[0m')
    """
    return _NOT_SHOWN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    sign = match.group()
    code = ord(sign) - 0xDC00 if "\udc80" <= sign <= "\udcff" else ord(sign)
    return " " if sign in "\t\n\r\u2028\u2029" else f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class KgError(Exception):
    """A fault the user can mend, told in one printable line: where it is, what is wrong, what to do.

    The command line prints it after ``error:`` and ends with exit code 1; nothing that was
    already built is touched.
    """

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        super().__init__(where, what, remedy)
        self.where = printable(where)
        self.what = printable(what)
        self.remedy = printable(remedy)

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line}; {self.remedy}" if self.remedy else line


class InputError(KgError):
    """A source document cannot be read."""


class LexiconError(KgError):
    """The domain data in ``ontology/`` contradicts itself or its schema."""


class GraphError(KgError):
    """A graph file cannot be read or does not hold what was asked for."""


class QueryError(KgError):
    """A query is unknown or malformed."""


class StoreError(KgError):
    """A store on the network cannot be reached or refuses what it was asked."""
