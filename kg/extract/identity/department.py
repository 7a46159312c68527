"""The department a document belongs to: its full name, and the other spellings the text uses."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from kg.blocks import Document, Table
from kg.extract.identity.regions import Division, leading_divisions, parents, shared_name
from kg.text.folding import compact
from kg.text.patterns import CHINESE_MARK, PART
from kg.values.code import strip_owner_code
from kg.values.year import CHINESE_YEAR, YEAR

_ENDING = (
    r"(?:人民法院|人民检察院|法院|检察院|人民政府|政府办公室|办公厅|办公室|委员会|街道办事处|办事处|管委会"
    r"|联合会|总工会|工商联|研究院|研究室|党校|行政学院|档案馆|图书馆|博物馆|服务中心|管理中心|中心"
    r"|工务署|总署|总局|管理局|监督局|分局|总队|支队|大队|局|厅|委|署|部|院|馆|会"
    r"|大学|学院|学校|中学|小学|幼儿园|研究所|管理处|管理所|服务站|社区|电视台|出版社|集团|公司|办)"
)
_ORGAN = re.compile(
    rf"[\u4e00-\u9fff]{{2,36}}?{_ENDING}(?=[（(]|$|\d|二[〇○零]|部门|单位|预算|决算|年|本级|机关|项目|整体|绩效|及|系统|的|概况|关于|编制)"
)
_LEAD = re.compile(rf"^(?:{YEAR}年?度?|{CHINESE_YEAR}年度?|关于|附件\d*[:：]?|{PART}|{CHINESE_MARK}|\d+)+")
_LABEL = re.compile(r"(?:部门|单位)(?:名称)?[:：](?=[\u4e00-\u9fff])")
_TAIL = re.compile(r"(?:[（(](?:本级|汇总|部门|机关|盖章|公章)[)）]|本级|机关)+$")
_PARTY = re.compile(r"^中(?:国)?共(?:产党)?(?=[\u4e00-\u9fff]{2,}委)")
_STREET = re.compile(r"人民政府(?=[\u4e00-\u9fff]{2,6}街道办事处$)")
_FORM_LABEL = re.compile(
    r"^(?:预算)?(?:部门|单位)(?:[(（/](?:单位|部门)[)）]?)?名称$|^主管部门|^(?:申报|填报|预算|实施)(?:部门|单位)"
)
_NOT_OWN = re.compile(r"财政部门$|^(?:本|我|各|该|主管|预算|下属|所属|基层|项目|业务)")
_LEVEL = {0: "省", 1: "市", 2: "区"}

_FIRST_LINES, _LONGEST_LINE = 60, 50
"""Where prose names whose budget it is: in lines of a title's length at the head of the document."""
_SHORTEST_CELL = 4
"""Characters of the shortest cell worth searching for a name: 某某局 and one more."""


def organ_in(text: str) -> str | None:
    """Return the organ that a title names, None if it names none.

    >>> organ_in("2020年广州市信访局部门预算"), organ_in("部门收支总表")
    ('广州市信访局', None)
    """
    key = compact(text)
    label = _LABEL.search(key)
    key = _LEAD.sub("", key[label.end() :] if label is not None else key)
    match = _ORGAN.match(key)
    name = clean_name(match.group()) if match is not None else None
    return name if name and not _NOT_OWN.search(name) else None


@lru_cache(maxsize=4096)
def clean_name(printed: str) -> str:
    """Return an organ's name without unit code, 本级, 中共, the 人民政府 before a street office, and blanks.

    >>> clean_name("289深圳市罗湖区审计局"), clean_name("某市财政局（本级）")
    ('深圳市罗湖区审计局', '某市财政局')
    """
    name = strip_owner_code(compact(printed)).strip(":：")
    name = _STREET.sub("", _PARTY.sub("", name))
    return _TAIL.sub("", name) or name


def find_department(title: str, document: Document, text: str) -> str | None:
    """Return the full name of the department, None where the document names none.

    The title and the owner lines of the tables vote; a name without its city or district (区信访局,
    罗湖区审计局) is completed from the longest spelling printed, else from the divisions.
    """
    votes: Counter[str] = Counter()
    named = organ_in(title)
    if named is not None:
        votes[named] += 6
    for table in document.tables:
        if table.owner:
            owner = clean_name(table.owner)
            if re.search(_ENDING + "$", owner) and len(owner) <= 40:
                votes[owner] += 2
        in_title = organ_in(table.title)
        if in_title is not None and in_title.endswith(named or in_title):
            votes[in_title] += 1
        votes.update(_labelled(table))
    if not votes:
        votes.update(_organs_in_prose(text))
    if not votes:
        return None
    return _completed(_fullest(votes), document, text)


