"""Commands that read one file and keep nothing: extract, audit (which also looks into the home folder)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from suyuan.commands.edge import Call, note

if TYPE_CHECKING:
    from kg.ingest.reading import Extracted


@click.command(short_help="读一个文件，输出记录  Print the records of a file")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--issues", is_flag=True, help="把未读懂之处写到标准错误  Print what was not understood")
@click.pass_obj
def extract(call: Call, file: Path, issues: bool) -> None:
    """读一个文件，把记录作为 JSON 行输出。

    Print the records of a file as JSON lines.
    """
    from kg.serialise import to_json

    found = extract_guarded(file, call)
    for record in found.records:
        click.echo(to_json(record))
    if issues:
        for issue in found.issues:
            note(to_json(issue))
    elif found.issues and not call.quiet:
        note(f"{len(found.issues)} 处未读懂（--issues 列出） places not understood (--issues lists them)")


def extract_guarded(file: Path, call: Call) -> Extracted:
    """Return what a file gives, read in a child process under the limits. Raises InputRefused."""
    from functools import partial

    from kg.process.runners import open_runner
    from suyuan.pipeline import extract as run_extract

    runner = open_runner(call.settings)
    try:
        for _, found in runner.map(partial(run_extract, settings=call.settings), [file]):
            if isinstance(found, Exception):
                raise found
            return found
    finally:
        runner.close()
    raise AssertionError("a runner gives an answer for every item")
