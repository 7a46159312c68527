"""What hints, messages and documents tell people to run is what the command line takes."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click

from suyuan.cli import suyuan
from tests.shared import ROOT

CALL = re.compile(r"(?<![\w/.])suyuan (?P<command>[a-z]+)(?P<rest>[^`\n;，。,]*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
DECLARED = re.compile(r"--?[a-z][a-z-]*")
DOCUMENTS = ("README.md", "README.zh.md", "CONTRIBUTING.md", "docs/decisions.md")


def options_of(command: click.Command) -> set[str]:
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}


COMMANDS = {name: options_of(command) for name, command in suyuan.commands.items()}
SHARED = {*options_of(suyuan), "--help", "--version"}
ALL = set().union(SHARED, *COMMANDS.values())


def texts() -> Iterator[tuple[str, str]]:
    """Yield where each text stands that people may read: strings of the code, catalogues, documents."""
    for layer in ("ontology", "kg", "search", "web", "suyuan"):
        for path in sorted((ROOT / layer).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value
        for path in sorted((ROOT / layer).rglob("*.html")):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")
    for path in sorted((ROOT / "kg" / "messages").glob("*.json")):
        for key, text in json.loads(path.read_text("utf-8")).items():
            yield f"{path.name} {key}", text
    for name in DOCUMENTS:
        if (file := Path(ROOT / name)).is_file():
            yield name, file.read_text("utf-8")


def wrong_calls(text: str) -> Iterator[str]:
    """Yield the commands and options of a text that the command line doesn't take."""
    for call in CALL.finditer(text):
        if call["command"] not in COMMANDS:
            yield f"suyuan {call['command']}"
            continue
        known = COMMANDS[call["command"]] | SHARED
        yield from (f"suyuan {call['command']} {each}" for each in OPTION.findall(call["rest"]) if each not in known)


def test_every_command_that_is_named_can_be_run() -> None:
    found = [(where, wrong) for where, text in texts() for wrong in wrong_calls(text)]
    assert found == []
    assert sum(bool(CALL.search(text)) for _, text in texts()) > 15


def test_every_option_that_a_hint_names_is_one() -> None:
    """Strings that are an option and nothing else declare it, or are the arguments of another program."""
    prose = [(where, text) for where, text in texts() if where not in DOCUMENTS and not DECLARED.fullmatch(text)]
    found = [(where, each) for where, text in prose for each in OPTION.findall(text) if each not in ALL]
    assert found == []
    assert sum(bool(OPTION.search(text)) for _, text in prose) > 8


def test_a_command_or_option_there_is_none_of_is_noticed() -> None:
    assert list(wrong_calls("ingest again: suyuan ingest --rebuild PATH")) == ["suyuan ingest --rebuild"]
    assert list(wrong_calls("see `suyuan evaluates`")) == ["suyuan evaluates"]
