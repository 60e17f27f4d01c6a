"""Files to documents: front matter, markup, boilerplate, and the one normalised text.

>>> from kg.lexicons import load_lexicons
>>> documents = read_documents("seeds/000_4132cb05bd4c0840.txt", load_lexicons().documents)
>>> [document.kind for document in documents]
['news']
"""

from kg.documents.find import find_sources
from kg.documents.read import read_document, read_documents

__all__ = ["find_sources", "read_document", "read_documents"]
