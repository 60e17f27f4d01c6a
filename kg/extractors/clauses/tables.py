"""Tables that say who has to do what: one row one task; columns 牵头单位, 责任单位, 配合单位, or 成员单位 by 职责."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extractors.clauses import Clause, ParsedClause, named
from kg.extractors.clauses.role_patterns import RolePatterns
from kg.model.document import Block, Document, Row, Span
from kg.model.entities import Agency, Role
from kg.text.passage import Passage

# No more characters stand between two parts of one table, such as the number of a page or a heading.
_SHORT = 60
# No cell that says who has which role is longer.
_LONGEST_CELL = 300

ParseCell = Callable[[Passage, Role | None], ParsedClause | None]


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns of a table hold: the role of the bodies in some, in others perhaps the task, or a duty."""

    roles: Mapping[int, Role]
    tasks: tuple[int, ...]
    duty: int | None = None


class RoleTableReader:
    """Reads the tables of one document, of which `whole` is the text; `parse` reads a cell in a column of a role."""

    def __init__(self, patterns: RolePatterns, parse: ParseCell, document: Document, whole: Passage) -> None:
        self.patterns = patterns
        self.cues = patterns.cues
        self._parse = parse
        self.document = document
        self.whole = whole

    def find(self) -> Iterator[Clause]:
        """Yield a clause for each row with bodies in a column of roles, in tables that name bodies of the state."""
        header: Header | None = None
        above: Sequence[Row] = ()
        for rows in self.document.tables():
            found, header = self._in_table(rows, header if above and self._goes_on(above, rows) else None)
            above = rows
            if any(public for _, public in found):
                yield from (clause for clause, _ in found)

    def _goes_on(self, above: Sequence[Row], rows: Sequence[Row]) -> bool:
        """Tell whether a table is the rest of the one above, parted from it by a page or a heading."""
        if max(map(len, above)) != max(map(len, rows)):
            return False
        between = self.whole.text[_extent(above).end : _extent(rows).start].strip()
        return len(between) <= _SHORT and not any(stop in between for stop in self.cues.words.stops if stop.strip())

    def _in_table(self, rows: Sequence[Row], header: Header | None) -> tuple[list[tuple[Clause, bool]], Header | None]:
        """Read the rows below a header, or that of the table above; return too the header that holds at the end."""
        found: list[tuple[Clause, bool]] = []
        above: Row = {}
        rows_of = Counter(span for row in rows for span in {block.span for block in row.values()})
        for row in rows:
            if own := self._header(row):
                header = own
            else:
                told = list(self._row(row, above, header, rows_of)) if header is not None else []
                found += told or self._said(row, above, rows_of)
            above = row
        return found, header

    def _header(self, row: Row) -> Header | None:
        """Read a row as the header: cells of it are labels of roles, or one of members beside one of duties."""
        words = {column: self._words(block).rstrip(":") for column, block in row.items()}
        roles = {column: role for column, header in words.items() if (role := self._role(header)) is not None}
        if (duties := self._duties(words, roles)) is not None:
            return duties
        return Header(self._with_lead(roles, words), self._task_columns(words)) if roles else None

    def _duties(self, words: Mapping[int, str], roles: Mapping[int, Role]) -> Header | None:
        """Read a header of members and duties, where no column says who leads."""
        members = [column for column, header in words.items() if header in self.cues.words.member_headers]
        duties = [column for column, header in words.items() if header in self.cues.words.duty_headers]
        others = {role for column, role in roles.items() if column not in (*members, *duties)}
        if not members or not duties or Role.LEAD in others:
            return None
        return Header({members[0]: Role.RESPONSIBLE}, tuple(duties), duties[0])

    def _role(self, header: str) -> Role | None:
        """Return the role of a header; one that names two (牵头单位及配合单位) leaves it to the cells."""
        if header in self.cues.words.body_headers:
            return Role.RESPONSIBLE
        kinds = self._kinds(self._without_rule(header))
        roles = {Role(kind) for kind in kinds if kind in set(Role)}
        if not roles or not all(kind in set(Role) or kind == "person" for kind in kinds):
            return None
        return roles.pop() if len(roles) == 1 else Role.RESPONSIBLE

    def _kinds(self, header: str) -> list[str]:
        """Return the kinds of the labels that a header is made of; none where it is anything else."""
        whole = self.cues.label_word.fullmatch(header)
        if whole is not None:
            return [str(whole.lastgroup)]
        parts = [part for part in re.split(rf"{self.cues.conjunction.pattern}|[/、()]", header) if part]
        matches = [self.cues.label_word.fullmatch(part) for part in parts]
        return [str(match.lastgroup) for match in matches if match] if all(matches) else []

    def _without_rule(self, header: str) -> str:
        """Take off what a header says of the order of its bodies: 责任单位(列第一位的为牵头单位)."""
        rule = self.cues.default("first_leads").search(header)
        if rule is None:
            return header
        opening = max(header.rfind(mark, 0, rule.start()) for mark in self.cues.open)
        return header[: opening if opening > 0 else rule.start()]

    def _with_lead(self, roles: Mapping[int, Role], words: Mapping[int, str]) -> dict[int, Role]:
        """Let those lead who bear the main responsibility beside others that support: 主责单位, 协办单位."""
        main = tuple(self.cues.words.lead_beside_support)
        alone = Role.SUPPORT not in roles.values() or Role.LEAD in roles.values()
        return {
            column: Role.LEAD if not alone and words[column].startswith(main) else role
            for column, role in roles.items()
        }

    def _task_columns(self, words: Mapping[int, str]) -> tuple[int, ...]:
        """Return the columns that say what is to be done; where no header says so, those that may."""
        tasks = tuple(column for column, header in words.items() if header in self.cues.words.task_headers)
        return tasks or tuple(column for column, header in words.items() if not self.cues.value_header.search(header))

    def _words(self, block: Block) -> str:
        return "".join(self._passage(block).words.split())

    def _passage(self, block: Block) -> Passage:
        return self.whole.cut(block.span.start, block.span.end)

    def _row(self, row: Row, above: Row, header: Header, rows_of: Counter[Span]) -> Iterator[tuple[Clause, bool]]:
        """Read the cells of a row in the columns of roles; a cell merged with the one above is none of its own."""
        found = [(row[column].span, parsed) for column in sorted(header.roles)
                 if column in row and (parsed := self._cell(row, column, header)) is not None]  # fmt: skip
        participants = [participant for _, parsed in found for participant in parsed.participants]
        if participants:
            merged = {block.span for block in above.values()}
            cells = [span for span, _ in found]
            own = [cell for cell in cells if cell not in merged] or cells
            span = Span(min(cell.start for cell in own), max(cell.end for cell in own))
            clause = Clause(span, named(participants, self.document), "table", _task(row, header, rows_of))
            yield clause, any(parsed.public for _, parsed in found)

    def _said(self, row: Row, above: Row, rows_of: Counter[Span]) -> Iterator[tuple[Clause, bool]]:
        """Read cells that say themselves who leads and who supports, under no header that tells: 省公安厅牵头."""
        merged = {block.span for block in above.values()}
        for span in dict.fromkeys(block.span for block in row.values() if block.span not in merged):
            cell = self.whole.cut(span.start, span.end)
            if len(cell) > _LONGEST_CELL or not cell.search(self.cues.role_hint):
                continue
            parsed = self._parse(cell, None)
            if parsed is not None and parsed.credible and not parsed.rejected and _names_a_body(parsed):
                others = {block.span for block in row.values() if block.span != span}
                task = max(others, key=lambda other: (-rows_of[other], len(other), -other.start), default=None)
                yield Clause(span, named(parsed.participants, self.document), "table", task), parsed.public

    def _cell(self, row: Row, column: int, header: Header) -> ParsedClause | None:
        """Read a cell of a column of roles; beside a duty, the duty says the role."""
        role, wording = header.roles[column], ""
        if header.duty is not None and header.duty in row:
            said = self._passage(row[header.duty]).match(self.patterns.duty)
            role, wording = self.patterns.role_of(said), said.group() if said is not None else ""
        parsed = self._parse(self._passage(row[column]), role)
        if parsed is None or not wording:
            return parsed
        return replace(parsed, participants=tuple(replace(p, raw=p.raw or wording) for p in parsed.participants))


def _names_a_body(parsed: ParsedClause) -> bool:
    return any(isinstance(participant.body, Agency) for participant in parsed.participants)


def _extent(rows: Sequence[Row]) -> Span:
    spans = [block.span for row in rows for block in row.values()]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _task(row: Row, header: Header, rows_of: Counter[Span]) -> Span | None:
    """Return the longest cell of the columns of tasks, else of all that hold no bodies; one of this row alone first."""
    tasks = [row[column].span for column in sorted(header.tasks) if column in row and column not in header.roles]
    cells: Sequence[Span] = tasks or [block.span for column, block in row.items() if column not in header.roles]
    return max(cells, key=lambda span: (-rows_of[span], len(span), -span.start), default=None)
