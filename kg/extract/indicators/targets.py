"""Read targets, actual values and grades of indicators (≥9000宗, 不低于 90%, 约100人, 及时).

In: the text of a cell. Out: Target or Actual. A sentence counts as a target where it holds one quantity only.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from kg.extract.prose.quantities import comparators, find_quantities
from kg.records import Actual, Target
from kg.text.folding import fold
from kg.text.patterns import DIGIT_MARK, any_of
from kg.values.vocabularies import Comparator

_EMPTY = re.compile(r"^[\s\-—–/\\.。、]*$|^(?:无|不适用|不涉及|N/?A)[。.]?$", re.IGNORECASE)
_NONE = re.compile(r"^(?:不适用|不涉及|无此项|N/?A)[。.]?$", re.IGNORECASE)
_DATED = re.compile(r"^(?:月[底末初份]|日|号|年[底末初内度])")
_INEXACT = re.compile("^[余多几](?!媒体|功能|语)")
_EXCEEDED = re.compile(r"\d\s?([余多几])(?!媒体|功能|语)")
_RANGE = re.compile(
    r"^\s*(?P<lower>[^\d\s]{0,5}\d[\d,.]*\s?[^\d\s,;；、-]{0,4}?)\s*(?:[-－—–~～至到]+|且|,|并且)\s*"
    r"(?P<upper>[^\d\s]{0,5}\d[\d,.]*\s?(?P<unit>[^\d,;；、]{0,8}?))[。;；,]?\s*$"
)
_CALENDAR = re.compile("[年月日号时点]|季度")
_DEADLINE = re.compile(
    r"(?:第?[一二三四1-4]季度|\d{1,2}月(?:\d{1,2}日|底|末)?|年底|年内|年中|月底|上半年|下半年|期内|期限内)(?:前|内|之前|以前)?"
)

_LONGEST_DEADLINE = 30
"""Characters of an indicator that is a deadline as a whole; a longer one tells more than when."""


def is_not_applicable(text: str) -> bool:
    """Return whether a cell says that an indicator does not apply (不适用)."""
    return bool(_NONE.match(fold(text).strip()))


def is_empty(text: str) -> bool:
    """Return whether a cell states nothing (empty, dashes, 无, 不适用)."""
    return bool(_EMPTY.match(fold(text).strip()))


def parse_target(text: str) -> Target:
    """Return the target that `text` prints; `qualitative` where it states no number.

    Of a range the lower bound is the number (but of 15-20天内 the upper); 余 and 多 behind a number say that it
    is exceeded.

    >>> parse_target("不低于 90%").comparator, parse_target("<15 天").unit, parse_target("及时").qualitative
    ('>=', '天', '及时')
    >>> about, span = parse_target("20余场"), parse_target("8-12期")
    >>> (about.comparator, str(about.number), about.unit), (span.comparator, str(span.number), span.unit)
    (('>', '20', '场'), ('>=', '8', '期'))
    >>> target = parse_target("从提出申请到完成配置15个工作日内")
    >>> target.comparator, str(target.number), target.unit
    ('<=', '15', '个工作日')
    """
    printed = text.strip()
    folded = fold(printed)
    parsed = _whole(folded) or _range(folded) or _exceeded(folded) or _only_quantity(printed)
    if parsed is None:
        return Target(printed=printed, qualitative=printed or None)
    comparator, number, unit = parsed
    return Target(printed=printed, comparator=comparator or "=", number=number, unit=unit)


def is_plain_value(text: str) -> bool:
    """Return whether `text` is a number with comparator and unit and nothing else.

    >>> is_plain_value("≥20次"), is_plain_value("培训≥20次"), is_plain_value("及时")
    (True, False, False)
    """
    folded = fold(text.strip())
    return (_whole(folded) or _range(folded) or _exceeded(folded)) is not None


def parse_grade(text: str) -> Target:
    """Return one grade of 优良中差; without a printed comparator it has none (7, 95%)."""
    printed = text.strip()
    parsed = _whole(fold(printed))
    if parsed is None:
        return Target(printed=printed, qualitative=printed or None)
    comparator, number, unit = parsed
    return Target(printed=printed, comparator=comparator, number=number, unit=unit)


def parse_actual(text: str) -> Actual:
    """Return the value reached that `text` prints, its number and unit where it is one.

    >>> str(parse_actual("20件").number), parse_actual("20件").unit, parse_actual("已完成").number
    ('20', '件', None)
    """
    printed = text.strip()
    parsed = _whole(fold(printed))
    if parsed is None:
        return Actual(printed=printed)
    return Actual(printed=printed, number=parsed[1], unit=parsed[2])


def target_within(text: str) -> Target | None:
    """Return the target that the wording of an indicator itself states (…约100人, 一个月内), if it is one.

    >>> target_within("培训业务办理人员约100人。").printed, target_within("第三季度前完成培训").qualitative
    ('约100人', '第三季度前完成培训')
    """
    if len(re.findall(rf"(?:^|\D){DIGIT_MARK}(?!\d)", text)) > 1:
        return None  # a list of deliverables sets no single target
    quantities = find_quantities(text)
    if len(quantities) == 1:
        quantity = quantities[0]
        start = _with_comparator(text, quantity.start)
        return Target(
            printed=text[start : quantity.end] if quantity.comparator != "<=" else text.strip("。；; "),
            comparator=quantity.comparator or "=",
            number=quantity.value,
            unit=quantity.unit,
        )
    if not quantities and len(text) <= _LONGEST_DEADLINE and _DEADLINE.search(text):
        return Target(printed=text.strip("。；; "), qualitative=text.strip("。；; "))
    return None


def _with_comparator(text: str, start: int) -> int:
    before = text[:start].rstrip()
    for word in sorted(comparators()["before"], key=len, reverse=True):
        if before.endswith(word):
            return len(before) - len(word)
    return start


def _whole(text: str) -> tuple[Comparator | None, Decimal, str | None] | None:
    """Read a cell that is a number with comparator and unit and nothing else."""
    match = _whole_pattern().match(text)
    if match is None or _DATED.match(match["unit"] or "") or _INEXACT.match(match["unit"] or ""):
        return None
    signs = comparators()
    before, after = match["before"], match["after"]
    comparator = signs["before"][before] if before else signs["after"][after] if after else None
    unit = (match["unit"] or "").strip() or None
    return comparator, Decimal(match["number"].replace(",", "")), unit


def _exceeded(text: str) -> tuple[Comparator | None, Decimal, str | None] | None:
    """Read a number that is said to be exceeded by a little (10余次)."""
    match = _EXCEEDED.search(text)
    parsed = _whole(text[: match.start(1)] + text[match.end(1) :]) if match else None
    return (parsed[0] or ">", parsed[1], parsed[2]) if parsed else None


def _range(text: str) -> tuple[Comparator | None, Decimal, str | None] | None:
    """Read the lower bound of a range (10-15项, 90%~95%, ≥3次且≤5次); periods of the calendar are none."""
    match = _RANGE.match(text)
    if match is None or _CALENDAR.match(match["unit"] or ""):
        return None
    lower, upper = (_whole(match[name]) for name in ("lower", "upper"))
    if lower is None or upper is None or not lower[1] < upper[1]:
        return None
    if lower[0] not in (None, ">", ">=") or upper[0] not in (None, "<", "<=") or lower[2] not in (None, upper[2]):
        return None
    if lower[0] is None and upper[0] is not None:  # within 15-20 days: the upper bound is the one that is set
        return upper
    if not (upper[2] or lower[0] or upper[0]):  # bare numbers may be a date or a code
        return None
    return lower[0] or ">=", lower[1], upper[2]


def _only_quantity(text: str) -> tuple[Comparator | None, Decimal, str | None] | None:
    quantities = find_quantities(text)
    if len(quantities) != 1 or len(re.findall(r"\d+", text)) > 2:
        return None
    quantity = quantities[0]
    return quantity.comparator, quantity.value, quantity.unit


@cache
def _whole_pattern() -> re.Pattern[str]:
    signs = comparators()
    return re.compile(
        rf"^\s*(?P<before>{any_of(signs['before'])})?\s*(?P<number>-?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|-?\d+(?:\.\d+)?)\s*"
        r"(?P<unit>%|‰|[\u4e00-\u9fff㎡A-Za-z]{1,6}?(?:\([\u4e00-\u9fff]{1,3}\))?(?:[/·、][\u4e00-\u9fffA-Za-z]{1,4}){0,2})?\s*"
        rf"(?P<after>{any_of(signs['after'])})?[。;；,]?\s*$"
    )
