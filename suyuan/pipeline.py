"""The stages in their order: read, extract, audit, triples, store, links, index, publish.

The only file that knows them all. Reading one file is a function of its bytes and runs in a
child process; what changes the home folder runs here, under the writer's lock, on a draft that
nobody reads until it is published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import GraphRefused, StoreError, UnreadableInput
from kg.ids import Ids
from kg.ingest.catalogue import Catalogue
from kg.ingest.inputs import Input, find_files
from kg.ingest.lookup import find_document
from kg.ingest.plan import Plan, plan_reading
from kg.ingest.reading import Extracted, Reading, ReadingCache
from kg.ingest.report import KEPT, READ, REMOVED, Outcome, Report, Stopwatch, refusal
from kg.ingest.sources import keep_source
from kg.ingest.verify import find_problems
from kg.ingest.version import code_version, reading_version
from kg.messages import Message, say
from kg.process.runners import open_runner
from kg.progress import Progress, Silent
from kg.rdf import Iri, Quad
from kg.records import DocumentRecord, Record
from kg.serialise import to_data
from kg.settings import Settings
from kg.store.base import GraphReader, GraphWriter
from kg.store.draft import Draft, begin_draft, publish_draft
from kg.store.engines import ENGINES
from kg.store.generations import Generation, Home
from kg.store.layout import of_index
from kg.store.lock import writer_lock
from kg.store.manifest import Manifest

if TYPE_CHECKING:
    from search.index.layout import IndexManifest

_TRIPLES = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def extract_file(path: Path, settings: Settings) -> tuple[Record, ...]:
    """Return the audited records of a file. Raises InputRefused."""
    return extract(path, settings).records


def extract(path: Path, settings: Settings) -> Extracted:
    """Return records, issues and stage times of a file. Raises InputRefused."""
    from kg.audit import audit_records
    from kg.extract.run import extract_records
    from kg.read import read_document

    watch = Stopwatch()
    with watch.time("read"):
        document = read_document(path, settings)
    with watch.time("extract"):
        found = extract_records(document)
    with watch.time("audit"):
        records = tuple(audit_records(found))
    return Extracted(records=records, issues=found.issues, pages=document.pages, seconds=watch.seconds)


def ingest(paths: Sequence[Path], settings: Settings, progress: Progress | None = None) -> Report:
    """Take files and folders in and publish a generation if anything has changed.

    A file that can't be read is refused in the report and the others go on. Raises StoreLocked
    if another ingest is running, StoreError if the home folder can't be written or was made
    with another base IRI.
    """
    with _Change.begin(settings, progress) as change:
        change.read(paths)
        stale = change.base is not None and change.base.code != _made_by(settings)
        if change.catalogue.changed or stale:
            change.publish()
    return change.report()


def remove(names: Iterable[str], settings: Settings, progress: Progress | None = None) -> Report:
    """Take documents out and publish the generation without them.

    A document is named by file name, path, title, IRI or the first digits of its sha256. Raises
    NotFound, with near matches, before anything is changed; StoreLocked; NoGeneration.
    """
    Home(settings.home).current()
    with _Change.begin(settings, progress) as change:
        entries = change.catalogue.entries
        for entry in {find_document(name, entries) for name in names}:
            change.catalogue.remove(entry)
            change.outcomes.append(Outcome(file=entry.file, status=REMOVED, quads=entry.quads))
        change.publish()
    return change.report()


def curate(graph: Iri, edit: Callable[[Sequence[Quad]], Iterable[Quad]], settings: Settings) -> bool:
    """Publish a generation in which a curators' graph holds what `edit` makes of it; return whether it was empty.

    Nothing is published where nothing changes. Raises GraphRefused for a graph of a document or of ours; StoreLocked.
    """
    ids = Ids(settings.base_iri)
    if not ids.is_curated(graph.value):
        place = ids.curated_graph("").value
        raise GraphRefused(say("error.graph.refused", graph=graph.value[:200], place=place))
    with _Change.begin(settings, None) as change:
        held = _quads_of(change.home, graph)
        wanted = tuple(dict.fromkeys(edit(held)))
        if set(wanted) != set(held):
            change.curated[graph] = wanted
            change.publish()
    return not held


def rollback(settings: Settings, number: int | None = None) -> Generation:
    """Return the generation that serves now: the one before the current, or the one of that number.

    Raises NotFound if it isn't kept; StoreLocked; NoGeneration.
    """
    home = Home(settings.home)
    home.current()
    with writer_lock(home.path):
        chosen = home.previous() if number is None else home.generation(number)
        home.switch(chosen)
    return chosen


def verify(settings: Settings) -> tuple[Message, ...]:
    """Return every problem of the current generation; none if graph, passages and vectors agree.

    Raises NoGeneration before the first ingest.
    """
    from search.index.verify import verify_index

    home = Home(settings.home)
    return tuple(find_problems(home, home.current(), verify_index))


class _Change:
    """One change of the home folder, from reading to publishing. Begin it with `begin`."""

    def __init__(self, home: Home, settings: Settings, progress: Progress) -> None:
        self.home = home
        self.settings = settings
        self.progress = progress
        self.watch = Stopwatch()
        self.base = _base_manifest(home, settings)
        self.catalogue = Catalogue(self.base.documents if self.base else ())
        self.outcomes: list[Outcome] = []
        self.published = False
        self.embedded: int | None = None
        base = hashlib.sha256(settings.base_iri.encode()).hexdigest()[:4]
        self.version = f"{reading_version()}{base}"
        self.cache = ReadingCache(home.cache / "documents", self.version)
        self.fresh: list[Reading] = []
        self.curated: dict[Iri, tuple[Quad, ...]] = {}

    @classmethod
    @contextmanager
    def begin(cls, settings: Settings, progress: Progress | None) -> Iterator[_Change]:
        """Hold the writer's lock for the change. Raises StoreLocked, StoreError."""
        home, told = Home(settings.home), progress or Silent()
        with writer_lock(home.path):
            try:
                yield cls(home, settings, told)
            except OSError as error:
                raise StoreError(say("error.home.full", home=str(home.path), reason=str(error))) from error
            finally:
                told.close()

    def read(self, paths: Sequence[Path]) -> None:
        """Read every file that isn't in yet and put it in the catalogue."""
        with self.watch.time("read"):
            found = find_files(paths)
            plan = plan_reading(found.files, self.catalogue, self.cache, self.version, self.settings)
            self.outcomes.extend((*found.passed, *plan.outcomes))
            for reading in plan.kept:
                self._take(reading.file, reading, plan, KEPT)
            self.progress.stage("read", len(plan.tasks))
            runner = open_runner(self.settings)
            try:
                work = partial(_read_one, settings=self.settings, cache=self.cache)
                for source, done in runner.map(work, plan.tasks):
                    self._take(source.name, done, plan, READ)
                    pages = done.pages if isinstance(done, Reading) else None
                    self.progress.advance(1, f"{pages} pages" if pages else "")
            finally:
                runner.close()
        self.outcomes.sort(key=lambda outcome: outcome.file)

    def publish(self) -> None:
        """Build and publish a generation of what the catalogue holds."""
        draft = begin_draft(self.home)
        engine = self.base.engine if self.base else self.settings.graph
        graphs, codes = self._write_graph(draft, engine)
        graph = ENGINES.load(engine).open_reader(draft.graph_path)
        try:
            triples = int(next(graph.select(_TRIPLES).dicts())["n"])
            index = self._build_index(draft, graph)
        finally:
            graph.close()
        told = to_data(index)
        del told["files"]  # the manifest of the generation has every file
        hashed = of_index({name: proof.sha256 for name, proof in index.files.items()})
        manifest = Manifest(
            number=draft.number, base_iri=self.settings.base_iri, engine=engine, code=_made_by(self.settings),
            documents=self.catalogue.entries, graphs=graphs, codes=codes, triples=triples, index=told,
            files=hashed,
        )  # fmt: skip
        with self.watch.time("publish"):
            self.progress.stage("publish")
            publish_draft(self.home, draft, manifest, self.settings.keep_generations)
        self.cache.prune()
        self.published = True

    def report(self) -> Report:
        """Return what became of each file, and the counts of the generation that serves."""
        counts: dict[str, int] = {}
        number = None
        if self.home.current_name() is not None:
            generation = self.home.current()
            number, manifest = generation.number, generation.manifest
            passages = manifest.index.get("passages")
            counts = {"documents": len(manifest.documents), "triples": manifest.triples}
            figures = {"passages": passages, "embedded": self.embedded}
            counts |= {name: count for name, count in figures.items() if isinstance(count, int)}
        return Report(
            generation=number, published=self.published, files=tuple(self.outcomes),
            counts=counts, seconds=self.watch.seconds,
        )  # fmt: skip

    def _take(self, file: str, found: Reading | Exception, plan: Plan, status: str) -> None:
        """Put one reading in the catalogue, or say why there is none."""
        try:
            if isinstance(found, Exception):
                raise found
            paths = plan.paths[found.sha256]
            keep_source(self.home.sources, paths[0], found.sha256)
        except Exception as error:
            self.outcomes.append(refusal(file, error))
            return
        replaced = [gone for path in paths for gone in self.catalogue.put(found, path, self.version)]
        self.fresh.append(found)
        for stage, seconds in found.seconds.items() if status == READ else ():
            self.watch.add(f"read/{stage}", seconds)
        reason = _why(status, replaced)
        self.outcomes.append(Outcome(
            file=file, status=status, reason=reason or "", code=reason.code if reason else "", pages=found.pages,
            records=found.records, quads=found.quads,
        ))  # fmt: skip

    def _write_graph(self, draft: Draft, engine: str) -> tuple[dict[str, int], tuple[str, ...]]:
        """Bring the draft's graph to what the catalogue holds.

        Returns the size of each named graph, and which are code lists.
        """
        before = dict(self.base.graphs) if self.base else {}
        sizes = {entry.graph: before.get(entry.graph, 0) for entry in self.catalogue.entries}
        writer = draft.open_writer(engine)
        try:
            with self.watch.time("store"):
                self.progress.stage("store", len(self.fresh))
                for entry in self.catalogue.gone:
                    writer.remove_graph(Iri(entry.graph))
                for reading in self.fresh:
                    sizes[reading.graph] = writer.replace_graph(Iri(reading.graph), self.cache.quads(reading))
                    self.progress.advance(1, reading.file)
            with self.watch.time("links"):
                self.progress.stage("links")
                codes = self._write_codes(writer)
                kept = {name: size for name, size in before.items() if Ids(self.settings.base_iri).is_curated(name)}
                kept |= {graph.value: writer.replace_graph(graph, quads) for graph, quads in self.curated.items()}
                links = self._write_links(writer, set(before) - codes.keys() - kept.keys())
        finally:
            writer.close()
        return sizes | codes | links | {name: size for name, size in kept.items() if size}, tuple(codes)

    def _write_codes(self, writer: GraphWriter) -> dict[str, int]:
        """Write the code lists unless the base generation has them from the same code."""
        from kg.triples.code_lists import code_quads

        if self.base is not None and self.base.code == _made_by(self.settings):
            return {name: self.base.graphs[name] for name in self.base.codes}
        return _write_graphs(writer, code_quads(self.settings.base_iri))

    def _write_links(self, writer: GraphWriter, before: set[str]) -> dict[str, int]:
        """Write what links documents, in place of what did so in the base generation."""
        from kg.resolve import resolution_quads

        documents = {entry.graph for entry in self.base.documents} if self.base else set()
        for name in before - documents:
            writer.remove_graph(Iri(name))
        return _write_graphs(writer, resolution_quads(writer, self.settings.base_iri))

    def _build_index(self, draft: Draft, graph: GraphReader) -> IndexManifest:
        from search.index.build import build_index

        draft.index_path.mkdir()
        cache = self.home.cache / "embeddings"
        cache.mkdir(exist_ok=True)
        with self.watch.time("index"):
            built = build_index(graph, draft.index_path, self.settings, cache=cache, progress=self.progress)
        # How many texts had to be embedded depends on what was cached, so it is told but not published.
        self.embedded = built.embedded
        return built.manifest


