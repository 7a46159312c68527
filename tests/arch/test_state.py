"""What one part knows of another is an argument or a field: nothing is kept aside or found again by identity."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.arch.test_imports import offenders


def identities(path: Path) -> list[int]:
    """Return the lines that ask for the identity of an object."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "id"
    ]


def kept_lists(path: Path) -> list[str]:
    """Return the names of lists, sets and dictionaries of a module that start empty: they are filled as it runs."""
    empty = ("[]", "{}", "set()", "dict()", "list()")
    return [
        ast.unparse(node)
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and ast.unparse(node.value) in empty
    ]


def test_nothing_is_keyed_by_identity() -> None:
    assert offenders(identities) == {}


def test_no_module_keeps_what_it_found_last() -> None:
    assert offenders(kept_lists) == {}
