"""Which document a citation means: one of the build where only one fits, else the same stub from everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extractors.citations import Citation
from kg.model.document import Document, Work
from kg.model.facts import Extraction
from kg.model.ids import work_id


@dataclass(slots=True)
class Works:
    """The documents of a build and the works they cite, gathered as extractions stream by.

    Holds an identifier, a number and a title for each, no text. What `find` answers depends on all that was added,
    never on the order; ask once everything is in.
    """

    documents: dict[str, Work] = field(default_factory=dict)
    numbered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    titled: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cited: dict[str, set[Work]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, extractions: Iterable[Extraction]) -> Works:
        """Gather the works of some extractions."""
        works = cls()
        for extraction in extractions:
            works.add(extraction)
        return works

    def add(self, extraction: Extraction) -> None:
        """Take in a document and what it cites; news can be cited by nobody."""
        if extraction.document.kind == "policy":
            self._add_document(extraction.document, extraction.work)
        for citation in extraction.of(Citation):
            self.cited[citation.work.title].add(citation.work)

    def _add_document(self, document: Document, work: Work) -> None:
        self.documents[document.id] = work
        if work.number:
            self.numbered[work.number].add(document.id)
        if work.title:
            self.titled[work.title].add(document.id)

    def find(self, work: Work) -> str:
        """Return the identifier of the document that `work` is, or that of its stub; both stand under ``document/``."""
        return self._document(work) or work_id(self._canonical(work))

    def _document(self, work: Work) -> str:
        """Return the only document that fits: by number, else by title."""
        exact = self.numbered.get(work.number, set()) if work.number else set()
        if exact:
            return _only(exact) or _only({one for one in exact if self.documents[one].may_be(work)} & self._same(work))
        fitting = {one for one in self._same(work) if self.documents[one].may_be(work)}
        if work.number:
            fitting = {one for one in fitting if not self.documents[one].number}
        found = _only(fitting)
        return found if found and not self._doubtful(work, self.documents[found]) else ""

    def _same(self, work: Work) -> set[str]:
        return self.titled.get(work.title, set()) if work.title else set()

    def _doubtful(self, work: Work, document: Work) -> bool:
        """Tell whether others cite the same title by a number that is not this document's."""
        numbers = self._numbers(work) - {document.number}
        return len(numbers) > (0 if document.number else 1)

    def _numbers(self, work: Work) -> set[str]:
        bare = Work(title=work.title, issuer=work.issuer)
        return {other.number for other in self.cited.get(work.title, ()) if other.number and other.may_be(bare)}

    def _canonical(self, work: Work) -> Work:
        """Return the number alone where it is known here or from one other citation of the title, else the title.

        A title without issuer takes the only issuer that others give it.
        """
        if work.number:
            return Work(number=work.number)
        numbers = self._numbers(work)
        if len(numbers) == 1:
            return Work(number=min(numbers))
        issuers = {other.issuer for other in self.cited.get(work.title, ()) if other.issuer}
        return Work(title=work.title, issuer=work.issuer or (min(issuers) if len(issuers) == 1 else ""))


def _only(found: set[str]) -> str:
    return min(found) if len(found) == 1 else ""
