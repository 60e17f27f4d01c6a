"""Words about levels of government, zones and groups, and about where a document speaks from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kg.lexicons.entry import Entry, Ordered, Pattern, Word, Words

LevelName = Literal["province", "prefecture", "county", "corps", "zone"]


class Level(Entry, frozen=True, kw_only=True):
    """A word for a level of government before a name (省 + 财政厅).

    Attributes:
        word: The word.
        level: Where it looks for its region, from the document's own jurisdiction upwards.
    """

    word: Word
    level: LevelName


class LevelWords(Entry, frozen=True, kw_only=True):
    """What words of level, zones, party bodies, bodies formed for a task and groups are called.

    Attributes:
        levels: Words that stand for a level of government before a body's name.
        party_committees: Party committees in a group that names them with the government of each.
        committee_partners: What they are named with (各县党委和人民政府).
        kinds_of_areas: What the kinds of bodies are of that rules name (乡（镇）人民政府, 县级以上人民政府).
        area_reaches: How far such a kind reaches (县级 + 以上).
        local: What may stand before the body (县级以上 + 地方 + 人民政府).
        kinds_of_bodies: What such bodies are.
        divisions: How divisions of a body end that its own documents name without it (水资源司).
        not_divisions: What never stands in the name of a division.
        ministry_divisions: How divisions of central bodies end that stand behind their names (人民银行货币政策司).
        speaking_offices: Offices that speak for a body (农业农村部 + 办公厅).
        level_adjectives: What makes an adjective of such a word before a group (市级有关部门).
        no_level_after: Characters after which such a word is the end of another word (城市, 全省).
        same_level: Quantifiers that say which level a department is of (同级财政部门).
        type_levels: The level at which a type of department stands when nothing is said before it (厅).
        type_ranks: The types a department has where English does not say which, by level. Ordered: the first that
            there is.
        type_english: The word of English that says a type; Department may be any.
        party_joints: What joins a party body to its region (省委组织部).
        party_joint: The one of them that is put back where a name leaves it out.
        party_prefixes: What may stand before the region of a party body (中共山东省委).
        party_official: The official name of the leading party body of a region, with {region}.
        party_committee: The identifier of party committees (`id`) and their official name with {region} (`official`).
        bare_zones: Zones that every city has; without a name they take their city's (徐州高新区管委会).
        zone_endings: More endings of zones that have a name of their own.
        zone_heads: The governing bodies of zones; an empty one lets a zone stand for its own.
        never_in_zones: What never stands in the name of a zone.
        task_bodies: Endings of the names of bodies formed for a task (绿色金融领导小组).
        task_offices: Endings of the names of their offices.
        not_stops: Words that hold such a word and stop nothing (自由).
        task_stops: Words that such a name never reaches left over.
        weak_task_stops: Words that it reaches over only where a jurisdiction begins it.
        not_followed_by: What must not follow the end of a body's name (教育部门 is not 教育部), by that end.
        not_preceded_by: What must not stand before the beginning of a body's name, by that beginning.
        foreign: Countries and leagues abroad, whose bodies are called as ours are (俄罗斯国防部).
        governments: What governments are called.
        government: What the government of a region is called for short (济南市政府).
        area_levels: The kinds of regions of groups by the level their governments stand at.
        wide_areas: Kinds of regions so wide that no jurisdiction is put before them without a head (各地区).
        group_heads: What a group of departments ends in.
        department: The one of them that departments end in which are named by their field (财政部门).
        never_in_groups: What never stands in the name of a group.
        stationed: Words before the character of a place that say where bodies sit (在陕有关高校).
        relevant: Words between that and the bodies.
        measure_words: Measure words behind a number of regions (3个市).
        field_etc: What may stand between the last field and the word for departments (市场监管、公安等部门).
        councils: The council whose departments are bodies by what they deal with (国务院教育行政部门).
        field_owners: Whose departments are meant, before what they deal with (国务院).
        organs: Bodies of the state called by what they are alone (税务机关).
        before_fields: Characters behind which a list of fields may begin in a sentence (由公安、教育部门).
        area_joints: What joins kinds of regions in one group (各区、县（市）政府).
        each: How a group begins that several items name together (各省、自治区、直辖市财政厅).
        fields: What departments deal with besides the stems of agencies.yaml.
        department_marks: What may stand between a field and the word for departments (中小企业 + 主管 + 部门).
        branches: What the branches of a central body are called as a group (人民银行各分支机构).
        branch_quantifiers: Quantifiers of such groups.
        office_kinds: Kinds of local offices that are a group by themselves (各银保监局).
        aliases: How a text gives a body a short name right behind its name; the group `alias` is the short name.
        not_aliases: How no short name of one body begins.
        supra_regional: Words that begin the name of a body of several provinces, which takes no jurisdiction.
        townships: Endings of offices of towns and streets, which take the county they lie in.
        private_endings: Endings of unknown names by which alone nobody is taken for a body of the state.
        country_names: Names of the country.
    """

    levels: tuple[Level, ...]
    party_committees: Words
    committee_partners: Words
    kinds_of_areas: Words
    area_reaches: Words
    local: Words
    kinds_of_bodies: Words
    divisions: Words
    not_divisions: Words
    ministry_divisions: Words
    speaking_offices: Words
    level_adjectives: Words
    no_level_after: Mapping[Word, Word]
    same_level: Words
    type_levels: Mapping[Word, LevelName]
    type_ranks: Mapping[Word, Ordered[Word]]
    type_english: Mapping[Word, Word]
    party_joints: Words
    party_joint: Word
    party_prefixes: Words
    party_official: Word
    party_committee: Mapping[Word, Word]
    bare_zones: Words
    zone_endings: Words
    zone_heads: tuple[str, ...]
    never_in_zones: Words
    task_bodies: Words
    task_offices: Words
    not_stops: Words
    task_stops: Words
    weak_task_stops: Words
    not_followed_by: Mapping[Word, Words]
    not_preceded_by: Mapping[Word, Words]
    foreign: Words
    governments: Words
    government: Word
    area_levels: Mapping[LevelName, Words]
    wide_areas: Words
    group_heads: Words
    department: Word
    never_in_groups: Words
    stationed: Words
    relevant: Words
    measure_words: Words
    councils: Words
    field_owners: Words
    organs: Words
    field_etc: Words
    before_fields: Words
    area_joints: Words
    each: Words
    fields: Words
    department_marks: Words
    branches: Words
    branch_quantifiers: Words
    office_kinds: Words
    aliases: Pattern
    not_aliases: Words
    supra_regional: Words
    townships: Words
    private_endings: Words
    country_names: Words


class NamedRegion(Entry, frozen=True, kw_only=True):
    """A region that no line of regions.csv holds.

    Attributes:
        id: The identifier in the graph, never reused.
        name: The name.
        parent: The code of the region it lies in, where there is one.
    """

    id: Word
    name: Word
    parent: str = ""


class Deictic(Entry, frozen=True, kw_only=True):
    """Words by which a text says at which level it speaks.

    Attributes:
        province: Words of a province (我省).
        prefecture: Words of a city (全市).
        county: Words of a county (我县).
        country: Words of the country (我国).
    """

    province: Words
    prefecture: Words
    county: Words
    country: Words


class BodiesOfLevel(Entry, frozen=True, kw_only=True):
    """Bodies as clauses name them, by which a county's document is told from that of its city.

    Attributes:
        county: A body of a county (区财政局).
        above: A body of what is above a county (市财政局).
    """

    county: Pattern
    above: Pattern


class JurisdictionWords(Entry, frozen=True, kw_only=True):
    """What tells where a document speaks from.

    Attributes:
        country: The country as a region.
        country_sign: The character that begins the number of a central document (国发).
        country_english: Words of an issuer's English name that make it a central body.
        corps: The corps that 兵团 means in documents of its region.
        corps_division: A division of the corps, with its city, as a title begins with it.
        government_signs: What follows a place's character in a government's number (苏府办〔2024〕12号).
        zone_followers: What follows a zone that a title begins with (苏州工业园区 + 关于…).
        deictic: Words by which a text says at which level it speaks.
        bodies: Bodies by which a county's document is told from that of its city.
    """

    country: NamedRegion
    country_sign: Word
    country_english: Words
    corps: NamedRegion
    corps_division: Pattern
    government_signs: Words
    zone_followers: Words
    deictic: Deictic
    bodies: BodiesOfLevel
