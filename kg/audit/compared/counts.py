"""Counts stated in prose against what is found: 共 6 个项目纳入绩效管理 and the projects of its table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.base.check import ERROR, HELD, NOTICE, Check, text_place
from kg.blocks import Document
from kg.messages import say
from kg.records import FindingPlace, ProjectRecord
from kg.text.folding import compact
from kg.text.patterns import NUMERALS

_COUNT = re.compile(r"(?P<count>\d+)个(?:[\u4e00-\u9fff]{0,4}项目)(?=(?P<rest>[^，,。；;]{0,16}))")
_PERFORMANCE = re.compile(r"绩效")
_CITES = re.compile(rf"(?:详?见)(?P<table>表[\s\d{NUMERALS}]+)")


def check_project_counts(document: Document, projects: Sequence[ProjectRecord]) -> Iterator[Check]:
    """Yield one check for each stated number of projects under performance management.

    Where the sentence cites its table the count must be right; elsewhere it is a notice if no table fits.
    """
    tables: dict[str | None, list[ProjectRecord]] = {}
    for project in projects:
        if project.kind == "project" and project.source.place.table:
            tables.setdefault(project.source.place.table, []).append(project)
    if not tables:
        return
    for paragraph in document.paragraphs:
        text = compact(paragraph.text)
        for found in _COUNT.finditer(text):
            if not _PERFORMANCE.search(found["rest"]):
                continue
            stated = int(found["count"])
            if stated in {len(group) for group in tables.values()}:
                yield Check(rule="count", kind="mismatch", outcome=HELD)
                continue
            cited = _CITES.search(text)
            group = next(
                (
                    group
                    for table, group in tables.items()
                    if cited and compact(table or "").startswith(compact(cited["table"]))
                ),
                None,
            )
            best = group or max(tables.values(), key=len)
            yield Check(
                rule="count",
                kind="mismatch",
                outcome=ERROR if group else NOTICE,
                expected=Decimal(len(best)),
                actual=Decimal(stated),
                table=best[0].source.place.table,
                places=(text_place(paragraph.place, found[0], Decimal(stated)), *_places(best)),
                message=say("audit.count.projects", stated=stated, table=best[0].source.place.table, counted=len(best)),
            )


def _places(projects: Sequence[ProjectRecord]) -> Iterator[FindingPlace]:
    for project in projects:
        yield text_place(project.source.place, project.name)
