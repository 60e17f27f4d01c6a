"""Where a document speaks from, read off what is surest first: metadata, issuer, number, title, source, text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from kg.extractors.agencies.names import NameReader
from kg.extractors.agencies.parsed_names import Listed, Zone
from kg.extractors.regions.find import RegionFinder
from kg.extractors.regions.standpoint import COUNTRY, Standpoint
from kg.lexicons.agency_names import Agencies
from kg.lexicons.levels import JurisdictionWords
from kg.lexicons.region_names import Regions
from kg.model.document import Document, content_id
from kg.model.entities import Region
from kg.text.fold import fold
from kg.text.patterns import any_of

_NAMED_OFTEN = 3  # a region that the text names as often as this is what it is about


class JurisdictionReader:
    """Reads the region that a document speaks for; made once for the lexicons."""

    def __init__(self, words: JurisdictionWords, agencies: Agencies, regions: Regions, finder: RegionFinder) -> None:
        self._words, self._agencies, self._regions, self._finder = words, agencies, regions, finder
        self._levels = agencies.levels
        self._names = NameReader(agencies)
        self._nowhere = Standpoint(regions)
        self.country = Region(words.country.id, words.country.name, COUNTRY)

    def find(self, document: Document, text: str) -> Region | None:
        """Return the region a document speaks for, the country for central ones, or None where nothing tells.

        `text` is what the document says, folded.
        """
        region = next((region for region in self._readings(document, text) if region is not None), None)
        return self._county_spoken_of(region, document, text) or region

    def _county_spoken_of(self, region: Region | None, document: Document, text: str) -> Region | None:
        """Return the county of a city where the text's bodies are the county's (区财政局) and it names just one."""
        if region is None or region.level not in {"province", "prefecture"} or document.jurisdiction:
            return None
        local, above = (
            len(re.findall(pattern, text)) for pattern in (self._words.bodies.county, self._words.bodies.above)
        )
        return self._county_in(text, region) if local > 1 and local > 2 * above else None

    def _readings(self, document: Document, text: str) -> Iterator[Region | None]:
        yield self._of_metadata(document.jurisdiction)
        yield self._of_issuer(document.issuer)
        numbered = self._of_number(document.number)
        # 国 begins a central number and no other; a city may share its character with a province: 苏府办 is Suzhou's
        yield numbered if numbered is not None and numbered.level == COUNTRY else None
        yield self._at_head(document.title)
        yield self._city_of_number(document, numbered, text)
        yield numbered if numbered is not None and self._is_named(numbered, document, text) else None
        yield self._of_source(document.source)
        yield self._of_publisher(document.publisher)
        yield self._of_text(text)

    def _of_metadata(self, words: str) -> Region | None:
        if words in self._levels.country_names:
            return self.country
        return self._names.read_region(fold(words), self._nowhere) if words else None

    def _of_issuer(self, issuer: str) -> Region | None:
        """A central body speaks for the country, an agency of a region for the region."""
        if not issuer:
            return None
        if issuer.isascii():
            return self._of_english(issuer)
        regions = (self._of_body(body) for body in re.split(r"[\s、,]+", fold(issuer)) if body)
        return next((region for region in regions if region is not None), None)

    def _of_body(self, body: str) -> Region | None:
        name = self._names.read(body, self._nowhere)
        if isinstance(name, Listed):
            return self.country
        if name is not None and name.region is not None and not isinstance(name, Zone):
            return name.region
        # an office of a central body is named after it: 市场监管总局办公厅
        return self._at_head(body) or (self.country if body.startswith(self._central) else None)

    @cached_property
    def _central(self) -> tuple[str, ...]:
        return tuple(label for label in self._agencies.central_labels if len(label) > 2)

    def _of_english(self, issuer: str) -> Region | None:
        spelled = (self._regions.spelled(word.lower()) for word in re.findall("[A-Za-z]+", issuer))
        region = next((region for region in spelled if region), None)
        central = any(word in issuer for word in self._words.country_english)
        return region or (self.country if central else None)

    def _of_number(self, number: str) -> Region | None:
        """粤办函〔2022〕219号 begins with Guangdong's abbreviation; 国发 with the country's."""
        if not number:
            return None
        if number.startswith(self._words.country_sign):
            return self.country
        return self._regions.abbreviated(number[0])

    def _city_of_number(self, document: Document, numbered: Region | None, text: str) -> Region | None:
        """Read a number as a city's where its office is a government's and the text speaks of a city (全市), or no
        province has its first character: 苏府办 beside 全市, 杭政办.
        """
        if document.number[1:2] not in self._words.government_signs:
            return None
        if numbered is not None and (numbered.level != "province" or self._spoken_level(text) != "prefecture"):
            return None
        where = self._regions.city_abbreviated(document.number[:1])
        if where is not None or numbered is None:
            return where if where is not None and self._is_named(where, document, text) else None
        region = self._of_source(document.source) or self._of_text(text)
        return region if region is not None and self._regions.within(region.id, numbered.id) else None

    def _at_head(self, title: str) -> Region | None:
        """Read the region that a title begins with, the innermost where it names one within: a county, a zone."""
        text = fold(title).lstrip("《“ ")
        division = re.match(self._words.corps_division, text)
        if division:
            name = division.group()
            return Region(f"z-{content_id('zone', name)}", name, "zone", self._words.corps.parent)
        found = self._regions.longest_at(text, 0)
        if found is None:
            return None
        region = self._nowhere.pick(found[1])
        if region is None or region.level not in {"province", "prefecture", "county", "zone"}:
            return None
        zone = self._zone_after(text, found[0], region)
        return zone or self._county_in(text[found[0] :], region) or region

    def _zone_after(self, text: str, end: int, region: Region) -> Region | None:
        """Read a zone with a name of its own: 苏州工业园区关于…, 济南高新区管委会."""
        if region.level != "prefecture" or text[:end] == region.name:
            return None
        match = self._zone.match(text, end)
        if match is None:
            return None
        name = text[: match.end()]
        return Region(f"z-{content_id('zone', name)}", name, "zone", region.id)

    @cached_property
    def _zone(self) -> re.Pattern[str]:
        """Match up to the end of a zone's name: 工业园区 before 关于."""
        zones = any_of((*self._levels.bare_zones, *self._levels.zone_endings))
        return re.compile(rf".{{0,8}}?(?:{zones})(?={any_of(self._words.zone_followers)}|$)")

    def _county_in(self, text: str, region: Region) -> Region | None:
        """Return the one county of a region that a text names in full."""
        named = {
            found.id: found
            for span, found in self._finder.find(text, region)
            if found.level == "county" and text[span.end - 1] == found.name[-1]
        }
        inside = [county for county in named.values() if self._regions.within(county.id, region.id)]
        return inside[0] if len(inside) == 1 else None

    def _of_source(self, source: str) -> Region | None:
        """Read the host name of a government site: www.jinan.gov.cn."""
        host = re.match(r"https?://([^/:]+)", source)
        labels = host.group(1).split(".") if host and ".gov.cn" in host.group(1) else []
        return next((region for label in labels if (region := self._regions.spelled(label))), None)

    def _is_named(self, region: Region, document: Document, text: str) -> bool:
        """Tell whether anything but the initial of a number speaks of a region: others may share its character."""
        bare = self._regions.short(region.id)
        named = any(bare in words for words in (text, document.title, document.publisher))
        spoken = self._spoken_level(text) == region.level or re.search(self._words.bodies.above, text)
        return named or bool(spoken)

    def _of_publisher(self, publisher: str) -> Region | None:
        """Read the region of a government's site or account: 镇远县人民政府, 江西财政."""
        signs = self._words.government_signs
        return self._at_head(publisher) if any(sign in publisher for sign in signs) else None

    def _of_text(self, text: str) -> Region | None:
        """Take the region named most, of the level that the text's own words (我省, 全市) speak of."""
        level = self._spoken_level(text)
        if level == COUNTRY:
            return self.country
        counts = Counter(region.id for region in self._regions_in(text, level))
        if not counts:
            return None
        best, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        return self._regions.by_id(best) if level or times >= _NAMED_OFTEN else None

    def _spoken_level(self, text: str) -> str:
        counts = {level: sum(map(text.count, words)) for level, words in self._deictic.items()}
        best = max(counts, key=lambda level: counts[level])
        if counts[best] > 0:
            return best
        return COUNTRY if any(fold(word) in text for word in self._words.deictic.country) else ""

    @cached_property
    def _deictic(self) -> dict[str, list[str]]:
        """The words by which a text speaks of its own region (我省, 全市), folded, by level, the highest first."""
        words = self._words.deictic
        by_level = {"province": words.province, "prefecture": words.prefecture, "county": words.county}
        return {level: [fold(word) for word in said] for level, said in by_level.items()}

    def _regions_in(self, text: str, level: str) -> Iterator[Region]:
        """Yield the regions that a text names, each as the region of `level` that holds it."""
        for _, found in self._finder.find(text, None):
            region: Region | None = found
            while region is not None and level and region.level != level:
                region = self._regions.parent_of(region.id) if region.id in self._regions else None
            if region is not None and region.level in {"province", "prefecture", "county"}:
                yield region
