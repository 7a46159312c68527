"""Find what prose states in numbers: which metric of which year is how much, and how it changed.

In: the text of one paragraph, what stands around it (Around) and what the document says of itself (Setting). Out:
Stated values in reading order. A change on an earlier year is a statement of its own, a decrease is negative.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.prose.changes import name_share, state_change
from kg.extract.prose.clauses import label_start, sentence_number, sentence_start, without_bracket
from kg.extract.prose.counts import name_count
from kg.extract.prose.implied import find_implied
from kg.extract.prose.levels import name_amount
from kg.extract.prose.metrics import clean_label, find_account, find_metric
from kg.extract.prose.moving import find_moved
from kg.extract.prose.periods import own_year, stage_of, take_year
from kg.extract.prose.quantities import Quantity, find_quantities
from kg.extract.prose.setting import Setting
from kg.extract.prose.stated import Around, Run, Stated
from kg.extract.prose.subjects import find_summary, find_unit
from kg.text.patterns import BRACKET_MARK, DIGIT_MARK
from kg.values.money import is_money
from kg.values.placeholder import has_placeholder
from kg.values.vocabularies import Stage

_BOUND = re.compile(
    r"\s*(?:[（(]含[^（）()]{0,4}[)）])?(?:及|或)?以(?:上|下|内)(?:[（(]含[)）])?的?(?=[\u4e00-\u9fff])"
)
_CLASS = re.compile(r"[^，,。；;：:、]{0,8}\d+(?:\.\d+)?\s?万?元?[（(含）)及或]{0,4}以[上下]")
_TOPIC = re.compile(rf"^[\s\-]*(?P<topic>(?:{BRACKET_MARK}|{DIGIT_MARK})?[^。，,；;：:\d]{{2,80}})[。：:]")
_HELD = re.compile(r"截[至止]|年末|年底|月底")
"""What somebody has on a day is no figure of a budget."""
_THIS_PROJECT = re.compile("[该本]项目")
_OF_PROJECT = re.compile(r"(?:^|[—–-]+|[：:])(?P<name>[^—–：:-]{2,40}项目)$")


def find_statements(
    text: str,
    setting: Setting,
    *,
    topic: str | None = None,
    quantities: Sequence[Quantity] | None = None,
    around: Around | None = None,
) -> list[Stated]:
    """Return what `text` states; `topic` is the metric its heading names, `quantities` are those of `text`, if known.

    >>> text = "教育支出 8 万元，占 0.4%，比 2019 年减少 2 元，下降 20%。"
    >>> for s in find_statements(text, Setting(year=2020)):
    ...     print(s.metric, s.value, s.unit, s.year, s.base_year)
    教育支出 8 万元 2020 None
    教育支出_占比 0.4 % 2020 None
    教育支出_同比变化额 -2 元 2020 2019
    教育支出_同比变化率 -20 % 2020 2019
    """
    printed = find_quantities(text) if quantities is None else quantities
    run = _open_run(text, setting, around or Around(topic=topic), topic)
    summary = find_summary(text)
    floor = 0
    if summary is not None:
        run.about, floor = summary
        run.begin = floor
        run.summary, run.subject = True, run.about
    found: list[Stated] = []
    for quantity in printed:
        if quantity.start < floor or quantity.measures == "time" or _BOUND.match(text, quantity.end):
            continue
        if _is_quoted(text, quantity):
            continue
        if has_placeholder(text[sentence_start(text, quantity.start) : quantity.end]):
            continue  # the sentence of a form that nobody has filled in
        found += find_implied(text, floor, quantity.start, run, setting)
        found.append(_state(text, quantity, floor, run, setting))
        floor = quantity.end
    if not has_placeholder(text[sentence_start(text, len(text.rstrip("。；; \n"))) :]):
        found += find_implied(text, floor, len(text), run, setting)
    return found


def _is_quoted(text: str, quantity: Quantity) -> bool:
    """Whether a word in quotation marks begins with the number or is it: “三名”工程, “三个不予” count nothing."""
    opened = text[max(0, quantity.start - 1) : quantity.start] in ("“", '"')
    worded = not text[quantity.start].isdigit()
    return opened and (worded or text[quantity.end : quantity.end + 1] in ("”", '"'))


def _open_run(text: str, setting: Setting, around: Around, topic: str | None) -> Run:
    account = find_account(text)
    return Run(
        around=around,
        topic=(account.name if account else None) or _topic_of(text, setting) or topic or around.topic,
        year=setting.year,
        within=(account.parent if account else None) or around.within,
    )


def _topic_of(text: str, setting: Setting) -> str | None:
    match = _TOPIC.match(text)
    return find_metric(match["topic"], names=setting.names) if match else None


def _state(text: str, quantity: Quantity, floor: int, run: Run, setting: Setting) -> Stated:
    start = label_start(text, quantity.start, floor)
    label = text[start : quantity.start]
    _enter_sentence(text, quantity.start, run, setting)
    take_year(text[max(run.begin, sentence_start(text, quantity.start)) : quantity.start], run, setting)
    moved = find_moved(text, start, quantity.start, floor) if quantity.measures != "count" else None
    if moved is not None:
        return state_change(text, quantity, start, moved, run, setting)
    stage: Stage | None = None
    year = own_year(label, run, setting)
    if quantity.measures == "percent" or quantity.unit == "%":
        metric, subject = name_share(text, quantity, label, run, setting)
    else:
        naming = name_count if quantity.measures == "count" else name_amount
        metric, subject = naming(text, quantity, label, run, setting)
        run.words = clean_label(without_bracket(label), names=setting.names) or None
        held = _HELD.search(text, sentence_start(text, quantity.start), quantity.start)
        stage = stage_of(label, year, setting) if is_money(quantity.unit) and not held else None
    return Stated(
        metric=metric,
        subject=subject,
        value=quantity.value,
        unit=quantity.unit,
        year=year,
        base_year=None,
        implied=False,
        start=start,
        end=quantity.end,
        stage=stage,
        within=_class_of(label) or run.within,
        scope=run.scope,
        words=run.words,
    )


def _class_of(label: str) -> str | None:
    """Return the class that a count is of by its worth: 单位价值50万元以上."""
    match = _CLASS.search(label)
    return match[0].strip() if match else None


def _enter_sentence(text: str, at: int, run: Run, setting: Setting) -> None:
    """Forget what holds for one sentence only when the next one begins."""
    sentence = sentence_number(text, at)
    if sentence != run.sentence:
        run.sentence = sentence
        start = sentence_start(text, at)
        unit = find_unit(text, start)
        if unit:
            run.unit = None if unit["whole"] else unit["name"]
        run.count = None
        run.base = None
        run.changed = None
        run.moved.clear()
        run.scope = run.around.scope
        run.owner = None
        if _THIS_PROJECT.search(text, start, at) and (project := _OF_PROJECT.search(run.around.heading or "")):
            run.about = run.subject = project["name"]
