"""The parameters of named queries as options of ``kg query``, and the page that lists the queries."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

from kg.cli.main import main
from kg.cli.query import query
from kg.query import NamedQuery, list_queries
from tools.query_page import query_page


def ask(*arguments: str | Path) -> tuple[int, str]:
    """Run ``kg query`` and return its exit code and what it prints."""
    result = CliRunner().invoke(main, ["query", *map(str, arguments)])
    return result.exit_code, result.output


SAME = [
    ("leads", "--agency", "省财政厅", "--year", "2022"),
    ("--year", "2022", "leads", "--agency=财政厅"),
    ("leads", "-p", "agency=广东省财政厅", "--year", "2022"),
    ("leads", "-p", "agency=省科技厅", "-p", "year=2022", "--agency", "省财政厅"),  # an option goes before -p
]


@pytest.mark.parametrize("arguments", SAME, ids=" ".join)
def test_parameters_are_options(built: Path, arguments: tuple[str, ...]) -> None:
    code, output = ask("--graph", built, "--format", "csv", *arguments)
    rows = list(csv.DictReader(io.StringIO(output)))
    assert code == 0
    assert [(row["agency"], row["path"]) for row in rows] == [("广东省财政厅", "二/（七）/1")]


ERRORS = [
    (("leads", "--agancy", "x"), "leads has no parameter --agancy; it takes --agency, --year, --document"),
    (("targets-unowned", "--by", "2025"), "targets-unowned has no parameter --by; it takes no parameters"),
    (("leds", "--agency", "x"), "kg query --list"),
    (("co-leads", "--min", "many"), "min: 'many' is no whole number; give one such as 3"),
    (("targets-due", "--by", "abc"), "by: 'abc' is no year; give one such as 2025"),
    (("leads", "-p", "year=abc"), "year: 'abc' is no year"),
    (("leads", "-p", "yaer=2022"), "has no parameter yaer; it takes agency, year, document"),
    (("merged-tasks", "--parts", "maybe"), "parts: 'maybe' is none of yes, no"),
    (("instrument-mix-of-levels", "--level", "village"), "is none of country, province, prefecture, county, zone"),
    (("leads", "-p", "agency"), "write it as NAME=VALUE"),
]


@pytest.mark.parametrize(("arguments", "message"), ERRORS)
def test_wrong_parameters_are_told(built: Path, arguments: tuple[str, ...], message: str) -> None:
    code, output = ask("--graph", built, *arguments)
    assert code == 2, "a usage error"
    assert message in output


# the question, what standard error says, reason
NAMES = [
    (("leads", "--agency", "没有此局"), "no body is called 没有此局\n", "nothing like it"),
    (("leads", "--agency", "省财政听"), "no body is called 省财政听; near: 省财政厅", "one character is wrong"),
    (
        ("leads", "--agency", "省财政厅", "--year", "1999"),
        "no document is of 1999; there are of 2021, 2022",
        "no such year",
    ),
    (
        ("leads", "--agency", "国家金融监督管理总局广东监管局"),
        "中国银行保险监督管理委员会广东监管局 became 国家金融监督管理总局广东监管局\n",
        "the body of today has done nothing as yet, the one before it has",
    ),
    (("who-leads", "--measure", "无此措施"), "nothing in the graph fits measure 无此措施\n", "a part of no label"),
    (("citation-chain", "--document", "方案"), "", "there are rows"),
    (("leads", "--agency", "省财政厅"), "", "there are rows"),
]


@pytest.mark.parametrize(("arguments", "said", "reason"), NAMES, ids=[row[-1] for row in NAMES])
def test_a_name_nothing_bears_is_told_beside_the_rows(
    built: Path, arguments: tuple[str, ...], said: str, reason: str
) -> None:
    result = CliRunner().invoke(main, ["query", *arguments, "--graph", str(built), "--format", "csv"])
    assert result.exit_code == 0
    assert result.stdout
    assert result.stderr.startswith(said), reason
    assert bool(result.stderr) is bool(said)


OFFICES = ["广东金融监管局", "金融监管总局广东监管局", "国家金融监管总局广东监管局", "国家金融监督管理总局广东监管局"]


@pytest.mark.parametrize("name", OFFICES)
def test_an_office_that_no_document_names_is_found_by_its_short_names(built: Path, name: str) -> None:
    code, output = ask("merged-tasks", "--agency", name, "--graph", built, "--format", "csv")
    assert code == 0
    assert {row["body"] for row in csv.DictReader(io.StringIO(output))} == {"国家金融监督管理总局广东监管局"}


def test_a_folder_may_be_called_as_a_query_is() -> None:
    code, output = ask("--graph", "leads", "co-leads", "--help")
    assert code == 0
    assert "--min" in output
    assert "--agency" not in output


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_help_tells_the_question_and_the_parameters(query: NamedQuery) -> None:
    code, output = ask(query.name, "--help")
    words = "".join(output.split())
    assert code == 0
    assert "".join(query.zh.split()) in words
    assert all(f"--{parameter.name}" in output for parameter in query.parameters)


def test_no_parameter_is_named_as_an_option_of_the_command() -> None:
    own = {name.lstrip("-") for option in query.params for name in option.opts} | {"help", "h"}
    assert not own & {parameter.name for query in list_queries() for parameter in query.parameters}


def test_the_committed_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "queries.md").read_text(encoding="utf-8") == query_page(), "run: make docs"


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_the_example_of_the_page_runs(built: Path, query: NamedQuery) -> None:
    line = next(line for line in query_page().splitlines() if line.startswith("|") and f"| `{query.name}` |" in line)
    example = line.rsplit("`", 2)[1].split()
    code, output = ask(*(str(built) if word == "exports" else word for word in example[2:]))
    assert code == 0, output
