"""Whose part of a file a block is in: one that binds the budgets of several bodies gives each its own figures.

In: the blocks, and the department of the whole file. Out: for each table and paragraph the other body it belongs to,
None where it is the department's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.blocks import Document, Paragraph, Table
from kg.extract.identity.kind import first_year, kinds_named
from kg.extract.identity.located import locate
from kg.extract.identity.organs import clean_name, is_organ_name, organ_in
from kg.read.assemble.grid import CONTENTS_SECTION
from kg.text.folding import compact

_LONGEST_HEADING = 60
"""Characters of a heading that names whose figures follow; a longer line tells of something."""
_NO_HEADING = re.compile(r"[。；;，,]|关于.*(?:通知|批复|意见|函)|批复|转移支付")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """The other bodies of a file, for each of its tables and of its paragraphs; None is the department itself."""

    tables: tuple[str | None, ...] = ()
    prose: tuple[str | None, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The other bodies whose budgets the file holds, each once, in their order."""
        return tuple(dict.fromkeys(name for name in (*self.prose, *self.tables) if name is not None))

    def of_table(self, number: int) -> str | None:
        """Return the other body that the table with that number belongs to, None if it is the department's."""
        return self.tables[number] if self.tables else None

    def of_paragraph(self, number: int) -> str | None:
        """Return the other body that a paragraph stands in the part of, None if that is the department's."""
        return self.prose[number] if self.prose else None


def find_owners(document: Document, department: str | None, aliases: tuple[str, ...]) -> Owners:
    """Return whose part each block is in: as the owner line of a table says, else the last heading that names a body.

    A heading names one if it reads like a document's title: 某某中心2025年单位预算.
    """
    if department is None:
        return Owners()
    own = (department, *aliases)
    tables: list[str | None] = []
    prose: list[str | None] = []
    current: str | None = None
    for block in document.blocks:
        if isinstance(block, Table):
            named = _owner_of_table(block)
            tables.append(current if named is None else _other(named, own))
            continue
        heading = _owner_in_heading(block)
        current = current if heading is None else _other(heading, own)
        prose.append(current)
    return Owners(tables=tuple(tables), prose=tuple(prose))


def _owner_of_table(table: Table) -> str | None:
    owner = clean_name(table.owner) if table.owner else ""
    if is_organ_name(owner):
        return owner
    return _named_in_title(table.title) if table.title else None


def _owner_in_heading(paragraph: Paragraph) -> str | None:
    if paragraph.place.section == CONTENTS_SECTION or len(paragraph.text) > _LONGEST_HEADING:
        return None
    return _named_in_title(paragraph.text)


def _named_in_title(text: str) -> str | None:
    """Return the body whose budget of some year a line is the title of, None for any other line."""
    key = compact(text)
    if _NO_HEADING.search(key) or first_year(key) is None or not kinds_named(key):
        return None
    return organ_in(key)


def _other(name: str, own: tuple[str, ...]) -> str | None:
    """Return the name unless it is the department's: in full, in short, or with words behind it that name no organ."""
    return None if any(_is_same(name, other) for other in own) else name


def _is_same(name: str, other: str) -> bool:
    if name.endswith(other) or other.endswith(name) or (not locate(name).chain and _is_short_for(name, other)):
        return True
    return name.startswith(other) and not is_organ_name(name.removeprefix(other))


def _is_short_for(short: str, full: str) -> bool:
    """Return whether a name without place leaves out words of another: 省检察院 of a province's 人民检察院."""
    rest = iter(full)
    return all(character in rest for character in short)
