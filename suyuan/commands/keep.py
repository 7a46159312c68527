"""Commands that change or check the home folder: ingest, remove, documents, verify, rollback, export."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click

from kg.serialise import Flat
from kg.store.manifest import DocumentEntry
from suyuan.commands.bar import Bars
from suyuan.commands.edge import Call, fail, note, print_json, print_text
from suyuan.commands.tables import table
from suyuan.home import Home

if TYPE_CHECKING:
    from kg.ingest.report import Report

STATUS = {
    "read": "读入 read", "kept": "续读 kept", "skipped": "跳过 skipped", "refused": "拒绝 refused",
    "removed": "移除 removed",
}  # fmt: skip
COUNTS = {
    "documents": "文件 documents", "triples": "三元组 triples", "passages": "段落 passages",
    "embedded": "新算向量 embedded",
}  # fmt: skip


LISTED = ("sha256", "file", "graph", "title", "department", "fiscal_year", "kind", "pages", "quads")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document as `documents --json` lists it."""

    entry: Annotated[DocumentEntry, Flat(*LISTED)]


@click.command(short_help="读入文件，发布新的一代  Take files in and publish")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出报告  Print the report as JSON")
@click.pass_obj
def ingest(call: Call, paths: tuple[Path, ...], as_json: bool) -> None:
    """读入文件或文件夹（含子文件夹），发布新的一代。内容未变的文件跳过，改过的只替换它自己的图；
    读不了的文件说明原因，其余照常。有文件被拒绝时退出码为 1。

    Take in files and folders (with their subfolders) and publish a new generation. Unchanged files are
    skipped, a changed one replaces its own graph only, one that can't be read is refused with the reason and
    the others go on. Exit code 1 if any was refused.
    """
    _show(Home(call.settings).ingest(paths, Bars(quiet=call.quiet)), as_json, call.settings.language)


@click.command(short_help="移除文件  Take documents out")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT…")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出报告  Print the report as JSON")
@click.pass_obj
def remove(call: Call, documents: tuple[str, ...], as_json: bool) -> None:
    """移除文件：用文件名、路径、标题、IRI 或 sha256 的前几位指明。

    Take documents out, named by file name, path, title, IRI or the first digits of the sha256.
    """
    _show(Home(call.settings).remove(documents, Bars(quiet=call.quiet)), as_json, call.settings.language)


@click.command(short_help="列出已读入的文件  List the documents")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出  Print as JSON")
@click.pass_obj
def documents(call: Call, as_json: bool) -> None:
    """列出已读入的文件：部门、年度、种类、页数、三元组数。

    List the documents: department, year, kind, pages, statements.
    """
    held = Home(call.settings).documents()
    if as_json:
        print_json([Listed(entry=entry) for entry in held])
        return
    heads = ("文件 file", "部门 department", "年度 year", "种类 kind", "页 pages", "三元组 triples", "sha256")
    rows = [
        (each.file, each.department, each.fiscal_year, each.kind, each.pages, each.quads, each.sha256[:12])
        for each in held
    ]
    print_text(list(table(heads, rows, 40)))


@click.command(short_help="检查图、段落与向量是否一致  Prove that all parts agree")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出  Print as JSON")
@click.pass_obj
def verify(call: Call, as_json: bool) -> None:
    """检查当前一代：文件校验和、各图的三元组数、段落与向量是否与图一致。有问题时退出码为 1。

    Check the current generation: checksums of files, counts of graphs, passages and vectors against the
    graph. Exit code 1 if anything is wrong.
    """
    home = Home(call.settings)
    problems = home.verify()
    number, language = home.generation().number, call.settings.language
    if as_json:
        codes = [each.code for each in problems]
        print_json({"generation": number, "problems": problems, "codes": codes}, language)
    elif problems:
        lines = [each.told(language) for each in problems]
        print_text([f"第 {number} 代有问题 generation {number} is damaged:", *lines])
    else:
        print_text([f"第 {number} 代完好 generation {number} is sound"])
    if problems:
        fail()


@click.command(short_help="退回前一代  Go back to a former generation")
@click.argument("number", required=False, type=int)
@click.pass_obj
def rollback(call: Call, number: int | None) -> None:
    """退回前一代，或指定的一代；正在运行的服务自行切换。

    Go back to the generation before the current one, or to the one of that NUMBER; running servers move
    over by themselves.
    """
    chosen = Home(call.settings).rollback(number)
    note(f"现在是第 {chosen.number} 代 now serving generation {chosen.number}")


@click.command(short_help="导出图  Write the graph to a file")
@click.option(
    "--format",
    "kind",
    default="nquads",
    show_default=True,
    help="格式  Format",
    type=click.Choice(["nquads", "trig", "turtle", "ntriples"]),
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写入文件，默认标准输出  Write to a file instead of standard output",
)
@click.option("--document", help="只导出一个文件的图  Only the graph of one document")
@click.pass_obj
def export(call: Call, kind: str, output: Path | None, document: str | None) -> None:
    """导出图：N-Quads、TriG（含各文件的图名），或 Turtle、N-Triples（合并，不重复）。

    Write the graph as N-Quads or TriG (with the names of graphs), or as Turtle or N-Triples (merged,
    nothing twice).
    """
    count = Home(call.settings).export(output or sys.stdout.buffer, kind, document)
    note(f"{count} 条 statements")


def _show(report: Report, as_json: bool, language: str) -> None:
    """Print a report as a table or as JSON. Ends with exit code 1 if a file was refused."""
    if as_json:
        print_json(report, language)
    else:
        print_text(_lines(report, language))
    if report.refused:
        fail()


def _lines(report: Report, language: str) -> Sequence[str]:
    rows = [
        (each.file, STATUS[each.status], each.pages, each.records or "", each.quads or "", each.told(language))
        for each in report.files
    ]
    heads = ("文件 file", "结果 outcome", "页 pages", "记录 records", "三元组 triples", "原因 reason")
    tally = "，".join(f"{STATUS[name]} {count}" for name, count in report.tally().items())
    counts = "，".join(f"{COUNTS[name]} {count}" for name, count in report.counts.items())
    seconds = "，".join(f"{name} {spent:.2f} s" for name, spent in report.seconds.items())
    news = "已发布 published" if report.published else "无变化 nothing new"
    lines = [*table(heads, rows, 90), "", f"{len(rows)} 个文件 files: {tally or '无 none'}"]
    if report.generation is not None:
        lines.append(f"第 {report.generation} 代 generation {report.generation} ({news}): {counts}")
    return [*lines, f"用时 time: {seconds}"]
