"""Forms in which what was filled in reads like a header, has no header at all, or names tasks instead of projects."""

from __future__ import annotations

import pytest

from kg.extract.run import Extraction, extract_records
from kg.read.html.reader import read_html
from kg.records import IndicatorRecord, PassageRecord, ProjectRecord
from kg.settings import Settings

_HEAD = "<h1>某市水务局2025年部门预算</h1><h2>{title}</h2>"


def extract(title: str, rows: str) -> Extraction:
    """Return what a page with one table holds; `rows` has a line a row and | between cells, each `text*columns*rows`."""
    lines = []
    for row in rows.strip().splitlines():
        cells = [(*cell.strip().split("*"), "1", "1")[:3] for cell in row.strip(" ").split("|")]
        lines.append("".join(f"<td colspan={wide or 1} rowspan={high or 1}>{text}</td>" for text, wide, high in cells))
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    page = f"<html><body>{_HEAD.format(title=title)}<table border=1>{body}</table></body></html>"
    return extract_records(read_html(page.encode(), settings=Settings(), file="form.html"))


def projects_of(found: Extraction) -> dict[str, ProjectRecord]:
    return {record.name: record for record in found.records if isinstance(record, ProjectRecord)}


def indicators_of(found: Extraction) -> list[IndicatorRecord]:
    return [record for record in found.records if isinstance(record, IndicatorRecord)]


def passages_of(found: Extraction) -> dict[str, PassageRecord]:
    return {record.text: record for record in found.records if isinstance(record, PassageRecord)}


FORM = """
项目名称*2 | 河道保洁*4
主管部门*2 | 某市水务局*2 | 实施单位 | 某市河道所
资金总额（万元）*2 | 48.00*4
{label}*2 | {text}*4
一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 | 备注
产出指标**2 | 数量指标 | 问题整改任务完成数 | ≥12件 | 30 |
质量指标 | 整改措施落实 | 及时 | 20 |
"""

TEXTS = [
    ("年度目标", "按巡查依据和评分标准做好保洁"),
    ("年度目标", "完成问题整改"),
    ("项目目标", "整改原因：淤积；主要内容：清淤、补栽、护岸"),
    ("绩效目标", "工作内容及权重见附表，全年保洁"),
    ("总体目标", "落实整改措施"),
]


@pytest.mark.parametrize(("label", "text"), TEXTS)
def test_a_goal_of_header_words_is_a_goal_and_the_rows_below_it_are_read(label: str, text: str) -> None:
    found = extract("河道保洁项目绩效目标表", FORM.format(label=label, text=text))
    project = projects_of(found)["河道保洁"]
    assert [goal.text for goal in project.goals] == [text]
    assert [amount.value_yuan for amount in project.amounts] == [480000]
    names = [(item.level2, item.level3) for item in indicators_of(found)]
    assert names == [("数量指标", "问题整改任务完成数"), ("质量指标", "整改措施落实")]
    if len(text) > 6:
        assert passages_of(found)[text].about == "河道保洁"


def test_two_texts_below_their_headers_are_still_under_them() -> None:
    rows = """
    项目名称 | 河道保洁*2
    年度总体目标**2 | 预期目标 | 实际完成情况
    全年保洁四十公里河道 | 已完成四十公里
    """
    project = projects_of(extract("项目支出绩效自评表", rows))["河道保洁"]
    assert [goal.text for goal in project.goals] == ["全年保洁四十公里河道"]


@pytest.mark.parametrize(
    "rows",
    [
        "项目名称 | 水质监测经费\n主管部门 | 某市水务局\n资金总额（万元） | 26.00\n绩效目标 | 监测断面二十处",
        "项目名称 | 水质监测经费\n实施单位 | 某市水务局\n项目内容 | 采样和化验\n年度资金总额（万元） | 26.00\n年度绩效目标 | 监测断面二十处",
        "项目名称 | 水质监测经费 | 主管部门 | 某市水务局\n资金总额（万元） | 26.00 | 实施单位 | 某市水务局\n年度目标 | 监测断面二十处 | 项目内容 | 采样和化验",
    ],
)
def test_a_form_whose_cells_fill_every_column_is_one_project(rows: str) -> None:
    found = projects_of(extract("水质监测经费项目绩效目标表", rows))
    assert list(found) == ["水质监测经费"]
    project = found["水质监测经费"]
    assert project.budget_unit == "某市水务局"
    assert [str(amount.value_yuan) for amount in project.amounts] == ["260000.00"]
    assert [goal.text for goal in project.goals] == ["监测断面二十处"]


