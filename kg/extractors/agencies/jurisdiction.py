"""Where a document speaks from, read off what is surest first: metadata, issuer, number, title, source, text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from kg.extractors.agencies.names import NameReader
from kg.extractors.regions.find import RegionFinder
from kg.extractors.regions.standpoint import COUNTRY, Place
from kg.lexicons import Lexicons
from kg.lexicons.regions import Regions
from kg.model.types import Document, Region, content_id
from kg.text.fold import fold


def find_jurisdiction(document: Document, lexicons: Lexicons) -> Region | None:
    """Return the region a document speaks for, the country for central ones, or None where nothing tells."""
    region = next((region for region in _readings(document, lexicons) if region is not None), None)
    return _county_spoken_of(region, document, lexicons) or region


def _county_spoken_of(region: Region | None, document: Document, lexicons: Lexicons) -> Region | None:
    """Return the county of a city where the text's bodies are the county's (区财政局) and it names just one."""
    if region is None or region.level not in {"province", "prefecture"} or document.jurisdiction:
        return None
    text = fold(document.quote(document.span))
    local, above = (len(re.findall(pattern, text)) for pattern in lexicons.agencies.levels.body_levels)
    return _county_in(text, region, lexicons) if local > 1 and local > 2 * above else None


def country(lexicons: Lexicons) -> Region:
    """Return the whole country as a region."""
    data = lexicons.agencies.levels.country
    return Region(data["id"], data["name"], COUNTRY)


def _readings(document: Document, lexicons: Lexicons) -> Iterator[Region | None]:
    yield _named(document.jurisdiction, lexicons)
    yield _of_issuer(document.issuer, lexicons)
    numbered = _of_number(document.number, lexicons)
    # 国 begins a central number and no other; a city may share its character with a province: 苏府办 is Suzhou's
    yield numbered if numbered is not None and numbered.level == COUNTRY else None
    yield _at_head(document.title, lexicons)
    yield _city_of_number(document, numbered, lexicons)
    yield numbered
    yield _of_source(document.source, lexicons)
    yield _of_text(document, lexicons)


def _named(words: str, lexicons: Lexicons) -> Region | None:
    if words in lexicons.agencies.levels.country_names:
        return country(lexicons)
    return NameReader(lexicons.agencies).read_region(fold(words), Place(lexicons.regions)) if words else None


def _of_issuer(issuer: str, lexicons: Lexicons) -> Region | None:
    """A central body speaks for the country, an agency of a region for the region."""
    if not issuer:
        return None
    if issuer.isascii():
        return _of_english(issuer, lexicons)
    places = (_of_body(body, lexicons) for body in re.split(r"[\s、,]+", fold(issuer)) if body)
    return next((region for region in places if region is not None), None)


def _of_body(body: str, lexicons: Lexicons) -> Region | None:
    name = NameReader(lexicons.agencies).read(body, Place(lexicons.regions))
    if name is not None and name.central is not None:
        return country(lexicons)
    if name is not None and name.prefix.region is not None and not name.zone:
        return name.prefix.region
    region = _at_head(body, lexicons)
    # an office of a central body is named after it: 市场监管总局办公厅
    central = tuple(label for label in lexicons.agencies.central_labels if len(label) > 2)
    return region or (country(lexicons) if body.startswith(central) else None)


def _of_english(issuer: str, lexicons: Lexicons) -> Region | None:
    spelled = (lexicons.regions.spelled(word.lower()) for word in re.findall("[A-Za-z]+", issuer))
    region = next((region for region in spelled if region), None)
    central = any(word in issuer for word in lexicons.agencies.levels.country_english)
    return region or (country(lexicons) if central else None)


def _of_number(number: str, lexicons: Lexicons) -> Region | None:
    """粤办函〔2022〕219号 begins with Guangdong's abbreviation; 国发 with the country's."""
    if not number:
        return None
    if number.startswith(lexicons.agencies.levels.country_names[1][:1]):
        return country(lexicons)
    return lexicons.regions.abbreviated(number[0])


def _city_of_number(document: Document, numbered: Region | None, lexicons: Lexicons) -> Region | None:
    """Read a number as a city's where its office is a government's and the text speaks of a city (全市), or no province
    has its first character: 苏府办 beside 全市, 杭政办.
    """
    if document.number[1:2] not in lexicons.agencies.levels.number_bodies:
        return None
    text = fold(document.quote(document.span))
    if numbered is not None and (numbered.level != "province" or _spoken_level(text, lexicons) != "prefecture"):
        return None
    where = lexicons.regions.city_abbreviated(document.number[:1])
    if where is not None or numbered is None:
        return where
    told = _of_source(document.source, lexicons) or _of_text(document, lexicons)
    return told if told is not None and lexicons.regions.within(told.id, numbered.id) else None


def _at_head(title: str, lexicons: Lexicons) -> Region | None:
    """Read the region that a title begins with, the innermost where it names one within: a county, a zone."""
    text = fold(title).lstrip("《“ ")
    levels = lexicons.agencies.levels
    division = re.match(levels.corps_division, text)
    if division:
        name = division.group()
        return Region(f"z-{content_id('zone', name)}", name, "zone", levels.corps["parent"])
    found = lexicons.regions.longest_at(text, 0)
    if found is None:
        return None
    region = Place(lexicons.regions).pick(found[1])
    if region is None or region.level not in {"province", "prefecture", "county", "zone"}:
        return None
    zone = _zone_after(text, found[0], region, lexicons)
    return zone or _county_in(text[found[0] :], region, lexicons) or region


def _zone_after(text: str, end: int, region: Region, lexicons: Lexicons) -> Region | None:
    """Read a zone with a name of its own: 苏州工业园区关于…, 济南高新区管委会."""
    levels = lexicons.agencies.levels
    zones = "|".join(sorted((*levels.bare_zones, *levels.zone_endings), key=len, reverse=True))
    match = re.compile(rf".{{0,8}}?(?:{zones})(?={'|'.join(levels.zone_followers)}|$)").match(text, end)
    if match is None or region.level != "prefecture" or text[:end] == region.name:
        return None
    name = text[: match.end()]
    return Region(f"z-{content_id('zone', name)}", name, "zone", region.id)


def _county_in(text: str, region: Region, lexicons: Lexicons) -> Region | None:
    """Return the one county of a region that a text names in full."""
    places = _region_finder(lexicons.regions).find(text, region)
    named = {found.id: found for _, words, found in places if found.level == "county" and words[-1] == found.name[-1]}
    inside = [county for county in named.values() if lexicons.regions.within(county.id, region.id)]
    return inside[0] if len(inside) == 1 else None


def _of_source(source: str, lexicons: Lexicons) -> Region | None:
    """Read the host name of a government site: www.jinan.gov.cn."""
    host = re.match(r"https?://([^/:]+)", source)
    labels = host.group(1).split(".") if host and ".gov.cn" in host.group(1) else []
    return next((region for label in labels if (region := lexicons.regions.spelled(label))), None)


def _of_text(document: Document, lexicons: Lexicons) -> Region | None:
    """Take the region named most, of the level that the text's own words (我省, 全市) speak of."""
    text = fold(document.quote(document.span))
    level = _spoken_level(text, lexicons)
    if level == COUNTRY:
        return country(lexicons)
    counts = Counter(region.id for region in _regions_in(text, lexicons, level))
    if not counts:
        return None
    best, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return lexicons.regions.by_id(best) if level or times >= 3 else None


def _spoken_level(text: str, lexicons: Lexicons) -> str:
    counts = {
        level: sum(text.count(fold(word)) for word in words)
        for level, words in lexicons.agencies.levels.deictic.items()
    }
    local = {level: count for level, count in counts.items() if level != COUNTRY}
    best = max(local, key=lambda level: local[level])
    if local[best] > 0:
        return best
    return COUNTRY if counts[COUNTRY] else ""


def _regions_in(text: str, lexicons: Lexicons, level: str) -> Iterator[Region]:
    for _, _, found in _region_finder(lexicons.regions).find(text, None):
        region: Region | None = found
        while region is not None and level and region.level != level:
            region = lexicons.regions.parent_of(region.id) if region.id in lexicons.regions else None
        if region is not None and region.level in {"province", "prefecture", "county"}:
            yield region


@cache
def _region_finder(regions: Regions) -> RegionFinder:
    return RegionFinder(regions)
