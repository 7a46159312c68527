"""The command extract, which reads one file and keeps nothing."""

from __future__ import annotations

from pathlib import Path

import click

from suyuan.commands.edge import Call, note


@click.command(short_help="读一个文件，输出记录  Print the records of a file")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--issues", is_flag=True, help="把未读懂之处写到标准错误  Print what was not understood")
@click.pass_obj
def extract(call: Call, file: Path, issues: bool) -> None:
    """读一个文件，把记录作为 JSON 行输出。

    Print the records of a file as JSON lines.
    """
    from kg.serialise import to_json
    from suyuan.reading import extract as read_file

    found = read_file(file, call.settings)
    for record in found.records:
        click.echo(to_json(record))
    if issues:
        for issue in found.issues:
            note(to_json(issue))
    elif found.issues and not call.quiet:
        note(f"{len(found.issues)} 处未读懂（--issues 列出） places not understood (--issues lists them)")
