"""The home folder and its generations: one version of graph, index and manifest each.

    home/  lock  current -> generations/0007
           generations/0007/  …
           sources/<sha256>  cache/

A generation never changes once it is published (kg.store.draft builds it beside the others);
`current` is switched in one rename. So whoever has resolved `current` once sees one version of
everything, and a reader learns of a new one by reading the link again.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from kg.errors import GenerationDamaged, NoGeneration, NotFound
from kg.messages import say
from kg.store.base import GraphReader
from kg.store.disk import link_synced
from kg.store.engines import ENGINES
from kg.store.layout import GenerationFolder, name_of
from kg.store.manifest import Manifest, read_manifest


class Generation(GenerationFolder):
    """One published version. `path` is its own folder, not the link that led there."""

    @cached_property
    def manifest(self) -> Manifest:
        """What it says of itself. Raises GenerationDamaged."""
        return read_manifest(self.manifest_path)

    def open_graph(self) -> GraphReader:
        """Return a reader of its graph, to be closed. Raises GenerationDamaged."""
        return ENGINES.load(self.manifest.engine).open_reader(self.graph_path)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep it from being pruned as long as the block runs. Raises NoGeneration if it is gone."""
        handle = self.take_hold()
        try:
            yield
        finally:
            os.close(handle)

    def take_hold(self) -> int:
        """Return a file handle that keeps it from being pruned until it is closed."""
        try:
            handle = os.open(self.manifest_path, os.O_RDONLY)
        except FileNotFoundError as error:
            raise NoGeneration(say("error.home.gone", number=self.number)) from error
        fcntl.flock(handle, fcntl.LOCK_SH)
        return handle

    def is_held(self) -> bool:
        """Tell whether some process holds it."""
        handle = os.open(self.manifest_path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False


class Home:
    """The folder that holds everything; it need not exist until the first ingest."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.link = self.path / "current"
        self.generations = self.path / "generations"
        self.sources = self.path / "sources"
        self.cache = self.path / "cache"

    def current_name(self) -> str | None:
        """Return where `current` points, None before the first ingest: a microsecond's check for news."""
        try:
            return os.readlink(self.link)  # noqa: PTH115 (a Path would cost ten times as much)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            said = say("error.home.link", path=str(self.link), reason=error.strerror)
            raise GenerationDamaged(said) from error

    def current(self) -> Generation:
        """Return the generation that serves. Raises NoGeneration before the first ingest."""
        name = self.current_name()
        if name is None:
            raise NoGeneration(say("error.home.empty", home=str(self.path)))
        return Generation(self.path / name)

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of all published generations, ascending."""
        if not self.generations.is_dir():
            return ()
        found = (path for path in self.generations.iterdir() if path.name.isdigit())
        return tuple(sorted(int(path.name) for path in found if GenerationFolder(path).manifest_path.is_file()))

    def generation(self, number: int) -> Generation:
        """Return a published generation by number. Raises NotFound with the numbers there are."""
        if number not in self.numbers():
            near = tuple(str(known) for known in self.numbers())
            raise NotFound(say("error.home.no_generation", number=number), near=near)
        return Generation(self.generations / name_of(number))

    def switch(self, generation: Generation) -> None:
        """Make a published generation the one that serves, in one step."""
        link_synced(self.link, f"generations/{generation.path.name}")

    def previous(self) -> Generation:
        """Return the newest generation older than the current one. Raises NotFound if none is kept."""
        serving = self.current().number
        older = [number for number in self.numbers() if number < serving]
        if not older:
            raise NotFound(say("error.home.none_before", number=serving))
        return self.generation(older[-1])
