"""Word documents (OOXML) as text, with the automatic numbers of their lists."""
