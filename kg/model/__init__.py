"""What a document is, what stands in it and what it says: the values that everything else passes on."""
