"""Actions: who announces, orders or does what, with which instruments, for whom and where."""

from __future__ import annotations

from kg.extractors.actions.read import read_actions
from kg.extractors.registry import Extractor
from kg.model.types import PolicyAction

EXTRACTOR = Extractor("actions", (PolicyAction,), read_actions)
