"""Reads numbers with their units and bounds, and what they are in units that the world shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.patterns import any_of

_NUMBER = r"\d+(?:[,，]\d{3}(?!\d))*(?:[.．]\d+)?"
_GAP = "[ \u3000]?"  # PDF extraction sets a number apart with blanks


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and the bounds around it, before it is known whether it is a target.

    `value` has no bound and no thousands separator (2—3 for a range, whose ends are `lower` and `upper`); `unit`
    includes the scale (亿元). A `rank` is a place in a ranking (前六位); a scale
    without a number is one of them (超万家).
    """

    span: Span
    value: str
    unit: str
    before: str = ""
    after: str = ""
    lower: str = ""
    upper: str = ""
    rank: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of units of QUDT, given by their local name: 3000 亿元 is 300000000000 CCY_CNY."""

    number: str
    unit: str


class FigureReader:
    """Finds figures in text; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon) -> None:
        self._words = lexicon
        self._figure = _figure_pattern(lexicon)
        self._range = re.compile(f"({_NUMBER}){_GAP}(?:{any_of(lexicon.ranges)}){_GAP}({_NUMBER})")
        self._units = {fold(unit): quantity for quantity in lexicon.quantities for unit in quantity.units}
        self._scale = re.compile(any_of(lexicon.scales))

    def find(self, text: str, within: Span) -> Iterator[Figure]:
        """Yield the figures in a stretch of text, in order."""
        for match in self._figure.finditer(text, within.start, within.end):
            yield self._read(match)

    def at(self, text: str) -> Figure | None:
        """Return the figure that a whole text is, as in the cell of a table, or nothing."""
        match = self._figure.fullmatch(text)
        return self._read(match) if match else None

    def amount(self, value: str, unit: str) -> Amount | None:
        """Return a number in units of QUDT; nothing where the value is no single number or the unit none of theirs."""
        scale = self._scale.match(unit)
        factor = 1
        if unit not in self._units and scale:
            factor, unit = self._words.scales[scale[0]], unit[scale.end() :]
        quantity = self._units.get(unit)
        try:
            number = Decimal(value) * factor * (quantity.factor if quantity else 1)
        except InvalidOperation:
            return None
        return Amount(_plain(number), quantity.qudt) if quantity else None

    def comparator(self, figure: Figure) -> str:
        """Return how a figure is bounded: times, at-least, at-most (前六位), about or equal."""
        if figure.unit.endswith(self._words.times):
            return "times"
        if figure.rank:
            return "at-most"
        for comparator in self._words.comparators:
            if figure.before in comparator.before or figure.after in comparator.after:
                return comparator.id
        return "equal"

    def _read(self, match: re.Match[str]) -> Figure:
        words = self._words
        value = match["value"] or match["percent"] or match["doubling"] or match["spelled"] or match["rank"] or "1"
        unit = match["unit"] or match["things"] or match["lone"] or self._implied(match)
        number = re.sub("[, \u3000]", "", fold(value))
        number = words.spelled[number] if match["spelled"] else words.numerals.get(number, number)
        ends = self._range.fullmatch(number)
        return Figure(
            span=Span(*match.span()),
            value=number,
            unit=fold(unit),
            before=match["before"] or "",
            after=(match["after"] or "").strip(),
            lower=ends[1] if ends else "",
            upper=ends[2] if ends else "",
            rank=bool(match["rank"]),
        )

    def _implied(self, match: re.Match[str]) -> str:
        """The unit that the form of a figure says: 百分之八, 前六位, 翻两番."""
        if match["percent"]:
            return "%"
        return self._words.ranks.unit if match["rank"] else self._words.doublings.unit


def bounds(lexicon: TargetLexicon) -> tuple[str, ...]:
    """Return the words that bound a figure from before it."""
    return tuple(word for comparator in lexicon.comparators for word in comparator.before)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _figure_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    before = any_of(bounds(lexicon))
    after = any_of(word for comparator in lexicon.comparators for word in comparator.after)
    number = f"{_NUMBER}(?:{_GAP}(?:{any_of(lexicon.ranges)}){_GAP}{_NUMBER})?"
    decoys = f"(?!{any_of(lexicon.unit_decoys)})"
    scale = f"(?:{any_of(lexicon.scales)})?"
    unit = f"{decoys}{scale}(?:{any_of(lexicon.units)})(?:[/／]{scale}(?:{any_of(lexicon.units)}))?"
    numeral = f"[{''.join(lexicon.numerals)}]"
    return re.compile(
        f"(?P<before>{before})?{_GAP}(?:"
        rf"(?<![\dA-Za-z.+＋—-])(?P<value>{number}){_GAP}(?:{any_of(lexicon.more)})?{_GAP}"
        rf"(?P<unit>{unit})(?![A-Za-z])"
        f"|(?:{any_of(lexicon.percent_prefixes)})(?P<percent>{_NUMBER}|{numeral}+)"
        f"|{lexicon.doublings.verb}(?P<doubling>{numeral}?){lexicon.doublings.unit}"
        f"|(?<=(?:{_last_characters(lexicon)}))(?P<spelled>{any_of(lexicon.spelled)}){decoys}"
        f"(?P<things>{any_of(lexicon.spelled_units)})"
        f"|{lexicon.ranks.mark}(?P<rank>{_NUMBER}|{numeral}){lexicon.ranks.unit}"
        f"|(?(before)(?P<lone>(?:{any_of(lexicon.scales)})(?:{any_of(lexicon.units)}))|(?!))"
        f")(?P<after>{_GAP}(?:{after}))?"
    )


def _last_characters(lexicon: TargetLexicon) -> str:
    """A look-behind wants one width: the last characters of verbs of two, which is what nearly all have."""
    return any_of(verb for verb in lexicon.verbs if len(verb) == 2)
