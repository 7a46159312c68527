"""Alter the source documents at random and count whose facts followed: the proof of generality, at length.

Usage: python bench/generality.py [COPIES] [SEED]     (default 1000 copies)

Prints how many altered copies were made, how many kept every fact, and each fact that strayed.
Exit status 1 if any did.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.property.generality import NAMES, find_documents, find_strays

MOST = 6


def main(copies: int, seed: int) -> int:
    """Alter `copies` times and report; return the exit status."""
    dice, started = Random(seed), time.perf_counter()
    kept, used = 0, Counter[str]()
    for number in range(copies):
        path = dice.choice(find_documents())
        names = tuple(sorted(dice.sample(sorted(NAMES), dice.randint(1, MOST))))
        strays = find_strays(path, names, seed + number)
        used.update(names)
        kept += not strays
        if strays:
            print(f"{path.name} {','.join(names)} seed {seed + number}: {len(strays)} facts strayed")
            for stray in strays[:4]:
                print(f"    {stray[:240]}")
    print(f"{copies} altered copies, {kept} kept every fact, in {time.perf_counter() - started:.0f} s")
    for name, count in sorted(used.items()):
        print(f"    {name:28} {count}")
    return 0 if kept == copies else 1


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:3]]
    sys.exit(main(*(numbers + [1000, 0][len(numbers) :])))
