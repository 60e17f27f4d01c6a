"""How good the extraction is: precision, recall and F1 against gold records.

Clauses are aligned in document order by how alike their quotes are; a participant counts where role and resolved name
agree, bodies that guide left out; entities are compared as sets for each document; measures are matched by how their
texts begin, and their links scored within matched ones; targets by value, unit and deadline.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model.entities import Role

Record = Mapping[str, Any]
_LIKE = 0.6
_EDGE = re.compile(r"^[\s（(〔\[【]+|[\s）)〕\]】。；;，,]+$")


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the found are right, and how many of the wanted were found."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """The share of the found that is right; 1 where nothing was found nor wanted."""
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        """The share of the wanted that was found; 1 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_gold(folder: Path) -> dict[str, list[Record]]:
    """Return the gold records of a folder by document; raise InputError for a folder or a line that is none."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(str(folder), "holds no .jsonl gold files", "give the folder of the gold records")
    return {
        file.stem: [_record(file, number, line) for number, line in enumerate(_lines(file), 1) if line.strip()]
        for file in files
    }


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _record(file: Path, number: int, line: str) -> Record:
    try:
        record: Record = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{file}:{number}", f"is not JSON ({error.msg})", "mend the line") from error
    if not isinstance(record, dict) or "kind" not in record:
        raise InputError(f"{file}:{number}", "is no gold record", "give an object with its kind")
    return record


def evaluate(gold: Mapping[str, Sequence[Record]], found: Iterable[Record]) -> dict[str, Score]:
    """Return a score for each kind of fact over the documents that have gold."""
    by_document: dict[str, list[Record]] = defaultdict(list)
    for record in found:
        by_document[Path(str(record["document"])).stem].append(record)
    total: dict[str, Score] = defaultdict(Score)
    for document, records in gold.items():
        for name, score in _document_scores(records, by_document[document]).items():
            total[name] += score
    return dict(total)


def _document_scores(gold: Sequence[Record], found: Sequence[Record]) -> dict[str, Score]:
    kinds = {record["kind"] for record in gold}
    scores = _assignment_scores(_of(gold, "assignment"), _of(found, "assignment"))
    if "entity" in kinds:
        scores |= _entity_scores(_of(gold, "entity"), _of(found, "entity"))
    if "measure" in kinds:
        scores |= _measure_scores(_of(gold, "measure"), _of(found, "measure"))
    if "target" in kinds:
        scores["target"] = _compare(map(_target_key, _of(gold, "target")), map(_target_key, _of(found, "target")))
    return scores


def _of(records: Sequence[Record], kind: str) -> list[Record]:
    return [record for record in records if record["kind"] == kind]


def _compare(wanted: Iterable[object], found: Iterable[object]) -> Score:
    want, have = Counter(wanted), Counter(found)
    return Score((want & have).total(), have.total(), want.total())


def _assignment_scores(gold: Sequence[Record], found: Sequence[Record]) -> dict[str, Score]:
    found = [clause for clause in found if _participants(clause)]
    pairs = align([r["quote"] for r in gold], [r["quote"] for r in found])
    matched = [(Counter(_participants(gold[g])), Counter(_participants(found[f]))) for g, f in pairs]
    right = sum((want & have).total() for want, have in matched)
    exact = sum(want == have for want, have in matched)
    everyone = Score(right, *(sum(len(_participants(clause)) for clause in clauses) for clauses in (found, gold)))
    return {"assignment participants": everyone, "assignment clauses exact": Score(exact, len(found), len(gold))}


def _participants(clause: Record) -> list[tuple[str, str]]:
    return [(p["role"], _bare(p["resolved"])) for p in clause["participants"] if p["role"] != Role.GUIDE]


def align(gold: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of quotes, in order, that together are most alike (Needleman-Wunsch)."""
    wanted, had = [_trim(quote) for quote in gold], [_trim(quote) for quote in found]
    like = [[_alike(want, have) for have in had] for want in wanted]
    best = [[0.0] * (len(had) + 1) for _ in range(len(wanted) + 1)]
    for g in range(1, len(wanted) + 1):
        for f in range(1, len(had) + 1):
            here = like[g - 1][f - 1]
            best[g][f] = max(best[g - 1][f], best[g][f - 1], best[g - 1][f - 1] + here if here >= _LIKE else 0.0)
    return _trace(best, like)


