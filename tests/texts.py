"""Small documents for tests: a text goes through the real reader, its context comes back."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.projects.found import Projects, find_projects
from kg.extract.run import open_context
from kg.read.plain.reader import read_text

HEAD = "某市某区审计局2024年部门预算\n\n"


def open_text(text: str, *, head: str = HEAD) -> Context:
    """Return the context of a budget of 某市某区审计局 that holds `text`."""
    return open_context(read_text((head + text).encode("utf-8"), file="sample.txt"))


def read_projects(text: str) -> tuple[Context, Projects]:
    """Return the context of a budget that holds `text` and its projects: what most extractors are given."""
    context = open_text(text)
    return context, find_projects(context)


def table(title: str, rows: list[list[str]], *, unit: str = "万元") -> str:
    """Return a table as the sources print it: caption, unit, tab-separated rows."""
    lines = ["\t".join(row) for row in rows]
    return "\n".join(["", title, "", f"单位：{unit}", "", *lines, ""])