def test_a_list_of_two_columns_is_no_form() -> None:
    rows = "项目名称 | 绩效目标\n水质监测经费 | 监测断面二十处\n河道保洁 | 保洁四十公里"
    assert set(projects_of(extract("项目绩效目标表", rows))) == {"水质监测经费", "河道保洁"}


def test_tasks_are_activities_named_by_their_content_and_running_costs_are_none() -> None:
    rows = """
    部门名称*2 | 某市水务局*4
    年度主要任务**5 | 任务名称**2 | 主要内容**2 | 预算金额（万元）*3
    总额 | 财政拨款 | 其他资金
    任务一 | 防汛物资储备：购置沙袋和水泵 | 31 | 31 |
    任务二 | 基本支出 | 88 | 88 |
    任务3：水法宣传 | 印发宣传册 | 9 | 9 |
    年度总体目标 | 全年安全度汛，水质稳定达标*5
    """
    found = extract("2025年部门整体支出绩效目标表", rows)
    kinds = {name: record.kind for name, record in projects_of(found).items()}
    assert kinds == {"防汛物资储备": "activity", "水法宣传": "activity"}
    target = passages_of(found)["全年安全度汛，水质稳定达标"]
    assert (target.kind, target.about) == ("annual_target", "某市水务局")


LEVELS = [
    # the first level on a row of its own, on the row of its first part, on each row, and a first level without parts
    "节水管理 | | 40\n | 节水器具推广 | 25\n | 节水宣传 | 15",
    "节水管理 | 节水器具推广 | 25\n | 节水宣传 | 15",
    "节水管理 | 节水器具推广 | 25\n节水管理 | 节水宣传 | 15",
    "节水管理**2 | 节水器具推广 | 25\n节水宣传 | 15",
]


@pytest.mark.parametrize("rows", LEVELS)
@pytest.mark.parametrize("heads", [("一级项目", "二级项目"), ("一级项目名称", "二级项目名称")])
def test_the_deepest_filled_level_of_columns_is_the_project(rows: str, heads: tuple[str, str]) -> None:
    found = extract("项目支出表", f"{heads[0]} | {heads[1]} | 合计\n{rows}\n河湖长制 | | 60\n合计 | | 100")
    records = projects_of(found)
    assert (records["节水器具推广"].kind, records["节水器具推广"].parent) == ("project", "节水管理")
    assert (records["节水宣传"].kind, records["节水宣传"].parent) == ("project", "节水管理")
    assert (records["河湖长制"].kind, records["河湖长制"].parent) == ("project", None)
    assert "节水管理" not in records or records["节水管理"].kind == "category"


def test_the_passages_of_rows_that_a_merged_cell_reaches_are_about_its_project() -> None:
    rows = """
    项目名称 | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
    堤防维护**3 | 堤防安全**3 | 产出指标 | 数量指标 | 除险加固 | ≥3处
    产出指标 | 时效指标 | 汛前完成 | 6月底前
    满意度指标 | 服务对象满意度指标 | 沿岸居民满意度 | ≥90%
    取水许可 | 规范取水 | 产出指标 | 数量指标 | 发证数 | ≥40件
    """
    found = [record for record in extract("项目支出绩效目标表", rows).records if isinstance(record, PassageRecord)]
    about = [(record.text.split("\t")[1], record.about) for record in found if record.kind == "indicator"]
    assert about == [
        ("除险加固", "堤防维护"), ("汛前完成", "堤防维护"), ("沿岸居民满意度", "堤防维护"), ("发证数", "取水许可"),
    ]  # fmt: skip


