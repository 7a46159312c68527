"""Projects over the years: the same name is the same programme, a likeness only a candidate that must be mutual."""

from __future__ import annotations

import pytest

from kg.ids import fold_name
from kg.rdf import Iri
from kg.resolve.programmes import THRESHOLD, Link, YearProject, find_links


def project(
    name: str, year: int, *, goal: str = "", code: str = "2010308", basis: str = "", other: str = ""
) -> YearProject:
    return YearProject(
        iri=Iri(f"https://example.org/{year}/{name}"),
        department="某市某区甲局",
        year=year,
        name=name,
        names={fold_name(known) for known in (name, other) if known},
        codes={code},
        bases={Iri(f"https://example.org/legal/{basis}")} if basis else set(),
        texts={goal: None} if goal else {},
    )


def between(*projects: YearProject) -> list[tuple[str, str, str]]:
    return [(link.first.name, link.second.name, link.status) for link in find_links(list(projects))]


def only(*projects: YearProject) -> Link:
    (link,) = find_links(list(projects))
    return link


def test_the_same_name_in_another_year_is_certain() -> None:
    link = only(project("档案整理", 2020), project("档案整理", 2021))
    assert (link.status, link.score) == ("exact", 1.0)


def test_another_spelling_the_document_gives_counts_as_the_name() -> None:
    assert between(project("档案整理", 2020), project("档案数字化", 2021, other="档案整理")) == [
        ("档案整理", "档案数字化", "exact")
    ]


def test_two_projects_of_one_year_are_never_linked() -> None:
    assert between(project("档案整理", 2020), project("档案整理费", 2020)) == []


def test_the_earlier_year_stands_first_whatever_the_order_of_reading() -> None:
    found = find_links([project("档案整理", 2020), project("档案整理", 2022), project("档案整理", 2021)])
    assert {(link.first.year, link.second.year) for link in found} == {(2020, 2022), (2020, 2021)}


def test_a_name_that_only_lost_its_ending_is_a_strong_candidate() -> None:
    link = only(project("★档案整理费", 2020), project("档案整理项目", 2021))
    assert (link.status, link.score) == ("candidate", 0.99)
    assert "功能科目相同：2010308" in link.evidence


def test_code_and_basis_raise_the_score_of_a_likeness_and_are_named() -> None:
    bare = only(project("信访平台软件运行维护", 2020, code="1"), project("信访平台软件运行管理", 2021, code="2"))
    coded = only(project("信访平台软件运行维护", 2020), project("信访平台软件运行管理", 2021))
    based = only(project("信访平台软件运行维护", 2020, basis="甲"), project("信访平台软件运行管理", 2021, basis="甲"))
    assert THRESHOLD <= bare.score < coded.score < based.score < 1
    assert coded.score - bare.score == pytest.approx(0.05)
    assert based.score - coded.score == pytest.approx(0.10)
    assert "依据文件相同" in based.evidence
    assert "依据文件相同" not in coded.evidence


def test_alike_goals_help_a_likeness_of_names_and_are_told() -> None:
    goal = "保障全区信访信息系统稳定运行，全年故障时间不超过八小时。"
    link = only(project("信访平台软件运行维护", 2020, goal=goal), project("信访平台软件运行管理", 2021, goal=goal))
    assert link.score > only(project("信访平台软件运行维护", 2020), project("信访平台软件运行管理", 2021)).score
    assert "目标与内容相似度 1.00" in link.evidence


def test_alike_goals_alone_are_no_likeness() -> None:
    goal = "保障全区信访信息系统稳定运行，全年故障时间不超过八小时。"
    assert between(project("档案整理", 2020, goal=goal), project("业务培训", 2021, goal=goal)) == []


def test_a_project_already_certain_is_no_candidate_for_that_year() -> None:
    found = between(project("平台运行", 2020), project("平台运行", 2021), project("平台运行维护", 2021))
    assert found == [("平台运行", "平台运行", "exact")]


def test_a_candidate_must_be_the_best_of_both() -> None:
    found = between(project("平台运行维护", 2020), project("平台运行维护管理", 2021), project("平台运行", 2021))
    assert found == [("平台运行维护", "平台运行维护管理", "candidate")]
