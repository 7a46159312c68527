"""Print the figures the README states: `python -m bench [NAME [ARGUMENT …]]`, by default all of them.

Each runs in a process of its own; those that need material which isn't there say so. Generators of
files in this repository (bench.code_lists, bench.golden) are run by name only.
"""

from __future__ import annotations

import subprocess
import sys

FIGURES = (
    "extraction",
    "coverage",
    "generality",
    "names",
    "ingest",
    "sparql",
    "corpus",
    "stard",
    "shacl",
    "search",
    "thesaurus",
)


def main(arguments: list[str]) -> int:
    """Run the bench named first with the other arguments, or every one; return 1 if one failed."""
    wanted = [arguments] if arguments else [[name] for name in FIGURES]
    failed = False
    for name, *rest in wanted:
        print(f"== {name}", flush=True)
        failed |= bool(subprocess.run([sys.executable, "-m", f"bench.{name}", *rest], check=False).returncode)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
