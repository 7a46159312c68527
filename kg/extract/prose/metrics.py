"""Name what a number in prose measures: the words around it -> a metric.

In: the words before a number (and behind it). Out: names such as 部门预算收入 or 三公_公务接待费;
unknown ones are the printed words, cleaned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_rows
from kg.text.patterns import BRACKET_MARK, CIRCLED_MARK, DIGIT_MARK, ORDINAL_WORD
from kg.values.year import MONTH_DAY, YEAR

_YEAR = re.compile(
    rf"{YEAR}\s?年(?:度)?(?:末|底|初)?|{MONTH_DAY}|上年末|上年(?!预?结转)度?|本年(?!收入|支出)度?|今年|去年|当年|年度"
)
_LEADING = re.compile(
    r"^(?:其中|包括|主要包括|具体包括|主要用于|主要(?:原因(?:是|为)?|是|为)(?:因|由于)?|原因(?:是|为)?|由于|因为|另有|一共|累计|则|均|安排(?!了)(?=[\u4e00-\u9fff]{3})|(?:项级)?科目|\d{3,7}[-－—]|同时|以及|和|以?及(?!时)|、|的|是|在(?![职建编岗校册])|为(?!民)|对?比(?![例赛重])|较|与|共计?(?![同享建])|按"
    rf"|{CIRCLED_MARK}|{ORDINAL_WORD}|{DIGIT_MARK}|{BRACKET_MARK}|我[局部委办厅院校市区县]|本(?:部门|单位|年|次)|各单位|该(?:项目|经费)|[\s：:，,])+"
)
_TRAILING = re.compile(
    r"(?:预算|决算)?(?:共计|合计|总计|总额|金额|数额|资金|经费)?(?:预算)?(?:数|额)?(?:共|共计|安排|支出安排|预算安排|编制|为|是|达到?|约|计"
    r"|总额|总数|金额|涉及|涉及金额|由|从|[\s：:]|资金|预算数|决算数|预算|年初预算)*$"
)
_GENERIC = re.compile(
    r"^(?:预算|决算|金额|总额|合计|共计|共|总计|总数|数|安排|资金|预算金额|涉及|涉及金额|其中|预算数|决算数|支出|收入|实有|有|为|计划|分别|小计"
    r"|预算安排|共安排|资金总额|部门预算|经费|约|达|当年|年初预算|年初预算数|本级|单位|部门|当年预算|执行|执行数|全年|调整后?|年初|上年|去年|本年|累计|累|实际数?|(?:增加|减少|提高|降低|下降|调整)[至到为]|决算数?|数额|左右|采购|成交|同期|（减少）|\\(减少\\))*$"
)

_CODE_LEVEL = re.compile(
    r"(?:[(（]\d{1,2}[)）])?([^（）()“”，：:。；;]+(?:[(（](?![类款项][)）])[^（）()]{1,6}[)）][^（）()“”，：:。；;]+)?)[（(](?P<level>类|款|项)[)）]"
)
_PATH = re.compile(
    r"[\u4e00-\u9fff]{2,30}支出[-－—](?:(?P<parent>[\u4e00-\u9fff]{2,40})[-－—])?(?P<name>[\u4e00-\u9fff]{2,40})"
)
"""An account printed with its levels between dashes: 住房保障支出-住房改革支出-住房公积金."""
_CODED = re.compile(r"[（(]\d{3,7}[)）](?:支出)?$")
_SCOPE = re.compile(r"政府性基金|国有资本经营|一般公共预算|财政拨款|上年结转")
_GRANTED = re.compile(
    r"(?:一般公共预算|政府性基金|国有资本经营|财政)(?:预算)?(?:财政)?(?:拨款|资金)?安排的?(?P<noun>[^，。]{2,24}(?:费|经费|支出|资金|预算|采购))$"
)
"""A fund that pays for something: the figure is that thing's (一般公共预算安排委托业务费), not the fund's."""
_QUOTED = re.compile(r"^[“\"](?P<name>[^”\"]+)[”\"](?:科目)?")
_VERBAL = re.compile(
    r"(?:共|共有|共设|内设|设|设有|设置|编报|划减|减少|增加|新增|购置|购买|安排|保留|拥有|涉及|完成|开展|组织|聘请|下属|所属|下辖|包含|和|与|及|对|是|为)$"
)

_HAVING = re.compile("^(?:截[至止]|因此|以及|下设|实?有|共有)+|(?:共有|共|实?有|为)$")
_EQUALS = re.compile(r"(?:约|大约)?(?:为|达到?|计)约?$")

_TAIL_END = re.compile(r"[，,。；;：:、（()）]|(?:和|及|以及|与)?\d")
_SHORT_VERB = 4
"""Characters of words before a count that may be a verb, when a noun stands behind it: 做好41个供电项目."""

_LONGEST_COUNTED = 16
"""Characters of a counted thing that become a metric's name."""


