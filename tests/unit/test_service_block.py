"""What a `SERVICE bud:search` block says, read from a query's tokens; what it can't mean is told with its place."""

from __future__ import annotations

import pytest

from kg.errors import QuerySyntaxError
from kg.query.tokens import tokenise
from search.sparql.service_block import Block, Resolver, bound_texts, find_blocks, read_block


def block(inner: str, *, head: str = "", service: str = "bud:search") -> Block:
    """Return the only block of a query whose block holds `inner`."""
    tokens = tokenise(f"{head} SELECT * {{ SERVICE {service} {{ {inner} }} }}")
    resolver = Resolver(tokens)
    ((start, end),) = find_blocks(tokens, resolver)
    return read_block(tokens[start:end], resolver)


def refusal(inner: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        block(inner)
    return caught.value


def test_what_is_not_said_has_its_default() -> None:
    read = block('?p bud:query "信访"')
    assert (read.subject, read.text, read.text_variable) == ("p", "信访", None)
    assert (read.limit, read.least, read.mode, read.score) == (10, 0.0, "hybrid", None)


def test_every_part_of_a_block_is_read() -> None:
    read = block('?p bud:query "信访" ; bud:limit 20 ; bud:score ?s ; bud:minScore 0.25 ; bud:mode "lexical"')
    assert (read.limit, read.score, read.least, read.mode) == (20, "s", 0.25, "lexical")


def test_values_may_be_listed_and_sentences_may_be_several() -> None:
    read = block('?p bud:query "信访" ; bud:year 2020 , 2021 . ?p bud:limit 5 .')
    assert (read.filters.year, read.limit) == ((2020, 2021), 5)


@pytest.mark.parametrize(
    ("head", "service"),
    [
        ("", "bud:search"),
        ("", "<https://w3id.org/suyuan/ontology#search>"),
        ("PREFIX s: <https://w3id.org/suyuan/ontology#>", "s:search"),
        ("", "SILENT bud:search"),
    ],
)
def test_the_service_may_be_called_by_any_of_its_names(head: str, service: str) -> None:
    assert block('?p bud:query "信访"', head=head, service=service).text == "信访"


def test_a_prefix_declared_otherwise_is_another_service() -> None:
    tokens = tokenise('PREFIX bud: <http://other/> SELECT * { SERVICE bud:search { ?p bud:query "x" } }')
    assert find_blocks(tokens, Resolver(tokens)) == []


def test_a_block_ends_where_its_own_bracket_does() -> None:
    text = 'SELECT * { SERVICE bud:search { ?p bud:query "a } b" } ?p ?q ?r . SERVICE bud:search { ?x bud:query "c" } }'
    tokens = tokenise(text)
    resolver = Resolver(tokens)
    found = [read_block(tokens[start:end], resolver) for start, end in find_blocks(tokens, resolver)]
    assert [(each.subject, each.text) for each in found] == [("p", "a } b"), ("x", "c")]


REFUSED = {
    '"x" bud:query ?p': "begins with the variable",
    "?p bud:limit 5": "bud:query is missing",
    '?p bud:query "x" ; bud:colour "red"': "is unknown; there are",
    '?p bud:query "x" ; bud:limit 0': "a whole number from 1 to 1000",
    '?p bud:query "x" ; bud:limit 1001': "a whole number from 1 to 1000",
    '?p bud:query "x" ; bud:limit "5"': "a whole number from 1 to 1000",
    '?p bud:query "x" ; bud:year 20': "is not a year",
    '?p bud:query "x" ; bud:mode "fuzzy"': "one of hybrid, dense, lexical",
    '?p bud:query "x" ; bud:score 0.5': "bud:score needs a variable",
    '?p bud:query "x" ; bud:minScore "high"': "a number from 0 to 1",
    "?p bud:query bud:Project": "needs a text in quotes",
    "?p bud:query": "has no value",
    '?p bud:query "x" bud:limit 5': "semicolon or full stop is missing",
    '?p bud:query "x" . ?q bud:limit 5': "one variable only",
}


@pytest.mark.parametrize(("inner", "reason"), REFUSED.items())
def test_what_a_block_cannot_mean_is_told(inner: str, reason: str) -> None:
    error = refusal(inner)
    assert reason in error.message
    assert error.hint
    assert error.offset is not None
    assert error.offset > 0


def test_an_open_block_is_refused() -> None:
    tokens = tokenise('SELECT * { SERVICE bud:search { ?p bud:query "x" ')
    with pytest.raises(QuerySyntaxError, match="never closed"):
        find_blocks(tokens, Resolver(tokens))


def texts(query: str) -> tuple[str, ...]:
    tokens = tokenise(query)
    resolver = Resolver(tokens)
    start, end = find_blocks(tokens, resolver)[0]
    return bound_texts(tokens, start, read_block(tokens[start:end], resolver))


def test_a_variable_takes_each_text_once_from_the_values_around_it() -> None:
    assert texts('SELECT * { VALUES ?t { "a" "b" "a" } OPTIONAL { SERVICE bud:search { ?p bud:query ?t } } }') == (
        "a",
        "b",
    )


def test_values_of_another_variable_or_another_group_bind_nothing() -> None:
    with pytest.raises(QuerySyntaxError, match=r"\?t has no text"):
        texts('SELECT * { VALUES ?u { "a" } { VALUES ?t { "b" } } SERVICE bud:search { ?p bud:query ?t } }')
