"""The tour of the README: every command in it is run, in order, and does what the text says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import ROOT

pytestmark = pytest.mark.slow

TOUR = re.compile(r"<!-- tour -->\n```sh\n(.*?)```", re.S)


def tour() -> list[str]:
    return TOUR.findall((ROOT / "README.md").read_text("utf-8"))


@pytest.fixture
def environment(five_documents: Path, tmp_path: Path) -> dict[str, str]:
    """An environment with `suyuan` on the path and a copy of the ingested home, so that nothing is embedded twice."""
    home = tmp_path / "home"
    shutil.copytree(five_documents, home, symlinks=True)
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "suyuan"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from suyuan.cli import main; main()" "$@"\n', "utf-8")
    command.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "SUYUAN_HOME": str(home),
        "PYTHONPATH": str(ROOT),
    }


def test_the_tour_has_its_stations() -> None:
    assert len(tour()) >= 8


def test_every_command_of_the_tour_works(environment: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "documents", tmp_path / "data" / "documents")
    for commands in tour():
        done = subprocess.run(
            ["sh", "-e"], input=commands, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{commands}\n{done.stderr}"
        assert done.stdout.strip() or "export" in commands or "remove" in commands, commands
