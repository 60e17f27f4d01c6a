"""Tables whose header says who has to do what: one row one task, columns 牵头单位, 责任单位, 配合单位."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extractors.clauses.clause import Clause, named
from kg.extractors.clauses.parse import ClauseParser
from kg.extractors.regions.standpoint import Place
from kg.lexicons.cues import Cues
from kg.model.document import Block, Document, Span
from kg.model.entities import Participant, Role

Row = Mapping[int, Block]


class TableReader:
    """Reads the tables of a document."""

    def __init__(self, cues: Cues, parser: ClauseParser) -> None:
        self.cues = cues
        self.parser = parser

    def find(self, document: Document, text: str, place: Place) -> Iterator[Clause]:
        """Yield a clause for each row that names bodies in a column of roles."""
        for rows in _tables(document):
            roles: dict[int, Role] = {}
            tasks: tuple[int, ...] = ()
            above: Row = {}
            for row in rows:
                header = self._header(row, text)
                if header:
                    roles, tasks = header, self._task_columns(row, text)
                elif roles:
                    yield from self._row(document, text, row, above, roles, tasks, place)
                above = row

    def _header(self, row: Row, text: str) -> dict[int, Role]:
        """Return the columns of roles where a row is a header: every role cell is a label and nothing else."""
        found: dict[int, Role] = {}
        for column, block in row.items():
            role = self._role(_words(text, block).rstrip(":"))
            if role is not None:
                found[column] = role
        return found

    def _role(self, header: str) -> Role | None:
        """Return the role of a header; one that names two (牵头单位及责任单位) leaves it to the cells."""
        parts = [part for part in re.split(rf"{self.cues.conjunction.pattern}|[/、()]", header) if part]
        kinds = [match.lastgroup for part in parts if (match := self.cues.label_word.fullmatch(part))]
        if not kinds or len(kinds) < len(parts) or not all(kind in set(Role) for kind in kinds):
            return None
        return Role(str(kinds[0])) if len(set(kinds)) == 1 else Role.RESPONSIBLE

    def _task_columns(self, row: Row, text: str) -> tuple[int, ...]:
        """Return the columns that say what is to be done; where no header says so, those that may."""
        words = {column: _words(text, block) for column, block in row.items()}
        named_ = tuple(column for column, header in words.items() if header in self.cues.words.task_headers)
        return named_ or tuple(column for column, header in words.items() if not self.cues.value_header.search(header))

    def _row(
        self,
        document: Document,
        text: str,
        row: Row,
        above: Row,
        roles: Mapping[int, Role],
        tasks: Sequence[int],
        place: Place,
    ) -> Iterator[Clause]:
        participants: list[Participant] = []
        cells: list[Span] = []
        for column, role in sorted(roles.items()):
            if column in row and (parsed := self.parser.parse(text, row[column].span, place, default=role)):
                participants += parsed.participants
                cells.append(row[column].span)
        if participants:
            merged = {block.span for block in above.values()}
            own = [cell for cell in cells if cell not in merged] or cells
            span = Span(min(cell.start for cell in own), max(cell.end for cell in own))
            yield Clause(span, named(participants, document), "table", _task(row, roles, tasks))


def _tables(document: Document) -> Iterator[list[Row]]:
    """Yield the rows of each table, a merged cell standing in every place that it covers."""
    tables: dict[int, dict[int, dict[int, Block]]] = {}
    for block in document.blocks:
        if block.kind == "cell":
            tables.setdefault(block.table, {}).setdefault(block.row, {})[block.column] = block
    for _, rows in sorted(tables.items()):
        yield [dict(sorted(row.items())) for _, row in sorted(rows.items())]


def _words(text: str, block: Block) -> str:
    return "".join(text[block.span.start : block.span.end].split())


def _task(row: Row, roles: Mapping[int, Role], tasks: Sequence[int]) -> Span | None:
    named_ = [row[column].span for column in sorted(tasks) if column in row and column not in roles]
    others: Sequence[Span] = named_ or [block.span for column, block in row.items() if column not in roles]
    return max(others, key=lambda span: (len(span), -span.start), default=None)
