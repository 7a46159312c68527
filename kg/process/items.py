"""What a child of the runner does: a picklable function on one item after the other.

The request is pickled by the parent, who is trusted; the answer by the child, as the records of a
file have always come back.
"""

from __future__ import annotations

import os
import pickle
import traceback
from collections.abc import Mapping
from typing import Any

from kg.process.child import Session
from kg.process.memory import peak_memory


def open_session(given: Mapping[str, Any]) -> Session:
    """Return a session that is tired once its peak memory has passed `given["memory"]` MiB, 0 for never.

    So the next item starts from nothing. Of a request it reads the body only, the pickle of
    (work, item); it answers with the pickle of (True, result) or (False, exception).
    """
    most = int(given["memory"])

    def answer(_: Mapping[str, Any], body: bytes) -> tuple[Mapping[str, object], bytes]:
        pickled = _outcome(body)
        return {"tired": bool(most) and peak_memory() > most}, pickled

    return answer


def _outcome(request: bytes) -> bytes:
    try:
        work, item = pickle.loads(request)
        good, outcome = True, work(item)
    except MemoryError:
        good, outcome = False, MemoryError()
    except Exception as error:
        error.add_note(_last_frame(error))
        good, outcome = False, error
    try:
        return pickle.dumps((good, outcome))
    except Exception as error:
        return pickle.dumps((False, RuntimeError(f"{type(outcome).__name__} can't be sent back: {error}")))


def _last_frame(error: Exception) -> str:
    """Return file and line that raised it, for a report of what no one foresaw."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{os.path.relpath(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
