"""The pages, from templates that escape every value, and the addresses at which things have theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.namespaces import VOCABULARIES, prefixes
from kg.query import bound, find_query, list_queries
from kg.serve.formats import GRAPHS
from kg.serve.things import Library
from kg.store import shortener

ONTOLOGY = VOCABULARIES["zc"].rstrip("#")
_PATH = re.compile(r"[\w-]+/[A-Za-z0-9_.~%-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The places of things that live under one base."""

    base: str

    def iri(self, path: str) -> str:
        """Return the IRI of the thing at ``/id/`` and `path`, which comes decoded.

        >>> Addresses("https://w3id.org/zhengce/id/").iri("agency/pboc")
        'https://w3id.org/zhengce/id/agency/pboc'
        """
        kind, _, name = path.partition("/")
        return f"{self.base}{kind}/{quote(name, safe='')}"

    def path(self, iri: str, at: str = "id") -> str:
        """Return the path of any IRI: under ``/id/`` what lives under the base, else by its whole name.

        >>> Addresses("https://w3id.org/zhengce/id/").path("https://schema.org/name")
        '/resource?iri=https%3A%2F%2Fschema.org%2Fname'
        """
        if iri == ONTOLOGY or iri.startswith(f"{ONTOLOGY}#"):
            return f"/ontology{iri.removeprefix(ONTOLOGY)}"
        rest = iri.removeprefix(self.base)
        if iri.startswith(self.base) and _PATH.fullmatch(rest) and "." not in rest.split("/")[0]:
            return f"/{at}/{rest}"
        return f"/resource?iri={quote(iri, safe='')}"


_SHOWN = 1500
_LONGEST_NAME = 80
_PLAIN = frozenset({VOCABULARIES["xsd"] + "string", VOCABULARIES["rdf"] + "langString"})
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Link:
    """A thing as a page shows it: where its own page is, its names, and its IRI cut short."""

    href: str
    iri: str
    short: str
    names: tuple[Literal, ...]

    @property
    def name(self) -> str:
        """The first name, or the short IRI of a thing without one."""
        name = self.names[0].value if self.names else self.short
        return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


@dataclass(frozen=True, slots=True)
class Text:
    """A literal as a page shows it; `more` counts the characters that are left out."""

    value: str
    language: str
    datatype: str
    more: int


class Pages:
    """Renders templates with what they need to show things."""

    def __init__(self, library: Library, addresses: Addresses) -> None:
        self._library, self._addresses = library, addresses
        self._shorten = shortener(prefixes(addresses.base))
        self._environment = Environment(
            loader=PackageLoader("kg.serve", "assets/templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        media_types = {each.name: each.media_type for each in GRAPHS}
        self._environment.globals.update(link=self.link, shown=self.shown, path=addresses.path, media_types=media_types)

    def render(self, template: str, values: Mapping[str, object]) -> str:
        """Return the page that `template` makes of `values`."""
        return self._environment.get_template(template).render(values)

    def link(self, iri: str) -> Link:
        """Return a link to the page of an IRI."""
        short = self._shorten(NamedNode(iri)).strip("<>")
        return Link(self._addresses.path(iri), iri, short, self._library.names(iri))

    def shown(self, value: NamedNode | BlankNode | Literal | Triple) -> Link | Text:
        """Return a value as a page shows it: a link, or text cut where it is very long."""
        if isinstance(value, NamedNode):
            return self.link(value.value)
        if not isinstance(value, Literal):
            return Text(str(value), "", "", 0)
        datatype = "" if value.datatype.value in _PLAIN else self._shorten(value.datatype)
        return Text(value.value[:_SHOWN], value.language or "", datatype, max(0, len(value.value) - _SHOWN))

    def editor_terms(self) -> str:
        """Return, as JSON, what the editor completes: prefixes, and the classes and properties of the graph."""
        links = [self.link(iri) for iri in self._library.terms()]
        terms = [{"short": each.short, "name": " / ".join(name.value for name in each.names)} for each in links]
        return json.dumps(
            {"base": self._addresses.base, "prefixes": prefixes(self._addresses.base), "terms": terms},
            ensure_ascii=False,
        )


def read_assets() -> dict[str, tuple[str, bytes]]:
    """Return the files that pages use, by path below ``assets``, each with its media type: these and no others."""
    root = files("kg.serve").joinpath("assets")
    return {path: (_KINDS[path[path.rfind(".") :]], file.read_bytes()) for path, file in _files(root, "")}


def _files(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            found += _files(item, f"{path}{item.name}/")
        elif item.name.endswith(tuple(_KINDS)) and item.name != "entry.js":
            found.append((f"{path}{item.name}", item))
    return found


Shown = dict[str, object]


def named_queries() -> list[Shown]:
    """Return every named query as plain values."""
    return [
        {
            "name": query.name,
            "zh": query.zh,
            "en": query.en,
            "parameters": [
                {"name": each.name, "default": each.default.value, "about": each.about, "kind": each.kind.shown}
                for each in query.parameters
            ],
        }
        for query in list_queries()
    ]


def bound_query(name: str, values: Mapping[str, str]) -> str:
    """Return the text of a named query with `values`, or the defaults, in the place of its parameters.

    Raises QueryError for a query or parameter that does not exist, or a value that is none.
    """
    return bound(find_query(name), values)
