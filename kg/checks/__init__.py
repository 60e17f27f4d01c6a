"""Checks of a finished graph: SHACL shapes, and scores against gold records."""
