"""How long the five documents take to read, extract and audit, and where the time goes.

    python -m bench.extraction

Printed: seconds of processor time for the first pass of a new process (lexicon tables are loaded
then) and the median of ten more, by stage; and the ten modules that take most of a pass.
"""

from __future__ import annotations

import cProfile
import pstats
import time
from collections import Counter
from pathlib import Path
from statistics import median

from kg.audit import audit_records
from kg.extract.run import extract_records
from kg.read import read_document
from kg.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted((ROOT / "data" / "documents").glob("*.txt"))
STAGES = ("read", "extract", "audit")
PASSES = 10


def one_pass() -> dict[str, float]:
    """Return the processor seconds of each stage over all documents."""
    spent = dict.fromkeys(STAGES, 0.0)
    for path in DOCUMENTS:
        clock = [time.process_time()]
        document = read_document(path, Settings())
        clock.append(time.process_time())
        found = extract_records(document)
        clock.append(time.process_time())
        audit_records(found)
        clock.append(time.process_time())
        for name, start, end in zip(STAGES, clock, clock[1:], strict=False):
            spent[name] += end - start
    return spent


def main() -> int:
    """Print the figures; return 0."""
    show("first pass", one_pass())
    passes = [one_pass() for _ in range(PASSES)]
    show("once warm", {name: median(spent[name] for spent in passes) for name in STAGES})
    profile = cProfile.Profile()
    profile.runcall(one_pass)
    modules: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        path = Path(file)
        modules[str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name] += own
    total = sum(modules.values())
    print("where a warm pass spends its time:")
    for name, own in modules.most_common(10):
        print(f"  {100 * own / total:5.1f} %  {name}")
    return 0


def show(name: str, spent: dict[str, float]) -> None:
    """Print the stages and their sum."""
    stages = ", ".join(f"{stage} {seconds:.3f}" for stage, seconds in spent.items())
    print(f"{name}: {sum(spent.values()):.3f} s ({stages})")


if __name__ == "__main__":
    raise SystemExit(main())
