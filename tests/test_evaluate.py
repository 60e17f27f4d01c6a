"""Scoring: what counts as right, found and wanted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, run_kg
from hypothesis import given
from hypothesis import strategies as st

from kg.checks.evaluate import Score, align, evaluate, overlapping, read_gold
from kg.errors import InputError
from tools.floors import Floors, hold, read_floors, write_floors

Rows = list[dict[str, Any]]


def clause(quote: str, *participants: str) -> dict[str, Any]:
    pairs = (participant.split(":") for participant in participants)
    return {"kind": "assignment", "quote": quote, "participants": [{"role": r, "resolved": n} for r, n in pairs]}


def named(type_: str, mention: str, resolved: str = "") -> dict[str, Any]:
    return {"kind": "entity", "type": type_, "mention": mention, "resolved": resolved or mention}


def target(value: str, unit: str, deadline: str | None) -> dict[str, Any]:
    return {"kind": "target", "value": value, "unit": unit, "deadline": deadline}


def measure(starts: str, **links: list[str]) -> dict[str, Any]:
    return {"kind": "measure", "starts": starts, **links}


ONE = "（省财政厅牵头，省科技厅配合）"
TWO = "（省教育厅负责）"

# gold, found, name of the score, right, found, wanted, reason
ROWS: list[tuple[Rows, Rows, str, int, int, int, str]] = [
    (
        [clause(ONE, "lead:甲", "support:乙")],
        [clause(ONE, "lead:甲", "support:乙")],
        "assignment participants",
        2,
        2,
        2,
        "same",
    ),
    (
        [clause(ONE, "lead:甲", "support:乙")],
        [clause(ONE, "lead:甲", "lead:乙")],
        "assignment participants",
        1,
        2,
        2,
        "role",
    ),
    (
        [clause(ONE, "lead:甲", "support:乙")],
        [clause(ONE, "lead:甲")],
        "assignment clauses exact",
        0,
        1,
        1,
        "one is missing",
    ),
    (
        [clause(ONE, "lead:甲", "support:乙")],
        [clause(ONE, "support:乙", "lead:甲")],
        "assignment clauses exact",
        1,
        1,
        1,
        "the order within a clause is free",
    ),
    ([clause(ONE, "lead:甲")], [clause(ONE[1:-1], "lead:甲")], "assignment participants", 1, 1, 1, "brackets are bare"),
    ([clause(ONE, "lead:甲")], [clause(TWO, "lead:甲")], "assignment participants", 0, 1, 1, "unlike quotes"),
    (
        [clause(ONE, "lead:甲"), clause(TWO, "lead:乙")],
        [clause(TWO, "lead:乙"), clause(ONE, "lead:甲")],
        "assignment clauses exact",
        1,
        2,
        2,
        "clauses are aligned in order",
    ),
    (
        [clause(ONE, "lead:甲")],
        [clause(ONE, "lead:甲", "lead:甲")],
        "assignment participants",
        1,
        2,
        1,
        "twice counts once",
    ),
    ([], [clause(ONE, "lead:甲")], "assignment participants", 0, 1, 0, "none wanted"),
    ([clause(ONE, "lead:甲")], [], "assignment participants", 0, 0, 1, "none found"),
    ([named("region", "沪", "上海市")], [named("region", "沪", "上海市")], "region resolved", 1, 1, 1, "resolved"),
    ([named("region", "沪", "上海市")], [named("region", "上海", "上海市")], "region mention", 0, 1, 1, "by mention"),
    ([named("region", "沪", "上海市")], [named("region", "上海", "上海市")], "region resolved", 1, 1, 1, "by meaning"),
    ([named("region", "沪")], [named("agency", "沪")], "region mention", 0, 0, 1, "the type counts"),
    (
        [named("instrument", "绿色债券")],
        [named("instrument", "信用类绿色债券")],
        "instrument mention",
        0,
        1,
        1,
        "letter for letter",
    ),
    (
        [named("instrument", "绿色债券")],
        [named("instrument", "信用类绿色债券")],
        "instrument overlap",
        1,
        1,
        1,
        "one in the other",
    ),
    ([target("40", "家", "2025")], [target("40", "家", "2025")], "target", 1, 1, 1, "same"),
    ([target("40", "家", "2025")], [target("40", "家", None)], "target", 0, 1, 1, "the deadline counts"),
    (
        [target("1000", "亿元", None)],
        [target("1,000", "亿元", "")],
        "target",
        1,
        1,
        1,
        "marks of thousands, no deadline",
    ),
    ([target("13.5", "%", None)], [target("13.5%", "%", None)], "target", 1, 1, 1, "a percent sign in the value"),
    (
        [measure("加快培育绿色金融中介服务体系")],
        [measure("加快培育绿色金融中介服务体系。组建中心")],
        "measure",
        1,
        1,
        1,
        "begins alike",
    ),
    ([measure("加快培育绿色金融")], [measure("完善绿色金融体系")], "measure", 0, 1, 1, "begins otherwise"),
    (
        [measure("加快培育绿色金融", actors=["甲"])],
        [measure("加快培育绿色金融", actors=["甲", "乙"])],
        "measure actors",
        1,
        2,
        1,
        "links",
    ),
    (
        [measure("加快培育绿色金融", actors=["甲"])],
        [measure("完善绿色金融体系", actors=["甲"])],
        "measure actors",
        0,
        0,
        0,
        "links count in matched measures only",
    ),
]


@pytest.mark.parametrize(("gold", "found", "name", "right", "had", "wanted", "reason"), ROWS, ids=[r[-1] for r in ROWS])
def test_scores(gold: Rows, found: Rows, name: str, right: int, had: int, wanted: int, reason: str) -> None:
    scores = evaluate({"a": gold}, [{"document": "x/a.txt", **record} for record in found])
    assert scores.get(name, Score()) == Score(right, had, wanted), reason


def test_documents_without_gold_do_not_count() -> None:
    found = [{"document": "b.txt", **clause(ONE, "lead:甲")}]
    assert evaluate({"a": []}, found)["assignment participants"] == Score(0, 0, 0)


def test_documents_add_up() -> None:
    gold = {name: [clause(ONE, "lead:甲")] for name in "ab"}
    found = [{"document": "a.txt", **clause(ONE, "lead:甲")}, {"document": "b.txt", **clause(ONE, "lead:乙")}]
    assert evaluate(gold, found)["assignment participants"] == Score(1, 2, 2)


# right, found, wanted, precision, recall, F1
FIGURES = [
    (1, 2, 4, 0.5, 0.25, 1 / 3),
    (0, 0, 0, 1.0, 1.0, 1.0),
    (0, 3, 0, 0.0, 1.0, 0.0),
    (0, 0, 3, 0.0, 0.0, 0.0),
]


@pytest.mark.parametrize(("right", "found", "wanted", "precision", "recall", "f1"), FIGURES)
def test_figures(right: int, found: int, wanted: int, precision: float, recall: float, f1: float) -> None:
    score = Score(right, found, wanted)
    assert (score.precision, score.recall) == (precision, recall)
    assert score.f1 == pytest.approx(f1)


QUOTES = st.lists(st.text("省财政厅科技牵头配合，、（）", min_size=1, max_size=12), max_size=6)


@given(QUOTES, QUOTES)
def test_alignment_keeps_the_order_and_pairs_each_once(gold: list[str], found: list[str]) -> None:
    pairs = align(gold, found)
    assert pairs == sorted(pairs)
    assert len({g for g, _ in pairs}) == len({f for _, f in pairs}) == len(pairs)
    assert len(align(gold, gold)) == sum(1 for quote in gold if quote.strip("（），、 ")) or len(pairs) <= len(gold)


@given(st.sets(st.text("绿色债券", min_size=1, max_size=4)), st.sets(st.text("绿色债券", min_size=1, max_size=4)))
def test_overlap_lies_between_equality_and_the_smaller_set(wanted: set[str], found: set[str]) -> None:
    assert len(wanted & found) <= overlapping(wanted, found) <= min(len(wanted), len(found))


# lines of a gold file, what the error names
BAD = [
    ("{}\n", ":1: is no gold record"),
    ('{"kind": "target"}\n[]\n', ":2: is no gold record"),
    ('{"kind": "target"}\n{"kind"\n', ":2: is not JSON"),
]


@pytest.mark.parametrize(("lines", "message"), BAD)
def test_bad_gold_names_the_line(tmp_path: Path, lines: str, message: str) -> None:
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_gold(tmp_path)


def test_a_folder_without_gold_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no"):
        read_gold(tmp_path)


def test_the_gold_scores_itself_in_full() -> None:
    gold = read_gold(ROOT / "tests" / "gold")
    found = [{"document": f"{name}.txt", **record} for name, records in gold.items() for record in records]
    assert len(gold) == 5
    assert {score.f1 for score in evaluate(gold, found).values()} == {1.0}


REACHED = {"target": Score(9, 10, 10), "measure": Score(1, 1, 1)}  # F1 of 0.9 and 1

# what is pinned before, --pin, --lower, what is told, what is pinned after, reason
Pinned = dict[str, float]
FLOORS: list[tuple[Pinned | None, bool, bool, str, Pinned, str]] = [
    ({"target": 0.9}, False, False, "", {"target": 0.9}, "what is reached"),
    ({"target": 0.95}, False, False, "target: F1 0.9000 is below its floor of 0.9500", {"target": 0.95}, "a fall"),
    (
        {"region": 0.5},
        False,
        False,
        "region: F1 0.0000 is below its floor of 0.5000",
        {"region": 0.5},
        "a kind is lost",
    ),
    (None, True, False, "", {"measure": 1.0, "target": 0.9}, "the first pin"),
    ({"target": 0.8}, True, False, "", {"measure": 1.0, "target": 0.9}, "a rise is pinned"),
    ({"target": 0.95}, True, False, "target: F1 0.9000 is below", {"target": 0.95}, "pinning lowers none"),
    ({"target": 0.95}, True, True, "", {"measure": 1.0, "target": 0.9}, "but where it is meant"),
]


@pytest.mark.parametrize(("before", "pin", "lower", "told", "after", "reason"), FLOORS, ids=[row[-1] for row in FLOORS])
def test_floors_hold(
    tmp_path: Path,
    before: dict[str, float] | None,
    pin: bool,
    lower: bool,
    told: str,
    after: dict[str, float],
    reason: str,
) -> None:
    path = tmp_path / "floors.json"
    if before is not None:
        write_floors(path, Floors("corpus", before))
    failed = "".join(hold(path, REACHED, "corpus", pin=pin, lower=lower))
    assert failed.startswith(told), reason
    assert bool(failed) == bool(told), reason
    assert read_floors(path) == Floors("corpus", after), reason


def test_floors_are_of_the_documents_they_were_measured_on(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    write_floors(path, Floors("another", {"target": 0.1}))
    (line,) = hold(path, REACHED, "corpus", pin=False, lower=False)
    assert "are not those that the floors were measured on" in line
    assert hold(path, REACHED, "corpus", pin=True, lower=False) == []
    assert read_floors(path).corpus == "corpus"


def test_the_command_prints_a_table_and_json() -> None:
    table = run_kg("evaluate", "--gold", "tests/gold", "seeds").splitlines()
    assert table[0].split() == ["precision", "recall", "F1", "right", "found", "gold"]
    line = next(line for line in table if line.startswith("assignment clauses exact"))
    assert line.split()[-3:] == ["22", "22", "22"]
    figures = json.loads(run_kg("evaluate", "--gold", "tests/gold", "--json", "seeds"))
    assert figures["target"] == {"right": 4, "found": 4, "wanted": 4, "f1": 1.0}
