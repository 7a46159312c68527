"""One writer at a time: a lock the kernel frees when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError, StoreLocked
from kg.messages import say


@contextmanager
def writer_lock(home: Path) -> Iterator[None]:
    """Hold the writer's lock of a home folder, which is made if it isn't there.

    Raises StoreLocked at once if another process holds it, StoreError if the folder can't be
    written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        handle = os.open(home / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(say("error.home.unwritable", home=str(home), reason=error.strerror)) from error
    try:
        _take(handle, home)
        yield
    finally:
        os.close(handle)


def _take(handle: int, home: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
        raise StoreLocked(say("error.home.locked", process=holder, home=str(home))) from error
    os.truncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
