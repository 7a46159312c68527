"""Pages of evidence: traces, findings, and the source with its printed cell marked.

In: requests of browsers. Out: a template filled from one typed page, whose fields are all the template may ask for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Blueprint


def load_views() -> tuple[Blueprint, ...]:
    """Return the views of this folder."""
    from web.evidence import findings, source, trace

    return tuple(module.views for module in (trace, findings, source))
