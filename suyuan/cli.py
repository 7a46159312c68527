"""The command line `suyuan`: options that all commands share; errors become one line and an exit code."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from suyuan.commands.ask import query, search
from suyuan.commands.audit import audit
from suyuan.commands.edge import Call, run, settings_for
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


def main() -> None:
    """Run `suyuan` with the arguments of the process, and exit."""
    for stream in (sys.stdout, sys.stderr):
        # RECORDS are UTF-8 wherever they are printed; a name from the disk may hold any byte.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run(lambda: suyuan.main(standalone_mode=False)))
