"""The habits of the house, checked: layers, words in the data and not in the code, small functions, docstrings."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import grimp
import networkx as nx
import pytest
from conftest import ROOT, SEEDS

CODE = sorted((ROOT / "kg").rglob("*.py"))
TESTS = sorted((ROOT / "tests").glob("*.py"))
HAN = re.compile(r"[\u3400-\u9fff]")

# What the code may not exceed: lowered whenever it can be, never raised.
LONGEST_FUNCTION = 50
LONGEST_FILE = 300
MOST_FILES = 246  # aim: 185
LONGEST_CHAIN = 13  # modules that import one another in a row
MOST_PROCESSES = 24  # places in the tests that start a process
# kind of fact, how many folders name it; aim: 3
FOLDERS = [("Action", 5), ("Assignment", 4), ("Citation", 6), ("Measure", 6), ("Target", 6)]

Defined = ast.Module | ast.ClassDef | ast.FunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def source_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(source_of(path), name_of(path))


def definitions(tree: ast.Module) -> Iterator[Defined]:
    return (node for node in ast.walk(tree) if isinstance(node, Defined))


def docstring_lines(tree: ast.Module) -> set[int]:
    """Return the line numbers that docstrings fill."""
    first = (node.body[0] for node in definitions(tree) if ast.get_docstring(node, clean=False) is not None)
    return {line for node in first for line in range(node.lineno, (node.end_lineno or 0) + 1)}


def han_in_code(source: str) -> list[tuple[int, str]]:
    """Return the tokens that hold a Han character outside docstrings and comments, with their lines."""
    documented = docstring_lines(ast.parse(source))
    return [
        (token.start[0], token.string)
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type != tokenize.COMMENT and token.start[0] not in documented and HAN.search(token.string)
    ]


# source, tokens found, reason
SOURCES = [
    ('"""说明"""\nX = 1  # 注\n', [], "docstrings and comments are free"),
    ('X = "财政厅"\n', [(1, '"财政厅"')], "a string"),
    ('def f():\n    """说明"""\n    return "部"\n', [(3, '"部"')], "a string after a docstring"),
    ('X = "、。（"\n', [], "signs are no words"),
    ('X = 1\n"""not\n财政"""\n', [(2, '"""not\n财政"""')], "a bare string that documents nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "found", "reason"), SOURCES)
def test_the_check_for_han_finds_them(source: str, found: list[tuple[int, str]], reason: str) -> None:
    assert han_in_code(source) == found, reason


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_words_about_the_world_live_in_the_ontology(path: Path) -> None:
    assert han_in_code(source_of(path)) == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_functions_and_modules_are_small(path: Path) -> None:
    tree = parse(path)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    long = [f"{f.name}: {(f.end_lineno or 0) - f.lineno + 1}" for f in functions
            if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION]  # fmt: skip
    assert long == []
    assert len(source_of(path).splitlines()) <= LONGEST_FILE


def test_files_are_few() -> None:
    assert len(CODE) <= MOST_FILES, "let an existing module grow, or bring two together that serve each other"


def kinds_named(tree: ast.Module, module: str, kind: str) -> set[str]:
    """Return the types (TargetFinder) and modules (targets, target_times) of a kind of fact that a module names."""
    types, modules = set(), {module}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.ClassDef(name=name) | ast.alias(name=name):
                types.add(name)
            case ast.ImportFrom(module=str(path)):
                modules.update(path.split("."))
    named = {name for name in types if re.search(rf"{kind}s?(?![a-z])", name)}
    return named | {name for name in modules if re.fullmatch(rf"{kind.lower()}s?(?:_[a-z_]+)?", name)}


# source, module, what it names of targets, reason
NAMING = [
    ("class TargetFinder: ...", "finder", {"TargetFinder"}, "a type that finds them"),
    ("from kg.model.types import Fact, Target", "x", {"Target"}, "an import of the type"),
    ("from kg.extractors.targets.times import deadlines", "x", {"targets"}, "an import from its folder"),
    ("", "targets", {"targets"}, "a module of its own"),
    ("edge.target = targets", "x", set(), "an end of an edge, and a variable"),
    ("Targeted = 1", "targeted", set(), "another word"),
]


@pytest.mark.parametrize(("source", "module", "found", "reason"), NAMING, ids=[row[-1] for row in NAMING])
def test_what_names_a_kind_of_fact(source: str, module: str, found: set[str], reason: str) -> None:
    assert kinds_named(ast.parse(source), module, "Target") == found, reason


@pytest.mark.parametrize(("kind", "most"), FOLDERS)
def test_a_kind_of_fact_lies_in_few_folders(kind: str, most: int) -> None:
    folders = {name_of(path.parent) for path in CODE if kinds_named(parse(path), path.stem, kind)}
    assert 0 < len(folders) <= most, sorted(folders)


def public(body: list[ast.stmt]) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Yield the public definitions of a module or a class, and those inside public classes."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_what_is_public_has_a_docstring(path: Path) -> None:
    tree = parse(path)
    assert ast.get_docstring(tree)
    assert [node.name for node in public(tree.body) if not ast.get_docstring(node)] == []


def test_the_layers_hold() -> None:
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_no_chain_of_imports_is_long() -> None:
    graph = grimp.build_graph("kg", cache_dir=None)
    imports: nx.DiGraph[str] = nx.DiGraph(
        (one, other) for one in graph.modules for other in graph.find_modules_directly_imported_by(one)
    )
    chain = nx.dag_longest_path(imports)  # raises where modules import one another in a circle
    assert 1 < len(chain) <= LONGEST_CHAIN, " > ".join(chain)


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = (
        "import sys, kg, kg.cli.main; print(sorted({'rdflib', 'pyshacl', 'networkx', 'pyoxigraph'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def fingerprints() -> set[str]:
    """What would betray that a document is treated by itself: names, ids, titles and parts of them."""
    names = {part for path in SEEDS for part in (path.name, path.stem, path.stem.partition("_")[2])}
    heads = (re.search(r"^title: (.*)$", source_of(path), re.MULTILINE) for path in SEEDS)
    titles = {head.group(1).strip("'\" ") for head in heads if head}
    policy = "广东省发展绿色金融支持碳达峰行动"
    return names | titles | {policy} | {title.partition("：")[2] for title in titles if "：" in title}


@pytest.mark.parametrize("words", sorted(fingerprints()))
def test_no_document_is_treated_by_itself(words: str) -> None:
    assert len(words) >= 8
    data = [path for path in (ROOT / "ontology").rglob("*") if path.suffix in {".yaml", ".csv", ".ttl", ".rq", ".txt"}]
    for path in (path for path in [*CODE, *data] if words in source_of(path)):
        lines = source_of(path).splitlines()
        held = [
            line for line in lines if words in line and not line.lstrip().startswith(("#", ">>>", "- {id", "examples"))
        ]
        assert held == [], name_of(path)


# The one place that catches every error: where a source is given up as a whole, and its user is told.
CATCHES_ALL = {"kg/processes/worker.py": 1}


def test_no_broad_except_and_nothing_swallowed() -> None:
    caught = Counter[str]()
    for path in CODE:
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.ExceptHandler):
                kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                broad = any(k is None or getattr(k, "id", "") in {"Exception", "BaseException"} for k in kinds)
                passed_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
                caught[name_of(path)] += broad and not passed_on
                assert not isinstance(node.body[0], ast.Pass), f"{path}:{node.lineno}"
    assert +caught == CATCHES_ALL


# The one module that is there to speak to the network.
NETWORK = {"kg/push/client.py": {"requests"}}


def test_no_clock_no_chance_and_no_network_in_the_library() -> None:
    banned = {"random", "time", "socket", "urllib.request", "requests", "http.client", "uuid", "secrets"}
    for path in CODE:
        for node in ast.walk(parse(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not set(names) & banned - NETWORK.get(name_of(path), set()), name_of(path)


# ---- the tests themselves


def test_tables_of_cases_are_told_apart() -> None:
    """A row that stands twice in a row tests nothing the second time."""
    for path in TESTS:
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.List) and len(node.elts) > 2 and isinstance(node.elts[0], ast.Tuple):
                rows = sorted(ast.unparse(row) for row in node.elts)
                assert all(one != other for one, other in pairwise(rows)), f"{path}:{node.lineno}"


def calls(node: ast.AST) -> list[str]:
    """Return the last name of each function that is called."""
    named = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return [
        each.attr if isinstance(each, ast.Attribute) else each.id if isinstance(each, ast.Name) else ""
        for each in named
    ]


def unfounded(tree: ast.Module) -> list[str]:
    """Return the tests that assert nothing, and the assertions in which nothing stands that could change."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    asserting = {"raises", "fail", "check_examples"}
    while more := {each.name for each in functions if asserts(each, asserting)} - asserting:
        asserting |= more
    tests = [each for each in functions if each.name.startswith("test_")]
    constant = [
        f"line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert)
        and not any(isinstance(part, ast.Name | ast.Call) for part in ast.walk(node.test))
    ]
    return [each.name for each in tests if each.name not in asserting] + constant


