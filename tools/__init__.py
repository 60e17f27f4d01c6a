"""Tools of the developers: they write pages of docs/ and hold the quality of extraction."""
