"""Updates, LOAD and SERVICE are refused wherever they hide; words that only look like them pass."""

from __future__ import annotations

import pytest

from kg.errors import QueryRefused, QuerySyntaxError, QueryTooLarge
from kg.query.guard import Allowed, Form, check_query
from kg.query.tokens import tokenise

X = "<http://127.0.0.1:9/>"
PREFIXES = {"bud": "https://w3id.org/suyuan/ontology#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}

HIDDEN = [
    f"SELECT * {{ SERVICE {X} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service {X} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SeRvIcE SILENT {X} {{ ?s ?p ?o }} }}",
    f"SELECT*{{SERVICE{X}{{}}}}",
    "SELECT * { SERVICE ?where { ?s ?p ?o } }",
    f"SELECT * {{ BIND({X} AS ?w) SERVICE ?w {{ ?s ?p ?o }} }}",
    "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICE x:y { ?s ?p ?o } }",
    "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICE# comment\nx:y { ?s ?p ?o } }",
    f"SELECT * {{ #\n SERVICE #{{}}\r {X} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p ?o .#\rSERVICE {X} {{}} }}",  # a carriage return ends a comment
    rf"SELECT * {{ \u0053ERVICE {X} {{ ?s ?p ?o }} }}",
    rf"SELECT * {{ \U00000053\u0045RVIC\u0065 {X} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p 1SERVICE {X} {{}} }}",
    f"SELECT * {{ ?s ?p 1.SERVICE {X} {{}} }}",
    f"SELECT * {{ ?s ?p 'a'SERVICE {X} {{}} }}",
    f"SELECT * {{ ?s ?p 'a'''SERVICE {X} {{}} }}",
    f"SELECT * {{ ?s ?p '''a'b'''SERVICE {X} {{}} }}",
    rf"SELECT * {{ ?s ?p 'a\'b'SERVICE {X} {{}} #' }}",
    rf"SELECT * {{ ?s ?p 'a\\'SERVICE {X} {{}} #' }}",
    f"SELECT * {{ OPTIONAL {{ GRAPH ?g {{ SERVICE {X} {{}} }} }} }}",
    f"SELECT * {{ FILTER EXISTS {{ SERVICE {X} {{}} }} }}",
    f"SELECT * {{ FILTER NOT EXISTS {{ {{ SELECT * {{ SERVICE {X} {{}} }} }} }} }}",
    f"ASK {{ MINUS {{ SERVICE {X} {{}} }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{}} UNION {{ SERVICE {X} {{ ?s ?p ?o }} }} }}",
    f"DESCRIBE ?s WHERE {{ SERVICE {X} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b ?c FILTER(?a<?b)SERVICE#>\n{X}{{}} }}",  # the engine sees no IRI before the #
    f"SELECT * {{ ?a ?p ?b FILTER(?a<?b)'>' ?p ?o . SERVICE SILENT {X} {{}} #'\n}}",
    f"SELECT * {{ ?s <a>?SERVICE {X} {{}} . SERVICE {X} {{}} }}",
    f"LOAD {X}",
    f"load silent {X} into graph <http://e/g>",
    rf"L\u004FAD {X}",
    f"# SELECT * {{}}\nLOAD {X}",
    "INSERT DATA { <http://e/a> <http://e/b> 1 }",
    "PREFIX e: <http://e/> insert { ?s ?p 1 } where { ?s ?p ?o }",
    "BASE <http://e/> DELETE WHERE { ?s ?p ?o }",
    "DELETE DATA { <http://e/a> <http://e/b> 1 }",
    "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP GRAPH <http://e/g>",
    "CREATE GRAPH <http://e/g>",
    "ADD DEFAULT TO <http://e/g>",
    "MOVE DEFAULT TO <http://e/g>",
    "COPY DEFAULT TO <http://e/g>",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    f"ASK {{}} LOAD {X}",
    "ASK {} INSERT DATA { <http://e/a> <http://e/b> 1 }",
]

HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE <http://e/> { INSERT }' }",
    'SELECT * { ?s ?p """LOAD <x>\nSERVICE <y> {}""" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://e/> { ?s ?p ?o } INSERT DATA",
    "SELECT * { ?s <http://e/SERVICE> <http://e/LOAD#INSERT> }",
    "SELECT ?service ?load ?INSERT ?drop { ?service ?load ?INSERT, ?drop }",
    "PREFIX service: <http://e/> SELECT * { service:x ?p service:LOAD }",
    "PREFIX insert: <http://e/> SELECT * { ?s insert: insert:delete }",
    "PREFIX e: <http://e/> SELECT * { e:SERVICE e:LOAD e:service.insert }",
    "SELECT * { _:SERVICE ?p ?o }",
    "SELECT * { ?s ?p 'x'@load }",
    "SELECT * FROM <http://127.0.0.1:9/x> FROM NAMED <http://127.0.0.1:9/y> { ?s ?p ?o }",  # read from here
    r"SELECT * { ?s ?p '\\u0053ERVICE' }",
    "ASK { ?s rdfs:label 'CLEAR ALL' }",
    "DESCRIBE bud:Project",
]


