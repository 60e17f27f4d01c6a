"""A lint over all names that are found: bodies and regions whose name begins or ends inside a word.

``python -m tools.cut_names --words DICT FILES`` prints each name with what is around it; DICT has a word a line,
and anything behind a blank (``dict.txt`` of the package jieba). It judges by words that the
reading does not know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import click

from kg.documents import find_sources
from kg.extractors.reader import Reader
from kg.extractors.reading import Reading
from kg.lexicons import load_lexicons
from kg.model.document import Span
from kg.text.fold import fold

_LONGEST, _AROUND = 4, 8


def crossing(text: str, span: Span, words: Collection[str]) -> Iterator[str]:
    """Yield the words that a name cuts: those that reach over its beginning or its end but do not hold it whole.

    >>> list(crossing("化工行业", Span(1, 3), {"化工", "行业", "工行"}))
    ['化工', '行业']
    """
    for edge in (span.start, span.end):
        for start in range(max(0, edge - _LONGEST + 1), edge):
            for end in range(edge + 1, min(len(text), start + _LONGEST) + 1):
                if text[start:end] in words:
                    yield text[start:end]


def cut_names(reading: Reading, words: Collection[str]) -> Iterator[str]:
    """Yield a line for each name of a document that words reach over at both of its edges, or that one word holds."""
    text = reading.folded
    for mention in (*reading.agencies, *reading.regions):
        span = mention.span
        cut = list(crossing(text, span, words))
        inside = any(mention.text in word and word != mention.text for word in cut)
        met = any(_meet(text, span, left, right) for left in cut for right in cut)
        if inside or met:
            before, behind = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
            yield f"{before}[{mention.text}]{behind}\t{mention.refers_to.name}\t{' '.join(dict.fromkeys(cut))}"


def _meet(text: str, span: Span, left: str, right: str) -> bool:
    """Tell whether one word from before a name ends where another, which reaches beyond it, begins."""
    return any(
        text.endswith(left, 0, cut)
        and cut - len(left) < span.start
        and text.startswith(right, cut)
        and cut + len(right) > span.end
        for cut in range(span.start + 1, span.end)
    )


@click.command()
@click.option("--words", required=True, type=click.Path(path_type=Path), help="A list of words, one a line.")
@click.argument("paths", nargs=-1, required=True)
def main(words: Path, paths: Sequence[str]) -> None:
    """Print every name found in PATHS that is cut inside a word."""
    known = {fold(line.split()[0]) for line in words.read_text(encoding="utf-8").splitlines() if line.strip()}
    reader = Reader(load_lexicons())
    for source in find_sources(paths):
        for reading in reader.open(source):
            for line in cut_names(reading, known):
                click.echo(f"{reading.document.title}\t{line}")


if __name__ == "__main__":
    main()
