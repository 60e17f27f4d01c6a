"""The store: quads in memory with SPARQL, read from and written to files; the public rdflib face."""

from kg.store.files import replacing
from kg.store.reading import load, open_store, read_quads, to_merged_rdflib, to_rdflib
from kg.store.writing import shortener, trig_blocks, turtle_blocks, write_nquads, write_turtle

__all__ = [
    "load",
    "open_store",
    "read_quads",
    "replacing",
    "shortener",
    "to_merged_rdflib",
    "to_rdflib",
    "trig_blocks",
    "turtle_blocks",
    "write_nquads",
    "write_turtle",
]
