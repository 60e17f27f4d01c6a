"""Laws of growth for the reader of documents and what draws measures, citations and actions from them."""

from __future__ import annotations

from collections.abc import Callable
from re import _parser  # type: ignore[attr-defined]  # the only way to look into a pattern

import pytest
from conftest import EXTRACTORS, LEXICONS, READER
from growth import grows_with_length, limited, open_choices, steps_of  # noqa: F401  # a fixture

from kg.documents.read import read_document
from kg.extractors.actions.predicates import PredicateFinder
from kg.extractors.citations.find import CitationFinder
from kg.text.fold import fold
from kg.text.patterns import any_of, irreducible

SIZE = 900  # characters, more than the reach of any search
POLICY = "---\ntitle: 广东省行动方案\nissuer: 广东省人民政府\ndate: 2022-01-01\n---\n"
NEWS = "---\ntitle: 广东省出台措施\nauthor: 新华社\ndate: 2022-01-01\n---\n"

# before, what is repeated, after, reason
HOSTILE = [
    # sections and measures
    ("", "1．推进绿色信贷。（省财政厅牵头）\n", "", "items with a clause"),
    ("", "推进绿色信贷。（省财政厅牵头）\n", "", "paragraphs with a clause"),
    ("", "第一章 甲\n一、乙\n（一）丙\n1．丁\n（1）推进绿色信贷。（省财政厅负责）\n", "", "nested items"),
    ("一、甲\n", "1．推进绿色信贷。\n", "", "items below one item"),
    ("一、甲\n1．乙\n", "（1）推进绿色信贷。\n", "（2）丙。（省财政厅负责）", "sub-items that one clause closes"),
    ("第一条 ", "（1）推进绿色信贷。\n", "（省财政厅负责）", "items within an article"),
    ("一、甲", "推进绿色信贷（省财政厅负责）", "", "clauses without a stop in one item"),
    ("1．甲。", "2．乙。", "", "counts within a block"),
    ("", "一、" + "基本主要工作" * 8 + "甲\n", "", "headings that are nearly known ones"),
    ("", "…", "甲1", "dots that lead to no page"),
    ("附件：\n", "1．申报表\n", "", "a list of attachments"),
    ("", "附件1\n", "", "attachments"),
    ("一、甲\n专栏1 乙\n", "1．丙\n", "", "items in a box"),
    ("", "\n　　", "甲", "blanks"),
    # regions and instruments
    ("", "广州市、", "深圳", "regions in a row"),
    ("", "浦东", "", "short names"),
    ("", "绿色信贷和专项资金", "", "instruments in a row"),
    ("", "“碳账户”", "机制", "quotations in a row"),
    ("", "“碳账户”、", "等机制", "quotations listed"),
    ("", "绿", "专项资金", "a long name"),
    ("", "（“", "绿色信贷”）", "marks that nest"),
    ("", "各类10%", "专项资金", "modifiers"),
    # citations
    ("根据", "《绿色信贷管理办法》", "制定。", "titles in a row"),
    ("根据", "财政部、人民银行印发的《绿色信贷管理办法》（财金〔2021〕3号）、", "制定。", "titles with issuers"),
    ("", "《", "", "titles that nothing closes"),
    ("", "《关于印发", "》的通知", "titles in titles"),
    ("", "国发〔2021〕23号、", "", "numbers"),
    ("", "关于印发甲办法的通知（国发〔2021〕23号）", "", "titles without marks"),
    ("", "《甲方案》《意见》", "", "titles and what stands for them"),
    ("《甲办法》", "（甲）", "", "brackets behind a title"),
    ("《甲办法》", "、", "甲《乙办法》", "a long gap"),
    ("", "印发", "《甲办法》", "words of issuing"),
    ("", "国民经济和社会发展", "", "names without marks"),
    ("<table>", "<tr><td>根据《甲办法》</td><td>财政部</td></tr>", "</table>", "cells"),
    # actions
    ("", "推动银行机构发行绿色债券，", "", "clauses with a verb"),
    ("推动银行机构发行绿色债券，", "企业绿色，", "", "clauses without a verb"),
    ("", "围绕绿色信贷，", "推动银行机构发展。", "phrases that lead up to a verb"),
    ("", "推动银行机构发行绿色债券", "", "verbs without a stop"),
    ("", "依法依规", "推动企业绿色信贷", "adverbs that may be read in two ways"),
    ("", "2021年", "推动企业绿色信贷", "dates that may be read in two ways"),
    ("推动企业，", " ", "绿色信贷", "blanks before a verb"),
    ("", "对甲依法依规", "推动企业绿色信贷", "phrases with adverbs"),
    ("支持", "银行机构、", "企业发行绿色债券。", "addressees in a row"),
    ("支持", "银行和", "企业发行绿色债券。", "addressees that may be one name"),
    ("支持", "各类有关", "企业发行绿色债券。", "modifiers of an addressee"),
    ("为", "银行和", "提供绿色信贷。", "those who gain"),
]  # fmt: skip

