"""Document numbers: (text, the canonical numbers in it), each with its reason."""

from __future__ import annotations

import pytest

from kg.extract.citations.document_numbers import find_document_numbers, find_mark

CASES = [
    ("（深财规〔2013〕20号）", ["深财规〔2013〕20号"], "hexagonal brackets, the standard"),
    ("(深财规[2013]20号)", ["深财规〔2013〕20号"], "square brackets"),
    ("（深办发（2017）4号）", ["深办发〔2017〕4号"], "round brackets within round brackets"),
    ("沪府规【2016】168号文", ["沪府规〔2016〕168号"], "lenticular brackets"),
    ("（深财规［２０１３］２０号）", ["深财规〔2013〕20号"], "full-width brackets and digits"),
    ("（深财规〔 2013 〕 20 号）", ["深财规〔2013〕20号"], "blanks inside"),
    ("（深财规〔2013〕020号）", ["深财规〔2013〕20号"], "a leading zero"),
    ("（深财规〔2013〕第20号）", ["深财规〔2013〕20号"], "第 before the serial number"),
    ("（深财规〔2013年〕20号）", ["深财规〔2013〕20号"], "年 inside the brackets"),
    ("（深财规2013〕20号", ["深财规〔2013〕20号"], "the opening bracket is missing"),
    ("（深财规〔2013 20号）", ["深财规〔2013〕20号"], "the closing bracket is missing"),
    ("（财\n预〔2020〕10 号）", ["财预〔2020〕10号"], "a line wrap inside the mark"),
    ("（穗数建办〔2022〕13）", ["穗数建办〔2022〕13号"], "号 is missing"),
    ("依据省财政厅苏财预[2017]82号", ["苏财预〔2017〕82号"], "an issuer runs into the mark; 财预 is not it"),
    ("最高人民法院法释（2012）10号", ["法释〔2012〕10号"], "a court runs into the mark"),
    ("若干问题的解释法释〔2023〕3号", ["法释〔2023〕3号"], "a title runs into the mark"),
    ("（以下简称京政办字〔2017〕20号文）", ["京政办字〔2017〕20号"], "words in brackets before the mark"),
    ("批复和普发改投【2017】89号", ["普发改投〔2017〕89号"], "和 before the mark"),
    ("按照民政部民福发【1997】3号", ["民福发〔1997〕3号"], "a ministry runs into the mark"),
    ("深龙财〔2019〕90号、深龙财〔2019〕91号", ["深龙财〔2019〕90号", "深龙财〔2019〕91号"], "two in a row"),
    ("行政运行（2010601）4,500万元", [], "a function code in brackets"),
    ("项目支出 20810 社会福利", [], "figures of a table"),
    ("某某市公安局〔2019〕5号", [], "an organ's name is no mark"),
    ("（162）文", [], "a serial number without mark and year"),
    ("国务院令第431号", [], "an order has no mark and year"),
    ("2019年90号楼", [], "a house number"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CASES, ids=[case[2] for case in CASES])
def test_numbers_are_found_in_canonical_form(text: str, expected: list[str], reason: str) -> None:
    assert [str(number) for number in find_document_numbers(text)] == expected, reason


def test_the_span_of_a_number_is_its_printed_form() -> None:
    text = "《办法》（深龙信[2016]2号）第三条"
    (number,) = find_document_numbers(text)
    assert text[number.start : number.end] == "深龙信[2016]2号"


@pytest.mark.parametrize("run", ["苏财预", "粤信函字", "深龙信联办", "自然资办函", "普投资规范"])
def test_a_mark_alone_is_itself(run: str) -> None:
    assert find_mark(run, bracketed=True) == run


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25
