"""Problems that stop nothing: a cell that wasn't understood, a repair, a guess refused.

An Issue is printed as one JSON line and counted; nothing is dropped silently.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from kg.blocks import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One non-fatal problem of one document. `code` is stable (`unknown_table`, `unread_number`, …)."""

    code: str
    document: str
    place: Place
    text: str
    message: str

    def to_json(self) -> str:
        """Return the issue as one line of JSON."""
        return json.dumps({"type": "issue", **asdict(self)}, ensure_ascii=False)
