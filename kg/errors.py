"""Errors that a user can act on: one base class, a child for each kind of place the fault lies in."""

from __future__ import annotations


class KgError(Exception):
    """A fault the user can mend, told in one line: where it is, what is wrong, what to do.

    The command line prints it after ``error:`` and ends with exit code 1; nothing that was
    already built is touched.
    """

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        super().__init__(where, what, remedy)
        self.where = where
        self.what = what
        self.remedy = remedy

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
