"""Bodies named in English by metadata: central ones, and those of provinces and cities by what they deal with."""

from __future__ import annotations

import pytest

from kg.extractors.agencies.aliases import EnglishNames
from kg.lexicons import Lexicons

ROWS = [
    ("National Energy Administration", ["国家能源局"], "a central body by its name"),
    ("Shandong Provincial People's Government", ["山东省人民政府"], "a government"),
    ("General Office of the People's Government of Guangdong Province", ["广东省人民政府办公厅"], "the place behind"),
    ("Hubei Provincial Department of Finance", ["湖北省财政厅"], "a province's 厅"),
    ("Chengdu Municipal Health Commission", ["成都市卫生健康委员会"], "the type said"),
    ("Hangzhou Department of Civil Affairs", ["杭州市民政局"], "a city has no 厅"),
    (
        "Qingdao Department of Industry and Information Technology and Qingdao Finance Bureau",
        ["青岛市工业和信息化局", "青岛市财政局"],
        "two, each of its place",
    ),
    (
        "Eighteen Departments including Zhejiang Provincial Science and Technology Department",
        ["浙江省科学技术厅"],
        "only one is named",
    ),
    ("Jiangsu Futures Research Institute", [], "nothing of a government"),
    ("Department of Finance", [], "no place"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_bodies_named_in_english(text: str, expected: list[str], reason: str, lexicons: Lexicons) -> None:
    found = EnglishNames(lexicons.agencies, lexicons.regions).find(text)
    assert [agency.official for agency in found] == expected, reason