# the same, in news
HOSTILE_NEWS = [
    ("", "广东省财政厅表示，将推动绿色信贷，", "", "a body that speaks again and again"),
    ("", "广东省财政厅推动绿色信贷，", "", "a body that acts again and again"),
    ("", "从广东省财政厅了解到，", "将推动绿色信贷", "sources"),
    ("", "广东省财政厅要求，推动绿色信贷。\n", "", "paragraphs"),
    ("", "广东省财政厅、财政部；", "要求", "bodies that say nothing"),
    ("", "甲集团将推动绿色信贷，", "", "outsiders"),
    ("", "会议要求，推动绿色信贷。", "", "meetings"),
]  # fmt: skip
ROWS = [(POLICY, *row) for row in HOSTILE] + [(NEWS, *row) for row in HOSTILE_NEWS]


def read_through(text: str) -> Callable[[], object]:
    """Return the reading of a text by the reader and every extractor but that of targets."""
    documents = read_document("x.txt", text, LEXICONS.documents, LEXICONS.numbering.starts_item)
    extractors = [extractor for extractor in EXTRACTORS if extractor.name != "targets"]

    def work() -> None:
        for reading in READER.read(documents):
            for extractor in extractors:
                list(extractor.find(reading))

    return work


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize(("front", "before", "unit", "after", "reason"), ROWS, ids=[row[-1] for row in ROWS])
def test_twice_the_text_takes_twice_the_steps(front: str, before: str, unit: str, after: str, reason: str) -> None:
    number = SIZE // len(unit) + 1
    once, twice, four = (steps_of(read_through(front + before + unit * (number * n) + after)) for n in (1, 2, 4))
    assert grows_with_length(once, twice, four), (reason, once, twice, four)


# what the quotes of a text's citations add up to, for each character of it
@pytest.mark.parametrize("unit", ["《绿色信贷管理办法》", "国发〔2021〕23号、", "财政部印发的《绿色信贷管理办法》和"])
def test_quotes_of_citations_grow_with_the_text(unit: str) -> None:
    finder = CitationFinder(LEXICONS.citations)
    once, twice = (sum(len(match.quote) for match in finder.find("根据" + unit * number)) for number in (300, 600))
    assert once
    assert twice < 2.2 * once


def uniquely_read(words: list[str]) -> bool:
    """Tell whether no text can be put together from `words` in two ways (the test of Sardinas and Patterson)."""
    seen: set[str] = set()
    tails = {long.removeprefix(short) for long in words for short in words if long != short and long.startswith(short)}
    while tails and not tails & set(words):
        seen |= tails
        ahead = {tail.removeprefix(word) for tail in tails for word in words if tail.startswith(word)}
        behind = {word.removeprefix(tail) for tail in tails for word in words if word.startswith(tail)}
        tails = (ahead | behind) - seen
    return not tails


# words, whether every text of them is read in one way
CODES = [
    (["依法", "依规"], True),
    (["依法", "依规", "依法依规"], False),
    (["更", "更加", "加大"], True),
    (["甲乙", "甲", "乙丙", "丙"], False),
]


@pytest.mark.parametrize(("words", "unique"), CODES)
def test_the_check_of_words_finds_two_ways(words: list[str], unique: bool) -> None:
    assert uniquely_read(words) == unique


@pytest.mark.parametrize("name", ["adverbs", "modifiers", "links"])
def test_words_in_a_row_are_read_in_one_way(name: str) -> None:
    assert uniquely_read(irreducible(map(fold, getattr(LEXICONS.acts, name))))


def test_no_pattern_of_predicates_leaves_a_choice_open_without_end() -> None:
    finder = PredicateFinder(LEXICONS.acts)
    patterns = {name: value.pattern for name, value in vars(finder).items() if hasattr(value, "pattern")}
    assert len(patterns) >= 5
    assert {
        name: found for name, pattern in patterns.items() if (found := list(open_choices(_parser.parse(pattern))))
    } == {}


def test_irreducible_words_say_the_same_in_a_row() -> None:
    words = ["依法依规", "依法", "依规", "依托"]
    assert any_of(irreducible(words)) == "依托|依法|依规"
