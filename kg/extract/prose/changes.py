"""State how a figure of prose changed, and which part of what it is.

In: a number that is a change (kg.extract.prose.moving) or a percentage, and what was read before it. Out: Stated, or
the metric and owner of a share.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.prose.clauses import sentence_start, without_bracket
from kg.extract.prose.levels import root_of, sided
from kg.extract.prose.metrics import find_known_metric, find_metric, find_noun_metric
from kg.extract.prose.moving import Moved
from kg.extract.prose.periods import find_basis
from kg.extract.prose.quantities import Quantity
from kg.extract.prose.setting import Setting
from kg.extract.prose.stated import AGAINST, AGAINST_RATE, CHANGE, COMPLETION, PROJECT, RATE, SHARE, Run, Stated
from kg.values.money import is_money

_COMPLETED = re.compile(
    r"完成(?:了)?(?:年初|全年|当年|调整)?(?:后)?的?预算|预算(?:执行|完成)率|执行率|完成率|^完成(?:了)?$"
)
_SHARE_OF = re.compile(r"(?P<part>[^，,。；;：:]{3,40}?)占(?:本年|全年)?[^，,。；;]{2,}$")
_CHART = re.compile(r"(?P<part>[\u4e00-\u9fff（）()]{3,20})[，,：:]?\s*")


def name_share(text: str, quantity: Quantity, label: str, run: Run, setting: Setting) -> tuple[str, str | None]:
    """Name a percentage that is no change: a share, a rate of completion."""
    base = run.base or (run.first[0] if run.first else run.topic) or "比例"
    of = _SHARE_OF.search(label)
    if of is not None:
        base = find_metric(without_bracket(of["part"]), names=setting.names) or base
    chart = _CHART.fullmatch(text[: quantity.start]) if len(text.strip()) == quantity.end else None
    if chart is not None and (named := find_metric(chart["part"], names=setting.names)):
        return named + SHARE, run.subject  # the label of a pie chart: 项目支出, 40.01%
    if "占" in label:
        return base + SHARE, run.subject
    if _COMPLETED.search(label):
        base = PROJECT if run.summary else root_of(base) or base
        return base + COMPLETION, run.subject
    return find_metric(without_bracket(label), names=setting.names) or (
        base if base == "比例" else base + "_比例"
    ), run.subject


def state_change(text: str, quantity: Quantity, start: int, moved: Moved, run: Run, setting: Setting) -> Stated:
    """Return the change that a number states: on an earlier year, or on the budget of its own year."""
    sentence = text[sentence_start(text, quantity.start) : quantity.start]
    basis = find_basis(sentence, run, setting)
    if basis is not None:
        run.base_year = basis.year
        if basis.same_year and not setting.final and setting.year is not None and basis.year == setting.year - 1:
            run.year = setting.year  # compared with last year's budget, whose year the sentence has spoken of
            basis = replace(basis, same_year=False)
    elif run.base_year is None and run.year:
        run.base_year = run.year - 1
    against = basis is not None and basis.same_year
    metric, subject, named = _changed_metric(text, quantity, moved, run, setting)
    if against:
        suffix = AGAINST_RATE if quantity.measures == "percent" else AGAINST
    else:
        suffix = RATE if quantity.measures == "percent" else CHANGE
    run.moved.add(metric + suffix)
    run.changed = (metric, subject)
    value = moved.sign * (quantity.value if moved.signed and quantity.value < 0 else abs(quantity.value))
    return Stated(
        metric=metric + suffix,
        subject=subject,
        value=value,
        unit=quantity.unit,
        year=run.year,
        base_year=run.base_year,
        implied=False,
        start=start,
        end=quantity.end,
        stage=("final" if setting.final else "budget") if is_money(quantity.unit) else None,
        base_stage=basis.stage if basis else None,
        within=None if named else run.within,
        scope=run.scope,
        words=None if named else run.words,
    )


def _changed_metric(
    text: str, quantity: Quantity, moved: Moved, run: Run, setting: Setting
) -> tuple[str, str | None, bool]:
    """Return what a change is of, whose that is, and whether its own words name it."""
    named = find_noun_metric(moved.noun, names=setting.names) if moved.noun else None
    if named is None and moved.behind:
        named = moved.noun  # 减少部门支出: the words say of what, though not of which
    if named is not None:
        before = text[sentence_start(text, quantity.start) : quantity.start]
        return sided(named, run, moved.noun, before), run.about, True
    if run.changed is not None and quantity.measures == "percent":
        return *run.changed, False
    if run.base is not None:
        return root_of(run.base) or run.base, run.subject, False
    if run.first is not None:
        return root_of(run.first[0]) or run.first[0], run.first[1], False
    metric = run.topic or find_known_metric(text[: quantity.start], names=setting.names) or "金额"
    return metric, run.subject, False
