"""Throw departments of real places on made-up covers and count how many are named and placed rightly.

    python -m bench.names [COUNT] [SEED] [--failing]     (default 1000 names, seed 0)

Prints the share with department and region right, all in all and by sort of name and by layout; `--failing` lists the
others. Exit status 1 if any is wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from random import Random

from kg.extract.identity.document import find_identity
from kg.read.plain.reader import read_text
from tests.property.names import KINDS, LAYOUTS, document, throw_name


def main(arguments: list[str] | None = None) -> int:
    """Throw the names and report; return the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    count, seed = (*numbers, *(1000, 0)[len(numbers) :])
    dice = Random(seed)
    thrown: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for number in range(count):
        named, layout = throw_name(dice), number % LAYOUTS
        year, kind = dice.randint(2016, 2027), dice.choice(KINDS)
        found = find_identity(read_text(document(named, year, kind, layout, dice).encode(), file="cover.txt"))
        fields = {
            "department": found.department == named.department,
            "region": found.region.code == named.region,
            "year": found.fiscal_year == year,
            "kind": found.kind == kind,
        }
        groups = ("all", f"sort {named.sort}", f"layout {layout}")
        thrown.update(groups)
        if fields["department"] and fields["region"]:
            right.update(groups)
        right.update(name for name, held in fields.items() if held)
        if not all(fields.values()) and "--failing" in arguments:
            print(
                f"{named.sort}, layout {layout}: {named.department} {named.region} {year} {kind}"
                f" -> {found.department} {found.region.code} {found.fiscal_year} {found.kind} 「{found.title}」"
            )
    for field in ("department", "region", "year", "kind"):
        print(f"{field:22} {right[field]} of {count}")
    for group in sorted(thrown):
        print(f"{group:22} {right[group]} of {thrown[group]}  {right[group] / thrown[group]:.3f}")
    return 0 if right["all"] == count else 1


if __name__ == "__main__":
    sys.exit(main())
