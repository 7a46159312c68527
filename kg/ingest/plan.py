"""Which files have to be read: not those already in, not those an ingest that was stopped has read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputRefused
from kg.ingest.catalogue import Catalogue
from kg.ingest.inputs import Input, identify
from kg.ingest.reading import Reading, ReadingCache
from kg.ingest.report import Outcome, refusal, skipped
from kg.messages import Message, say
from kg.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Files to read, readings found in the cache, and the outcomes of the others.

    `paths` has every path of the batch that holds a content to come, the first one first.
    """

    tasks: tuple[Input, ...]
    kept: tuple[Reading, ...]
    paths: dict[str, tuple[Path, ...]]
    outcomes: tuple[Outcome, ...]


def plan_reading(
    files: Iterable[Path], catalogue: Catalogue, cache: ReadingCache, version: str, settings: Settings
) -> Plan:
    """Return what to do with `files`; those already in by the same `version` are placed in the catalogue."""
    paths: dict[str, tuple[Path, ...]] = {}
    tasks, kept, outcomes = [], [], []
    for path in files:
        source = identify(path, settings)
        if isinstance(source, InputRefused):
            outcomes.append(refusal(path.name, source))
            continue
        entry = catalogue.find(source.sha256)
        if entry is not None and entry.reading == version:
            catalogue.place(source.sha256, path)
            outcomes.append(skipped(path.name, _known_as(entry.file, path.name)))
        elif source.sha256 in paths:
            first = paths[source.sha256][0].name
            paths[source.sha256] += (path,)
            outcomes.append(skipped(path.name, say("outcome.same", file=first)))
        else:
            paths[source.sha256] = (path,)
            reading = cache.load(source.sha256, path.name)
            if reading is None:
                tasks.append(source)
            else:
                kept.append(reading)
    return Plan(tasks=tuple(tasks), kept=tuple(kept), paths=paths, outcomes=tuple(outcomes))


def _known_as(file: str, name: str) -> Message:
    return say("outcome.unchanged") if file == name else say("outcome.same", file=file)
