"""The command line: help, data on standard output, talk on standard error, exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import ROOT, SEEDS, call_kg, kg_process, run_kg

from kg import workflows
from kg.cli.main import COMMANDS, main
from kg.documents import read_documents
from kg.lexicons import Lexicons
from kg.query import list_queries

GOLD_KEYS = {
    "citation": {"document", "title", "number", "relation", "cue", "quote", "start", "end", "cited"},
    "assignment": {"kind", "quote", "occurrence", "participants"},
    "deadline": {"kind", "measure", "precision", "from", "due", "every", "words", "quote", "at"},
    "entity": {"kind", "type", "mention"},
    "target": {"kind", "indicator", "value", "unit", "deadline", "quote"},
    "qualitative-target": {"kind", "indicator", "value", "unit", "deadline", "quote"},
    "measure": {"kind", "path", "starts", "actors", "instruments", "regions"},
    "action": {
        "kind",
        "act",
        "cue",
        "status",
        "actors",
        "instruments",
        "addressees",
        "beneficiaries",
        "regions",
        "quote",
    },
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_shows_an_example(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    shown = CliRunner().invoke(main, [name, "--help"])
    assert shown.exit_code == 0
    assert shown.output == CliRunner().invoke(main, [name, "-h"]).output
    assert re.search(rf"^ +(?:echo .*\| )?kg {name} \S+", shown.output, re.MULTILINE), "no example"
    assert len(command.get_short_help_str(200)) > 20
    for parameter in command.params:
        if isinstance(parameter, click.Option) and "--help" not in parameter.opts:
            assert parameter.help, f"--{parameter.name} says nothing"


def test_the_help_of_all_lists_every_command() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    modules = {
        path.stem for path in (ROOT / "kg" / "cli").glob("*.py") if f"def {path.stem}(" in path.read_text("utf-8")
    }
    assert set(COMMANDS) == modules - {"main"}
    assert all(re.search(rf"^  {name} +\S", shown, re.MULTILINE) for name in COMMANDS)
    assert "牵头" in shown


def test_version() -> None:
    assert kg_process("--version").stdout == f"kg, version {version('zhengce-kg')}\n"


def test_the_script_of_the_package_is_the_command() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    module, _, name = scripts["kg"].partition(":")
    assert getattr(import_module(module), name) is main


# arguments, what the message says, reason
USAGE = [
    ([], "Usage: ", "no command"),
    (["nothing"], "No such command", "an unknown command"),
    (["build", "seeds"], "Missing option '-o'", "no folder"),
    (["build", "-o", "x"], "Missing argument 'PATH...'", "no paths"),
    (["build", "seeds", "-o", "README.md"], "is a file", "a file in place of a folder"),
    (["build", "seeds", "-o", "x", "--workers", "0"], "--workers", "no worker"),
    (["extract"], "Missing argument", "no paths"),
    (["query"], "give the name of a query", "no query"),
    (["query", "who-leads"], "--graph", "no graph"),
    (["query", "who-leads", "--graph", "exports", "-p", "x"], "write it as NAME=VALUE", "no value"),
    (["query", "who-leads", "--graph", "exports", "-p", "x=1"], "has no parameter x", "an unknown parameter"),
    (["query", "co-leads", "--graph", "exports", "-p", "min=two"], "is no whole number", "a parameter of another type"),
    (["query", "who-leads", "--graph", "exports", "--format", "xml"], "--format", "an unknown format"),
    (["query", "who-leads", "--graph", "exports", "--format", "turtle"], "CONSTRUCT", "rows are no Turtle"),
    (["evaluate", "seeds"], "--gold", "no gold"),
]


@pytest.mark.parametrize(("arguments", "message", "reason"), USAGE, ids=[row[-1] for row in USAGE])
def test_usage_errors_exit_2(arguments: list[str], message: str, reason: str) -> None:
    done = CliRunner().invoke(main, arguments, env={"COLUMNS": "200"})
    assert done.exit_code == 2, reason
    assert message in done.output, reason


# arguments, what the line says, reason
FAULTS = [
    (["extract", "nowhere"], "nowhere: no such file or folder", "a missing path"),
    (["extract", "*.xyz"], "nothing matches the pattern", "a glob without match"),
    (["query", "who-knows", "--graph", "exports"], "who-knows: there is no such named query", "an unknown query"),
    (["query", "who-leads", "--graph", "nowhere"], "there is no such graph", "a missing graph"),
    (["query", "who-leads", "--graph", "README.md"], "is no graph format", "a file that is no graph"),
    (["query", "nowhere.rq", "--graph", "exports"], "nowhere.rq: cannot be read", "a missing file with a query"),
    (["query", "SELECT * {", "--graph", "exports"], "query: ", "a query that does not parse"),
    (
        ["query", "SELECT * { SERVICE <http://a.example/> {} }", "--graph", "exports"],
        "SERVICE is not allowed",
        "the net",
    ),
    (["validate", "nowhere"], "there is no such graph", "a missing graph"),
    (["view", "nowhere", "-o", "x.html"], "there is no such graph", "a missing graph"),
    (["extract", "seeds", "--map", "body=x"], "is for no known key; map one of text, title", "a key nobody knows"),
    (["build", "seeds", "-o", "x", "--map", "text"], "is no KEY=COLUMN", "a mapping without a column"),
    (["evaluate", "--gold", "kg", "seeds"], "holds no .jsonl", "a folder without gold"),
]


@pytest.mark.parametrize(("arguments", "message", "reason"), FAULTS, ids=[" ".join(row[0])[:40] for row in FAULTS])
def test_faults_are_one_line_on_standard_error_and_exit_1(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str, reason: str
) -> None:
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(main, arguments)
    assert (done.exit_code, done.stdout) == (1, ""), reason
    assert done.stderr.startswith("error: "), reason
    assert done.stderr.count("\n") == 1, reason
    assert message in done.stderr, reason


# ---- extract


def test_extract_prints_the_records_of_the_guide_with_places_and_iris(lexicons: Lexicons) -> None:
    records = [json.loads(line) for line in run_kg("extract", "seeds").splitlines()]
    assert {record["kind"] for record in records} == set(GOLD_KEYS)
    texts = {f"seeds/{path.name}": read_documents(str(path), lexicons.documents)[0].text for path in SEEDS}
    for record in records:
        assert GOLD_KEYS[record["kind"]] <= set(record)
        words = texts[record["document"]][record["start"] : record["end"]]
        match record["kind"]:
            case "entity":
                assert words == record["mention"]
                assert f"/id/{record['type']}/" in record["iri"]
            case "measure":
                assert record["starts"][:8] in words
                assert "/id/measure/" in record["iri"]
            case "action":
                assert words == record["quote"]
                assert record["cue"] in words
                assert "/id/action/" in record["iri"]
            case "assignment":
                assert words == record["quote"]
                assert all(re.search(r"/id/(?:agency|group)/", p["iri"]) for p in record["participants"])
            case _:
                assert words == record["quote"]


def test_occurrence_counts_the_same_words_before(lexicons: Lexicons) -> None:
    text = "某省绿色发展实施方案\n一、推进甲。（省财政厅牵头）\n二、推进乙。（省财政厅牵头）\n"
    lines = run_kg("extract", "-", stdin=text).splitlines()
    clauses = [record for record in map(json.loads, lines) if record["kind"] == "assignment"]
    assert [(clause["quote"], clause["occurrence"]) for clause in clauses] == [
        ("（省财政厅牵头）", 1),
        ("（省财政厅牵头）", 2),
    ]
    assert lexicons.version


def test_a_dash_is_standard_input() -> None:
    given = run_kg("extract", "-", stdin=SEEDS[0].read_bytes())
    named = run_kg("extract", f"seeds/{SEEDS[0].name}")
    assert given.replace('"document": "-"', f'"document": "seeds/{SEEDS[0].name}"') == named


def test_empty_standard_input_is_told() -> None:
    done = call_kg("extract", "-", stdin="")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("error: -: the file is empty")


def test_another_base_moves_every_iri() -> None:
    lines = run_kg("extract", f"seeds/{SEEDS[0].name}", "--base", "http://a.example/").splitlines()
    assert {json.loads(line)["iri"][:17] for line in lines} == {"http://a.example/"}


def test_a_corpus_is_mapped_by_option(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text('题,甲,乙\n方案,"一、推进甲。（省财政厅牵头）",丙〔2022〕1号\n', encoding="utf-8")
    given = run_kg("extract", tmp_path / "c.csv", "--map", "text=甲,number=乙", "--map", "title=题")
    clauses = [record for record in map(json.loads, given.splitlines()) if record["kind"] == "assignment"]
    assert [clause["document"] for clause in clauses] == [f"{tmp_path / 'c.csv'}:2"]
    done = call_kg("extract", tmp_path / "c.csv", "--map", "text=丙")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: {tmp_path / 'c.csv'}: has no column 丙; map text to one of: 题, 甲, 乙\n"


def test_extract_skips_what_cannot_be_read_and_strict_does_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    done = call_kg("extract", tmp_path / "a.txt", SEEDS[0])
    assert (done.returncode, done.stdout) == (0, run_kg("extract", SEEDS[0]))
    assert done.stderr == f"skipped: {tmp_path / 'a.txt'}: the file is empty; fetch the document again\n"
    assert call_kg("extract", tmp_path / "a.txt", SEEDS[0], "--strict").returncode == 1


def test_extract_takes_a_definition() -> None:
    done = call_kg("extract", SEEDS[0], "--definition", "no-such-group=1")
    assert done.returncode == 1
    assert "guangdong-coast" in done.stderr
    assert run_kg("extract", SEEDS[2], "--definition", "guangdong-coast=1")


# ---- talk


@pytest.fixture
def many(tmp_path: Path) -> Path:
    for number in range(7):
        shutil.copy(SEEDS[0], tmp_path / f"{number}.txt")
    return tmp_path


def test_no_progress_bar_where_nobody_looks(many: Path) -> None:
    assert call_kg("extract", many).stderr == ""


@pytest.mark.parametrize(("files", "shown"), [(7, True), (2, False)])
def test_a_progress_bar_on_a_terminal_for_more_than_a_few_files(many: Path, files: int, shown: bool) -> None:
    paths = [str(path) for path in sorted(many.iterdir())[:files]]
    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "kg", "extract", *paths]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=writer, check=True)
    os.close(writer)
    try:
        seen = os.read(reader, 10_000).decode()
    except OSError:  # a terminal to which nothing was written ends with an error
        seen = ""
    os.close(reader)
    assert ("reading" in seen) == shown
    assert (f"{files}/{files}" in seen) == shown
    assert all(json.loads(line) for line in done.stdout.decode().splitlines()), "the bar is not among the data"


def test_a_reader_that_goes_away_is_no_fault() -> None:
    command = [sys.executable, "-m", "kg", "extract", "seeds"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


# what is printed, reason
FULL = [
    (["--help"], "help"),
    (["extract", str(SEEDS[0])], "lines"),
    (["export", "exports", "--format", "ntriples"], "bytes"),
]


@pytest.mark.parametrize(("arguments", "reason"), FULL, ids=[row[-1] for row in FULL])
def test_a_full_disk_is_one_line(arguments: list[str], reason: str) -> None:
    command = [sys.executable, "-m", "kg", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    line = "error: output: cannot be written (No space left on device); make room for it\n"
    assert (done.returncode, done.stderr) == (1, line), reason


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_ended_leaves_the_old_files_and_no_other(
    tmp_path: Path, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "graph.ttl").write_text("old", encoding="utf-8")
    process = os.fork()
    if not process:
        code = 0
        try:
            monkeypatch.setattr(workflows, "write_view", lambda *_, **__: os.kill(os.getpid(), number))
            main(["build", str(SEEDS[0]), "-o", str(tmp_path / "out")])
        except SystemExit as error:
            code = int(error.code or 0)
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 128 + number
    assert [item.name for item in tmp_path.rglob("*")] == ["out", "graph.ttl"]


def test_signals_are_given_back_and_those_that_are_ignored_stay_so(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    seen = []
    monkeypatch.setattr(click.Group, "invoke", lambda *_: seen.append(signal.getsignal(signal.SIGHUP)))
    CliRunner().invoke(main, ["query"])
    assert seen == [signal.SIG_IGN]
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    signal.signal(signal.SIGHUP, before)


ESCAPE, SHOWN = "\x1b[31m\x9b2J\x07", r"\x1b[31m\x9b2J\x07"


def test_no_text_moves_the_terminal(tmp_path: Path) -> None:
    (tmp_path / f"{ESCAPE}.txt").write_text("", encoding="utf-8")
    faults = CliRunner().invoke(main, ["extract", str(tmp_path)])
    assert f"error: {tmp_path}/{SHOWN}.txt: the file is empty" in faults.stderr
    (tmp_path / "g.ttl").write_text(f'<http://a.example/s> <http://a.example/p> "{ESCAPE}甲" .', encoding="utf-8")
    asked = ["query", "SELECT ?o { ?s ?p ?o }", "--graph", str(tmp_path / "g.ttl")]
    for format_, shown in (("table", f"{SHOWN}甲"), ("csv", f"{ESCAPE}甲")):
        assert shown in CliRunner().invoke(main, [*asked, "--format", format_]).stdout, format_


def test_build_says_what_it_made_on_standard_error(tmp_path: Path) -> None:
    done = call_kg("build", "seeds", "-o", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, "")
    first, *others = done.stderr.splitlines()
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert first.startswith("6 documents, 5 of these news, 46 measures, ")
    assert all(f"{count['number']} {count['en']}" in first for count in report["counts"].values() if count["number"])
    assert first.endswith(f"; {report['triples']['all']} triples in {tmp_path / 'out'}/")
    assert others == ["read: 5 txt", f"left alone: 1 .yaml; see {tmp_path}/out/report.json"]


# ---- query


def test_list_tells_every_query_in_both_languages() -> None:
    listed = run_kg("query", "--list")
    for query in list_queries():
        assert f"{query.name}\n    {query.zh}\n    {query.en}\n" in listed
        assert all(f"    --{parameter.name} " in listed for parameter in query.parameters)
    assert len(list_queries()) >= 17


ONE_ROW = ("crowded-measures", "-p", "min=12")


def test_formats(built: Path) -> None:
    table = run_kg("query", *ONE_ROW, "--graph", built)
    assert re.search(r"二/（三）/4 +支持重点领域碳达峰行动 +14\n\Z", table)
    rows = list(csv.DictReader(io.StringIO(run_kg("query", *ONE_ROW, "--graph", built, "--format", "csv"))))
    assert [(row["path"], row["bodies"]) for row in rows] == [("二/（三）/4", "14")]
    answer = json.loads(run_kg("query", *ONE_ROW, "--graph", built, "--format", "json"))
    assert [row["bodies"]["value"] for row in answer["results"]["bindings"]] == ["14"]


# query, format, what is printed, reason
ASKED = [
    ("ASK { ?m a zc:Measure }", "table", '"boolean": true', "yes or no"),
    ("CONSTRUCT { ?m a zc:Measure } WHERE { ?m a zc:Measure }", "turtle", "a zc:Measure", "a graph is Turtle"),
    (
        "SELECT (COUNT(*) AS ?n) { ?m a zc:Target ; zc:valueText ?v }",
        "csv",
        "n\r\n4\r\n",
        "prefixes need no declaration",
    ),
]


@pytest.mark.parametrize(("query", "format_", "printed", "reason"), ASKED)
def test_sparql_from_standard_input_and_from_a_file(
    built: Path, tmp_path: Path, query: str, format_: str, printed: str, reason: str
) -> None:
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    given = call_kg("query", "-", "--graph", built, "--format", format_, stdin=query)
    assert given.returncode == 0, given.stderr
    assert printed in given.stdout, reason
    assert run_kg("query", tmp_path / "q.rq", "--graph", built, "--format", format_) == given.stdout, reason


# ---- validate and view


def test_validate_says_no_violations(built: Path) -> None:
    done = call_kg("validate", built)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no violations\n")


def test_validate_tells_a_broken_graph_in_words_and_exits_1(built: Path, tmp_path: Path) -> None:
    lines = (built / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    role = next(number for number, line in enumerate(lines) if "ontology#role>" in line)
    broken = tmp_path / "broken.nq"
    broken.write_text("".join(lines[:role] + lines[role + 1 :]), encoding="utf-8")
    done = call_kg("validate", broken)
    assert done.returncode == 1
    assert "violation" in done.stdout
    assert re.search(r"[\u4e00-\u9fff]", done.stdout)
    assert "https://w3id.org/zhengce/id/assignment/" in done.stdout


@pytest.mark.parametrize("engine", ["page", "pyvis"])
def test_view_writes_one_file(built: Path, tmp_path: Path, engine: str) -> None:
    done = call_kg("view", built, "-o", tmp_path / "graph.html", "--engine", engine)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]
    page = (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert "广东省地方金融" in page or json.dumps("广东省地方金融")[1:-1] in page
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']https?:", page)
