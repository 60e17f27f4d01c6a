"""Identifiers made from what a thing is: a body, a group, a zone or a document has one, wherever it is named."""

from __future__ import annotations

from kg.model.document import Work, content_id

BASE = "https://w3id.org/zhengce/id/"
"""The address under which the identifiers of all things stand, unless a build is given another."""
UNLISTED = "x-"  # begins the identifiers of bodies that no lexicon knows


def department_id(region: str, stem: str, type_: str = "") -> str:
    """Return the id of a body of a region by what it deals with and what type of body it is.

    >>> department_id("370000", "finance", "department")
    '370000-finance-department'
    """
    return "-".join(part for part in (region, stem, type_) if part)


def government_id(region: str) -> str:
    """Return the id of a region's government."""
    return f"{region}-government"


def office_id(kind: str, region: str = "") -> str:
    """Return the id of a local office of a central body, by its kind and the region that it covers.

    >>> office_id("customs", "440300")
    'customs-440300'
    """
    return f"{kind}-{region}" if region else kind


def unlisted_id(name: str) -> str:
    """Return the id of a body that no lexicon knows, by its name."""
    return f"{UNLISTED}{content_id('agency', name)}"


def task_body_id(name: str) -> str:
    """Return the id of a body formed for a task, by its name (绿色金融领导小组)."""
    return f"t-{content_id('task', name)}"


def zone_id(name: str) -> str:
    """Return the id of a zone, by its name (徐州高新区)."""
    return f"z-{content_id('zone', name)}"


def group_id(name: str) -> str:
    """Return the id of a group of bodies, by its name."""
    return f"g-{content_id('group', name)}"


def work_id(work: Work) -> str:
    """Return the id of a document by its number, or else by its title and issuer, whether its text is there or not."""
    return content_id("work", work.number) if work.number else content_id("work", work.title, work.issuer)


def article_id(title: str, published: str) -> str:
    """Return the id of a news article by its title, blanks aside, and the day it appeared."""
    return content_id("article", "".join(title.split()), published[:10])
