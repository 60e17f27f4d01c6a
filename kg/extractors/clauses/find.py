"""Where clauses stand: in brackets, behind a label, in running text; and what each says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extractors.agencies.find import AgencyFinder
from kg.extractors.agencies.resolve import OPEN
from kg.extractors.clauses.bodies import BodyReader
from kg.extractors.clauses.clause import Clause, named
from kg.extractors.clauses.defaults import DefaultReader, Rules
from kg.extractors.clauses.parse import ClauseParser, ParsedClause
from kg.extractors.clauses.prose import RunningReader
from kg.extractors.clauses.tables import TableReader
from kg.extractors.regions.standpoint import Place
from kg.lexicons.cues import Cues
from kg.lexicons.numbering import Numbering
from kg.model.document import Document, Span
from kg.model.entities import Agency, Mention, Participant, Role
from kg.text.fold import fold
from kg.text.spans import SpanIndex

_LONGEST = 800
_SENTENCE_ENDS = "。;；\n"


class ClauseFinder:
    """Finds and reads the clauses of a document."""

    def __init__(self, cues: Cues, numbering: Numbering, agencies: AgencyFinder, bodies: BodyReader) -> None:
        self.cues = cues
        self.numbering = numbering
        self.agencies = agencies
        self.parser = ClauseParser(cues, bodies)
        self.running = RunningReader(cues, bodies)
        self.tables = TableReader(cues, self.parser)
        self.defaults = DefaultReader(cues, bodies)

    def find(self, document: Document, place: Place) -> tuple[Clause, ...]:
        """Return the clauses of a policy in text order; a report assigns nothing."""
        if document.kind != "policy":
            return ()
        text = fold(document.text)
        paragraphs = list(_paragraphs(document))
        rules = Rules(rule.named(document) for rule in self.defaults.find(text, paragraphs, place))
        found = [clause for span in paragraphs for clause in self._in_paragraph(text, span, place, document, rules)]
        found = [*self._merged(found, document, place, text), *self.tables.find(document, text, place)]
        clauses = sorted((self.defaults.apply(clause, rules) for clause in found), key=_place)
        inside = SpanIndex(clauses, lambda clause: clause.span)
        groups = [group for group in rules.groups if not inside.covers(group.span)]
        tasks = {mention.span: mention for mention in self.agencies.find_task_bodies(document.text, place)}
        named_ = (_with_tasks(clause, tasks) for clause in sorted([*clauses, *groups], key=_place))
        return tuple(clause for clause in named_ if not self._is_nameless_office(clause, tasks))

    def _is_nameless_office(self, clause: Clause, tasks: Mapping[Span, Mention]) -> bool:
        """An office that 承担 daily work is a body where it is told whose it is; 办公室 alone is none."""
        words, office = self.cues.words, clause.participants[0]
        bears = clause.form == "running" and any(word in office.raw for word in words.role_words("bears"))
        return bears and office.mention.endswith(words.seat_offices) and office.span not in tasks

    def _in_paragraph(self, text: str, span: Span, place: Place, document: Document, rules: Rules) -> list[Clause]:
        if not rules.lists_before(span.end) and not self.cues.role_hint.search(text, span.start, span.end):
            return []
        bracketed = list(self._bracketed(text, span, place, document, rules))
        labelled = list(self._labelled(text, span, [clause.span for clause in bracketed], place, document))
        taken = [clause.span for clause in (*bracketed, *labelled)] + rules.groups_in(span)
        running = [
            Clause(stretch, named(participants, document), "running")
            for stretch, participants in self.running.find(text, self._after_numeral(text, span), taken, place)
        ]
        return [*bracketed, *labelled, *running]

    def _after_numeral(self, text: str, span: Span) -> Span:
        numeral = self.numbering.at(text, span.start)
        return Span(min(numeral.end, span.end), span.end) if numeral else span

    def _bracketed(self, text: str, span: Span, place: Place, document: Document, rules: Rules) -> Iterator[Clause]:
        """Find clauses in brackets; where a default is in force, bare lists of bodies too."""
        end = span.start
        for whole in bracket_pairs(text, span, self.cues):
            inner = Span(whole.start + 1, whole.end - (text[whole.end - 1] in self.cues.close))
            if whole.start < end or len(whole) > _LONGEST:
                continue
            inner = _before_rule(inner, rules)
            default = Role.RESPONSIBLE if rules.lists_before(whole.end) else None
            parsed = self.parser.parse(text, inner, place, default=default)
            if parsed is not None and _assigns(parsed):
                end = whole.end
                yield Clause(whole, named(parsed.participants, document), parsed.form)

    def _labelled(
        self, text: str, span: Span, taken: Sequence[Span], place: Place, document: Document
    ) -> Iterator[Clause]:
        """Find labels with a colon outside brackets; the clause goes on to the end of the paragraph."""
        start = self._first_label(text, span, taken)
        if start is None:
            return
        end = next((other.start for other in taken if other.start > start), span.end)
        while end > start and text[end - 1] in _SENTENCE_ENDS + " ":
            end -= 1
        parsed = self.parser.parse(text, Span(start, end), place)
        if parsed is not None and parsed.form == "label" and parsed.public and _assigns(parsed):
            yield Clause(Span(start, end), named(parsed.participants, document), "label-line")

    def _first_label(self, text: str, span: Span, taken: Sequence[Span]) -> int | None:
        for at in range(span.start, span.end):
            if text[at].isspace() or (at > span.start and text[at - 1] not in _SENTENCE_ENDS + " \t"):
                continue
            label = self.cues.label.match(text, at, span.end)
            if label and ":" in label.group() and not any(other.start <= at < other.end for other in taken):
                return at
        return None

    def _merged(self, clauses: Sequence[Clause], document: Document, place: Place, text: str) -> Iterator[Clause]:
        """Join label lines that follow each other: 牵头单位：… and 配合单位：… on two lines are one clause."""
        lines: list[Clause] = []
        for clause in sorted(clauses, key=lambda clause: clause.span):
            if lines and not _follows(clause, lines[-1], text):
                yield self._joined(lines, document, place, text)
                lines = []
            lines.append(clause)
        if lines:
            yield self._joined(lines, document, place, text)

    def _joined(self, lines: Sequence[Clause], document: Document, place: Place, text: str) -> Clause:
        first, whole = lines[0], Span(lines[0].span.start, lines[-1].span.end)
        parsed = self.parser.parse(text, whole, place) if len(lines) > 1 else None
        return replace(first, span=whole, participants=named(parsed.participants, document)) if parsed else first


def _follows(clause: Clause, before: Clause, text: str) -> bool:
    """Tell whether a label line stands right below another."""
    labelled = clause.form == before.form == "label-line"
    return labelled and not text[before.span.end : clause.span.start].strip(_SENTENCE_ENDS + " ")


def _before_rule(inner: Span, rules: Rules) -> Span:
    """Leave the sentence that adds a group out of the clause it stands in."""
    starts = [group.start for group in rules.groups_in(inner)]
    return Span(inner.start, min([inner.end, *starts]))


def _is_formed(participant: Participant) -> bool:
    """In a bare list each must be a group or a body that is known: anything may stand in brackets."""
    return participant.group or participant.confidence > OPEN


def _with_tasks(clause: Clause, tasks: Mapping[Span, Mention]) -> Clause:
    """Let 领导小组 in a clause mean the one that the document has named before it."""
    participants = tuple(
        replace(p, body=found.refers_to, resolution=found.resolution, confidence=found.confidence)
        if (found := tasks.get(p.span)) is not None and isinstance(found.refers_to, Agency)
        else p
        for p in clause.participants
    )
    return replace(clause, participants=participants)


def _place(clause: Clause) -> tuple[int, int, int]:
    start = clause.task.start if clause.task else clause.span.start
    return (start, -clause.span.end, clause.span.start)


def _assigns(parsed: ParsedClause) -> bool:
    """A clause is one where bodies of the state are named and most of it is bodies and roles."""
    if not parsed.credible and parsed.form != "label":
        return False
    if parsed.form == "default" and (parsed.rejected or not all(_is_formed(p) for p in parsed.participants)):
        return False
    return len(parsed.rejected) <= len(parsed.participants) and all(len(words) <= 24 for words in parsed.rejected)


def _paragraphs(document: Document) -> Iterator[Span]:
    seen = -1
    for block in document.blocks:
        if block.span.start > seen and block.kind != "cell":
            seen = block.span.start
            yield block.span


def bracket_pairs(text: str, span: Span, cues: Cues) -> list[Span]:
    """Return every bracketed stretch with its brackets, in text order, outer before inner.

    One that is left open ends with the paragraph.
    """
    stack: list[int] = []
    found: list[Span] = []
    for at in range(span.start, span.end):
        if text[at] in cues.open:
            stack.append(at)
        elif text[at] in cues.close and stack:
            found.append(Span(stack.pop(), at + 1))
    if stack:
        found.append(Span(stack[0], span.end))
    return sorted(found, key=lambda pair: (pair.start, -pair.end))
