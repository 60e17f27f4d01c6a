"""The graph as rows: things, nodes and edges, and the sheets of an analyst."""
