"""Tables of domain words shipped with the code, read on first use.

A table is a `.tsv` of this folder: one row a line, tab-separated fields, `#` starts a comment line.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of `<name>.tsv` as tuples of their fields, comments and empty lines left out."""
    lines = (_HERE / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#"))


@cache
def load_words(name: str) -> tuple[str, ...]:
    """Return the first field of each row of `<name>.tsv`, in the order of the file."""
    return tuple(row[0] for row in load_rows(name))


@cache
def load_mapping(name: str) -> dict[str, str]:
    """Return `<name>.tsv` as a mapping from its first field to its second."""
    return {row[0]: row[1] for row in load_rows(name)}
