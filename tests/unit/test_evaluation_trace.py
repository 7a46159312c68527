"""A fund that a report evaluates is traced to its parts, money, goals, bases, result, problems and advice."""

from __future__ import annotations

from pathlib import Path

import ontology
from kg.audit import audit_records
from kg.extract.run import extract_records
from kg.ids import BASE
from kg.rdf import Quad
from kg.read import read_document
from kg.settings import Settings
from kg.store.oxigraph import OxigraphReader
from kg.trace import Trace, trace_project
from kg.triples import to_quads
from tests.golden.test_shapes import validate
from tests.graphs import build_store, to_rdflib
from tests.unit.test_evaluation_reports import CLASSIC


def quads(folder: Path) -> tuple[Quad, ...]:
    path = folder / "report.txt"
    path.write_text(CLASSIC, "utf-8")
    return tuple(to_quads(audit_records(extract_records(read_document(path, Settings()))), BASE))


def opened(folder: Path) -> OxigraphReader:
    return build_store(folder / "store", [quads(folder)], codes=False)


def said(trace: Trace) -> dict[str, list[str]]:
    return {step.step: [str(item.label) for item in step.items] for step in trace.steps if step.items}


def test_the_trace_of_a_fund_shows_what_the_report_tells(tmp_path: Path) -> None:
    (trace,) = trace_project(opened(tmp_path), "书画保护专项经费")
    told = said(trace)
    assert told["part"] == ["书画修复经费", "书画扫描经费"]
    assert told["goal"] == ["抢救濒危书画。"]
    assert told["legal_basis"] == ["某区书画保护实施办法"]
    assert told["evaluation"] == ["综合得分92.5分，评级为“优”"]
    assert told["problems"][0] == "前期论证不充分：部分修复方案未经专家论证。"
    assert told["rectification"] == ["加强前期论证。", "加快资金支付进度。"]
    lines = [item.evidence[0].source.line for item in trace.items("problems")]
    printed = CLASSIC.split("\n")
    assert [printed[line - 1][:5] for line in lines if line] == ["（一）前期", "（二）资金"]


def test_a_part_is_traced_to_its_own_money_and_goal(tmp_path: Path) -> None:
    (trace,) = trace_project(opened(tmp_path), "书画扫描经费")
    told = said(trace)
    assert [label.replace(" ", "") for label in sorted(told["amount"])] == ["113.2万元", "120万元", "94.33%"]
    assert told["goal"] == ["扫描4万页。"]
    assert "part" not in told and not trace.items("problems")


def test_the_graph_of_a_report_keeps_to_the_shapes(tmp_path: Path) -> None:
    graph = to_rdflib(quads(tmp_path)) + ontology.load_vocabulary()
    assert validate(graph, ontology.shapes_path().read_text("utf-8")) == []
