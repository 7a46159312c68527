"""What a document is: budget, final accounts, goals or evaluation, of a department or of a unit, or something else."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from kg.blocks import Document
from kg.lexicon import load_mapping
from kg.text.folding import compact
from kg.values.vocabularies import DOCUMENT_KINDS, DocumentKind, word_of
from kg.values.year import CHINESE_YEAR, YEAR, find_years, read_year

_A_BUDGET = re.compile(
    r"(?:部门|单位)(?:综合)?[预决]算|[预决]算(?:信息)?公开|公开表|绩效(?:自评|目标|评价)|局.{0,12}[预决]算"
)
_ABOUT_BUDGETS = re.compile(
    r"审计(?:工作)?(?:报告|结果)|执行情况|草案|印发|条例|改革|办法|细则|规定|关于.*(?:意见|决定|方案|批复|通知|公告|函)$"
)
_A_RULE = re.compile(
    r"(?:加强|规范|做好|改进|完善|深化|开展|管理|编制|编报|改革).*(?:通知|意见|办法|规定|细则|方案|条例)$"
)
_BETWEEN = re.compile(r"以及|[及和与暨、,，;；（(]")
_OF_UNITS: dict[DocumentKind, DocumentKind] = {"部门预算": "单位预算", "部门决算": "单位决算"}
_PRINTED_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)|{CHINESE_YEAR}年")


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleKind:
    """A kind that a title names: the word for it, and the year before that word, None where there is none."""

    kind: DocumentKind
    word: str
    year: int | None


def find_kind(title: str, document: Document, text: str) -> DocumentKind:
    """Return 部门预算, 单位预算, 部门决算, 单位决算, 绩效自评, 绩效目标, or 其他 for what is no budget."""
    key = compact(title)
    if _A_RULE.search(key) or (_ABOUT_BUDGETS.search(key) and not _A_BUDGET.search(key)):
        return "其他"
    named = kinds_named(key)
    if named:
        kinds = [part.kind for part in named]
        kind = _most_tables(document, kinds) if len(kinds) > 1 else kinds[0]
        return _of_a_unit(kind, next(part.word for part in named if part.kind == kind), text)
    return _most_tables(document, []) if document.tables else "其他"


def kinds_named(title: str) -> tuple[TitleKind, ...]:
    """Return the kinds that a title names, each once, in their order; a part without a kind of its own adds none.

    >>> [(part.kind, part.year) for part in kinds_named("某市水务局2023年度部门决算和2024年部门预算")]
    [('部门决算', 2023), ('部门预算', 2024)]
    >>> [part.kind for part in kinds_named("某市水务局2024年部门预算及“三公”经费预算公开")]
    ['部门预算']
    """
    found: dict[DocumentKind, TitleKind] = {}
    for part in _BETWEEN.split(compact(title)):
        word, kind = next(((word, kind) for word, kind in _title_kinds() if word in part), ("", None))
        if kind is not None and not (found and "三公" in part):
            found.setdefault(kind, TitleKind(kind=kind, word=word, year=first_year(part)))
    return tuple(found.values())


def first_year(text: str) -> int | None:
    """Return the first year of a text, in digits or in Chinese numerals.

    >>> first_year("二〇二四年度决算"), first_year("2026年部门预算"), first_year("部门预算")
    (2024, 2026, None)
    """
    match = _PRINTED_YEAR.search(text)
    if match is None:
        return None
    return next(iter(find_years(match.group())), None) or read_year(match.group())


def _of_a_unit(kind: DocumentKind, word: str, text: str) -> DocumentKind:
    """Return the kind for a unit's own budget where the title leaves open whose it is and the text does not."""
    own = _OF_UNITS.get(kind)
    plain = own is not None and word == kind[-2:]
    return own if own and plain and text.count(own) > 2 * text.count(kind) else kind


def _most_tables(document: Document, kinds: list[DocumentKind]) -> DocumentKind:
    """Return the one of the kinds (any if none is given) that the titles of the tables name most, the first if none."""
    titles = "".join(compact(table.title) for table in document.tables)
    counts: Counter[DocumentKind] = Counter(
        {
            "部门决算": titles.count("决算"),
            "部门预算": titles.count("预算"),
            "绩效自评": 3 * titles.count("自评"),
            "绩效目标": titles.count("绩效目标"),
        }
    )
    for department, unit in _OF_UNITS.items():
        if unit in kinds and department not in kinds:
            counts[unit] = counts.pop(department)
    ranked = [kind for kind, count in counts.most_common() if count and (not kinds or kind in kinds)]
    return ranked[0] if ranked else kinds[0] if kinds else "其他"


@cache
def _title_kinds() -> tuple[tuple[str, DocumentKind], ...]:
    """The words of titles and the kind each one tells, the first that occurs decides."""
    table = load_mapping("budget_kinds")
    return tuple((word, word_of(kind, DOCUMENT_KINDS, "budget_kinds.tsv")) for word, kind in table.items())
