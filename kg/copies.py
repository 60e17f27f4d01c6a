"""Copies: the same policy on several pages is one document with several sources; texts nearly alike are named.

Likeness is that of sets of shingles, the runs of five characters of a text without blanks and marks. Which pairs are
worth comparing is found with MinHash and locality-sensitive hashing (Broder 1997; Indyk and Motwani 1998), so that
the work grows with the documents and not with their pairs; what is then said of a pair is exact.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from rensa import RMinHash, RMinHashLSH

from kg.extractors.assignments import Assignment
from kg.model.document import Copy, Document, content_id
from kg.model.facts import Extraction, identified
from kg.text.fold import fold

NEAR = 0.8
"""Jaccard likeness from which two texts are nearly alike."""

_SAME_NUMBER, _SAME_TITLE = 0.8, 0.9  # how much of the shorter text must stand in the other
_SHINGLE = 5
_PERMUTATIONS, _BANDS, _SEED = 128, 32, 1
_MARGIN = 0.15  # by how much the likeness of two sketches may be off
_SHORTEST_TEXT = 200  # shingles; in a shorter text a word may be all that matters
_SHORTEST_TITLE = 8  # a shorter one (通知) tells no document from another
_FILLED = ("number", "issuer", "publisher", "date", "published", "source", "quoted_from")
_OF_THE_DOCUMENT = ("number", "issuer", "date")  # of which a document has one, however many pages print it


@dataclass(frozen=True, slots=True, order=True)
class Near:
    """Two documents whose texts are nearly alike and that yet are not taken for one.

    Attributes:
        first, second: their identifiers, sorted.
        likeness: at most 1.
        lesser: the one that has fewer facts, less metadata or a later date, as copies are ranked.
    """

    first: str
    second: str
    likeness: float
    lesser: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Disagreement:
    """What the pages of one document say differently.

    Attributes:
        document: the identifier of the document.
        field: `number`, `issuer` or `date`.
        values: what they say; the first is what the document is given.
    """

    document: str
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What is left when copies are taken together.

    Attributes:
        extractions: in the order given, each document once with its copies.
        near: the pairs of documents that are nearly alike, sorted.
        disagreements: where the pages of a document contradict each other, sorted.
        shared: the paths of documents that bear one number, or one title and day, and yet are several, sorted.
    """

    extractions: tuple[Extraction, ...]
    near: tuple[Near, ...]
    disagreements: tuple[Disagreement, ...]
    shared: tuple[tuple[str, ...], ...] = ()


def merge_copies(extractions: Iterable[Extraction]) -> Merged:
    """Take copies of one document together.

    Two documents are copies where their texts are the same. Two of a kind that are not very short are too where they
    bear one number and at least 0.8 of the shorter text stands in the other, or one title, no different number
    or year, and at least 0.9 of it; but not where each names a body in a role that the other does not. The copy with
    the most facts, then the most metadata, then the earliest date, stays; what it does not know of number, dates and
    issuer it takes from the others. Documents that are no copies and would yet have one identifier are each given
    one of their own (`_apart`). The result does not depend on the order, nor on the names of the files.
    """
    given = list(extractions)
    ranked = sorted(range(len(given)), key=lambda index: _rank(given[index]))
    works = [_Work.of(given[index]) for index in ranked]
    kept, alike = _compare(works)
    copies: dict[int, list[Document]] = defaultdict(list)
    for place, first in kept.items():
        copies[first] += [works[place].document] if place != first else []
    renamed = {works[place].document.id: works[first].document.id for place, first in kept.items()}
    merged = {first: _merge(given[ranked[first]], others, renamed) for first, others in copies.items()}
    named, shared = _apart(merged)
    found = [one for first, others in copies.items() for one in _disagreements(named[first].document, others)]
    near = (_near(named[one].document, named[other].document, likeness) for one, other, likeness in alike)
    extractions = tuple(named[first] for first in sorted(named, key=ranked.__getitem__))
    return Merged(extractions, tuple(sorted(near)), tuple(sorted(found)), tuple(sorted(shared)))


