"""Laws of growth: a text twice as long takes twice the work and no more, however hostile, and so do its quotes."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from conftest import ReadText
from target_rows import HEAD

from kg.extractors.reader import Reader
from kg.extractors.targets.extractor import find_targets
from kg.extractors.targets.find import TargetFinder
from kg.extractors.targets.paragraph import clauses_with_figures
from kg.extractors.times.reader import DeadlineReader
from kg.lexicons.deadlines import load_deadlines
from kg.lexicons.files import ontology_root
from kg.lexicons.targets import load_targets
from kg.model.document import Span

READER = DeadlineReader(load_deadlines(ontology_root()))
FINDER = TargetFinder(load_targets(ontology_root()), READER)
SIZE = 60
TWICE = 2.2  # what begins and ends a text does not grow with it
LONGEST_CLAUSE = 1000


def steps(work: Callable[[], object]) -> int:
    """The calls of functions, built-in ones too, that some work makes."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


# what a paragraph repeats, how it begins, reason
REPEATED = [
    ("达到10%", "", "figures without a mark between them"),
    ("达到10%", "到2025年", "as above, with a deadline"),
    ("达到10%，", "", "clauses of one sentence"),
    ("达到10%。", "到2025年，", "sentences after a deadline that holds for all of them"),
    ("到2025年达到10%，", "", "a deadline for each figure"),
    ("2025年、", "到", "years without an end"),
    ("2025、", "到", "numbers that never become a year"),
    ("2021—", "", "ranges without an end"),
    ("10、", "分别达到", "numbers without a unit"),
    ("10%、", "到2025年，甲、乙分别达到", "figures that 分别 hands out"),
    ("由10%提高到20%", "到2025年，", "where things stand and targets"),
    ("1,111", "", "thousands without an end"),
    ("1", "", "digits"),
    ("“达到10%”", "到2025年，", "short quotations"),
    ("（达到10%）", "到2025年，", "asides"),
    ("（到2025年达到10%）", "", "asides with a date"),
    ("（", "", "asides that never close"),
    ("《到2025年", "", "titles that never close"),
    ("《到2025年》达到10%，", "", "titles"),
    ("实现智能审核全覆盖，", "到2025年，", "pledges"),
    ("实现全覆盖", "到2025年，", "pledges without a mark between them"),
    ("其中达到10%，", "到2025年，全省", "parts of a whole"),
    ("百分之", "", "percentages without a number"),
    ("1:1", "比例达到", "ratios without an end"),
    ("甲、", "到2025年，", "names without a figure"),
    ("甲、乙率分别达到10%、20%", "到2025年，", "names that share what is measured"),
    ("“甲", "到2025年，达到10%", "quotations that never close"),
    ("10%—", "达到", "ranges of shares without an end"),
    ("建设10个，", "", "clauses that go on"),
    ("确保", "", "words of commitment"),
    ("翻两番", "", "doublings"),
    ("前六位", "进入", "places in rankings"),
    ("已完成", "", "the past"),
    ("较2020年增长10%，", "到2025年，", "baselines"),
    ("和", "达到10%", "conjunctions"),
    ("的", "建设10家", "words stripped one by one"),
    ("截至2022年，", "", "openings of reports"),
    ("截至目前达到10%。", "", "reports"),
    (" ", "到2025年", "blanks"),
    ("，", "到2025年", "marks"),
    ("\n", "到2025年", "lines"),
]


@pytest.mark.parametrize(
    ("piece", "head", "reason"), REPEATED, ids=[f"{head}{piece}"[:16] for piece, head, _ in REPEATED]
)
def test_the_steps_of_finding_targets_grow_with_the_text(piece: str, head: str, reason: str) -> None:
    def find(count: int) -> int:
        return steps(lambda: search(head + piece * count))

    assert find(4 * SIZE) <= TWICE * find(2 * SIZE), reason


def search(text: str) -> None:
    paragraph = FINDER.read(text, "2022")
    FINDER.find(paragraph, "2030")
    list(FINDER.find_pledges(paragraph, "2030"))


@pytest.mark.parametrize(
    ("piece", "head", "reason"), REPEATED, ids=[f"{head}{piece}"[:16] for piece, head, _ in REPEATED]
)
def test_what_is_quoted_and_looked_at_grows_with_the_text(piece: str, head: str, reason: str) -> None:
    def quoted(count: int) -> int:
        paragraph = FINDER.read(head + piece * count, "2022")
        return sum(len(match.quote) for match in (*FINDER.find(paragraph), *FINDER.find_pledges(paragraph)))

    assert quoted(40 * SIZE) <= TWICE * max(quoted(20 * SIZE), 1), reason
    text = head + piece * (40 * SIZE)
    figures = list(FINDER.figures.find(text, Span(0, len(text))))
    clauses = list(clauses_with_figures(text, Span(0, len(text)), figures))
    assert max((len(clause.span) for clause in clauses), default=0) <= LONGEST_CLAUSE, reason
    assert [figure for clause in clauses for figure in clause.figures] == figures, reason
    assert all(clause.span.contains(figure.span) for clause in clauses for figure in clause.figures), reason


@pytest.mark.parametrize(
    ("piece", "head", "reason"),
    [
        *REPEATED,
        ("2025年6月底前，", "", "deadlines"),
        ("6月底前，", "", "deadlines that name no year"),
        ("每年2月底前，", "", "what comes again"),
        ("完成时限：", "", "labels without a value"),
        ("完成时限：2025.12", "", "labels"),
        ("2025年1月至", "", "ranges without an end"),
        ("0403年底前，", "到2025年", "years that are slips"),
        ("长期坚持，", "", "what is due without a day"),
        ("三年内，", "力争", "stretches of time"),
    ],
)
def test_the_steps_of_reading_deadlines_grow_with_the_text(piece: str, head: str, reason: str) -> None:
    def read(count: int) -> int:
        return steps(lambda: (READER.find(head + piece * count, on="2022-05-10"), READER.read(head + piece * count)))

    assert read(4 * SIZE) <= TWICE * read(2 * SIZE), reason


GOALS = "一、发展目标\n"
DOCUMENTS = [
    # what a document repeats, reason
    ("到2025年，广州市建成5个平台，", "regions in one paragraph"),
    ("到2025年，广州市建成5个平台。\n", "paragraphs"),
    ("1．广州市建成5个平台。\n", "items"),
    ("任务\t单位\t完成时限\n建成5个平台\t省财政厅\t2023年底\n", "rows of tasks"),
    ("指标\t单位\t2020年\t2025年\n绿色信贷余额\t万亿元\t1.2\t2.5\n", "rows of indicators"),
]


@pytest.mark.parametrize(("piece", "reason"), DOCUMENTS, ids=[reason for _, reason in DOCUMENTS])
def test_the_steps_of_a_document_grow_with_it(read_text: ReadText, reader: Reader, piece: str, reason: str) -> None:
    def find(count: int) -> int:
        [reading] = reader.read(read_text(HEAD + GOALS + piece * count))
        return steps(lambda: list(find_targets(reading, FINDER)))

    assert find(2 * SIZE) <= TWICE * find(SIZE), reason
