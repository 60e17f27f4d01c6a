"""Measures: the units of action that a policy states and that news announces."""
