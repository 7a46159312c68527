"""The command extract, which reads one file and keeps nothing."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.settings import MEBIBYTE, Settings
from suyuan.commands.edge import Call, note


@contextmanager
def on_disk(file: Path, settings: Settings) -> Iterator[Path]:
    """Yield a path that another process can open too: a copy of standard input (-) or of a pipe, else `file`."""
    if str(file) != "-" and not file.is_fifo():
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="suyuan-input-") as folder:
        copy = Path(folder, file.name)
        with sys.stdin.buffer if str(file) == "-" else file.open("rb") as source:
            copy.write_bytes(
                source.read(settings.read_max_bytes * MEBIBYTE + 1)
            )  # what is more is refused by the reader
        yield copy


@click.command(short_help="读一个文件，输出记录  Print the records of a file")
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--issues", is_flag=True, help="把未读懂之处写到标准错误  Print what was not understood")
@click.pass_obj
def extract(call: Call, file: Path, issues: bool) -> None:
    """读一个文件（- 为标准输入），把记录作为 JSON 行输出。

    Print the records of a file, or of standard input (-), as JSON lines.
    """
    from kg.serialise import to_json
    from suyuan.reading import extract as read_file

    with on_disk(file, call.settings) as path:
        found = read_file(path, call.settings)
    for record in found.records:
        click.echo(to_json(record))
    if issues:
        for issue in found.issues:
            note(to_json(issue))
    elif found.issues and not call.quiet:
        note(f"{len(found.issues)} 处未读懂（--issues 列出） places not understood (--issues lists them)")
