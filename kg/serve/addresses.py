"""Where things stand on the server: the IRIs of the graph as paths, and paths as IRIs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from kg.graph.namespaces import VOCABULARIES

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
