"""The entries of ``central.yaml`` and ``reforms.yaml``: central bodies, and which bodies became which."""

from __future__ import annotations

from typing import Literal

import msgspec

from kg.lexicons.agency_entries import ALWAYS, Branch
from kg.lexicons.entry import Day, Entry, Validity, Word, Words


class CentralBody(Entry, frozen=True, kw_only=True, eq=False):
    """A central body since 2013.

    Attributes:
        id: The identifier in the graph, never reused.
        official: The official name.
        short: The short name, which results show.
        en: The name in English.
        branch: The branch of power it belongs to.
        names: Other names, which results keep as they stand.
        nicknames: Other names, for which results show the short name.
        bare: Names that mean it in central documents only, for which results show the short name.
        regulator: Whether it supervises finance.
        parent: The central body over it.
        validity: When it exists.
        note: A remark for those who edit the file.
    """

    id: Word
    official: Word
    short: Word
    en: Word
    branch: Branch
    names: Words = ()
    nicknames: Words = ()
    bare: Words = ()
    regulator: bool = False
    parent: str = ""
    validity: Validity = msgspec.field(name="valid", default=ALWAYS)
    note: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Every form that means this body wherever it stands, the official first."""
        return tuple(dict.fromkeys((self.official, self.short, *self.names, *self.nicknames)))


class Reform(Entry, frozen=True, kw_only=True, eq=False):
    """A reform since 2013: which bodies became which.

    Attributes:
        id: The identifier in the graph, never reused.
        date: The day, or the month or year where no more is known.
        before: The bodies before, by their identifiers; a name where a body has none.
        after: The bodies after, likewise.
        before_pattern: How a local body of `before` was named, with {region} for its region; tried while the file is
            loaded.
        after_pattern: How a local body of `after` is named, likewise.
        partial: Whether only some duties or a part of the area moved.
        certainty: How sure the entry is; low where it wants checking.
        note: The source, or what the entry leaves out.
    """

    id: Word
    date: Day
    before: Words = ()
    after: Words = ()
    before_pattern: str = ""
    after_pattern: str = ""
    partial: bool = False
    certainty: Literal["high", "low"] = "high"
    note: str = ""
