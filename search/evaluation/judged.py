"""Judged queries: what people ask, and the spans of documents that answer it."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import BadSearch
from kg.messages import say
from kg.read.plain.markup import strip_markup

_MARKS = re.compile(r"[\s,，。.;；:：、“”\"'‘’（）()\[\]〔〕【】《》<>]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A span that answers a query; `grade` 3 answers it, 2 helps, 1 touches it."""

    file: str
    span: str
    grade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    id: str
    text: str
    language: str
    kind: str
    targets: tuple[Target, ...]


def load_queries(path: Path) -> tuple[Judged, ...]:
    """Return the judged queries of a file or of every queries*.jsonl in a folder. Raises BadSearch: none."""
    paths = sorted(path.glob("queries*.jsonl")) if path.is_dir() else [path]
    texts = [one.read_text("utf-8") for one in paths if one.is_file()]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    if not lines:
        raise BadSearch(say("error.search.judged", path=str(path)))
    return tuple(_judged(json.loads(line)) for line in lines)


def _judged(data: dict[str, Any]) -> Judged:
    targets = tuple(Target(file=one["file"], span=one["span"], grade=int(one["grade"])) for one in data["targets"])
    return Judged(id=data["id"], text=data["query"], language=data["lang"], kind=data["type"], targets=targets)


def plain(text: str) -> str:
    """Return `text` as spans are compared: NFKC, without blanks and punctuation."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", strip_markup(text)))


def holds(text: str, span: str) -> bool:
    """Return whether a hit's text holds a span, or is at least half of it."""
    text, span = plain(text), plain(span)
    return bool(text) and (span in text or (text in span and len(text) >= len(span) / 2))
