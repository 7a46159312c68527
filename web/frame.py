"""What every page has: functions for addresses and places, the generation, and names that must be known.

A template that asks for something its page doesn't have fails, so that nothing is left out unseen.
"""

from __future__ import annotations

from decimal import Decimal

from flask import Flask, g
from jinja2 import StrictUndefined
from markupsafe import Markup

from kg.messages import FIRST
from web.addresses import entity_address, place_text, source_address, trace_address
from web.language import catalogue, translate
from web.services import services


def install(app: Flask) -> None:
    """Give every template of `app` what all of them need."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(
        entity_address=entity_address,
        source_address=source_address,
        place_text=place_text,
        trace_address=trace_address,
        money_text=money_text,
        source_lang=source_lang,
    )

    @app.context_processor
    def give_generation() -> dict[str, object]:
        return {"generation": services().generation_number()}


def money_text(amount: Decimal) -> str:
    """Return an amount in 元 as a table shows it: 万元 on Chinese pages, yuan on others, digits grouped."""
    if g.language == FIRST:
        return translate("money.wan", n=f"{(amount / 10_000).normalize() + 0:,f}")
    return translate("money.yuan", n=f"{amount.normalize() + 0:,f}")


def source_lang() -> Markup:
    """Return the attribute that says that an element holds words of a Chinese source; nothing on Chinese pages."""
    if g.language == FIRST:
        return Markup()
    return Markup(' lang="{}"').format(catalogue().texts(FIRST)["language.tag"])
