"""The examples of the description that must be held to be found: taken from the generation that is served."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from kg.errors import NoGeneration
from web.hints import cited_documents, project_names
from web.services import services

_KEPT = "suyuan.examples"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A project by its name, a legal document by its IRI, an entity by its IRI below `/id/`; None if there is none."""

    project: str | None = None
    legal: str | None = None
    entity: str | None = None


def held_examples() -> Held:
    """Return what is held to give as examples, asked once a generation; nothing before the first ingest."""
    try:
        path = services().generation().path
    except NoGeneration:
        return Held()
    kept: tuple[Path, Held] | None = current_app.extensions.get(_KEPT)
    if kept is None or kept[0] != path:
        kept = current_app.extensions[_KEPT] = (path, _read())
    return kept[1]


def _read() -> Held:
    documents = services().generation().manifest.documents
    entities = (each.graph.removeprefix(f"{services().settings.base_iri}id/") for each in documents)
    return Held(
        project=next(iter(project_names()), None),
        legal=next(iter(cited_documents()), None),
        entity=next(entities, None),
    )
