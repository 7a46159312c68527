"""Pages people read: home, search, documents, entities, the SPARQL console.

In: requests of browsers. Out: a template filled from one typed page, whose fields are all the template may ask for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Blueprint


def load_views() -> tuple[Blueprint, ...]:
    """Return the views of this folder."""
    from web.pages import amounts, compare, console, entity, home, search

    return tuple(module.views for module in (home, search, amounts, compare, entity, console))
