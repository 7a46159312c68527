"""Every number with a name has its reason beside it: a string below it, or a comment on its line or above it."""

from __future__ import annotations

import ast
from itertools import zip_longest
from pathlib import Path

from tests.shared import ROOT

LAYERS = ("kg", "search", "web", "suyuan")


def bare_constants(path: Path) -> list[str]:
    """Return the module's numeric constants that nothing is said of: `file:line NAME`."""
    source = path.read_text("utf-8")
    lines = source.splitlines()
    body = ast.parse(source).body
    found = []
    for statement, following in zip_longest(body, body[1:]):
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or not _is_numeric(statement.value):
            continue
        told = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
        commented = any("#" in lines[at] for at in range(max(0, statement.lineno - 2), statement.end_lineno or 0))
        if not told and not commented:
            name = ast.unparse(statement.targets[0] if isinstance(statement, ast.Assign) else statement.target)
            found.append(f"{path.relative_to(ROOT)}:{statement.lineno} {name}")
    return found


def _is_numeric(value: ast.expr | None) -> bool:
    """Whether a value is a number, a product of numbers or a tuple of them."""
    if isinstance(value, ast.Tuple):
        return bool(value.elts) and all(map(_is_numeric, value.elts))
    if isinstance(value, ast.BinOp):
        return _is_numeric(value.left) and _is_numeric(value.right)
    if isinstance(value, ast.UnaryOp):
        return _is_numeric(value.operand)
    return (
        isinstance(value, ast.Constant) and isinstance(value.value, int | float) and not isinstance(value.value, bool)
    )


def test_every_numeric_constant_says_why() -> None:
    modules = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]
    assert len(modules) > 200
    assert [line for path in modules for line in bare_constants(path)] == []
