"""The page of the ontology: every term is on it, and the committed page is the one that the ontology gives."""

from __future__ import annotations

import rdflib
from conftest import ROOT
from rdflib import RDFS, SKOS

from tools.ontology_page import ontology_page

ZC = "https://w3id.org/zhengce/ontology#"


def test_the_committed_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8") == ontology_page(), "run: make docs"


def test_every_term_is_on_the_page_in_both_languages() -> None:
    graph = rdflib.Graph().parse(ROOT / "ontology" / "ontology.ttl")
    page = ontology_page()
    terms = {term for term in graph.subjects(None, None) if str(term).startswith(ZC)}
    assert len(terms) > 50
    for term in terms:
        assert f"`zc:{str(term).removeprefix(ZC)}`" in page
        labels = [label for p in (RDFS.label, SKOS.prefLabel) for label in graph.objects(term, p)]
        assert {getattr(label, "language", None) for label in labels} == {"zh", "en"}, term
        assert all(str(label) in page for label in labels), term
