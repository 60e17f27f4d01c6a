"""Loads a build into another store over the SPARQL 1.1 Graph Store HTTP Protocol, sending only what changed."""

from kg.push.client import Client, Login
from kg.push.push import Plan, add_ontology, make_plan, push

__all__ = ["Client", "Login", "Plan", "add_ontology", "make_plan", "push"]
