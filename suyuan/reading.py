"""Read one file of anybody's and keep nothing: in a child process, under the limits of the settings."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.settings import Settings

if TYPE_CHECKING:
    from kg.ingest.reading import Extracted


def extract(path: str | Path, settings: Settings | None = None) -> Extracted:
    """Return the audited records of a file, what was not understood in it, and the seconds by stage.

    Settings are those of the environment if none are given. Raises InputRefused: a file that is damaged,
    of no known format, or past a limit.
    """
    from kg.process.runners import open_runner
    from suyuan import pipeline

    chosen = settings or Settings.from_environment()
    runner = open_runner(chosen)
    try:
        [(_, found)] = runner.map(partial(pipeline.extract, settings=chosen), [Path(path)])
    finally:
        runner.close()
    if isinstance(found, Exception):
        raise found
    return found
