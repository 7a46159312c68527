"""The assembly that all formats share: merged headers, repeated headers, torn tables, cut cells, forms."""

from __future__ import annotations

from kg.blocks import Paragraph, Table
from kg.read.assemble.grid import RawCell, RawGrid, assemble_blocks
from kg.values.place import Place

PAGE = Place(page=1)


def line(text: str, page: int = 1) -> Paragraph:
    return Paragraph(text=text, place=Place(page=page))


def grid(
    *rows: str, page: int = 1, spans: dict[tuple[int, int], tuple[int, int]] | None = None, known: bool = True
) -> RawGrid:
    """A grid of rows written with | between cells; `spans` by (row, cell) as (down, across)."""
    made = []
    for index, row in enumerate(rows):
        cells = []
        for number, text in enumerate(row.split("|")):
            down, across = (spans or {}).get((index, number), (1, 1))
            cells.append(RawCell(text=text, place=Place(page=page), row_span=down, col_span=across))
        made.append(tuple(cells))
    return RawGrid(rows=tuple(made), place=Place(page=page), spans_known=known)


def only_table(*parts: Paragraph | RawGrid) -> Table:
    tables = [block for block in assemble_blocks(parts) if isinstance(block, Table)]
    assert len(tables) == 1
    return tables[0]


def test_header_paths_run_through_merged_cells_four_deep() -> None:
    table = only_table(
        grid(
            "编码|名称|本年收入|结转",
            "财政拨款|事业收入",
            "一般公共预算|基金",
            "小计|经费",
            "201|服务|1|2|3|4|5",
            spans={
                (0, 0): (4, 1),
                (0, 1): (4, 1),
                (0, 2): (1, 4),
                (0, 3): (4, 1),
                (1, 0): (1, 3),
                (1, 1): (3, 1),
                (2, 0): (1, 2),
                (2, 1): (2, 1),
            },
        )
    )
    assert table.header[2] == ("本年收入", "财政拨款", "一般公共预算", "小计")
    assert table.header[4] == ("本年收入", "财政拨款", "基金")
    assert table.header[5:] == (("本年收入", "事业收入"), ("结转",))
    assert [cell.text for cell in table.rows[0].cells] == ["201", "服务", "1", "2", "3", "4", "5"]


def test_spans_are_inferred_from_blanks_where_a_format_prints_none() -> None:
    table = only_table(grid("编码|名称|2020年支出||", "||合计|基本支出|项目支出", "201|服务|3|2|1", known=False))
    assert table.header == (
        ("编码",),
        ("名称",),
        ("2020年支出", "合计"),
        ("2020年支出", "基本支出"),
        ("2020年支出", "项目支出"),
    )


def test_column_numbers_and_a_header_repeated_within_are_no_rows() -> None:
    table = only_table(grid("编码|名称|合计", "1|2|3", "201|服务|8", "编码|名称|合计", "1|2|3", "205|教育|5"))
    assert [row.text(2) for row in table.rows] == ["8", "5"]


def test_a_header_row_printed_with_numbers_stays_for_the_audit() -> None:
    table = only_table(grid("编码|名称|合计", "编码|名称|1,519", "201|服务|796"))
    assert [row.text(2) for row in table.rows] == ["1,519", "796"]


def test_a_table_goes_on_over_pages_with_its_caption_and_header_repeated() -> None:
    caption = [line("支出总表"), line("单位：万元")]
    again = [line("支出总表", 2), line("单位：万元", 2)]
    table = only_table(
        *caption, grid("编码|名称|合计", "201|服务|8"), *again, grid("编码|名称|合计", "205|教育|5", page=2)
    )
    assert [row.text(0) for row in table.rows] == ["201", "205"]
    assert [row.place.page for row in table.rows] == [1, 2]
    assert table.unit == "万元"


def test_a_table_goes_on_without_a_repeated_header() -> None:
    table = only_table(
        line("支出总表"), grid("编码|名称|合计", "201|服务|8"), line("- 2 -"), grid("205|教育|5", page=2)
    )
    assert [row.text(0) for row in table.rows] == ["201", "205"]


def test_rows_of_words_after_a_page_break_are_no_header() -> None:
    table = only_table(
        grid("项目|预算数|项目|预算数", "一、拨款|8|一、公共服务支出|8"),
        grid("||二、教育支出|", "收入总计|8|支出总计|8", page=2),
    )
    assert len(table.rows) == 3
    assert table.rows[1].text(2) == "二、教育支出"


