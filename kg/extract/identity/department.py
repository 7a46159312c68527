"""The department a document belongs to: its full name, and the other spellings the text uses."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from kg.blocks import Document, Table
from kg.extract.identity.located import locate
from kg.extract.identity.organs import NATIONAL, clean_name, is_organ_name, labelled_organ, organ_in
from kg.extract.identity.regions import Division, leading_divisions, parents, shared_name
from kg.text.folding import compact
from kg.values.year import YEAR

_FORM_LABEL = re.compile(
    r"^(?:预算)?(?:部门|单位)(?:[(（/](?:单位|部门)[)）]?)?名称$|^主管部门|^(?:申报|填报|预算|实施)(?:部门|单位)"
)
_PLACE_LESS = re.compile(r"^[区县市省州旗盟]")
_IN_PROSE = re.compile(rf"[\u4e00-\u9fff]{{3,30}}(?={YEAR}年)")

_BY_OTHERS = re.compile("委托|聘请|组织(?!部)|对$")
"""Behind a name in prose: 某市文化馆委托第三方机构对2023年….."""

_FIRST_LINES, _LONGEST_LINE = 60, 50
"""Where prose names whose budget it is: in lines of a title's length at the head of the document."""
_TITLE_VOTES, _LABEL_VOTES = 6, 4
"""Votes for the name in the title and beside a label (部门名称：) on the first page; a table's owner line has two."""
_SHORTEST_CELL = 4
"""Characters of the shortest cell worth searching for a name: 某某局 and one more."""


def find_department(title: str, document: Document, lines: list[str], text: str) -> str | None:
    """Return the full name of the department, None where the document names none.

    The title, the labels and names on the first page (`lines`) and the owner lines of the tables vote; a name without
    its city or district (区信访局, 罗湖区审计局) is completed from the longest spelling printed, else from the
    divisions.
    """
    votes = _votes(title, document, lines, text)
    if not votes:
        votes.update(name for line in lines if (name := organ_in(line)) is not None)
    if not votes:
        votes.update(_organs_in_prose(text))
    if not votes:
        return None
    return _completed(_fullest(votes), document, text)


def _votes(title: str, document: Document, lines: list[str], text: str) -> Counter[str]:
    votes: Counter[str] = Counter()
    below = next((under for line, under in pairwise((*lines, "")) if title.endswith(line)), "")
    named = _whole(title, below, text)
    if named is not None:
        votes[named] += _TITLE_VOTES
    for line, below in pairwise((*lines, "")):
        name = _whole(line, below, text) if labelled_organ(line) is not None else None
        if name is not None:
            votes[name] += _LABEL_VOTES
    for table in document.tables:
        owner = clean_name(table.owner) if table.owner else ""
        if is_organ_name(owner):
            votes[owner] += 2
        in_title = organ_in(table.title)
        if in_title is not None and in_title.endswith(named or in_title):
            votes[in_title] += 1
        votes.update(_labelled(table))
    return votes


def _whole(line: str, below: str, text: str) -> str | None:
    """Return the organ that a line names, whole where the line ends inside its name and the text prints all of it."""
    name = organ_in(line)
    longer = organ_in(line + below) if name is not None and line.endswith(name) else None
    return longer if name and longer and longer.startswith(name) and longer in text else name


def _labelled(table: Table) -> Counter[str]:
    """Return the organs that a form names beside 部门名称, 主管部门 and the like."""
    found: Counter[str] = Counter()
    for row in table.rows[:4]:
        filled = [compact(cell.text) for cell in row.cells if cell.text]
        for label, value in pairwise(filled):
            if _FORM_LABEL.match(label) and is_organ_name(clean_name(value)):
                found[clean_name(value)] += 2
    return found


def _organs_in_prose(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in text.split("\n")[:_FIRST_LINES]:
        for match in _IN_PROSE.finditer(line):
            name = clean_name(_BY_OTHERS.split(match.group())[0])
            if is_organ_name(name):
                found[name] += 1
        printed = organ_in(line) if len(line) <= _LONGEST_LINE else None
        if printed is not None:
            found[printed] += 1
    return found


def _fullest(votes: Counter[str]) -> str:
    """Return the best-voted name in its longest spelling: names that end alike vote together."""

    def weight(name: str) -> int:
        return sum(count for other, count in votes.items() if other.endswith(name) or name.endswith(other))

    best = max(votes, key=lambda name: (weight(name), votes[name], len(name)))
    return max((name for name in votes if name.endswith(best)), key=lambda name: (len(name), votes[name]))


def _completed(name: str, document: Document, text: str) -> str:
    located = locate(name)
    if located.chain:
        first = located.chain[0]
        named_alone = first.level == 2 and first.name.endswith("区") and located.end > located.start
        return _with_above(name, first) if named_alone and not first.is_zone else name
    shared = shared_name(name)
    if shared:
        chosen = _nearest(shared, _everything(document, text))
        return _with_above(name, chosen) if chosen is not None else name
    if NATIONAL.match(name):
        return name
    spelled = _spellings(name, _everything(document, text))
    if _PLACE_LESS.match(name):
        longer = max(spelled, key=lambda other: spelled[other], default=None)
    else:  # 水务局 alone: only the one full name that the text keeps to
        longer = next(iter(spelled), None) if len(spelled) == 1 and spelled.total() > 1 else None
    return _completed(longer, document, text) if longer is not None and longer != name else name


def _with_above(name: str, division: Division) -> str:
    """Return the name with what the division belongs to before it, the city before the province."""
    chain, at = parents(division)[:-1], name.index(division.name) if division.name in name else 0
    return name[:at] + chain[-1].name + name[at:] if chain else name


def _nearest(divisions: tuple[Division, ...], text: str) -> Division | None:
    counts = {division: sum(text.count(parent.name) for parent in parents(division)[:-1]) for division in divisions}
    best = max(counts.values())
    winners = [division for division, count in counts.items() if count == best]
    return winners[0] if best and len(winners) == 1 else None


def _spellings(name: str, text: str) -> Counter[str]:
    """Return how often the text prints each spelling that has a division's name before `name`."""
    found: Counter[str] = Counter()
    for match in re.finditer(rf"[\u4e00-\u9fff]{{1,24}}{re.escape(name)}", text):
        printed = match.group()
        for start in range(len(printed) - len(name)):
            if leading_divisions(printed[start:]) or shared_name(printed[start:]):
                found[printed[start:]] += 1
                break
    return found


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
    """Return the other spellings of the department that the text prints, longest first.

    >>> find_aliases("中共深圳市罗湖区委组织部", "罗湖区委组织部负责干部工作，区委组织部下设三个科。")
    ('罗湖区委组织部', '区委组织部')
    """
    located = locate(department)
    if not located.chain:
        return ()
    before, core, last = department[: located.start], department[located.end :], located.chain[-1]
    names = [division.name for division in located.chain]
    heads = {
        "".join(names),
        last.name,
        last.name.rstrip("市区县省"),
        last.name[-1],
        "".join(names[:-1]) + last.name.rstrip("市区县"),
        "",
    }
    spellings = {
        prefix + head + core for prefix in {before, ""} for head in heads if core and (head or core[0] != "委")
    } - {department}
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
