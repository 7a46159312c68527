"""The API: search, traces, documents and findings as JSON, SPARQL, entities as RDF, and the description of it all.

In: requests of programs. Out: answers of the types declared beside each view. It knows no page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Blueprint


def load_views() -> tuple[Blueprint, ...]:
    """Return the views of this folder."""
    from web.api import documents, findings, graphs, health, openapi, search, sparql, trace, void

    return tuple(module.views for module in (search, trace, documents, findings, sparql, graphs, void, health, openapi))
