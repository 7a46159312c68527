"""The title of a document: what its first lines make up, or what it is called where it prints none."""

from __future__ import annotations

import re

from kg.blocks import Document, Table
from kg.extract.identity.organs import FORM_MAKER, names_place, organ_in, split_at_labels
from kg.read.assemble.grid import CONTENTS_SECTION
from kg.text.folding import compact
from kg.text.patterns import CHINESE_MARK, NUMERALS, PART
from kg.values.year import CHINESE_YEAR, YEAR

KIND_WORD = re.compile(r"预算|决算|绩效|自评")
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d|年[\d{NUMERALS}]{{1,2}}月)|{CHINESE_YEAR}年(?![\d{NUMERALS}]{{1,2}}月)")
"""A year that a budget can be of: not that of a date."""
_NOTICE = re.compile(r"关于.{4,}(?:通知|意见|决定|批复|公告|方案|办法)$")
_REPORT = re.compile(r"^关于.{4,}的(?:报告|说明)$")
_NO_TITLE = re.compile(
    rf"[。；;]|^{PART}|^{CHINESE_MARK}|目录|{FORM_MAKER.pattern}"
    r"|^[\u4e00-\u9fff]{0,6}(?:日期|时间|机构|(?:委托|项目|评价|实施)单位|主管部门|类型|项目名称|代码|编码|金额|负责人|联系人|电话)[:：]"
)
_ADDRESSED = re.compile(
    r"(?<=的(?:通知|意见|决定|批复|报告))(?=[^。]{2,40}[:：]$|——)|(?<=会议上)(?=[\u4e00-\u9fff])|(?=各位代表)"
)
"""Between the title of a notice or report, the meeting, who speaks, and to whom, where the reader joined them."""
_CONTENTS = "目录"
LONGEST_TITLE = 70
"""Characters of a title put together from its lines; more is a paragraph below it."""
_REACH, _MOST_LINES = 14, 5
"""How many lines may hold the title, and of how many it is made."""
_SEAM = 4
"""Characters of the line above that show whether a name is cut."""


def opening_lines(document: Document) -> list[str]:
    """Return the first lines of prose, without blanks: those before a table or a contents list."""
    lines: list[str] = []
    for block in document.blocks[: 3 * _REACH]:
        if isinstance(block, Table):
            break
        if block.place.section == CONTENTS_SECTION:
            heading = compact(block.text)  # 某市某局2024年部门预算公开目录 is the title as well
            return [*lines, heading][:_REACH] if KIND_WORD.search(heading) and heading.endswith(_CONTENTS) else lines
        for line in block.text.split("\n"):
            lines.extend(part for piece in _ADDRESSED.split(compact(line)) for part in split_at_labels(piece) if part)
    return lines[:_REACH]


def find_title(lines: list[str], text: str = "") -> str:
    """Return the title that the first lines of a document make up, empty if they make up none.

    A title set in several lines is joined; where a line break cuts the name of the department, its place or the
    `text` of the document tells where it begins.

    >>> find_title(["2020年", "某市审计局部门预算", "第一部分部门概况"])
    '2020年某市审计局部门预算'
    >>> find_title(["岳阳市云溪区文化旅游和", "体育局", "2021年度单位决算"])
    '岳阳市云溪区文化旅游和体育局2021年度单位决算'
    """
    lines = [line.removesuffix(_CONTENTS) if line != _CONTENTS else line for line in lines]
    best, best_score = "", 0.0
    for start in range(len(lines)):
        for end in range(start + 1, min(start + _MOST_LINES, len(lines)) + 1):
            window = lines[start:end]
            joined = "".join(window)
            if len(joined) > LONGEST_TITLE or any(_NO_TITLE.search(line) for line in window):
                break
            score = _title_score(joined) - 0.3 * (end - start) - 0.1 * start - 0.01 * len(joined)
            if start and _is_cut(lines[start - 1], joined, text):
                score -= 1.0
            if score > best_score:
                best, best_score = joined, score
    return best


def _is_cut(above: str, joined: str, text: str) -> bool:
    """Return whether the name in a title begins in the line above it: elsewhere the text prints both as one."""
    organ = organ_in(joined)
    return organ is not None and not _NO_TITLE.search(above) and above[-_SEAM:] + organ in text


def _title_score(text: str) -> float:
    organ = organ_in(text)
    score = 2.0 * bool(KIND_WORD.search(text)) + 1.5 * bool(_YEAR.search(text))
    score += 1.5 * bool(organ) + 1.0 * bool(organ and names_place(organ))
    return score + 3.0 * bool(_NOTICE.search(text)) + 2.0 * bool(_REPORT.search(text))


def title_of_form(document: Document) -> str:
    """Return the title of the one form that a document consists of, or of a first table that names its department.

    Empty for a collection of tables: the title of one of them (收支总表) is not the document's.
    """
    titles = [compact(table.title) for table in document.tables if table.title]
    if not titles:
        return ""
    named = KIND_WORD.search(titles[0]) and organ_in(titles[0]) is not None
    return titles[0] if named or len(set(titles)) == 1 else ""


def made_title(department: str | None, year: int | None, kind: str) -> str:
    """Return what a document without a printed title is called, by what is known of it.

    >>> made_title("某市财政局", 2026, "部门预算"), made_title(None, None, "部门决算")
    ('某市财政局2026年部门预算', '部门决算')
    """
    return f"{department or ''}{f'{year}年' if year else ''}{kind if kind != '其他' else ''}"
