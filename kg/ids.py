"""Deterministic, readable IRIs: from what a thing is called, or from what was read and where.

In: names, codes and places. Out: Iri terms under `<base>id/`. Names stay in Chinese. Widths of
ASCII forms and blanks between Chinese characters don't tell two things apart, so they are folded;
a delimiter of IRIs inside a name becomes its full-width twin (a slash is then never taken for a
step of the path, however often a client decodes it), and only what is left of the characters
that RFC 3987 forbids is percent-encoded.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from kg.rdf import Iri

BASE = "https://w3id.org/suyuan/"
SCHEMES = {"function": "function", "economic": "economic", "government_economic": "government-economic"}

# U+FF01 to U+FF5E stand 0xFEE0 above the ASCII characters they widen
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE = {ord(mark): ord(mark) + 0xFEE0 for mark in '/?#[]%<>"{}|\\^`'}
_BLANKS = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")
# Controls, blanks, surrogates, bidirectional marks and private use: outside ucschar of RFC 3987 §2.2.
_FORBIDDEN = re.compile(
    r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff"
    + "".join(f"\\U{plane:04x}fffe-\\U{plane:04x}ffff" for plane in range(1, 15))
    + r"\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


@lru_cache(maxsize=1 << 16)
def fold_name(name: str) -> str:
    """Return a name with ASCII forms narrow and without blanks beside Chinese characters.

    >>> fold_name("区信访大厅（区维稳中心） 管理事务")
    '区信访大厅(区维稳中心)管理事务'
    """
    return _BLANKS.sub("", re.sub(r"\s+", " ", name.strip()).translate(_NARROW))


@lru_cache(maxsize=1 << 16)
def encode_segment(name: str) -> str:
    """Return one step of an IRI's path for `name`; different folded names give different steps.

    >>> encode_segment("培训/会议 费"), encode_segment("Web 2.0"), encode_segment("")
    ('培训／会议费', 'Web%202.0', '_')
    """
    folded = fold_name(name)
    if folded in {"", "_", ".", ".."}:
        return {"": "_", "_": "＿", ".": "．", "..": "．．"}[folded]
    return _FORBIDDEN.sub(_percent, folded.translate(_WIDE))


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Ids:
    """Makes the IRIs of one installation. `base` ends with a slash."""

    base: str = BASE

    def of(self, kind: str, *names: str) -> Iri:
        """Return `<base>id/<kind>/<name>/…`.

        >>> Ids().of("project", "某局", "2020", "备用金").value
        'https://w3id.org/suyuan/id/project/某局/2020/备用金'
        """
        return Iri("/".join((f"{self.base}id", kind, *map(encode_segment, names))))

    def hashed(self, kind: str, *parts: object) -> Iri:
        """Return `<base>id/<kind>/<16 hex>` for content that has no name; None and "" differ."""
        key = "\x1f".join("\x00" if part is None else str(part) for part in parts)
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return Iri(f"{self.base}id/{kind}/{digest[:16]}")

    def document(self, sha256: str) -> Iri:
        """Return the IRI of the document with these bytes."""
        return self.of("document", sha256[:16])

    def document_graph(self, sha256: str) -> Iri:
        """Return the name of the graph that holds everything read from it: its own IRI."""
        return self.document(sha256)

    def code_graph(self, scheme: str) -> Iri:
        """Return the name of the graph of one code list (`function`, …)."""
        return self.of("graph", "codes", SCHEMES.get(scheme, scheme))

    @property
    def resolution_graph(self) -> Iri:
        """The name of the graph that links documents with each other."""
        return self.of("graph", "resolution")

    def curated_graph(self, path: str) -> Iri:
        """Return the name of a graph that curators write, not those who read documents.

        >>> Ids().curated_graph("reviews/2020").value
        'https://w3id.org/suyuan/id/graph/curated/reviews/2020'
        """
        return Iri(f"{self.base}id/graph/curated/{path}")

    def is_curated(self, graph: str) -> bool:
        """Return whether curators may write a graph: one with such a name, or with an IRI that isn't ours."""
        return graph.startswith(self.curated_graph("").value) or not graph.startswith(self.base)

    def code(self, scheme: str, code: str) -> Iri:
        """Return the concept of a code; `scheme` is `function`, `economic` or `government_economic`."""
        return self.of("code", SCHEMES.get(scheme, scheme), code)

    def from_path(self, path: str) -> Iri:
        """Return the IRI that a request path `id/…` means, percent-encoded or not.

        >>> Ids().from_path("/id/department/%E6%9F%90%E5%B1%80").value
        'https://w3id.org/suyuan/id/department/某局'
        """
        steps = [step if step == "_" else encode_segment(unquote(step)) for step in path.strip("/").split("/")]
        return Iri(self.base + "/".join(steps))
