"""The kinds of tables: how a table is told to be of one, and what follows from it for every other module.

The one reader of kg/lexicon/table_kinds.tsv. A table that no pattern fits is UNKNOWN: its numbers are kept,
but of no side and no topic, and kg.extract.tables.coverage leaves an issue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from kg.lexicon import load_rows
from kg.text.folding import compact
from kg.values.vocabularies import PassageKind, Side, word_of

Projects = Literal["lines", "listed", "named", "duties"]
Whole = Literal["income", "spending", "balance", "fiscal_balance"]
_TOLD = ("kind", "title", "header", "not_title")
_NONE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKind:
    """What is asked of a kind of table; the fields are the columns of kg/lexicon/table_kinds.tsv, explained there.

    `name` is `bud:tableKind`; `passages` is the kind of passage that a printed row makes, None for none.
    """

    name: str
    zh: str
    en: str
    side: Side | None = None
    projects: Projects | None = None
    one_project: bool = False
    key: bool = False
    categories: bool = False
    indicators: bool = False
    form: bool = False
    passages: PassageKind | None = None
    purchases: bool = False
    subject: str = ""
    budget: Whole | None = None
    across: bool = False
    topics: frozenset[str] = frozenset()

    @property
    def label(self) -> Mapping[str, str]:
        """What people call the kind, by language."""
        return {"zh": self.zh, "en": self.en}

    @property
    def is_known(self) -> bool:
        """Whether any pattern told what the table is."""
        return self is not UNKNOWN

    @property
    def lists_projects(self) -> bool:
        """Whether the rows of a column of projects are projects."""
        return self.projects in ("listed", "named")

    @property
    def is_two_sided(self) -> bool:
        """Whether the table sets income against expenditure."""
        return self.budget in ("balance", "fiscal_balance")


UNKNOWN = TableKind(name="unknown", zh="未知表类", en="unknown kind of table", form=True)
"""No pattern fits. Its labels may name its numbers as those of a form do, as most such tables are forms."""


@cache
def load_kinds() -> Mapping[str, TableKind]:
    """Return the kinds by name, in the order of the lexicon, UNKNOWN last."""
    return read_kinds(load_rows("table_kinds"))


def read_kinds(lines: Sequence[Sequence[str]]) -> Mapping[str, TableKind]:
    """Return the kinds that lines of fields tell of, the first line naming the columns; UNKNOWN last.

    ValueError where a line has too few or too many fields, no pattern, or a word that its column has not, and
    where two lines say what a kind is, or none does.
    """
    kinds: dict[str, TableKind] = {}
    rows = _rows(lines)
    for row in rows:
        if len(row) > len(_TOLD):
            if row["kind"] in kinds:
                raise ValueError(f"table_kinds.tsv: two lines say what {row['kind']} is")
            kinds[row["kind"]] = _kind(row)
    strays = {row["kind"] for row in rows} - kinds.keys()
    if strays:
        raise ValueError(f"table_kinds.tsv: no line says what {', '.join(sorted(strays))} is")
    return kinds | {UNKNOWN.name: UNKNOWN}


def kind_named(name: str) -> TableKind:
    """Return the kind of that name; KeyError for a name that is none.

    >>> kind_named("income_expenditure").zh, kind_named("non_tax").side
    ('收支总表', 'income')
    """
    return load_kinds()[name]


def find_kind(title: str, header: str) -> TableKind:
    """Return the kind of a table by its title (or section heading) and its compact header words.

    >>> [find_kind(title, "").name for title in ("部门收支总表", "一般公共预算“三公”经费支出表", "附录")]
    ['income_expenditure', 'three_public', 'unknown']
    """
    key = compact(title)
    for kind, in_title, in_header, not_title in _patterns():
        if in_title is None and key:
            continue
        if in_title is not None and not (key and in_title.search(key)):
            continue
        if in_header is not None and not in_header.search(header):
            continue
        if not_title is None or not not_title.search(key):
            return kind
    return UNKNOWN


def _rows(lines: Sequence[Sequence[str]]) -> tuple[dict[str, str], ...]:
    """Return each line by column: what tells a kind, and on one line of each kind what follows from it."""
    columns, *rest = lines
    rows = []
    for line in rest:
        row = dict(zip(columns, line, strict=False))
        if len(line) > len(columns) or len(_TOLD) < len(line) < len(columns):
            raise ValueError(f"table_kinds.tsv: {line[0]} has {len(line)} fields, not {len(columns)}")
        rows.append({**dict.fromkeys(_TOLD, _NONE), **row})
        if rows[-1]["title"] == rows[-1]["header"] == _NONE:
            raise ValueError(f"table_kinds.tsv: {line[0]} has no pattern of its title or header")
    return tuple(rows)


@cache
def _patterns() -> tuple[tuple[TableKind, re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    def compiled(pattern: str) -> re.Pattern[str] | None:
        return None if pattern == _NONE else re.compile(pattern)

    return tuple(
        (kind_named(row["kind"]), compiled(row["title"]), compiled(row["header"]), compiled(row["not_title"]))
        for row in _rows(load_rows("table_kinds"))
    )


def _kind(row: dict[str, str]) -> TableKind:
    hints = get_type_hints(TableKind)
    values = {
        field.name: _value(row, field.name, hints[field.name]) for field in fields(TableKind) if field.name != "name"
    }
    return TableKind(name=row["kind"], **values)


def _value(row: dict[str, str], column: str, hint: Any) -> Any:
    """Return a cell as its field's type: yes or no, one of the words of a Literal, a set of words, or text."""
    text, where = row[column], f"table_kinds.tsv, {column} of {row['kind']}"
    if hint is bool:
        return word_of(text, ("yes", _NONE), where) == "yes"
    if hint == frozenset[str]:
        return frozenset(text.split()) - {_NONE}
    if hint is str:
        return "" if text == _NONE else text
    words = tuple(word for part in get_args(hint) for word in get_args(part))
    return None if text == _NONE else word_of(text, words, where)
