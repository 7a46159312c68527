"""Problems that stop nothing: a cell that wasn't understood, a repair, a guess refused.

An Issue is printed as one JSON line and counted; nothing is dropped silently.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from kg.messages import Message
from kg.serialise import Flat
from kg.values.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One non-fatal problem of one document. `code` is stable (`unknown_table`, `unread_number`, …)."""

    type: ClassVar[str] = "issue"
    code: str
    document: str
    place: Place
    text: str
    message: Annotated[Message, Flat("message", "arguments")]
