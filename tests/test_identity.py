"""What a thing is named by: ten edits of one document, and what keeps its name under each."""

from __future__ import annotations

import random

import pytest
from conftest import ExtractText

from kg.copies import merge_copies
from kg.extractors.citations import Citation
from kg.graph.cited_documents import Works
from kg.model.facts import Extraction

HEAD = "---\ntitle: {title}\nnumber: {number}\ndate: 2022-06-24\nissuer: 甲省人民政府\n---\n"
ITEMS = (
    "一、推广绿色信贷。支持银行发行绿色债券。（省财政厅牵头，省发展改革委配合）",
    "二、建设碳市场。到2025年建成3个交易平台。（省生态环境厅牵头）",
    "三、加强宣传。组织讲座100场。（省教育厅负责）",
)
TITLE, NUMBER = "甲省绿色金融发展实施方案", "甲府〔2022〕5号"


def text(*items: str, title: str = TITLE, number: str = NUMBER) -> str:
    return HEAD.format(title=title, number=number) + f"{title}\n" + "\n".join(items) + "\n"


def identifiers(extraction: Extraction) -> list[str]:
    """Return the identifiers of the sections and facts of a document, in its order."""
    facts = (str(getattr(fact, "id", "")) for fact in extraction.facts)
    return [*(section.id for section in extraction.sections), *filter(None, facts)]


@pytest.mark.parametrize(
    ("other", "kept", "reason"),
    [
        (text(*ITEMS[:2], ITEMS[2] + "。"), "all", "a full stop more"),
        (text("导语。", *ITEMS), "all", "a paragraph before"),
        (text(*ITEMS, "四、加强监督。做好检查。"), "all", "an item at the end names none of the others anew"),
        (text(*ITEMS, title="甲省绿色金融发展方案"), "all", "the number is the name, whatever the title"),
        (text(*ITEMS[:2], ITEMS[2].replace("宣传", "宣传教育")), "all", "an item renamed"),
        (text(*ITEMS, number="甲府〔2022〕6号"), "none", "another number is another document"),
    ],
)
def test_identifiers_come_from_the_work_the_path_and_the_ordinal(
    extract_text: ExtractText, other: str, kept: str, reason: str
) -> None:
    before, after = (extract_text(each)[0] for each in (text(*ITEMS), other))
    assert len(identifiers(before)) == len(set(identifiers(before))) > 10, reason
    assert (after.document.id == before.document.id) is (kept == "all"), reason
    assert set(identifiers(before)) & set(identifiers(after)) == set(identifiers(before) if kept == "all" else ()), (
        reason
    )


def counted_anew(*items: str) -> str:
    """Number items from the first on."""
    return text(*(numeral + item[1:] for numeral, item in zip("一二三四", items, strict=False)))


@pytest.mark.parametrize(
    ("before", "after", "kept", "gone", "new", "reason"),
    [
        (text(*ITEMS), text(*ITEMS, "四、加强监督。做好检查。"), 15, 0, 2, "an item at the end"),
        (
            text(*ITEMS),
            counted_anew(ITEMS[0], "一、加强监督。做好检查。", *ITEMS[1:]),
            10,
            5,
            7,
            "an item in the middle",
        ),
        (text(*ITEMS), counted_anew(ITEMS[1], ITEMS[0], ITEMS[2]), 10, 5, 5, "two items change places"),
        (
            text(*ITEMS),
            counted_anew(
                ITEMS[0],
                "二、建设碳市场。（省生态环境厅牵头）",
                "三、建设平台。到2025年建成3个交易平台。（省生态环境厅牵头）",
                ITEMS[2],
            ),
            12,
            3,
            6,
            "an item falls into two",
        ),
        (text(*ITEMS, number=""), text(*ITEMS), 0, 15, 15, "a number where there was none"),
    ],
    ids=["end", "middle", "moved", "split", "number"],
)
def test_an_edit_renames_what_it_counts_anew(
    extract_text: ExtractText, before: str, after: str, kept: int, gone: int, new: int, reason: str
) -> None:
    old, now = (set(identifiers(extract_text(each)[0])) for each in (before, after))
    assert (len(old & now), len(old - now), len(now - old)) == (kept, gone, new), reason


@pytest.mark.parametrize("number", [NUMBER, ""])
def test_the_stub_of_a_cited_document_and_its_text_are_one(extract_text: ExtractText, number: str) -> None:
    cite = f"（{number}）" if number else ""
    citing = extract_text(f"# 乙市实施方案\n一、总则\n根据《{TITLE}》{cite}，制定本方案。\n")[0]
    (citation,) = citing.of(Citation)
    cited = extract_text(text(*ITEMS, number=number))[0]
    assert Works.of([citing]).find(citation.work) == cited.document.id
    assert Works.of([citing, cited]).find(citation.work) == cited.document.id


def test_documents_of_one_number_stay_apart_whatever_their_order(extract_text: ExtractText) -> None:
    given = [extract_text(text(ITEMS[place], title=f"甲省{what}"))[0] for place, what in enumerate(("规划", "办法"))]
    assert len({one.document.id for one in given}) == 1
    found = set()
    for seed in range(3):
        random.Random(seed).shuffle(given)
        merged = merge_copies(given)
        ids = {one.document.title: one.document.id for one in merged.extractions}
        assert len(set(ids.values())) == 2
        assert len(merged.shared) == 1
        assert not {*identifiers(merged.extractions[0])} & {*identifiers(merged.extractions[1])}
        found.add(frozenset(ids.items()))
    assert len(found) == 1
