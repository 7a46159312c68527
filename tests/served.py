"""A real server over a real home, and a client that sees what went over the wire."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from kg.settings import Settings

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """An answer as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def data(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    @property
    def error(self) -> dict[str, Any]:
        """The error in the one shape all have."""
        data = self.data()
        assert set(data) == {"error"} and {"code", "message", "hint"} <= set(data["error"]), data
        return dict(data["error"])

    @property
    def media_type(self) -> str:
        """The type of the body, without parameters."""
        return self.headers["Content-Type"].split(";")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Asks one server; header names are as HTTP spells them."""

    port: int

    def send(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Got:
        """Return the answer to one request, whatever its status."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body=body or None, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Got(status=answer.status, headers=dict(answer.getheaders()), body=answer.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str = "", **parameters: object) -> Got:
        """Return the answer to a GET; a path may hold Chinese, parameters may be lists."""
        query = f"?{urlencode(parameters, doseq=True)}" if parameters else ""
        headers = {"Accept": accept} if accept else {}
        return self.send("GET", quote(path, safe="/%?&=:+") + query, headers=headers)

    def query(self, sparql: str, accept: str = "") -> Got:
        """Return the answer to a SPARQL query."""
        return self.get("/sparql", accept, query=sparql)

    def rows(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT, unbound variables as empty strings."""
        got = self.query(sparql)
        assert got.status == 200, got.text
        data = got.data()
        names = data["head"]["vars"]
        return [
            tuple(row[name]["value"] if name in row else "" for name in names) for row in data["results"]["bindings"]
        ]


@contextmanager
def serve(settings: Settings) -> Iterator[Client]:
    """Serve the application of `settings` by the production server on a free port."""
    from suyuan.pipeline import curate
    from web.app import create_app
    from web.server import open_server

    app = create_app(settings, partial(curate, settings=settings))
    server = open_server(app, settings, host="127.0.0.1", port=0)
    stopped = threading.Event()

    def run() -> None:
        # server.run has no end; closing it from another thread takes its sockets away mid-select.
        while not stopped.is_set():
            server.asyncore.loop(timeout=0.1, map=server._map, count=1)
        server.task_dispatcher.shutdown(cancel_pending=True, timeout=10)
        for channel in list(server.active_channels.values()):
            channel.close()
        server.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield Client(port=server.effective_port)
    finally:
        stopped.set()
        thread.join(20)
        app.extensions["suyuan"].close()


def without_model(home: Path) -> Settings:
    """Return the settings of a home that is searched without a model and read in this process."""
    return Settings(home=home, model="none", runner="serial")


def ingest(home: Path, *documents: Path) -> Settings:
    """Return the settings of a home that holds `documents`, searched without a model."""
    from suyuan.pipeline import ingest as run

    settings = without_model(home)
    report = run(documents, settings)
    assert report.generation is not None, report
    return settings
