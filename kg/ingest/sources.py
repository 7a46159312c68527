"""The documents as they came: one copy of each content, named by its hash, for evidence and checks."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.errors import UnreadableInput
from kg.messages import say
from kg.store.disk import write_synced


def keep_source(folder: Path, path: Path, sha256: str) -> None:
    """Copy the file at `path` to `folder`/`sha256` if it isn't there.

    Raises UnreadableInput if it is no longer what was read.
    """
    if (folder / sha256).is_file():
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(path.name, say("error.input.vanished", reason=error.strerror)) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UnreadableInput(path.name, say("error.input.changed"))
    folder.mkdir(parents=True, exist_ok=True)
    write_synced(folder / sha256, data)
