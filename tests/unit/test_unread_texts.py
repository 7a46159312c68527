"""Every text of a form and every paragraph ends in a record, or an issue names it; a document without facts says so."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.run import Extraction, extract_records
from kg.read.html.reader import read_html
from kg.read.plain.reader import read_text
from kg.settings import Settings


def read(body: str) -> Extraction:
    page = f"<html><body><h1>某市园林局2025年部门预算</h1>{body}</body></html>"
    return extract_records(read_html(page.encode(), settings=Settings(), file="page.html"))


def unread(found: Extraction) -> list[str]:
    return [issue.text for issue in found.issues if issue.code == "unread_text"]


def coverage(found: Extraction) -> Any:
    return found.records[0].coverage  # type: ignore[union-attr]


FORM = """<h2>行道树养护项目绩效目标表</h2><table border=1>
<tr><td>项目名称</td><td>行道树养护</td><td>项目负责人</td><td>某某某</td></tr>
<tr><td>主管部门</td><td>某市园林局</td><td>资金总额（万元）</td><td>18.00</td></tr>
<tr><td>年度目标</td><td colspan=3>补植行道树，主要内容：修剪、浇灌</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>补植株数</td><td>≥300株</td></tr>
<tr><td>产出指标</td><td>质量指标</td><td>成活率</td><td>≥95%</td></tr></table>"""


def test_what_a_form_says_is_read_and_what_is_not_is_named() -> None:
    found = read(FORM)
    assert unread(found) == ["某某某"]
    assert coverage(found).texts - coverage(found).texts_accounted == len(unread(found))


def test_a_list_is_read_whole_and_names_of_empty_lines_are_no_texts() -> None:
    found = read(
        "<h2>收支总表</h2><table border=1><tr><th>项目</th><th>预算数</th><th>备注</th></tr>"
        "<tr><td>一、财政拨款</td><td>18.00</td><td></td></tr><tr><td>二、事业收入</td><td></td><td></td></tr>"
        "<tr><td>三、其他收入</td><td></td><td>本年没有安排其他收入，往年的已经用完，不再结转到下一年使用。</td></tr></table>"
        "<p>园林局负责行道树和绿地的养护。</p><p>备注：无。</p>"
    )
    assert unread(found) == []
    assert coverage(found).texts == coverage(found).texts_accounted == 2


def test_the_name_behind_a_code_that_is_kept_is_read() -> None:
    heads = "".join(f"<th>{head}</th>" for head in ("功能科目", "政府经济分类", "部门经济分类", "基本支出"))
    cells = "".join(f"<td>{text}</td>" for text in ("2130204-事业机构", "50502-商品和服务支出", "30213-维修费", "6.50"))
    found = read(f"<h2>支出总表</h2><p>单位：万元</p><table border=1><tr>{heads}</tr><tr>{cells}</tr></table>")
    assert unread(found) == []


def test_a_text_printed_again_on_the_next_page_is_read_once_and_missing_nowhere() -> None:
    row = "<tr><td>行道树养护</td><td>{goal}</td><td>产出指标</td><td>数量指标</td><td>{name}</td><td>≥{n}株</td></tr>"
    goal = "补植行道树三百株，成活率达到九成以上，让主要道路绿荫成片。"
    rows = row.format(goal=goal, name="补植株数", n=300) + row.format(goal=goal, name="修剪株数", n=900)
    heads = "".join(
        f"<th>{head}</th>" for head in ("项目名称", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值")
    )
    assert unread(read(f"<h2>项目支出绩效目标表</h2><table border=1><tr>{heads}</tr>{rows}</table>")) == []


EMPTY = [
    "<ul><li><a href='a.pdf'>2025年部门预算公开表</a></li><li><a href='b.pdf'>2024年部门决算</a></li></ul>",
    "<h2>项目支出绩效目标表</h2><table border=1><tr><td>项目名称</td><td colspan=3></td></tr>"
    "<tr><td>主管部门</td><td></td><td>实施单位</td><td></td></tr><tr><td>年度目标</td><td colspan=3></td></tr></table>",
    "<h2>收支总表</h2><table border=1><tr><th>项目</th><th>预算数</th></tr><tr><td>一、财政拨款</td><td></td></tr></table>",
]


@pytest.mark.parametrize("body", EMPTY)
def test_a_document_without_any_fact_says_so(body: str) -> None:
    assert [issue.code for issue in read(body).issues].count("no_facts") == 1


def test_a_document_with_facts_does_not() -> None:
    text = "某市园林局2025年部门预算\n\n支出表\n\n单位：万元\n\n项目\t预算数\n养护费\t5\n"
    found = extract_records(read_text(text.encode(), file="x.txt"))
    assert "no_facts" not in [issue.code for issue in found.issues]
