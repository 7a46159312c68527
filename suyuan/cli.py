"""The command line `suyuan`: options that all commands share; errors become one line and an exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

import click

from kg.errors import OutputFailed
from kg.messages import say
from suyuan.commands.ask import query, search
from suyuan.commands.audit import audit
from suyuan.commands.edge import Call, OutputLeft, run, settings_for, writing
from suyuan.commands.keep import documents, export, ingest, remove, rollback, verify
from suyuan.commands.read import extract
from suyuan.commands.serve import evaluate, serve
from suyuan.commands.trace import trace

COMMANDS = (
    ingest, documents, remove, extract, audit, search, query, trace,
    verify, export, rollback, serve, evaluate,
)  # fmt: skip


class _InOrder(click.Group):
    """Lists the commands as a user meets them, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, ingest first."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a failure to write is told here, for click ends the process for some of them."""
        try:
            with writing():
                return super().invoke(ctx)
        except BrokenPipeError as error:
            raise OutputLeft from error


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="数据文件夹，默认 SUYUAN_HOME 或 .suyuan  Home folder",
)
@click.option("--quiet", "-q", is_flag=True, help="不显示进度  No progress")
@click.version_option(package_name="suyuan", prog_name="suyuan", message="%(prog)s %(version)s")
@click.pass_context
def suyuan(context: click.Context, home: Path | None, quiet: bool) -> None:
    """溯源：把政府部门预算变成可追溯的知识图谱——这笔钱为什么给？

    Suyuan turns the budgets of Chinese government departments into a knowledge graph: why was this money
    given?

    \b
    退出码 exit codes: 0 好 good; 1 被拒绝、未找到、有问题 refused, not found, problems; 2 用法有误 usage;
    3 没有可用的数据文件夹 no usable home; 4 另一进程正在写入 locked; 5 查询超限 query past its limits
    """
    context.obj = Call(settings=settings_for(home), quiet=quiet)


for _command in COMMANDS:
    suyuan.add_command(_command)


def _nowhere() -> TextIO:
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def _refuse_closed_output() -> None:
    sys.stdout = _nowhere()
    raise OutputFailed(say("error.output.closed"))


def main() -> None:
    """Run `suyuan` with the arguments of the process, and exit."""
    sys.stderr = sys.stderr or _nowhere()  # closed by whoever started the process
    if sys.stdout is None:
        sys.exit(run(_refuse_closed_output))
    for stream in (sys.stdout, sys.stderr):
        # RECORDS are UTF-8 wherever they are printed; a name from the disk may hold any byte.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run(lambda: suyuan.main(standalone_mode=False)))
