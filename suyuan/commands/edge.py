"""Where errors become exit codes and lines, and settings come from the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from kg.errors import (
    LOGGED,
    BadSearch,
    NoGeneration,
    NotFound,
    OutputFailed,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    StoreError,
    StoreLocked,
    SuyuanError,
)
from kg.messages import FIRST, say
from kg.serialise import to_json
from kg.settings import BadSetting, Settings

EXIT_CODES: tuple[tuple[type[SuyuanError], int], ...] = (
    (BadSetting, 2),
    (BadSearch, 2),
    (QuerySyntaxError, 2),
    (QueryRefused, 2),
    (NoGeneration, 3),
    (StoreLocked, 4),
    (StoreError, 3),
    (QueryError, 5),
    (SuyuanError, 1),
)
"""The first class that fits decides. 1: refused, not found, problems found; 2: wrong usage;
3: no usable home; 4: another process is writing; 5: a query past its limits."""

INTERRUPTED = 130  # 128 + SIGINT
BROKEN_PIPE = 141  # 128 + SIGPIPE


class OutputLeft(Exception):
    """Whoever read the output has left; click would end the process at a BrokenPipeError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What every command gets: the settings and whether to draw progress."""

    settings: Settings
    quiet: bool


def settings_for(home: Path | None) -> Settings:
    """Return the settings of the environment, with the home folder of the command line if given."""
    settings = Settings.from_environment()
    return settings if home is None else replace(settings, home=home)


def run(command: Callable[[], object]) -> int:
    """Run a command and return its exit code; an error is one line on standard error."""
    try:
        result = command()
        with writing():
            sys.stdout.flush()
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.Abort:
        return _interrupted()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SuyuanError as error:
        _say(error)
        if isinstance(error, OutputFailed):
            _drop_output()
        return next(code for kind, code in EXIT_CODES if isinstance(error, kind))
    except (BrokenPipeError, OutputLeft):
        # Whoever read our output has seen enough; nothing more may be written, not even on exit.
        _drop_output()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return _interrupted()
    return result if isinstance(result, int) else 0


@contextmanager
def writing() -> Iterator[None]:
    """Make a failure to write what a command prints an OutputFailed; a reader who has left is BrokenPipeError still."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFailed(say("error.output.unwritten", reason=error.strerror or str(error))) from error


def _drop_output() -> None:
    """Let what is left in the buffer go nowhere when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fail() -> None:
    """End a command whose result was printed but is not good: exit code 1."""
    raise click.exceptions.Exit(1)


def note(message: str) -> None:
    """Print a message to standard error."""
    click.echo(message, err=True)


def print_json(data: object, language: str = FIRST) -> None:
    """Print an answer as JSON, Chinese as it is, messages in a language of the catalogue."""
    click.echo(to_json(data, indent=2, language=language))


def print_text(lines: Sequence[str]) -> None:
    """Print lines to standard output."""
    for line in lines:
        click.echo(line)


def _say(error: SuyuanError) -> None:
    """Say it in the language of the settings, and in English, which logs are searched for."""
    near = f" 相近 near: {'、'.join(error.near)}." if isinstance(error, NotFound) and error.near else ""
    languages = tuple(dict.fromkeys((_language(), LOGGED)))
    hints = tuple(dict.fromkeys(filter(None, (error.hinted(language) for language in languages))))
    hint = f" 提示 hint: {' / '.join(hints)}" if hints else ""
    told = dict.fromkeys(error.told(language).rstrip(".") for language in languages)
    note(f"错误 error: {' / '.join(told)}.{near}{hint}".replace("\n", " "))


def _language() -> str:
    """Return the language of the settings; Chinese where they are what is wrong."""
    try:
        return Settings.from_environment().language
    except BadSetting:
        return FIRST


def _interrupted() -> int:
    note("已中断；再次运行会从中断处继续。 Interrupted; run it again to go on from here.")
    return INTERRUPTED
