"""The bodies of a list resolved together: a prefix is shared within its run, an ending runs back to bare regions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import prod

from kg.extractors.agencies.group_meanings import GroupName
from kg.extractors.agencies.parsed_names import Department, Formed, LocalOffice, ParsedName, RegionAlone, Unknown, Zone
from kg.extractors.agencies.resolve import RESTORED, Prefix, Resolved
from kg.extractors.clauses import Clause
from kg.extractors.clauses.bodies import Bodies, NamedBody
from kg.lexicons.cues import Cues
from kg.lexicons.levels import LevelWords
from kg.model.document import Span
from kg.model.entities import Agency, AgencyGroup, Participant, Region, Resolution, Role
from kg.model.ids import UNLISTED

_ASIDE = re.compile("（[^（）]*）")


@dataclass(frozen=True, slots=True)
class Assigned:
    """A body with the role said of it, the wording of the role, and how sure the role is."""

    body: NamedBody
    role: Role
    wording: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ResolvedBody:
    """A body or group that a list names, with how its name was reached and how sure that is."""

    body: Agency | AgencyGroup
    resolution: Resolution
    confidence: float


def resolve_list(named: Sequence[NamedBody], bodies: Bodies) -> Iterator[ResolvedBody]:
    """Yield what the bodies of a list mean, in order.

    省发展改革委、财政厅，证监局 shares 省 within the run and not behind the comma.
    """
    shared: Region | None = None
    tier, before = -1, None
    for one in _completed(named, bodies):
        if one.tier != tier:
            tier, shared, before = one.tier, None, None
        if isinstance(one.name, GroupName):
            before = None
            yield _group(one.name, bodies)
            continue
        before = _bare_office(one.name, before, bodies) or one.name.resolve(bodies.standpoint, bodies.agencies, shared)
        shared = before.shares if before.shares is not None else shared
        yield ResolvedBody(before.agency, before.resolution, before.confidence)


def _group(name: GroupName, bodies: Bodies) -> ResolvedBody:
    group = bodies.groups.resolve(name, bodies.standpoint)
    if group.name == name.text:
        return ResolvedBody(group, Resolution.VERBATIM, 1.0)
    return ResolvedBody(group, Resolution.RESTORED, RESTORED)


def _bare_office(name: ParsedName, before: Resolved | None, bodies: Bodies) -> Resolved | None:
    """Lend 证监局 the region of the office before it in the run: 广东银保监局、证监局."""
    if before is None or not before.agency.vertical or not before.agency.region:
        return None
    office = bodies.reader.names.read_bare_office(name.text)
    if office is None:
        return None
    regions = bodies.standpoint.regions
    region = regions.by_id(before.agency.region)
    full = LocalOffice((regions.short(region.id) or region.name) + name.text, office, region)
    found = full.resolve(bodies.standpoint, bodies.agencies)
    return replace(found, resolution=Resolution.RESTORED, confidence=RESTORED)


def _completed(named: Sequence[NamedBody], bodies: Bodies) -> list[NamedBody]:
    """Complete a bare region with the ending of the next body: 广州、深圳市政府 means two governments."""
    completed = _with_owners(_with_committees(named, bodies), bodies)
    for index in range(len(completed) - 2, -1, -1):
        one, lender = completed[index], completed[index + 1]
        if not lender.joined or lender.tier != one.tier:
            continue
        name = _with_head(one.name, lender.name, bodies.agencies.levels) or _with_ending(one.name, lender.name, bodies)
        if name is not None:
            completed[index] = replace(one, name=name)
    return completed


def _with_owners(named: Sequence[NamedBody], bodies: Bodies) -> list[NamedBody]:
    """Let departments named by their fields be of whom the one before is: 国务院公安部门、教育行政部门."""
    found = list(named)
    owners = (*bodies.agencies.levels.councils, *bodies.agencies.levels.same_level)
    for index, behind in enumerate(found[1:]):
        owner = next((words for words in owners if found[index].name.text.startswith(words)), "")
        bare = isinstance(behind.name, GroupName) and bodies.groups.is_department(behind.name.text)
        name = bodies.read_words(owner + behind.name.text) if owner and behind.joined and bare else None
        if name is not None:
            found[index + 1] = replace(behind, name=name)
    return found


def _with_committees(named: Sequence[NamedBody], bodies: Bodies) -> list[NamedBody]:
    """Let a government behind a party committee be of its place: 安吉县委、县政府, 长葛市委、市政府."""
    found = list(named)
    committee = bodies.agencies.levels.party_committee["id"]
    for index, (one, behind) in enumerate(pairwise(named)):
        if not behind.joined or not isinstance(one.name, Formed) or one.name.stems[0].id != committee:
            continue
        name = bodies.reader.names.read(behind.name.text, bodies.standpoint)
        region = one.name.region
        word = name.prefix.word if isinstance(name, Formed) else None
        if isinstance(name, Formed) and word is not None and region is not None and region.name.endswith(word.word):
            found[index + 1] = replace(behind, name=replace(name, prefix=replace(name.prefix, region=region)))
    return found


def _with_head(name: ParsedName | GroupName, lender: ParsedName | GroupName, levels: LevelWords) -> ParsedName | None:
    """Give a zone named alone the head of the zone it leads up to: 成都东部新区、成都高新区管委会."""
    if not isinstance(lender, Zone | Unknown):
        return None
    head = next((head for head in levels.zone_heads if head and lender.text.endswith(head)), "")
    prefix = _prefix_of_zone(name, levels) if head else None
    return Zone(name.text + head, prefix, head) if prefix is not None else None


def _prefix_of_zone(name: ParsedName | GroupName, levels: LevelWords) -> Prefix | None:
    """Return what stands before a zone that is named alone; None where a name is no such zone."""
    if isinstance(name, RegionAlone) and name.region.level == "zone":
        return Prefix(name.text, region=name.region)
    if isinstance(name, Zone) and not name.head:
        return name.prefix
    if isinstance(name, Unknown) and name.text.endswith(levels.zone_endings + levels.bare_zones):
        return name.prefix
    return None


def _with_ending(name: ParsedName | GroupName, lender: ParsedName | GroupName, bodies: Bodies) -> ParsedName | None:
    """Give a region named alone the body of the region that it leads up to: 广州、深圳市政府."""
    if not isinstance(name, RegionAlone) or not isinstance(lender, Formed) or lender.region is None:
        return None
    if lender.prefix.word is not None:
        return None
    region, regions = name.region, bodies.standpoint.regions
    level = lender.prefix.text.removeprefix(regions.short(lender.region.id))
    short = name.text == regions.short(region.id) and name.text[-1] != region.name[-1]
    fits = len(level) < 4 and region.name.endswith(level)
    written = name.text + level if short and fits else region.name if short else name.text
    return Formed(written + lender.rest, Prefix(written, region=region, joint=lender.prefix.joint), lender.stems)


def _departments_apart(assigned: Sequence[Assigned], bodies: Bodies) -> Iterator[Assigned]:
    """Part the departments that share one ending: 市交通、水务等部门 are 市交通部门 and 市水务部门."""
    level = ""
    for entry in assigned:
        name = entry.body.name
        if isinstance(name, Department | Formed) and name.prefix.word is not None:
            level = name.prefix.text
        parts = _fields_apart(entry.body, level, bodies) if isinstance(name, GroupName) else []
        yield from (replace(entry, body=part) for part in parts or [entry.body])


def _fields_apart(body: NamedBody, level: str, bodies: Bodies) -> list[NamedBody]:
    """Return a body for each field of a group, of `level` where it says no owner, and 有关部门 of 等有关部门.

    None where it is no group of departments by their fields.
    """
    fields, start = bodies.groups.fields_of(body.name.text), body.span.start
    ending = bodies.agencies.levels.department
    if not fields or not body.name.text.endswith(ending):
        return []
    whose = body.name.text[: fields[0].start] or level
    found: list[NamedBody] = []
    for field in fields:
        words = body.name.text[field.start : field.end]
        first = start if not found else start + field.start
        part = bodies.read_words(whose + words + ending)
        found += [replace(body, span=Span(first, start + field.end), name=part, joined=True)] if part else []
    etc = bodies.cues.etc.match(body.name.text, fields[-1].end)
    rest = bodies.read_words(etc.group("rest")) if etc is not None and etc.group("rest") != ending else None
    if etc is not None and rest is not None:
        found.append(replace(body, span=Span(start + etc.start("rest"), body.span.end), name=rest, joined=True))
    return [replace(found[0], joined=body.joined), *found[1:]] if len(found) >= len(fields) else []


def participants_of(assigned: Sequence[Assigned], bodies: Bodies, text: str) -> Iterator[Participant]:
    """Resolve the bodies of a clause together, in the order of the folded `text`."""
    ordered = sorted(_departments_apart(assigned, bodies), key=_position)
    named = {_position(entry): entry.body for entry in reversed(ordered)}
    in_order = dict(sorted(named.items()))
    resolved = dict(zip(in_order, resolve_list(tuple(in_order.values()), bodies), strict=True))
    for order, entry in enumerate(ordered, 1):
        found, span = resolved[_position(entry)], entry.body.span
        mention = text[span.start : span.end]
        if found.resolution is Resolution.VERBATIM and mention != found.body.name:
            found = replace(found, resolution=Resolution.RESTORED, confidence=min(found.confidence, RESTORED))
        confidence = round(found.confidence * entry.confidence * entry.body.confidence, 2)
        yield Participant(entry.role, mention, span, found.body, entry.wording, order, found.resolution, confidence)


RUNNING, UNCUT, PLACELESS, BARE = 0.9, 0.6, 0.7, 0.93
_LONG = 5  # characters of the shortest name in which a conjunction tells something


@dataclass(frozen=True, slots=True)
class Doubts:
    """What makes a participant less sure than its name alone, each a share that its confidence is multiplied by.

    - `RUNNING`: its role is read out of a sentence, where a list has no marks at its ends.
    - `UNCUT`: its name is none that is known and holds a conjunction, so that it may be two (外交部或者有关部门).
    - `PLACELESS`: a group in a local document begins with a level and says not of which place (区县主管部门).
    - `BARE`: a central body is named without what tells that it is central (铁路局).

    The shares are set so that what annotators corrected comes first, and are no probabilities.
    """

    cues: Cues
    bodies: Bodies

    def weigh(self, clause: Clause) -> Clause:
        """Return a clause whose participants are as sure as what speaks against them lets them be."""
        return replace(clause, participants=tuple(self._weighed(one, clause.form) for one in clause.participants))

    def _weighed(self, one: Participant, form: str) -> Participant:
        shares = (
            (form == "running", RUNNING),
            (self._is_uncut(one), UNCUT),
            (self._is_placeless(one), PLACELESS),
            (self._is_bare(one), BARE),
        )
        return replace(one, confidence=round(one.confidence * prod(share for doubt, share in shares if doubt), 2))

    def _is_uncut(self, one: Participant) -> bool:
        named = "".join(_ASIDE.split(one.mention))
        unknown = one.group or one.body.id.startswith(UNLISTED)
        return unknown and len(named) > _LONG and self.cues.uncut.search(named, 1) is not None

    def _is_placeless(self, one: Participant) -> bool:
        standpoint, levels = self.bodies.standpoint, self.bodies.agencies.levels
        local = standpoint.region is not None and not standpoint.is_central
        begins = (*levels.same_level, *(level.word for level in levels.levels))
        return local and one.group and one.resolution is Resolution.VERBATIM and one.mention.startswith(begins)

    def _is_bare(self, one: Participant) -> bool:
        central = self.bodies.standpoint.is_central and isinstance(one.body, Agency) and not one.body.region
        return central and one.resolution is Resolution.RESTORED and one.body.name.endswith(one.mention)


def _position(entry: Assigned) -> tuple[int, int]:
    return entry.body.span.start, entry.body.span.end
