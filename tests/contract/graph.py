"""What every GraphReader and GraphWriter does. A test subclasses it and says how to open one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import QuerySyntaxError, StoreError
from kg.rdf import XSD, Iri, Literal, Quad, Term
from kg.store.base import GraphReader, GraphWriter

ONE, TWO = Iri("https://example.org/g/一"), Iri("https://example.org/g/二")
BUREAU, LABEL = Iri("https://example.org/局"), Iri("https://example.org/label")
PAYS, AMOUNT = Iri("https://example.org/pays"), Iri("https://example.org/amount")
SPENDING = Iri("https://example.org/支出")


def sentences(graph: Iri, amount: str = "500") -> list[Quad]:
    """The bureau's name (the same in every graph) and one amount it pays."""
    return [
        Quad(BUREAU, LABEL, Literal("信访局"), graph),
        Quad(SPENDING, PAYS, BUREAU, graph),
        Quad(SPENDING, AMOUNT, Literal(amount, XSD + "decimal"), graph),
    ]


class GraphContract(ABC):
    @abstractmethod
    def open_writer(self, folder: Path) -> GraphWriter:
        """Return a writer of the graph kept in `folder`."""

    @abstractmethod
    def open_reader(self, folder: Path) -> GraphReader:
        """Return a reader of the graph that a closed writer left in `folder`."""

    @pytest.fixture
    def writer(self, tmp_path: Path) -> Iterator[GraphWriter]:
        opened = self.open_writer(tmp_path / "graph")
        yield opened
        opened.close()

    def test_an_empty_graph_holds_nothing(self, writer: GraphWriter) -> None:
        assert (writer.count(), writer.graphs(), list(writer.quads())) == (0, (), [])

    def test_what_was_put_in_comes_out(self, writer: GraphWriter) -> None:
        assert writer.replace_graph(ONE, sentences(ONE)) == 3
        assert sorted(writer.quads()) == sorted(sentences(ONE))
        assert (writer.count(), writer.graphs()) == (3, (ONE,))

    def test_the_same_statement_twice_is_one(self, writer: GraphWriter) -> None:
        assert writer.replace_graph(ONE, sentences(ONE) * 2) == 3
        assert writer.count() == 3

    def test_a_closed_writer_leaves_everything_to_readers(self, tmp_path: Path) -> None:
        writer = self.open_writer(tmp_path / "graph")
        writer.replace_graph(ONE, sentences(ONE))
        writer.close()
        first, second = self.open_reader(tmp_path / "graph"), self.open_reader(tmp_path / "graph")
        assert first.count() == second.count() == 3
        first.close()
        second.close()

    def test_replacing_a_graph_leaves_the_others(self, writer: GraphWriter) -> None:
        writer.replace_graph(ONE, sentences(ONE))
        writer.replace_graph(TWO, sentences(TWO))
        assert writer.replace_graph(ONE, sentences(ONE, "7")[:1]) == 1
        assert sorted(writer.quads(graph=TWO)) == sorted(sentences(TWO))
        assert list(writer.quads(graph=ONE)) == sentences(ONE)[:1]

    def test_replacing_by_nothing_removes_the_graph(self, writer: GraphWriter) -> None:
        writer.replace_graph(ONE, sentences(ONE))
        assert writer.replace_graph(ONE, []) == 0
        assert (writer.count(), writer.graphs()) == (0, ())

    def test_removing_a_graph_that_is_not_there_is_no_error(self, writer: GraphWriter) -> None:
        writer.remove_graph(ONE)
        assert writer.count() == 0

    def test_a_statement_of_another_graph_is_refused_and_changes_nothing(self, writer: GraphWriter) -> None:
        writer.replace_graph(ONE, sentences(ONE))
        with pytest.raises(StoreError):
            writer.replace_graph(ONE, sentences(TWO))
        assert sorted(writer.quads()) == sorted(sentences(ONE))

    def test_a_name_that_is_no_iri_is_refused(self, writer: GraphWriter) -> None:
        with pytest.raises(StoreError, match="not an IRI"):
            writer.replace_graph(ONE, [Quad(Iri("信访 局"), LABEL, Literal("x"), ONE)])

    def test_queries_see_the_union_as_a_set(self, writer: GraphWriter) -> None:
        for graph in (ONE, TWO):
            writer.replace_graph(graph, sentences(graph))
        query = "SELECT (SUM(?a) AS ?sum) WHERE { ?s <%s> ?d ; <%s> ?a . ?d <%s> ?l }"
        answer = writer.select(query % (PAYS.value, AMOUNT.value, LABEL.value))
        assert list(answer.dicts()) == [{"sum": "500"}]

    def test_a_shared_statement_stays_until_its_last_graph_goes(self, writer: GraphWriter) -> None:
        for graph in (ONE, TWO):
            writer.replace_graph(graph, sentences(graph))
        query, bindings = "ASK { ?who ?p ?name }", {"name": Literal("信访局")}
        writer.remove_graph(ONE)
        assert writer.ask(query, bindings)
        writer.remove_graph(TWO)
        assert not writer.ask(query, bindings)

    def test_a_statement_put_back_by_another_graph_is_in_the_union_once(self, writer: GraphWriter) -> None:
        for graph in (ONE, TWO, ONE):
            writer.replace_graph(graph, sentences(graph))
        assert len(writer.select("SELECT * { ?s ?p ?o }").rows) == 3

    def test_graph_clauses_tell_graphs_apart(self, writer: GraphWriter) -> None:
        writer.replace_graph(ONE, sentences(ONE, "1"))
        writer.replace_graph(TWO, sentences(TWO, "2"))
        answer = writer.select("SELECT ?a { GRAPH ?g { ?s ?p ?a } }", {"g": TWO, "p": AMOUNT})
        assert answer.rows == ((Literal("2", XSD + "decimal"),),)

    def test_the_quads_of_a_subject(self, writer: GraphWriter) -> None:
        writer.replace_graph(ONE, sentences(ONE))
        assert list(writer.quads(subject=BUREAU)) == sentences(ONE)[:1]
        assert list(writer.quads(subject=BUREAU, graph=TWO)) == []

    def test_terms_come_back_as_they_went(self, writer: GraphWriter) -> None:
        numbers = [Literal("2020", XSD + "integer"), Literal("0.5", XSD + "decimal")]
        texts = [Literal('引"号\n\\'), Literal("budget", None, "en")]
        terms: list[Term] = [*texts, *numbers, Iri("https://例.cn/甲")]
        quads = [Quad(BUREAU, LABEL, term, ONE) for term in terms]
        writer.replace_graph(ONE, quads)
        assert sorted(quad.object for quad in writer.quads()) == sorted(terms)

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT ?o { ?s ?p ?o }",
            "# {a comment}\nPREFIX x: <https://example.org/#> SELECT ?o WHERE { ?s ?p ?o }",
            "SELECT (MAX(?v) AS ?o) { ?s ?p ?v }",
            "SELECT ?o { { SELECT ?s ?o { ?s ?p ?o } } }",
        ],
    )
    def test_a_variable_is_bound_projected_or_not(self, writer: GraphWriter, query: str) -> None:
        writer.replace_graph(ONE, sentences(ONE))
        assert [row["o"] for row in writer.select(query, {"s": BUREAU}).dicts()] == ["信访局"]

    def test_a_bound_value_cannot_change_the_query(self, writer: GraphWriter) -> None:
        writer.replace_graph(ONE, sentences(ONE))
        evil = Literal('x" } UNION { ?s ?p ?o } #')
        assert writer.select("SELECT * { ?s ?p ?o }", {"o": evil}).rows == ()

    def test_unbound_variables_are_left_out(self, writer: GraphWriter) -> None:
        writer.replace_graph(ONE, sentences(ONE)[:1])
        answer = writer.select("SELECT ?s ?x { ?s ?p ?o OPTIONAL { ?s <x:none> ?x } }")
        assert answer.variables == ("s", "x")
        assert list(answer.dicts()) == [{"s": BUREAU.value}]

    @pytest.mark.parametrize("query", ["SELECT ?s {", "ASK { ?s ?p ?o }", "nonsense", ""])
    def test_what_is_no_select_is_refused(self, writer: GraphWriter, query: str) -> None:
        with pytest.raises(QuerySyntaxError):
            writer.select(query)

    def test_a_closed_graph_answers_no_more(self, tmp_path: Path) -> None:
        writer = self.open_writer(tmp_path / "graph")
        writer.close()
        writer.close()
        with pytest.raises(StoreError, match="closed"):
            writer.count()