def asserts(function: ast.FunctionDef, asserting: set[str]) -> bool:
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or not asserting.isdisjoint(calls(function))


# source of tests, what cannot fail, reason
UNFOUNDED = [
    ("def test_a():\n    assert f() == 1", [], "an assertion"),
    ("def test_a():\n    f()", ["test_a"], "only a call"),
    ("def test_a():\n    with pytest.raises(E):\n        f()", [], "an error that must come"),
    ("def test_a():\n    check(1)\ndef check(x):\n    assert x", [], "a helper that asserts"),
    ("def test_a():\n    assert 'words'", ["line 2"], "an assertion of what cannot change"),
    ("def test_a():\n    assert (1, 2) == (1, 2)", ["line 2"], "a comparison of what cannot change"),
]


@pytest.mark.parametrize(("source", "found", "reason"), UNFOUNDED, ids=[row[-1] for row in UNFOUNDED])
def test_what_a_test_must_have_to_fail(source: str, found: list[str], reason: str) -> None:
    assert unfounded(ast.parse(source)) == found, reason


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_every_test_can_fail(path: Path) -> None:
    assert unfounded(parse(path)) == []


def test_few_tests_start_a_process() -> None:
    """Each costs seconds; `call_kg` in conftest.py runs the command within the process of the tests."""
    started = {path.name: calls(parse(path)) for path in TESTS if path.name != "conftest.py"}
    places = {name: sum(each in {"kg_process", "run", "Popen"} for each in found) for name, found in started.items()}
    assert 0 < sum(places.values()) <= MOST_PROCESSES, places
