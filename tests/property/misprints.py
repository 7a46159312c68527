"""Made-up budgets that add up, in the forms that mislead sums, and the same with one figure misprinted on purpose.

    make(form, dice) -> Budget      correct: every error found in it is false
    misprint(budget, dice) -> Budget, the row and column that were changed

Forms: repeated totals, share columns, subtotals with their parts, units above their codes, lists one below the other,
rows withheld by a note, carried-over money beside this year's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from tests.texts import table

Rows = list[list[str]]
CODES = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
UNITS = ("某市某区审计局本级", "某市某区审计服务中心", "某市某区投资审计所")
ITEMS = ("办公楼修缮", "系统升级", "档案整理", "培训班", "设备更新", "专项检查")
KINDS = (
    ("201", "20108", "一般公共服务支出", "审计事务"),
    ("208", "20805", "社会保障和就业支出", "行政事业单位养老支出"),
)


@dataclass(frozen=True, slots=True)
class Budget:
    """One table with its header and rows, the words below it, and which columns hold figures."""

    form: str
    title: str
    header: tuple[str, ...]
    rows: Rows
    note: str = ""

    @property
    def text(self) -> str:
        """The budget as it is printed."""
        return table(self.title, [list(self.header), *self.rows]) + self.note


def make_codes(dice: Random) -> Budget:
    """类, 款 and 项 in three columns of figures."""
    return Budget("codes", "部门支出总表（按功能科目）", tuple(CODES), _coded(dice))


def make_repeated(dice: Random) -> Budget:
    """The total stands again where a new page began."""
    rows = _coded(dice)
    return Budget("repeated", "部门支出总表（按功能科目）", tuple(CODES), [*rows[:5], list(rows[0]), *rows[5:]])


def make_shares(dice: Random) -> Budget:
    """A column says how much of the project expenditure is left without investment."""
    rows = _coded(dice, share=True)
    return Budget("shares", "一般公共预算支出表", (*CODES, "剔除基建后项目支出"), rows)


def make_carried(dice: Random) -> Budget:
    """Money carried over has a column of its own behind this year's."""
    rows = [[*row, "0.00"] for row in _coded(dice)]
    return Budget("carried", "部门支出总表（按功能科目）", (*CODES, "其中：上年结转"), rows)


def make_units(dice: Random) -> Budget:
    """A list of units in two kinds of money, the total first."""
    rows = [[name, *_split(dice)] for name in UNITS]
    return Budget("units", "支出总表（按单位）", ("单位名称", "合计", "基本支出", "项目支出"), _topped(rows, 1))


def make_lists(dice: Random) -> Budget:
    """Two lists, each with its subtotal, under one total."""
    rows = [[name, _amount(dice)] for name in ITEMS]
    parts = [_topped(rows[:3], 1, "部门项目小计"), _topped(rows[3:], 1, "转移项目小计")]
    total = sum((_figure(part[0][1]) for part in parts), Decimal(0))
    return Budget("lists", "项目支出表", ("项目名称", "预算金额"), [["合计", _print(total)], *parts[0], *parts[1]])


def make_outline(dice: Random) -> Budget:
    """一、本年支出 stands above kinds that begin anew with 一、."""
    rows = [
        [f"{mark}、{name}", _amount(dice)]
        for mark, name in zip("一二三", ("教育支出", "卫生健康支出", "住房保障支出"), strict=True)
    ]
    head = _topped(rows, 1, "一、本年支出")
    return Budget(
        "outline", "财政拨款支出表", ("项目", "预算数"), [*head, ["二、结转下年", "0.00"], ["支出总计", head[0][1]]]
    )


def make_withheld(dice: Random) -> Budget:
    """One item is not printed; a note says so."""
    rows = _coded(dice)
    del rows[4]
    return Budget(
        "withheld", "部门支出总表（按功能科目）", tuple(CODES), rows, "\n注：部分涉密项目信息公开时予以剔除。\n"
    )


FORMS: tuple[Callable[[Random], Budget], ...] = (
    make_codes, make_repeated, make_shares, make_carried, make_units, make_lists, make_outline, make_withheld,
)  # fmt: skip


def misprint(budget: Budget, dice: Random) -> tuple[Budget, str]:
    """Return the budget with a digit of one figure exchanged, and what it then prints."""
    places = [
        (at, column)
        for at, row in enumerate(budget.rows)
        for column, cell in enumerate(row)
        if "." in cell and len(cell) > 5 and not _is_twin(budget, at, column)
    ]
    at, column = dice.choice(places)
    cell = budget.rows[at][column]
    where = dice.randrange(len(cell) - 3)
    digit = dice.choice([letter for letter in "123456789" if letter != cell[where]])
    wrong = cell[:where] + digit + cell[where + 1 :]
    rows = [list(row) for row in budget.rows]
    rows[at][column] = wrong
    return replace(budget, rows=rows), wrong


def _is_twin(budget: Budget, at: int, column: int) -> bool:
    """Whether a figure is printed for information only: in a share column, or in a total that is repeated."""
    return column == len(CODES) or budget.form == "withheld" or (budget.form == "repeated" and at in (0, 5))


def _coded(dice: Random, *, share: bool = False) -> Rows:
    rows: Rows = []
    for top, middle, name, below in KINDS:
        leaves = [
            [f"{middle}{end}", word, *_split(dice)]
            for end, word in (("01", "行政运行"), ("04", "专项业务"), ("99", "其他支出"))
        ]
        if share:
            leaves = [[*leaf, leaf[4] if at else "0.00"] for at, leaf in enumerate(leaves)]
        group = _topped(leaves, 2)[0][2:]
        rows += [[top, name, *group], [middle, below, *group], *leaves]
    tops = [row for row in rows if len(row[0]) == 3]
    return [["", "合计", *_topped(tops, 2)[0][2:]], *rows]


def _split(dice: Random) -> list[str]:
    basic, project = _figure(_amount(dice)), _figure(_amount(dice))
    return [_print(basic + project), _print(basic), _print(project)]


def _topped(rows: Sequence[Sequence[str]], first: int, name: str = "合计") -> Rows:
    """Return the rows below the line that sums them up."""
    sums = [_print(sum((_figure(row[at]) for row in rows), Decimal(0))) for at in range(first, len(rows[0]))]
    return [[*([""] * (first - 1)), name, *sums], *[list(row) for row in rows]]


def _amount(dice: Random) -> str:
    return _print(Decimal(dice.randrange(10_000, 900_000)) / 100)


def _figure(cell: str) -> Decimal:
    return Decimal(cell)


def _print(value: Decimal) -> str:
    return f"{value:.2f}"
