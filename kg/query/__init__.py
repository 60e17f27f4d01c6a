"""Questions to the graph: named queries with parameters, any SPARQL, and the answers as table, CSV, JSON or Turtle."""

from kg.query.catalogue import NamedQuery, Parameter, find_query, list_queries
from kg.query.formats import format_csv, format_json, format_table, format_turtle
from kg.query.naming import NameIndex, Unknown, unknown_names, why_empty
from kg.query.run import Graph, Solutions, bound, run_query

__all__ = [
    "Graph",
    "NameIndex",
    "NamedQuery",
    "Parameter",
    "Solutions",
    "Unknown",
    "bound",
    "find_query",
    "format_csv",
    "format_json",
    "format_table",
    "format_turtle",
    "list_queries",
    "run_query",
    "unknown_names",
    "why_empty",
]
