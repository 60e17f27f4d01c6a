"""Quads and files into a store, and a store into rdflib."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

from kg.errors import GraphError
from kg.graph.namespaces import prefixes
from kg.model.ids import BASE
from kg.store.folders import finish

if TYPE_CHECKING:
    import rdflib

GRAPH_FILE = "graph.nq"
_FORMATS = {
    ".jsonld": RdfFormat.JSON_LD,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
}


def load(quads: Iterable[Quad]) -> Store:
    """Return a store in memory that holds `quads`, loaded as one text because that is many times faster than adding."""
    store = Store()
    text = io.BytesIO()
    serialize(quads, text, format=RdfFormat.N_QUADS)
    store.bulk_load(text.getvalue(), format=RdfFormat.N_QUADS)
    return store


def open_store(path: Path) -> Store:
    """Return the graph of a build folder (its graph.nq) or of a file .nq .ttl .trig .nt .rdf .jsonld, in memory.

    Raises GraphError where there is none, or where it does not parse.
    """
    file, format_ = _graph_file(path)
    store = Store()
    with _as_graph_error(file):
        store.bulk_load(path=str(file), format=format_, base_iri=file.resolve().as_uri())
    return store


def read_quads(path: Path) -> Iterator[Quad]:
    """Yield the quads of a build folder or file exactly as they are written; a store would bring numbers into one form.

    Raises GraphError as `open_store` does.
    """
    file, format_ = _graph_file(path)
    with _as_graph_error(file):
        yield from parse(path=str(file), format=format_, base_iri=file.resolve().as_uri())


def _graph_file(path: Path) -> tuple[Path, RdfFormat]:
    if path.is_dir():
        finish(path)
    file = path / GRAPH_FILE if path.is_dir() else path
    if not file.is_file():
        raise GraphError(str(file), "there is no such graph", "give a build folder or a graph file, or run kg build")
    format_ = _FORMATS.get(file.suffix.lower())
    if format_ is None:
        raise GraphError(str(file), f"{file.suffix or 'no ending'} is no graph format", f"use {' '.join(_FORMATS)}")
    return file, format_


@contextmanager
def _as_graph_error(file: Path) -> Iterator[None]:
    try:
        yield
    except (SyntaxError, ValueError) as error:
        message = " ".join(str(error).split())
        raise GraphError(str(file), f"does not parse ({message})", "mend the file or build it again") from error
    except OSError as error:
        raise GraphError(str(file), f"cannot be read ({error})", "check the file") from error


def to_rdflib(store: Store, *, base: str = BASE) -> rdflib.Dataset:
    """Return a copy as an rdflib Dataset with its named graphs and our prefixes."""
    import rdflib  # noqa: PLC0415  # takes long to load, and the commands do without

    dataset = rdflib.Dataset()
    dataset.parse(data=store.dump(format=RdfFormat.N_QUADS), format="nquads")
    for prefix, iri in prefixes(base).items():
        dataset.bind(prefix, iri, replace=True)
    return dataset


def to_merged_rdflib(store: Store, *, base: str = BASE) -> rdflib.Graph:
    """Return a copy as one rdflib Graph in which the named graphs are merged."""
    import rdflib  # noqa: PLC0415  # as above

    merged = rdflib.Graph()
    lines = {f"{quad.triple} .\n" for quad in store}
    merged.parse(data="".join(lines), format="nt")
    for prefix, iri in prefixes(base).items():
        merged.bind(prefix, iri, replace=True)
    return merged
