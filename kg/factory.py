"""Names in the settings -> implementations, each imported only when it is asked for.

A name not in the table may be `module:attribute` itself, so that another package can bring its
own graph, runner, vectors or embedder.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.settings import BadSetting, Settings

if TYPE_CHECKING:
    from kg.process.runner import Runner
    from kg.store.base import GraphReader, GraphWriter

IMPLEMENTATIONS = {
    "graph": {"oxigraph": "kg.store.oxigraph:OxigraphReader"},
    "graph_writer": {"oxigraph": "kg.store.oxigraph:OxigraphWriter"},
    "runner": {
        "serial": "kg.process.serial:open_runner",
        "processes": "kg.process.processes:open_runner",
    },
    "index": {"build": "search.index.build:build_index", "verify": "search.index.build:verify_index"},
    "search": {
        "engine": "search.engine:SearchEngine",
        "request": "search.request:SearchRequest",
        "evaluate": "search.evaluation.evaluate:evaluate",
    },
    "query": {
        "rewriter": "search.sparql.sparql_service:rewriter",
        "functions": "search.sparql.similarity:open_functions",
    },
    "web": {"app": "web.app:create_app"},
}


def implementation(kind: str, name: str) -> Any:
    """Return the object that `name` stands for among the implementations of `kind`.

    Raises BadSetting for a name that is neither in the table nor an importable `module:attribute`.
    """
    known = IMPLEMENTATIONS[kind]
    module, _, attribute = known.get(name, name).partition(":")
    if not attribute:
        raise BadSetting(f"there is no {kind} {name!r}", hint=f"one of {', '.join(known)}")
    try:
        return getattr(import_module(module), attribute)
    except (ModuleNotFoundError, AttributeError) as error:
        raise BadSetting(f"{module}:{attribute} can't be loaded: {error}") from error


def open_graph_reader(engine: str, folder: Path) -> GraphReader:
    """Return a reader of the graph that `engine` keeps in `folder`."""
    reader: GraphReader = implementation("graph", engine).open(folder)
    return reader


def open_graph_writer(engine: str, folder: Path, source: Path | None) -> GraphWriter:
    """Return a writer of a new graph in `folder`, a copy of the published one in `source` if given."""
    writer: GraphWriter = implementation("graph_writer", engine).open(folder, source)
    return writer


def open_runner(settings: Settings) -> Runner:
    """Return the runner the settings name, to be closed."""
    runner: Runner = implementation("runner", settings.runner)(settings)
    return runner
