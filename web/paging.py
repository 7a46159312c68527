"""Pages of a list: which part is shown, of how many, and where the others are."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from web.addresses import this_search


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """A part of a list, from `start` up to `end` of `total`; pages count from 1."""

    total: int
    start: int
    end: int
    page: int
    pages: int
    previous: str | None
    next: str | None


def paged(total: int, a_page: int) -> Paging:
    """Return the part of a list of `total` that the address asks for by `page`; the last one where it asks for more."""
    pages = max(1, -(-total // a_page))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return Paging(
        total=total,
        start=(page - 1) * a_page,
        end=min(total, page * a_page),
        page=page,
        pages=pages,
        previous=this_search(page=page - 1) if page > 1 else None,
        next=this_search(page=page + 1) if page < pages else None,
    )
