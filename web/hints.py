"""Something to begin with, from what is held: projects with money, documents that projects rest on."""

from __future__ import annotations

from web.queries import rows


def project_names() -> tuple[str, ...]:
    """Return the names of the projects with most money, each once. Raises NoGeneration."""
    return tuple(dict.fromkeys(row["text"] for row in rows("pages/projects")))


def cited_documents() -> dict[str, str]:
    """Return the legal documents that most projects rest on: IRI -> number or title. Raises NoGeneration."""
    return {row["iri"]: row["text"] for row in rows("pages/cited")}
