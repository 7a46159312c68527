"""The modules of the project and what each names of the others, by import or by string."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.shared import ROOT

LAYERS = ("ontology", "kg", "search", "web", "suyuan")


@cache
def modules() -> Mapping[str, Path]:
    """Return dotted name -> file of every module."""
    paths = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"))


def imported(node: ast.AST) -> Iterator[str]:
    """Yield the modules one import statement names: the module itself where `from package import module` does."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            yield whole if whole in modules() else node.module


def strings(tree: ast.Module) -> Iterator[str]:
    """Yield every string of a module but its docstrings."""
    spoken = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield node.value


def module_named(text: str) -> str | None:
    """Return the module of ours that a string such as `kg.store.oxigraph:ENGINE` names, None if it names none."""
    name = text.partition(":")[0]
    while name and name not in modules():
        name = name.rpartition(".")[0]
    return name if "." in name else None


def is_for_types(node: ast.AST) -> bool:
    """Tell whether a statement is `if TYPE_CHECKING:`, which never runs."""
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def named(path: Path) -> set[str]:
    """Return the other modules of ours that a file names, in imports (those for types alone too) or strings."""
    return imports_of(path) | _others(path, {name for text in strings(parsed(path)) if (name := module_named(text))})


def imports_of(path: Path) -> set[str]:
    """Return the other modules of ours that a file imports, those for types alone too."""
    return _others(path, {name for node in ast.walk(parsed(path)) for name in imported(node)})


def running(path: Path) -> set[str]:
    """Return the other modules of ours that a file imports when it is loaded or later, those for types left out.

    What a registry names in a string is bound late, by design: it imports what is registered, which knows the seam.
    """
    found: set[str] = set()
    pending: list[ast.AST] = list(parsed(path).body)
    while pending:
        node = pending.pop()
        if not is_for_types(node):
            found.update(imported(node))
            pending.extend(ast.iter_child_nodes(node))
    return _others(path, found)


def _others(path: Path, names: set[str]) -> set[str]:
    return {name for name in names if name in modules() and modules()[name] != path}


def circles(arrows: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """Return the sets of names that lead back to each other, sorted (those strongly connected)."""
    ahead = {name: reached(name, arrows) for name in arrows}
    found = {
        tuple(sorted({name, *(other for other in ahead[name] if name in ahead.get(other, ()))}))
        for name in arrows
        if name in ahead[name]
    }
    return sorted(found)


def reached(start: str, arrows: Mapping[str, set[str]]) -> set[str]:
    """Return every name that arrows lead to from `start`; itself only if one leads back."""
    seen: set[str] = set()
    pending = [start]
    while pending:
        for name in arrows.get(pending.pop(), ()):
            if name not in seen:
                seen.add(name)
                pending.append(name)
    return seen
