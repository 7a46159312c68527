"""The lexical leg: BM25 in tantivy, on disk, over characters, pairs of characters and whole Latin words.

One analysed field holds a passage with its context (department, year, section, project), which
lifts BM25 on these documents; `row` finds the passage, `facet` holds marks that a filter asks for.
Terms are cut by search.index.analyze, so the engine only splits at blanks.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import IndexDamaged
from kg.messages import say
from search.index.analyze import to_terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

HEAP = 128_000_000  # bytes the writer may hold before it writes a segment
_LOCK = ".lock"
PART = 1_000  # rows asked for in one query: a Boolean query grows with them


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalEntry:
    """What the engine keeps of a passage: its row, its text with context, its facet marks."""

    row: int
    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalQuery:
    """Weighted terms to look for, and groups of facet marks that must hold (one of each group)."""

    terms: tuple[tuple[str, float], ...]
    marks: tuple[tuple[str, ...], ...] = ()

    def restricted(self, marks: tuple[tuple[str, ...], ...]) -> LexicalQuery:
        """Return the query with the groups of `marks` asked for."""
        return LexicalQuery(terms=self.terms, marks=marks)


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("facet", tokenizer_name="whitespace", index_option="basic")
    builder.add_unsigned_field("row", indexed=True, fast=True)
    return builder.build()


def write_lexical(folder: Path, entries: Iterable[LexicalEntry]) -> None:
    """Write the engine's files for `entries` into `folder`, one segment where the engine can merge to one."""
    import tantivy

    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=HEAP, num_threads=1)
    for entry in entries:
        document = tantivy.Document()
        document.add_text("text", " ".join(to_terms(entry.text)))
        document.add_text("facet", " ".join(entry.marks))
        document.add_unsigned("row", entry.row)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class LexicalIndex:
    """The opened engine. Answers from several threads at once."""

    def __init__(self, index: Any) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path, size: int) -> LexicalIndex:
        """Return the engine over `folder`. Raises IndexDamaged: missing, broken or of another size."""
        import tantivy

        try:
            # The engine puts a lock file beside what it opens, and a reader writes nothing into a home, which may be
            # on a read-only disk: it gets links to the files in a folder of its own, and holds them open from there.
            with tempfile.TemporaryDirectory(prefix="suyuan-lexical-") as beside:
                for file in (each for each in folder.iterdir() if each.suffix != _LOCK):
                    Path(beside, file.name).symlink_to(file.absolute())
                found = cls(tantivy.Index.open(beside))
            held = found._searcher.num_docs
        except (ValueError, OSError) as error:
            raise IndexDamaged(say("error.index.unreadable", part="lexical", reason=str(error))) from error
        if held != size:
            raise IndexDamaged(say("error.index.rows", part="lexical", found=held, expected=size))
        return found

    def search(self, query: LexicalQuery, count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the `count` best rows and their BM25 scores, best first, ties by row."""
        return self._run(self._parts(query), count)

    def matching(
        self,
        terms: Sequence[str],
        share: float,
        marks: tuple[tuple[str, ...], ...] = (),
        count: int | None = None,
    ) -> Rows:
        """Return the rows that hold at least one and a `share` of those `terms` that any passage holds, ascending.

        `count` of them at most, the best; all where it is None.
        """
        import numpy as np
        import tantivy

        held = [term for term in terms if self._searcher.doc_freq("text", term)]
        if not held:
            return np.zeros(0, dtype=np.int64)
        among = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._weighted(term, 1.0)) for term in held],
            minimum_number_should_match=max(1, math.ceil(share * len(held))),
        )
        most = self._searcher.num_docs if count is None else count
        return np.sort(self._run([among, *self._marked(marks)], most)[0])

    def scores(self, query: LexicalQuery, rows: Sequence[int]) -> dict[int, float]:
        """Return the BM25 scores of `rows`; rows that hold no term are left out."""
        import tantivy

        found: dict[int, float] = {}
        for start in range(0, len(rows), PART):
            part = [int(row) for row in rows[start : start + PART]]
            # A term query for each row: a term set would walk the whole dictionary of rows.
            among = tantivy.Query.boolean_query(
                [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "row", row)) for row in part]
            )
            numbers, scores = self._run([*self._parts(query), self._silent(among)], len(part))
            found |= dict(zip(numbers.tolist(), scores.tolist(), strict=True))
        return found

    def _parts(self, query: LexicalQuery) -> list[Any]:
        import tantivy

        should = [(tantivy.Occur.Should, self._weighted(term, weight)) for term, weight in query.terms]
        terms = tantivy.Query.boolean_query(should) if should else tantivy.Query.empty_query()
        return [terms, *self._marked(query.marks)]

    def _marked(self, marks: tuple[tuple[str, ...], ...]) -> list[Any]:
        import tantivy

        return [self._silent(tantivy.Query.term_set_query(self._schema, "facet", list(group))) for group in marks]

    def _weighted(self, term: str, weight: float) -> Any:
        import tantivy

        query = tantivy.Query.term_query(self._schema, "text", term, index_option="freq")
        return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)

    def _silent(self, query: Any) -> Any:
        import tantivy

        return tantivy.Query.const_score_query(query, 0.0)

    def _run(self, parts: list[Any], count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        import numpy as np
        import tantivy

        query = (
            parts[0] if len(parts) == 1 else tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
        )
        if count < 1:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        hits = self._searcher.search(query, limit=count, count=False).hits
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        addresses = [address for _, address in hits]
        rows = np.array(self._rows(addresses), dtype=np.int64)
        order = np.lexsort((rows, -scores))
        return rows[order], scores[order]

    def _rows(self, addresses: list[Any]) -> list[int]:
        return [int(row) for row in self._searcher.fast_field_values("row", addresses)] if addresses else []
