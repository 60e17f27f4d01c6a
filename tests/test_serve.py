"""A real server over a build of the seeds, used by curl, by SPARQLWrapper and by a browser."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
import rdflib
import requests
from conftest import ROOT, kg_process
from playwright.sync_api import Browser
from pyoxigraph import NamedNode, RdfFormat, Store
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from kg.errors import QueryError
from kg.graph.namespaces import prefixes
from kg.model.ids import BASE
from kg.query import Solutions, list_queries, run_query
from kg.serve import Limits, Settings
from kg.serve.answering import Asked, Refused, names_graphs
from kg.serve.pages import Addresses
from kg.serve.workers import Pool
from kg.store import open_store

MAX_ROWS, SHORT = 700, 1
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
INFERRED, REFERENCE = f"{BASE}graph/inferred", f"{BASE}graph/reference"
SELECT, ASK, CONSTRUCT = (
    "SELECT ?s { ?s a zc:Measure } LIMIT 3",
    "ASK { ?s a zc:Measure }",
    "CONSTRUCT { ?s a zc:Measure } WHERE { ?s a zc:Measure }",
)
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def rows(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.body)["results"]["bindings"]
        return found


@dataclass
class Server:
    """A running server and what it says on standard error."""

    url: str
    process: subprocess.Popen[str]
    said: list[str]

    def get(self, path: str, *options: str) -> Reply:
        done = subprocess.run(
            ["curl", "-sS", "-i", "--path-as-is", "-H", "Expect:", *options, self.url + path],
            capture_output=True,
            check=True,
        )
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return Reply(int(status.split()[1]), headers, body)

    def ask(self, query: str, *options: str, **values: str) -> Reply:
        form = [part for name, value in values.items() for part in ("--data-urlencode", f"{name}={value}")]
        return self.get("sparql", "--data-urlencode", f"query={query}", *form, *options)


@contextmanager
def serving(graph: Path, *options: str) -> Iterator[Server]:
    """Start ``kg serve`` on a free port, wait for its address, and end it as Ctrl-C does."""
    with started("-m", "kg", "serve", str(graph), "--port", "0", *options) as server:
        yield server


@contextmanager
def started(*arguments: str) -> Iterator[Server]:
    """Start a Python process that serves, wait for the address it tells, and end it as Ctrl-C does."""
    command = [sys.executable, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # Where the tests run in the background Ctrl-C is ignored, and a process that they start would inherit that.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env=environment, preexec_fn=heed)
    assert process.stderr is not None
    said: list[str] = []
    for line in process.stderr:
        said.append(line)
        if line.startswith("serving"):
            break
    found = re.search(r"http://\S+/", said[-1])
    assert found, said
    reader = threading.Thread(target=lambda: said.extend(process.stderr or ()))
    reader.start()
    try:
        yield Server(found[0], process, said)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        reader.join(timeout=20)


@pytest.fixture(scope="module")
def server(built: Path) -> Iterator[Server]:
    limits = ("--max-rows", str(MAX_ROWS), "--max-body", "9000")
    with serving(built, *limits) as running:
        yield running


@pytest.fixture(scope="module")
def short(built: Path) -> Iterator[Server]:
    """A server that gives a query no time and lets some origins in."""
    origin = ("--cors", "https://example.org", "--allow-host", "kg.example.org")
    with serving(built, "--timeout", str(SHORT), *origin) as running:
        yield running


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    return open_store(built)


def test_it_is_served_from_python(tmp_path: Path) -> None:
    quad = f"<{BASE}measure/x> <{prefixes()['rdf']}type> <{prefixes()['zc']}Measure> .\n"
    (tmp_path / "graph.nq").write_text(quad, encoding="utf-8")
    code = f"from kg import api; api.serve({str(tmp_path)!r}, port=0)"
    with started("-c", code) as served:
        assert served.get("sparql?query=ASK%7B%3Fs%20a%20zc%3AMeasure%7D", "-H", "Accept: text/csv").status == 200


# --- the protocol, by standard clients ---


def converted(wrapper: SPARQLWrapper) -> Any:
    return wrapper.query().convert()


def client(server: Server, query: str, format_: str) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(f"{server.url}sparql", returnFormat=format_)
    wrapper.setQuery("".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items()) + query)
    return wrapper


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_reads_rows_in_every_format(server: Server, method: str) -> None:
    query = "SELECT ?b ?n { ?b a zc:Regulator ; skos:prefLabel ?n FILTER(LANG(?n) = 'zh') } ORDER BY ?b LIMIT 2"
    found = {}
    for format_ in (JSON, XML, CSV, TSV):
        wrapper = client(server, query, format_)
        wrapper.setMethod(method)
        found[format_] = converted(wrapper)
    rows = [(row["b"]["value"], row["n"]["value"]) for row in found[JSON]["results"]["bindings"]]
    assert len(rows) == 2
    assert [tuple(line.split(",")) for line in found[CSV].decode().splitlines()[1:]] == rows
    assert [line.split("\t")[0] for line in found[TSV].decode().splitlines()[1:]] == [f"<{b}>" for b, _ in rows]
    texts = [node.firstChild.data for node in found[XML].getElementsByTagName("uri")]
    assert texts == [b for b, _ in rows]


def test_sparqlwrapper_posts_a_query_directly_and_reads_graphs(server: Server) -> None:
    wrapper = client(server, CONSTRUCT, TURTLE)
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(POSTDIRECTLY)
    turtle = rdflib.Graph().parse(data=converted(wrapper), format="turtle")
    xml = converted(client(server, CONSTRUCT, RDFXML))
    assert len(turtle) == len(xml) > 10
    assert set(turtle) == set(xml)
    assert converted(client(server, ASK, JSON))["boolean"] is True


# query, Accept, content type that comes back
ACCEPTED = [
    (SELECT, "*/*", "application/sparql-results+json"),
    (SELECT, "application/sparql-results+json", "application/sparql-results+json"),
    (SELECT, "application/json", "application/json"),
    (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
    (SELECT, "text/csv", "text/csv; charset=utf-8"),
    (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    (SELECT, "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    (SELECT, "text/csv;q=0.9, application/sparql-results+xml;q=0.2", "text/csv; charset=utf-8"),
    (SELECT, "application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
    (SELECT, "text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
    (SELECT, "text/*", "text/csv; charset=utf-8"),
    (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
    (CONSTRUCT, "*/*", "text/turtle; charset=utf-8"),
    (CONSTRUCT, "text/turtle", "text/turtle; charset=utf-8"),
    (CONSTRUCT, "application/n-triples", "application/n-triples"),
    (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
    (CONSTRUCT, "application/ld+json", "application/ld+json"),
    (CONSTRUCT, "application/trig", "application/trig"),
    (CONSTRUCT, "application/n-quads", "application/n-quads"),
    (CONSTRUCT, "application/sparql-results+json, application/ld+json;q=0.3", "application/ld+json"),
    (f"DESCRIBE <{REFERENCE}>", "text/turtle;q=0.1, application/n-triples;q=0.2", "application/n-triples"),
]


@pytest.mark.parametrize(("query", "accept", "expected"), ACCEPTED)
def test_the_format_follows_accept(server: Server, query: str, accept: str, expected: str) -> None:
    reply = server.ask(query, "-H", f"Accept: {accept}")
    assert (reply.status, reply.headers["content-type"]) == (200, expected)
    assert "Accept" in reply.headers["vary"]


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_format_goes_before_accept(server: Server, name: str) -> None:
    reply = server.ask(SELECT, "-H", "Accept: text/turtle", format=name)
    assert name.replace("tsv", "tab-separated") in reply.headers["content-type"]


GRAPH_FORMATS = {
    "ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD, "trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS,
}  # fmt: skip


def triples_of(body: bytes, format_: RdfFormat) -> set[str]:
    """Return the triples as a store has them: 1.0 and 1 are the same number."""
    store = Store()
    store.bulk_load(body, format=format_)
    return {str(quad.triple) for quad in store}


def test_every_format_of_graphs_holds_the_same_triples(server: Server, store: Store) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a zc:Assignment ; ?p ?o } ORDER BY ?s ?p ?o LIMIT 300"
    wanted = {str(triple) for triple in store.query(query, use_default_graph_as_union=True, prefixes=prefixes())}  # type: ignore[union-attr]
    for name, format_ in GRAPH_FORMATS.items():
        assert triples_of(server.ask(query, format=name).body, format_) == wanted, name


def test_get_and_both_kinds_of_post_agree(server: Server) -> None:
    query = "SELECT ?s { ?s a zc:Measure } ORDER BY ?s LIMIT 5"
    by_get = server.get(f"sparql?query={quote(query)}")
    direct = server.get("sparql", "-H", "Content-Type: application/sparql-query", "--data-binary", query)
    assert by_get.body == server.ask(query).body == direct.body
    assert len(by_get.rows()) == 5


def test_named_queries_answer_as_the_command_does(server: Server, store: Store) -> None:
    names = [query["name"] for query in json.loads(server.get("queries.json").body)]
    assert names == [query.name for query in list_queries()]
    for name in names:
        text = server.get(f"queries/{name}.rq").text
        answer = run_query(store, name)
        assert isinstance(answer, Solutions)
        assert len(server.ask(text).rows()) == min(len(answer.rows), MAX_ROWS), name


def test_a_parameter_is_put_in_as_a_term(server: Server) -> None:
    nasty = '省财政厅" } SERVICE <http://x/> {'
    reply = server.get(f"queries/agency-tasks.rq?agency={quote(nasty)}")
    assert reply.headers["content-type"].startswith("application/sparql-query")
    assert server.ask(reply.text).rows() == []
    assert len(server.ask(server.get(f"queries/agency-tasks.rq?agency={quote('省财政厅')}").text).rows()) > 3


# --- graphs ---


def counted(reply: Reply) -> int:
    return int(reply.rows()[0]["n"]["value"])


def test_a_query_reads_the_graphs_it_or_the_request_names(server: Server, store: Store) -> None:
    sizes = {
        iri: sum(1 for _ in store.quads_for_pattern(None, None, None, NamedNode(iri))) for iri in (INFERRED, REFERENCE)
    }
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    union = len({quad.triple for quad in store})
    assert counted(server.ask(count.format(""))) == union
    assert counted(server.ask(count.format(f"FROM <{INFERRED}>"))) == sizes[INFERRED]
    assert counted(server.ask(count.format("FROM graph:inferred"))) == sizes[INFERRED], "a prefix of ours"
    assert counted(server.ask(count.format(f"FROM NAMED <{INFERRED}>"))) == 0, "no default graph is named"
    assert counted(server.ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{INFERRED}> {{ ?s ?p ?o }} }}")) == sizes[INFERRED]
    assert counted(server.ask(count.format(""), **{"default-graph-uri": REFERENCE})) == sizes[REFERENCE]
    named = server.ask("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": INFERRED})
    assert counted(named) == sizes[INFERRED]
    over = server.ask(count.format(f"FROM <{INFERRED}>"), **{"default-graph-uri": REFERENCE})
    assert counted(over) == sizes[REFERENCE], "the request goes before the query"


def test_the_service_describes_itself(server: Server, store: Store) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    reply = server.get("sparql", "-H", "Accept: text/turtle")
    found = rdflib.Graph().parse(data=reply.text, format="turtle")
    (service,) = found.subjects(rdflib.RDF.type, sd.Service)
    assert found.value(service, sd.endpoint) == rdflib.URIRef(f"{server.url}sparql")
    assert sd.UnionDefaultGraph in set(found.objects(service, sd.feature))
    assert {str(name) for name in found.objects(None, sd.name)} == {str(g.value) for g in store.named_graphs()}


# Accept, what /sparql without a query gives, reason
DESCRIBED = [
    ("Accept:", "text/turtle; charset=utf-8", "a client that says nothing"),
    ("Accept: */*", "text/turtle; charset=utf-8", "curl"),
    ("Accept: text/*", "text/turtle; charset=utf-8", "any text: no page by name"),
    ("Accept: application/ld+json", "application/ld+json", "RDF by name"),
    ("Accept: text/html;q=0.5, text/turtle", "text/turtle; charset=utf-8", "RDF is liked better"),
    ("Accept: text/html", "/query", "a page by name"),
    ("Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "/query", "a browser"),
]


@pytest.mark.parametrize(("accept", "expected", "reason"), DESCRIBED, ids=[row[-1] for row in DESCRIBED])
def test_a_page_takes_the_place_of_the_description_only_by_name(
    server: Server, accept: str, expected: str, reason: str
) -> None:
    reply = server.get("sparql", "-H", accept)
    if expected.startswith("/"):
        assert (reply.status, reply.headers["location"]) == (303, expected), reason
    else:
        assert (reply.status, reply.headers["content-type"]) == (200, expected), reason


# --- what is refused ---

FORM = "Content-Type: application/x-www-form-urlencoded"
SPARQL = "Content-Type: application/sparql-query"
# path, options of curl, status, what the answer says
REFUSED = [
    ("sparql", ["--data-urlencode", "update=INSERT DATA { <a:> <b:> <c:> }"], 400, "read-only"),
    ("sparql?update=CLEAR%20ALL", [], 400, "read-only"),
    ("sparql", ["-H", "Content-Type: application/sparql-update", "-d", "CLEAR ALL"], 400, "read-only"),
    ("sparql", ["-H", SPARQL, "-d", "LOAD <http://example.org/>"], 400, "LOAD is not allowed"),
    ("sparql", ["-H", SPARQL, "-d", "INSERT DATA { <a:> <b:> <c:> }"], 400, "read-only"),
    ("sparql", ["-H", SPARQL, "-d", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"], 400,
     "SERVICE is not allowed; ask this graph only"),
    ("sparql", ["-H", SPARQL, "-d", "SELECT * { { SERVICE SILENT ?x {} } UNION {} }"], 400, "SERVICE"),
    ("sparql", ["-H", SPARQL, "-d", "SELECT * FROM <http://example.org/> {}"], 400, "no graph of this build"),
    ("sparql", ["-H", SPARQL, "-d", "SELECT * FROM NAMED <file:///etc/passwd> {}"], 400, "no graph of this build"),
    ("sparql?query=ASK%7B%7D&default-graph-uri=http://example.org/", [], 400, "no graph of this build"),
    ("sparql?query=ASK%7B%7D&named-graph-uri=http://example.org/", [], 400, "no graph of this build"),
    ("sparql", ["-H", SPARQL, "-d", "SELECT * { ?s ?p"], 400, "error at 1:17"),
    ("sparql", ["-H", SPARQL, "-d", "SELECT ?x FROM { "], 400, "error at 1:18"),
    ("sparql", ["-H", SPARQL, "-d", ""], 400, "expected"),
    ("sparql", ["-H", FORM, "-d", "a=b"], 400, "no query"),
    ("sparql?query=ASK%7B%7D&query=ASK%7B%7D", [], 400, "more than one query"),
    ("sparql?query=ASK%7B%7D&format=docx", [], 400, "no format 'docx'"),
    ("sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%7D", [], 400, "not UTF-8"),
    ("sparql", ["-H", "Content-Type: text/plain", "-d", "ASK {}"], 415, "application/sparql-query"),
    ("sparql", ["-H", "Content-Type:", "-d", "ASK {}"], 415, "not as nothing"),
    ("sparql?query=ASK%7B%7D", ["-H", "Accept: image/png"], 406, "application/sparql-results+json"),
    ("sparql?query=ASK%7B%7D", ["-H", "Accept: text/turtle"], 406, "application/sparql-results+json"),
    ("sparql?query=DESCRIBE%20%3Ca:%3E&format=csv", [], 406, "text/turtle"),
    ("sparql", ["-H", SPARQL, "-d", "x" * 10000], 413, ""),
    ("sparql", ["-X", "PUT", "-d", "x"], 405, ""),
    ("sparql", ["-X", "DELETE"], 405, ""),
    ("", ["-X", "POST", "-d", "x"], 405, ""),
    ("", ["-H", "Host: example.org"], 421, "--allow-host"),
    ("sparql?query=ASK%7B%7D", ["-H", "Host: localhost.example.org:8433"], 421, "--allow-host"),
    ("sparql?query=ASK%7B%7D", ["-H", "Host: localhost@example.org"], 421, "--allow-host"),
    ("", ["-H", "Host:"], 421, "--allow-host"),
    ("id/agency/nobody", ["-H", "Accept: text/turtle"], 404, "says anything"),
    ("id/agency/pboc", ["-H", "Accept: image/png"], 406, "text/turtle"),
    ("data/agency/pboc.docx", [], 404, "no format docx"),
    ("data/agency/nobody.ttl", [], 404, "says anything"),
    ("resource?iri=no%20iri", ["-H", "Accept: text/turtle"], 404, "says anything"),
    ("resource?iri=%3C%3E", [], 404, "says anything"),
    ("class?iri=http://example.org/", [], 404, "of the class"),
    ("queries/none.rq", [], 404, "queries.json"),
    ("queries/agency-tasks.rq?nobody=1", [], 400, "no parameter nobody"),
    ("queries/targets-due.rq?by=abc", [], 400, "'abc' is no year"),
    ("queries/merged-tasks.rq?parts=maybe", [], 400, "none of yes, no"),
    ("queries/../../../etc/passwd.rq", [], 404, ""),
    ("assets/../app.py", [], 404, ""),
    ("assets/..%2fapp.py", [], 404, ""),
    ("assets/%2e%2e/%2e%2e/cli.py", [], 404, ""),
    ("assets//etc/passwd", [], 404, ""),
    ("assets/templates/base.html", [], 404, "no file"),
    ("assets/vendor/build.sh", [], 404, "no file"),
    ("../../etc/passwd", [], 404, ""),
    ("nowhere", [], 404, ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "options", "status", "says"), REFUSED)
def test_what_may_not_be_is_refused_in_words(
    server: Server, path: str, options: list[str], status: int, says: str
) -> None:
    reply = server.get(path, *options)
    assert (reply.status, says in reply.text) == (status, True), reply.text
    if status == 405:
        assert "GET" in reply.headers["allow"]
    if "server" in reply.headers:
        assert "waitress" in reply.headers["server"], "only what the web server itself refuses"


def test_bodies_that_are_no_text_are_refused(server: Server, tmp_path: Path) -> None:
    (tmp_path / "body").write_bytes(b"ASK { ?s ?p '\xff' }")
    reply = server.get("sparql", "-H", SPARQL, "--data-binary", f"@{tmp_path / 'body'}")
    assert (reply.status, reply.text) == (400, "the request is not UTF-8 text (byte 13)\n")


# query, whether it names graphs or what it is refused for, reason
CHECKED = [
    ("ASK {}", False, "the common case"),
    ("ASK { ?s ?p 'SERVICE <http://x/>' } # FROM <http://x/>", False, "a string and a comment"),
    ("ASK { <http://x/SERVICE> zc:FROM ?service }", False, "an address, a name, a variable"),
    ('ASK { ?s ?p """SERVICE\n<http://x/> {}""" }', False, "a long string"),
    ("ASK FROM <g:1> {}", True, "a graph of the build"),
    ("PREFIX p: <g:> ASK FROM NAMED p:1 {}", True, "by a prefix of its own"),
    ("ASK FROM <g:2> {}", "no graph", "another graph"),
    ("ASK { SERVICE <http://x/> {} }", "SERVICE", "a call"),
    ("ASK { service silent ?x {} }", "SERVICE", "small letters"),
    ("ASK { { FILTER EXISTS { SERVICE <http://x/> {} } } }", "SERVICE", "deep inside"),
    ("ASK { # \r SERVICE <http://x/> {} \n }", "SERVICE", "a comment ends at a carriage return"),
    (
        r'ASK { BIND("\u005C" AS ?x) SERVICE <http://x/> {} } #"',
        "SERVICE",
        "an escape that one parser takes for a sign",
    ),
    ("SELECT (<<( <a:> <a:> <a:> )>> AS ?t) { BIND('from' AS ?x) }", False, "SPARQL 1.2 and a harmless word"),
    ("SELECT (<<( <a:> <a:> <a:> )>> AS ?t) { SERVICE <http://x/> {} }", "SERVICE", "SPARQL 1.2 and a call"),
    ("SELECT (<<( <a:> <a:> <a:> )>> AS ?t) FROM <g:2> {}", "SPARQL 1.2", "graphs that are not read"),
]


