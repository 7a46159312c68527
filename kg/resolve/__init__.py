"""Links between documents, computed anew from the whole graph at each ingest.

In: a reader of the graph of all documents. Out: quads of the resolution graph, and of no other.
Documents' own graphs are never changed: what turns out to be one thing is linked by
`bud:mergedInto`, and what points to the lesser node is repeated on the fuller one.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.ids import Ids
from kg.rdf import Quad
from kg.resolve.codes import code_name_quads
from kg.resolve.function_codes import function_code_quads
from kg.resolve.legal import legal_quads
from kg.resolve.organizations import organization_quads
from kg.resolve.programmes import programme_quads
from kg.store.base import GraphReader


def resolution_quads(reader: GraphReader, base_iri: str) -> Iterator[Quad]:
    """Yield each quad of the resolution graph once, in the same order for the same graph."""
    ids = Ids(base_iri)
    seen: set[Quad] = set()
    for stage in (organization_quads, legal_quads, programme_quads, code_name_quads, function_code_quads):
        for quad in stage(reader, ids):
            if quad not in seen:
                seen.add(quad)
                yield quad
