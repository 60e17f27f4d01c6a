"""The formats in which a graph or its facts can be written, one module each."""
