"""Pushing a build: into real stores that the tests start, and against servers that fail as real ones do."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import pty
import ssl
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from small_graph import EXTRACTIONS, REFERENCE

from benchmarks.stores.servers import Server, free_port
from kg import api
from kg.cli.main import main
from kg.errors import GraphError, StoreError
from kg.graph import Names, build_quads, term
from kg.push import Client, Login, Plan, make_plan, push
from kg.push.client import DEFAULT_GRAPH, checked
from kg.push.push import ONTOLOGY, PENDING, Triples, content, read_record, record_triples
from kg.store import load, write_nquads

NAMES = Names()
RECORD = NAMES.graph("push")
A, B, C = (f"http://a.example/{name}" for name in "abc")


def quad(graph: str, words: str) -> Quad:
    return Quad(NamedNode("http://a.example/s"), NamedNode("http://a.example/p"), Literal(words), NamedNode(graph))


def store_of(**graphs: str) -> Store:
    return load(quad(f"http://a.example/{name}", words) for name, words in graphs.items())


@pytest.fixture(scope="module")
def small() -> Store:
    return load(build_quads(EXTRACTIONS, REFERENCE, program_version="0", lexicon_version="0"))


@contextlib.contextmanager
def left_as_found(server: Server) -> Iterator[Server]:
    """Take away the graphs that came into a server in the block; other modules ask the same server."""
    before = graphs_in(server)
    yield server
    client = Client(server.graphs, server.login)
    for name in sorted(graphs_in(server) - before):
        client.delete(name)
    if not server.login.user:  # Virtuoso has no default graph to write to
        client.delete(DEFAULT_GRAPH)


def graphs_in(server: Server) -> set[str]:
    query = urllib.parse.urlencode({"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"})
    request = urllib.request.Request(f"{server.query}?{query}", headers={"Accept": "application/sparql-results+json"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
        return {row["g"]["value"] for row in json.load(answer)["results"]["bindings"]}


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with left_as_found(request.getfixturevalue(f"running_{request.param}")) as found:
        yield found


@pytest.fixture
def client(server: Server) -> Client:
    """A client of a server without a record of any push."""
    found = Client(server.graphs, server.login, pause=0.01)
    found.delete(RECORD.value)
    for name in (A, B, C):
        found.delete(name)
    return found


def words_in(client: Client, graph: str) -> set[str] | None:
    found = client.read(graph)
    return None if found is None else {each.object.value for each in found}  # type: ignore[union-attr]  # no blank nodes


# ---- into real stores


def test_a_build_is_loaded_graph_by_graph(client: Client, small: Store) -> None:
    names = tuple(sorted(str(graph.value) for graph in small.named_graphs()))
    assert push(small, client) == Plan(names, (), ())
    for name in names:
        found = client.read(name)
        assert found is not None
        wanted = {quad.triple for quad in small.quads_for_pattern(None, None, None, NamedNode(name))}
        assert len(found) == len(wanted), name
        # Virtuoso writes decimals and times in its own way; what is neither is the same to the letter.
        same = {triple for triple in wanted if not (isinstance(triple.object, Literal) and _typed(triple.object))}
        assert same <= {each.triple for each in found}, name
    again = make_plan(small, client)
    assert (again.put, again.unchanged, again.delete) == ((), names, ())


def _typed(value: Literal) -> bool:
    return not value.language and not value.datatype.value.endswith("#string")


def test_only_what_changed_is_sent_and_only_what_we_made_is_deleted(client: Client) -> None:
    theirs = "http://a.example/theirs"
    client.put(theirs, Triples(['<http://a.example/s> <http://a.example/p> "theirs" .\n']))
    push(store_of(a="一", b="二"), client)
    done = push(store_of(a="一", b="变", c="三"), client)
    assert (done.put, done.unchanged, done.delete) == ((B, C), (A,), ())
    assert (words_in(client, B), words_in(client, C)) == ({"变"}, {"三"})
    with pytest.raises(StoreError, match="would lose 2 of the 3 graphs that an earlier push loaded; give --prune"):
        push(store_of(c="三"), client)
    assert words_in(client, A) == {"一"}
    done = push(store_of(c="三"), client, prune=True)
    assert (done.put, done.unchanged, done.delete) == ((), (C,), (A, B))
    assert (words_in(client, A), words_in(client, theirs)) == (None, {"theirs"})
    assert read_record(client.read(RECORD.value) or (), RECORD).keys() == {C}


def test_everything_is_sent_when_told(client: Client) -> None:
    push(store_of(a="一"), client)
    client.put(A, Triples(['<http://a.example/s> <http://a.example/p> "other" .\n']))
    assert make_plan(store_of(a="一"), client).put == ()
    assert push(store_of(a="一"), client, everything=True).put == (A,)
    assert words_in(client, A) == {"一"}


def test_a_push_that_broke_off_is_made_good_by_the_next(client: Client) -> None:
    push(store_of(a="一", b="二"), client)

    def stop(_: object) -> Iterator[str]:
        yield A
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(store_of(a="新", b="新"), client, watch=stop)
    assert words_in(client, A) == {"新"}
    assert push(store_of(a="一", b="二"), client).put == (A, B)
    assert words_in(client, A) == {"一"}


def test_a_large_graph_arrives_whole(client: Client) -> None:
    large = load(quad(A, f"第{number}句") for number in range(20_000))
    assert len(content(large, A)) > 1_000_000
    push(large, client)
    found = client.read(A)
    assert found is not None
    assert len(found) == 20_000


def test_a_wrong_password_is_told_where_the_store_asks_for_one(server: Server) -> None:
    if not server.login.user:
        assert push(store_of(a="一"), Client(server.graphs, Login("any", "any")), everything=True).put == (A,)
        return
    for login, message in [
        (Login(), "wants a user and a password (401); give --user"),
        (Login("dba", "wrong"), "refuses user dba with this password (401)"),
        (Login("dba", "dba", "basic"), "check --user, KG_PASSWORD and --auth"),
    ]:
        with pytest.raises(StoreError, match=message.replace("(", r"\(").replace(")", r"\)")):
            push(store_of(a="一"), Client(server.graphs, login))


def test_the_endpoint_of_queries_is_no_graph_store(server: Server) -> None:
    with pytest.raises(StoreError) as told:
        push(store_of(a="一"), Client(server.query, server.login, retries=0))
    assert str(told.value).count("\n") == 0


# ---- what only one of them does


@pytest.fixture(scope="module")
def oxigraph_server(running_oxigraph: Server) -> Iterator[Server]:
    with left_as_found(running_oxigraph) as found:
        yield found


def test_a_graph_that_somebody_dropped_is_put_again(oxigraph_server: Server) -> None:
    client = Client(oxigraph_server.graphs)
    push(store_of(a="一", b="二"), client)
    client.delete(A)
    assert push(store_of(a="一", b="二"), client).put == (A,)


def test_the_default_graph_takes_the_place_of_the_named_ones_and_back(oxigraph_server: Server) -> None:
    client = Client(oxigraph_server.graphs)
    push(store_of(a="一", b="一"), client)
    done = push(store_of(a="一", b="一", c="二"), client, merged=True)
    assert (done.put, done.delete) == ((DEFAULT_GRAPH,), (A, B))
    assert words_in(client, DEFAULT_GRAPH) == {"一", "二"}
    assert push(store_of(a="一", b="一", c="二"), client, merged=True).unchanged == (DEFAULT_GRAPH,)
    assert push(store_of(a="一"), client).delete == (DEFAULT_GRAPH,)
    assert not words_in(client, DEFAULT_GRAPH)


def test_a_file_without_named_graphs_needs_the_default_graph(oxigraph_server: Server) -> None:
    plain = load([Quad(NamedNode(A), NamedNode(B), Literal("一"))])
    with pytest.raises(GraphError, match="--default"):
        push(plain, Client(oxigraph_server.graphs))
    assert push(plain, Client(oxigraph_server.graphs), merged=True).put == (DEFAULT_GRAPH,)


def test_the_command_says_what_it_did(oxigraph_server: Server, tmp_path: Path) -> None:
    write_nquads(store_of(a="一", b="二"), tmp_path / "graph.nq")
    arguments = ["push", str(tmp_path), "--endpoint", oxigraph_server.graphs, "--no-ontology"]
    arguments += ["--base", "http://b.example/"]
    planned = CliRunner().invoke(main, [*arguments, "--dry-run"])
    assert planned.stdout == f"put {A}\nput {B}\n"
    assert planned.stderr == f"{oxigraph_server.graphs}: 2 graphs would be put, 0 unchanged, 0 would be deleted\n"
    for counts in ("2 graphs put, 0 unchanged, 0 deleted", "0 graphs put, 2 unchanged, 0 deleted"):
        done = CliRunner().invoke(main, arguments)
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"{oxigraph_server.graphs}: {counts}\n")
    plan = api.push(tmp_path, oxigraph_server.graphs, base="http://b.example/", ontology=False)
    assert plan.unchanged == (A, B)


def test_the_ontology_goes_along_so_that_every_term_is_defined(oxigraph_server: Server, tmp_path: Path) -> None:
    write_nquads(store_of(a="一"), tmp_path / "graph.nq")
    done = api.push(tmp_path, oxigraph_server.graphs, base="http://o.example/")
    assert done.put == (A, ONTOLOGY.value)
    found = Client(oxigraph_server.graphs).read(ONTOLOGY.value)
    labels = {each.object.value for each in found or () if each.subject == term("zc:Lead")}  # type: ignore[union-attr]
    assert {"牵头", "lead"} <= labels
    assert api.push(tmp_path, oxigraph_server.graphs, base="http://o.example/").unchanged == done.put


def test_a_build_is_recorded_under_its_own_base(oxigraph_server: Server, small: Store) -> None:
    client = Client(oxigraph_server.graphs)
    base = "https://b.example/id/"
    other = load(build_quads(EXTRACTIONS, REFERENCE, base=base, program_version="0", lexicon_version="0"))
    first = push(small, client, prune=True)
    assert push(other, client).delete == ()
    assert set(push(small, client).unchanged) == {*first.put, *first.unchanged}
    assert client.read(Names(base).graph("push").value)
    with pytest.raises(GraphError, match=f"lives under {base}, not under http://c.example/"):
        push(other, client, base="http://c.example/")


# arguments, whether the password goes out for all to read, reason
OPEN = [
    (("http://a.example/", Login("u", "p")), True, "whatever the store offers, over http"),
    (("http://a.example/", Login("u", "p", "digest")), False, "only a digest goes out"),
    (("https://a.example/", Login("u", "p", "basic")), False, "over https"),
    (("http://localhost:1/", Login("u", "p", "basic")), False, "to this machine"),
    (("http://a.example/", Login()), False, "no password"),
]


@pytest.mark.parametrize(("arguments", "open_", "reason"), OPEN, ids=[row[-1] for row in OPEN])
def test_a_password_that_all_can_read_is_warned_of(arguments: tuple[str, Login], open_: bool, reason: str) -> None:
    assert Client(*arguments).tells_password() is open_, reason


def test_a_progress_bar_on_a_terminal(oxigraph_server: Server, tmp_path: Path) -> None:
    graphs = {f"g{number}": "一" for number in range(8)}
    write_nquads(store_of(**graphs), tmp_path / "graph.nq")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "push", str(tmp_path), "--endpoint", oxigraph_server.graphs]
    with subprocess.Popen(
        [*command, "--no-ontology", "--base", "http://c.example/"], stderr=theirs, cwd=ROOT
    ) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):
            while piece := os.read(ours, 4096):
                shown += piece
        os.close(ours)
    assert process.returncode == 0
    assert b"pushing" in shown
    assert b"8/8" in shown


# ---- a server that fails as it is told


@dataclass
class Faulty:
    """Answers to come, in turn, and the requests that came: method, target, length of body, authorisation."""

    address: str = ""
    answers: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    requests: list[tuple[str, str, int, str]] = field(default_factory=list)

    def methods(self) -> str:
        return " ".join(method for method, *_ in self.requests)


@pytest.fixture
def faulty() -> Iterator[Faulty]:
    """A server that gives the answers it was told to, and 204 when it has no more; 0 hangs up, -1 is silent."""
    found, over = Faulty(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            self.rfile.read(size)
            found.requests.append((self.command, self.path, size, self.headers.get("Authorization", "")))
            status, headers, text = found.answers.pop(0) if found.answers else (204, {}, "")
            if status <= 0:
                over.wait(-60 * status)
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            body = text.encode()
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_DELETE = do_HEAD = answer

        def log_message(self, *_: object) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    found.address = f"http://127.0.0.1:{web.server_address[1]}/store"
    yield found
    over.set()
    web.shutdown()
    web.server_close()


BODY = Triples(['<http://a.example/s> <http://a.example/p> "一" .\n'])

# answers, requests made, message or none, reason
FAULTS = [
    ([503, 502, 204], "PUT PUT PUT", None, "a store that restarts"),
    ([0, 204], "PUT PUT", None, "a broken connection"),
    ([500, 500, 500], "PUT PUT PUT", "fails 3 times: why (500)", "a store that is broken"),
    ([0, 0, 0], "PUT PUT PUT", "cannot be reached, tried 3 times", "a store that goes away"),
    ([400], "PUT", "refuses: why (400)", "what it does not understand"),
    ([401], "PUT", "wants a user and a password (401)", "nobody logged in"),
    ([403], "PUT", "does not let this user do that (403)", "no right"),
    ([404], "PUT", "has no graph store there (404)", "another address"),
    ([405], "PUT", "takes no changes there (405)", "a store for reading"),
    ([413], "PUT", "takes no graph as large as this (413)", "a limit in front of the store"),
    ([429, 204], "PUT PUT", None, "a store that asks for patience"),
    ([409], "PUT", "refuses: why (409)", "another 4xx is final"),
    ([501], "PUT", "takes no changes there (501)", "a 5xx that will not pass"),
    ([307], "PUT", "has moved to http://b.example/; give that address (307)", "a redirect"),
]


@pytest.mark.parametrize(("statuses", "made", "message", "reason"), FAULTS, ids=[row[-1] for row in FAULTS])
def test_what_passes_is_tried_again_and_what_does_not_is_told(
    faulty: Faulty, statuses: list[int], made: str, message: str | None, reason: str
) -> None:
    faulty.answers = [
        (status, {"Location": "http://b.example/"} if status == 307 else {}, "" if status == 204 else "<h1>why</h1>")
        for status in statuses
    ]
    client = Client(faulty.address, retries=2, pause=0.001)
    if message is None:
        client.put(A, BODY)
    else:
        with pytest.raises(StoreError) as told:
            client.put(A, BODY)
        assert message.partition(";")[0].removesuffix(" (307)") in str(told.value), reason
        assert "\n" not in str(told.value)
    assert faulty.methods() == made, reason
    assert {size for _, _, size, _ in faulty.requests} == {len(BODY)}, (
        "the body is sent whole each time, with its length"
    )


def test_a_silent_store_is_still_at_work_and_not_asked_twice(faulty: Faulty) -> None:
    faulty.answers = [(-1, {}, "")]
    with pytest.raises(StoreError, match=r"is silent for 0\.2 seconds; give a longer --timeout"):
        Client(faulty.address, retries=2, pause=0.001, timeout=0.2).put(A, BODY)
    assert faulty.methods() == "PUT"


# what Retry-After says, requests made, reason
WAITS = [("0", "PUT PUT", "at once"), ("Wed, 21 Oct 2015 07:28:00 GMT", "PUT PUT", "a moment that is past")]


@pytest.mark.parametrize(("after", "made", "reason"), WAITS, ids=[row[-1] for row in WAITS])
def test_a_store_says_when_to_ask_again(faulty: Faulty, after: str, made: str, reason: str) -> None:
    faulty.answers = [(503, {"Retry-After": after}, "")]
    Client(faulty.address, pause=60).put(A, BODY)
    assert faulty.methods() == made, reason


def test_basic_login_when_the_store_offers_it(faulty: Faulty) -> None:
    faulty.answers = [(401, {"WWW-Authenticate": 'Basic realm="x"'}, "")]
    client = Client(faulty.address, Login("张", "密:码"))
    client.put(A, BODY)
    client.put(B, BODY)
    given = base64.b64encode("张:密:码".encode()).decode()
    assert [login for *_, login in faulty.requests] == ["", f"Basic {given}", f"Basic {given}"]


def test_digest_login_when_the_store_offers_both(faulty: Faulty) -> None:
    offer = 'Basic realm="x", Digest realm="x", nonce="n", qop="auth", algorithm="MD5"'
    faulty.answers = [(401, {"WWW-Authenticate": offer}, ""), (401, {"WWW-Authenticate": offer[17:]}, "")]
    Client(faulty.address, Login("u", "p")).put(A, BODY)
    said = urllib.request.parse_keqv_list(
        urllib.request.parse_http_list(faulty.requests[-1][-1].removeprefix("Digest "))
    )
    ha1, ha2 = (md5(text.encode()).hexdigest() for text in ("u:x:p", f"PUT:{said['uri']}"))
    assert said["response"] == md5(f"{ha1}:n:{said['nc']}:{said['cnonce']}:auth:{ha2}".encode()).hexdigest()


def test_a_page_in_place_of_a_record_is_told(faulty: Faulty) -> None:
    faulty.answers = [(200, {"Content-Type": "text/html; charset=utf-8"}, "<h1>Welcome</h1>")]
    with pytest.raises(StoreError, match=r"answers with text/html, which is no RDF; give the Graph Store endpoint"):
        push(store_of(a="一"), Client(faulty.address))
    assert faulty.methods() == "GET"


def test_a_dry_run_changes_nothing(faulty: Faulty, tmp_path: Path) -> None:
    faulty.answers = [(404, {}, "")]
    write_nquads(store_of(a="一"), tmp_path / "graph.nq")
    done = CliRunner().invoke(main, ["push", str(tmp_path), "--endpoint", faulty.address, "--dry-run"])
    assert (done.exit_code, faulty.methods()) == (0, "GET")
    assert urllib.parse.quote(RECORD.value, safe="") in faulty.requests[0][1]


def test_a_certificate_that_nobody_signed_is_told(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    web = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    web.socket = context.wrap_socket(web.socket, server_side=True)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    try:
        with pytest.raises(StoreError, match=r"no secure connection \(.*certificate.*REQUESTS_CA_BUNDLE"):
            Client(f"https://localhost:{web.server_address[1]}/").put(A, BODY)
    finally:
        web.shutdown()
        web.server_close()


# ---- the command's faults

# arguments, what the line says, reason
COMMANDS: list[tuple[Callable[[], list[str]], str, str]] = [
    (
        lambda: ["--endpoint", f"http://127.0.0.1:{free_port()}/x", "--retries", "0"],
        "Connection refused",
        "nobody there",
    ),
    (lambda: ["--endpoint", "localhost:7878/store"], "is no http(s) address", "no scheme"),
    (lambda: ["--endpoint", "http://a.example/store?graph=x"], "names a graph; leave", "a graph in the address"),
    (lambda: ["--endpoint", "http://a.example/store?default"], "names a graph; leave", "the default graph in it"),
    (lambda: ["--endpoint", "http://u:secret@a.example/"], "error: http://a.example/: has a user in it", "a password"),
    (lambda: ["--endpoint", "http://no-such-host.invalid/", "--retries", "0"], "cannot be reached", "an unknown host"),
]


@pytest.mark.parametrize(("arguments", "message", "reason"), COMMANDS, ids=[row[-1] for row in COMMANDS])
def test_faults_are_one_line_and_exit_1(
    tmp_path: Path, arguments: Callable[[], list[str]], message: str, reason: str
) -> None:
    write_nquads(store_of(a="一"), tmp_path / "graph.nq")
    done = CliRunner().invoke(main, ["push", str(tmp_path), *arguments()])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1), reason
    assert message in done.stderr
    assert "secret" not in done.stderr


def test_a_password_from_a_file_or_the_environment(faulty: Faulty, tmp_path: Path) -> None:
    write_nquads(store_of(a="一"), tmp_path / "graph.nq")
    (tmp_path / "password").write_text("p1\n", encoding="utf-8")
    common = ["push", str(tmp_path), "--endpoint", faulty.address, "--user", "u", "--auth", "basic", "--dry-run"]
    for arguments, environment, password in [
        (["--password-file", str(tmp_path / "password")], {}, "p1"),
        ([], {"KG_PASSWORD": "p2"}, "p2"),
        (["--password", "p3"], {}, "p3"),
    ]:
        faulty.answers = [(404, {}, "")]
        CliRunner().invoke(main, [*common, *arguments], env=environment)
        given = base64.b64encode(f"u:{password}".encode()).decode()
        assert faulty.requests[-1][-1] == f"Basic {given}"


# ---- laws


@given(st.lists(st.text(alphabet='一二\n"', max_size=5), max_size=30))
def test_the_same_triples_have_one_hash_in_any_order(words: list[str]) -> None:
    lines = [f"{quad(A, word).triple} .\n" for word in words]
    there, back = Triples(lines), Triples(reversed(lines))
    assert there.hash() == back.hash()
    assert b"".join(there) == "".join(sorted(lines)).encode()
    assert len(there) == len(b"".join(there))


@given(st.dictionaries(st.sampled_from([A, B, C, DEFAULT_GRAPH]), st.sampled_from(["0f", PENDING])))
def test_a_record_reads_back(hashes: dict[str, str]) -> None:
    text = b"".join(record_triples(hashes, RECORD))
    store = Store()
    store.load(text, format=RdfFormat.N_TRIPLES)
    assert read_record(store, RECORD) == hashes


@pytest.mark.parametrize("address", ["", "ftp://a.example/", "http:///x", "http://a.example:x/", "store"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(StoreError, match="is no http"):
        checked(address)
