"""The changes between two builds, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.errors import QueryError
from kg.graph.vocabulary import read_vocabulary


class How(StrEnum):
    """What became of a thing from the first build to the second."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, order=True)
class Field:
    """A property whose values differ: its English name and IRI, and the values that only one build has.

    Nodes stand there by their names. The words of the evidence come as the field `quote`, which has no IRI.
    """

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    property: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that one build has and the other has not, or that both have with different values.

    Attributes:
        kind: what it is, such as ``measure``.
        document: the title of its document, empty for reference data.
        where: the path and label of its measure, empty for reference data.
        label: what it is called.
        before, after: its IRI in the first and in the second build, empty where that has no such thing.
        fields: the properties that differ.
        topics: the words by which the change can be asked for.
    """

    how: How
    kind: str
    document: str
    where: str
    label: str
    before: str
    after: str
    fields: tuple[Field, ...] = ()
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Diff:
    """All changes: by document, then as they stand in it, reference data last."""

    changes: tuple[Change, ...]

    def only(self, topics: Iterable[str]) -> Diff:
        """Return the changes under any of these topics: a kind, the name of a field, ``document`` or ``body``.

        Raises QueryError for a word that could be no topic; no topics give all changes.
        """
        wanted = set(topics)
        for word in sorted(wanted - self._known(wanted)):
            raise QueryError(word, "is no kind of thing and no field", "try measure, assignment, target, body or role")
        return Diff(tuple(change for change in self.changes if wanted & change.topics)) if wanted else self

    def _known(self, wanted: set[str]) -> set[str]:
        """Return those of the words by which a change could be asked for, whether or not there is one."""
        vocabulary = read_vocabulary()
        fields = {vocabulary.label(iri) for iri in (*vocabulary.labels, *vocabulary.values)}
        kinds = {vocabulary.kind([iri]) for iri in vocabulary.labels} | {"document", "body", "quote"}
        return wanted & fields.union(kinds, *(change.topics for change in self.changes))

    def count(self, how: How) -> int:
        """Return how many things were added, are gone or changed."""
        return sum(change.how is how for change in self.changes)
