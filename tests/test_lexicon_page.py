"""The page of the lexicons: every field is described on it, and the committed page is the one that they give."""

from __future__ import annotations

import pytest
from conftest import ROOT

from tools.lexicon_page import LEXICONS, described, lexicon_page, structs


def test_the_committed_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "lexicons.md").read_text(encoding="utf-8") == lexicon_page(), "run: make docs"


def test_every_file_of_the_lexicons_is_on_the_page() -> None:
    files = {f"lexicons/{path.name}" for path in (ROOT / "ontology" / "lexicons").glob("*.yaml")}
    assert files
    assert files <= set(LEXICONS)


@pytest.mark.parametrize("name", LEXICONS)
def test_every_field_is_described(name: str) -> None:
    for struct, info in structs(LEXICONS[name]).items():
        assert {field.name for field in info.fields} <= set(described(struct)), struct.__name__
