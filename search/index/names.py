"""What a query can name: departments, regions, codes, legal documents and projects of this generation.

Kept as one JSON file beside the vectors and matched in memory, so that a name is known without
asking the graph. The longest name wins; a name inside 《》 belongs to the title.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import IndexDamaged
from kg.messages import say
from kg.serialise import to_json
from kg.values.place import Place
from kg.values.vocabularies import NAME_KINDS, NameKind, word_of
from search.index.analyze import fold_width, squeeze
from search.index.read_graph import GraphContent, Name, Printed

FILE = "names.json"
_ENDINGS = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "自治州",
    "自治县",
    "省",
    "市",
    "区",
    "县",
    "旗",
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Names (several where one form names several things) at characters start…end of a query."""

    start: int
    end: int
    names: tuple[Name, ...]


def write_names(folder: Path, content: GraphContent) -> None:
    """Write the names of `content`, and its citations as printed, into `folder`."""
    text = to_json({"names": content.names, "citations": content.citations})
    (folder / FILE).write_text(text, "utf-8")


class Names:
    """The opened names."""

    def __init__(self, names: tuple[Name, ...], citations: tuple[Printed, ...]) -> None:
        self.names = names
        self.citations = citations
        self.by_iri = {name.iri: name for name in names}
        self._forms: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            for form in forms_of(name):
                if name not in self._forms[form]:
                    self._forms[form].append(name)
        self._longest = max((len(form) for form in self._forms), default=0)

    @classmethod
    def open(cls, folder: Path) -> Names:
        """Return the names in `folder`. Raises IndexDamaged."""
        try:
            data = json.loads((folder / FILE).read_text("utf-8"))
            names = tuple(_name(row) for row in data["names"])
            citations = tuple(Printed(**{**row, "source": Place.from_data(row["source"])}) for row in data["citations"])
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexDamaged(say("error.index.unreadable", part=FILE, reason=str(error))) from error
        return cls(names, citations)

    def find(self, text: str) -> list[Mention]:
        """Return the names in `text`, longest first choice from the left, not overlapping."""
        folded = fold_width(text)
        found: list[Mention] = []
        start = 0
        while start < len(folded):
            for end in range(min(len(folded), start + self._longest), start + 1, -1):
                names = self._forms.get(folded[start:end])
                if names:
                    found.append(Mention(start, end, tuple(names)))
                    start = end - 1
                    break
            start += 1
        return found

    def is_common(self, words: str) -> bool:
        """Return whether several departments' names end with `words`, as 财政局: it names none of them."""
        ending = fold_width(words)
        holders = {name.label for name in self.names if name.kind == "department" and ending != fold_width(name.label)}
        return sum(fold_width(label).endswith(ending) for label in holders) > 1

    def called(self, form: str, kind: NameKind | None = None) -> list[Name]:
        """Return what is called exactly `form` (a label, alias, short form, code or IRI)."""
        if form in self.by_iri:
            return [self.by_iri[form]]
        names = self._forms.get(fold_width(form.strip()), [])
        return [name for name in names if kind is None or name.kind == kind]


def _name(row: dict[str, Any]) -> Name:
    return Name(**{**row, "kind": word_of(row["kind"], NAME_KINDS, FILE), "aliases": tuple(row["aliases"])})


def forms_of(name: Name) -> list[str]:
    """Return the forms a query may use for `name`, in folded width, two characters at least."""
    forms = {name.label, *name.aliases}
    if name.kind == "region":
        forms |= {form.removesuffix(ending) for form in forms for ending in _ENDINGS if form.endswith(ending)}
    elif name.kind == "department":
        forms |= _short_departments(forms)
        forms |= _called_for_short(forms)
    elif name.kind == "legal":
        forms = {form.strip("《》") for form in forms} | ({name.code} if name.code else set())
    elif name.kind == "code":
        forms = {name.code or ""}
    elif name.kind == "project":
        forms |= {squeeze(form) for form in forms}
    shortest = 4 if name.kind in ("legal", "project") else 2
    return sorted({fold_width(form.strip()) for form in forms if len(form.strip()) >= shortest})


def _short_departments(forms: set[str]) -> set[str]:
    """Return the names without province and city: 深圳市龙岗区信访局 is 龙岗区信访局 and 龙岗信访局."""
    shorter = set()
    for form in forms:
        rest = form
        for ending in ("省", "市", "州", "区", "县"):
            head, sign, tail = rest.partition(ending)
            if sign and len(head) >= 2 and len(tail) >= 3:
                shorter |= {head + tail, rest}
                rest = tail if len(tail) > 3 and any(mark in tail for mark in "市区县") else rest
                shorter.add(rest)
    return {form for form in shorter if len(form) >= 4}


def _called_for_short(forms: set[str]) -> set[str]:
    """Return the names with the ending of their kind for short, and that ending alone: 普陀商务委, 政数局."""
    found = set()
    for form in forms:
        for ending, short in _short_endings():
            if form.endswith(ending):
                found |= {form.removesuffix(ending) + short, short}
    return found


@cache
def _short_endings() -> tuple[tuple[str, str], ...]:
    text = (files("search.index") / "words" / "short_departments.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((ending, short) for ending, short in rows)
