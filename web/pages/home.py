"""The first page and the list of documents: what is held, and where to begin."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from web.addresses import Link, search_address
from web.api.documents import HeldDocument, read_documents
from web.hints import cited_documents, project_names
from web.queries import rows
from web.services import services

views = Blueprint("home", __name__, template_folder="templates")

CARDS = {
    "documents": "/documents",
    "projects": "/trace",
    "observations": "/query",
    "legal": "/trace",
    "indicators": "/query",
    "errors": "/findings?severity=error",
}
"""What is counted on the first page, and where its card leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """How many there are of something; `name` is one of CARDS."""

    name: str
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    hints: tuple[Link, ...] = ()
    cards: tuple[Card, ...] = ()
    documents: tuple[HeldDocument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    documents: tuple[HeldDocument, ...] = ()


@views.get("/")
def first() -> str:
    """Show the search box, what is held, and where to begin."""
    if services().generation_number() is None:
        return render_template("home.html", page=HomePage())
    counts = rows("pages/counts")[0]
    cards = (Card(name=name, count=int(counts[name]), address=address) for name, address in CARDS.items())
    texts = (*project_names()[:4], *list(dict.fromkeys(cited_documents().values()))[:3])
    page = HomePage(
        hints=tuple(Link(text=text, address=search_address(text)) for text in texts),
        cards=tuple(cards),
        documents=read_documents(),
    )
    return render_template("home.html", page=page)


@views.get("/documents")
def documents() -> str:
    """List the documents held."""
    held = read_documents() if services().generation_number() is not None else ()
    return render_template("documents.html", page=DocumentsPage(documents=held))
