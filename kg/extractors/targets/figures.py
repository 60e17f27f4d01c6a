"""Reads numbers with their units and bounds, and what they are in units that the world shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.numerals import read_number
from kg.text.patterns import any_of

_THOUSANDS = "{0,6}"  # without a bound, 1,111,111 and so on without a unit is read anew at each comma
_NUMBER = rf"\d+(?:[,，]\d\d\d(?!\d)){_THOUSANDS}(?:[.．]\d+)?"
_PLAIN = r"\d+(?:[.．]\d+)?"
_RATIO = rf"(?<![\d:：∶.])(?P<ratio>{_PLAIN}(?:[ ]?[:：∶][ ]?{_PLAIN}){{1,3}})(?![\d:：∶%％])"  # 1:1.6, 8:42:50
_DIGIT = re.compile(r"\d")
_GAP = "[ \u3000]?"  # PDF extraction sets a number apart with blanks


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and the bounds around it, before it is known whether it is a target.

    Attributes:
        span: the whole, from the word that bounds it on.
        value: the number, without bound and thousands separator (2—3 for a range, 1:1.6 for a ratio); 1 for a scale
            alone (超万家).
        unit: the unit with its scale (亿元); empty for a ratio.
        before: the word before it that bounds it (不低于), or empty.
        after: the word behind it that bounds it (以上), or empty.
        lower: the lower end of a range, or empty.
        upper: the upper end of a range, or empty.
        rank: whether it is a place in a ranking (前六位).
    """

    span: Span
    value: str
    unit: str
    before: str = ""
    after: str = ""
    lower: str = ""
    upper: str = ""
    rank: bool = False

    @property
    def number_start(self) -> int:
        """Where the number begins, behind the word that bounds it."""
        return self.span.start + len(self.before)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of units of QUDT: 3000 亿元 is 300000000000 CCY_CNY.

    Attributes:
        number: the number.
        unit: the local name of the unit.
    """

    number: str
    unit: str


class FigureReader:
    """Finds figures in text; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon) -> None:
        self._words = lexicon
        self._figure = _figure_pattern(lexicon)
        self._without_digits = _number_without_digits(lexicon)
        self._range = re.compile(f"({_NUMBER})(?:{any_of(lexicon.ranges)})({_NUMBER})")
        self._repeated = re.compile(f"(?<=[0-9])(?:{_scaled(lexicon)})(?=(?:{any_of(map(fold, lexicon.ranges))})[0-9])")
        self._units = {fold(unit): quantity for quantity in lexicon.quantities for unit in quantity.units}
        self._scale = re.compile(any_of(lexicon.scales))

    def may_hold(self, text: str) -> bool:
        """Tell whether a text may hold a figure at all."""
        return self._has_number(text, Span(0, len(text)))

    def _has_number(self, text: str, within: Span) -> bool:
        digit = _DIGIT.search(text, within.start, within.end)
        return digit is not None or self._without_digits.search(text, within.start, within.end) is not None

    def find(self, text: str, within: Span) -> Iterator[Figure]:
        """Yield the figures in a stretch of text, in order."""
        if not self._has_number(text, within):
            return
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
        value = match["value"] or match["ratio"] or match["percent"] or match["doubling"] or match["spelled"]
        unit = match["unit"] or match["things"] or match["lone"] or self._implied(match)
        number = re.sub("[, \u3000]", "", fold(value or match["rank"] or "1"))
        if match["spelled"]:
            number = words.spelled[number]
        elif match["value"]:
            number = self._repeated.sub("", number)
        elif match["percent"]:
            number = self._spoken(number)
        else:
            number = words.numerals.get(number, number)
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

    def _spoken(self, number: str) -> str:
        """Return a number that may be in words with digits: 三十五 is 35, 十二点五 is 12.5."""
        whole, point, decimals = number.partition(self._words.counting.point)
        signs = self._words.counting
        if number in self._words.spelled or not whole or whole[0].isdigit():
            return self._words.spelled.get(number, number)
        value = str(read_number(whole, ones=signs.ones, places=signs.places, noughts=signs.noughts))
        digits = (str(read_number(sign, ones=signs.ones, places="", noughts=signs.noughts)) for sign in decimals)
        return f"{value}.{''.join(digits)}" if point else value

    def _implied(self, match: re.Match[str]) -> str:
        """The unit that the form of a figure says: 百分之八, 前六位, 翻两番; a ratio has none."""
        if match["percent"]:
            return "%"
        if match["ratio"]:
            return ""
        return self._words.ranks.unit if match["rank"] else self._words.doublings.unit


