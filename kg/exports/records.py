"""Facts as records, one JSON object each: those of the gold standard with places and identifiers added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.graph.cited_documents import Works
from kg.graph.namespaces import BASE
from kg.model.types import (
    Agency,
    AgencyGroup,
    Assignment,
    Citation,
    Entity,
    Extraction,
    Instrument,
    Measure,
    Participant,
    PolicyAction,
    Region,
    Target,
)

Record = Mapping[str, object]
_STARTS = 60


def records_of(extractions: Sequence[Extraction], *, base: str = BASE, works: Works | None = None) -> Iterator[Record]:
    """Yield the records of one source file: what both works in it name is told once.

    `works` tells which documents are cited; without it those of this file and the words of each citation do.
    """
    known = works or Works.of(extractions)
    seen: set[tuple[object, ...]] = set()
    for extraction in extractions:
        for record in _records(extraction, base, known):
            key = (record["kind"], record.get("type"), record.get("mention"), record.get("resolved"))
            if record["kind"] != "entity" or key not in seen:
                seen.add(key)
                yield record


def _records(extraction: Extraction, base: str, works: Works) -> Iterator[Record]:
    for fact in extraction.facts:
        match fact:
            case Entity():
                yield _entity(extraction, fact, base)
            case Assignment():
                yield _assignment(extraction, fact, base)
            case Target():
                yield _target(extraction, fact)
            case Citation():
                yield _citation(extraction, fact, base, works)
            case PolicyAction():
                yield _action(extraction, fact, base)
            case Measure() if not fact.part:
                yield _measure(extraction, fact, base)


def _entity(extraction: Extraction, entity: Entity, base: str) -> Record:
    thing, first = entity.refers_to, entity.spans[0]
    record: dict[str, object] = {
        "kind": "entity",
        "document": extraction.document.path,
        "type": entity.type,
        "mention": entity.mention,
        "resolved": thing.name,
    }
    if isinstance(thing, Agency):
        record |= {"official": thing.official, "regulator": thing.regulator}
    return record | {"start": first.start, "end": first.end, "count": len(entity.spans), "iri": iri(thing, base)}


def _assignment(extraction: Extraction, assignment: Assignment, base: str) -> Record:
    document, span = extraction.document, assignment.evidence.span
    quote = assignment.evidence.quote
    return {
        "kind": "assignment",
        "document": document.path,
        "quote": quote,
        "occurrence": document.text.count(quote, 0, span.start) + 1,
        "start": span.start,
        "end": span.end,
        "form": assignment.form,
        "measure": f"{base}measure/{assignment.measure}",
        "participants": [_participant(participant, base) for participant in assignment.participants],
    }


def _participant(participant: Participant, base: str) -> Record:
    return {
        "role": participant.role.value,
        "mention": participant.mention,
        "resolved": participant.body.name,
        "group": participant.group,
        "raw": participant.raw,
        "resolution": participant.resolution.value,
        "confidence": participant.confidence,
        "start": participant.span.start,
        "end": participant.span.end,
        "iri": iri(participant.body, base),
    }


def _measure(extraction: Extraction, measure: Measure, base: str) -> Record:
    instruments = [entity.mention for entity in extraction.named_in(measure.span, "instrument")]
    regions = dict.fromkeys(entity.refers_to.name for entity in extraction.named_in(measure.span, "region"))
    return {
        "kind": "measure",
        "document": extraction.document.path,
        "path": measure.path,
        "starts": measure.label[:_STARTS],
        "actors": [actor.name for actor in measure.actors],
        "instruments": instruments,
        "regions": list(regions),
        "start": measure.span.start,
        "end": measure.span.end,
        "iri": f"{base}measure/{measure.id}",
    }


def _target(extraction: Extraction, target: Target) -> Record:
    return {
        "kind": "target" if target.value else "qualitative-target",
        "document": extraction.document.path,
        "indicator": target.indicator,
        "value": target.value or None,
        "unit": target.unit or None,
        "deadline": target.deadline or None,
        "comparator": target.comparator,
        "baseline": target.baseline or None,
        "baseline_value": target.baseline_value or None,
        "change": target.change,
        "regions": [region.name for region in target.regions],
        "quote": target.evidence.quote,
        "start": target.evidence.span.start,
        "end": target.evidence.span.end,
    }


def _citation(extraction: Extraction, citation: Citation, base: str, works: Works) -> Record:
    return {
        "kind": "citation",
        "document": extraction.document.path,
        "title": citation.title,
        "number": citation.number or None,
        "issuer": citation.issuer or None,
        "relation": citation.relation.value,
        "cue": citation.cue or None,
        "quote": citation.evidence.quote,
        "start": citation.evidence.span.start,
        "end": citation.evidence.span.end,
        "at": [citation.span.start, citation.span.end],
        "cited": f"{base}document/{works.find(citation.work)}",
    }


def _action(extraction: Extraction, action: PolicyAction, base: str) -> Record:
    span = action.evidence.span
    return {
        "kind": "action",
        "document": extraction.document.path,
        "act": action.act,
        "cue": action.cue,
        "status": action.status,
        "actors": [actor.name for actor in action.actors],
        "instruments": _mentions(extraction, action),
        "addressees": [one.surface for one in action.addressees],
        "beneficiaries": [one.surface for one in action.beneficiaries],
        "regions": [region.name for region in action.regions],
        "object": action.object,
        "quote": action.evidence.quote,
        "start": span.start,
        "end": span.end,
        "iri": f"{base}action/{action.id}",
    }


def _mentions(extraction: Extraction, action: PolicyAction) -> list[str]:
    """Return the words by which the text of an action names its instruments, else their names."""
    named = extraction.named_in(action.evidence.span, "instrument")
    words = {entity.refers_to.id: entity.mention for entity in reversed(named)}
    return [words.get(instrument.id, instrument.name) for instrument in action.instruments]


def iri(thing: Agency | AgencyGroup | Region | Instrument, base: str = BASE) -> str:
    """Return the identifier of a thing in the graph."""
    kinds = {Agency: "agency", AgencyGroup: "group", Region: "region", Instrument: "instrument"}
    return f"{base}{kinds[type(thing)]}/{thing.id}"
