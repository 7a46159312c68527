"""What every page has: functions for addresses and places, the generation, and names that must be known.

A template that asks for something its page doesn't have fails, so that nothing is left out unseen.
"""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from web.addresses import entity_address, place_text, source_address, trace_address
from web.services import services


def install(app: Flask) -> None:
    """Give every template of `app` what all of them need."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(
        entity_address=entity_address,
        source_address=source_address,
        place_text=place_text,
        trace_address=trace_address,
    )

    @app.context_processor
    def give_generation() -> dict[str, object]:
        return {"generation": services().generation_number()}
