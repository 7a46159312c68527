"""What a shell does to a command: pipes, standard input, output that ends or can't be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "河湾市档案局2025年部门预算\n2025年收入预算320万元，其中财政拨款收入320万元。\n".encode()
COMMAND = f"{sys.executable} -m suyuan -q"


def ran(line: str, home: Path, stdin: bytes = TEXT) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "SUYUAN_HOME": str(home / "home"), "SUYUAN_MODEL": "none"}
    return subprocess.run(
        ["bash", "-c", line], input=stdin, capture_output=True, cwd=home, check=False,
        env={**environment, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


@pytest.mark.parametrize("line", ["{0} extract -", "{0} extract <(cat)"])
def test_standard_input_and_pipes_are_read_as_files_are(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    from_file = ran(f"{COMMAND} extract a.txt", tmp_path).stdout
    got = ran(line.format(COMMAND), tmp_path)
    assert (got.returncode, got.stderr) == (0, b"")
    assert got.stdout.count(b"\n") == from_file.count(b"\n") > 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_a_full_disk_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    got = ran(f"{COMMAND} extract - > /dev/full", tmp_path)
    assert got.returncode == 1
    assert got.stderr.decode().count("\n") == 1 and "No space left" in got.stderr.decode()


def test_closed_output_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    got = ran(f"{COMMAND} documents >&-", tmp_path)
    assert (got.returncode, got.stderr.decode().count("\n")) == (1, 1)
    assert "standard output is closed" in got.stderr.decode()


def test_a_reader_that_leaves_ends_the_command_in_silence(tmp_path: Path) -> None:
    text = TEXT + "".join(f"{n}. 项目{n}支出预算{n}万元。\n" for n in range(2, 1500)).encode()
    got = ran(f"{COMMAND} extract - | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}", tmp_path, text)
    assert (got.returncode, got.stderr) == (141, b"")
