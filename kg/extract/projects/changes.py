"""Read what prose says of a project's budget: its amount, what it pays for, its change on an earlier year.

In: the text of one paragraph. Out: ProjectProse, or None where the paragraph names no project's budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.extract.prose.quantities import Quantity
from kg.extract.prose.setting import Setting
from kg.extract.prose.stated import CHANGE, PROJECT, RATE, Stated
from kg.extract.prose.stating import find_statements
from kg.values.money import unit_pattern

_CONTENT = re.compile(
    r"(?:主要|具体)?(?:包括|用于|内容(?:为|是|包括)?|安排|开展|支出内容)(?:了)?\s*[：:]?\s*(?P<text>[^。]+)"
)
_SENTENCE = re.compile("。?(?P<text>[^。]+)")
_NOT_CONTENT = re.compile("预算|安排|增加|减少|增长|下降|持平|原因|同比|相比|较|目标|执行|决算|绩效|项目|年度")
_REASON = re.compile(r"(?:主要)?原因(?:是|为|系|[：:])+\s*(?P<text>[^。]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedChange:
    """A change as stated: signed amount and percent; `start` and `end` span its sentence."""

    base_year: int | None
    amount: Decimal | None
    percent: Decimal | None
    unit: str | None
    reason: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectProse:
    """A project in prose; `amount` is its stated budget with its place, `content` with its offset."""

    name: str
    amount: Stated
    content: tuple[tuple[str, int], ...]
    change: StatedChange | None


def find_project(text: str, setting: Setting, quantities: Sequence[Quantity] | None = None) -> ProjectProse | None:
    """Return the project whose budget `text` states, None for none; `quantities` are those of `text`, if known.

    >>> text = ("1、甲乙项目预算 28 万元，主要包括：乙工作 28 万元。较 2022 年预算减少 2 万元，"
    ...         "下降 7%，主要原因是丙。")
    >>> prose = find_project(text, Setting(year=2023))
    >>> change = prose.change
    >>> prose.name, str(prose.amount.value), prose.content[0][0], str(change.amount), change.reason
    ('甲乙', '28', '乙工作', '-2', '丙')
    """
    if "项目" not in text and not any(name in text for name in setting.projects):
        return None
    stated = find_statements(text, setting, quantities=quantities)
    amount = next((s for s in stated if s.metric == PROJECT and s.subject), None)
    if amount is None or amount.subject is None or any(s.start < amount.start and not s.implied for s in stated):
        return None
    return ProjectProse(
        name=amount.subject,
        amount=amount,
        content=_content(text, amount.end),
        change=find_change(text, [s for s in stated if s.subject == amount.subject]),
    )


def find_change(text: str, stated: list[Stated]) -> StatedChange | None:
    """Return the change that the statements of one subject in `text` make up, None if there is none."""
    amount = next((s for s in stated if s.metric.endswith(CHANGE)), None)
    rate = next((s for s in stated if s.metric.endswith(RATE)), None)
    first = min((s for s in (amount, rate) if s is not None), key=lambda s: s.start, default=None)
    if first is None:
        return None
    reason = _REASON.search(text, first.start)
    end = reason.end() if reason else max(s.end for s in (amount, rate) if s is not None)
    return StatedChange(
        base_year=first.base_year,
        amount=amount.value if amount else None,
        percent=rate.value if rate else None,
        unit=amount.unit if amount else None,
        reason=reason["text"].strip(" ；;，,") if reason else None,
        start=first.start,
        end=end,
    )


@cache
def _tail_amount() -> re.Pattern[str]:
    return re.compile(rf"\s*[\d,.]+\s*{unit_pattern()}\s*$")


def _content(text: str, start: int) -> tuple[tuple[str, int], ...]:
    match = _CONTENT.match(text[start:].lstrip("，,。；; ")) if start < len(text) else None
    if match is None:
        match = re.compile(r"[，,]\s*(?:主要)?(?:包括|用于)\s*[：:]?\s*(?P<text>[^。]+)").search(text, start)
    if match is None:
        return ()
    found = []
    at = match.start("text") + (len(text) - len(match.string))
    for sentence in (match["text"], *_more(text[at + len(match["text"]) :])):
        words = _tail_amount().sub("", sentence).strip(" 。；;，,")
        at = text.find(words, at)
        found += [(words, at)] if words else []
    return tuple(found)


def _more(rest: str) -> Iterator[str]:
    """Yield the sentences that go on with the content: up to one that speaks of the budget, a change or a goal."""
    for match in _SENTENCE.finditer(rest):
        if _NOT_CONTENT.search(match["text"]):
            return
        yield match["text"]
