"""Messages between a process and its workers: a JSON object and a body of bytes, over a pipe.

Before them stand their two lengths, eight bytes each. What the body means is the session's
business; the header alone never makes anybody build an object.
"""

from __future__ import annotations

import json
import math
import os
import select
import struct
import time
from collections.abc import Mapping
from typing import Any

_LENGTHS = struct.Struct(">QQ")
_PART = 1 << 20  # bytes asked for at once: a pipe holds no more than this

Message = tuple[dict[str, Any], bytes]


def send(pipe: int, header: Mapping[str, object], body: bytes = b"") -> None:
    """Write one message to the file handle `pipe`. Raises OSError (BrokenPipeError if nobody reads)."""
    text = json.dumps(header).encode()
    for part in (_LENGTHS.pack(len(text), len(body)) + text, body):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(pipe, rest) :]


def receive(pipe: int, deadline: float = math.inf) -> Message:
    """Return the next message from the file handle `pipe`, header and body.

    Raises TimeoutError at `deadline` on the monotonic clock, EOFError if the other side is gone,
    even in mid-message.
    """
    header_size, body_size = _LENGTHS.unpack(_read(pipe, _LENGTHS.size, deadline))
    header: dict[str, Any] = json.loads(_read(pipe, header_size, deadline))
    return header, _read(pipe, body_size, deadline)


def _read(pipe: int, size: int, deadline: float) -> bytes:
    waiting = select.poll()
    waiting.register(pipe, select.POLLIN)
    parts, missing = [], size
    while missing:
        left = None if deadline == math.inf else max(0.0, deadline - time.monotonic()) * 1000
        if not waiting.poll(left):
            raise TimeoutError
        part = os.read(pipe, min(missing, _PART))
        if not part:
            raise EOFError
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
