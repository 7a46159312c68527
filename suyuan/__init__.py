"""溯源 Suyuan: a knowledge graph and search service over Chinese government budgets – why was this money given?

    import suyuan

    with suyuan.open("budgets") as home:
        home.ingest("data/documents")
        print(home.search("方便群众反映诉求的项目").hits[0].text)

The public API is what `__all__` names (docs/python.md). The package is the only one that knows all the
others: command line, pipeline and wiring. Importing it loads nothing heavy.
"""

from __future__ import annotations

from kg.errors import SuyuanError
from kg.settings import Settings
from suyuan.home import Home
from suyuan.home import open_home as open
from suyuan.reading import extract

__all__ = ["Home", "Settings", "SuyuanError", "extract", "open"]
