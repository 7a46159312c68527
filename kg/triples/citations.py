"""Legal and policy documents, who issued them, and each place that cites one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.ids import fold_name
from kg.rdf import XSD, Iri, Literal, Quad
from kg.records import CitationRecord
from kg.triples.facts import Facts
from kg.triples.scope import Scope
from kg.values.year import YEAR, is_iso, year_of

_YEAR = re.compile(rf"({YEAR})\s*年")
# A title that names a place or a body says by itself whose document it is.
_OWN_PLACE = re.compile(r"[省市区县州盟旗]|中华人民共和国|中共|国务院|中央")


def citation_quads(record: CitationRecord, scope: Scope) -> Iterator[Quad]:
    """Yield the citation, the document it cites, and the direct `bud:legalBasis` of a citing project."""
    legal = legal_iri(record, scope)
    project = scope.project(record.cited_by.project, record.source)
    citing = project or scope.document
    node = scope.names.name("citation", record.source, legal.value, record.printed)
    place = record.source.place
    source = replace(record.source, place=replace(place, section=record.cited_by.section or place.section))
    facts = Facts(node, scope.graph, "bud:Citation").add_source(scope.document, source)
    facts.add("bud:citedBy", citing).add("bud:cites", legal).add("bud:matchStatus", record.status)
    facts.add("bud:citationText", record.printed)
    facts.add("bud:citedTitle", record.full_title or record.title)
    yield from facts.add("bud:department", scope.department_iri())
    yield from Facts(citing, scope.graph).add("bud:legalBasis", legal)
    yield from _legal_quads(record, legal, scope)


def legal_iri(record: CitationRecord, scope: Scope) -> Iri:
    """Return the cited document: by its number, else its title, with the issuer where the title needs one."""
    if record.number:
        return scope.ids.of("legal", record.number)
    title = plain_title(record.title or record.full_title or "")
    if not title:
        return scope.ids.hashed("legal", scope.record.sha256, record.printed)
    if record.issuers and not _OWN_PLACE.search(title):
        return scope.ids.of("legal", title, "、".join(scope.organization(name) for name in record.issuers))
    return scope.ids.of("legal", title)


def plain_title(title: str) -> str:
    """Return a title without the country's name at its head, which is printed or not as one likes.

    >>> plain_title("中华人民共和国预算法")
    '预算法'
    """
    return fold_name(title).removeprefix("中华人民共和国") or fold_name(title)


def document_year(record: CitationRecord) -> tuple[int | None, bool]:
    """Return the year a document was issued, and whether it is only read off its title."""
    for printed in (record.number, record.date):
        year = year_of(printed) if printed else None
        if year is not None:
            return year, False
    title = _YEAR.search(record.title or "")
    return (int(title[1]), True) if title else (None, False)


def to_date(printed: str | None) -> Literal | None:
    """Return an ISO date as xsd:date, xsd:gYearMonth or xsd:gYear, None for anything else."""
    kinds = {10: "date", 7: "gYearMonth", 4: "gYear"}
    if printed and is_iso(printed):
        return Literal(printed, f"{XSD}{kinds[len(printed)]}")
    return None


def _legal_quads(record: CitationRecord, legal: Iri, scope: Scope) -> Iterator[Quad]:
    title = record.title or record.full_title or record.printed
    year, inferred = document_year(record)
    facts = Facts(legal, scope.graph, "bud:LegalDocument").add("rdfs:label", title)
    facts.add("eli:title", record.title or record.full_title).add("bud:documentNumber", record.number)
    if record.full_title and fold_name(record.full_title) != fold_name(title):
        facts.add("bud:fullTitle", record.full_title)
    if record.number:
        facts.add("bud:documentMark", record.number.split("〔")[0])
    facts.add("bud:legalKind", record.kind).add("bud:documentYear", year)
    facts.add("bud:documentYearInferred", True if inferred else None)
    facts.add("eli:date_document", to_date(record.date))
    names = [scope.organization(name) for name in record.issuers]
    for printed, name in zip(record.issuers, names, strict=True):
        issuer = scope.ids.of("department", name)
        facts.add("bud:issuer", issuer)
        body = Facts(issuer, scope.graph, "bud:Organization").add("rdfs:label", name)
        if fold_name(printed) != fold_name(name):
            body.add("skos:altLabel", printed)
        yield from body
    yield from facts