def _labelled(table: Table) -> Counter[str]:
    """Return the organs that a form names beside 部门名称, 主管部门 and the like."""
    found: Counter[str] = Counter()
    for row in table.rows[:4]:
        filled = [compact(cell.text) for cell in row.cells if cell.text]
        for label, value in pairwise(filled):
            if _FORM_LABEL.match(label) and re.search(_ENDING + "$", clean_name(value)) and len(value) <= 40:
                found[clean_name(value)] += 2
    return found


def _organs_in_prose(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in text.split("\n")[:_FIRST_LINES]:
        for match in re.finditer(rf"[\u4e00-\u9fff]{{2,20}}?{_ENDING}(?={YEAR}年)", line):
            found[clean_name(match.group())] += 1
        name = organ_in(line) if len(line) <= _LONGEST_LINE else None
        if name is not None:
            found[name] += 1
    return found


def _fullest(votes: Counter[str]) -> str:
    """Return the best-voted name in its longest spelling: names that end alike vote together."""

    def weight(name: str) -> int:
        return sum(count for other, count in votes.items() if other.endswith(name) or name.endswith(other))

    best = max(votes, key=lambda name: (weight(name), votes[name], len(name)))
    return max((name for name in votes if name.endswith(best)), key=lambda name: (len(name), votes[name]))


def _completed(name: str, document: Document, text: str) -> str:
    chain = leading_divisions(name)
    if chain:
        return name if chain[0].level < 2 or not chain[0].name.endswith("区") else _above(chain[0]) + name
    shared = shared_name(name)
    if shared:
        chosen = _nearest(shared, _everything(document, text))
        return _above(chosen) + name if chosen is not None else name
    if name[0] in "区县市省州":
        longer = _longest_printed(name, _everything(document, text))
        if longer is not None and longer != name:
            return _completed(longer, document, text)
    return name


def _above(division: Division) -> str:
    """Return the name of what a district belongs to, the city before the province."""
    chain = parents(division)[:-1]
    return chain[-1].name if chain else ""


def _nearest(divisions: tuple[Division, ...], text: str) -> Division | None:
    counts = {division: sum(text.count(parent.name) for parent in parents(division)[:-1]) for division in divisions}
    best = max(counts.values())
    winners = [division for division, count in counts.items() if count == best]
    return winners[0] if best and len(winners) == 1 else None


def _longest_printed(name: str, text: str) -> str | None:
    """Return the commonest spelling in the text that has a division's name before `name`."""
    found: Counter[str] = Counter()
    for match in re.finditer(rf"[\u4e00-\u9fff]{{1,12}}{re.escape(name)}", text):
        printed = match.group()
        for start in range(len(printed) - len(name)):
            if leading_divisions(printed[start:]) or shared_name(printed[start:]):
                found[printed[start:]] += 1
                break
    return found.most_common(1)[0][0] if found else None


def _everything(document: Document, text: str) -> str:
    cells = [
        compact(cell.text)
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        if len(cell.text) >= _SHORTEST_CELL
    ]
    return text + "\n" + "\n".join(cells)


def find_aliases(department: str, text: str) -> tuple[str, ...]:
    """Return the other spellings of the department that the text prints, longest first."""
    chain = leading_divisions(department)
    if not chain:
        return ()
    core = department[sum(len(division.name) for division in chain) :]
    last = chain[-1]
    names = [division.name for division in chain]
    heads = {
        last.name,
        last.name.rstrip("市区县省"),
        last.name[-1],
        "".join(names[:-1]) + last.name.rstrip("市区县"),
        "",
    }
    spellings = {head + core for head in heads if head or core[0] != "委"} - {department}
    return tuple(
        sorted(
            (name for name in spellings if len(name) > 2 and _printed_alone(name, spellings | {department}, text)),
            key=lambda name: (-len(name), name),
        )
    )


def _printed_alone(name: str, spellings: set[str], text: str) -> bool:
    """Return whether `name` is printed other than as the end of a longer spelling."""
    longer = [spelling for spelling in spellings if spelling.endswith(name) and spelling != name]
    for match in re.finditer(re.escape(name), text):
        if not any(text.endswith(spelling, 0, match.end()) for spelling in longer):
            return True
    return False
