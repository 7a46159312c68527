"""Runs the command line as a user would, in a process of its own, and reads what it printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.shared import ROOT

_START = "from suyuan.cli import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    def data(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`suyuan` over one home folder, by default without a model, which these tests need not load."""

    home: Path
    model: str = "none"

    def environment(self, **settings: str) -> dict[str, str]:
        """The environment of a run, with `SUYUAN_…` settings by their field names."""
        chosen = {"home": str(self.home), "model": self.model, **settings}
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        named = {f"SUYUAN_{name.upper()}": text for name, text in chosen.items()}
        return {**os.environ, "PYTHONPATH": path, **named}

    def start(self, *arguments: object, prologue: str = "", **settings: str) -> subprocess.Popen[str]:
        """Begin a run; `prologue` is Python that runs in it first."""
        return subprocess.Popen(
            [sys.executable, "-c", f"{prologue}\n{_START}", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=self.environment(**settings),
        )

    def run(self, *arguments: object, stdin: str = "", **settings: str) -> Ran:
        """Run a command to its end."""
        process = self.start(*arguments, **settings)
        out, err = process.communicate(stdin, timeout=900)
        return Ran(code=process.returncode, out=out, err=err)
