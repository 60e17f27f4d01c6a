"""Text as code points: folding, patterns built from word lists, numerals, dates."""
