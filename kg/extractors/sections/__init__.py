"""Sections: the numbered tree of a document."""
