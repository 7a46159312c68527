"""Citations composed from titles, numbers, issuers and dates; nothing is cited that only looks like it."""

from __future__ import annotations

import pytest

from kg.extract.citations.compose import find_citations
from kg.extract.citations.issuers import find_issuers
from kg.extract.citations.titles import find_titles

TITLES = [
    ("《甲办法》", ["甲办法"]),
    ("《甲条例》《乙细则》、《丙规定》", ["甲条例", "乙细则", "丙规定"]),
    ("《甲局关于印发《乙标准》的通知》", ["乙标准"]),
    ("关于印发〈丙方案〉的通知", ["丙方案"]),
    ("关于印发《丙方案的通知》", ["丙方案"]),
    ("《甲市人民政府办公厅关于印发甲市专项资金管理办法的通知》", ["甲市专项资金管理办法"]),
    ("《关于贯彻落实<甲条例>的实施意见》", ["关于贯彻落实<甲条例>的实施意见"]),
    ("《甲局关于印发《乙标准》的通知（甲发", ["乙标准"]),
    ("《乙管理办法（甲财发〔2020〕1号）", ["乙管理办法"]),
    ("甲局关于2019年采购目录等事项的通知（甲财[2019]90号", ["关于2019年采购目录等事项的通知"]),
    ("满意度<90%的，成本>5万元", []),
]


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_titles_in_every_nesting(text: str, expected: list[str]) -> None:
    assert [title.text for title in find_titles(text)] == expected


ISSUERS = [
    ("1、中共甲市委办公厅、甲市人民政府办公厅", ("中共甲市委办公厅", "甲市人民政府办公厅")),
    ("甲市乙区财政局 审计局", ("甲市乙区财政局", "甲市乙区审计局")),
    ("1、甲市乙区委区政府 关于印发", ("甲市乙区委", "甲市乙区政府")),
    ("中共甲市委甲市人民政府", ("中共甲市委", "甲市人民政府")),
    ("运维费用依据甲市审计局关于", ("甲市审计局",)),
    ("根据2018年10月23日区政府办公会议纪要", ("区政府",)),
    ("全面贯彻落实", ()),
    ("按照我局", ()),
]


@pytest.mark.parametrize(("lead", "expected"), ISSUERS)
def test_issuers_before_a_title(lead: str, expected: tuple[str, ...]) -> None:
    assert find_issuers(lead) == expected


def test_a_cell_with_several_bases_gives_each_its_own_number() -> None:
    text = (
        "1、《甲局关于印发《甲标准》的通知》甲财规〔2013〕20号文 "
        "2、乙局关于2019年采购目录的通知（粤财采[2019]90号文 3、丙局《关于开展检查的通知》"
    ).replace("甲财规", "深财规")
    found = find_citations(text, basis=True)
    assert [(c.title, str(c.number) if c.number else None) for c in found] == [
        ("甲标准", "深财规〔2013〕20号"),
        ("关于2019年采购目录的通知", "粤财采〔2019〕90号"),
        ("关于开展检查的通知", None),
    ]


def test_a_number_before_the_title_belongs_to_it() -> None:
    (citation,) = find_citations("依据省财政厅苏财预[2016]53号《甲省财政厅关于编制预算的通知》")
    assert str(citation.number) == "苏财预〔2016〕53号"
    assert citation.title == "甲省财政厅关于编制预算的通知"


def test_minutes_keep_their_date_and_loose_number_in_print() -> None:
    (citation,) = find_citations("根据2018年10月23日区政府办公会议纪要《研究甲事宜会议纪要》（162）文", basis=True)
    assert (citation.kind, citation.date, citation.number) == ("minutes", "2018-10-23", None)
    assert citation.printed.endswith("（162）文")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("根据张三部长在全国财政工作会议上的重要讲话精神", "全国财政工作会议上的重要讲话精神"),
        ("落实李四省长2023年5月在基层考察时的重要指示批示", "基层考察时的重要指示批示"),
    ],
)
def test_speeches_are_told_by_their_occasion_and_kind(text: str, title: str) -> None:
    (citation,) = find_citations(text, basis=True)
    assert (citation.kind, citation.title) == ("speech", title)


def test_a_speech_is_a_basis_where_a_basis_is_stated() -> None:
    text = "升级费用依据省审计局副局长张三同志2018年1月5日，在全省系统升级座谈会上的讲话精神指示"
    (citation,) = find_citations(text, basis=True)
    assert (citation.kind, citation.date) == ("speech", "2018-01-05")
    assert citation.title == "全省系统升级座谈会上的讲话精神"
    assert find_citations(text) == []


def test_a_statute_without_marks_is_cited_after_a_leading_word_only() -> None:
    assert [c.title for c in find_citations("严格按照信访条例规章制度的流程办理")] == ["信访条例"]
    assert find_citations("包括参照公务员法管理的事业单位") == []


@pytest.mark.parametrize("text", ["《人民日报》刊登", "见《收入总表》", "签订《服务合同》", "学习《条例》"])
def test_what_is_no_legal_document_is_not_cited(text: str) -> None:
    assert find_citations(text) == []


def test_an_order_has_no_canonical_number_but_is_printed() -> None:
    (citation,) = find_citations("根据《信访条例》（国务院令第431号）")
    assert citation.number is None
    assert "国务院令第431号" in citation.printed
    assert (citation.kind, citation.status) == ("regulation", "exact")