def check(sent: str) -> Allowed:
    return check_query(tokenise(sent), sent=sent, prefixes=PREFIXES)


@pytest.mark.parametrize("sent", HIDDEN)
def test_what_would_change_data_or_reach_outside_is_refused(sent: str) -> None:
    with pytest.raises(QueryRefused, match=r"^line "):
        check(sent)


@pytest.mark.parametrize("sent", HARMLESS)
def test_words_in_strings_comments_names_and_variables_are_left_alone(sent: str) -> None:
    assert check(sent).form in Form


def test_enough_hiding_places_are_tried() -> None:
    assert len(HIDDEN) >= 40 and len(HARMLESS) >= 12


@pytest.mark.parametrize("sent", ["ASK{?s ?p trueSERVICE:x{}}", "ASK{SERVICE:x{}}"])
def test_a_prefix_named_like_a_keyword_never_reaches_the_engine_by_that_name(sent: str) -> None:
    # The engine reads these as `SERVICE :x`, with the empty prefix, and would call it.
    text = check(f"PREFIX SERVICE:<http://e/> PREFIX trueSERVICE:<http://e/> PREFIX :<http://e/>{sent}").text
    assert "SERVICE" not in text


def test_a_query_may_use_the_known_prefixes_without_declaring_them() -> None:
    assert check("ASK { ?p a bud:Project }").text == (
        r"PREFIX q1: <\u0068ttps://w3id.org/suyuan/ontology#> ASK { $p a q1:Project }"
    )
    own = check("PREFIX bud: <http://e/> ASK { ?p a bud:Project }").text
    assert own == r"PREFIX q1: <\u0068ttp://e/> ASK { $p a q1:Project }"


def test_an_unknown_prefix_is_named_with_those_that_are_known() -> None:
    with pytest.raises(QuerySyntaxError, match="line 2, column 6: the prefix foo:") as caught:
        check("ASK {\n  ?s foo:bar ?o }".replace("  ?s", "?s  "))
    assert "bud, rdfs" in caught.value.hint


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "  # nothing\n",
        "PREFIX e: <http://e/>",
        "{ ?s ?p ?o }",
        "?s",
        "WHERE {}",
        "PREFIX <http://e/> ASK {}",
        "BASE e: ASK {}",
        "PREFIX e:x <http://e/> ASK {}",
    ],
)
def test_what_is_no_query_is_a_syntax_error(sent: str) -> None:
    with pytest.raises(QuerySyntaxError):
        check(sent)


@pytest.mark.parametrize("sent", ["ASK " + "{" * 101 + "}" * 101, "ASK { FILTER(" + "!" * 6000 + "?a) }"])
def test_what_would_exhaust_the_engines_stack_is_refused(sent: str) -> None:
    with pytest.raises(QueryTooLarge):
        check(sent)
