"""Words about pages and policy texts, from ``lexicons/documents.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.entry import Entry, Ordered, Pattern, Patterns, Word, Words
from kg.lexicons.files import load_yaml
from kg.text.fold import fold

OTHER = "other"  # the type where neither title nor text tells one
_QUOTES = " 《》〈〉<>“”\"'"
_TITLE, _SHORT, _LINES, _LEAD = 400, 30, 200, 6


class BoilerplateRule(Entry, frozen=True, kw_only=True):
    """A block of a page that is not part of the article.

    Attributes:
        pattern: What such a block holds; matched against the folded block.
        examples: Blocks that match, tried while the file is loaded.
        counterexamples: Blocks that do not, tried as well.
    """

    pattern: Pattern
    examples: Words
    counterexamples: Words = ()


class DocumentTypeRule(Entry, frozen=True, kw_only=True):
    """What a document of one type is called, and how it looks; all that a rule says has to hold.

    Attributes:
        type: The type, a concept of the ontology's zc:DocumentTypes without its prefix ``type-``.
        kind: The only kind of document that can be of it, policy or news; empty for either.
        title: What its title holds, without notes in brackets behind it.
        note: What these notes hold (征求意见稿).
        line: What a short line of its text holds (申报条件).
        examples: Titles, lines below, that are of the type by all rules; tried while the file is loaded, as are
        counterexamples: Titles that are of another.
    """

    type: Word
    kind: str = ""
    title: Pattern = Pattern("")
    note: Pattern = Pattern("")
    line: Pattern = Pattern("")
    examples: Words
    counterexamples: Words = ()

    def holds(self, kind: str, title: str, note: str, lines: Sequence[str]) -> bool:
        """Tell whether a document is of the type, by its kind, its folded title and notes, and its short lines."""
        return (
            self.kind in ("", kind)
            and re.search(self.title, title) is not None
            and re.search(self.note, note) is not None
            and (not self.line or any(re.search(self.line, line) for line in lines))
        )


class DocumentWords(Entry, frozen=True, kw_only=True, dict=True):
    """What tells the article from the page, and the policy from the report about it.

    Attributes:
        boilerplate: Blocks that are not part of the article.
        publishers: Where a page says whom it took the text from; the first group is the name.
        own_sources: Names by which a page calls itself its source (本网).
        source_link: The line that holds the address of the original; the first group is the address.
        answers: The title of a letter that answers a proposal of a deputy.
        title_endings: How the title of a policy ends.
        title_notes: A note in brackets behind a title.
        document_types: What documents of each type are called. Ordered: the first rule that holds wins.
        printing: The title of a notice that prints or forwards a document, whose title is the group `what`.
        own_names: What a text calls itself at its head (制定本办法); the group `name`.
        not_titles: A whole line that is no title: what a site calls any page, a button, a file's name, a number.
        bylines: Who wrote a report and whom it was heard from, in its first paragraphs or on the lines around them.
        dateline: How a paragraph begins that an agency sends (新华社北京5月1日电).
        report_titles: A title that tells what a body did (某市出台…方案).
        report_leads: A first paragraph that tells what happened and when (近日，…召开).
        formal_leads: A first paragraph of a policy: whom it is for, why and on what ground it is made.
        reporting: Words by which a paragraph before a policy reports on it rather than belonging to it.
        issuing_verbs: Verbs of issuing.
        issuing_adverbs: Words between the issuer and the verb.
        issuer_endings: How the name of an issuer ends.
        commentary_titles: Words in the title of a text about a policy, which reports and does not assign.
        number: The number of a document (文号).
        signers: How the name of a body ends that may sign.
        not_signers: What ends so and signs nothing.
        signed_day: The line that ends in the day of a signature.
        seals: What behind the name of who signs says that he has sealed.
        head_marks: What follows the name of the issuer at the head (某政府文件).
        decree: The head of a decree: who issues it (group `body`), and its number.
        passed: Who passed or promulgated a law (group `body`), when, and by which decree.
        passing_body: What in the words for that body is no part of its name (第七届).
        issued_title: The issuer at the head of a title (…关于).
        fields: The labels of a box of labels and values, by the field each names; nothing is kept of `none`.
        meta_names: The names of `<meta>` elements, in small letters, by field. Ordered: the first that is filled wins.
        element_ids: Identifiers of elements that carry a field.
        script_days: Assignments of a script that say when a page was published; the first group is the day.
        sites: What behind the title in `<title>` names who publishes, not a column of the site.
        platforms: Sites that only carry what others publish.
        persons: The name of a person, who publishes nothing.
        title_tails: What follows the title in `<title>`: the name of the site.
        furniture_names: Classes, identifiers and roles of elements that stand around the article.
        page_furniture: Lines of a whole page that belong to the site.
        counting: The signs with which word processors count, by their use, in the order of what they count.
    """

    boilerplate: tuple[BoilerplateRule, ...]
    publishers: Patterns
    source_link: Pattern
    own_sources: Words
    answers: Pattern
    title_endings: Words
    title_notes: Pattern
    document_types: Ordered[DocumentTypeRule]
    printing: Patterns
    own_names: Pattern
    not_titles: Patterns
    bylines: Patterns
    dateline: Pattern
    report_titles: Patterns
    report_leads: Patterns
    formal_leads: Patterns
    reporting: Words
    issuing_verbs: Words
    issuing_adverbs: Words
    issuer_endings: Words
    commentary_titles: Words
    number: Pattern
    signers: Words
    not_signers: Words
    signed_day: Pattern
    seals: Pattern
    head_marks: Pattern
    decree: Pattern
    passed: Pattern
    passing_body: Pattern
    issued_title: Pattern
    fields: Mapping[Word, Words]
    meta_names: Mapping[Word, Ordered[Word]]
    element_ids: Mapping[Word, Words]
    script_days: Patterns
    sites: Pattern
    platforms: Words
    persons: Pattern
    title_tails: Pattern
    furniture_names: Pattern
    page_furniture: tuple[BoilerplateRule, ...]
    counting: Mapping[Word, Word]

    @cached_property
    def boilerplate_pattern(self) -> re.Pattern[str]:
        """All boilerplate rules as one pattern."""
        return re.compile("|".join(f"(?:{rule.pattern})" for rule in self.boilerplate))

    @cached_property
    def title_pattern(self) -> re.Pattern[str]:
        """Match what may be a policy's title, whole."""
        endings = "|".join(sorted(self.title_endings, key=len, reverse=True))
        return re.compile(rf"[^。;!?,]{{4,80}}(?:{endings})[》」]?(?:{self.title_notes[:-1]})?")

    @cached_property
    def issuer_pattern(self) -> re.Pattern[str]:
        """Match the body that issues, before a verb of issuing."""
        ends, verbs = "|".join(self.issuer_endings), "|".join(self.issuing_verbs)
        between = "|".join(self.issuing_adverbs)
        return re.compile(rf"(?:^|[,。;、:\s])([^,。;、:\s《》0-9]{{2,28}}?(?:{ends}))(?:{between})?(?:{verbs})")

    @cached_property
    def _reports(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        """Match titles of reports, their first paragraphs, and the first paragraphs of policies."""
        title, lead, formal = ("|".join(words) for words in (self.report_titles, self.report_leads, self.formal_leads))
        return re.compile(title), re.compile(lead), re.compile(formal)

    def is_no_title(self, line: str) -> bool:
        """Tell whether a line cannot be a title: 返回顶部, 通知公告, a number, those whom a notice is for."""
        folded = fold(line).strip()
        named = any(re.fullmatch(pattern, folded) for pattern in (*self.not_titles, self.number))
        return named or self.is_page_furniture(line) or not folded

    def type_of(self, kind: str, title: str, lines: Sequence[str] = ()) -> str:
        """Return the type of a document: that of what its title prints, else its own, else what the text calls itself.

        Of a long title the end tells. `OTHER` where nothing tells.
        """
        short = [fold(line).strip() for line in lines[:_LINES] if len(line) <= _SHORT]
        said = (re.search(self.own_names, fold(line)) for line in lines[:_LEAD])
        own = [match["name"] for match in said if match][:1]
        names = [*self._printed(fold(title).strip()[-_TITLE:]), *own]
        return next(filter(None, (self._type(kind, name, short) for name in names)), OTHER)

    def _printed(self, title: str) -> Iterator[str]:
        """Yield the titles that a title prints, from the innermost to itself."""
        if match := next(filter(None, (re.search(pattern, title) for pattern in self.printing)), None):
            yield from self._printed(match["what"].strip(_QUOTES))
        yield title

    def _type(self, kind: str, title: str, lines: Sequence[str]) -> str:
        bare = title.strip(_QUOTES)
        notes = re.search(rf"(?:{self.title_notes[:-1]}\s*){{1,3}}$", bare)
        note = notes.group() if notes else ""
        bare = bare.removesuffix(note).strip(_QUOTES)
        return next((rule.type for rule in self.document_types if rule.holds(kind, bare, note, lines)), "")

    def is_byline(self, paragraph: str) -> bool:
        """Tell whether a paragraph, or a line beside the text, says who wrote a report or from whom it was heard."""
        return any(re.search(pattern, fold(paragraph)) for pattern in self.bylines)

    def is_dateline(self, paragraph: str) -> bool:
        """Tell whether a paragraph begins with the agency that sends it: 新华社北京5月1日电."""
        return bool(re.search(self.dateline, fold(paragraph[:40])))

    def is_report_title(self, title: str) -> bool:
        """Tell whether a title says what a body did: 某市出台…方案, …会议召开."""
        return bool(self._reports[0].search(fold(title).strip()))

    def is_report_lead(self, paragraph: str) -> bool:
        """Tell whether a first paragraph tells what happened and when: 近日，…召开."""
        return bool(self._reports[1].search(fold(paragraph))) and not self.is_formal(paragraph)

    def is_formal(self, paragraph: str) -> bool:
        """Tell whether a first paragraph is a policy's: whom it is for, why and on what ground it is made."""
        return bool(self._reports[2].search(fold(paragraph).strip()))

    def is_own(self, value: str) -> bool:
        """Tell whether a page calls itself its source (本网), which says less than its metadata."""
        return value.strip() in self.own_sources

    def is_boilerplate(self, block: str) -> bool:
        """Tell whether a block is page furniture rather than article."""
        return bool(self.boilerplate_pattern.search(fold(block)))

    @cached_property
    def _page_pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{rule.pattern})" for rule in self.page_furniture))

    def is_page_furniture(self, block: str) -> bool:
        """Tell whether a block of a whole page belongs to the site: breadcrumbs, buttons, the footer."""
        return bool(self._page_pattern.search(fold(block).strip()))

    @cached_property
    def loose_label(self) -> re.Pattern[str]:
        """Match a label, in brackets, with a colon or with neither: its value tells whether it is one."""
        plain = [label for field in ("number", "issuer", "date", "published") for label in self.fields[field]]
        chosen = sorted((label for label in plain if len(label) > 2 or label in self.fields["number"]), key=len)
        labels = "|".join(r"\s*".join(label) for label in reversed(chosen))
        return re.compile(rf"(?:^|(?<=[\s|;,()\[\]]))({labels})\s*[)\]]?\s*:?\s*")

    @cached_property
    def number_label(self) -> str:
        """A pattern of the labels of a number, with what may part them from it."""
        labels = "|".join(r"\s*".join(label) for label in sorted(self.fields["number"], key=len, reverse=True))
        return rf"(?:[\[【(（]?(?:{labels})[\]】)）]?\s*[:：]?\s*)"

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The field that each label names (发文字号: number)."""
        return {label: field for field, labels in self.fields.items() for label in labels}

    @cached_property
    def label_pattern(self) -> re.Pattern[str]:
        """Match a label with its colon, at the head of a text or after a blank or a bar; blanks may part its signs."""
        labels = "|".join(r"\s*".join(label) for label in sorted(self.labels, key=len, reverse=True))
        return re.compile(rf"(?:^|(?<=[\s|;,()\[\]]))({labels})\s*:\s*")


def load_document_words(root: Path) -> DocumentWords:
    """Load ``lexicons/documents.yaml`` under `root` and hold its rules against their examples.

    Raises LexiconError with file and line for what does not fit, and with file for an example that a rule misses.
    """
    path = root / "lexicons" / "documents.yaml"
    words = load_yaml(path, DocumentWords)
    for rule in (*words.boilerplate, *words.page_furniture):
        _check(path, rule)
    for type_ in words.document_types:
        _check_type(path, type_, words)
    return words


def _check_type(path: Path, rule: DocumentTypeRule, words: DocumentWords) -> None:
    for example in (*rule.examples, *rule.counterexamples):
        found = words.type_of(rule.kind or "policy", example.partition("\n")[0], example.split("\n")[1:])
        if (found == rule.type) != (example in rule.examples):
            raise LexiconError(
                str(path), f"{example} is of type {found} by the rules, {rule.type} is tried", "mend them"
            )


def _check(path: Path, rule: BoilerplateRule) -> None:
    for example in (*rule.examples, *rule.counterexamples):
        if (re.search(rule.pattern, fold(example)) is None) == (example in rule.examples):
            raise LexiconError(
                str(path), f"pattern {rule.pattern} reads {example} otherwise than it says", "mend either"
            )
