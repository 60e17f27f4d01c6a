"""The store: quads in memory with SPARQL, read from and written to files; the public rdflib face."""

from kg.store.files import replacing
from kg.store.folders import replacing_files
from kg.store.reading import load, open_store, read_quads, to_merged_rdflib, to_rdflib
from kg.store.writing import shortener, to_rdf, write_nquads, write_turtle

__all__ = [
    "load",
    "open_store",
    "read_quads",
    "replacing",
    "replacing_files",
    "shortener",
    "to_merged_rdflib",
    "to_rdf",
    "to_rdflib",
    "write_nquads",
    "write_turtle",
]