def bounds(lexicon: TargetLexicon) -> tuple[str, ...]:
    """Return the words that bound a figure from before it."""
    return tuple(word for comparator in lexicon.comparators for word in comparator.before)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _figure_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    """Build the pattern of a figure in any of its forms, with the words that bound it before and behind."""
    forms = (
        _counted(lexicon),
        _RATIO,
        _percent(lexicon),
        _doubling(lexicon),
        _spelled(lexicon),
        _rank(lexicon),
        _scale_alone(lexicon),
    )
    before = any_of(bounds(lexicon))  # 不低于
    after = any_of(word for comparator in lexicon.comparators for word in comparator.after)  # 以上
    return re.compile(f"(?P<before>{before})?{_GAP}(?:{'|'.join(forms)})(?P<after>{_GAP}(?:{after}))?")


def _counted(lexicon: TargetLexicon) -> str:
    """3000亿元, 2—3家, 5%—8%, 1,500余户, 5万元/年, 30微克每立方米."""
    apart = rf"(?<![\dA-Za-z.+＋—×{lexicon.ordinal}-])"  # not within 5G, A380, 10+N, 第3
    repeated = f"(?:{_GAP}(?:{_scaled(lexicon)}))?"  # 5%—8%
    value = f"{_NUMBER}(?:{repeated}{_GAP}(?:{any_of(lexicon.ranges)}){_GAP}{_NUMBER})?"  # 2—3
    more = f"(?:{any_of(lexicon.more)})?"  # 余
    scale = f"(?:{any_of(lexicon.scales)})?"  # 亿
    decoys = _no_decoy(lexicon)
    unit = f"{scale}{decoys}(?:{any_of(lexicon.units)})"  # 亿元
    per = f"(?:(?:{any_of(lexicon.per)})(?:{any_of(lexicon.per_units)}))?"  # /年
    return f"{apart}(?P<value>{value}){_GAP}{more}{_GAP}(?P<unit>{unit}{per})(?![A-Za-z])"


def _scaled(lexicon: TargetLexicon) -> str:
    """What both ends of a range may bear: 5%—8%, 100亿—150亿元."""
    return any_of((*lexicon.percents, *lexicon.scales))


def _percent(lexicon: TargetLexicon) -> str:
    """百分之八, 百分之三十五, 百分之十二点五, 百分之12.5."""
    signs = lexicon.counting
    digits = f"[{signs.ones}{signs.noughts}{signs.places}]"
    words = f"{digits}{{1,5}}(?:{signs.point}{digits}{{1,3}})?"
    return f"(?:{any_of(lexicon.percent_prefixes)})(?P<percent>{_NUMBER}|{words})"


def _doubling(lexicon: TargetLexicon) -> str:
    """翻两番, 翻番."""
    return f"{lexicon.doublings.verb}(?P<doubling>{_numeral(lexicon)}?){lexicon.doublings.unit}"


def _spelled(lexicon: TargetLexicon) -> str:
    """建设十个."""
    behind_verb = f"(?<=(?:{_verbs_of_two(lexicon)}))"
    number = f"(?P<spelled>{any_of(lexicon.spelled)})"
    return f"{behind_verb}{number}{_no_decoy(lexicon)}(?P<things>{any_of(lexicon.spelled_units)})"


def _rank(lexicon: TargetLexicon) -> str:
    """前六位."""
    return f"{lexicon.ranks.mark}(?P<rank>{_NUMBER}|{_numeral(lexicon)}){lexicon.ranks.unit}"


def _scale_alone(lexicon: TargetLexicon) -> str:
    """超万家: a scale without a number, only behind a bound."""
    return f"(?(before)(?P<lone>(?:{any_of(lexicon.scales)}){_no_decoy(lexicon)}(?:{any_of(lexicon.units)}))|(?!))"


def _no_decoy(lexicon: TargetLexicon) -> str:
    """Not before what begins like a unit and is none (个月)."""
    return f"(?!{any_of(lexicon.unit_decoys)})"


def _numeral(lexicon: TargetLexicon) -> str:
    return f"[{''.join(lexicon.numerals)}]"


def _verbs_of_two(lexicon: TargetLexicon) -> str:
    """Return the verbs of two characters, which nearly all have, because a look-behind wants one width."""
    return any_of(verb for verb in lexicon.verbs if len(verb) == 2)


def _number_without_digits(lexicon: TargetLexicon) -> re.Pattern[str]:
    """Build a quick pattern of what every figure without digits holds: 百分之八, 翻两番, 建设十个, 前六位, 超万家."""
    spelled = f"(?:{any_of(lexicon.spelled)})(?:{any_of(lexicon.spelled_units)})"
    rank = f"{lexicon.ranks.mark}{_numeral(lexicon)}"
    scale = f"(?:{any_of(bounds(lexicon))}){_GAP}(?:{any_of(lexicon.scales)})"
    return re.compile(f"{any_of((*lexicon.percent_prefixes, lexicon.doublings.verb))}|{rank}|{spelled}|{scale}")
