"""Whose amounts a row holds, and its code: layouts of unit rows, codes in short, totals; HTML as the offices print it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract.run import extract_records
from kg.read.html.reader import read_html
from kg.records import AmountRecord, ProcurementRecord, ProjectRecord, Record
from kg.settings import Settings
from kg.text.folding import compact

BUREAU = "安川市水务局"
Meaning = tuple[str, str | None, str | None, str]
"""Name, code, budget unit and value of the first amount of a row."""


def read(title: str, head: Sequence[str], rows: Iterable[str], before: str = "") -> tuple[Record, ...]:
    """Return the records of a page with one table; the cells of a row stand between bars."""
    lines = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in ("|".join(head), *rows)]
    page = (
        f"<!doctype html><html><head><meta charset='utf-8'></head><body><h1>{BUREAU}2025年部门预算</h1>{before}"
        f"<p>{title}</p><p>单位：万元</p><table border='1'>{''.join(lines)}</table></body></html>"
    )
    return extract_records(read_html(page.encode(), settings=Settings(), file="x.html")).records


def meanings(records: Iterable[Record]) -> list[Meaning]:
    found: dict[tuple[int | None, str | None], Meaning] = {}
    for record in records:
        if isinstance(record, AmountRecord):
            place = record.source.place
            found.setdefault(
                (place.row, place.table), (record.name, record.code, record.budget_unit, str(record.value))
            )
    return list(found.values())


def projects(records: Iterable[Record]) -> list[tuple[str, str | None]]:
    return [(record.name, record.budget_unit) for record in records if isinstance(record, ProjectRecord)]


FUNCTION = ("科目编码", "科目名称", "合计", "基本支出")


def test_rows_stand_under_the_unit_whose_code_of_six_digits_is_printed_above() -> None:
    rows = ("|合计|90.00|50.00", "406001|安川市水务局|60.00|40.00", "213|农林水支出|60.00|40.00", "03|水利|60.00|40.00",
            "2130301|行政运行|60.00|40.00", "406002|安川市水文站|30.00|10.00", "213|农林水支出|30.00|10.00",
            "03|水利|30.00|10.00", "2130310|水土保持|30.00|10.00")  # fmt: skip
    assert meanings(read("表5 一般公共预算支出明细表（按功能分类）", FUNCTION, rows)) == [
        ("合计", None, None, "90.00"),
        ("安川市水务局", None, "安川市水务局", "60.00"),
        ("农林水支出", "213", "安川市水务局", "60.00"),
        ("水利", "21303", "安川市水务局", "60.00"),
        ("行政运行", "2130301", "安川市水务局", "60.00"),
        ("安川市水文站", None, "安川市水文站", "30.00"),
        ("农林水支出", "213", "安川市水文站", "30.00"),
        ("水利", "21303", "安川市水文站", "30.00"),
        ("水土保持", "2130310", "安川市水文站", "30.00"),
    ]


def test_a_unit_code_of_three_digits_is_no_class_of_expenditure() -> None:
    rows = ("|合计|70.00|70.00", "302|安川市水务局|70.00|70.00", "302|商品和服务支出|70.00|70.00",
            "30201|办公费|70.00|70.00")  # fmt: skip
    found = meanings(read("基本支出表（按经济分类）", FUNCTION, rows))
    assert [(name, code, unit) for name, code, unit, _ in found] == [
        ("合计", None, None),
        ("安川市水务局", None, "安川市水务局"),
        ("商品和服务支出", "302", "安川市水务局"),
        ("办公费", "30201", "安川市水务局"),
    ]


def test_code_and_name_of_a_unit_in_one_cell() -> None:
    rows = ("合计|90.00|90.00", "[406001]安川市水务局|60.00|60.00", "[2130301]行政运行|60.00|60.00",
            "406002-市水文监测所|30.00|30.00", "[2130310]水土保持|30.00|30.00")  # fmt: skip
    found = meanings(read("支出表", ("科目名称", "合计", "基本支出"), rows))
    assert [(code, unit) for _, code, unit, _ in found] == [
        (None, None),
        (None, "安川市水务局"),
        ("2130301", "安川市水务局"),
        (None, "市水文监测所"),
        ("2130310", "市水文监测所"),
    ]


def test_units_named_only_as_headings_without_codes_or_figures() -> None:
    rows = ("|合计|90.00|90.00", "|安川市水务局||", "2130301|行政运行|60.00|60.00", "|小计|60.00|60.00",
            "|安川市水文站||", "2130310|水土保持|30.00|30.00", "|小计|30.00|30.00")  # fmt: skip
    found = meanings(read("支出表", FUNCTION, rows))
    assert [(name, unit) for name, _, unit, _ in found] == [
        ("合计", None),
        ("行政运行", "安川市水务局"),
        ("小计", "安川市水务局"),
        ("水土保持", "安川市水文站"),
        ("小计", "安川市水文站"),
    ]


def test_a_label_before_a_unit_makes_its_heading() -> None:
    rows = ("单位名称：安川市水务局||", "办公费|60.00|60.00", "单位名称：安川市水文站||", "办公费|30.00|30.00")
    found = meanings(read("基本支出表", ("经济科目", "合计", "基本支出"), rows))
    assert [unit for _, _, unit, _ in found] == ["安川市水务局", "安川市水文站"]


def test_two_digits_below_a_class_are_told_by_sums_to_be_section_or_item() -> None:
    rows = ("201|一般公共服务支出|90.00|90.00", "03|政府办公厅及相关机构事务|70.00|70.00", "01|行政运行|50.00|50.00",
            "02|一般行政管理事务|20.00|20.00", "32|组织事务|20.00|20.00", "99|其他组织事务支出|20.00|20.00",
            "301|工资福利支出|5.00|5.00", "01|基本工资|5.00|5.00")  # fmt: skip
    found = meanings(read("支出表", FUNCTION, rows))
    assert [code for _, code, _, _ in found] == [
        "201", "20103", "2010301", "2010302", "20132", "2013299", "301", "30101",
    ]  # fmt: skip


def test_two_digits_that_nothing_tells_have_no_code() -> None:
    rows = ("201|一般公共服务支出|90.00|90.00", "03|政府办公厅及相关机构事务|70.00|70.00", "05|事业运行|50.00|50.00")
    assert [code for _, code, _, _ in meanings(read("支出表", FUNCTION, rows))] == ["201", None, None]


def test_codes_over_three_columns_begin_anew_under_each_unit() -> None:
    head = ("类", "款", "项", "科目名称", "合计")
    rows = ("|||安川市水务局|8.00", "213|||农林水支出|8.00", "|03||水利|8.00", "||01|行政运行|8.00",
            "|||安川市水文站|5.00", "213|||农林水支出|5.00", "|03||水利|5.00", "||10|水土保持|5.00")  # fmt: skip
    found = meanings(read("支出表", head, rows))
    assert [(code, unit) for _, code, unit, _ in found[3:5] + found[-1:]] == [
        ("2130301", "安川市水务局"),
        (None, "安川市水文站"),
        ("2130310", "安川市水文站"),
    ]


def test_the_total_in_a_column_of_units_is_of_no_unit() -> None:
    rows = ("合计|90.00|90.00", "安川市水务局|60.00|60.00", "安川市水文站（安川市水质站）|30.00|30.00")
    found = meanings(read("“三公”经费预算表", ("单位名称", "合计", "公务接待费"), rows))
    second = "安川市水文站(安川市水质站)"
    assert [(compact(name), unit) for name, _, unit, _ in found] == [
        ("合计", None),
        ("安川市水务局", "安川市水务局"),
        (second, second),
    ]


PROJECTS = ("项目名称", "预算数", "绩效目标")


def test_a_project_named_like_a_unit_is_one_where_only_so_the_sums_hold() -> None:
    rows = ("合计|95.00|", "安川市水文站|65.00|", "测船维护经费|25.00|维护测船。", "安川市节水展示中心|20.00|接待参观。",
            "水质化验经费|20.00|完成化验。", "安川市节水中心|30.00|", "节水宣传经费|30.00|办好宣传。")  # fmt: skip
    assert projects(read("项目支出绩效目标表", PROJECTS, rows)) == [
        ("测船维护经费", "安川市水文站"),
        ("安川市节水展示中心", "安川市水文站"),
        ("水质化验经费", "安川市水文站"),
        ("节水宣传经费", "安川市节水中心"),
    ]


def test_units_under_a_department_stay_units_where_sums_fit_both_ways() -> None:
    rows = ("安川市水务局|80.00|", "安川市水文站|40.00|", "测船维护经费|40.00|维护测船。", "安川市节水中心|40.00|",
            "节水宣传经费|40.00|办好宣传。")  # fmt: skip
    found = projects(read("项目支出绩效目标表", PROJECTS, rows))
    assert found == [("测船维护经费", "安川市水文站"), ("节水宣传经费", "安川市节水中心")]


def test_a_unit_unlike_one_is_told_by_the_total() -> None:
    rows = ("合计|100.00|", "安川市水文站|60.00|", "测船维护经费|35.00|维护测船。", "水质化验经费|25.00|完成化验。",
            "安川水利实验幼教集群|40.00|", "园舍修缮经费|30.00|修好。", "玩具购置经费|10.00|购齐。")  # fmt: skip
    assert projects(read("项目支出绩效目标表", PROJECTS, rows))[2:] == [
        ("园舍修缮经费", "安川水利实验幼教集群"),
        ("玩具购置经费", "安川水利实验幼教集群"),
    ]


def test_a_category_that_sums_up_projects_is_no_unit() -> None:
    rows = ("合计|60.00|", "安川市水文站|60.00|", "专项业务费|40.00|", "测船维护经费|40.00|维护测船。",
            "水质化验经费|20.00|完成化验。")  # fmt: skip
    found = projects(read("项目支出绩效目标表", PROJECTS, rows))
    assert {unit for _, unit in found} == {"安川市水文站"}


def test_a_code_that_sets_rows_beside_units_ends_the_unit() -> None:
    head = ("单位编码", "单位（项目）名称", "合计")
    rows = ("1|全额|60.00", "406001|安川市水文站|60.00", "|办公费|60.00", "2|差额|30.00", "406002|安川市苗圃所|30.00")
    found = meanings(read("支出表", head, rows))
    assert [unit for _, _, unit, _ in found] == [None, "安川市水文站", "安川市水文站", None, "安川市苗圃所"]


def test_things_bought_belong_to_the_unit_above_and_units_are_no_things() -> None:
    head = ("采购项目", "品目编码", "品目名称", "采购金额")
    rows = ("合计|||9.00", "406001安川市水务局|||5.00", "办公设备购置|A02010104|台式计算机|5.00",
            "406002安川市水文站|||4.00", "仪器购置|A02100405|水文仪器|4.00")  # fmt: skip
    found = [record for record in read("政府采购预算表", head, rows) if isinstance(record, ProcurementRecord)]
    assert [(item.code, item.catalogue, item.budget_unit) for item in found] == [
        ("A02010104", "台式计算机", "安川市水务局"),
        ("A02100405", "水文仪器", "安川市水文站"),
    ]


def test_page_totals_and_a_sum_over_units_belong_to_no_unit() -> None:
    rows = ("安川市水务局|60.00|60.00", "办公费|60.00|60.00", "安川市水文站|30.00|30.00", "办公费|30.00|30.00",
            "总计|90.00|90.00")  # fmt: skip
    found = meanings(read("基本支出表", ("经济科目", "合计", "基本支出"), rows))
    assert [unit for _, _, unit, _ in found] == ["安川市水务局"] * 2 + ["安川市水文站"] * 2 + [None]


def test_a_total_merged_over_codes_or_over_lists_side_by_side_has_its_name() -> None:
    head = ("科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数")
    rows = ("301|工资福利支出|60.00|302|商品和服务支出|30.00", "30101|基本工资|60.00|30201|办公费|30.00",
            "人员经费合计||60.00|公用经费合计||30.00")  # fmt: skip
    records = read("基本支出决算表", head, rows)
    assert [record.name for record in records if isinstance(record, AmountRecord)][-2:] == [
        "人员经费合计",
        "公用经费合计",
    ]


def test_a_total_that_reaches_over_two_lists_has_its_name() -> None:
    head = ("收入项目", "金额", "支出功能分类", "金额", "支出用途", "金额")
    rows = ("一、拨款收入|90.00|一、农林水支出|90.00|一、基本支出|60.00", "二、其他收入||二、住房保障支出||二、项目支出|30.00",
            "本年收入合计|90.00|本年支出合计|||90.00")  # fmt: skip
    records = read("收支预算总表", head, rows)
    assert [record.name for record in records if isinstance(record, AmountRecord)][-1] == "本年支出合计"


def test_names_under_the_header_of_the_codes_are_names() -> None:
    rows = ("合计||9.00", "204|公共安全支出|9.00", "20404|检察|9.00", "2040410|检察监督|9.00")
    head = ("功能科目代码", "功能科目代码", "金额")
    assert [(name, code) for name, code, _, _ in meanings(read("财政拨款支出预算表（功能科目）", head, rows))] == [
        ("合计", None),
        ("公共安全支出", "204"),
        ("检察", "20404"),
        ("检察监督", "2040410"),
    ]


def test_numbers_of_rows_and_codes_of_units_without_a_header_are_no_amounts() -> None:
    rows = ("1|406001|安川市水务局|60.00", "2|406002|安川市水文站|30.00", "3|406003|安川市苗圃所|5.00")
    records = read("“三公”经费预算表", ("", "", "单位名称", "公务接待费"), rows)
    assert [str(record.value) for record in records if isinstance(record, AmountRecord)] == ["60.00", "30.00", "5.00"]


def test_one_unit_in_two_spellings_is_one_and_a_second_name_stays() -> None:
    listed = "<p>安川市水务局部门预算包括：安川市水务局本级、安川市水文站（安川市水质站）、水利工程质量监测所。</p>"
    rows = ("安川市水文站|60.00", "安川市水利工程质量监测所|30.00")
    (document, *_) = read("“三公”经费预算表", ("单位名称", "公务接待费"), rows, listed)
    assert [compact(unit) for unit in document.units] == [  # type: ignore[union-attr]
        "安川市水务局本级",
        "安川市水文站(安川市水质站)",
        "安川市水利工程质量监测所",
    ]


def test_a_row_without_code_that_prints_an_indicator_is_a_project() -> None:
    head = ("单位编码", "单位（项目）名称", "资金总额", "绩效目标", "一级指标", "三级指标", "指标值")
    rows = ("406001|安川市水务局|45.00||||", "406001|河道巡查经费|25.00|查河。|产出指标|巡查次数|100次",
            "|测船维护经费|20.00|修船。|产出指标|维护艘数|3艘")  # fmt: skip
    records = read("项目支出绩效目标表", head, rows)
    assert [(r.name, r.kind) for r in records if isinstance(r, ProjectRecord)] == [
        ("河道巡查经费", "project"),
        ("测船维护经费", "project"),
    ]
