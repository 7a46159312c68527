"""What does not add up: findings on the arithmetic and the plausibility of a document.

    check.py      what a check returns          sheets.py   the amounts back in their tables
    shifts.py     slipped labels, repaired      figures.py  the figures of prose
    hierarchy.py row_totals.py column_totals.py outline_totals.py item_totals.py balance.py: sums of tables
    cross_tables.py prose_tables.py basic_parts.py known_parts.py prose_sums.py changes.py shares.py
                  rates.py counts.py listed_counts.py: figures compared
    years.py texts.py wording.py missing.py slipped_cells.py: what is printed wrong without arithmetic

Every check is counted, so that what holds can be told from what was never looked at.
"""

from __future__ import annotations

from kg.audit.run import Audit, AuditSummary, audit, audit_records, summarise

__all__ = ["Audit", "AuditSummary", "audit", "audit_records", "summarise"]
