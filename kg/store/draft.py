"""A generation being built: beside the published ones, under a name no reader looks for.

begin_draft and publish_draft run under the writer's lock. A process that dies between them
leaves the published generations as they were, and a folder that the next begin_draft removes.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from kg.serialise import to_json
from kg.store.base import GraphWriter
from kg.store.disk import checksums, sync, sync_tree, write_synced
from kg.store.engines import ENGINES
from kg.store.generations import Generation, Home
from kg.store.layout import GenerationFolder, name_of
from kg.store.manifest import Manifest

_DRAFT = ".draft"
_PRUNED = ".pruned-"


class Draft(GenerationFolder):
    """The folder of a generation to be, of the number it will have."""

    def __init__(self, path: Path, number: int, base: Generation | None) -> None:
        super().__init__(path)
        self._number = number
        self.base = base

    @property
    def number(self) -> int:
        """The number it will have."""
        return self._number

    def open_writer(self, engine: str) -> GraphWriter:
        """Return a writer of its graph, which starts as a copy of the generation it is based on."""
        source = self.base.graph_path if self.base is not None else None
        return ENGINES.load(engine).open_writer(self.graph_path, source)


def begin_draft(home: Home) -> Draft:
    """Return an empty draft based on the current generation, leftovers of dead processes removed."""
    home.generations.mkdir(parents=True, exist_ok=True)
    for folder in (home.sources, home.cache):
        folder.mkdir(exist_ok=True)
    remove_leftovers(home)
    base = home.current() if home.current_name() is not None else None
    path = home.generations / _DRAFT
    path.mkdir()
    return Draft(path, max(home.numbers(), default=0) + 1, base)


def publish_draft(home: Home, draft: Draft, manifest: Manifest, keep: int) -> Generation:
    """Return the published generation: checksums taken, all of it on the disk, `current` switched.

    `manifest` comes with the checksums already taken, if any. Afterwards all but the last `keep` generations
    are removed.
    """
    complete = replace(manifest, number=draft.number, files=checksums(draft.path, manifest.files))
    write_synced(draft.manifest_path, (to_json(complete, indent=1) + "\n").encode())
    sync_tree(draft.path)
    place = home.generations / name_of(draft.number)
    if place.exists():
        # A folder without a manifest is no generation; the engine would refuse to rename onto it.
        shutil.rmtree(place)
    draft.path.rename(place)
    sync(home.generations)
    generation = Generation(place)
    home.switch(generation)
    prune_generations(home, keep)
    return generation


def prune_generations(home: Home, keep: int) -> tuple[int, ...]:
    """Remove all but the newest `keep` generations, the current one and those held; return which went."""
    serving = home.current().number
    old = home.numbers()[: -max(keep, 1)]
    gone = []
    for number in old:
        generation = home.generation(number)
        if number == serving or generation.is_held():
            continue
        condemned = home.generations / f"{_PRUNED}{name_of(number)}"
        generation.path.rename(condemned)
        shutil.rmtree(condemned)
        gone.append(number)
    _drop_sources(home)
    return tuple(gone)


def remove_leftovers(home: Home) -> None:
    """Remove what a process that died left behind: drafts, half-removed generations, spare links."""
    for path in home.generations.iterdir():
        if path.name.startswith("."):
            shutil.rmtree(path)
    for path in home.path.glob(".current.*"):
        path.unlink()


def _drop_sources(home: Home) -> None:
    """Remove the kept sources that no generation names any more."""
    named = {entry.sha256 for number in home.numbers() for entry in home.generation(number).manifest.documents}
    for path in home.sources.iterdir():
        if path.name not in named:
            path.unlink()
