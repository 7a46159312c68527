"""The tokens of a SPARQL 1.1 query, and a query written back from tokens.

A query is read by the terminals of the grammar (SPARQL 1.1 Query §19.8), after its codepoint
escapes (§19.2), always the longest match. The engine reads differently: it takes keywords that
aren't set off (`SELECTDISTINCT`, `SERVICE:x{…}` where `SERVICE:` is a declared prefix) and a
`<` as an operator where the grammar has an IRI. So it never gets the text that was sent, only
what `to_query` writes: every token set off by a blank, variables as `$x`, IRIs and prefixes in
a form that can't be taken for anything else, strings re-quoted, no comments and no line ends.
What was checked is then what runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from kg.errors import QuerySyntaxError, QueryTooLarge
from kg.lexicon import load_words
from kg.messages import Message, say

MAX_LENGTH = 200_000
"""Characters a query may have; reading that many takes a fraction of a second, most have a few hundred."""


class Kind(Enum):
    """What a token is; `value` of a token is given in brackets."""

    IRI = "iri"  # the IRI, possibly relative
    NAME = "name"  # a prefixed name: as written, e.g. bud:Project
    BLANK = "blank"  # a blank node label: as written
    VARIABLE = "variable"  # its name without ? or $
    LANGUAGE = "language"  # the tag without @
    NUMBER = "number"  # as written
    STRING = "string"  # the decoded text
    WORD = "word"  # a keyword, in capitals; `a` stays `a`
    MARK = "mark"  # punctuation or an operator


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `start` and `end` are offsets in the query after its codepoint escapes."""

    kind: Kind
    value: str
    start: int = field(default=-1, compare=False)
    end: int = field(default=-1, compare=False)

    def is_word(self, *words: str) -> bool:
        """Return whether this is one of the keywords `words` (given in capitals)."""
        return self.kind is Kind.WORD and self.value in words

    def is_mark(self, *marks: str) -> bool:
        """Return whether this is one of the punctuation marks `marks`."""
        return self.kind is Kind.MARK and self.value in marks


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_START = _BASE + "_"
_CHARS = _START + "\\-0-9\u00b7\u0300-\u036f\u203f-\u2040"
_NAME = f"[{_START}0-9][{_START}0-9\u00b7\u0300-\u036f\u203f-\u2040]*"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = f"(?:[{_BASE}](?:[{_CHARS}.]{{0,200}}[{_CHARS}])?)?"  # bounded, or `a.a.a…` would cost its square
_LOCAL = f"(?:[{_START}:0-9]|{_PLX})(?:(?:[{_CHARS}.:]|{_PLX})*(?:[{_CHARS}:]|{_PLX}))?"
_ESCAPE = r"\\[tbnrf\\\"']"


@cache
def _words() -> frozenset[str]:
    """Return every keyword of SPARQL 1.1 Query and Update; a bare word that is none is no SPARQL."""
    return frozenset(load_words("sparql_words"))


@cache
def _pattern() -> re.Pattern[str]:
    """Return the terminals as one pattern with a group for each kind, longest first where they overlap."""
    return re.compile(
        rf"""
        (?P<blank_space>[ \t\r\n]+|\#[^\r\n]*)
        |(?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
        |(?P<long>\"\"\"(?:\"{{0,2}}(?:[^"\\]|{_ESCAPE}))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*''')
        |(?P<string>"(?:[^"\\\n\r]|{_ESCAPE})*"|'(?:[^'\\\n\r]|{_ESCAPE})*')
        |(?P<blank>_:[{_START}0-9](?:[{_CHARS}.]*[{_CHARS}])?)
        |(?P<name>{_PREFIX}:(?:{_LOCAL})?)
        |(?P<variable>[?$]{_NAME})
        |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
        |(?P<number>[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+))
        |(?P<word>[A-Za-z_][A-Za-z0-9_]*)
        |(?P<mark>\^\^|&&|\|\||!=|<=|>=|[{{}}()\[\].;,|/^*?+!=<>-])
        """,
        re.VERBOSE,
    )


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the tokens of a query, without blanks and comments.

    Raises QuerySyntaxError, saying line and column, where no token can be read or a bare word
    is no keyword of SPARQL 1.1.

    >>> [token.value for token in tokenise("ask{?s a bud:Project} # SERVICE")]
    ['ASK', '{', 's', 'a', 'bud:Project', '}']
    """
    text = _decoded(text)
    pattern, tokens, opened, at = _pattern(), list[Token](), [""], 0
    while at < len(text):
        match = pattern.match(text, at)
        if match is None:
            raise QuerySyntaxError(say("error.query.token", where=place(text, at), token=text[at]))
        group = match.lastgroup or ""
        if group == "iri" and _is_comparison(tokens, opened[-1], match.group()):
            tokens.append(Token(Kind.MARK, "<", at, at + 1))
            at += 1
            continue
        if group != "blank_space":
            tokens.append(_token(group, match.group(), at, text))
            _follow(opened, tokens[-1])
        at = match.end()
    return tuple(tokens)


def to_query(tokens: Iterable[Token]) -> str:
    r"""Return tokens as a query on one line that any SPARQL parser reads as these tokens.

    >>> print(to_query(tokenise("PREFIX e: <http://e/> ASK # all\n{?s e:p '''it's'''@en, e:}")))
    PREFIX q1: <\u0068ttp://e/> ASK { $s q1:p "it's" @en , q1: }
    """
    return "".join(text + gap for text, gap in set_apart(tuple(tokens), " ")).rstrip(" ")


def set_apart(tokens: Sequence[Token], gap: str) -> Iterator[tuple[str, str]]:
    """Yield each token as written, and what goes after it: `gap`, or nothing between a function and its `(`.

    The engine wants `CONCAT(` and `COALESCE(` written so; for other words it makes no difference.
    """
    following = [*tokens[1:], None]
    for token, text, after in zip(tokens, written(tokens), following, strict=True):
        called = after is not None and after.is_mark("(") and token.kind in (Kind.WORD, Kind.NAME, Kind.IRI)
        yield text, "" if called else gap


def written(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield each token as `to_query` writes it."""
    prefixes: dict[str, str] = {}
    for token in tokens:
        match token.kind:
            case Kind.IRI:
                yield _iri(token.value)
            case Kind.STRING:
                yield _quoted(token.value)
            case Kind.VARIABLE:
                yield f"${token.value}"
            case Kind.LANGUAGE:
                yield f"@{token.value}"
            case Kind.NAME:
                prefix, local = token.value.split(":", 1)
                yield f"{prefixes.setdefault(prefix, f'q{len(prefixes) + 1}')}:{local}"
            case Kind.WORD if token.is_word("TRUE", "FALSE"):
                yield token.value.lower()
            case _:
                yield token.value


