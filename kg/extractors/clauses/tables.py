"""Tables whose header says who has to do what: one row one task, columns 牵头单位, 责任单位, 配合单位."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extractors.clauses.clause import Clause, named
from kg.extractors.clauses.parse import ClauseParser
from kg.lexicons.cues import Cues
from kg.model.document import Block, Document, Row, Span
from kg.model.entities import Participant, Role
from kg.text.passage import Passage


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns of a table hold: the role of the bodies in some, in others perhaps the task."""

    roles: Mapping[int, Role]
    tasks: tuple[int, ...]


class TableReader:
    """Reads the tables of one document, of which `whole` is the text."""

    def __init__(self, cues: Cues, parser: ClauseParser, document: Document, whole: Passage) -> None:
        self.cues = cues
        self.parser = parser
        self.document = document
        self.whole = whole

    def find(self) -> Iterator[Clause]:
        """Yield a clause for each row that names bodies in a column of roles."""
        for rows in self.document.tables():
            header: Header | None = None
            above: Row = {}
            for row in rows:
                if roles := self._roles(row):
                    header = Header(roles, self._task_columns(row))
                elif header is not None:
                    yield from self._row(row, above, header)
                above = row

    def _roles(self, row: Row) -> dict[int, Role]:
        """Return the columns of roles where a row is a header: a cell of it is labels and nothing else."""
        roles = {column: self._role(self._words(block).rstrip(":")) for column, block in row.items()}
        return {column: role for column, role in roles.items() if role is not None}

    def _role(self, header: str) -> Role | None:
        """Return the role of a header; one that names two (牵头单位及责任单位) leaves it to the cells."""
        parts = [part for part in re.split(rf"{self.cues.conjunction.pattern}|[/、()]", header) if part]
        kinds = [match.lastgroup for part in parts if (match := self.cues.label_word.fullmatch(part))]
        if not kinds or len(kinds) < len(parts) or not all(kind in set(Role) for kind in kinds):
            return None
        return Role(str(kinds[0])) if len(set(kinds)) == 1 else Role.RESPONSIBLE

    def _task_columns(self, row: Row) -> tuple[int, ...]:
        """Return the columns that say what is to be done; where no header says so, those that may."""
        words = {column: self._words(block) for column, block in row.items()}
        tasks = tuple(column for column, header in words.items() if header in self.cues.words.task_headers)
        return tasks or tuple(column for column, header in words.items() if not self.cues.value_header.search(header))

    def _words(self, block: Block) -> str:
        return "".join(self.whole.cut(block.span.start, block.span.end).words.split())

    def _row(self, row: Row, above: Row, header: Header) -> Iterator[Clause]:
        """Read the cells of a row in the columns of roles; a cell merged with the one above is none of its own."""
        participants: list[Participant] = []
        cells: list[Span] = []
        for column, role in sorted(header.roles.items()):
            if column not in row:
                continue
            span = row[column].span
            parsed = self.parser.parse(self.whole.cut(span.start, span.end), default=role)
            if parsed is not None:
                participants += parsed.participants
                cells.append(span)
        if participants:
            merged = {block.span for block in above.values()}
            own = [cell for cell in cells if cell not in merged] or cells
            span = Span(min(cell.start for cell in own), max(cell.end for cell in own))
            yield Clause(span, named(participants, self.document), "table", _task(row, header))


def _task(row: Row, header: Header) -> Span | None:
    """Return the longest cell of the columns of tasks, else of all that hold no bodies."""
    tasks = [row[column].span for column in sorted(header.tasks) if column in row and column not in header.roles]
    cells: Sequence[Span] = tasks or [block.span for column, block in row.items() if column not in header.roles]
    return max(cells, key=lambda span: (len(span), -span.start), default=None)
