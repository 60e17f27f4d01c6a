"""Actions: who announces, orders or does what, with which instruments, for whom and where."""

from __future__ import annotations

from kg.extractors.actions import PolicyAction
from kg.extractors.actions.read import ActionReader
from kg.extractors.registry import ExtractorMaker, Find
from kg.lexicons import Lexicons


def _make(lexicons: Lexicons) -> Find:
    return ActionReader(lexicons.acts, lexicons.announcements).read


EXTRACTOR = ExtractorMaker("actions", (PolicyAction,), _make)
