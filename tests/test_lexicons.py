"""The domain data: what is wrong in a file is caught on loading, with the file and the entry or line named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ExtractText

from kg.checks.validate import validate
from kg.errors import KgError, LexiconError
from kg.extractors.agencies.names import NameReader
from kg.extractors.agencies.parsed_names import Formed, LocalOffice
from kg.extractors.assignments import Assignment
from kg.extractors.reader import Reader
from kg.extractors.regions.standpoint import Standpoint
from kg.extractors.registry import load_extractors
from kg.graph import Reference
from kg.lexicons import Lexicons, load_lexicons, ontology_root
from kg.lexicons.acts import load_acts
from kg.lexicons.agencies import load_agencies
from kg.lexicons.announcements import load_announcements
from kg.lexicons.citations import load_citations
from kg.lexicons.corpora import load_corpus_words
from kg.lexicons.cues import load_cues
from kg.lexicons.deadlines import load_deadlines
from kg.lexicons.documents import load_document_words
from kg.lexicons.files import load_yaml
from kg.lexicons.instruments import load_instruments
from kg.lexicons.levels import JurisdictionWords
from kg.lexicons.numbering import load_numbering
from kg.lexicons.regions import load_regions
from kg.lexicons.targets import load_targets
from kg.model.entities import Agency
from kg.query import list_queries, run_query
from kg.store import load

LEX = "lexicons/"

# file, what loads it
LOADERS: dict[str, Callable[[Path], object]] = {
    LEX + "acts.yaml": load_acts,
    LEX + "agencies.yaml": load_agencies,
    LEX + "announcements.yaml": load_announcements,
    LEX + "central.yaml": load_agencies,
    LEX + "citations.yaml": load_citations,
    LEX + "corpora.yaml": load_corpus_words,
    LEX + "cues.yaml": load_cues,
    LEX + "deadlines.yaml": load_deadlines,
    LEX + "documents.yaml": load_document_words,
    LEX + "instruments.yaml": load_instruments,
    LEX + "jurisdictions.yaml": lambda root: load_yaml(root / LEX / "jurisdictions.yaml", JurisdictionWords),
    LEX + "levels.yaml": load_agencies,
    LEX + "numbering.yaml": load_numbering,
    LEX + "reforms.yaml": load_agencies,
    LEX + "region-cues.yaml": load_regions,
    LEX + "region-groups.yaml": load_regions,
    LEX + "targets.yaml": load_targets,
    "regions.csv": load_regions,
    "VERSION": load_lexicons,
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ontology_root(), tmp_path / "ontology"))


def spoil(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old}: mend this row"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# file, words to replace, by what, what the error names, reason
FAULTS = [
    (
        LEX + "agencies.yaml",
        "    full: 发展和改革\n",
        "    ful: 发展和改革\n",
        "development-reform",
        "a key misspelled",
    ),
    (
        LEX + "agencies.yaml",
        "id: development-reform-statistics\n",
        "id: development-reform\n",
        "the id development-reform stands twice",
        "an id twice",
    ),
    (
        LEX + "agencies.yaml",
        "types: [commission, bureau, department]",
        "types: [commision]",
        "entry development-reform",
        "an unknown type",
    ),
    (
        LEX + "agencies.yaml",
        "examples: [省发展改革委,",
        "examples: [省财政厅,",
        "entry development-reform",
        "an example that the entry does not make",
    ),
    (LEX + "agencies.yaml", "examples: [团省委", "examples: [省委", "entry youth-league", "an inverted example"),
    (
        LEX + "agencies.yaml",
        "examples: [人民银行广州分行",
        "examples: [建设银行广州分行",
        "entry pbc-regional-branch",
        "an example of an office",
    ),
    (
        LEX + "agencies.yaml",
        "examples: [广东金融监管局",
        "examples: [广东金融局",
        "entry nfra-bureau",
        "an example of a shared name",
    ),
    (LEX + "agencies.yaml", "short: [发展改革, 发改]", 'short: [发展改革, ""]', "development-reform", "an empty word"),
    (
        LEX + "agencies.yaml",
        "short: [发展改革统计,",
        "short: [发展改革, 发展改革统计,",
        "is made by development-reform and by development-reform-statistics",
        "a form that makes two bodies",
    ),
    (LEX + "agencies.yaml", "types:\n", "types: [\n", "agencies.yaml:", "no YAML, the line named"),
    (LEX + "central.yaml", "id: state-council\n", "id: mfa\n", "the id mfa stands twice", "an id twice"),
    (
        LEX + "central.yaml",
        "names: [中央人民政府]",
        "names: [外交部]",
        "外交部 stands on state-council and mfa at one time",
        "a label on two bodies at one time",
    ),
    (LEX + "central.yaml", "parent: cpc-central\n", "parent: cpc\n", "entry cpc-general-office", "an unknown parent"),
    (LEX + "central.yaml", "branch: party\n", "branch: parti\n", "cpc-central", "an unknown branch"),
    (
        LEX + "central.yaml",
        'valid: {from: "", to: ""}',
        'valid: {from: "gestern", to: ""}',
        "entry cpc-central",
        "a date that is none",
    ),
    (
        LEX + "central.yaml",
        'valid: {from: "", to: ""}',
        'valid: {from: "2018-03-01", to: "2013-03-01"}',
        "entry cpc-central ends",
        "an end before the start",
    ),
    (
        LEX + "jurisdictions.yaml",
        'county: "[',
        'county: "([',
        "bodies.county",
        "a pattern that is none",
    ),
    (LEX + "levels.yaml", "{word: 省, level: province}", "{word: 省, level: state}", "levels[", "an unknown level"),
    (LEX + "levels.yaml", "type_levels: {department:", "type_levels: {departement:", "departement", "an unknown type"),
    (LEX + "levels.yaml", "governments: [", 'governments: ["", ', "governments", "an empty word"),
    (LEX + "reforms.yaml", 'date: "2013-03-14"', 'date: "14.3.2013"', "entry railways-2013", "a date of another form"),
    (LEX + "reforms.yaml", "before: [mor]", "before: [mof-railways]", "entry railways-2013", "an unknown body"),
    (LEX + "reforms.yaml", "id: health-2013", "id: railways-2013", "railways-2013 stands twice", "an id twice"),
    (LEX + "acts.yaml", "words: [鼓励, 激励]", "words: [鼓励, 支持]", "支持 stands twice", "a verb of two acts"),
    (LEX + "acts.yaml", "id: guide,", "id: support,", "the id support stands twice", "an act twice"),
    (LEX + "acts.yaml", "openers: [", 'openers: ["(", ', "openers", "a pattern that is none"),
    (LEX + "announcements.yaml", "openers: [", 'openers: ["(", ', "openers", "a pattern that is none"),
    (LEX + "announcements.yaml", "intentions: [", 'intentions: ["", ', "intentions", "an empty word"),
    (LEX + "announcements.yaml", "ceremonial:", "ceremony:", "announcements.yaml", "a key misspelled"),
    (
        LEX + "cues.yaml",
        "  - {word: 配合, says: support,",
        "  - {word: 牵头, says: support, as: [suffix]}\n  - {word: 配合, says: support,",
        "in roles, 牵头 stands 2 times",
        "a word of two roles",
    ),
    (LEX + "cues.yaml", "copulas: [为, ", 'copulas: [为, "", ', "copulas", "an empty word"),
    (LEX + "cues.yaml", "{word: 牵头, says:", '{word: "", says:', "roles", "an empty word for a role"),
    (LEX + "cues.yaml", "{word: 会办, says: support", "{word: 会办, says: supports", "roles", "an unknown role"),
    (
        LEX + "cues.yaml",
        "{word: 会办, says: support",
        "{word: 会办, role: support",
        "roles",
        "an unknown key of a word",
    ),
    (
        LEX + "cues.yaml",
        "{word: 会办, says: support, as: [label]}",
        "{word: 会办, says: support, as: [labels]}",
        "roles",
        "an unknown use",
    ),
    (
        LEX + "cues.yaml",
        "{word: 会办, says: support, as: [label]}",
        "{word: 会办, as: [label]}",
        "会办 has the uses label, which need a role",
        "a label that says no role",
    ),
    (
        LEX + "cues.yaml",
        "{word: 会办, says: support, as: [label]}",
        "{word: 会办, says: support, as: [label, agent]}",
        "会办 has the uses agent, which support cannot have",
        "a duty that says another role",
    ),
    (
        LEX + "cues.yaml",
        "says: support, as: [suffix, object, prose,",
        "says: support, as: [suffix, prose,",
        "no word that says support has the use object",
        "a use without words",
    ),
    (LEX + "cues.yaml", 'deadlines:\n  - "', 'deadlines:\n  - "(', "deadlines", "a pattern that is none"),
    (LEX + "cues.yaml", '"（）", ', '"（", ', "brackets", "a bracket that nothing closes"),
    (LEX + "cues.yaml", "copulas: [为,", "copulas: [为, [", "cues.yaml:", "no YAML, the line named"),
    (LEX + "corpora.yaml", "  jurisdiction:", "  place:", "jurisdiction", "a key that no document has"),
    (LEX + "corpora.yaml", "number: [文号", "number: [标题", "the column 标题 stands under two keys", "a name twice"),
    (LEX + "corpora.yaml", "  news: [", "  press: [", "corpora.yaml", "an unknown kind"),
    (LEX + "documents.yaml", 'examples: ["责任编辑：郑景"]', 'examples: ["郑景"]', "郑景", "an example not matched"),
    (
        LEX + "documents.yaml",
        'counterexamples: ["责任编辑部门',
        'counterexamples: ["编辑：部门',
        "编辑：部门",
        "a counterexample that matches",
    ),
    (LEX + "documents.yaml", 'signed_day: "', 'signed_day: "(', "signed_day", "a pattern that is none"),
    (LEX + "documents.yaml", "number:", "nummer:", "documents.yaml", "a key misspelled"),
    (
        LEX + "numbering.yaml",
        "examples: [第一章 总则]",
        "examples: [卷一]",
        "style chapter misses its example 卷一",
        "an example",
    ),
    (LEX + "numbering.yaml", "id: bracket-arabic,", "id: bracket,", "the id bracket stands twice", "an id twice"),
    (LEX + "numbering.yaml", 'goals: "(?:', 'goals: "((?:', "headings.goals", "a pattern that is none"),
    (LEX + "numbering.yaml", "rank: 0", "rank: zero", "chapter", "no number"),
    (
        LEX + "instruments.yaml",
        "id: green-unsecured-loan",
        "id: green-credit",
        "green-credit stands twice",
        "an id twice",
    ),
    (
        LEX + "instruments.yaml",
        "family: credit, alt: [绿色贷款]",
        "family: credits, alt: [绿色贷款]",
        "entry green-credit",
        "an unknown family",
    ),
    (LEX + "instruments.yaml", "alt: [绿色贷款]", "alt: [首贷]", "首贷 stands twice", "a label on two concepts"),
    (LEX + "instruments.yaml", "howlett: treasure", "howlett: money", "lending", "no class of Howlett's"),
    (LEX + "region-groups.yaml", "- id: prd\n", "- id: jjj\n", "jjj", "an id twice"),
    (
        LEX + "region-groups.yaml",
        "names: [京津冀地区, 京津冀城市群]",
        "names: [珠三角]",
        "珠三角",
        "a label on two groups",
    ),
    (LEX + "region-cues.yaml", '"310115"', '"319999"', "浦东", "an unknown code"),
    (LEX + "targets.yaml", "{id: at-least,", "{id: at-last,", "at-last", "an unknown comparator"),
    (LEX + "deadlines.yaml", "每半年: P6M", "每半年: 6M", "每半年", "a recurrence that is no duration"),
    (LEX + "citations.yaml", "id: repeals", "id: ends", "ends", "an unknown relation"),
    (LEX + "citations.yaml", "unmarked_title:", "unmarked:", "unmarked", "a key misspelled"),
    (LEX + "central.yaml", "nicknames:", "nickname:", "cpc-central", "a key misspelled"),
    (LEX + "levels.yaml", "zone_heads:", "zone_head:", "zone_head", "a key misspelled"),
    (LEX + "region-groups.yaml", "kind: group", "kinds: group", "kinds", "a key misspelled"),
    (LEX + "instruments.yaml", "pref:", "prefer:", "prefer", "a key misspelled"),
    (LEX + "region-cues.yaml", "phrases:", "phrase:", "phrase", "a key misspelled"),
    (LEX + "targets.yaml", "verb: 翻", "verbum: 翻", "doublings", "a key misspelled"),
    ("regions.csv", "370212,崂山区", "370211,崂山区", "370211", "a code twice"),
    (
        "regions.csv",
        "110101,东城区,东城,county,110000",
        "110101,东城区,东城,county,119999",
        "110101",
        "an unknown parent",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "named", "reason"), FAULTS, ids=[f"{r[0]}-{r[-1]}" for r in FAULTS])
def test_a_seeded_fault_is_caught(copy: Path, file: str, old: str, new: str, named: str, reason: str) -> None:
    spoil(copy, file, old, new)
    with pytest.raises(LexiconError) as caught:
        LOADERS[file](copy)
    message = str(caught.value)
    assert str(copy / file) in message, reason
    assert named in message, reason
    assert "\n" not in message, reason


def test_every_data_file_has_a_seeded_fault() -> None:
    files = {path.relative_to(ontology_root()).as_posix() for path in ontology_root().rglob("*.yaml")}
    assert files | {"regions.csv"} == {row[0] for row in FAULTS}


DATA = sorted({row[0] for row in FAULTS} | {"VERSION"})


@pytest.mark.parametrize("file", DATA)
def test_a_missing_file_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    with pytest.raises(LexiconError, match=re.escape(str(copy / file))):
        LOADERS[file](copy)


@pytest.mark.parametrize("file", DATA)
def test_a_file_in_another_encoding_is_named(copy: Path, file: str) -> None:
    (copy / file).write_bytes("地区：上海".encode("gb18030"))
    with pytest.raises(LexiconError, match=re.escape(str(copy / file))):
        LOADERS[file](copy)


# words to replace in instruments.yaml, by what, what the error names
EXAMPLES = [
    ("examples: [提高首贷占比]", "examples: [提高贷款占比]", "first-loan"),
    ("counterexamples: [提高首贷户比率]", "counterexamples: [提高首贷占比]", "first-loan"),
]


@pytest.mark.parametrize(("old", "new", "named"), EXAMPLES)
def test_a_reader_holds_the_instruments_against_their_examples(copy: Path, old: str, new: str, named: str) -> None:
    spoil(copy, LEX + "instruments.yaml", old, new)
    with pytest.raises(LexiconError, match=named):
        Reader(load_lexicons(copy))


# words to replace in acts.yaml, by what, what the error names
ACTS = [
    ("examples: [鼓励金融机构", "examples: [金融机构", "encourage.*misses its example"),
    ("counterexamples: [鼓励类产业名录", "counterexamples: [鼓励产业名录", "encourage.*takes its counterexample"),
]


@pytest.mark.parametrize(("old", "new", "named"), ACTS)
def test_the_acts_are_held_against_their_examples(copy: Path, old: str, new: str, named: str) -> None:
    spoil(copy, LEX + "acts.yaml", old, new)
    with pytest.raises(LexiconError, match=named):
        load_extractors(load_lexicons(copy))


# words to replace in ontology.ttl, by what, what the error names, reason
ONTOLOGY = [
    ("@prefix", "@prefixx", "ontology.ttl", "no Turtle"),
    ('skos:notation "rz-supply"', 'skos:hiddenLabel "rz-supply"', "skos:notation", "a category without its notation"),
]


@pytest.mark.parametrize(("old", "new", "named", "reason"), ONTOLOGY)
def test_a_fault_in_the_ontology_is_caught_where_it_is_read(
    copy: Path, lexicons: Lexicons, old: str, new: str, named: str, reason: str
) -> None:
    spoil(copy, "ontology.ttl", old, new)
    with pytest.raises(LexiconError) as caught:
        Reference.of(replace(lexicons, root=copy))
    assert str(copy / "ontology.ttl") in str(caught.value), reason
    assert named in str(caught.value), reason


def test_a_fault_in_the_shapes_is_caught_where_they_are_read(copy: Path) -> None:
    spoil(copy, "shapes.ttl", "sh:NodeShape", "sh:NodeShape [")
    with pytest.raises(KgError, match=re.escape(str(copy / "shapes.ttl"))):
        validate(load([]), copy / "shapes.ttl")


@pytest.mark.parametrize("query", [query.name for query in list_queries()])
def test_a_fault_in_a_query_is_caught_where_it_is_run(copy: Path, query: str) -> None:
    spoil(copy, f"queries/{query}.rq", "SELECT", "SELEKT")
    with pytest.raises(KgError, match=query):
        run_query(load([]), query, folder=copy / "queries")


def test_a_query_without_its_question_is_named(copy: Path) -> None:
    spoil(copy, "queries/who-leads.rq", "# zh:", "# cn:")
    with pytest.raises(KgError, match=r"who-leads\.rq"):
        list_queries(copy / "queries")


def test_loading_twice_gives_the_same(lexicons: Lexicons) -> None:
    again = load_lexicons()
    assert (again.version, again.documents, again.numbering) == (
        lexicons.version,
        lexicons.documents,
        lexicons.numbering,
    )
    assert (again.cues.words, again.targets) == (lexicons.cues.words, lexicons.targets)
    assert list(again.agencies.stems) == list(lexicons.agencies.stems)


def test_no_label_means_two_bodies_at_one_time(lexicons: Lexicons) -> None:
    """Said again here, over all pairs, in the simplest way there is."""
    labels = [(label, body) for body in lexicons.agencies.central for label in body.labels]
    for label, body in labels:
        others = [other for word, other in labels if word == label and other is not body]
        assert not any(body.validity.overlaps(other.validity) for other in others), label


def test_a_shared_name_is_the_office_where_and_while_it_stands(lexicons: Lexicons) -> None:
    reader = NameReader(lexicons.agencies)
    home = lexicons.regions.by_id("440000")
    pairs = [(office, shared) for office in lexicons.agencies.words.offices for shared in office.shared]
    assert pairs
    for office, shared in pairs:
        on, before = (Standpoint(lexicons.regions, home, day) for day in (office.validity.start, "2023-05-01"))
        meant = {word: reader.read(word, on) for word in (*shared.examples, *shared.counterexamples)}
        assert {word for word, name in meant.items() if isinstance(name, LocalOffice) and name.office is office} == set(
            shared.examples
        )
        earlier = [reader.read(word, before) for word in shared.examples]
        assert all(isinstance(name, Formed) for name in earlier), "a department of the place"


# a list of bodies, the day of the document, the body it means, reason
NEWER, OLDER = "国家金融监督管理总局山东监管局", "山东省地方金融监督管理局"
SHARED = [
    ("山东金融监管局", "2025-03-01", {NEWER}, "the office, since there is one"),
    ("山东金融监管局", "2022-03-01", {OLDER}, "the department: there was no office yet"),
    ("山东省金融监管局", "2025-03-01", {OLDER}, "a name with 省 is the province's"),
    ("山东省地方金融监管局、山东金融监管局", "2025-03-01", {OLDER, NEWER}, "both"),
]


@pytest.mark.parametrize(("bodies", "day", "meant", "reason"), SHARED, ids=[row[-1] for row in SHARED])
def test_a_clause_names_the_office_or_the_department(
    extract_text: ExtractText, bodies: str, day: str, meant: set[str], reason: str
) -> None:
    text = f"---\ndate: {day}\n---\n山东省绿色金融实施方案\n一、发展绿色信贷\n鼓励银行发行绿色债券。（{bodies}负责）\n"
    found = {
        participant.body.official
        for done in extract_text(text)
        for fact in done.of(Assignment)
        for participant in fact.participants
        if isinstance(participant.body, Agency)
    }
    assert found == meant, reason
