"""SPARQL for everybody: read-only, under a deadline and limits, in a process that can be killed."""

from __future__ import annotations

from kg.query.service import Dataset, QueryAnswer, QueryService

__all__ = ["Dataset", "QueryAnswer", "QueryService"]
