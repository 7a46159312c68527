"""Quads as text, and the formats of an export."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph
import pytest

from kg.rdf import XSD, Iri, Literal, Quad
from kg.store.export import export_graphs
from kg.store.oxigraph import OxigraphWriter
from kg.store.statements import FORMATS, read_quads, write_quads
from kg.triples.terms import NAMESPACES

ONE, TWO = Iri("https://example.org/一"), Iri("https://example.org/二")
QUADS = [
    Quad(ONE, ONE, Literal('引"号\n\t\\'), ONE),
    Quad(ONE, ONE, Literal("12.50", XSD + "decimal"), ONE),
    Quad(ONE, ONE, Literal("budget", None, "en"), ONE),
    Quad(ONE, TWO, TWO, TWO),
    Quad(ONE, ONE, Literal("budget", None, "en"), TWO),
]


def test_quads_come_back_digit_for_digit() -> None:
    file = io.BytesIO()
    write_quads(QUADS, file)
    file.seek(0)
    assert list(read_quads(file)) == QUADS


@pytest.mark.parametrize(("kind", "count"), [("nquads", 5), ("trig", 5), ("turtle", 4), ("ntriples", 4)])
def test_an_export_holds_every_statement_and_is_the_same_each_time(tmp_path: Path, kind: str, count: int) -> None:
    writer = OxigraphWriter.open(tmp_path / "graph")
    for graph in (ONE, TWO):
        writer.replace_graph(graph, [quad for quad in QUADS if quad.graph == graph])
    files = [io.BytesIO(), io.BytesIO()]
    counts = [export_graphs(writer, file, kind, NAMESPACES) for file in files]
    only = export_graphs(writer, io.BytesIO(), kind, NAMESPACES, [TWO])
    writer.close()
    assert counts == [count, count]
    assert only == 2
    assert files[0].getvalue() == files[1].getvalue()
    assert len(list(pyoxigraph.parse(files[0].getvalue(), FORMATS[kind]))) == count
