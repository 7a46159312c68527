"""The command audit: what does not add up, in files or in the whole home folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.edge import Call, print_json, print_text
from kg.commands.tables import table

if TYPE_CHECKING:
    from kg.commands.findings import Audited

SEVERITIES = ("error", "rounding", "notice")
SUMMARY = (
    ("file", "文件 file"), ("department", "部门 department"), ("fiscal_year", "年度 year"),
    ("kind", "种类 kind"), ("numbers", "数字 numbers"), ("coverage", "覆盖 coverage"),
    ("error", "错误 error"), ("rounding", "尾差 rounding"), ("notice", "提示 notice"),
    ("repaired", "已修 repaired"),
)  # fmt: skip


@click.command(short_help="审核：哪里对不上  What does not add up")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE…]")
@click.option(
    "--severity", multiple=True, type=click.Choice(SEVERITIES), help="只列这些级别  Only these severities"
)
@click.option("--summary", is_flag=True, help="每个文件一行  One line a document")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出  Print as JSON")
@click.pass_obj
def audit(
    call: Call, files: tuple[Path, ...], severity: tuple[str, ...], summary: bool, as_json: bool
) -> None:
    """列出文件中（不给文件时：数据文件夹中）对不上之处：级别、种类、应为、实为、所在单元格。

    List what does not add up in FILEs or, without one, in the home folder: severity, kind, expected,
    actual, cells.
    """
    from kg.commands.findings import of_file, of_home

    found = tuple(of_file(file, call) for file in files) if files else of_home(call)
    kept = [document.only(severity or SEVERITIES) for document in found]
    if as_json and summary:
        print_json([document.counted() for document in kept])
    elif as_json:
        print_json([
            document.counted() | {"findings": [each.to_data() for each in document.findings]}
            for document in kept
        ])
    else:
        print_text(list(_summary(kept) if summary else _details(kept)))


def _summary(documents: Sequence[Audited]) -> Iterator[str]:
    heads = [head for _, head in SUMMARY]
    rows = [[document.counted()[name] for name, _ in SUMMARY] for document in documents]
    yield from table(heads, rows, 40)


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
