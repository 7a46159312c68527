"""Small documents through the real reader, extractors and audit; their findings come back."""

from __future__ import annotations

from kg.audit import Audit, audit
from kg.extract.run import extract_records
from kg.read.plain.reader import read_text
from kg.records import FindingRecord
from tests.texts import HEAD

FINAL = "某市某区审计局2024年度部门决算\n\n"


def audit_text(text: str, *, head: str = HEAD) -> Audit:
    """Return the audit of a budget of 某市某区审计局 for 2024 that holds `text`."""
    document = read_text((head + text).encode("utf-8"), file="sample.txt")
    return audit(extract_records(document))


def findings(text: str, *, head: str = HEAD) -> list[FindingRecord]:
    """Return the findings of such a document but the notices."""
    return [finding for finding in audit_text(text, head=head).findings if finding.severity != "notice"]


def brief(text: str, *, head: str = HEAD) -> list[tuple[str, str, str | None, str | None]]:
    """Return (kind, severity, expected, actual) of the findings but the notices."""
    return [
        (found.kind, found.severity, _printed(found.expected), _printed(found.actual))
        for found in findings(text, head=head)
    ]


def _printed(value: object) -> str | None:
    return None if value is None else f"{value:f}"
