"""Why was this money given? Department → duty → code → project → amounts, goals, indicators → basis → issuer.

`trace_project` goes that way, `trace_legal` back. Every step carries the printed text and the place
it was read from; what no document states in so many words is marked inferred.
"""

from __future__ import annotations

from kg.trace.legal import trace_legal
from kg.trace.model import STEPS, DocumentName, Evidence, Item, Legal, LegalTrace, Resting, Step, Trace, Traced
from kg.trace.project import trace_project

__all__ = [
    "STEPS",
    "DocumentName",
    "Evidence",
    "Item",
    "Legal",
    "LegalTrace",
    "Resting",
    "Step",
    "Trace",
    "Traced",
    "trace_legal",
    "trace_project",
]
