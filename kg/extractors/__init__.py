"""What is read in a document, kind by kind; `kg.extractors.registry` says which kinds of facts there are."""
