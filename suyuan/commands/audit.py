"""The command audit: what does not add up, in files or in the whole home folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.values.vocabularies import SEVERITIES
from suyuan.commands.edge import Call, print_json, print_text
from suyuan.commands.tables import table

if TYPE_CHECKING:
    from suyuan.findings import Audited


@click.command(short_help="审核：哪里对不上  What does not add up")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE…]")
@click.option("--severity", multiple=True, type=click.Choice(SEVERITIES), help="只列这些级别  Only these severities")
@click.option("--summary", is_flag=True, help="逐份量一量：表、覆盖、合计、用时、内存  Measure each")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出  Print as JSON")
@click.pass_obj
def audit(call: Call, files: tuple[Path, ...], severity: tuple[str, ...], summary: bool, as_json: bool) -> None:
    """列出文件中（不给文件时：数据文件夹中）对不上之处：级别、种类、应为、实为、所在单元格。

    List what does not add up in FILEs or, without one, in the home folder: severity, kind, expected,
    actual, cells.
    """
    from suyuan.findings import of_file, of_home

    if summary:
        _print_summary(files, call, as_json)
        return
    found = tuple(of_file(file, call.settings) for file in files) if files else of_home(call.settings)
    kept = [document.only(severity or SEVERITIES) for document in found]
    if as_json:
        print_json(kept)
    else:
        print_text(list(_details(kept)))


def _print_summary(files: tuple[Path, ...], call: Call, as_json: bool) -> None:
    from suyuan.commands import summary

    measured = summary.measure_files(files, call) if files else summary.measure_home(call)
    if as_json:
        print_json([summary.summarise(one) for one in measured])
    else:
        print_text(list(summary.lines(measured)))


def _details(documents: Sequence[Audited]) -> Iterator[str]:
    heads = ("级别 severity", "种类 kind", "说明 message", "应为 expected", "实为 actual", "位置 where")
    for document in documents:
        yield f"{document.file}  {document.department or ''} {document.fiscal_year or ''} {document.kind}"
        order = sorted(document.findings, key=lambda each: (SEVERITIES.index(each.severity), each.kind))
        rows = [
            (
                f"{each.severity}{' 已修 repaired' if each.repaired else ''}", each.kind, each.message,
                each.expected, each.actual, each.where,
            )
            for each in order
        ]  # fmt: skip
        yield from table(heads, rows, 80) if rows else ("  没有发现 nothing found",)
        yield ""
