"""Records made by hand, for tests of what follows extraction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal

from kg.records import (
    AmountRecord,
    CitationRecord,
    CitedBy,
    Coverage,
    DocumentRecord,
    ProjectAmount,
    ProjectRecord,
    Region,
    Source,
    StatementRecord,
    TextItem,
)
from kg.values.place import Place
from kg.values.vocabularies import ProjectKind

HERE = Region(province="广东省", city="深圳市", district="龙岗区", code="440307")


def source(line: int = 1, text: str = "", col: int | None = None, table: str | None = None) -> Source:
    return Source(place=Place(line=line, col=col, table=table), text=text)


def document(
    department: str | None = "深圳市龙岗区甲局",
    year: int = 2020,
    *,
    region: Region = HERE,
    units: Iterable[str] = (),
    aliases: Iterable[str] = (),
    seed: str = "",
) -> DocumentRecord:
    sha256 = hashlib.sha256(f"{department}{year}{seed}".encode()).hexdigest()
    return DocumentRecord(
        source=source(),
        file=f"{sha256[:6]}.txt",
        sha256=sha256,
        title=f"{department}{year}年部门预算",
        kind="部门预算",
        department=department,
        units=tuple(units),
        region=region,
        fiscal_year=year,
        amount_unit="万元",
        coverage=Coverage(numbers=4, accounted=3),
        aliases=tuple(aliases),
    )


def project(
    name: str,
    amount: str | None = "10",
    *,
    line: int = 5,
    kind: ProjectKind = "project",
    parent: str | None = None,
    unit: str | None = None,
    code: str | None = None,
    goals: Iterable[str] = (),
    year: int | None = None,
) -> ProjectRecord:
    amounts = ()
    if amount is not None:
        amounts = (
            ProjectAmount(
                meaning="预算金额",
                stage="budget",
                value=Decimal(amount),
                unit="万元",
                source=source(line, amount, 3),
            ),
        )
    return ProjectRecord(
        source=source(line, name),
        kind=kind,
        name=name,
        aliases=(),
        year=year,
        parent=parent,
        function_code=code,
        key_project=False,
        amounts=amounts,
        goals=tuple(TextItem(text=goal, line=line) for goal in goals),
        content=(),
        change=None,
        problems=None,
        rectification=None,
        budget_unit=unit,
    )


def citation(
    title: str | None,
    number: str | None = None,
    *,
    issuers: Iterable[str] = (),
    cited_by: str | None = None,
    line: int = 5,
    date: str | None = None,
) -> CitationRecord:
    printed = f"《{title}》{number or ''}"
    return CitationRecord(
        source=source(line, printed),
        title=title,
        full_title=None,
        number=number,
        issuers=tuple(issuers),
        date=date,
        kind="notice",
        printed=printed,
        cited_by=CitedBy(project=cited_by),
        status="exact",
    )


def amount(
    name: str,
    value: str,
    *,
    code: str | None = None,
    header: tuple[str, ...] = ("项目支出",),
    line: int = 9,
    kind: str = "general_function",
    scheme: str | None = "function",
    government: str | None = None,
    unit: str = "万元",
    year: int = 2020,
) -> AmountRecord:
    return AmountRecord(
        source=source(line, value, 4, "表五"),
        table_kind=kind,
        scheme=scheme,
        code=code,
        government_code=government,
        name=name,
        side=None,
        budget_unit=None,
        header=header,
        measure="project",
        stage="budget",
        year=year,
        value=Decimal(value),
        unit=unit,
        value_yuan=None,
    )


def statement(
    metric: str, value: str, unit: str = "人", *, line: int = 20, subject: str | None = None
) -> StatementRecord:
    return StatementRecord(
        source=source(line, f"{metric}{value}{unit}"),
        metric=metric,
        subject=subject,
        value=Decimal(value),
        unit=unit,
        year=2020,
        base_year=None,
        implied=False,
    )
