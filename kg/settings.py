"""One frozen Settings: every limit, path and choice, read from `SUYUAN_*` at the edge and passed down.

Nothing else reads the environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from kg.errors import SuyuanError
from kg.messages import say

PREFIX = "SUYUAN_"
MEBIBYTE = 1024 * 1024  # bytes: what sizes are set in


class BadSetting(SuyuanError):
    """A `SUYUAN_…` variable holds something that isn't a value of its kind."""

    code = "bad_setting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default; the name in the environment is the field's in capitals.

    Sizes are in MiB, times in seconds unless the name says otherwise.
    """

    home: Path = Path(".suyuan")
    base_iri: str = "https://w3id.org/suyuan/"
    keep_generations: int = 3

    runner: str = "processes"
    workers: int = 0  # 0: one a core

    read_timeout: float = 600.0
    read_memory: int = 2048
    read_max_bytes: int = 256
    read_max_pages: int = 5000
    read_max_unpacked: int = 512

    graph: str = "oxigraph"
    query_timeout: float = 30.0
    query_memory: int = 1024
    query_max_rows: int = 100_000
    query_max_bytes: int = 64
    query_workers: int = 2
    query_at_once: int = 6
    query_share: int = 3
    query_queue: int = 16

    model: str = "multilingual-e5-small"
    vectors: str = "faiss"
    search_max_query: int = 1000
    search_max_limit: int = 100

    language: str = "zh"
    threads: int = 8
    trusted_proxy: str = ""
    write_token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Return the settings with every `SUYUAN_…` of `environ` (default: the process's) applied.

        Raises BadSetting for a value of the wrong kind; unknown names are ignored.
        """
        environ = os.environ if environ is None else environ
        chosen: dict[str, object] = {}
        for entry in fields(cls):
            text = environ.get(PREFIX + entry.name.upper())
            if text is not None:
                chosen[entry.name] = _parse(entry.name, text, type(entry.default))
        return cls(**chosen)  # type: ignore[arg-type]


def _parse(name: str, text: str, kind: type) -> object:
    if kind is int or kind is float:
        try:
            number = kind(text)
        except ValueError as error:
            raise BadSetting(say("error.setting.number", name=f"{PREFIX}{name.upper()}", text=text)) from error
        if number < 0:
            raise BadSetting(say("error.setting.negative", name=f"{PREFIX}{name.upper()}", text=text))
        return number
    return Path(text) if issubclass(kind, Path) else text
