"""An ingest that is killed, wherever it was: the former generation serves and the next ingest succeeds.

Killed for real (SIGKILL, from outside at swept times and from inside at swept steps). The steps
are what Python does to the disk, seen by an audit hook that only this test installs.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from kg.settings import Settings
from kg.store.generations import Home
from suyuan.pipeline import verify
from tests.e2e.command import Command
from tests.shared import DOCUMENTS

pytestmark = pytest.mark.slow

SHORT, OTHER = (next(DOCUMENTS.glob(f"{number}_*.txt")) for number in ("002", "004"))
KILLS = 11

_HOOK = """
import os, sys
STEPS = {{"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.symlink", "shutil.rmtree"}}
STEPS |= {{"fcntl.flock", "sqlite3.connect"}}
def watch(event, arguments, seen=[0], home={home!r}, last={last}):
    if event not in STEPS or (event == "open" and arguments[1] in ("r", "rb", None) and not arguments[2] & 3):
        return
    if event != "fcntl.flock" and home not in str(arguments):
        return
    seen[0] += 1
    if seen[0] == last:
        os.kill(os.getpid(), 9)
    if last < 0:
        print(event, file=sys.stderr)
sys.addaudithook(watch)
"""


def hook(home: Path, last: int) -> str:
    """Python that kills its process at the step `last`, or (-1) prints every step to standard error."""
    return _HOOK.format(home=str(home), last=last)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one generation of two documents."""
    home = tmp_path_factory.mktemp("killed") / "home"
    ran = Command(home=home).run("ingest", SHORT, OTHER)
    assert ran.code == 0, ran.err
    return home


@pytest.fixture
def suyuan(prepared: Path, tmp_path: Path) -> Command:
    """The command line over a copy of the prepared home."""
    shutil.copytree(prepared, tmp_path / "home", symlinks=True)
    return Command(home=tmp_path / "home")


def begin(suyuan: Command, prologue: str = "") -> subprocess.Popen[str]:
    """Start an ingest that adds a third document."""
    added = suyuan.home.parent / "added.txt"
    added.write_bytes(OTHER.read_bytes().replace(b"2020", b"2021"))
    return suyuan.start("--quiet", "ingest", added, prologue=prologue)


def serves(suyuan: Command) -> tuple[int, int]:
    """Return number and documents of the generation that serves, which must be sound and answer queries."""
    generation = Home(suyuan.home).current()
    settings = Settings(home=suyuan.home, model="none")
    assert verify(settings) == ()
    graph = generation.open_graph()
    try:
        found = graph.select("SELECT ?d WHERE { ?d a <https://w3id.org/suyuan/ontology#BudgetDocument> }")
    finally:
        graph.close()
    assert len(found.rows) == len(generation.manifest.documents)
    return generation.number, len(found.rows)


def expect_recovery(suyuan: Command) -> None:
    """What was killed left a whole generation; the next ingest publishes and leaves nothing behind."""
    before = serves(suyuan)
    assert before in {(1, 2), (2, 3)}
    process = begin(suyuan)
    _, err = process.communicate()
    assert process.returncode == 0, err
    assert serves(suyuan)[1] == 3
    names = sorted(path.name for path in (suyuan.home / "generations").iterdir())
    # Killed between its last rename and the switch, it left a whole generation that never served.
    assert names in (["0001", "0002"], ["0001", "0002", "0003"])
    assert not [path.name for path in suyuan.home.iterdir() if path.name.startswith(".")]


@pytest.fixture(scope="module")
def steps(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every step an ingest takes on the disk."""
    home = tmp_path_factory.mktemp("steps") / "home"
    shutil.copytree(prepared, home, symlinks=True)
    process = begin(Command(home=home), hook(home, -1))
    _, err = process.communicate()
    assert process.returncode == 0, err
    return err.split()


@pytest.mark.parametrize("part", range(KILLS))
def test_killed_at_a_step(suyuan: Command, steps: list[str], part: int) -> None:
    assert len(steps) > KILLS
    # The last steps publish, so half of the kills fall on them.
    late = 2 * (KILLS - part)
    early = len(steps) * (part + 1) // (KILLS + 1)
    step = early if part % 2 else max(len(steps) - late, 1)
    process = begin(suyuan, hook(suyuan.home, step))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    expect_recovery(suyuan)


@pytest.fixture(scope="module")
def seconds(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long an ingest takes."""
    home = tmp_path_factory.mktemp("timed") / "home"
    shutil.copytree(prepared, home, symlinks=True)
    begun = time.monotonic()
    begin(Command(home=home)).communicate()
    return time.monotonic() - begun


@pytest.mark.parametrize("part", range(KILLS))
def test_killed_at_a_time(suyuan: Command, seconds: float, part: int) -> None:
    process = begin(suyuan)
    try:
        process.wait(seconds * (part + 0.5) / KILLS)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    expect_recovery(suyuan)
