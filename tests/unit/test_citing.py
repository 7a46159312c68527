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


PRODUCTS = [
    ("提交《甲湖水质清单》和《乙河限排实施方案》等研究成果", []),
    ("依据《甲市湿地保护条例》开展调查，编写《乙市候鸟图册编制规范》", ["甲市湿地保护条例"]),
    ("年内完成《甲区公园建设规划（2026-2030年）》编制工作，并通过专家评审", []),
    ("完成《甲区公园管理办法》规定的巡查任务", ["甲区公园管理办法"]),
    ("2份《丙镇防汛预案》", []),
    ("按照年度工作计划修订《丁馆借阅规则》", []),
    ("《戊产业发展规划》通过专家论证", []),
    ("推进《己市养犬管理条例》立法工作", []),
    ("《庚市停车管理办法（征求意见稿）》公开征求意见", []),
    ("根据省财政厅制定的《辛资金管理办法》拨付", ["辛资金管理办法"]),
    ("按照《壬规划编制办法》编制《癸村庄规划》", ["壬规划编制办法"]),
    ("国家出台《子行业发展纲要》，明确了方向", ["子行业发展纲要"]),
    ("根据《丑单位财务规则》制定本办法", ["丑单位财务规则"]),
    ("为规范用款制定了《寅专项资金管理办法》", ["寅专项资金管理办法"]),
    ("完成《辰绿道规划》（2025—2035年）编制并报批", []),
    ("《巳总体规划》修编费用", []),
    ("按照市政府要求编制完成《午防洪规划》", []),
    ("配合省厅修订《未条例》", []),
    ("项目成果：《申调查报告》《申治理方案》各1份", []),
    ("研究制定《卯办法》（昆财规〔2024〕3号）", ["卯办法"]),
]


@pytest.mark.parametrize(("text", "expected"), PRODUCTS)
def test_what_the_work_will_write_is_no_basis(text: str, expected: list[str]) -> None:
    assert [found.title for found in find_citations(text)] == expected


def test_a_basis_cell_cites_what_was_written_and_leaves_out_what_is_to_be() -> None:
    assert [c.title for c in find_citations("2021年制定《甲馆管理办法》", basis=True)] == ["甲馆管理办法"]
    assert find_citations("为编制《乙镇国土空间规划》", basis=True) == []


@pytest.mark.parametrize("text", ["宣传统计法律知识", "执行会计法规制度", "学习宣传审计法治精神", "按照预算法定程序"])
def test_a_bare_title_of_a_law_ends_with_its_word(text: str) -> None:
    assert find_citations(text) == []


def test_bare_statutes_are_cited_before_words_that_speak_of_them() -> None:
    assert [c.title for c in find_citations("按照会计法规定和要求")] == ["会计法"]
    assert [c.title for c in find_citations("贯彻执行审计法和审计法实施条例")] == ["审计法", "审计法实施条例"]


MINUTES = [
    ("根据甲市人民政府第15次常务会议纪要，安排经费", "甲市人民政府第15次常务会议纪要", None, ("甲市人民政府",)),
    ("按照区政府专题会议纪要〔2023〕32号改造", "区政府专题会议纪要", "专题会议纪要〔2023〕32号", ("区政府",)),
    ("依据《甲县人民政府会议纪要》（第9期）", "甲县人民政府会议纪要", None, ("甲县人民政府",)),
    ("依据第3次会议纪要和乙市委常委会议纪要〔2022〕9号", "乙市委常委会议纪要", "常委会议纪要〔2022〕9号", ("乙市委",)),
    ("依据市委常委会会议纪要（2022年第8期）", "市委常委会会议纪要", None, ("市委",)),
]


@pytest.mark.parametrize(("text", "title", "number", "issuers"), MINUTES)
def test_minutes_keep_their_title_and_number(
    text: str, title: str, number: str | None, issuers: tuple[str, ...]
) -> None:
    found = find_citations(text)[-1]
    assert (found.title, str(found.number) if found.number else None, found.kind) == (title, number, "minutes")
    assert found.issuers == issuers


CUT = [
    ("《甲意见》和中共乙市委《关于丙工作的意见》", ("中共乙市委",)),
    ("贯彻全国丁工作会议精神和国务院《关于戊的意见》", ("国务院",)),
    ("落实党代会部署以及甲市人民政府办公室《关于己的意见》", ("甲市人民政府办公室",)),
    ("中共甲乙省委、省政府《关于庚的决定》", ("中共甲乙省委", "甲乙省政府")),
]


@pytest.mark.parametrize(("text", "issuers"), CUT)
def test_issuers_are_cut_from_what_stands_before_them(text: str, issuers: tuple[str, ...]) -> None:
    assert find_citations(text)[-1].issuers == issuers


def test_a_mark_with_a_placeholder_is_a_number() -> None:
    text = "《甲管理办法》（某审办〔2023〕7号）和××财预〔2024〕12号"
    assert [(c.title, str(c.number)) for c in find_citations(text)] == [
        ("甲管理办法", "某审办〔2023〕7号"),
        (None, "××财预〔2024〕12号"),
    ]
