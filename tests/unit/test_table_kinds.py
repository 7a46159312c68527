"""The lexicon of table kinds: complete, agreed with what refers to it, and all that a new kind needs."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from kg.extract.run import extract_records, open_context
from kg.extract.tables.kinds import UNKNOWN, find_kind, kind_named, load_kinds, read_kinds
from kg.lexicon import load_rows
from kg.read.plain.reader import read_text
from kg.records import AmountRecord
from tests.shared import ROOT
from tests.texts import HEAD, table

DEBT = [
    ["项目", "本地区", "本级"],
    ["一、2022年末政府债务余额", "120.50", "80.25"],
    ["二、2023年政府债务限额", "150.00", "90.00"],
]


def amounts(title: str, rows: list[list[str]]) -> tuple[list[AmountRecord], list[str]]:
    """Return the amounts of a budget with one table and the codes of its issues."""
    found = extract_records(read_text((HEAD + table(title, rows)).encode(), file="sample.txt"))
    records = [record for record in found.records if isinstance(record, AmountRecord)]
    return records, [issue.code for issue in found.issues]


def test_every_kind_has_a_pattern_both_labels_and_a_row_in_the_documentation() -> None:
    patterned = {row[0] for row in load_rows("table_kinds")[1:] if set(row[1:3]) - {"-"}}
    labelled = {name for name, kind in load_kinds().items() if kind.zh and kind.en}
    lines = (ROOT / "ontology" / "README.md").read_text("utf-8").partition("| `bud:tableKind` |")[2].splitlines()[2:]
    documented = {name for line in lines[: lines.index("")] for name in line.split("|")[1].replace(" ", "").split(",")}
    assert len(patterned) >= 27
    assert patterned | {UNKNOWN.name} == labelled == documented == set(load_kinds())
    assert len({kind.zh for kind in load_kinds().values()}) == len({kind.en for kind in load_kinds().values()})
    assert len({kind.zh for kind in load_kinds().values()}) == len(load_kinds())


def test_other_tables_of_the_lexicon_name_only_kinds_and_groups_that_there_are() -> None:
    topics = {row[1] for row in load_rows("topics")}
    stated = {kind for row in load_rows("prose_cells") for kind in row[1].split(",")}
    assert topics == frozenset[str]().union(*(kind.topics for kind in load_kinds().values()))
    assert stated <= set(load_kinds())


def test_a_name_that_is_no_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        kind_named("no_such_kind")


@pytest.mark.parametrize(
    "title", ["地方政府债务限额、余额情况表", "2023年地方政府一般债务限额和余额情况表", "政府债务余额表"]
)
def test_a_kind_that_is_one_line_of_the_lexicon_is_read_whole(title: str) -> None:
    records, issues = amounts(title, DEBT)
    assert find_kind(title, "").name == "government_debt"
    assert [(record.table_kind, record.side, record.name, record.value, record.value_yuan) for record in records] == [
        ("government_debt", None, "一、2022年末政府债务余额", Decimal("120.50"), Decimal(1_205_000)),
        ("government_debt", None, "一、2022年末政府债务余额", Decimal("80.25"), Decimal(802_500)),
        ("government_debt", None, "二、2023年政府债务限额", Decimal("150.00"), Decimal(1_500_000)),
        ("government_debt", None, "二、2023年政府债务限额", Decimal("90.00"), Decimal(900_000)),
    ]
    assert issues == []


def test_a_table_of_no_known_kind_is_of_no_side_and_leaves_an_issue() -> None:
    records, issues = amounts("某某统计表", [["类型", "数额"], ["甲", "5"], ["乙", "6"]])
    assert [(record.table_kind, record.side, record.value) for record in records] == [
        ("unknown", None, Decimal(5)),
        ("unknown", None, Decimal(6)),
    ]
    assert issues == ["unknown_table"]


def test_a_table_of_no_known_kind_whose_numbers_all_carry_remarks_leaves_an_issue() -> None:
    _, issues = amounts("某某统计表", [["名称", "情形"], ["甲", "5（含上年）"], ["乙", "6（含上年）"]])
    assert "unknown_table" in issues


def test_words_without_numbers_are_no_unknown_table_but_no_facts_either() -> None:
    context = open_context(
        read_text((HEAD + table("某某统计表", [["类型", "情形"], ["甲", "好"]])).encode(), file="x.txt")
    )
    assert [kind.name for kind in (recognised.kind for recognised in context.tables)] == ["unknown"]
    assert amounts("某某统计表", [["类型", "情形"], ["甲", "好"]]) == ([], ["no_facts"])


COLUMNS = load_rows("table_kinds")[0]
LINE = ["debt", "债务", "-", "-", "债务表", "debt", "-", "lines", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-"]
WRONG = [
    ([[*LINE[:6], "spending", *LINE[7:]]], "side of debt: 'spending' is none of income, expenditure"),
    ([[*LINE[:8], "perhaps", *LINE[9:]]], "one_project of debt: 'perhaps' is none of yes, -"),
    ([LINE[:9]], "debt has 9 fields, not 19"),
    ([[*LINE, "-"]], "debt has 20 fields, not 19"),
    ([["debt", "-", "-", "-", *LINE[4:]]], "debt has no pattern of its title or header"),
    ([LINE, LINE], "two lines say what debt is"),
    ([LINE, ["loans", "贷款"]], "no line says what loans is"),
]


def test_a_line_of_the_lexicon_is_a_kind_and_what_it_leaves_open_is_no() -> None:
    kind = read_kinds([COLUMNS, LINE, ["debt", "-", "债务.*余额"]])["debt"]
    assert (kind.label["zh"], kind.label["en"], kind.side, kind.projects) == ("债务表", "debt", None, "lines")
    assert not (kind.indicators or kind.form or kind.purchases or kind.subject or kind.topics or kind.budget)


@pytest.mark.parametrize(("lines", "complaint"), WRONG, ids=[complaint for _, complaint in WRONG])
def test_a_line_that_says_what_no_column_knows_is_refused(lines: list[list[str]], complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        read_kinds([COLUMNS, *lines])
