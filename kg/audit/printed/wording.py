"""Words against the figures they speak of: 决算数大于预算数, 完成预算的 98.20%; and words left from a form.

In: the paragraphs with their figures. A paragraph states a budget and its final account; what it says
of the two is compared with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.base import quoted
from kg.audit.base.check import ERROR, HELD, Check, text_place
from kg.audit.base.figures import LEVEL, Figure, Prose
from kg.audit.base.tolerance import judge_ratio
from kg.blocks import Document, Paragraph
from kg.messages import say

_COMPARES = re.compile(r"决算数?(?P<word>大于|高于|超过|多于|小于|低于|少于|等于)(?:年初|调整)?预算数?")
_COMPLETES = re.compile(r"完成(?:年初|全年|调整)?预算的?$")
_BUDGET = re.compile(r"预算")
_FINAL = re.compile(r"决算")
_BLANK = re.compile(r"[XxＸ×]{2,}\s*(?:局|委|厅|院|部门|单位|中心|办公室|街道|[省市区县])")
_MEANS = {"大于": 1, "高于": 1, "超过": 1, "多于": 1, "小于": -1, "低于": -1, "少于": -1, "等于": 0}

Pair = tuple[Figure, Figure]


def check_wording(prose: Sequence[Prose], document: Document) -> Iterator[Check]:
    """Yield the checks of comparing words and completion rates, and one finding for all unfilled names."""
    for item in prose:
        for found in _COMPARES.finditer(item.paragraph.text):
            pair = _pair_before(item, found.start())
            if pair is not None:
                yield _check_word(item.paragraph, found, pair)
        for figure in item.figures:
            pair = _pair_before(item, figure.start)
            if figure.unit == "%" and _COMPLETES.search(figure.label) and pair is not None:
                yield from _check_completion(figure, pair)
    yield from _check_blanks(document)


def _check_blanks(document: Document) -> Iterator[Check]:
    """Yield one finding for all the names that a form left for somebody to fill in."""
    blanks = [(paragraph, found) for paragraph in document.paragraphs for found in _BLANK.finditer(paragraph.text)]
    if blanks:
        yield Check(
            rule="wording",
            kind="text",
            outcome=ERROR,
            message=say("audit.wording.unfilled", text=blanks[0][0].text[: quoted.SENTENCE]),
            places=tuple(text_place(paragraph.place, found[0]) for paragraph, found in blanks),
        )


def _pair_before(item: Prose, position: int) -> Pair | None:
    """Return budget and final account if they are the last two levels before `position`."""
    levels = [figure for figure in item.figures if figure.end <= position and figure.role == LEVEL and figure.is_money]
    if len(levels) < 2:
        return None
    budget, final = levels[-2:]
    belong = _BUDGET.search(budget.label) and not _FINAL.search(budget.label) and _FINAL.search(final.label)
    return (budget, final) if belong else None


def _check_word(paragraph: Paragraph, found: re.Match[str], pair: Pair) -> Check:
    budget, final = pair
    difference = final.yuan - budget.yuan
    sign = (difference > 0) - (difference < 0)
    if sign == _MEANS[found["word"]]:
        return Check(rule="wording", kind="text", outcome=HELD)
    place = text_place(paragraph.place, found[0])
    return Check(
        rule="wording",
        kind="text",
        outcome=ERROR,
        expected=budget.value,
        actual=final.value,
        places=(final.place, budget.place, place),
        message=say(
            "audit.wording.compares",
            text=found[0],
            final=final.value,
            final_unit=final.unit,
            budget=budget.value,
            budget_unit=budget.unit,
        ),
    )


def _check_completion(figure: Figure, pair: Pair) -> Iterator[Check]:
    budget, final = pair
    judged = judge_ratio((final.yuan, final.half), (budget.yuan, budget.half), figure.value)
    if judged is None:
        return
    outcome, exact = judged
    if outcome == HELD:
        yield Check(rule="wording", kind="percent", outcome=HELD)
        return
    exact = exact.quantize(Decimal("0.01"))
    yield Check(
        rule="wording",
        kind="percent",
        outcome=outcome,
        expected=exact,
        actual=figure.value,
        places=(figure.place, final.place, budget.place),
        message=say(
            "audit.wording.completes", final=final.value, budget=budget.value, exact=exact, printed=figure.value
        ),
    )
