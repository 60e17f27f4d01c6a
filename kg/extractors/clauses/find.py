"""Where clauses stand in a document: in brackets, behind a label, in sentences, in tables; and what each says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extractors.agencies.find import AgencyFinder
from kg.extractors.agencies.resolve import OPEN
from kg.extractors.clauses import Clause, ParsedClause, named
from kg.extractors.clauses.bodies import Bodies, BodyReader
from kg.extractors.clauses.defaults import DefaultReader, Rules
from kg.extractors.clauses.duties import DutyReader
from kg.extractors.clauses.parse import ClauseParser
from kg.extractors.clauses.prose import ProseReader
from kg.extractors.clauses.resolving import Doubts, participants_of
from kg.extractors.clauses.role_patterns import RolePatterns
from kg.extractors.clauses.tables import RoleTableReader
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons.cues import Cues
from kg.lexicons.numbering import Numbering
from kg.model.document import Document, Span
from kg.model.entities import Agency, Mention, Participant, Role
from kg.text.passage import Passage
from kg.text.patterns import any_folded
from kg.text.spans import SpanIndex

# No clause in brackets is longer than this; no words in one that are no body are longer than that.
_LONGEST, _LONGEST_REJECTED = 800, 24
_STOP = "。"
_SENTENCE_ENDS = f"{_STOP};；\n"


class ClauseFinder:
    """Finds and reads the clauses of documents."""

    def __init__(self, cues: Cues, numbering: Numbering, agencies: AgencyFinder, bodies: BodyReader) -> None:
        self.numbering = numbering
        self.agencies = agencies
        self.bodies = bodies
        self.patterns = RolePatterns(cues)

    def find(self, document: Document, standpoint: Standpoint) -> tuple[Clause, ...]:
        """Return the clauses of a policy in text order; a report assigns nothing."""
        if document.kind != "policy":
            return ()
        bodies = self.bodies.at(standpoint)
        clauses = _DocumentClauses(document, self.patterns, self.numbering, bodies).all()
        tasks = {mention.span: mention for mention in self.agencies.find_task_bodies(document.text, standpoint)}
        found = (_with_tasks(clause, tasks) for clause in clauses)
        doubts = Doubts(self.patterns.cues, bodies)
        return tuple(doubts.weigh(clause) for clause in found if not self._is_nameless_office(clause, tasks))

    def _is_nameless_office(self, clause: Clause, tasks: Mapping[Span, Mention]) -> bool:
        """Tell whether an office bears daily work and the text does not say whose it is: 办公室 alone."""
        words, office = self.patterns.cues.words, clause.participants[0]
        bears = clause.form == "running" and any(word in office.raw for word in words.role_words("bears"))
        owned = not office.body.name.endswith(office.mention)
        return bears and not owned and office.mention.endswith(words.seat_offices) and office.span not in tasks


class _DocumentClauses:
    """The clauses of one document being read."""

    def __init__(self, document: Document, patterns: RolePatterns, numbering: Numbering, bodies: Bodies) -> None:
        self.document = document
        self.cues = patterns.cues
        self.numbering = numbering
        words = self.cues.words
        self._before_label = re.compile(rf"[{_SENTENCE_ENDS}\s:]+|{any_folded((*words.before_labels, *words.bullets))}")
        self.whole = Passage.of(document.text)
        self.parser = ClauseParser(self.cues, bodies)
        self.prose = ProseReader(patterns, bodies)
        self.tables = RoleTableReader(patterns, self._in_cell, document, self.whole)
        self.defaults = DefaultReader(self.cues, bodies)
        self.paragraphs = list(self._paragraphs())
        self.rules = Rules(rule.named(document) for rule in self.defaults.find([*self.paragraphs, *self._cells()]))
        self.duties = SpanIndex(self._duties(patterns, bodies), lambda clause: clause.span)

    def all(self) -> list[Clause]:
        """Return all clauses in text order, as the rules of the document make them."""
        listed = [clause for paragraph in self.paragraphs for clause in self._in_paragraph(paragraph)]
        found = [*self._joined(listed), *self.tables.find(), *self.duties]
        clauses = sorted((self.defaults.apply(clause, self.rules) for clause in found), key=_position)
        inside = SpanIndex(clauses, lambda clause: clause.span)
        groups = [group for group in self.rules.groups if not inside.covers(group.span)]
        return sorted([*clauses, *groups], key=_position)

    def _paragraphs(self) -> Iterator[Passage]:
        seen = -1
        for block in self.document.blocks:
            if block.span.start > seen and block.kind != "cell":
                seen = block.span.start
                yield self.whole.cut(block.span.start, block.span.end)

    def _cells(self) -> Iterator[Passage]:
        spans = dict.fromkeys(block.span for block in self.document.blocks if block.kind == "cell")
        yield from (self.whole.cut(span.start, span.end) for span in spans)

    def _in_cell(self, cell: Passage, role: Role | None) -> ParsedClause | None:
        """Read a cell of a column of roles, whose bodies have its role where no word of the cell says another."""
        return self.parser.parse(cell, default=role)

    def _duties(self, patterns: RolePatterns, bodies: Bodies) -> Iterator[Clause]:
        for duty, assigned in DutyReader(patterns, self.numbering, bodies).find(self.paragraphs):
            participants = tuple(participants_of(assigned, bodies, self.whole.text))
            yield Clause(duty.clause.span, named(participants, self.document), "duty", task=duty.duty.span)

    def _in_paragraph(self, paragraph: Passage) -> list[Clause]:
        """Read brackets first, then a label with what follows it, then sentences outside both."""
        if not self.rules.lists_before(paragraph.end) and not paragraph.search(self.cues.role_hint):
            return []
        bracketed = list(self._bracketed(paragraph))
        labelled = list(self._labelled(paragraph, [clause.span for clause in bracketed]))
        taken = [clause.span for clause in (*bracketed, *labelled, *self.duties.within(paragraph.span))]
        taken += self.rules.groups_in(paragraph.span)
        sentences = self.prose.find(self._behind_numeral(paragraph), taken)
        prose = [self._clause(span, participants, form) for span, participants, form in sentences]
        return [*bracketed, *labelled, *prose]

    def _clause(self, span: Span, participants: Sequence[Participant], form: str) -> Clause:
        return Clause(span, named(participants, self.document), form)

    def _behind_numeral(self, paragraph: Passage) -> Passage:
        numeral = self.numbering.at(paragraph.text, paragraph.start)
        return paragraph.behind(min(numeral.end, paragraph.end)) if numeral else paragraph

    def _bracketed(self, paragraph: Passage) -> Iterator[Clause]:
        """Find clauses in brackets; where a default is in force, bare lists of bodies too."""
        end = paragraph.start
        for pair in bracket_pairs(paragraph, self.cues):
            if pair.start < end or len(pair) > _LONGEST:
                continue
            closed = pair.ends_with(tuple(self.cues.close))
            inner = self._before_rule(pair.cut(pair.start + 1, pair.end - closed))
            default = Role.RESPONSIBLE if self.rules.lists_before(pair.end) else None
            parsed = self.parser.parse(inner, default=default)
            if parsed is not None and _assigns(parsed):
                end = pair.end
                yield self._clause(pair.span, parsed.participants, parsed.form)

    def _before_rule(self, inner: Passage) -> Passage:
        """Leave the sentence that adds a group out of the clause it stands in."""
        starts = [group.start for group in self.rules.groups_in(inner.span)]
        return inner.to(min([inner.end, *starts]))

    def _labelled(self, paragraph: Passage, taken: Sequence[Span]) -> Iterator[Clause]:
        """Find labels with a colon outside brackets; a clause ends with the last sentence that begins with a label."""
        at, elsewhere = paragraph.start, SpanIndex(taken, lambda span: span)
        while (start := self._first_label(paragraph.behind(at), elsewhere)) is not None:
            limit = next((other.start for other in taken if other.start > start), paragraph.end)
            at = end = self._labels_end(paragraph.cut(start, limit))
            while end > start and paragraph.text[end - 1] in _SENTENCE_ENDS + " ":
                end -= 1
            line = paragraph.cut(start, end)
            parsed = self.parser.parse(line)
            if parsed is not None and parsed.form == "label" and parsed.public and _assigns(parsed):
                yield self._clause(line.span, parsed.participants, "label-line")

    def _labels_end(self, passage: Passage) -> int:
        """Return where the sentences end that each begin with a label; the first does."""
        at = passage.start
        while (stop := passage.text.find(_STOP, at, passage.end)) >= 0:
            rest = passage.behind(stop + 1).stripped()
            label = rest.match(self.cues.label) or rest.match(self.cues.other_label)
            if label is None:
                return stop + 1
            at = max(stop + 1, label.end())
        return passage.end

    def _first_label(self, paragraph: Passage, taken: SpanIndex[Span]) -> int | None:
        """Return where the first label with a colon stands, at the head of the paragraph, of a sentence or of words."""
        begins = (found.end() for found in paragraph.find(self._before_label))
        for at in (paragraph.start, self._behind_numeral(paragraph).start, *begins):
            label = paragraph.behind(at).match(self.cues.label)
            if label and (label.group("joint") or label.group("open")) and not taken.covers(Span(at, at + 1)):
                return at
        return None

    def _joined(self, clauses: Iterable[Clause]) -> Iterator[Clause]:
        """Join label lines that follow each other: 牵头单位：… and 配合单位：… on two lines are one clause."""
        lines: list[Clause] = []
        for clause in sorted(clauses, key=lambda clause: clause.span):
            if lines and not self._follows(clause, lines[-1]):
                yield self._as_one(lines)
                lines = []
            lines.append(clause)
        if lines:
            yield self._as_one(lines)

    def _follows(self, clause: Clause, before: Clause) -> bool:
        """Tell whether a label line stands right below another."""
        labelled = clause.form == before.form == "label-line"
        between = self.whole.cut(before.span.end, clause.span.start)
        return labelled and not between.words.strip(_SENTENCE_ENDS + " ")

    def _as_one(self, lines: Sequence[Clause]) -> Clause:
        if len(lines) == 1:
            return lines[0]
        whole = self.whole.cut(lines[0].span.start, lines[-1].span.end)
        parsed = self.parser.parse(whole)
        return self._clause(whole.span, parsed.participants, "label-line") if parsed is not None else lines[0]


def _is_formed(participant: Participant) -> bool:
    """In a bare list each must be a group or a body that is known: anything may stand in brackets."""
    return participant.group or participant.confidence > OPEN


def _with_tasks(clause: Clause, tasks: Mapping[Span, Mention]) -> Clause:
    """Let 领导小组 in a clause mean the one that the document has named before it."""
    participants = tuple(
        replace(p, body=task.refers_to, resolution=task.resolution, confidence=task.confidence)
        if (task := tasks.get(p.span)) is not None and isinstance(task.refers_to, Agency)
        else p
        for p in clause.participants
    )
    return replace(clause, participants=participants)


def _position(clause: Clause) -> tuple[int, int, int]:
    """Return what clauses are sorted by: where the task stands, or the clause; the longer one first."""
    start = clause.task.start if clause.task else clause.span.start
    return (start, -clause.span.end, clause.span.start)


def _assigns(parsed: ParsedClause) -> bool:
    """Tell whether bodies of the state are named and most of the words are bodies and roles."""
    if not parsed.credible and parsed.form != "label":
        return False
    if parsed.form == "default" and (parsed.rejected or not all(_is_formed(p) for p in parsed.participants)):
        return False
    few = len(parsed.rejected) <= len(parsed.participants)
    return few and all(len(words) <= _LONGEST_REJECTED for words in parsed.rejected)


def bracket_pairs(paragraph: Passage, cues: Cues) -> list[Passage]:
    """Return every bracketed stretch with its brackets, in text order, outer before inner.

    One that is left open ends with the paragraph.
    """
    opened: list[int] = []
    pairs: list[Passage] = []
    for match in paragraph.find(cues.mark):
        if match.group() in cues.open:
            opened.append(match.start())
        elif match.group() in cues.close and opened:
            pairs.append(paragraph.cut(opened.pop(), match.end()))
    if opened:
        pairs.append(paragraph.behind(opened[0]))
    return sorted(pairs, key=lambda pair: (pair.start, -pair.end))
