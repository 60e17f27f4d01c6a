"""The pages of the server: the start, the query page, the view, the ontology, and one for each thing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from html.parser import HTMLParser

from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from kg.graph.counts import count_things
from kg.graph.namespaces import term
from kg.serve.endpoint import content_type
from kg.serve.formats import GRAPHS, HTML, prefers_html, require_graph_format, write_graph
from kg.serve.pages import ONTOLOGY, Addresses, Pages, bound_query, named_queries, read_assets
from kg.serve.settings import TRUNCATED, Settings
from kg.serve.things import Library

View = Callable[..., Response]
_VIEW_FILE = "graph.html"
_TERM_KINDS = ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty")


class Site:
    """Everything but the endpoint."""

    def __init__(self, settings: Settings, library: Library, pages: Pages, addresses: Addresses) -> None:
        self._settings, self._library, self._pages, self._addresses = settings, library, pages, addresses
        self._assets = read_assets()

    def views(self) -> dict[str, View]:
        """Return what answers at which path."""
        return {
            "/": self._home,
            "/query": self._query,
            "/view": self._view,
            "/search": self._search,
            "/class": self._class,
            "/ontology": self._ontology,
            "/resource": self._resource,
            "/id/<path:path>": self._id,
            "/page/<path:path>": self._page,
            "/data/<path:path>": self._data,
            "/queries.json": self._queries,
            "/queries/<name>.rq": self._bound,
            "/terms.json": self._terms,
            "/assets/<path:path>": self._asset,
        }

    def error_page(self, request: Request, error: HTTPException) -> str:
        """Return a page for an error; where a thing was not found, with things of similar names."""
        last = request.path.rstrip("/").rsplit("/", 1)[-1]
        near = self._library.near(last) if error.code == 404 else ()
        values = {"code": error.code, "name": error.name, "text": error.description, "near": near, "words": last}
        return self._pages.render("error.html", values)

    def _home(self, request: Request) -> Response:
        documents = [
            (kind, self._library.of_class(kind)) for kind in map(term, ("zc:PolicyDocument", "schema:NewsArticle"))
        ]
        values: dict[str, object] = {"classes": self._library.classes(), "documents": documents}
        store = self._library.store
        values |= {"size": len(store), "queries": named_queries(), "counts": count_things(store)}
        return self._html("home.html", values | {"endpoint": f"{request.host_url}sparql"})

    def _query(self, _: Request) -> Response:
        values = {"queries": named_queries(), "max_rows": self._settings.limits.max_rows}
        return self._html("query.html", values | {"timeout": f"{self._settings.limits.timeout:g}"})

    def _search(self, request: Request) -> Response:
        words = request.args.get("q", "")
        return self._html("search.html", {"words": words, "found": self._library.search(words)})

    def _class(self, request: Request) -> Response:
        iri = request.args.get("iri", "")
        if iri not in dict(self._library.classes()):
            raise NotFound(f"no thing of the graph is of the class {iri}")
        things = self._library.of_class(NamedNode(iri))
        return self._html("class.html", {"iri": iri, "things": things})

    def _ontology(self, request: Request) -> Response:
        if prefers_html(request):
            groups = [(kind, self._terms_of(kind)) for kind in _TERM_KINDS]
            known = {thing for _, things in groups for thing in things}
            groups.append(("skos:Concept", [iri for iri in self._own_terms if iri not in known]))
            values = {"groups": [(term(kind).value, list(map(self._library.find, iris))) for kind, iris in groups]}
            return self._html("ontology.html", values, self._formats("/ontology"))
        chosen = require_graph_format(request)
        quads = parse(path=str(self._library.ontology_file), format=RdfFormat.TURTLE)
        return self._rdf([quad.triple for quad in quads], chosen.name, chosen.media_type)

    @cached_property
    def _own_terms(self) -> list[str]:
        subjects = {quad.subject for quad in self._library.ontology}
        return sorted(
            node.value for node in subjects if isinstance(node, NamedNode) and node.value.startswith(f"{ONTOLOGY}#")
        )

    def _terms_of(self, kind: str) -> list[str]:
        quads = self._library.ontology.quads_for_pattern(None, term("rdf:type"), term(kind))
        found = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
        return [iri for iri in self._own_terms if iri in found]

    def _id(self, request: Request, path: str) -> Response:
        """Send from a thing to the document about it that the client takes: a thing itself cannot be sent."""
        iri = self._known(self._addresses.iri(path))
        if prefers_html(request):
            to = self._addresses.path(iri, "page")
        else:
            to = f"{self._addresses.path(iri, 'data')}.{require_graph_format(request).name}"
        response = redirect(to, 303)
        response.vary.add("Accept")
        return response

    def _page(self, _: Request, path: str) -> Response:
        iri = self._addresses.iri(path)
        return self._thing(iri, self._formats(self._addresses.path(iri, "data"), "."))

    def _data(self, _request: Request, path: str) -> Response:
        thing, _, name = path.rpartition(".")
        chosen = next((each for each in GRAPHS if each.name == name), None)
        if chosen is None:
            raise NotFound(f"there is no format {name}; choose one of {', '.join(each.name for each in GRAPHS)}")
        return self._about(self._addresses.iri(thing), chosen.name, chosen.media_type)

    def _resource(self, request: Request) -> Response:
        iri = request.args.get("iri", "")
        if prefers_html(request):
            return self._thing(iri, self._formats(self._addresses.path(iri), "&format="))
        chosen = require_graph_format(request)
        return self._about(iri, chosen.name, chosen.media_type)

    def _thing(self, iri: str, formats: dict[str, str]) -> Response:
        thing = self._library.find(iri)
        if thing is None:
            raise _unknown(iri)
        return self._html("thing.html", {"thing": thing}, formats)

    def _about(self, iri: str, name: str, media_type: str) -> Response:
        triples, whole = self._library.triples(self._known(iri), self._settings.limits.max_rows)
        response = self._rdf(triples, name, media_type)
        response.headers["Link"] = f'<{self._addresses.path(iri, "page")}>; rel="alternate"; type="{HTML}"'
        if not whole:
            response.headers[TRUNCATED] = str(len(triples))
        return response

    def _known(self, iri: str) -> str:
        if not self._library.triples(iri, 1)[0]:
            raise _unknown(iri)
        return iri

    def _rdf(self, triples: list[Triple], name: str, media_type: str) -> Response:
        body = write_graph(triples, name, self._settings.base)
        response = Response(body, content_type=content_type(media_type))
        response.vary.add("Accept")
        return response

    def _view(self, _: Request) -> Response:
        file = self._settings.graph / _VIEW_FILE
        if not file.is_file():
            raise NotFound(f"the build has no {_VIEW_FILE}; make one with kg view")
        text = file.read_text(encoding="utf-8")
        policy = f"{_policy_of(text)}; frame-ancestors 'none'"
        return Response(text, mimetype=HTML, headers={"Content-Security-Policy": policy})

    def _queries(self, _: Request) -> Response:
        return Response(json.dumps(named_queries(), ensure_ascii=False), mimetype="application/json")

    def _bound(self, request: Request, name: str) -> Response:
        if name not in {query["name"] for query in named_queries()}:
            raise NotFound(f"there is no named query {name}; /queries.json lists them")
        return Response(bound_query(name, request.args), mimetype="application/sparql-query")

    def _terms(self, _: Request) -> Response:
        return Response(self._pages.editor_terms(), mimetype="application/json")

    def _asset(self, request: Request, path: str) -> Response:
        if path not in self._assets:
            raise NotFound(f"there is no file {path}")
        media_type, body = self._assets[path]
        response = Response(body, mimetype=media_type)
        response.add_etag()
        return response.make_conditional(request)

    def _html(self, template: str, values: Mapping[str, object], formats: dict[str, str] | None = None) -> Response:
        page = self._pages.render(template, {**values, "formats": formats or {}})
        response = Response(page, mimetype=HTML)
        if formats:
            links = (f'<{formats[each.name]}>; rel="alternate"; type="{each.media_type}"' for each in GRAPHS)
            response.headers["Link"] = ", ".join(links)
            response.vary.add("Accept")
        return response

    def _formats(self, path: str, sign: str = "?format=") -> dict[str, str]:
        return {each.name: f"{path}{sign}{each.name}" for each in GRAPHS}


def _unknown(iri: str) -> NotFound:
    return NotFound(f"neither the graph nor the ontology says anything of {iri}")


def _policy_of(page: str) -> str:
    """Return the policy that a page gives itself; one without any may run and load nothing."""
    reader = _Policy()
    reader.feed(page[: page.find("<script")] if "<script" in page else page)
    return reader.policy


class _Policy(HTMLParser):
    policy = "default-src 'none'"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the policy that stands in a meta element."""
        given = dict(attrs)
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "content-security-policy":
            self.policy = given.get("content") or self.policy
