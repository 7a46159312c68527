"""Folders that are costly to fill: built once a run, shared by all worker processes of it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def prepared(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Return the folder `name` that `build` fills; the first worker builds, the others wait for it.

    Nobody may change the folder afterwards; who has to takes a copy. A build that fails is tried
    again by the next who asks, so that every test that needs it fails with the reason.
    """
    run = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent
    folder, done = run / f"prepared-{name}", run / f"prepared-{name}.done"
    with (run / f"prepared-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            build(folder)
            done.touch()
    return folder
