"""Which document a user means."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from kg.errors import NotFound
from kg.messages import say
from kg.store.manifest import DocumentEntry

_SHORTEST_HASH = 6
"""Characters of a hash that name a document; fewer may be those of several."""


def find_document(name: str, entries: Sequence[DocumentEntry]) -> DocumentEntry:
    """Return the document called `name`: file name, path, title, IRI or first digits of the sha256.

    Raises NotFound with near matches, or with the paths where the name is that of several.
    """
    path = str(Path(name).absolute())
    at_path = [entry for entry in entries if path in entry.paths]
    found = at_path or [entry for entry in entries if _is_called(entry, name)]
    if len(found) == 1:
        return found[0]
    if found:
        paths = tuple(entry.paths[0] for entry in found)
        raise NotFound(say("error.document.several", count=len(found), name=name), near=paths)
    names = [known for entry in entries for known in (entry.file, entry.title) if known]
    near = [known for known in names if name and (name in known or known in name)]
    near = near or get_close_matches(name, names, n=3, cutoff=0.4)
    raise NotFound(say("error.document.unknown", name=name), near=tuple(near[:5]))


def _is_called(entry: DocumentEntry, name: str) -> bool:
    names = {entry.file, entry.title, entry.graph, *(Path(path).name for path in entry.paths)}
    return name in names or (len(name) >= _SHORTEST_HASH and entry.sha256.startswith(name.lower()))
