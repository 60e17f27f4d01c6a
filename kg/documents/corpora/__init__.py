"""Corpora: tables, workbooks, JSON and Parquet in which a row is a document.

A module a format gives tables of rows; `columns` tells which column holds the text and what is said about it.
"""

from kg.documents.corpora.columns import checked_mapping, parse_mapping
from kg.documents.corpora.read import CORPUS_FORMATS

__all__ = ["CORPUS_FORMATS", "checked_mapping", "parse_mapping"]
