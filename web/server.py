"""The server under the application: threads enough that waiting queries never take those of the pages."""

from __future__ import annotations

from typing import Any

from flask import Flask

from kg.query.turns import SURPLUS
from kg.settings import Settings

CONNECTIONS = 1000
"""Connections open at once; one that only waits costs no thread, more than these wait to be accepted."""

SILENCE = 60
"""Seconds after which a connection that says nothing is closed."""


def open_server(app: Flask, settings: Settings, *, host: str, port: int) -> Any:
    """Return a waitress server that listens, to be run and closed. Raises OSError where it can't listen."""
    from waitress.server import create_server

    behind = {
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
    }
    return create_server(
        app,
        host=host,
        port=port,
        threads=count_threads(settings),
        ident="suyuan",
        connection_limit=CONNECTIONS,
        channel_timeout=SILENCE,
        asyncore_use_poll=True,
        # The application refuses what is too large in its own words; this keeps floods off the disk.
        max_request_body_size=16 * app.config["MAX_CONTENT_LENGTH"],
        clear_untrusted_proxy_headers=True,
        **(behind if settings.trusted_proxy else {}),
    )


def count_threads(settings: Settings) -> int:
    """Return how many threads serve: those of the pages, and one for every query that may run or wait."""
    return settings.threads + settings.query_at_once + settings.query_queue + SURPLUS