def without_near(merged: Merged) -> Merged:
    """Return the documents without the lesser of each two that are nearly alike."""
    lesser = {pair.lesser for pair in merged.near}
    left = tuple(one for one in merged.extractions if one.document.id not in lesser)
    return replace(merged, extractions=left)


@lru_cache(maxsize=128)
def shingles(text: str) -> frozenset[str]:
    """Return the runs of five characters of a text without blanks and marks; of a shorter text the text itself."""
    bare = re.sub(r"[\W_]+", "", fold(text))
    return frozenset(bare[at : at + _SHINGLE] for at in range(max(1, len(bare) - _SHINGLE + 1)))


@dataclass(frozen=True, slots=True)
class _Work:
    """A document with what it is compared by."""

    document: Document
    number: str
    title: str
    size: int
    sketch: RMinHash
    duties: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, extraction: Extraction) -> _Work:
        document = extraction.document
        pieces = _pieces(document)
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update(list(pieces))
        people = (p for assignment in extraction.of(Assignment) for p in assignment.participants)
        duties = frozenset((p.role.value, p.mention) for p in people)
        return cls(document, _key(document.number), _key(document.title), len(pieces), sketch, duties)

    def most_alike(self, other: _Work) -> float:
        """Return from the sketches and the sizes alone how alike the texts are at the most."""
        sketched: float = self.sketch.jaccard(other.sketch) + _MARGIN
        return min(sketched, min(self.size, other.size) / max(self.size, other.size))

    def may_contain(self, other: _Work) -> bool:
        """Tell from the sketches alone whether enough of the shorter text may stand in the longer for a copy."""
        likeness: float = min(1.0, self.sketch.jaccard(other.sketch) + _MARGIN)
        shared = likeness * (self.size + other.size) / (1 + likeness)
        return shared >= min(_SAME_NUMBER, _SAME_TITLE) * min(self.size, other.size)

    def is_copy_of(self, other: _Work) -> bool:
        mine, its = self.document, other.document
        if mine.wording == its.wording:  # one text is one document, though one page calls it news and another a policy
            return True
        if mine.kind != its.kind:
            return False
        if min(self.size, other.size) < _SHORTEST_TEXT or not (
            self.duties <= other.duties or other.duties <= self.duties
        ):
            return False
        if self.number and other.number:
            return self.number == other.number and _containment(mine, its) >= _SAME_NUMBER
        same_title = self.title == other.title and len(self.title) >= _SHORTEST_TITLE
        return same_title and not _years_differ(mine, its) and _containment(mine, its) >= _SAME_TITLE


def _rank(extraction: Extraction) -> tuple[object, ...]:
    """Return what to sort by: the best extraction of copies first; the path counts only where all else is the same."""
    document = extraction.document
    facts = sum(len(assignment.participants) for assignment in extraction.of(Assignment))
    known = sum(1 for name in _FILLED if getattr(document, name))
    words = (document.date, document.published, *(getattr(document, name) for name in _FILLED), document.title)
    return (-facts, -known, len(document.span), document.wording, document.kind != "policy", *words, document.path)


def _pieces(document: Document) -> frozenset[str]:
    return shingles(document.quote(document.span))


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", "", fold(words)).lower()


def _years_differ(one: Document, other: Document) -> bool:
    return bool(one.date and other.date and one.date[:4] != other.date[:4])


def _containment(one: Document, other: Document) -> float:
    """Return which share of the shorter text stands in the longer, from 0 to 1."""
    a, b = _pieces(one), _pieces(other)
    return len(a & b) / min(len(a), len(b))


def _apart(merged: Mapping[int, Extraction]) -> tuple[dict[int, Extraction], list[tuple[str, ...]]]:
    """Give documents of one identifier each their own, of their title and dates, and of their words where those agree.

    What others cite by the number alone then is none of them but a stub. Returns also the paths of such documents.
    """
    named, shared = dict(merged), []
    for same in _of_one_identifier(merged):
        shared.append(tuple(sorted(merged[place].document.path for place in same)))
        alone = {place: _known_by(merged[place].document) for place in same}
        alike = Counter(alone.values())
        for place, known in alone.items():
            words = [merged[place].document.wording] if alike[known] > 1 else []
            identity = content_id(merged[place].document.id, *known, *words)
            named[place] = identified(merged[place], identity)
            _follow(named, merged[place].document, identity)
    return named, shared


