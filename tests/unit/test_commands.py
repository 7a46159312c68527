"""The edge of the command line: tables, bars, exit codes, lazy loading, registered names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg import errors
from kg.ingest.version import code_version, reading_version
from kg.process.runners import RUNNERS, open_runner
from kg.process.serial import SerialRunner
from kg.registry import Registry
from kg.settings import BadSetting, Settings
from kg.store.engines import ENGINES
from suyuan.commands.bar import Bars
from suyuan.commands.edge import run, settings_for
from suyuan.commands.tables import clip, table, width
from tests.shared import ROOT


def test_columns_line_up_in_two_scripts() -> None:
    lines = list(table(("名称", "元"), [("备用金", "500"), ("travel", "1,200.5"), (None, -3)]))
    assert {width(line) for line in lines} <= {width(lines[1]), width(lines[0])}
    assert lines[2].endswith("    500")
    assert lines[4].endswith("-3")


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("预算", 4, "预算"),
        ("预算表", 5, "预算…"),
        ("a\nb  c", 9, "a b c"),
        ("abcdef", 4, "abc…"),
        ("", 3, ""),
    ],
)
def test_long_cells_are_cut_by_columns(text: str, limit: int, expected: str) -> None:
    assert clip(text, limit) == expected


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UnreadableInput("a.txt", "empty"), 1),
        (errors.NotFound("no project", near=("甲", "乙")), 1),
        (errors.QuerySyntaxError("no"), 2),
        (errors.QueryRefused("no"), 2),
        (errors.BadSearch("no"), 2),
        (BadSetting("no"), 2),
        (errors.NoGeneration("none", hint="suyuan ingest"), 3),
        (errors.GenerationDamaged("no"), 3),
        (errors.StoreLocked("no"), 4),
        (errors.QueryTimeout("no"), 5),
        (errors.QueryTooLarge("no"), 5),
        (errors.ModelUnavailable("no"), 1),
        (click.UsageError("no"), 2),
        (click.exceptions.Exit(1), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_errors_are_one_line_and_an_exit_code(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> None:
        raise error

    assert run(command) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    if isinstance(error, errors.SuyuanError):
        assert len(printed.err.splitlines()) == 1
        assert error.message in printed.err
        assert error.hint in printed.err
        assert all(name in printed.err for name in getattr(error, "near", ()))


def test_every_error_has_an_exit_code() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.SuyuanError)]
    assert len(kinds) > 20
    for kind in kinds:
        raised = kind("file", "reason") if issubclass(kind, errors.InputRefused) else kind("message")

        def command(error: errors.SuyuanError = raised) -> None:
            raise error

        assert 1 <= run(command) <= 5


def test_a_command_that_ends_well_gives_nought() -> None:
    assert run(lambda: None) == 0


def test_the_home_of_the_command_line_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUYUAN_HOME", "elsewhere")
    assert settings_for(None).home == Path("elsewhere")
    assert settings_for(Path("here")).home == Path("here")


def test_bars_go_to_standard_error_and_count_pages(capsys: pytest.CaptureFixture[str]) -> None:
    bars = Bars()
    bars.advance(1, "before any stage")
    bars.stage("read", 2)
    bars.advance(1, "12 pages")
    bars.advance(1, "30 pages")
    bars.stage("nothing to do", 0)
    bars.advance()
    bars.close()
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "2/2" in printed.err
    assert "42 页" in printed.err


def test_quiet_bars_are_silent(capsys: pytest.CaptureFixture[str]) -> None:
    bars = Bars(quiet=True)
    bars.stage("read", 2)
    bars.advance()
    bars.close()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("registry", [ENGINES, RUNNERS], ids=lambda registry: registry.kind)
def test_every_registered_name_leads_somewhere(registry: Registry[object]) -> None:
    assert [name for name in registry if registry.load(name) is None] == []
    assert list(registry)


def test_a_setting_may_name_an_implementation_from_elsewhere() -> None:
    assert isinstance(open_runner(Settings(runner="kg.process.serial:open_runner")), SerialRunner)


@pytest.mark.parametrize("name", ["", "dask", "no_such_module:runner", "kg.process.serial:nothing"])
def test_a_name_that_leads_nowhere_is_a_bad_setting(name: str) -> None:
    with pytest.raises(BadSetting):
        open_runner(Settings(runner=name))


def test_versions_of_the_code_are_the_same_in_every_process() -> None:
    code = "from kg.ingest.version import *; print(reading_version(), code_version(Path('suyuan/pipeline.py')))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    wired = code_version(ROOT / "suyuan" / "pipeline.py")
    assert printed.split() == [reading_version(), wired]
    assert reading_version() != wired
