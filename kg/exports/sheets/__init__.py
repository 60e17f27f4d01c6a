"""The sheets of a workbook of assignments: which rows and columns, for any class of the ontology."""
