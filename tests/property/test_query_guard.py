"""However a query is mangled, what passes the guard never makes the engine call another server."""

from __future__ import annotations

import random
from itertools import islice

import pyoxigraph

from kg.errors import QueryError, QueryRefused
from kg.query.guard import check_query
from kg.query.tokens import tokenise

OUTSIDE = "<http://127.0.0.1:9/>"  # a port the engine refuses to call, so trying is an OSError at once
QUERIES = [
    "SELECT * { ?a ?p ?b . FILTER(?a<?b) ?a ?p ?c }",
    "PREFIX :<http://127.0.0.1:9/> PREFIX true:<http://e/> SELECT * { ?a <http://e/p> 'x' . ?a ?p ?b }",
    f"SELECT * {{ ?a ?p ?b SERVICE {OUTSIDE} {{ ?s ?p ?o }} }}",
    "PREFIX SERVICE:<http://e/> PREFIX :<http://127.0.0.1:9/> SELECT*{ ?a ?p ?c SERVICE:x{?s ?p ?o} }",
    f"SELECT * {{ ?a ?p 'y' OPTIONAL {{ ?a ?p \"z\"@en }} # SERVICE {OUTSIDE} {{}}\n}}",
    "SELECT * { ?a ?p true, 1.5 ; <http://e/p> '''x''' . BIND(1 AS ?n) FILTER(?n<2&&?a>?b) }",
]
PIECES = [
    f"SERVICE {OUTSIDE} {{}}",
    "SERVICE:x{}",
    "SERVICE?a{}",
    "SERVICE",
    "service",
    "?a",
    "?b",
    "<?b",
    "<",
    "'",
    '"',
    "'''",
    '"""',
    "#",
    "\n",
    "\r",
    ">",
    "FILTER(",
    ")",
    "(",
    ":x",
    "x:y",
    "true",
    r"\u0053ERVICE",
    r"\u0027",
    r"\u0023",
    r"\u003c",
    r"\u000a",
    "1",
    ".",
    "a",
    "_:b",
    "@en",
    "^^",
    "{",
    "}",
    OUTSIDE,
    "<http://e/p>",
    " ",
    " ",
    r"\'",
    r"\\",
    "BIND(",
    "OPTIONAL",
    "UNION",
    "VALUES",
    "SILENT",
    "'>",
    "<?b)'>",
    "#>",
    "<a:b",
    "[",
    "]",
    "/",
    "*",
    "?",
    "!",
    "|",
    "^",
    ",",
    ";",
    "-",
    "=",
    "&&",
    "||",
    "GRAPH",
    "SELECT",
    "MINUS",
    "\ufeff",
    "\u2028",
    "1.",
    "1e",
    "PREFIX :<http://127.0.0.1:9/>",
    "PREFIX true:<http://127.0.0.1:9/>",
    "LATERAL",
    "<<",
    ">>",
]
TRIES = 20_000


def mangled(chance: random.Random) -> str:
    text = chance.choice(QUERIES)
    for _ in range(chance.randint(1, 6)):
        at, kind = chance.randint(0, len(text)), chance.random()
        if kind < 0.7:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif kind < 0.85:
            text = text[:at] + text[at + chance.randint(1, 4) :]
        else:
            other = chance.randint(0, len(text))
            text = text[:at] + text[min(at, other) : max(at, other)] + text[at:]
    return text


def test_no_mangled_query_reaches_another_server() -> None:
    store = pyoxigraph.Store()
    store.update("INSERT DATA { <http://e/a> <http://e/p> 'x', 1 }")
    chance, refused, answered = random.Random(20), 0, 0
    for _ in range(TRIES):
        sent = mangled(chance)
        try:
            text = check_query(tokenise(sent), sent=sent, prefixes={}).text
        except QueryRefused:
            refused += 1
            continue
        except QueryError:
            continue
        answered += runs_inside(store, sent, text)
    assert refused > TRIES / 50 and answered > TRIES / 50


def runs_inside(store: pyoxigraph.Store, sent: str, text: str) -> bool:
    """Run what the guard let pass; return whether it was answered, fail if it went outside."""
    try:
        answer = store.query(text, base_iri="http://e/")
        if isinstance(answer, pyoxigraph.QuerySolutions):
            list(islice(answer, 100))
    except OSError as error:
        raise AssertionError(f"{sent!r} reached outside as {text!r}") from error
    except SyntaxError:
        return False
    except RuntimeError as error:
        assert "service" not in str(error).lower(), sent
        return False
    return True
