"""Actions: a node for each, with who acts, the act, its instruments, for whom and where, and the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.extractors.actions import Addressee, PolicyAction
from kg.extractors.measures import Measure
from kg.graph.documents import section_link
from kg.graph.measures import measure_around
from kg.graph.namespaces import Names
from kg.graph.registry import FactQuads
from kg.graph.terms import Values, describe, evidence_node, evidence_quads, plain, types, zh
from kg.model.facts import Extraction

_LONGEST_LABEL = 80


def action_quads(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield the actions of one document, each with the measure and the section it stands in."""
    document = extraction.document
    measures = tuple(extraction.of(Measure))
    for action in extraction.of(PolicyAction):
        evidence = action.evidence
        properties = _action(names, action) | {
            "dcterms:isPartOf": names.node("document", document.id),
            "zc:statedIn": section_link(names, extraction, evidence.span),
            "zc:inMeasure": measure_around(names, measures, evidence.span),
            "zc:evidence": evidence_node(names, document, evidence.span),
        }
        yield from describe(names.node("action", action.id), names.graph(document.id), properties)
        yield from evidence_quads(names, document, evidence.span, evidence.quote)


def _action(names: Names, action: PolicyAction) -> dict[str, Values]:
    return {
        "rdf:type": types("zc:PolicyAction"),
        "rdfs:label": zh(_label(action.evidence.quote)),
        "zc:actor": [names.node("agency", actor.id) for actor in action.actors],
        "zc:act": names.node("act", action.act),
        "zc:cue": zh(action.cue),
        "zc:status": plain(action.status),
        "zc:usesInstrument": [names.node("instrument", one.id) for one in action.instruments],
        "dcterms:spatial": [names.node("region", one.id) for one in action.regions],
        "zc:addressee": _groups(names, action.addressees),
        "zc:addresseeText": [zh(one.surface) for one in action.addressees],
        "zc:beneficiary": _groups(names, action.beneficiaries),
        "zc:beneficiaryText": [zh(one.surface) for one in action.beneficiaries],
        "zc:actionObject": zh(action.object),
    }


def _groups(names: Names, addressees: Iterable[Addressee]) -> list[NamedNode]:
    return [names.node("addressee", group) for group in sorted({one.group for one in addressees})]


def _label(quote: str) -> str:
    return quote if len(quote) <= _LONGEST_LABEL else quote[: _LONGEST_LABEL - 1] + "…"


FACT_QUADS = FactQuads(PolicyAction, "zc:PolicyAction", action_quads)
