"""Assignments: who leads, supports or is responsible for a measure."""
