"""Writes view-sample.nq: a small graph by hand, as docs/model.md has it, with every nuisance the view must bear.

Run it after a change: ``python tests/data/make_view_sample.py``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.graph.namespaces import VOCABULARIES
from kg.model.document import content_id
from kg.model.ids import BASE

PROVEN = "省生态环境厅牵头，省财政厅配合"
HOSTILE = "</script><img src=x onerror=window.pwned=1>"
POLICY = f"""𠮷𠮷广东省绿色金融行动方案
一、总体要求
坚持绿色发展。
二、重点任务
1.扩大绿色债券发行规模。支持企业发行绿色债券。（{PROVEN}）
2.完善排污权交易机制。𠮷祥🏦开展试点。（{PROVEN}）
3.建设绿色金融改革创新试验区。（珠三角各地级以上市政府负责，人民银行广州分行配合）
4.健全信息披露{HOSTILE}制度。（省地方金融监管局、{HOSTILE}局牵头）
"""
NEWS = f"""金融监管局：推动绿色信贷{HOSTILE}
　　8月30日，记者从省地方金融监管局获悉：
一是推动绿色信贷增长。
二是央行𠮷将支持碳减排。\u2028由人民银行牵头。
"""
_TYPED = {int: "integer", bool: "boolean", float: "decimal"}


def iri(prefixed: str) -> NamedNode:
    """Return a term (``zc:Lead``) or a thing (``agency:x``)."""
    prefix, _, local = prefixed.partition(":")
    return NamedNode(VOCABULARIES[prefix] + local if prefix in VOCABULARIES else f"{BASE}{prefix}/{local}")


class Builder:
    """Collects quads, one call for each subject."""

    def __init__(self) -> None:
        self.quads: list[Quad] = []

    def add(self, graph: str, subject: str, kinds: str, **properties: object) -> None:
        """Add a subject with its classes; a property is written ``zc__role``, a value in angle brackets is an IRI."""
        for kind in kinds.split():
            self._put(graph, subject, "rdf:type", iri(kind))
        for name, values in properties.items():
            for value in values if isinstance(values, list) else [values]:
                if value not in ("", None):
                    self._put(graph, subject, name.replace("__", ":"), _term(value))

    def _put(self, graph: str, subject: str, predicate: str, value: NamedNode | Literal) -> None:
        self.quads.append(Quad(iri(subject), iri(predicate), value, iri(f"graph:{graph}")))

    def source(self, document: str, text: str, link: str) -> str:
        """Add a source text with the document's wording that stands in it, and return its name."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        name = f"source:{digest[:16]}"
        self.add(document, name, "zc:SourceText", schema__text=text, zc__sha256=digest)
        self.quads.append(Quad(iri(name), iri("dcterms:source"), NamedNode(link), iri(f"graph:{document}")))
        self.add(document, name.replace("source", "expression", 1), "zc:Expression", zc__sourceText=f"<{name}>")
        return name

    def evidence(self, document: str, source: str, text: str, start: int, end: int) -> str:
        """Add a quote with its place and return its name."""
        name = f"evidence:{content_id(source, start, end)}"
        self.add(
            document,
            name,
            "zc:Quotation",
            zc__inExpression=f"<{source.replace('source', 'expression', 1)}>",
            oa__start=start,
            oa__end=end,
            oa__exact=text[start:end],
        )
        return name

    def agency(self, name: str, label: str, aliases: Iterable[str] = (), level: str = "province", **more: Any) -> str:
        """Add an agency to the reference graph."""
        regulator = " zc:Regulator" if more.pop("regulator", False) else ""
        vertical = more.pop("vertical", False)
        self.add(
            "reference",
            name,
            f"zc:Agency cv:PublicOrganisation{regulator}",
            skos__prefLabel=zh(label),
            skos__altLabel=[zh(alias) for alias in aliases],
            zc__adminLevel=level,
            zc__verticallyManaged=vertical,
            **more,
        )
        return name

    def measure(self, document: str, label: str, path: str, proof: str, *, start: int, end: int, **more: Any) -> str:
        """Add a section and the measure stated in it."""
        key = content_id(document, path)
        self.add(
            document,
            f"section:{key}",
            "zc:Section eli:LegalResourceSubdivision",
            eli__is_part_of=f"<document:{document}>",
            zc__path=path,
            dcterms__title=zh(label),
            zc__start=start,
            zc__end=end,
        )
        self.add(
            document,
            f"measure:{key}",
            "zc:Measure",
            rdfs__label=zh(label),
            zc__path=path,
            zc__statedIn=f"<section:{key}>",
            dcterms__isPartOf=f"<document:{document}>",
            zc__evidence=f"<{proof}>",
            **more,
        )
        return f"measure:{key}"

    def assign(
        self, document: str, measure: str, agent: str, role: str, proof: str, *, via: str = "", **more: Any
    ) -> str:
        """Add an assignment with its direct triple; one that goes `via` a group goes to the inferred graph."""
        graph = "inferred" if via else document
        name = f"assignment:{content_id(measure, agent, role, proof)}"
        more.setdefault("zc__resolution", "group-member" if via else "restored")
        self.add(
            graph,
            name,
            "zc:Assignment",
            zc__measure=f"<{measure}>",
            zc__agent=f"<{agent}>",
            zc__role=f"<zc:{role}>",
            zc__confidence=0.6 if via else 0.95,
            zc__evidence=f"<{proof}>",
            zc__viaGroup=f"<{via}>" if via else "",
            **more,
        )
        self.add(graph, measure, "", **{f"zc__{role.lower()}Agency": f"<{agent}>"})
        return name

    def ntriples(self) -> bytes:
        """Return the quads as sorted N-Quads."""
        text = serialize(self.quads, format=RdfFormat.N_QUADS) or b""
        return b"".join(sorted(set(text.splitlines(keepends=True))))


