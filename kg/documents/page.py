"""A page to its article: what the site puts around it goes, what the page says of the document is kept.

What is missing from a policy cannot be seen in the graph, so nothing that holds a fair share of the page's
sentences is dropped, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from kg.documents.blocks import Content, RawBlock
from kg.documents.fields import take_fields
from kg.documents.html import parse_html, soup_blocks
from kg.lexicons.documents import DocumentWords
from kg.text.dates import cell_day

_WHOLE = re.compile(r"<(?:!doctype|html|head|body|meta)\b", re.IGNORECASE)
_FURNITURE = frozenset({"nav", "footer", "aside", "header", "form"})
_LISTS = ["ul", "ol", "dl", "div", "p", "table", "section", "aside"]
_SENTENCE = "。"
_SHARE = 0.1
_LINKED = 0.7
_JOINT = r"[-_|—–·]"


def read_page(path: str, markup: str, words: DocumentWords) -> Content:
    """Return the article of a page and what the page says of it; a fragment of a page is all article.

    Raises InputError as `parse_html` does.
    """
    soup = parse_html(path, markup)
    whole = _WHOLE.search(markup) is not None
    said = _meta(soup, words) | _carried(soup, markup, words)
    if whole:
        _drop_furniture(soup, words)
    fields, blocks = take_fields(soup_blocks(soup), words, page=whole)
    meta = {**said, **{key: value for key, value in fields.items() if key not in said or not words.is_own(value)}}
    return Content(tuple(_article(blocks, meta.get("title", ""), words) if whole else blocks), meta)


def _meta(soup: BeautifulSoup, words: DocumentWords) -> dict[str, str]:
    """Return what the <meta> elements say by field, with the <title> where they name none."""
    told: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = str(tag.get("name") or tag.get("property") or tag.get("itemprop") or "").strip().lower()
        if name and (content := str(tag.get("content") or "").strip()):
            told.setdefault(name, content)
    found = {
        field: next((told[name] for name in names if name in told), "") for field, names in words.meta_names.items()
    }
    link = soup.find("link", rel="canonical")
    found["source"] = found.get("source", "") or (str(link.get("href") or "") if isinstance(link, Tag) else "")
    found["title"] = re.sub(words.title_tails, "", found.get("title", "") or _heading(soup))
    if re.fullmatch(words.persons, found.get("site", "")) or found.get("site") in words.platforms:
        found["site"] = ""
    found["site"] = found.get("site", "") or _site(soup, words)
    return {field: value for field, value in found.items() if value}


def _site(soup: BeautifulSoup, words: DocumentWords) -> str:
    """Return the site that <title> names behind the title."""
    title = " ".join(tag.get_text() for tag in soup.find_all("title")[:1])
    tail = re.search(words.title_tails, title)
    site = re.split(_JOINT, tail.group())[-1].strip() if tail else ""
    return site if re.fullmatch(words.sites, site) else ""


def _carried(soup: BeautifulSoup, markup: str, words: DocumentWords) -> dict[str, str]:
    """Return what elements of known identifiers and the page's own script say: the account, the day."""
    tags = {
        field: tag
        for field, ids in words.element_ids.items()
        for name in ids
        if (tag := soup.find(id=name)) is not None
    }
    told = {field: text for field, tag in tags.items() if (text := tag.get_text().strip())}
    if tags and "published" not in told:
        days = (cell_day(match[1]) for pattern in words.script_days if (match := re.search(pattern, markup)))
        told["published"] = next(filter(None, days), "")
    return {field: value for field, value in told.items() if value}


def _heading(soup: BeautifulSoup) -> str:
    headings = [tag.get_text().strip() for tag in soup.find_all("h1")]
    titles = [tag.get_text().strip() for tag in soup.find_all("title")][:1]
    named = [heading for heading in headings if heading and any(heading in title for title in titles)]
    return " ".join((named or titles or [""])[0].split())


def _drop_furniture(soup: BeautifulSoup, words: DocumentWords) -> None:
    """Take out what is hidden, what is called furniture, and lists of links."""
    pattern = re.compile(words.furniture_names, re.IGNORECASE)
    body = soup.body or soup
    most = _weight(body) * _SHARE
    for tag in body.find_all(True):
        if tag.decomposed or (tag.name == "form" and _weight(tag) > most):
            continue
        if (_is_furniture(tag, pattern) and _weight(tag) <= most) or _is_link_list(tag):
            tag.decompose()
    for form in body.find_all("form"):
        form.unwrap()  # some sites wrap the whole page in one


def _is_furniture(tag: Tag, pattern: re.Pattern[str]) -> bool:
    names = (*(tag.get_attribute_list("class")), tag.get("id"), tag.get("role"))
    style = str(tag.get("style") or "").replace(" ", "").lower()
    hidden = "display:none" in style or tag.has_attr("hidden")
    return hidden or tag.name in _FURNITURE or any(pattern.search(str(name)) for name in names if name)


def _weight(tag: Tag) -> float:
    """Return how much running text stands in `tag`: its sentences outside links, or a bit for any text."""
    text = tag.get_text()
    linked = sum(link.get_text().count(_SENTENCE) for link in tag.find_all("a"))
    return text.count(_SENTENCE) - linked + len(text) / 10_000


def _is_link_list(tag: Tag) -> bool:
    if tag.name not in _LISTS:
        return False
    links = tag.find_all("a")
    if len(links) < 2:
        return False
    text = "".join(tag.get_text().split())
    linked = sum(len("".join(link.get_text().split())) for link in links)
    return _SENTENCE not in text and linked >= _LINKED * len(text)


def _article(blocks: Sequence[RawBlock], title: str, words: DocumentWords) -> Iterator[RawBlock]:
    """Yield the blocks from the title on, without the site's lines before the first sentence and after the last."""
    said = [at for at, block in enumerate(blocks) if _speaks(block, words)]
    first, last = (said[0], said[-1]) if said else (len(blocks), -1)
    wanted = _bare(title)
    start = next((at for at in range(first) if wanted and _bare(blocks[at].text) == wanted), 0)
    before = ""
    for at, block in enumerate(blocks):
        outside = at < first or at > last
        twice = at <= first and wanted and _bare(block.text) == before == wanted
        if at >= start and not twice and not (outside and words.is_page_furniture(block.text)):
            before = _bare(block.text)
            yield block


def _speaks(block: RawBlock, words: DocumentWords) -> bool:
    return _SENTENCE in block.text and not words.is_page_furniture(block.text)


def _bare(text: str) -> str:
    return "".join(text.split())
