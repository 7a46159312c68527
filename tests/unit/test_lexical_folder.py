"""The lexical index is opened without a trace in its folder, so a home on a read-only disk is searched."""

from __future__ import annotations

from pathlib import Path

from search.index.lexical import LexicalEntry, LexicalIndex, LexicalQuery, write_lexical


def test_opening_writes_nothing_beside_the_index(tmp_path: Path) -> None:
    write_lexical(tmp_path / "index", [LexicalEntry(row=row, text=text) for row, text in enumerate(("档案", "防汛"))])
    for lock in (tmp_path / "index").glob(".*.lock"):
        lock.unlink()
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()}
    opened = LexicalIndex.open(tmp_path / "index", 2)
    found, _ = opened.search(LexicalQuery(terms=(("汛", 1.0),)), 5)
    assert found.tolist() == [1]
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()} == before
