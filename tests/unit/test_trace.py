"""A trace goes from a project to its legal basis, each step with its printed evidence, and back."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from kg.errors import NotFound
from kg.serialise import to_json
from kg.trace import STEPS, Trace, trace_legal, trace_project
from kg.trace.model import StepName
from tests.graphs import DOCUMENTS, sample_store

LONGGANG = "深圳市龙岗区信访局"


def traced(name: str, year: int | None = None) -> Trace:
    return trace_project(sample_store(), name, year=year)[0]


def labels(trace: Trace, step: StepName) -> list[str]:
    return [str(item.label) for item in trace.items(step)]


def test_a_project_is_traced_to_its_basis_and_issuers() -> None:
    trace = traced("信访稳定备用金", 2020)
    assert labels(trace, "department") == [LONGGANG]
    assert labels(trace, "amount") == ["500 万元"]
    assert labels(trace, "goal") == ["保障经费、化解矛盾、促进社会和谐。"]
    assert labels(trace, "legal_basis") == ["龙岗区信访稳定备用金使用管理办法"]
    assert set(labels(trace, "issuer")) == {"深圳市龙岗区财政局", LONGGANG}


def test_codes_bear_the_names_of_their_year() -> None:
    assert labels(traced("信访稳定备用金", 2020), "function_code") == [
        "201 一般公共服务支出",
        "20103 政府办公厅（室）及相关机构事务",
        "2010308 信访事务",
    ]


def test_a_name_of_several_years_gives_all_of_them_newest_first() -> None:
    traces = trace_project(sample_store(), "信访稳定备用金")
    assert [trace.project.year for trace in traces] == [2023, 2020]


def test_what_no_document_states_is_marked_inferred() -> None:
    newer = traced("信访稳定备用金", 2023)
    assert all(item.inferred for item in newer.items("function_code"))
    assert [str(item.detail) for item in newer.items("legal_basis")] == ["深龙信〔2016〕2号 · 2020年同名项目的依据"]
    assert all(item.inferred for item in newer.items("legal_basis"))
    older = traced("信访稳定备用金", 2020)
    assert not any(item.inferred for step in ("function_code", "legal_basis") for item in older.items(step))


def test_every_item_has_evidence_that_is_printed_where_it_says() -> None:
    checked = 0
    for name in ("信访稳定备用金", "信访工作", "其他综合事务管理", "全区信访业务培训", "广州市信访服务外包项目"):
        for trace in trace_project(sample_store(), name):
            for step in trace.steps:
                for item in step.items:
                    assert item.evidence, (name, step.step, item.label)
                    for entry in item.evidence:
                        lines = (DOCUMENTS / entry.document.file).read_text("utf-8").split("\n")
                        assert entry.source.line is None or entry.source.line <= len(lines)
                        if (
                            step.step == "amount"
                            and entry.source.line is not None
                            and "\t" in lines[entry.source.line - 1]
                        ):
                            assert entry.text in lines[entry.source.line - 1]
                            checked += 1
    assert checked > 10


def test_an_activity_is_traced_to_its_duty() -> None:
    assert labels(traced("其他综合事务管理"), "duty") == ["信访事务管理"]


def test_an_execution_names_budget_spending_and_indicators() -> None:
    trace = traced("信访信息化运行维护", 2021)
    assert {"34.26 万元", "32.51 万元", "94.88%"} <= set(labels(trace, "amount"))
    assert "信访人满意度" in labels(trace, "indicator")
    assert "不适用" not in labels(trace, "indicator")


def test_a_stated_change_comes_with_its_reason() -> None:
    (change,) = traced("信访工作", 2023).items("change")
    assert str(change.label) == "较2022年 +2210000元 +60%"
    assert str(change.detail).startswith("劝返工作强度大")


def test_a_legal_document_leads_back_to_projects_and_amounts() -> None:
    trace = trace_legal(sample_store(), "深龙信[2016]2号")
    assert [(project.label, project.year, project.amount) for project in trace.projects] == [
        ("信访稳定备用金", 2020, Decimal(5_000_000))
    ]
    assert trace.projects[0].evidence[0].source.line == 496


def test_a_replaced_statute_says_what_replaced_it() -> None:
    trace = trace_legal(sample_store(), "《信访条例》")
    assert (trace.legal.status, trace.legal.replaced_by, trace.legal.date) == ("replaced", "信访工作条例", "2005-01-10")
    assert {project.label for project in trace.projects} >= {"信访事务管理", "其他综合事务管理"}
    assert len(trace.documents) == 1


def test_an_unknown_name_is_not_found_but_its_neighbours_are() -> None:
    with pytest.raises(NotFound) as missing:
        trace_project(sample_store(), "信访稳定金")
    assert "信访稳定备用金" in missing.value.near
    with pytest.raises(NotFound) as elsewhere:
        trace_project(sample_store(), "信访稳定备用金", year=2021)
    assert any("2020" in near for near in elsewhere.value.near)
    with pytest.raises(NotFound) as number:
        trace_legal(sample_store(), "深龙信〔2016〕3号")
    assert "深龙信〔2016〕2号" in number.value.near


def test_an_iri_and_a_wide_bracket_find_the_same_project() -> None:
    (trace,) = trace_project(sample_store(), "区信访大厅（区维稳中心）管理事务", year=2020)
    assert trace_project(sample_store(), trace.project.iri) == (trace,)


def test_a_trace_prints_every_step_in_order() -> None:
    data = json.loads(to_json(traced("信访工作")))
    assert [step["step"] for step in data["steps"]] == list(STEPS)
    assert data["project"]["department"] == LONGGANG


def test_a_goal_is_shown_in_its_own_cell_and_each_place_once() -> None:
    trace = traced("信访工作", 2023)
    for step in ("goal", "content"):
        for item in trace.items(step):
            assert len(item.evidence) == len(set(item.evidence))
            assert all(entry.text != trace.project.label for entry in item.evidence), item.label
    assert [
        entry.source.line for item in traced("信访稳定备用金", 2020).items("legal_basis") for entry in item.evidence
    ] == [496]
    assert {item.stage for item in trace.items("amount")} == {"budget"}
    assert not any("万元 万元" in label for label in labels(trace, "amount"))
