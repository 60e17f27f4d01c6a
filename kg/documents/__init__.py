"""Files to documents: front matter, markup, boilerplate, and the one normalised text.

>>> from kg.lexicons import load_lexicons
>>> documents = read_documents("seeds/000_4132cb05bd4c0840.txt", load_lexicons().documents)
>>> [document.kind for document in documents]
['news']
"""

from kg.documents.corpora import checked_mapping, parse_mapping
from kg.documents.find import Found, find_sources, survey
from kg.documents.read import read_document, read_documents, read_source
from kg.documents.sources import PER_SOURCE, Source, list_sources

__all__ = [
    "PER_SOURCE",
    "Found",
    "Source",
    "checked_mapping",
    "find_sources",
    "list_sources",
    "parse_mapping",
    "read_document",
    "read_documents",
    "read_source",
    "survey",
]
