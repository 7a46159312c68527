"""What search costs at 10 thousand, 100 thousand and a million passages.

    python -m bench.search [--sizes 10000,100000,1000000] [--home FOLDER] [--keep FOLDER]

Vectors are drawn around those of real passages, learned terms likewise, texts are shuffled clauses of them
(taken from a generation: --home, or SUYUAN_HOME). Printed for each size: time to build, disk, memory, time to
open, p50 and p95 of each leg and of the whole search without the query's embedding, unfiltered and
with filters that leave 1, 10 and 50 %, recall@10 of the chosen FAISS index against exact search;
and how cost grows with size, as the slope of log time over log size.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg.settings import Settings
from kg.store.generations import Home
from kg.values.place import Place
from search.engine import SearchEngine
from search.facets.catalogue import Filters
from search.facets.columns import write_facets
from search.facets.facet import Label
from search.index.layout import LEXICAL, IndexContents, write_manifest
from search.index.lexical import LexicalEntry, LexicalQuery, write_lexical
from search.index.names import write_names
from search.index.near_copies import find_twins
from search.index.opened import OpenIndex
from search.index.passages import Passage, write_passages
from search.index.read_graph import GraphContent
from search.index.sparse import write_lists
from search.index.vectors import write_vectors
from search.request import SearchRequest
from search.response import DocumentRef

QUERIES = 120
NOISE = 0.35
SHARES = {"one": 0.01, "ten": 0.10, "half": 0.50}


class Drawn:
    """Passages and queries drawn around those of a real index."""

    def __init__(self, folder: Path) -> None:
        with OpenIndex.open(folder) as index:
            assert index.vectors is not None
            assert index.sparse is not None
            size = index.size
            self.texts = [passage.text for passage in index.passages.get(range(size))]
            self.vectors = np.array(index.vectors.vectors(np.arange(size)), dtype=np.float32)
            self.terms = _rows_of(folder, size)
            self.dimension = int(index.contents.sparse_dimension)
        self.mean = self.vectors.mean(axis=0)
        self.spread = float(np.linalg.norm(self.vectors - self.mean, axis=1).mean())
        self.clauses = [part for text in self.texts for part in re.findall(r"[^，。；;\t]{4,24}", text)]

    def around(self, picks: np.ndarray, seed: int) -> np.ndarray:
        """Return unit vectors near the picked real ones: NOISE of their distance to the mean away."""
        random = np.random.default_rng(seed)
        step = NOISE * self.spread / math.sqrt(self.vectors.shape[1])
        drawn = self.vectors[picks] + step * random.standard_normal(
            (len(picks), self.vectors.shape[1]), dtype=np.float32
        )
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        return drawn.astype(np.float32)

    def text(self, random: np.random.Generator) -> str:
        """Return a passage of shuffled clauses."""
        return "，".join(self.clauses[place] for place in random.integers(0, len(self.clauses), random.integers(2, 6)))


class Prepared:
    """An embedder that knows its queries' vectors already: the model's time is left out."""

    name, dimension = "multilingual-e5-small", 384

    def __init__(self, drawn: Drawn) -> None:
        self.sparse_dimension = drawn.dimension
        self.dense: dict[str, np.ndarray] = {}
        self.terms: dict[str, Any] = {}

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.dense[text] for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        return self.embed_queries(texts)

    def sparse_terms(self, texts: Sequence[str]) -> list[Any]:
        return [self.terms[text] for text in texts]


def _rows_of(folder: Path, size: int) -> list[tuple[np.ndarray, np.ndarray]]:
    names = ("offsets", "rows", "weights", "scales")
    offsets, rows, weights, scales = (np.load(folder / f"sparse-{name}.npy") for name in names)
    terms = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
    values = weights.astype(np.float32) * scales[terms]
    order = np.argsort(rows, kind="stable")
    cuts = np.cumsum(np.bincount(rows, minlength=size))[:-1]
    return list(zip(np.split(terms[order], cuts), np.split(values[order], cuts), strict=True))


def build(folder: Path, drawn: Drawn, size: int) -> dict[str, float]:
    """Write an index of `size` drawn passages and return seconds by step."""
    random = np.random.default_rng(1)
    picks = random.integers(0, len(drawn.texts), size)
    documents = [
        DocumentRef(
            iri=f"urn:document:{n}",
            file=f"{n}.txt",
            sha256="",
            title="",
            department=f"部门{n % 300}",
            year=2000 + n % 25,
        )
        for n in range(max(1, size // 500))
    ]
    passages = [
        Passage(
            row=row,
            iri=f"urn:passage:{row}",
            text=drawn.text(random),
            kind="goal",
            context=documents[row * len(documents) // size].department,
            document=row * len(documents) // size,
            source=Place(line=row),
        )
        for row in range(size)
    ]
    steps: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = work()
        steps[name] = time.perf_counter() - start
        return result

    timed("passages", lambda: write_passages(folder, documents, passages))
    write_names(folder, GraphContent(documents=(), passages=(), entities={}, regions={}, names=(), citations=()))
    marks = {
        "year": [(row, Label(value=str(documents[p.document].year), label="")) for row, p in enumerate(passages)],
        "department": [
            (row, Label(value=documents[p.document].department, label="")) for row, p in enumerate(passages)
        ],
        "kind": [
            (row, Label(value=name, label=""))
            for name, share in SHARES.items()
            for row in np.flatnonzero(random.random(size) < share).tolist()
        ],
    }
    twins = timed("near-copies", lambda: find_twins([(p.document, p.text) for p in passages]))
    numbers = timed("facets", lambda: write_facets(folder, size, marks, np.full(size, np.nan), twins))
    of_row: list[list[str]] = [[] for _ in passages]
    for name, values in marks.items():
        for row, label in values:
            of_row[row].append(f"{name}:{numbers[name][label.value]}")
    timed(
        "lexical",
        lambda: write_lexical(
            folder / LEXICAL,
            (LexicalEntry(row=p.row, text=f"{p.context}\n{p.text}", marks=tuple(of_row[p.row])) for p in passages),
        ),
    )
    dense = drawn.around(picks, seed=2)
    np.save(folder / "exact.tmp.npy", dense)
    details = timed("vectors", lambda: write_vectors("faiss", folder, dense))
    timed("learned terms", lambda: _write_terms(folder, drawn, picks))
    exact = (folder / "exact.tmp.npy").rename(folder.parent / f"{folder.name}-exact.npy")
    assert exact.is_file()
    write_manifest(
        folder,
        IndexContents(
            passages=size,
            documents=len(documents),
            model=Prepared.name,
            dimension=384,
            sparse_dimension=drawn.dimension,
            vectors=details,
            vector_index="faiss",
        ),
    )
    return steps


def _write_terms(folder: Path, drawn: Drawn, picks: np.ndarray) -> None:
    """Write learned terms: a real passage's own, three in ten left out, weights shaken by a fifth."""
    random = np.random.default_rng(3)
    lengths = np.array([len(row[0]) for row in drawn.terms])
    owners = np.repeat(np.arange(len(picks), dtype=np.int32), lengths[picks])
    terms = np.concatenate([drawn.terms[pick][0] for pick in picks])
    weights = np.concatenate([drawn.terms[pick][1] for pick in picks])
    kept = random.random(len(terms), dtype=np.float32) > 0.3
    owners, terms, weights = owners[kept], terms[kept], weights[kept]
    weights *= 0.8 + 0.4 * random.random(len(weights), dtype=np.float32)
    write_lists(folder, terms, owners, weights, drawn.dimension)


