"""Text PDFs: ruled and unruled tables, merged headers, page breaks, rotation, wrapped cells."""

from __future__ import annotations

import pytest

from kg.blocks import Document, Table
from kg.errors import LimitExceeded, UnreadableInput
from kg.read.pdf.reader import read_pdf
from kg.settings import Settings
from tests.papers import BODY, HEADER, LANDSCAPE, Paper, Span

WIDTHS = (70, 150, 70, 70, 70)
NUMBERS = [text for row in BODY for text in row if "." in text]


def read(data: bytes, **settings: int) -> Document:
    return read_pdf(data, settings=Settings(**settings), file="预算.pdf")  # type: ignore[arg-type]


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def only_table(document: Document) -> Table:
    (table,) = document.tables
    return table


def budget(paper: Paper, **how: object) -> Paper:
    paper.text("支出总表", x=250, size=16)
    paper.text("部门：某市信访局", x=60, y=paper.y).text("单位：万元", x=430)
    return paper.table((*HEADER, *BODY), WIDTHS, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("ruled", ["all", "shades", "rows", "none"])
def test_a_table_is_read_whether_or_not_its_lines_are_drawn(ruled: str) -> None:
    table = only_table(read(budget(Paper(), ruled=ruled).bytes()))
    assert table.title == "支出总表"
    assert table.unit == "万元"
    assert table.owner == "某市信访局"
    assert [path[-1] for path in table.header] == list(HEADER[0])
    assert texts(table) == list(BODY)


def test_every_cell_has_its_page_row_column_and_box() -> None:
    paper = Paper().text("封面").page().text("表一 支出总表").table((*HEADER, *BODY), WIDTHS)
    table = only_table(read(paper.bytes()))
    cell = table.rows[1].cells[2]
    assert cell.text == "1,034.50"
    assert (cell.place.page, cell.place.row, cell.place.col) == (2, 3, 3)
    assert cell.place.box is not None
    left, top, right, bottom = cell.place.box
    assert (right - left, bottom - top) == (pytest.approx(70, abs=1.5), pytest.approx(20, abs=1.5))


def test_merged_and_nested_header_cells_become_paths() -> None:
    header = (
        (Span("科目", columns=2), Span("本年支出", columns=3)),
        (Span("编码", rows=2), Span("名称", rows=2), Span("合计", rows=2), Span("其中", columns=2)),
        ("基本支出", "项目支出"),
    )
    table = only_table(read(Paper().text("表二 支出表").table((*header, *BODY), WIDTHS).bytes()))
    assert table.header == (
        ("科目", "编码"),
        ("科目", "名称"),
        ("本年支出", "合计"),
        ("本年支出", "其中", "基本支出"),
        ("本年支出", "其中", "项目支出"),
    )
    assert texts(table) == list(BODY)


def test_a_table_goes_on_over_pages_with_and_without_its_header_repeated() -> None:
    for repeated in (HEADER, ()):
        paper = Paper().text("表三 支出表", x=250)
        paper.table((*HEADER, *BODY[:4]), WIDTHS).text("- 1 -", x=280, y=800)
        paper.page().table((*repeated, *BODY[4:]), WIDTHS).text("- 2 -", x=280, y=800)
        table = only_table(read(paper.bytes()))
        assert texts(table) == list(BODY)
        assert {row.place.page for row in table.rows} == {1, 2}


def test_columns_keep_their_numbers_where_only_the_first_page_has_all_grid_lines() -> None:
    header = ((Span("项目", rows=2), Span("预算数", columns=2)), ("基本支出", "项目支出"))
    first = (*header, ("一、工资", "10.00", "20.00"), ("二、商品", "30.00", "40.00"))
    later = (("三、补助", Span("50.00", columns=2)), ("四、其他", Span("60.00", columns=2)))
    paper = Paper().text("表四 支出表", x=250).table(first, (150, 100, 100))
    paper.page().table(later, (150, 100, 100))
    rows = texts(only_table(read(paper.bytes())))
    assert rows[0] == ("一、工资", "10.00", "20.00")
    assert rows[2][:2] == ("三、补助", "50.00")
    assert all(len(row) == 3 for row in rows)


def test_a_cell_cut_by_the_page_break_is_whole() -> None:
    header = (("项目名称", "绩效目标", "预算数"),)
    paper = Paper().text("项目支出绩效目标表", x=200)
    paper.table((*header, ("信访维稳", "及时就地解决群众合理诉求，", "20.00")), (100, 250, 80), open_end=True)
    paper.page().table((("", "把矛盾化解在基层。", ""),), (100, 250, 80))
    (row,) = only_table(read(paper.bytes())).rows
    goal = row.cells[1]
    assert goal.text == "及时就地解决群众合理诉求，把矛盾化解在基层。"
    assert [place.page for _, place in goal.continued] == [2]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_rotated_page_is_read_upright(rotation: int) -> None:
    paper = Paper(size=LANDSCAPE, rotation=rotation)
    table = only_table(read(budget(paper).bytes()))
    assert texts(table) == list(BODY)


def test_text_printed_sideways_on_an_upright_page_is_read_upright() -> None:
    paper = Paper()
    paper.canvas.translate(0, 842)
    paper.canvas.rotate(-90)
    paper.size = (842.0, 0.0)
    paper.y = -540.0
    assert texts(only_table(read(budget(paper).bytes()))) == list(BODY)


def test_wrapped_cells_are_joined_without_inventing_or_losing_blanks() -> None:
    rows = (
        ("编号", "名称", "金额"),
        ("A02061802030\n1", "机关事业单位基本养\n老保险缴费支出", "12,345.6\n7"),
        ("A0201", "Microsoft Office\nsoftware 2 套", "8.00"),
    )
    table = only_table(read(Paper().text("表五 采购表").table(rows, (90, 120, 60), height=36).bytes()))
    assert texts(table) == [
        ("A020618020301", "机关事业单位基本养老保险缴费支出", "12,345.67"),
        ("A0201", "Microsoft Office software 2 套", "8.00"),
    ]


def test_a_name_longer_than_its_cell_stays_whole_and_out_of_the_next_cell() -> None:
    rows = (*HEADER, ("2080505", "机关事业单位基本养老保险缴费支出", "200.00", "200.00", ""))
    table = only_table(read(Paper().text("表六 支出表").table(rows, (70, 90, 200, 70, 70)).bytes()))
    assert texts(table)[0][1:3] == ("机关事业单位基本养老保险缴费支出", "200.00")


def test_rows_ruled_off_in_groups_only_are_parted() -> None:
    rows = (*HEADER, ("201\n202", "一般公共服务\n外交", "1,010.00\n20.00", "1,010.00\n20.00", ""))
    table = only_table(read(Paper().text("表七 支出表").table(rows, WIDTHS, height=40).bytes()))
    assert texts(table) == [
        ("201", "一般公共服务", "1,010.00", "1,010.00", ""),
        ("202", "外交", "20.00", "20.00", ""),
    ]


def test_wrapped_lines_become_paragraphs_and_page_heads_and_numbers_go() -> None:
    paper = Paper()
    for number in range(1, 5):
        paper.text("某市信访局预算公开材料", x=230, y=30).text(f"第 {number} 页 共 4 页", x=270, y=820)
        paper.text("一、主要职责", x=81, y=160)
        paper.y = 180
        paper.text("负责处理人民群众给市委、市政府的来信，接待群众来访，协调处理跨地区、跨部门的重要", x=81)
        paper.text("信访事项，并督促检查领导同志有关批示件的落实情况和2,024.50万元经费。", x=60)
        if number < 4:
            paper.page()
    document = read(paper.bytes())
    printed = [paragraph.text for paragraph in document.paragraphs]
    assert (
        printed
        == [
            "一、主要职责",
            "负责处理人民群众给市委、市政府的来信，接待群众来访，协调处理跨地区、跨部门的重要信访事项，"
            "并督促检查领导同志有关批示件的落实情况和2,024.50万元经费。",
        ]
        * 4
    )


def test_the_list_of_contents_is_no_table_and_prose_with_numbers_is_none() -> None:
    paper = Paper().text("目  录", x=280)
    for number, title in enumerate(("一、收支总表", "二、收入总表", "三、支出总表", "四、三公经费表")):
        paper.text(title, x=80, y=100 + 20 * number).text(f"{number + 3}", x=500, y=100 + 20 * number)
    for number in range(4):
        prose = f"本年支出预算 {number}12.50 万元，比上年增加 {number}.20 万元，增长 5.3%。"
        paper.text(prose, y=300 + 20 * number)
    assert read(paper.bytes()).tables == ()


def test_numbers_of_cells_are_those_of_the_text_layer() -> None:
    document = read(budget(Paper()).bytes())
    found = [cell.text for row in only_table(document).rows for cell in row.cells if "." in cell.text]
    assert found == NUMBERS


def test_bold_printed_twice_is_read_once() -> None:
    paper = Paper()
    for shift in (0, 0.3):
        paper.text("部门支出总表", x=200 + shift, y=80, size=16)
        paper.text("11110001", x=200 + shift, y=120, size=4)
    assert [paragraph.text for paragraph in read(paper.bytes()).paragraphs] == ["部门支出总表", "11110001"]


def test_a_watermark_across_the_page_is_left_out() -> None:
    paper = budget(Paper())
    paper.canvas.saveState()
    paper.canvas.translate(200, 300)
    paper.canvas.rotate(45)
    paper.canvas.setFont("STSong-Light", 60)
    paper.canvas.drawString(0, 0, "内部资料")
    paper.canvas.restoreState()
    document = read(paper.bytes())
    assert texts(only_table(document)) == list(BODY)
    assert document.paragraphs == ()


def test_text_that_a_clip_hides_at_the_pages_end_is_left_out() -> None:
    paper = Paper()
    clip = paper.canvas.beginPath()
    clip.rect(0, 100, 595, 742)
    paper.canvas.clipPath(clip, stroke=0, fill=0)
    paper.text("看得见的一行文字", y=700).text("看不见的一行文字", y=780)
    assert [paragraph.text for paragraph in read(paper.bytes()).paragraphs] == ["看得见的一行文字"]


def test_a_pdf_without_text_or_pictures_is_refused() -> None:
    with pytest.raises(UnreadableInput, match=r"预算\.pdf: there is no text"):
        read(Paper().page().bytes())


def test_more_pages_than_allowed_are_refused() -> None:
    paper = Paper().text("一")
    for _ in range(5):
        paper.page().text("页")
    with pytest.raises(LimitExceeded, match="6 pages, more than the 5 allowed"):
        read(paper.bytes(), read_max_pages=5)
