"""Passages are verbatim, short, of one matter; every sentence and every cell of words is in one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.extract.items import LONGEST, REASONS, split_passages
from kg.extract.passages.records import extract_passages
from kg.extract.projects.found import find_projects
from kg.extract.run import open_context
from kg.read.plain.markup import strip_markup
from kg.read.plain.reader import read_text
from tests.shared import DOCUMENTS
from tests.texts import read_projects, table


def kinds(text: str) -> list[tuple[str, str]]:
    """Return kind and text of the passages of `text`, the document's title left out."""
    title, *passages = extract_passages(*read_projects(text))
    assert title.kind == "note"
    return [(p.kind, p.text) for p in passages]


def test_headings_tell_the_kind_of_what_stands_below() -> None:
    text = "\n".join(
        [
            "一、部门主要职责",
            "负责审计监督工作，草拟规章制度。",
            "二、2024年主要工作目标",
            "进一步推进规范化改革工作。",
            "三、名词解释",
            "基本支出：指为保障机构正常运转而发生的支出。",
        ]
    )
    assert [kind for kind, _ in kinds(text)] == ["duty", "annual_target", "explanation"]


def test_a_change_and_its_reasons_are_one_passage() -> None:
    text = "预算收支增加主要原因：一是任务加重，导致经费增加；二是工作强度增加，新增聘员；三是采购指挥系统。"
    assert kinds("二、收支情况\n" + text) == [("reason", text)]


def test_short_cells_stay_whole_and_long_ones_are_cut_at_items() -> None:
    short = "1、完成系统运行维护 2、平台平稳运行 3、完成安全检查"
    assert [piece.text for piece in split_passages(short)] == [short]
    long = "1、" + "甲" * 60 + "。2、" + "乙" * 60 + "。"
    assert [piece.text[:3] for piece in split_passages(long)] == ["1、甲", "2、乙"]


def test_a_project_row_its_goal_and_its_basis() -> None:
    text = table(
        "部门预算绩效管理项目情况表",
        [
            ["功能分类", "功能分类", "项目名称", "项目金额", "绩效目标", "项目申报依据"],
            [
                "2010804",
                "审计业务",
                "★信息化运行费",
                "46",
                "保障信息系统安全稳定运行。",
                "1、《甲办法》（粤审发[2016]2号） 2、《乙通知》",
            ],
            ["2050803", "培训支出", "业务培训", "8", "提高业务能力和工作水平。", ""],
        ],
    )
    assert kinds(text)[:4] == [
        ("note", "2010804\t审计业务\t★信息化运行费\t46"),
        ("goal", "保障信息系统安全稳定运行。"),
        ("legal_basis", "1、《甲办法》（粤审发[2016]2号）"),
        ("legal_basis", "2、《乙通知》"),
    ]


def test_contents_lists_and_rows_of_numbers_make_no_passages() -> None:
    text = table(
        "部门支出总表",
        [
            ["科目编码", "科目名称", "支出总计"],
            ["", "合计", "10"],
            ["201", "一般公共服务支出", "10"],
        ],
    )
    assert kinds(text) == []


def test_context_names_department_year_table_project_and_column() -> None:
    text = table(
        "部门预算绩效管理项目情况表",
        [
            ["功能分类", "项目名称", "项目金额", "绩效目标"],
            ["2010804", "业务培训", "8", "提高业务能力和工作水平。"],
            ["2010804", "设备购置", "4", "保障办公正常有序开展。"],
        ],
    )
    goal = next(p for p in extract_passages(*read_projects(text)) if p.kind == "goal")
    assert goal.context == "某市某区审计局 · 2024 · 部门预算绩效管理项目情况表 · 业务培训 · 绩效目标"
    assert (goal.about, goal.about_kind) == ("业务培训", "project")


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_passages_of_the_sources_are_verbatim_and_short(path: Path) -> None:
    context = open_context(read_text(path.read_bytes(), file=path.name))
    printed = re.sub(r"\s", "", strip_markup(path.read_text("utf-8")))
    passages = list(extract_passages(context, find_projects(context)))
    assert len(passages) > 20
    joined_over_pages = [p for p in passages if re.sub(r"\s", "", p.text) not in printed]
    assert len(joined_over_pages) <= len(passages) // 20
    assert all(len(p.text) <= max(2 * LONGEST + 40, REASONS) for p in passages)


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_every_sentence_of_the_prose_is_findable(path: Path) -> None:
    context = open_context(read_text(path.read_bytes(), file=path.name))
    found = re.sub(r"\s", "", "".join(p.text for p in extract_passages(context, find_projects(context))))
    prose = [p for p in context.document.paragraphs if not p.level and p.place.section != "目录"]
    sentences = [s for p in prose for s in re.split("[。；;]", re.sub(r"\s", "", p.text)) if len(s) > 14]
    missing = [s for s in sentences if s not in found and not re.match("表[一二三四五六七八九十]", s)]
    assert missing == []