def measure(folder: Path, drawn: Drawn, size: int) -> dict[str, Any]:
    """Open the index in this process and return every figure of it."""
    start = time.perf_counter()

    class At:
        number, index_path = 1, folder

    prepared = Prepared(drawn)
    engine = SearchEngine.open(At(), Settings(), prepared)
    opened = time.perf_counter() - start
    random = np.random.default_rng(9)
    picks = random.integers(0, len(drawn.texts), QUERIES)
    vectors = drawn.around(picks, seed=10)
    texts = []
    for place, pick in enumerate(picks.tolist()):
        text = f"{drawn.clauses[random.integers(0, len(drawn.clauses))]} {place}"
        texts.append(text)
        prepared.dense[text], prepared.terms[text] = vectors[place], drawn.terms[pick]
    index = engine.index
    assert index.vectors is not None
    assert index.sparse is not None
    for text in texts[:10]:
        engine.search(SearchRequest(text=text, raw=True))
    figures: dict[str, Any] = {"open s": round(opened, 3)}
    from search.index.analyze import to_terms

    queries = [LexicalQuery(terms=tuple(dict.fromkeys((term, 1.0) for term in to_terms(text)))) for text in texts]
    figures["dense ms"] = _times([lambda v=v: index.vectors.search(v, 300) for v in vectors])
    figures["sparse ms"] = _times([lambda t=t: index.sparse.scores(prepared.terms[t]) for t in texts])
    figures["lexical ms"] = _times([lambda q=q: index.lexical.search(q, 300) for q in queries])
    figures["fused ms"] = _times([lambda t=t: engine.search(SearchRequest(text=t, raw=True)) for t in texts])
    for name, share in SHARES.items():
        filters = Filters(kind=(name,))
        figures[f"fused {share:.0%} ms"] = _times(
            [lambda t=t, f=filters: engine.search(SearchRequest(text=t, raw=True, filters=f)) for t in texts]
        )
    figures["memory GiB"] = round(_resident() / 2**30, 2)
    figures |= _recalls(folder, index, vectors)
    engine.close()
    figures["disk GiB"] = round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**30, 3)
    return figures


