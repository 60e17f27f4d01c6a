"""Subjects of a store with all that is said of them: the one place where the view meets terms and SPARQL results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.graph.namespaces import VOCABULARIES

Term = object
_SHORT = {iri: prefix for prefix, iri in VOCABULARIES.items()}


class Description:
    """What the store says about one subject, by short predicate name."""

    def __init__(self, values: Mapping[str, list[Term]]) -> None:
        self._values = values

    def texts(self, predicate: str) -> list[str]:
        """Return the values as text, Chinese before unmarked before other languages, then sorted."""
        return [text_of(term) for term in sorted(self._values.get(predicate, ()), key=_rank)]

    def text(self, predicate: str) -> str:
        """Return the first of the values, or nothing."""
        return next(iter(self.texts(predicate)), "")

    def stated(self, predicate: str) -> str:
        """Return how the value that `text` gives is stated, ``skos:prefLabel@zh``, or nothing where there is none."""
        first = min(self._values.get(predicate, ()), key=_rank, default=None)
        if not isinstance(first, Literal):
            return ""
        return f"{predicate}@{first.language}" if first.language else predicate

    def english(self, predicate: str) -> str:
        """Return the value marked as English, or nothing."""
        values = self._values.get(predicate, ())
        return min((t.value for t in values if isinstance(t, Literal) and (t.language or "")[:2] == "en"), default="")

    def number(self, predicate: str) -> int:
        """Return a whole number, 0 where there is none."""
        return int(self.text(predicate) or 0)

    def flag(self, predicate: str) -> bool:
        """Tell whether the value is true."""
        return self.text(predicate) in {"true", "1"}

    def types(self) -> set[str]:
        """Return the short names of the classes."""
        return {_shorten(iri) for iri in self.texts("rdf:type")}


NOTHING = Description({})
"""What the store says about a subject it does not know."""


def select(store: Store, where: str) -> QuerySolutions:
    """Return the distinct rows of ``SELECT where`` over the union of all graphs."""
    solutions = store.query(f"SELECT DISTINCT {where}", prefixes=VOCABULARIES, use_default_graph_as_union=True)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a SELECT gives solutions")
    return solutions


def describe(store: Store, pattern: str) -> dict[str, Description]:
    """Return a description of each subject `?s` that `pattern` finds."""
    found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in select(store, f"?s ?p ?o WHERE {{ {pattern} . ?s ?p ?o }}"):
        found[text_of(subject)][_shorten(text_of(predicate))].append(value)
    return {subject: Description(values) for subject, values in sorted(found.items())}


def _rank(term: Term) -> tuple[int, str]:
    language = (term.language or "") if isinstance(term, Literal) else ""
    return (0 if language.startswith("zh") else 1 if not language else 2, text_of(term))


def text_of(term: Term) -> str:
    """Return the lexical value of a literal or the IRI of a node."""
    if isinstance(term, Literal | NamedNode):
        return term.value
    raise TypeError(f"no blank nodes and no triple terms in this graph, but there is {term}")


def _shorten(iri: str) -> str:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _SHORT.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix else iri


def tail(iri: str) -> str:
    """Return what follows the last slash or hash."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
