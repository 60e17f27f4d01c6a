"""Actions: who announces, orders or does what, with which instruments, for whom and where, clause by clause."""

from kg.extractors.actions.read import read_actions

__all__ = ["read_actions"]