def _recalls(folder: Path, index: OpenIndex, vectors: np.ndarray) -> dict[str, float]:
    import faiss

    exact = np.load(folder.parent / f"{folder.name}-exact.npy", mmap_mode="r")
    assert index.vectors is not None
    found = {}
    true = faiss.knn(vectors, np.ascontiguousarray(exact), 10, metric=faiss.METRIC_INNER_PRODUCT)[1]
    hit = [
        len(set(row.tolist()) & set(index.vectors.search(v, 10)[0].tolist()))
        for row, v in zip(true, vectors, strict=True)
    ]
    found["recall@10"] = round(float(np.mean(hit)) / 10, 4)
    for name, share in SHARES.items():
        mask = index.facets.mask("kind", index.facets.under("kind", [name]))
        rows = np.flatnonzero(mask)
        true = rows[faiss.knn(vectors, np.ascontiguousarray(exact[rows]), 10, metric=faiss.METRIC_INNER_PRODUCT)[1]]
        hit = [
            len(set(row.tolist()) & set(index.vectors.search(v, 10, mask)[0].tolist()))
            for row, v in zip(true, vectors, strict=True)
        ]
        found[f"recall@10 {share:.0%}"] = round(float(np.mean(hit)) / 10, 4)
    return found


def _times(calls: list[Callable[[], Any]]) -> tuple[float, float, float, float]:
    """Return p50 and p95 in milliseconds by the clock, then by the processor: on a busy machine only those compare."""
    taken, worked = [], []
    for call in calls:
        start, busy = time.perf_counter(), time.process_time()
        call()
        taken.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    figures = (np.percentile(taken, 50), np.percentile(taken, 95), np.percentile(worked, 50), np.percentile(worked, 95))
    return tuple(round(float(figure), 2) for figure in figures)  # type: ignore[return-value]


def _shown(figures: list[float]) -> str:
    return f"p50 {figures[0]}  p95 {figures[1]}  (processor: {figures[2]}, {figures[3]})"


def _resident() -> int:
    pages = Path("/proc/self/statm").read_text("ascii").split()[1] if Path("/proc/self/statm").is_file() else None
    return (
        int(pages) * os.sysconf("SC_PAGE_SIZE") if pages else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    )


def slope(sizes: list[int], values: list[float]) -> float:
    """Return the exponent of growth: 1 is in proportion to size, 0 not at all."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def main() -> int:
    """Build and measure each size, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--home", type=Path, default=None)
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--measure", nargs=2, metavar=("FOLDER", "SIZE"), default=None)
    options = parser.parse_args()
    settings = Settings.from_environment()
    source = Home(options.home or settings.home).current().index_path
    if options.measure:
        print(json.dumps(measure(Path(options.measure[0]), Drawn(source), int(options.measure[1]))))
        return 0
    sizes = [int(size) for size in options.sizes.split(",")]
    table = []
    with tempfile.TemporaryDirectory(dir=options.keep) as name:
        for size in sizes:
            folder = Path(name) / str(size)
            folder.mkdir()
            steps = build(folder, Drawn(source), size)
            command = [sys.executable, "-m", "bench.search", "--home", str(options.home or settings.home)]
            answer = subprocess.run(
                [*command, "--measure", str(folder), str(size)], capture_output=True, text=True, check=True
            )
            table.append(json.loads(answer.stdout.splitlines()[-1]))
            rounded = {step: round(seconds, 1) for step, seconds in steps.items()}
            print(f"{size:>9,} passages: built in {sum(steps.values()):.0f} s {rounded}")
            for key, value in table[-1].items():
                print(
                    f"    {key:18} {value if not isinstance(value, list) else _shown(value)}",
                    flush=True,
                )
    if len(sizes) > 1:
        for key in ("dense ms", "sparse ms", "lexical ms", "fused ms"):
            print(f"slope of {key:11} {slope(sizes, [row[key][0] for row in table]):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
