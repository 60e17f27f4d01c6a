"""Assignments: one node for each participant of a clause, its direct triple, and what a closed group implies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.extractors.assignments import Assignment
from kg.graph.direct_triples import DIRECT_PROPERTIES
from kg.graph.namespaces import Names, term
from kg.graph.registry import FactQuads
from kg.graph.terms import Values, describe, evidence_node, evidence_quads, number, plain, types, whole, zh
from kg.model.document import content_id
from kg.model.entities import Agency, AgencyGroup, Participant, Resolution, Role
from kg.model.facts import Extraction

_ROLES = {role: f"zc:{role.value.capitalize()}" for role in Role}


def body_node(names: Names, body: Agency | AgencyGroup) -> NamedNode:
    """Return the IRI of an agency or a group of agencies."""
    return names.node("group" if isinstance(body, AgencyGroup) else "agency", body.id)


def assignment_quads(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield the assignments of one document: what is stated in its own graph, what follows in the inferred graph."""
    document = extraction.document
    ordinals: Counter[tuple[str, ...]] = Counter()
    for assignment in extraction.of(Assignment):
        evidence = assignment.evidence
        yield from evidence_quads(names, document, evidence.span, evidence.quote)
        shared = _clause(names, assignment, evidence_node(names, document, evidence.span))
        for participant in assignment.participants:
            key = (assignment.measure or assignment.id, participant.role.value, participant.body.id)
            ordinals[key] += 1
            identifier = content_id("assignment", *key, ordinals[key])
            yield from _participant_quads(names, assignment, participant, shared, identifier)


def _clause(names: Names, assignment: Assignment, evidence: NamedNode) -> dict[str, Values]:
    return {
        "rdf:type": types("zc:Assignment"),
        "zc:measure": names.node("measure", assignment.measure) if assignment.measure else None,
        "zc:clauseForm": plain(assignment.form),
        "zc:evidence": evidence,
    }


def _participant_quads(
    names: Names, assignment: Assignment, participant: Participant, clause: dict[str, Values], identifier: str
) -> Iterator[Quad]:
    body, graph = participant.body, names.graph(assignment.document)
    shared = clause | _wording(participant)
    stated: dict[str, Values] = {
        "zc:agent": body_node(names, body),
        "zc:resolution": plain(participant.resolution.value),
        "zc:start": whole(participant.span.start),
        "zc:end": whole(participant.span.end),
    }
    yield from describe(names.node("assignment", identifier), graph, shared | stated)
    yield from _direct(names, assignment, participant, body, graph)
    if isinstance(body, AgencyGroup) and body.membership == "closed":
        for member in body.members:
            yield from _member_quads(names, assignment, participant, member, shared, identifier)


def _member_quads(
    names: Names,
    assignment: Assignment,
    participant: Participant,
    member: Agency,
    shared: dict[str, Values],
    stated: str,
) -> Iterator[Quad]:
    graph, group = names.graph("inferred"), body_node(names, participant.body)
    node = names.node("assignment", content_id(stated, member.id))
    inferred: dict[str, Values] = {
        "zc:agent": names.node("agency", member.id),
        "zc:resolution": plain(Resolution.GROUP_MEMBER.value),
        "zc:viaGroup": group,
        "prov:wasDerivedFrom": names.node("assignment", stated),
    }
    yield from describe(node, graph, shared | inferred)
    yield from _direct(names, assignment, participant, member, graph)


def _wording(participant: Participant) -> dict[str, Values]:
    return {
        "zc:role": term(_ROLES[participant.role]),
        "zc:rawRole": zh(participant.raw),
        "zc:order": whole(participant.order),
        "zc:surfaceForm": zh(participant.mention),
        "zc:confidence": number(participant.confidence),
    }


def _direct(
    names: Names, assignment: Assignment, participant: Participant, body: Agency | AgencyGroup, graph: NamedNode
) -> Iterator[Quad]:
    if assignment.measure:
        measure = names.node("measure", assignment.measure)
        yield Quad(measure, term(DIRECT_PROPERTIES[participant.role]), body_node(names, body), graph)


FACT_QUADS = FactQuads(Assignment, "zc:Assignment", assignment_quads)
