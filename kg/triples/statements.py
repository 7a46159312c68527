"""Numbers stated in prose."""

from __future__ import annotations

from collections.abc import Iterator

from kg.rdf import Quad
from kg.records import StatementRecord
from kg.triples.facts import Facts
from kg.triples.scope import Scope
from kg.triples.topics import find_metric_topic, split_metric
from kg.values.money import to_yuan


def statement_quads(record: StatementRecord, scope: Scope) -> Iterator[Quad]:
    """Yield one stated number: as printed (`bud:value`) and, where it is money, in 元 (`bud:amount`)."""
    node = scope.statement(record)
    about = scope.about(record.subject, None, record.source)
    is_project = scope.project(record.subject, record.source) is not None
    if about is not None:
        scope.subjects[node] = about
    facts = Facts(node, scope.graph, "bud:Statement").add_source(scope.document, record.source)
    base, aspect = split_metric(record.metric)
    topic = find_metric_topic(record.metric)
    facts.add("bud:metricBase", base).add("bud:aspect", aspect)
    facts.add("bud:topic", scope.ids.of("topic", topic) if topic else None)
    facts.add("bud:metric", record.metric).add("bud:subject", record.subject)
    facts.add("rdfs:label", " ".join(part for part in (record.subject, record.metric) if part))
    facts.add("bud:value", record.value).add("bud:unit", record.unit)
    facts.add("bud:amount", to_yuan(record.value, record.unit))
    facts.add("bud:fiscalYear", record.year).add("bud:baseYear", record.base_year)
    facts.add("bud:stage", record.stage).add("bud:baseStage", record.base_stage)
    # The whole is stated first and its units after it, whether they are named or not.
    key = (record.metric, record.year, record.base_year, about if is_project else None)
    facts.add("bud:firstMention", key not in scope.stated)
    scope.stated.add(key)
    facts.add("bud:implied", record.implied).add("bud:department", scope.department_iri())
    yield from facts.add("bud:about", about)