def _trace(best: list[list[float]], like: list[list[float]]) -> list[tuple[int, int]]:
    pairs, g, f = [], len(best) - 1, len(best[0]) - 1
    while g and f:
        here = like[g - 1][f - 1]
        if here >= _LIKE and abs(best[g][f] - best[g - 1][f - 1] - here) < 1e-9:
            pairs.append((g - 1, f - 1))
            g, f = g - 1, f - 1
        elif best[g][f] == best[g - 1][f]:
            g -= 1
        else:
            f -= 1
    return pairs[::-1]


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if one and other and (one in other or other in one):
        return max(_LIKE, min(len(one), len(other)) / max(len(one), len(other)))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _trim(quote: str) -> str:
    return _bare(_EDGE.sub("", quote))


def _bare(text: object) -> str:
    return re.sub(r"\s+", "", str(text))


def _entity_scores(gold: Sequence[Record], found: Sequence[Record]) -> dict[str, Score]:
    scores = {
        f"{kind} {by}": _sets(_words(gold, kind, by), _words(found, kind, by))
        for kind, by in (
            ("agency", "mention"),
            ("agency", "resolved"),
            ("region", "mention"),
            ("region", "resolved"),
            ("instrument", "mention"),
        )
    }
    wanted, had = _words(gold, "instrument", "mention"), _words(found, "instrument", "mention")
    scores["instrument overlap"] = Score(overlapping(wanted, had), len(had), len(wanted))
    return scores


def _sets(wanted: set[str], found: set[str]) -> Score:
    return Score(len(wanted & found), len(found), len(wanted))


def _words(records: Sequence[Record], kind: str, by: str) -> set[str]:
    return {_bare(record.get(by) or record["mention"]) for record in records if record["type"] == kind}


def overlapping(wanted: set[str], found: set[str]) -> int:
    """Return how many pair up one to one: equal ones first, then those of which one stands in the other."""
    left, pairs = wanted - found, len(wanted & found)
    for text in sorted(found - wanted, key=lambda word: (len(word), word)):
        hit = next(
            (want for want in sorted(left, key=lambda word: (len(word), word)) if want in text or text in want), None
        )
        if hit is not None:
            left.discard(hit)
            pairs += 1
    return pairs


def _measure_scores(gold: Sequence[Record], found: Sequence[Record]) -> dict[str, Score]:
    pairs = _match_measures(gold, found)
    links: dict[str, Callable[[set[str], set[str]], int]] = {
        "actors": lambda want, have: len(want & have),
        "instruments": overlapping,
        "regions": lambda want, have: len(want & have),
    }
    scores = {"measure": Score(len(pairs), len(found), len(gold))}
    for field, count in links.items():
        sets = [(set(want.get(field) or ()), set(have.get(field) or ())) for want, have in pairs]
        scores[f"measure {field}"] = Score(
            sum(count(w, h) for w, h in sets), sum(len(h) for _, h in sets), sum(len(w) for w, _ in sets)
        )
    return scores


def _match_measures(gold: Sequence[Record], found: Sequence[Record]) -> list[tuple[Record, Record]]:
    pairs, free = [], list(found)
    for want in gold:
        start = _trim(want["starts"])[:8]
        hit = next((have for have in free if _begins_alike(_trim(have["starts"]), start)), None)
        if hit is not None:
            free.remove(hit)
            pairs.append((want, hit))
    return pairs


def _begins_alike(text: str, start: str) -> bool:
    return text.startswith(start) or start.startswith(text[:8])


def _target_key(record: Record) -> tuple[str, str, str]:
    value = re.sub(r"[,，\s]", "", str(record["value"])).rstrip("%")
    return value, record.get("unit") or "", str(record.get("deadline") or "")
