"""Who leads (牵头) and who supports (配合) what in Chinese public policy, as a proven RDF graph.

The verbs of the command line are functions of `kg.api`; the types of what is read stand in `kg.model.types`. Importing
this package loads nothing.
"""