def place(text: str, offset: int) -> Message:
    """Return where `offset` of `text` is, e.g. line 2, column 7."""
    line = text.count("\n", 0, offset) + 1
    return say("error.query.at", line=line, column=offset - text.rfind(chr(10), 0, offset))


def decode_codepoints(text: str) -> str:
    """Return a query after its codepoint escapes (§19.2): `\\u0041` is A, wherever it stands.

    A backslash that is itself escaped starts none. Raises QuerySyntaxError for an escape that
    is no character.
    """
    if "\\" not in text:
        return text
    return re.sub(r"(?<!\\)((?:\\\\)*)\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))", _codepoint, text)


def _codepoint(match: re.Match[str]) -> str:
    number = int(match[2] or match[3], 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise QuerySyntaxError(
            say("error.query.escape", where=place(match.string, match.start()), escape=match.group())
        )
    return match[1] + chr(number)


def _decoded(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise QueryTooLarge(say("error.query.long", length=len(text), allowed=MAX_LENGTH))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QuerySyntaxError(say("error.query.half", where=place(text, error.start))) from error
    return decode_codepoints(text)


def _token(group: str, text: str, at: int, query: str) -> Token:
    end = at + len(text)
    match group:
        case "iri":
            return Token(Kind.IRI, text[1:-1], at, end)
        case "long":
            return Token(Kind.STRING, _unescaped(text[3:-3]), at, end)
        case "string":
            return Token(Kind.STRING, _unescaped(text[1:-1]), at, end)
        case "variable" | "language":
            return Token(Kind(group), text[1:], at, end)
        case "word":
            return Token(Kind.WORD, _word(text, at, query), at, end)
    return Token(Kind(group), text, at, end)


def _word(text: str, at: int, query: str) -> str:
    word = text if text == "a" else text.upper()
    if text != "a" and word not in _words():
        raise QuerySyntaxError(say("error.query.word", where=place(query, at), word=text))
    return word


def _is_comparison(before: Sequence[Token], opened: str, text: str) -> bool:
    """Return whether `<…>` is a comparison cut too long, as in `FILTER(?a<?b&&?c>?d)`.

    It is one where a value stands before it inside round brackets, and after it something that
    begins a value but hardly an address.
    """
    if text[1] not in "?$(!+-0123456789" or opened != "(":
        return False
    return before[-1].is_mark(")") or before[-1].kind not in (Kind.MARK, Kind.WORD)


def _follow(opened: list[str], token: Token) -> None:
    """Keep the brackets that are open after `token`; wrong ones are left for the engine to tell."""
    if token.is_mark("(", "{", "["):
        opened.append(token.value)
    elif token.is_mark(")", "}", "]") and len(opened) > 1:
        opened.pop()


_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda match: _ESCAPED.get(match[1], match[1]), text)


def _iri(iri: str) -> str:
    """Write an IRI so that its `<` is no operator to anyone: none is followed by a backslash."""
    if not iri:
        return "<>"
    code = ord(iri[0])
    return f"<\\u{code:04X}{iri[1:]}>" if code < 0x10000 else f"<\\U{code:08X}{iri[1:]}>"


_QUOTES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def _quoted(text: str) -> str:
    return f'"{text.translate(_QUOTES)}"'
