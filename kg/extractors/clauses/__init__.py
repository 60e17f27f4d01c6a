"""Clauses that assign: where they stand in a text, and who has which role in them."""
