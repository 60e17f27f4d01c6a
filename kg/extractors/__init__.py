"""The registry of extractors: each is a value with a name, what it emits, and a function from a reading to facts.

A third party adds one through the entry-point group ``zhengce_kg.extractors``, whose entries load an `Extractor`.
"""

from kg.extractors.registry import ENTRY_POINTS, Extractor, load_extractors

__all__ = ["ENTRY_POINTS", "Extractor", "load_extractors"]
