"""PDF files with a text layer as paragraphs and tables."""
