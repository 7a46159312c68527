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
    └── StoreError              the home folder and its generations
        ├── NoGeneration          nothing has been ingested yet
        ├── GenerationDamaged     graph, passages and vectors don't agree
        └── StoreLocked           another process is writing

`code` is stable and goes to the API; HTTP statuses and exit codes are tables at the edge
(web.guard, suyuan.cli), never here.
"""

from __future__ import annotations


class SuyuanError(Exception):
    """The root: `message` says what happened, `hint` what the reader can do about it."""

    code = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputRefused(SuyuanError):
    """A file is refused. `file` is its name, `place` where in it (may be empty), `reason` why."""

    code = "input_refused"

    def __init__(self, file: str, reason: str, *, place: str = "", hint: str = "") -> None:
        where = f"{file} ({place})" if place else file
        super().__init__(f"{where}: {reason}", hint=hint)
        self.file = file
        self.place = place
        self.reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        # Readers run in child processes, so a refusal must survive pickling.
        return _rebuild_refusal, (type(self), self.file, self.reason, self.place, self.hint)


def _rebuild_refusal(kind: type[InputRefused], file: str, reason: str, place: str, hint: str) -> InputRefused:
    return kind(file, reason, place=place, hint=hint)


class UnreadableInput(InputRefused):
    code = "unreadable_input"


class UnsupportedFormat(InputRefused):
    code = "unsupported_format"


class LimitExceeded(InputRefused):
    code = "limit_exceeded"


class NotFound(SuyuanError):
    """Nothing of that name; `near` lists the closest names there are."""

    code = "not_found"

    def __init__(self, message: str, *, near: tuple[str, ...] = (), hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.near = near


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


class StoreError(SuyuanError):
    code = "store_error"


class NoGeneration(StoreError):
    code = "no_generation"


class GenerationDamaged(StoreError):
    code = "generation_damaged"


class StoreLocked(StoreError):
    code = "store_locked"
