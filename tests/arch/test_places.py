"""A place is spelled once: no query and no module but its own names the properties or lists the parts of one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from kg.values.place import PREDICATES
from tests.arch.imports import LAYERS, modules
from tests.shared import ROOT

OWNER = "kg/values/place.py"
LOADER = "kg/store/queries.py"
# bud:section and bud:tableTitle are said of other things than places as well.
SPELLED = re.compile("|".join(rf"{PREDICATES[name]}\b" for name in ("page", "line", "col", "row", "box")))


def queries() -> list[Path]:
    found = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.rq"))]
    return [path for path in found if path.parent.name == "queries"]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code(path: Path) -> str:
    """The module without its docstrings and comments."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            node.body = [each for each in node.body if not is_text(each)] or [ast.Pass()]
    return ast.unparse(tree)


def is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def test_no_query_spells_a_place() -> None:
    assert len(queries()) > 40
    assert [relative(path) for path in queries() if SPELLED.search(path.read_text("utf-8"))] == []
    assert sum("#place" in path.read_text("utf-8") for path in queries()) >= 10


def test_one_module_names_the_properties_of_a_place() -> None:
    assert [relative(path) for path in modules().values() if SPELLED.search(code(path))] == [OWNER]


def test_one_function_reads_queries_from_files() -> None:
    named = re.compile(r"\{\w+\}\.rq")
    assert [relative(path) for path in modules().values() if named.search(code(path))] == [LOADER]


def test_no_module_lists_the_parts_of_a_place() -> None:
    listed = re.compile(r"""['"]page['"], ?['"]line['"]|['"]line['"], ?['"]row['"]""")
    assert [relative(path) for path in modules().values() if listed.search(code(path))] == [OWNER]
