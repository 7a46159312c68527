"""The processes queries run in, and what it means for a query when one of them ends.

A query has a worker to itself; one that is killed or dies takes nothing along.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg import errors
from kg.errors import QueryBusy, QueryError, QueryTimeout, QueryTooLarge, SuyuanError
from kg.messages import from_plain, say
from kg.process.confine import Limits
from kg.process.pool import Busy, WorkerPool
from kg.process.worker import Died, Overdue, Setup
from kg.query import session
from kg.registry import place_of

_WAIT_FOR_WORKER = 5.0  # seconds; who has a turn (kg.query.turns) finds a worker, this is for who has none


class BrokenWorker(QueryError):
    """A worker died for a reason that isn't known."""

    code = "broken_worker"


class QueryWorkers:
    """Workers for queries: `kept` are kept alive between queries, `most` run at once. Safe for threads."""

    def __init__(self, given: Mapping[str, object], *, memory: int, kept: int, most: int) -> None:
        setup = Setup(
            session=place_of(session.open_session), given={**given, "memory": memory}, limits=Limits(memory=memory)
        )
        self._pool = WorkerPool(setup, kept=kept, most=most)

    def warm(self) -> None:
        """Start the workers that are kept, without waiting for them."""
        self._pool.warm()

    def close(self) -> None:
        """End the workers that are free; those at work end with their query."""
        self._pool.close()

    def ask(self, request: Mapping[str, object], timeout: float) -> bytes:
        """Return the body of the answer.

        Raises QueryTimeout after `timeout` seconds (0: never), the error the worker reports, QueryTooLarge
        or BrokenWorker if it died, QueryBusy if no place becomes free in some seconds.
        """
        try:
            with self._pool.lent(_WAIT_FOR_WORKER) as worker:
                header, body = worker.ask(request, timeout=timeout)
        except Busy as busy:
            raise QueryBusy(say("error.query.busy")) from busy
        except Overdue as overdue:
            raise QueryTimeout(say("error.query.timeout", seconds=f"{timeout:g}")) from overdue
        except Died as death:
            raise _error_of(death) from death
        if "error" in header:
            raise _reported(header)
        return body


def _error_of(death: Died) -> QueryError:
    if death.of_memory:
        return QueryTooLarge(say("error.query.heavy.memory"))
    if death.of_a_crash:
        return QueryTooLarge(say("error.query.heavy.depth"))
    return BrokenWorker(say("error.query.broken", how=death.how))


def _reported(header: Mapping[str, object]) -> SuyuanError:
    kind = getattr(errors, str(header["error"]), QueryError)
    said = header["said"]
    error: SuyuanError = kind(from_plain(said) if isinstance(said, dict) else str(said))
    return error