def _of_one_identifier(merged: Mapping[int, Extraction]) -> list[list[int]]:
    """Return the places of documents that have the same identifier, where there are several."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, extraction in merged.items():
        groups[extraction.document.id].append(place)
    return [same for same in groups.values() if len(same) > 1]


def _known_by(document: Document) -> tuple[str, ...]:
    return _key(document.title), _key(document.issuer), document.date, document.published


def _follow(named: dict[int, Extraction], article: Document, identity: str) -> None:
    """Let the policy that an article of another identifier prints say that it comes from this one."""
    for place, extraction in named.items():
        document = extraction.document
        if document.quoted_from == article.id and document.sha256 == article.sha256:
            named[place] = replace(extraction, document=replace(document, quoted_from=identity))


def _compare(works: Sequence[_Work]) -> tuple[dict[int, int], list[tuple[int, int, float]]]:
    """Compare each work with better ones that stand for themselves; return what stands for each, and the near pairs."""
    kept: dict[int, int] = {}
    near: list[tuple[int, int, float]] = []
    for place, better in enumerate(_candidates(works)):
        work, others = works[place], [first for first in better if kept[first] == first]
        originals = (first for first in others if work.may_contain(works[first]) and work.is_copy_of(works[first]))
        kept[place] = next(originals, place)
        if kept[place] == place:
            alike = [first for first in others if work.most_alike(works[first]) >= NEAR]
            likeness = {first: _likeness(works[first].document, work.document) for first in alike}
            near += [(first, place, likeness[first]) for first in alike if likeness[first] >= NEAR]
    return kept, near


def _candidates(works: Sequence[_Work]) -> list[list[int]]:
    """Return for each work the places of those before it that share its number or title or have a sketch like its."""
    index = RMinHashLSH(threshold=NEAR, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    index.insert_many([work.sketch for work in works])
    found = index.query_all([work.sketch for work in works])
    shared: dict[str, list[int]] = defaultdict(list)
    candidates: list[list[int]] = []
    for place, work in enumerate(works):
        title = work.title if len(work.title) >= _SHORTEST_TITLE else ""
        keys = {work.number, title, work.document.wording} - {""}
        candidates.append(sorted({other for other in found[place] if other < place}.union(*(shared[k] for k in keys))))
        for key in keys:
            shared[key].append(place)
    return candidates


def _likeness(one: Document, other: Document) -> float:
    a, b = _pieces(one), _pieces(other)
    return len(a & b) / len(a | b)


def _near(one: Document, other: Document, likeness: float) -> Near:
    first, second = sorted((one.id, other.id))
    return Near(first, second, round(likeness, 3), lesser=other.id)


def _disagreements(document: Document, copies: Sequence[Document]) -> Iterator[Disagreement]:
    for field in _OF_THE_DOCUMENT:
        values = dict.fromkeys(value for one in (document, *copies) if (value := getattr(one, field)))
        keys = sorted(map(_key, values), key=len)
        if not all(key.startswith(keys[0]) for key in keys):  # 2022-06 and 2022-06-24 are no contradiction
            yield Disagreement(document.id, field, tuple(values))


def _merge(kept: Extraction, others: Sequence[Document], renamed: Mapping[str, str]) -> Extraction:
    document = kept.document
    missing: dict[str, Any] = {  # of str, which replace() cannot be told
        name: next((getattr(other, name) for other in others if getattr(other, name)), "")
        for name in _FILLED
        if not getattr(document, name)
    }
    whole = replace(document, **missing, copies=tuple(sorted(map(_copy, others))))
    source = renamed.get(whole.quoted_from, whole.quoted_from)
    return replace(kept, document=replace(whole, quoted_from=source if source != whole.id else ""))


def _copy(document: Document) -> Copy:
    return Copy(document.path, document.sha256, document.source, document.publisher, document.published)
