"""The numbered tree of a document: which item stands under which, and where each begins and ends."""

from kg.extractors.sections.tree import find_sections, section_at

__all__ = ["find_sections", "section_at"]
