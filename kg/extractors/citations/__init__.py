"""Citations: the documents that a document names."""
