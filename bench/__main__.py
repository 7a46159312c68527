"""Run every bench that needs nothing but the checkout: `python -m bench [NAME …]`.

Each bench is a module with `main() -> int`; a name chooses some of them.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main(wanted: list[str]) -> int:
    """Run the benches named (default: all) one after the other; return 1 if one failed."""
    names = wanted or sorted(entry.name for entry in pkgutil.iter_modules(bench.__path__) if entry.name != "__main__")
    failed = False
    for name in names:
        print(f"== {name}", flush=True)
        failed |= bool(importlib.import_module(f"bench.{name}").main())
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
