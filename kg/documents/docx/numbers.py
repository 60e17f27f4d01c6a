"""The automatic numbers of a DOCX: they live in numbering.xml, and without them its sections are lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from kg.documents.docx.parts import Parts, W, child, is_on, number, value
from kg.text.numerals import write_number

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LONGEST_CHAIN = 20
_LONGEST_LABEL = 255


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: 一、 is the style chineseCounting in the pattern %1、."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    gap: bool = True
    legal: bool = False
    restart: int = -1


@dataclass(slots=True)
class Numbers:
    """Counts the paragraphs of a document, in their order."""

    levels: Mapping[str, Mapping[int, Level]]
    abstract: Mapping[str, str]
    styled: Mapping[str, tuple[str, int]]
    signs: Mapping[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)
    overrides: frozenset[tuple[str, int]] = frozenset()

    def label(self, properties: etree._Element | None, style: str) -> str:
        """Return the number a paragraph shows before its text, with the gap after it; empty where it has none."""
        list_id, depth = self._place(properties, style)
        level = self.levels.get(list_id, {}).get(depth)
        if level is None:
            return ""
        counts = self._count(list_id, depth, level)
        shown = _PLACE.sub(lambda match: self._written(list_id, counts, int(match.group(1)) - 1, level), level.pattern)
        shown = shown[:_LONGEST_LABEL]
        return f"{shown} " if level.gap and shown[-1:].isalnum() else shown

    def _place(self, properties: etree._Element | None, style: str) -> tuple[str, int]:
        own = child(properties, "numPr")
        from_style, depth = self.styled.get(style, ("", 0))
        if own is None:
            return from_style, depth
        list_id = value(child(own, "numId")) or from_style
        return list_id, number(child(own, "ilvl"), default=0 if child(own, "numId") is not None else depth)

    def _count(self, list_id: str, depth: int, level: Level) -> dict[int, int]:
        """Count one on at `depth`; lists of one abstract list share their count, a start of their own begins anew."""
        counts = self.counts.setdefault(self.abstract.get(list_id, list_id), {})
        if (list_id, depth) in self.overrides and (list_id, depth) not in self.started:
            counts.pop(depth, None)
        self.started.add((list_id, depth))
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [held for held in counts if held > depth and self._restarts(list_id, held, depth)]:
            del counts[deeper]
        return counts

    def _restarts(self, list_id: str, deeper: int, depth: int) -> bool:
        """Tell whether the level `deeper` begins anew after an item at `depth`; one with restart 0 never does."""
        level = self.levels.get(list_id, {}).get(deeper, Level())
        return level.restart < 0 or depth < level.restart

    def _written(self, list_id: str, counts: Mapping[int, int], depth: int, at: Level) -> str:
        level = self.levels.get(list_id, {}).get(depth, Level())
        return write_number(counts.get(depth, level.start), "decimal" if at.legal else level.style, self.signs)


def read_numbers(parts: Parts, signs: Mapping[str, str]) -> Numbers:
    """Return the counter for a document's lists."""
    abstract, levels, overrides = _lists(parts.numbering)
    return Numbers(levels, abstract, _styled(parts.styles, levels), signs, overrides=frozenset(overrides))


def _lists(
    root: etree._Element | None,
) -> tuple[dict[str, str], dict[str, dict[int, Level]], set[tuple[str, int]]]:
    if root is None:
        return {}, {}, set()
    models = {value(node, "abstractNumId"): node for node in root.findall(f"{W}abstractNum")}
    linked = {value(child(node, "styleLink")): node for node in models.values() if child(node, "styleLink") is not None}
    abstract: dict[str, str] = {}
    levels: dict[str, dict[int, Level]] = {}
    overrides: set[tuple[str, int]] = set()
    for node in root.findall(f"{W}num"):
        list_id, model_id = value(node, "numId"), value(child(node, "abstractNumId"))
        model = models.get(model_id)
        link = value(child(model, "numStyleLink"))
        levels[list_id] = _levels(linked.get(link, model))
        abstract[list_id] = value(linked[link], "abstractNumId") if link in linked else model_id
        for override in node.findall(f"{W}lvlOverride"):
            depth = number(override, "ilvl")
            levels[list_id] |= _overridden(override, depth, levels[list_id])
            if child(override, "startOverride") is not None:
                overrides.add((list_id, depth))
    return abstract, levels, overrides


def _levels(model: etree._Element | None) -> dict[int, Level]:
    found = [] if model is None else model.findall(f"{W}lvl")
    return {number(node, "ilvl"): _level(node) for node in found[:_LEVELS]}


def _level(node: etree._Element) -> Level:
    style = value(child(node, "numFmt")) or "decimal"
    return Level(
        start=number(child(node, "start"), default=0),
        style=style,
        pattern="" if style in {"bullet", "none"} else value(child(node, "lvlText"))[:_LONGEST_LABEL],
        gap=value(child(node, "suff")) != "nothing",
        legal=is_on(child(node, "isLgl")),
        restart=number(child(node, "lvlRestart"), default=-1),
    )


def _overridden(override: etree._Element, depth: int, levels: Mapping[int, Level]) -> dict[int, Level]:
    own = child(override, "lvl")
    level = levels.get(depth, Level()) if own is None else _level(own)
    start = number(child(override, "startOverride"), default=level.start)
    return {depth: Level(start, level.style, level.pattern, level.gap, level.legal, level.restart)}


def _styled(root: etree._Element | None, levels: Mapping[str, Mapping[int, Level]]) -> dict[str, tuple[str, int]]:
    """Return the list and level that each paragraph style numbers by, its own or the one it is based on."""
    nodes = {} if root is None else {value(node, "styleId"): node for node in root.findall(f"{W}style")}
    found = {}
    for style in nodes:
        at, depth = style, -1
        for _ in range(_LONGEST_CHAIN):
            node = nodes.get(at)
            numbered = child(node, "pPr", "numPr")
            if depth < 0 and child(numbered, "ilvl") is not None:
                depth = number(child(numbered, "ilvl"))
            if list_id := value(child(numbered, "numId")):
                found[style] = (list_id, max(depth, 0))
                break
            at = value(child(node, "basedOn"))
    return {style: place for style, place in found.items() if place[0] in levels}
