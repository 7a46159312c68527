"""Names of classification codes by year, from what documents print beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.ids import Ids, fold_name
from kg.rdf import Iri, Quad
from kg.store.base import GraphReader
from kg.store.queries import load_query
from kg.triples.facts import Facts
from kg.triples.topics import plain_row


def code_name_quads(reader: GraphReader, ids: Ids) -> Iterator[Quad]:
    """Yield a bud:CodeName for each name the code lists don't know for the years it is printed in."""
    packaged = read_packaged(reader)
    printed: dict[tuple[str, str, Iri, str], dict[Iri, int]] = defaultdict(dict)
    for row in reader.select(load_query("ontology", "code_names")).rows:
        scheme, code, concept, name, document, year = row
        if isinstance(concept, Iri) and isinstance(document, Iri) and scheme and code and name and year:
            printed[scheme.value, code.value, concept, plain_row(name.value)][document] = int(year.value)
    named = set(packaged)
    for key, documents in sorted(printed.items()):
        concept, known = key[2], packaged.get(key[2], {}).get(key[3])
        if known and all(known[0] <= year <= known[1] for year in documents.values()):
            continue
        yield from _name_quads(key, documents, ids)
        facts = Facts(concept, ids.resolution_graph)
        if concept not in named:
            named.add(concept)
            yield from facts.add("skos:prefLabel", key[3]).add("rdfs:label", key[3])
        elif not known:
            yield from facts.add("skos:altLabel", key[3])


def _name_quads(key: tuple[str, str, Iri, str], documents: dict[Iri, int], ids: Ids) -> Iterator[Quad]:
    scheme, code, concept, name = key
    node = ids.of("code-name", scheme.replace("_", "-"), code, name, "printed")
    facts = Facts(node, ids.resolution_graph, "bud:CodeName").add("bud:nameOf", concept)
    facts.add("rdfs:label", name).add("bud:firstYear", min(documents.values()))
    facts.add("bud:lastYear", max(documents.values())).add("bud:documentsSeen", len(documents))
    yield from facts.add("bud:inDocument", *sorted(documents))


def read_packaged(reader: GraphReader) -> dict[Iri, dict[str, tuple[int, int]]]:
    """Return concept -> folded name -> first and last year the code lists saw it in (0, 0: never dated)."""
    found: dict[Iri, dict[str, tuple[int, int]]] = defaultdict(dict)
    for concept, name, first, last in reader.select(load_query("ontology", "packaged_names")).rows:
        if isinstance(concept, Iri) and name is not None:
            years = (int(first.value), int(last.value)) if first and last else (0, 0)
            found[concept][fold_name(name.value)] = years
    return found
