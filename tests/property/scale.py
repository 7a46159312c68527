"""Amounts scaled: every sum of money of a document by one factor, in its tables and in its prose.

A power of ten below one moves the printed precision along, so that even rounding stays what it was.
"""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random

from tests.property.altering import Altered, Change
from tests.property.sheets import NUMBER, is_column_numbers, is_number

FACTORS = tuple(Decimal(factor) for factor in ("2", "3", "7", "10", "1.5", "0.1", "0.01"))
PROSE = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(\s*(?:万元|元))(?!以上)")
MEASURE = re.compile(r"^(?:台|套|项|辆|件|个|批|次|台（套）|辆/年)$")


def scale_amounts(text: str, dice: Random) -> Altered:
    """Multiply every amount by one factor; counts, shares, codes and thresholds stay."""
    factor = dice.choice(FACTORS)
    lines = text.split("\n")
    scaled = []
    for number, line in enumerate(lines):
        if "\t" not in line:
            line = PROSE.sub(lambda found: _times(found[1], factor) + found[2], line)
        elif line.count("\t") == 1 and line.startswith("\t"):
            line = _lone_cell(line, lines[number - 1], factor)
        else:
            line = _row(line, factor)
        scaled.append(line)
    return Altered(text="\n".join(scaled), change=Change(factor=factor))


def _row(line: str, factor: Decimal) -> str:
    cells = line.split("\t")
    if is_column_numbers(cells):
        return line
    return "\t".join(
        _times(cell, factor) if is_number(cell) and _is_money(cells, column) else cell
        for column, cell in enumerate(cells)
    )


def _is_money(cells: list[str], column: int) -> bool:
    """A number is a code or a serial number if only empty cells precede it and a name follows."""
    after = cells[column + 1].strip() if column + 1 < len(cells) else ""
    if MEASURE.match(after):
        return False
    name_follows = after != "" and not is_number(after)
    return not name_follows or any(cell.strip() for cell in cells[:column])


def _lone_cell(line: str, above: str, factor: Decimal) -> str:
    """Scale a row's cell that has a line of its own: money has decimals or at least five digits."""
    cell = line.strip()
    if not is_number(cell) or MEASURE.match(above.strip()):
        return line
    return "\t" + _times(cell, factor) if "." in cell or len(cell) >= 5 else line


def _times(printed: str, factor: Decimal) -> str:
    found = NUMBER.search(printed)
    assert found is not None
    value = Decimal(found[0].replace(",", "")) * factor
    text = f"{value:,f}" if "," in found[0] else f"{value:f}"
    return printed[: found.start()] + text + printed[found.end() :]