def zh(text: str) -> Literal:
    """Return text marked as Chinese."""
    return Literal(text, language="zh")


def _term(value: object) -> NamedNode | Literal:
    if isinstance(value, Literal):
        return value
    if isinstance(value, str):
        return iri(value[1:-1]) if value.startswith("<") and value.endswith(">") else Literal(value)
    text = str(value).lower()
    return Literal(text, datatype=NamedNode(VOCABULARIES["xsd"] + _TYPED[type(value)]))


def find_spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield every place of `words` in `text`."""
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)


def build() -> bytes:
    """Return the sample as N-Quads."""
    builder = Builder()
    _reference(builder)
    _policy(builder)
    _news(builder)
    return builder.ntriples()


def _reference(builder: Builder) -> None:
    builder.agency("agency:pboc", "中国人民银行", ["人民银行", "央行"], "country", regulator=True)
    builder.agency("agency:pboc-guangzhou", "中国人民银行广州分行", ["人民银行广州分行"], "province", vertical=True)
    builder.agency(
        "agency:440000-ecology", "广东省生态环境厅", ["省生态环境厅", "省环境厅"], dcterms__spatial="<region:440000>"
    )
    builder.agency("agency:440000-finance", "广东省财政厅", ["省财政厅"])
    builder.agency("agency:440000-lfs", "广东省地方金融监督管理局", ["省地方金融监管局"], regulator=True)
    builder.agency("agency:440000-evil", f"{HOSTILE}局", [f'{HOSTILE} href="javascript:window.pwned=1"'])
    builder.agency("agency:440100-government", "广州市人民政府", ["广州市政府"], "prefecture")
    builder.agency("agency:440300-government", "深圳市人民政府", ["深圳市政府"], "prefecture")
    builder.agency("agency:unused", "无关机构")
    builder.add(
        "reference",
        "group:prd",
        "zc:AgencyGroup",
        skos__prefLabel=zh("珠三角各地级以上市政府"),
        zc__membership="closed",
    )
    builder.add("inferred", "group:prd", "", skos__member=["<agency:440100-government>", "<agency:440300-government>"])
    builder.add("reference", "region:440000", "zc:Region", skos__prefLabel=zh("广东省"), zc__adminLevel="province")
    builder.add(
        "reference",
        "instrument:green-bond",
        "zc:Instrument skos:Concept",
        skos__prefLabel=[zh("绿色债券"), Literal("green bond", language="en")],
    )


def _policy(builder: Builder) -> None:
    document, text = "policy", POLICY
    source = builder.source(document, text, "https://example.org/policy?a=1&b=2")
    builder.add(
        document,
        f"document:{document}",
        "zc:PolicyDocument eli:LegalResource schema:Legislation",
        dcterms__title=zh(f"广东省绿色金融行动方案{HOSTILE}"),
        eli__id_local="粤办函〔2022〕219号",
        eli__date_document=Literal("2022-06-24", datatype=NamedNode(VOCABULARIES["xsd"] + "date")),
        zc__wording=f"<{source.replace('source', 'expression', 1)}>",
    )

    def prove(words: str, occurrence: int = 0) -> str:
        return builder.evidence(document, source, text, *list(find_spans(text, words))[occurrence])

    def measure(label: str, path: str, **more: Any) -> str:
        start, end = next(find_spans(text, label))
        return builder.measure(document, label, path, prove(label), start=start, end=end, **more)

    bonds = measure(
        "扩大绿色债券发行规模", "二/1", zc__usesInstrument="<instrument:green-bond>", dcterms__spatial="<region:440000>"
    )
    permits = measure("完善排污权交易机制", "二/2")
    zone = measure("建设绿色金融改革创新试验区", "二/3")
    disclosure = measure(f"健全信息披露{HOSTILE}制度", "二/4")
    for occurrence, item in enumerate((bonds, permits)):
        proof = prove(f"（{PROVEN}）", occurrence)
        for agent, role, raw, surface in (
            ("agency:440000-ecology", "Lead", "牵头", "省生态环境厅"),
            ("agency:440000-finance", "Support", "配合", "省财政厅"),
        ):
            builder.assign(document, item, agent, role, proof, zc__rawRole=zh(raw), zc__surfaceForm=zh(surface))
    proof = prove("（珠三角各地级以上市政府负责，人民银行广州分行配合）")
    builder.assign(document, zone, "group:prd", "Responsible", proof, zc__rawRole=zh("负责"), zc__resolution="verbatim")
    builder.assign(document, zone, "agency:pboc-guangzhou", "Support", proof, zc__rawRole=zh("配合"))
    for city in ("agency:440100-government", "agency:440300-government"):
        builder.assign(document, zone, city, "Responsible", proof, via="group:prd")
    proof = prove(f"（省地方金融监管局、{HOSTILE}局牵头）")
    builder.assign(document, disclosure, "agency:440000-lfs", "Lead", proof, zc__surfaceForm=zh("省地方金融监管局"))
    builder.assign(document, disclosure, "agency:440000-evil", "Lead", proof, zc__surfaceForm=zh(f"{HOSTILE}局"))


def _news(builder: Builder) -> None:
    document, text = "news", NEWS
    source = builder.source(document, text, "javascript:window.pwned=1")
    builder.add(
        document,
        f"document:{document}",
        "schema:NewsArticle",
        dcterms__title=zh(f"金融监管局：推动绿色信贷{HOSTILE}"),
        schema__datePublished=Literal("2021-08-30", datatype=NamedNode(VOCABULARIES["xsd"] + "date")),
        dcterms__publisher=zh("新浪财经"),
        zc__wording=f"<{source.replace('source', 'expression', 1)}>",
    )
    for path, label, announcer in (
        ("一是", "推动绿色信贷增长", "agency:440000-lfs"),
        ("二是", "央行𠮷将支持碳减排", "agency:pboc"),
    ):
        start, end = next(find_spans(text, label))
        proof = builder.evidence(document, source, text, start, end)
        item = builder.measure(document, label, path, proof, start=start, end=end, zc__announcedBy=f"<{announcer}>")
    span = next(find_spans(text, "由人民银行牵头"))
    proof = builder.evidence(document, source, text, *span)
    builder.assign(document, item, "agency:pboc", "Lead", proof, zc__rawRole=zh("牵头"), zc__surfaceForm=zh("人民银行"))


if __name__ == "__main__":
    Path(__file__).with_name("view-sample.nq").write_bytes(build())