def test_several_indicators_of_one_row_have_a_value_each() -> None:
    rows = """
    项目名称 | 取水许可*3
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标**3 | 数量指标 | 发证数、注销数 | ≥40件、≥5件
    质量指标 | ①材料齐全率；②一次办结率 | ①100%；②≥95%
    成本指标 | 对首次获评国家级、省级的节水企业奖励标准 | ≤20万元/家；≤10万元/家
    """
    found = {item.level3: item.target for item in indicators_of(extract("取水许可项目绩效目标表", rows))}
    printed = {name: target.printed for name, target in found.items() if target is not None}
    assert printed == {
        "发证数": "≥40件",
        "注销数": "≥5件",
        "材料齐全率": "100%",
        "一次办结率": "≥95%",
        "对首次获评国家级、省级的节水企业奖励标准": "≤20万元/家；≤10万元/家",
    }


def test_levels_that_a_page_break_cuts_are_whole() -> None:
    rows = """
    项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值
    堤防维护 | 产出指 | 数量指标 | 除险加固 | ≥3处
     | 标 | 质量指标 | 验收合格率 | ≥95%
     | 满意度指标 | 服务对象 | 居民满意率 | ≥90%
     | | 满意度指标 | 企业满意率 | ≥85%
    """
    found = [(item.level1, item.level2, item.level3) for item in indicators_of(extract("项目支出绩效目标表", rows))]
    assert found == [
        ("产出指标", "数量指标", "除险加固"),
        ("产出指标", "质量指标", "验收合格率"),
        ("满意度指标", "服务对象满意度指标", "居民满意率"),
        ("满意度指标", "服务对象满意度指标", "企业满意率"),
    ]


def test_quantities_and_rates_are_no_money_of_a_project() -> None:
    rows = """
    项目名称 | 污泥处置*3
    主管部门 | 某市水务局*3
    项目内容 | 新增处置能力8万吨/年，补贴120元/吨*3
    资金总额（万元） | 66.00*3
    年处置能力 | 9万吨/年*3
    预算执行率（%） | 98.5*3
    """
    project = projects_of(extract("污泥处置项目绩效目标表", rows))["污泥处置"]
    assert [(amount.meaning, str(amount.value), amount.unit) for amount in project.amounts] == [
        ("资金总额（万元）", "66.00", "万元")
    ]


def test_goals_of_several_years_and_of_the_year_are_both_goals() -> None:
    rows = """
    项目名称*2 | 绿道改造*4
    主管部门及代码*2 | 127-某市水务局*2 | 实施单位 | 某市河道所
    项目属性*2 | 延续项目*2 | 项目期 | 3年
    项目资金（万元）*2**2 | 中期资金总额：*2 | 150*2
    其中：财政拨款*2 | 120*2
    总体目标**2 | 中期目标（2025年—2027年）*3 | 年度目标*2
    整改原因分析到位，绿道全线贯通*3 | 完成首期整改任务的主要内容*2
    """.replace("2**2", "2*2")
    found = extract("项目支出绩效目标表", rows)
    project = projects_of(found)["绿道改造"]
    assert [goal.text for goal in project.goals] == ["整改原因分析到位，绿道全线贯通", "完成首期整改任务的主要内容"]
    assert project.budget_unit == "某市河道所"
    assert [issue.text for issue in found.issues if issue.code == "unread_text"] == ["延续项目"]


def test_a_third_level_is_below_the_second() -> None:
    rows = """
    一级项目 | 二级项目 | 三级项目 | 金额
    水利业务 | 河道维护 | 堤防养护 | 30
     | | 河道清淤 | 20
     | 水质监测 | | 12
    """
    found = {name: (record.kind, record.parent) for name, record in projects_of(extract("项目支出表", rows)).items()}
    assert found == {
        "堤防养护": ("project", "河道维护"),
        "河道清淤": ("project", "河道维护"),
        "水质监测": ("project", "水利业务"),
    }


def test_a_header_of_labels_alone_heads_the_rows_below_it() -> None:
    rows = """
    部门名称 | 某市水务局*3
    项目名称 | 实施单位 | 绩效目标 | 预算金额（万元）
    堤防养护 | 某市河道所 | 堤防安全度汛 | 30
    """
    project = projects_of(extract("部门整体支出绩效目标表", rows))["堤防养护"]
    assert [goal.text for goal in project.goals] == ["堤防安全度汛"]
    assert [str(amount.value) for amount in project.amounts] == ["30"]
