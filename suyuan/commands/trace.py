"""The command trace: why money was given, step by step with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kg.messages import open_catalogue, told
from suyuan.commands.edge import Call, print_json, print_text
from suyuan.commands.places import place_text
from suyuan.commands.tables import clip
from suyuan.home import Home

if TYPE_CHECKING:
    from kg.trace import Evidence, LegalTrace, Resting, Trace

_LINE = 100  # characters of a text in a terminal


@click.command(short_help="追溯：钱为什么给  Why was this money given?")
@click.argument("project", required=False)
@click.option("--legal", help="反向：从依据文件找项目  Backwards: from a legal document to what rests on it")
@click.option("--year", type=int, help="年度  Year")
@click.option("--department", help="部门  Department")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出  Print as JSON")
@click.pass_obj
def trace(
    call: Call,
    project: str | None,
    legal: str | None,
    year: int | None,
    department: str | None,
    as_json: bool,
) -> None:
    """追溯一个项目（名称或 IRI）：部门、职责、科目、项目、金额、目标、指标、依据、发文机关，附原文与位置。

    Trace a PROJECT (name or IRI): department, duty, function code, project, amount, goals, indicators,
    legal basis, issuer, each with its printed evidence and place. With --legal, or where no project but a
    legal document is called so, the other way round.
    """
    if (project is None) == (legal is None):
        raise click.UsageError("给出 PROJECT 或 --legal 之一。 Give either PROJECT or --legal.")
    found: Sequence[Trace | LegalTrace]
    with Home(call.settings) as home:
        found = (
            (home.trace_legal(legal),)
            if legal is not None
            else home.trace(project or "", year=year, department=department)
        )
    if as_json:
        print_json({"traces": found}, call.settings.language)
    else:
        print_text([line for each in found for line in _lines(each, call.settings.language)])


def _lines(found: Trace | LegalTrace, language: str) -> Iterator[str]:
    from kg.trace import LegalTrace

    yield from _legal_lines(found, language) if isinstance(found, LegalTrace) else _project_lines(found, language)
    yield ""


def _project_lines(found: Trace, language: str) -> Iterator[str]:
    project, texts = found.project, open_catalogue().texts(language)
    yield f"■ {project.label}  {project.department or ''} {project.year or ''}"
    for step in found.steps:
        if step.items:
            yield f"  {texts[f'trace.step.{step.step}']}"
        for item in step.items:
            label = told(item.label, language)
            detail = f"  {told(item.detail, language)}" if item.detail else ""
            inferred = f"  （{texts['trace.inferred']}）" if item.inferred else ""
            yield f"    {clip(label, _LINE)}{detail}{inferred}"
            yield from _evidence(item.evidence, label, language)


def _legal_lines(found: LegalTrace, language: str) -> Iterator[str]:
    legal, texts = found.legal, open_catalogue().texts(language)
    yield f"■ {legal.label}  {legal.number or ''} {legal.date or ''}"
    for title, names in (("trace.step.issuer", legal.issuers), ("trace.inferred", legal.inferred_issuers)):
        if names:
            yield f"  {texts[title]}  {'、'.join(names)}"
    if legal.replaced_by:
        yield f"  {texts['term.dcterms:isReplacedBy']}  {legal.replaced_by}"
    for title, resting in (("trace.rests", found.projects), ("nav.documents", found.documents)):
        if resting:
            yield f"  {texts[title]}"
        for one in resting:
            yield from _resting_lines(one, language)


def _resting_lines(one: Resting, language: str) -> Iterator[str]:
    amount = f"  {one.amount:f} 元" if one.amount is not None else ""
    yield f"    {one.label}  {one.department or ''} {one.year or ''}{amount}"
    yield from _evidence(one.evidence, "", language)


def _evidence(evidence: Sequence[Evidence], label: str, language: str) -> Iterator[str]:
    """Yield where it was read, and the printed text where it says more than the label."""
    for each in evidence:
        text = f"：{clip(each.text, _LINE)}" if each.text and each.text != label else ""
        yield f"      ← {place_text(each.document.file, each.source, language)}{text}"
