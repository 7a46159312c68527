"""A query is read by the terminals of the grammar, and written so that nobody reads it differently."""

from __future__ import annotations

import pyoxigraph
import pytest

from kg.errors import QuerySyntaxError, QueryTooLarge
from kg.query.tokens import MAX_LENGTH, Kind, Token, to_query, tokenise

READ = [
    ("SELECT*{}", "SELECT * { }"),  # no blanks needed where a mark stands between
    ("select ?x {?x ?y ?z}", "SELECT $x { $x $y $z }"),
    ("ASK{?s a <http://e/a#b>}#SERVICE", r"ASK { $s a <\u0068ttp://e/a#b> }"),  # an IRI, no comment
    ("ASK{?s ?p 'a#b'}", 'ASK { $s $p "a#b" }'),
    ("ASK{?s ?p '''a\n'b'''}", 'ASK { $s $p "a\\n\'b" }'),  # no line end is left in the text
    ('ASK{?s ?p """a""b"""}', 'ASK { $s $p "a\\"\\"b" }'),
    (r"ASK{?s ?p 'a\tb\\n'}", 'ASK { $s $p "a\tb\\\\n" }'),
    ("ASK{?s ?p 'x'@en-GB,'1'^^xsd:int}", 'ASK { $s $p "x" @en-GB , "1" ^^ q1:int }'),
    ("ASK{?s ?p 1,-1,.5,1.5,1e3,1.e3}", "ASK { $s $p 1 , -1 , .5 , 1.5 , 1e3 , 1.e3 }"),
    ("ASK{?s ?p 1.?s ?p 2}", "ASK { $s $p 1 . $s $p 2 }"),  # the dot ends the triple
    ("ASK{?s e:a.b ?o.}", "ASK { $s q1:a.b $o . }"),  # a dot inside a name, and one after a variable
    (r"ASK{?s e:a\,b%20c ?o}", r"ASK { $s q1:a\,b%20c $o }"),
    ("ASK{?s :项目 ?金额}", "ASK { $s q1:项目 $金额 }"),
    ("ASK{_:b1.1 ?p ?o}", "ASK { _:b1.1 $p $o }"),
    ("ASK{?s a:/^b:|!c:? ?o}", "ASK { $s q1: / ^ q2: | ! q3: ? $o }"),
    ("ASK{FILTER(?a<?b&&?c>?d)}", "ASK { FILTER( $a < $b && $c > $d ) }"),  # a comparison without blanks
    ("ASK{FILTER(?a<2&&3>?b)}", "ASK { FILTER( $a < 2 && 3 > $b ) }"),
    ("ASK{FILTER(?a<(?b+1)&&?c>2)}", "ASK { FILTER( $a < ( $b +1 ) && $c > 2 ) }"),
    ("ASK{FILTER(?a < 1||?b>=2)}", "ASK { FILTER( $a < 1 || $b >= 2 ) }"),
    ("ASK{?s <?p> ?o}", r"ASK { $s <\u003Fp> $o }"),  # outside round brackets it is an IRI
    (r"\u0041SK{?s ?p '\u4e2d'}", 'ASK { $s $p "中" }'),  # codepoint escapes come first, anywhere
    (r"ASK{?s ?p '\\u0041'}", 'ASK { $s $p "\\\\u0041" }'),  # here the backslash is escaped, not the letter
    (
        "PREFIX service: <http://e/> ASK{service:load ?insert 'DELETE'}",
        r"PREFIX q1: <\u0068ttp://e/> ASK { q1:load $insert " + '"DELETE" }',
    ),
    ("ASK{FILTER(CONCAT ('a')IN(1))}", 'ASK { FILTER( CONCAT( "a" ) IN( 1 ) ) }'),  # no blank
    ("ASK{?s ?p TRUE,False}", "ASK { $s $p true , false }"),
    ("BASE <http://e/> ASK{<> <a> <𠀀>}", r"BASE <\u0068ttp://e/> ASK { <> <\u0061> <\U00020000> }"),
]

