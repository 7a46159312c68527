"""Ingest of the five documents by stage: seconds, triples, passages, memory; again unchanged, and verify."""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

from kg.ingest.report import Report
from kg.settings import Settings
from suyuan.pipeline import ingest, verify

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"


def main() -> int:
    """Print the figures; return 1 if a document was refused or the result doesn't verify."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        first, seconds = timed(settings)
        print_report(f"first ingest of five documents, model {settings.model}", first, seconds)
        second, seconds = timed(settings)
        print_report("again, nothing changed", second, seconds)
        embedded, seconds = timed(Settings(home=Path(folder) / "other", model="none"))
        print_report("first ingest without a model", embedded, seconds)
        begun = time.perf_counter()
        problems = verify(settings)
        print(f"verify: {time.perf_counter() - begun:.2f} s, {len(problems)} problems")
    for who, name in ((resource.RUSAGE_SELF, "the ingest"), (resource.RUSAGE_CHILDREN, "its largest child")):
        print(f"peak memory of {name}: {resource.getrusage(who).ru_maxrss / 1024:.0f} MiB")
    return int(bool(first.refused or problems))


def timed(settings: Settings) -> tuple[Report, float]:
    """Return the report of an ingest of the five documents, and its seconds."""
    begun = time.perf_counter()
    return ingest([DOCUMENTS], settings), time.perf_counter() - begun


def print_report(title: str, report: Report, seconds: float) -> None:
    """Print the time by stage; those with a slash are sums over the children that read in parallel."""
    print(f"{title}: {seconds:.2f} s")
    for stage, spent in report.seconds.items():
        print(f"  {stage:<14} {spent:7.3f} s")
    print("  " + ", ".join(f"{name} {count}" for name, count in report.counts.items()))