def test_another_header_begins_another_table() -> None:
    parts = [grid("编码|名称|合计", "201|服务|8"), grid("品目编码|品目名称|金额", "A01|空调|5")]
    assert len([block for block in assemble_blocks(parts) if isinstance(block, Table)]) == 2


LONG = "完成全年审计项目，督促被审计单位整改问题，推动完善制度，并对重点"


def test_a_cell_cut_by_a_page_break_is_whole_and_knows_where_it_goes_on() -> None:
    table = only_table(
        grid("名称|金额|目标", f"审计专项|8|{LONG}"),
        grid("名称|金额|目标", "||领域开展专项审计。", "培训|5|提高能力。", page=2),
    )
    cell = table.rows[0].cells[2]
    assert cell.text == LONG + "领域开展专项审计。"
    assert [(offset, place.page) for offset, place in cell.continued] == [(len(LONG), 2)]
    assert len(table.rows) == 2


def test_a_row_whose_label_is_merged_is_not_taken_for_the_rest_of_a_cell() -> None:
    table = only_table(grid("一级指标|三级指标|目标值", "产出指标|刊登篇数|>2篇"), grid("|顾问人数|1人", page=2))
    assert [row.text(1) for row in table.rows] == ["刊登篇数", "顾问人数"]


def test_a_part_printed_without_its_merged_blanks_finds_its_columns() -> None:
    table = only_table(
        grid(
            "年度金额|合计|拨款||其他",
            "||本级|上级|",
            "|5|5|0|0",
            "一级指标|二级指标|三级指标||目标值",
            "产出|数量|案件数||9000",
            known=False,
        ),
        grid("|质量|办结率|95%", page=2, known=False),
    )
    assert [cell.text for cell in table.rows[-1].cells] == ["", "质量", "办结率", "", "95%"]


def test_a_form_has_no_header_and_two_forms_stay_two() -> None:
    def form(name: str, page: int) -> RawGrid:
        return grid(
            f"项目名称|{name}",
            "主管部门|某市财政局|实施单位|某中心",
            "一级指标|二级指标|三级指标|指标值",
            "产出|数量|份数|5",
            page=page,
            spans={(0, 1): (1, 3)},
        )

    tables = [
        block
        for block in assemble_blocks([line("绩效目标表"), form("甲", 1), line("绩效目标表", 2), form("乙", 2)])
        if isinstance(block, Table)
    ]
    assert [table.rows[0].text(1) for table in tables] == ["甲", "乙"]
    assert all(table.header_rows == () for table in tables)


def test_a_slipped_header_is_put_back_over_its_columns() -> None:
    table = only_table(
        grid(
            "编码|名称|总计|本年收入||||||||结转|",
            "|||合计|财政拨款||||||事业收入||其他收入",
            "||||小计|公共预算||基金|||||",
            "|||||小计|经费|小计||项目|||",
            "201|服务|9|8|7|6|5|4|3|2|1|0|",
            known=False,
        )
    )
    assert table.header[8] == ("本年收入", "财政拨款", "基金", "项目")
    assert table.header[9] == ("本年收入", "事业收入")
    assert table.header[10] == ("本年收入", "其他收入")
    assert table.header[11] == ("结转",)


def test_notes_below_belong_to_the_table() -> None:
    table = only_table(grid("编码|名称|合计", "201|服务|8"), line("注：本表为汇总数。"), line("二、其他情况"))
    assert [note.text for note in table.notes] == ["注：本表为汇总数。"]


def test_captions_inside_the_grid_are_no_rows() -> None:
    table = only_table(grid("表 3 支出总表||", "部门：某市财政局||单位：元", "编码|名称|合计", "201|服务|8"))
    assert (table.number, table.title, table.owner, table.unit) == ("表 3", "支出总表", "某市财政局", "元")
    assert len(table.rows) == 1


def test_merged_cells_printed_again_on_the_next_page_count_once() -> None:
    head = "编码|项目|金额|指标"
    table = only_table(
        grid(head, "1001|甲项目|35.78|办结率", "及时率", spans={(1, 0): (2, 1), (1, 1): (2, 1), (1, 2): (2, 1)}),
        grid(
            head, "1001|甲项目|35.78|满意度", "合规率", page=2, spans={(1, 0): (2, 1), (1, 1): (2, 1), (1, 2): (2, 1)}
        ),
    )
    assert [row.text(2) for row in table.rows] == ["35.78", "", "", ""]
    assert [row.text(3) for row in table.rows] == ["办结率", "及时率", "满意度", "合规率"]