def find_metric(label: str, *, names: tuple[str, ...] = ()) -> str | None:
    """Return the metric that `label`, the words before a number, names; None if it names nothing of its own.

    `names` are the department's names, which say whose the number is, not what it is.

    >>> find_metric("2020年甲局部门预算收入", names=("甲局",)), find_metric("其中：教育支出")
    ('部门预算收入', '教育支出')
    >>> find_metric("2020年预算数") is None
    True
    """
    bare = clean_label(label, names=names)
    account = find_account(bare)
    if account:
        return account.name
    granted = _GRANTED.search(bare)
    if granted is not None:
        return find_metric(granted["noun"], names=names)
    bare = _CODED.sub("", bare)
    known = _known(bare, "metrics")
    if known:
        return known
    if _GENERIC.match(bare):
        return None
    return _TRAILING.sub("", _QUOTED.sub(r"\g<name>", bare)) or None


def find_noun_metric(noun: str, *, names: tuple[str, ...] = ()) -> str | None:
    """Return the metric of a thing that grows or shrinks: as `find_metric`, a fund's name kept whole.

    >>> find_noun_metric("取消的奖补资金"), find_noun_metric("公用经费")
    ('取消的奖补资金', '公用支出')
    """
    metric = find_metric(noun, names=names)
    ending = re.search("(?:资金|经费)$", noun)
    return f"{metric}{ending[0]}" if metric and ending and noun.endswith(metric + ending[0]) else metric


def find_noun(label: str) -> str | None:
    """Return the words of a label that name something, as printed, None if they only say 预算数 or 合计.

    >>> find_noun("师资培训费预算"), find_noun("2026年预算数")
    ('师资培训费', None)
    """
    bare = _HAVING.sub("", clean_label(label))
    return None if _GENERIC.match(bare) else _TRAILING.sub("", bare) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account printed with its levels (类, 款, 项): its own name and that of the level above it, if printed."""

    name: str
    parent: str | None


def find_account(text: str) -> Account | None:
    """Return the last account that a text begins with or names, None if it names none.

    >>> find_account("（14）公共安全支出（类）监狱（款）一般行政管理事务（项）")
    Account(name='一般行政管理事务', parent='监狱')
    """
    path = _PATH.fullmatch(text.strip())
    if path is not None:
        return Account(name=path["name"], parent=path["parent"])
    levels = [
        match[1].lstrip("、") for match in _CODE_LEVEL.finditer(clean_label(re.split(r"[。；;]", text.lstrip())[0]))
    ]
    if not levels:
        return None
    return Account(name=levels[-1], parent=levels[-2] if len(levels) > 1 else None)


def find_scope(text: str) -> str | None:
    """Return the money that a text speaks of, where it is less than all: 一般公共预算, 政府性基金, 财政拨款 …

    >>> find_scope("五、一般公共预算财政拨款支出决算情况说明"), find_scope("三、支出预算情况说明")
    ('一般公共预算', None)
    """
    match = _SCOPE.search(text)
    return match[0] if match else None


def find_known_metric(text: str, *, names: tuple[str, ...] = ()) -> str | None:
    """Return the metric of the lexicon that `text` names anywhere, None if it names none."""
    return _known(clean_label(text, names=names), "metrics")


def find_count_metric(before: str, behind: str, *, names: tuple[str, ...] = ()) -> str | None:
    """Return the metric of a count (人, 辆 …) from the words before it, or behind it where those say nothing.

    >>> find_count_metric("其中行政编制", ""), find_count_metric("", "均为一般公务用车")
    ('行政编制数', '一般公务用车数')
    """
    bare = clean_label(before, names=names)
    bare = (_EQUALS.sub("", bare) if len(_EQUALS.sub("", bare)) > 1 else bare)[-_LONGEST_COUNTED:]
    if len(bare) == _LONGEST_COUNTED and len(bare.rpartition("的")[2]) > 2:
        bare = bare.rpartition("的")[2]
    tail = _TAIL_END.split(behind)[0].strip()
    verbal = _VERBAL.search(bare) or (re.search("等$", bare) if tail else None)
    known = (None if verbal else _known(bare, "count_metrics")) or _known(tail, "count_metrics")
    if known or (verbal and (known := _known(bare, "count_metrics")) and not tail):
        return known
    acting = len(bare) <= _SHORT_VERB and re.match("[\u4e00-\u9fff]{2}", tail)
    if not verbal and not acting and not _GENERIC.match(bare):
        return _TRAILING.sub("", bare) or bare
    owned = tail.partition("的")[0]
    tail = owned if len(owned) >= _SHORT_VERB else tail
    return tail[:_LONGEST_COUNTED] + "数" if tail else _known(bare, "count_metrics")


def clean_label(label: str, *, names: tuple[str, ...] = ()) -> str:
    """Return `label` without years, the department's names and words that only lead in."""
    bare = re.sub(r"\s+", "", _YEAR.sub("", label))
    for name in names:
        bare = bare.replace(name, "")
    return _LEADING.sub("", bare)


def _known(bare: str, table: str) -> str | None:
    return next((metric for pattern, metric in _patterns(table) if pattern.search(bare)), None)


@cache
def _patterns(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row[0]), row[1]) for row in load_rows(name))
