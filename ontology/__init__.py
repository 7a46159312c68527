"""The vocabulary, the shapes, the code lists and the named queries (kg.store.queries), as files of this package.

Functions give paths and texts; parsing them is the reader's business (rdflib, an engine), so that
importing this package costs nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

_HERE = Path(__file__).parent
CODE_SCHEMES = ("function", "economic", "government-economic")


def vocabulary_path() -> Path:
    """Return the file of the vocabulary (Turtle)."""
    return _HERE / "budget.ttl"


def shapes_path() -> Path:
    """Return the file of the SHACL shapes (Turtle)."""
    return _HERE / "shapes.ttl"


def sums_path() -> Path:
    """Return the file of the sum rules (SHACL with SPARQL constraints, Turtle)."""
    return _HERE / "sums.ttl"


def context_path() -> Path:
    """Return the file of the JSON-LD context."""
    return _HERE / "context.jsonld"


def documentation_path() -> Path:
    """Return the documentation of the vocabulary (Markdown)."""
    return _HERE / "README.md"


def code_scheme_path(scheme: str) -> Path:
    """Return the file of a code list. Raises ValueError for a name that isn't in CODE_SCHEMES."""
    if scheme not in CODE_SCHEMES:
        raise ValueError(f"there is no code list {scheme!r}")
    return _HERE / "codes" / f"{scheme}.ttl"


def topics_path() -> Path:
    """Return the file of the topics (what means the same in every table and text)."""
    return _HERE / "codes" / "topics.ttl"


def competency_paths() -> tuple[Path, ...]:
    """Return the competency questions in the order of their names."""
    return tuple(sorted((_HERE / "competency").glob("CQ*.rq")))


def load_vocabulary() -> Graph:
    """Return the vocabulary as an rdflib graph."""
    return _load(vocabulary_path())


def load_shapes() -> Graph:
    """Return the shapes as an rdflib graph."""
    return _load(shapes_path())


def load_code_scheme(scheme: str) -> Graph:
    """Return a code list as an rdflib graph. Raises ValueError for an unknown name."""
    return _load(code_scheme_path(scheme))


def load_topics() -> Graph:
    """Return the topics as an rdflib graph."""
    return _load(topics_path())


def _load(path: Path) -> Graph:
    from rdflib import Graph

    return Graph().parse(path, format="turtle")