def test_a_merged_cell_cut_by_a_page_break_goes_on_beside_new_rows() -> None:
    table = only_table(
        grid("项目|目标|指标", f"甲项目|{LONG}|办结率", "及时率", spans={(1, 0): (2, 1), (1, 1): (2, 1)}),
        grid("项目|目标|指标", "|领域开展专项审计。|满意度", page=2),
    )
    assert table.rows[0].text(1) == LONG + "领域开展专项审计。"
    assert [row.text(2) for row in table.rows] == ["办结率", "及时率", "满意度"]
    assert table.rows[2].text(1) == ""


def test_tables_of_one_title_have_places_of_different_names() -> None:
    def form(name: str) -> RawGrid:
        return grid(f"项目名称|{name}", "一级指标|三级指标|指标值", "产出|份数|5", spans={(0, 1): (1, 2)})

    blocks = assemble_blocks([line("绩效目标表"), form("甲"), line("一、其他说明。"), line("绩效目标表"), form("乙")])
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [table.title for table in tables] == ["绩效目标表", "绩效目标表"]
    assert [table.place.table for table in tables] == ["绩效目标表", "绩效目标表（2）"]


def test_a_caption_that_wrapped_is_read_whole() -> None:
    parts = [
        line("公开09表"),
        line("一般公共预算“三公”经费、会议费支出预"),
        line("算表"),
        line("部门名称：某省高级人民法"),
        line("院 单位：万元"),
    ]
    table = only_table(*parts, grid("编码|名称|合计", "201|服务|8"))
    assert (table.number, table.title) == ("公开09表", "一般公共预算“三公”经费、会议费支出预算表")
    assert (table.owner, table.unit) == ("某省高级人民法院", "万元")


def test_a_hostile_span_costs_no_memory() -> None:
    cell = RawCell(text="合计", place=PAGE, col_span=10**9, row_span=10**9)
    raw = RawGrid(rows=((cell,), (RawCell(text="5", place=PAGE),)), place=PAGE)
    assert max(len(row.cells) for row in (*only_table(raw).header_rows, *only_table(raw).rows)) < 2000


def test_a_header_torn_by_a_page_break_is_one_header() -> None:
    rows = ("功能分类科目||一般公共预算支出||", "科目编码|科目名称|总计|基本支出|项目支出", "201|服务|3|1|2")
    whole = only_table(line("支出预算表"), grid(*rows, known=False))
    for cut in (1, 2):
        above, below = grid(*rows[:cut], known=False), grid(*rows[cut:], page=2, known=False)
        torn = only_table(line("支出预算表"), above, line("— 7 —"), below)
        assert torn.header == whole.header
        assert [cell.text for cell in torn.rows[0].cells] == ["201", "服务", "3", "1", "2"]


def test_a_repeated_header_torn_by_a_page_break_belongs_to_the_table_before() -> None:
    header = ("功能分类科目||一般公共预算支出||", "科目编码|科目名称|总计|基本支出|项目支出")
    table = only_table(
        line("支出预算表"),
        grid(*header, "201|服务|3|1|2", known=False),
        line("支出预算表"),
        grid(header[0], page=2, known=False),
        line("8"),
        grid(header[1], "202|外交|7|3|4", page=3, known=False),
    )
    assert [row.text(2) for row in table.rows] == ["3", "7"]


def test_a_form_carries_a_band_for_each_header_it_prints() -> None:
    table = only_table(
        grid(
            "项目名称|某某专项",
            "任务名称|预算金额",
            "总额|其他资金",
            "基本支出|12|0",
            "一级指标|二级指标|目标值",
            "产出指标|数量指标|>10个",
            spans={(0, 1): (1, 2), (1, 0): (2, 1), (1, 1): (1, 2)},
        )
    )
    assert [band.paths for band in table.bands] == [
        ((), (), ()),
        (("任务名称",), ("预算金额", "总额"), ("预算金额", "其他资金")),
        (("一级指标",), ("二级指标",), ("目标值",)),
    ]
    assert [[row.text(0) for row in band.rows] for band in table.bands] == [["项目名称"], ["基本支出"], ["产出指标"]]
    printed = [row for band in table.bands for row in (*band.header_rows, *band.rows)]
    assert printed == [*table.header_rows, *table.rows]
