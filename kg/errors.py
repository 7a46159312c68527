"""The error tree. Foreign errors become one of these where they are first met, with `from`.

    SuyuanError
    ├── InputRefused            a file that can't be taken in: names file, place and reason
    │   ├── UnreadableInput       empty, truncated, encrypted, damaged, not what its suffix says
    │   ├── UnsupportedFormat     a kind of file no reader is made for
    │   └── LimitExceeded         larger, longer or slower than the settings allow
    ├── NotFound                no such project, code, document or IRI; carries near matches
    ├── QueryError              a SPARQL query that got no answer
    │   ├── QuerySyntaxError      it doesn't parse; says where
    │   ├── QueryRefused          it would change data or reach outside (update, LOAD, SERVICE)
    │   ├── QueryTimeout          it ran past the deadline
    │   ├── QueryTooLarge         it needed more memory or more rows than allowed
    │   ├── QueryBusy             every worker is taken; try again in a moment
    │   └── NotAcceptable         its answer has no such format
    ├── SearchError             a search that got no answer
    │   ├── BadSearch             the request can't be understood; says which parameter
    │   ├── ModelUnavailable      the named embedding model can't be loaded
    │   ├── ModelMismatch         the index was made with another model
    │   └── IndexDamaged          a file of the index is missing or broken
    ├── OutputFailed            what was to be printed or written can't be: disk full, output closed
    └── StoreError              the home folder and its generations
        ├── NoGeneration          nothing has been ingested yet
        ├── GenerationDamaged     graph, passages and vectors don't agree
        └── StoreLocked           another process is writing

`code` of a class is stable and goes to the API; HTTP statuses and exit codes are tables at the edge
(web.guard, suyuan.commands.edge), never here. Words come from the catalogue (kg.messages) at the edge too.
"""

from __future__ import annotations

from kg.messages import Message, hinted, say, told

LOGGED = "en"
"""The language of logs, of `str(error)` and of whoever asks for none."""


class SuyuanError(Exception):
    """The root: `said` is what happened. What the reader can do about it is `<code of said>.hint` of the catalogue.

    Words of our own are a Message; text is for what speaks no language of ours (foreign words).
    A `hint` is given where the code alone doesn't settle it.
    """

    code = "error"

    def __init__(self, said: Message | str, *, hint: Message | str | None = None) -> None:
        super().__init__(said)
        self.said = said
        self._hint = hint or None

    @property
    def message(self) -> str:
        """What happened, in the language of logs."""
        return self.told(LOGGED)

    @property
    def hint(self) -> str:
        """What can be done about it, in the language of logs; may be empty."""
        return self.hinted(LOGGED)

    def told(self, language: str) -> str:
        """Return what happened in a language of the catalogue."""
        return told(self.said, language)

    def hinted(self, language: str) -> str:
        """Return what can be done about it, empty where nothing is known."""
        return hinted(self.said, language) if self._hint is None else told(self._hint, language)

    def __str__(self) -> str:
        return self.message


class InputRefused(SuyuanError):
    """A file is refused. `file` is its name, `where` the place in it (may be empty), `said` why."""

    code = "input_refused"

    def __init__(
        self, file: str, said: Message | str, *, place: Message | str = "", hint: Message | str | None = None
    ) -> None:
        super().__init__(said, hint=hint)
        self.file = file
        self.where = place

    @property
    def place(self) -> str:
        """Where in the file, in the language of logs."""
        return told(self.where, LOGGED)

    @property
    def reason(self) -> str:
        """Why, in the language of logs."""
        return told(self.said, LOGGED)

    def told(self, language: str) -> str:
        """Return file, place and reason in a language of the catalogue."""
        where = {"where": self.where} if self.where else {}
        key = "error.input.at" if self.where else "error.input.whole"
        return say(key, file=self.file, reason=self.said, **where).told(language)

    def __reduce__(self) -> tuple[object, ...]:
        # Readers run in child processes, so a refusal must survive pickling.
        return _rebuild_refusal, (type(self), self.file, self.said, self.where, self._hint)


def _rebuild_refusal(
    kind: type[InputRefused], file: str, said: Message | str, where: Message | str, hint: Message | str | None
) -> InputRefused:
    return kind(file, said, place=where, hint=hint)


class UnreadableInput(InputRefused):
    code = "unreadable_input"


class UnsupportedFormat(InputRefused):
    code = "unsupported_format"


class LimitExceeded(InputRefused):
    code = "limit_exceeded"


class NotFound(SuyuanError):
    """Nothing of that name; `near` lists the closest names there are."""

    code = "not_found"

    def __init__(self, said: Message | str, *, near: tuple[str, ...] = (), hint: Message | str | None = None) -> None:
        super().__init__(said, hint=hint)
        self.near = near


class BadGraph(SuyuanError):
    """RDF that was sent and can't be read."""

    code = "bad_graph"


class GraphRefused(SuyuanError):
    """A graph that isn't a curator's to write."""

    code = "graph_refused"


class QueryError(SuyuanError):
    code = "query_error"


class QuerySyntaxError(QueryError):
    """It doesn't parse. `offset` is the character of the query it fails at, where the message doesn't say."""

    code = "query_syntax"
    offset: int | None = None


class QueryRefused(QueryError):
    code = "query_refused"


class QueryTimeout(QueryError):
    code = "query_timeout"


class QueryTooLarge(QueryError):
    code = "query_too_large"


class QueryBusy(QueryError):
    code = "query_busy"


class NotAcceptable(QueryError):
    code = "not_acceptable"


class SearchError(SuyuanError):
    code = "search_error"


class BadSearch(SearchError):
    code = "bad_search"


class ModelUnavailable(SearchError):
    code = "model_unavailable"


class ModelMismatch(SearchError):
    code = "model_mismatch"


class IndexDamaged(SearchError):
    code = "index_damaged"


class OutputFailed(SuyuanError):
    """An answer can't be printed or written where it was to go."""

    code = "output_failed"


class StoreError(SuyuanError):
    code = "store_error"


class NoGeneration(StoreError):
    code = "no_generation"


class GenerationDamaged(StoreError):
    code = "generation_damaged"


class StoreLocked(StoreError):
    code = "store_locked"