@pytest.mark.parametrize(("query", "expected", "reason"), CHECKED)
def test_queries_that_reach_out_are_seen(query: str, expected: bool | str, reason: str) -> None:
    if isinstance(expected, bool):
        assert names_graphs(query, {"g:1"}, prefixes()) is expected, reason
    else:
        with pytest.raises(QueryError, match=expected):
            names_graphs(query, {"g:1"}, prefixes())


def test_a_worker_can_open_no_connection() -> None:
    """Even a call that were not seen would reach nobody."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        script = (
            "import sys; from pyoxigraph import Store; from kg.serve.answering import Limits;"
            "from kg.serve.workers import _close_in; store = Store(); _close_in(Limits());"
            f"list(store.query({query!r}))"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=30)
        assert "Too many open files" in done.stderr
        listener.settimeout(0.1)
        with pytest.raises(TimeoutError):
            listener.accept()


# --- limits ---


def test_a_query_over_its_time_is_stopped_and_the_next_is_answered(short: Server) -> None:
    with ThreadPoolExecutor(8) as threads:
        endless = [threads.submit(short.ask, ENDLESS) for _ in range(2)]
        quick = [threads.submit(short.ask, ASK) for _ in range(4)]
        assert {(each.result().status, each.result().text) for each in endless} == {
            (503, f"the query ran longer than {SHORT} seconds and was stopped\n")
        }
        assert {each.result().status for each in quick} == {200}
    assert short.ask(ASK).status == 200
    assert short.get("").status == 200


def test_there_is_a_place_for_a_quick_query_beside_slow_ones_on_all_processors() -> None:
    assert Settings(Path()).workers == (os.cpu_count() or 1) + 1


def test_a_query_that_finds_no_worker_is_told_to_come_again(built: Path) -> None:
    pool = Pool(built / "graph.nq", Limits(timeout=0.01, wait=0), base=BASE, size=1)
    try:
        refused = pool.ask(Asked(ASK))  # the only worker still reads the graph
        assert isinstance(refused, Refused)
        assert (refused.status, refused.retry) == (503, True)
        assert "busy" in refused.reason
    finally:
        pool.close()


def test_a_query_that_ends_its_worker_is_told_and_the_next_is_answered(short: Server) -> None:
    deep = "SELECT * " + "{" * 2200 + "}" * 2200
    assert short.get("sparql", "-H", SPARQL, "-d", deep).status in {400, 500}
    huge = "SELECT (GROUP_CONCAT(?c) AS ?n) { ?x schema:text ?c . ?d ?e ?f . ?g ?h ?i }"
    assert short.ask(huge).status in {500, 503}
    assert short.ask(ASK).status == 200


def test_many_queries_at_once_are_answered_alike(server: Server) -> None:
    query = "SELECT ?s ?o { ?s zc:leadAgency ?o } ORDER BY ?s ?o"
    with ThreadPoolExecutor(8) as threads:
        bodies = {reply.body for reply in threads.map(server.ask, [query] * 40)}
    assert len(bodies) == 1


def test_rows_beyond_the_limit_are_cut_and_the_header_says_so(server: Server) -> None:
    reply = server.ask("SELECT * { ?s ?p ?o }")
    assert (len(reply.rows()), reply.headers["kg-truncated"]) == (MAX_ROWS, str(MAX_ROWS))
    table = server.ask("SELECT * { ?s ?p ?o }", format="csv").text
    assert len(list(csv.reader(io.StringIO(table, newline="")))) == MAX_ROWS + 1
    triples = server.ask("CONSTRUCT WHERE { ?s ?p ?o }", format="nt")
    assert (len(triples.text.splitlines()), triples.headers["kg-truncated"]) == (MAX_ROWS, str(MAX_ROWS))
    exact = server.ask(f"SELECT * {{ ?s ?p ?o }} LIMIT {MAX_ROWS}")
    assert (len(exact.rows()), "kg-truncated" in exact.headers) == (MAX_ROWS, False)


# query, the row in JSON, reason
VALUES = [
    ("SELECT * {}", {}, "no variables, one row"),
    ("SELECT ?a {}", {}, "not bound"),
    (r'SELECT ("a\tb\n\"\\\r" AS ?a) {}', {"a": {"type": "literal", "value": 'a\tb\n"\\\r'}}, "signs that TSV escapes"),
    ("SELECT ('财政'@zh AS ?a) {}", {"a": {"type": "literal", "value": "财政", "xml:lang": "zh"}}, "a language"),
    ("SELECT (1.50 AS ?a) {}",
     {"a": {"type": "literal", "value": "1.5", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"}}, "a number"),
    ("SELECT ('' AS ?a) {}", {"a": {"type": "literal", "value": ""}}, "empty text is not no value"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "row", "reason"), VALUES)
def test_values_come_through_whole(server: Server, query: str, row: dict[str, Any], reason: str) -> None:
    assert server.ask(query).rows() == [row], reason


# --- things ---


def things(store: Store) -> list[str]:
    """Return a few IRIs of every kind of thing: of each path below the base, and of each class."""
    kinds: dict[str, list[str]] = {}
    for quad in store:
        nodes = [node.value for node in (quad.subject, quad.object) if isinstance(node, NamedNode)]
        for iri in nodes:
            if iri.startswith(BASE):
                kinds.setdefault(iri.removeprefix(BASE).split("/")[0], []).append(iri)
        if quad.predicate.value.endswith("#type") and nodes[0].startswith(BASE):
            kinds.setdefault(nodes[-1], []).append(nodes[0])
    return sorted({iri for found in kinds.values() for iri in (min(found), max(found))})


def test_every_iri_of_the_graph_has_a_place_of_its_own(store: Store) -> None:
    addresses = Addresses(BASE)
    nodes = {node.value for quad in store for node in quad.triple if isinstance(node, NamedNode)}
    own = {iri for iri in nodes if iri.startswith(BASE)}
    assert len(own) > 1000
    for iri in own:
        path = addresses.path(iri)
        assert path.startswith("/id/")
        assert addresses.iri(unquote(path.removeprefix("/id/"))) == iri


def test_things_dereference_to_a_page_and_to_every_format(server: Server, store: Store) -> None:
    sample = things(store)
    assert {iri.removeprefix(BASE).split("/")[0] for iri in sample} >= {
        "agency", "assignment", "document", "evidence", "graph", "group", "instrument", "measure", "region", "section",
        "source", "target", "activity", "dataset", "reform",
    }  # fmt: skip
    for iri in sample:
        path = iri.removeprefix(BASE)
        first = server.get(f"id/{path}", "-H", "Accept: text/html")
        assert (first.status, first.headers["location"]) == (303, f"/page/{path}")
        page = server.get(f"page/{path}")
        assert (page.status, page.headers["content-type"]) == (200, HTML)
        assert iri in page.text
        assert f"/data/{path}.jsonld" in page.headers["link"]


def test_data_of_a_thing_is_what_the_graph_says_of_it(server: Server, store: Store) -> None:
    iri = f"{BASE}agency/440000-finance-department"
    node = NamedNode(iri)
    pairs = [*store.quads_for_pattern(node, None, None), *store.quads_for_pattern(None, None, node)]
    wanted = {str(quad.triple) for quad in pairs}
    path = iri.removeprefix(BASE)
    for name, format_ in GRAPH_FORMATS.items():
        reply = server.get(f"data/{path}.{name}")
        assert triples_of(reply.body, format_) == wanted, name
        assert f"/page/{path}" in reply.headers["link"]


# Accept, where /id/agency/pboc leads
PLACES = [
    ("*/*", "/page/agency/pboc"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "/page/agency/pboc"),
    ("text/turtle", "/data/agency/pboc.ttl"),
    ("application/ld+json", "/data/agency/pboc.jsonld"),
    ("application/n-triples", "/data/agency/pboc.nt"),
    ("application/rdf+xml", "/data/agency/pboc.rdf"),
    ("text/html;q=0.2, text/turtle;q=0.8", "/data/agency/pboc.ttl"),
]


@pytest.mark.parametrize(("accept", "place"), PLACES)
def test_a_thing_leads_to_the_document_that_is_wanted(server: Server, accept: str, place: str) -> None:
    reply = server.get("id/agency/pboc", "-H", f"Accept: {accept}")
    assert (reply.status, reply.headers["location"]) == (303, place)
    assert reply.headers["vary"] == "Accept"


def test_the_page_of_an_assignment_shows_its_sentence(server: Server) -> None:
    query = """SELECT ?a ?exact { ?a a zc:Assignment ; zc:evidence/oa:exact ?exact }
        ORDER BY ?a LIMIT 5"""
    for row in server.ask(query).rows():
        page = server.get(f"page/{row['a']['value'].removeprefix(BASE)}").text
        assert f"<mark>{row['exact']['value']}</mark>" in page


def test_the_ontology_dereferences(server: Server) -> None:
    page = server.get("ontology", "-H", "Accept: text/html")
    assert 'id="leadAgency"' in page.text
    assert 'id="Lead"' in page.text
    wanted = rdflib.Graph().parse(ROOT / "ontology" / "ontology.ttl")
    for accept, format_ in (("text/turtle", "turtle"), ("application/ld+json", "json-ld")):
        reply = server.get("ontology", "-H", f"Accept: {accept}")
        assert set(rdflib.Graph().parse(data=reply.text, format=format_)) == set(wanted)
    elsewhere = server.get(f"resource?iri={quote('https://schema.org/NewsArticle')}", "-H", "Accept: text/html")
    assert (elsewhere.status, "schema:NewsArticle" in elsewhere.text) == (200, True)


def test_pages_help_to_find(server: Server) -> None:
    found = server.get(f"search?q={quote('人民银行')}").text
    assert 'href="/id/agency/pboc"' in found
    missed = server.get("id/agency/pbocx", "-H", "Accept: text/html")
    assert (missed.status, 'href="/id/agency/pboc"' in missed.text) == (404, True)


def status_of(address: str) -> int:
    """Ask for a page without curl, which takes longer than the answer."""
    return requests.get(address, headers={"Accept": "text/html"}, allow_redirects=False, timeout=60).status_code


def test_every_link_of_the_pages_leads_somewhere(server: Server) -> None:
    seen = set()
    for path in (
        "",
        "query",
        "ontology",
        "search?q=%E5%B8%82",
        "page/agency/pboc",
        f"class?iri={quote(prefixes()['zc'])}Agency".replace("#", "%23"),
    ):
        text = server.get(path).text
        seen |= {link.replace("&amp;", "&") for link in re.findall(r'(?:href|src)="(/[^"#]*)', text)}
    assert len(seen) > 60
    with ThreadPoolExecutor(4) as threads:
        replies = threads.map(lambda link: (link, status_of(server.url + link[1:])), sorted(seen))
        assert [reply for reply in replies if reply[1] not in {200, 303}] == []


# --- safety ---


@pytest.mark.parametrize(
    "path", ["", "query", "view", "ontology", "page/agency/pboc", "sparql?query=ASK%7B%7D", "nowhere"]
)
def test_every_answer_carries_the_headers_of_safety(server: Server, path: str) -> None:
    headers = server.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_text_of_the_graph_never_becomes_markup(tmp_path: Path) -> None:
    nasty = '<script>alert(1)</script>\\" onload=\\"x'
    label = f'"{nasty}"@zh'
    quads = (
        f"<{BASE}agency/x> <{prefixes()['skos']}prefLabel> {label} .\n"
        f"<{BASE}agency/x> <{prefixes()['rdf']}type> <javascript:alert(1)> .\n"
        f"<{BASE}agency/y> <{prefixes()['org']}subOrganizationOf> <{BASE}agency/x> .\n"
    )
    (tmp_path / "graph.nq").write_text(quads, encoding="utf-8")
    with serving(tmp_path, "--quiet", "--cors", "*") as server:
        assert server.ask(ASK, "-H", "Origin: https://a.example").headers["access-control-allow-origin"] == "*"
        for path in (
            "",
            "page/agency/x",
            "page/agency/y",
            "search?q=script",
            f"search?q={quote(nasty)}",
            "nowhere%3Cscript%3Ealert(1)",
        ):
            text = server.get(path, "-H", "Accept: text/html").text
            assert "<script>alert" not in text
            assert 'href="javascript' not in text
            assert '" onload' not in text
        assert len(server.said) == 1, "quiet"


def test_origins_are_let_in_when_told(short: Server) -> None:
    let = short.ask(ASK, "-H", "Origin: https://example.org")
    assert let.headers["access-control-allow-origin"] == "https://example.org"
    assert "Origin" in let.headers["vary"]
    assert "access-control-allow-origin" not in short.ask(ASK, "-H", "Origin: https://example.com").headers
    before = short.get("sparql", "-X", "OPTIONS", "-H", "Origin: https://example.org")
    assert (before.status, "POST" in before.headers["access-control-allow-methods"]) == (204, True)
    assert short.get("", "-H", "Host: kg.example.org").status == 200


# --- the command ---


def test_it_starts_says_where_logs_and_ends(built: Path) -> None:
    with serving(built, "--host", "0.0.0.0", "--workers", "1") as server:
        url = server.url.replace("0.0.0.0", "127.0.0.1")
        local = Server(url, server.process, server.said)
        assert local.get("").status == 200
        assert local.get("nowhere\nx".replace("\n", "%0A")).status == 404
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
        started = children.read_text().split() if children.exists() else []
    assert server.process.returncode == 0
    assert server.said[0].startswith("warning: 0.0.0.0")
    assert server.said[2:] == ["127.0.0.1 GET / 200 " + server.said[2].split()[-1] + "\n", server.said[3]]
    assert "nowhere%0Ax" in server.said[3] or "nowhere\\nx" in server.said[3]
    for pid in started:
        wait_for_end(int(pid))


def wait_for_end(process: int) -> None:
    """Return when a process has ended; what nobody waited for keeps its number, but has no command line."""
    for _ in range(50):
        command = Path(f"/proc/{process}/cmdline")
        if not command.exists() or not command.read_bytes():
            return
        threading.Event().wait(0.1)
    pytest.fail("a worker outlives the server")


# arguments, the line of the error, reason
WRONG = [
    (["nowhere"], "there is no such graph", "no build"),
    (["BUILT", "--base", "http://example.org/"], "holds no thing under http://example.org/", "another base"),
    (["BUILT", "--host", "192.0.2.1"], "cannot listen there", "not an address of this machine"),
]


@pytest.mark.parametrize(("arguments", "line", "reason"), WRONG)
def test_what_is_wrong_is_told_in_one_line(built: Path, arguments: list[str], line: str, reason: str) -> None:
    done = kg_process("serve", *(str(built) if each == "BUILT" else each for each in arguments), "--port", "0")
    assert (done.returncode, line in done.stderr.splitlines()[-1]) == (1, True), (reason, done.stderr)


def test_without_the_extra_it_says_what_to_install(built: Path) -> None:
    script = (
        f"import sys; sys.modules['waitress'] = None; sys.argv = ['kg', 'serve', {str(built)!r}];"
        "from kg.cli.main import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "error: kg serve: needs waitress; pip install 'zhengce-kg[serve]'\n")


def test_the_editor_is_the_one_that_was_bundled() -> None:
    folder = ROOT / "kg" / "serve" / "assets" / "vendor"
    lines = [line.split() for line in (folder / "VERSIONS").read_text(encoding="utf-8").splitlines()]
    sums = {line[0]: line[1] for line in lines if len(line) == 2}
    assert sums == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("codemirror.min.js", "LICENSE")
    }
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {line[0]: line[1] for line in lines if len(line) == 3 and line[0] in wanted} == wanted


# --- in a browser ---


@pytest.mark.browser
def test_a_named_query_is_chosen_filled_and_run_in_a_browser(server: Server, browser: Browser) -> None:
    errors: list[str] = []
    requests: list[str] = []
    context = browser.new_context(viewport={"width": 1360, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{server.url}query")
    page.wait_for_selector("html[data-ready]")
    page.click("#question-agency-tasks")
    page.fill("#parameters input[name=agency]", "省财政厅")
    page.click("#run")
    page.wait_for_selector("#answer table")
    assert "省财政厅" in page.inner_text(".cm-content")
    rows = page.locator("#answer tbody tr").count()
    assert rows > 3
    assert page.inner_text("#status").startswith(f"{rows} ")
    page.click(".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?m zc:leadAg")
    page.wait_for_selector(".cm-tooltip-autocomplete >> text=zc:leadAgency")
    page.wait_for_timeout(300)  # a list that has just opened takes no Enter yet, lest it be meant as a new line
    page.keyboard.press("Enter")
    page.wait_for_selector(".cm-line >> text=zc:leadAgency")
    page.keyboard.type(" ?a ")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer td a[href^='/id/measure/']")
    assert errors == []
    page.keyboard.type("oops(")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#status.wrong")
    assert "error at" in page.inner_text("#status")
    assert len(errors) == 1, "the browser notes the answer 400 itself"
    page.click("#question-who-leads")
    for path in ("view", "page/agency/pboc", "ontology", ""):
        page.goto(server.url + path)
        page.wait_for_load_state("networkidle")
    assert len(errors) == 1
    context.close()
    assert [url for url in requests if not url.startswith((server.url, "blob:"))] == []