REFUSED = [
    ("SELECTDISTINCT ?x {}", "line 1, column 1: 'SELECTDISTINCT'"),  # the engine would take it
    ("ASK{?s ?p trueSERVICE<http://e/>{}}", "line 1, column 11: 'trueSERVICE'"),
    ("ASK{\n?s ?p 1 LIMIT1}", "line 2, column 9: 'LIMIT1'"),
    ("ASK{?s ?p 'a\nb'}", "line 1, column 11"),
    (r"ASK{?s ?p '\x'}", "line 1, column 11"),
    ("ASK{?s ?p <a b>}", "line 1, column 14: 'b'"),
    ("ASK{?s ?p ?o}\\", "column 14"),
    ("ASK{?s ?p \x00}", "column 11"),
    ("ASK{?s ?p ?o}\u00a0", "column 14"),  # a blank of another script is none of the grammar's
    (r"ASK{?s ?p '\uD800'}", "is no character"),
    (r"ASK{?s ?p '\U00110000'}", "is no character"),
    ("ASK{?s ?p '\ud800'}", "half a character"),
    ("ASK{?s ?p '", "column 11"),
]


def test_tokens_are_read_by_the_grammar_and_written_unmistakably() -> None:
    assert len(READ) >= 20
    for sent, expected in READ:
        assert to_query(tokenise(sent)) == expected, sent


def test_what_is_no_token_is_refused_with_its_place() -> None:
    for sent, expected in REFUSED:
        with pytest.raises(QuerySyntaxError) as caught:
            tokenise(sent)
        assert expected in caught.value.message, sent


def test_what_was_written_reads_as_the_same_tokens() -> None:
    for sent, _ in READ:
        tokens = tokenise(sent)
        again = tokenise(to_query(tokens))
        assert [t.value for t in again if t.kind is not Kind.NAME] == [
            t.value for t in tokens if t.kind is not Kind.NAME
        ]


def test_the_engine_answers_a_written_query_as_the_one_sent() -> None:
    store = pyoxigraph.Store()
    graph = "http://e/g"
    facts = '<http://e/p> "it\'s", "中文"@zh, 12.50 ; <http://e/项目> <http://e/x#y>'
    store.update(f"INSERT DATA {{ <{graph}> {facts} }}")
    asked = [
        "PREFIX e: <http://e/> SELECT ?o { ?s e:p ?o FILTER(?o=12.5||?o='''it's''') } ORDER BY STR(?o)",
        "BASE <http://e/> SELECT ?o WHERE { <g> <p>|<项目> ?o FILTER(LANG(?o)IN('zh')) }",
        "PREFIX : <http://e/> SELECT ?x(COUNT(*)AS?n){?x :项目/(:p?) ?y}GROUP BY ?x",
        "SELECT (GROUP_CONCAT(DISTINCT STR(?o);SEPARATOR=', ') AS ?all) { ?s ?p ?o }",
        "SELECT (1-1 AS ?a) (2*-3 AS ?b) (IF(1<2,'a'@en,\"b\") AS ?c) {}",
    ]
    for query in asked:
        sent, written = store.query(query), store.query(to_query(tokenise(query)))
        assert isinstance(sent, pyoxigraph.QuerySolutions) and isinstance(written, pyoxigraph.QuerySolutions)
        rows = [str(row) for row in sent]
        assert rows and rows == [str(row) for row in written], query


def test_tokens_compare_by_what_they_are_not_by_where_they_stand() -> None:
    assert tokenise("ASK  {}") == tokenise("ask{ }")
    assert tokenise("?a")[0] == Token(Kind.VARIABLE, "a")


def test_a_query_of_absurd_length_is_refused_before_it_is_read() -> None:
    with pytest.raises(QueryTooLarge):
        tokenise("#" * (MAX_LENGTH + 1))


@pytest.mark.parametrize("part", ["a.", "<a", "'''", '"""', "_:a.", "((", "(?a<?b>", "\\u0041", "1.", "''' \"\"\" "])
def test_the_longest_query_of_one_token_over_and_over_is_read_or_refused(part: str) -> None:
    # Each of these once cost the square of its length, which at this size is minutes.
    long = part * (MAX_LENGTH // len(part))
    try:
        tokens = tokenise(long)
    except QuerySyntaxError:
        return
    assert len(tokens) <= MAX_LENGTH
