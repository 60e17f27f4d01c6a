"""The examples in docstrings do what they say."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest
from conftest import ROOT

EXAMPLE = re.compile(r"^ *>>> ", re.MULTILINE)
# Only modules with examples are imported: some of the others need what is optional.
SHOWING = [path for path in sorted((ROOT / "kg").rglob("*.py")) if EXAMPLE.search(path.read_text(encoding="utf-8"))]


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", SHOWING, ids=module_name)
def test_the_examples_of_a_module_hold(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = doctest.testmod(importlib.import_module(module_name(path)))
    assert done.failed == 0
    assert done.attempted == len(EXAMPLE.findall(path.read_text(encoding="utf-8"))), "an example that is not run"


def test_there_are_examples() -> None:
    assert len(SHOWING) >= 10