def _read_one(source: Input, *, settings: Settings, cache: ReadingCache) -> Reading:
    """Read one file into the cache: every stage that needs nothing but its bytes. Raises InputRefused."""
    from kg.triples import to_quads

    watch = Stopwatch()
    found = extract(source.path, settings)
    head = next(record for record in found.records if isinstance(record, DocumentRecord))
    if head.sha256 != source.sha256:
        raise UnreadableInput(source.name, say("error.input.changed"))
    with watch.time("triples"):
        quads = list(to_quads(found.records, settings.base_iri))
    (graph,) = {quad.graph for quad in quads}
    reading = Reading(
        sha256=source.sha256, file=source.name, graph=graph.value, title=head.title,
        department=head.department, fiscal_year=head.fiscal_year, kind=head.kind, pages=found.pages,
        records=len(found.records), quads=len(quads), issues=len(found.issues),
        seconds={**found.seconds, **watch.seconds},
    )  # fmt: skip
    cache.keep(reading, quads)
    return reading


def _made_by(settings: Settings) -> str:
    """Return what links and index depend on besides the documents: the code, the model, the vector index."""
    return f"{code_version(Path(__file__))} {settings.model} {settings.vectors}"


def _quads_of(home: Home, graph: Iri) -> tuple[Quad, ...]:
    """Return what a graph of the current generation holds, nothing before the first."""
    if home.current_name() is None:
        return ()
    reader = home.current().open_graph()
    try:
        return tuple(reader.quads(graph=graph))
    finally:
        reader.close()


def _write_graphs(writer: GraphWriter, quads: Iterable[Quad]) -> dict[str, int]:
    """Put quads in place of the graphs they name; return the size of each."""
    by_graph: dict[Iri, list[Quad]] = {}
    for quad in quads:
        by_graph.setdefault(quad.graph, []).append(quad)
    return {graph.value: writer.replace_graph(graph, held) for graph, held in by_graph.items()}


def _base_manifest(home: Home, settings: Settings) -> Manifest | None:
    """Return the manifest of the generation to go on from. Raises StoreError for another base IRI."""
    if home.current_name() is None:
        return None
    manifest = home.current().manifest
    if manifest.base_iri != settings.base_iri:
        made, wanted = manifest.base_iri, settings.base_iri
        raise StoreError(say("error.home.base", home=str(home.path), made=made, wanted=wanted))
    return manifest


def _why(status: str, replaced: Sequence[object]) -> Message | None:
    if replaced:
        return say("outcome.replaces")
    return say("outcome.kept") if status == KEPT else None
