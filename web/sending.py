"""Send an answer: as JSON from its type, or with the headers of one that depends on what the client accepts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask import Response, g, make_response
from werkzeug import Response as BaseResponse

from kg.serialise import to_json


def send(answer: object, status: int = 200) -> Response:
    """Return an answer of ours as JSON, messages in the language of the request."""
    return Response(to_json(answer, language=g.language) + "\n", status, content_type="application/json")


def varied(response: BaseResponse) -> Response:
    """Return a response that says that it depends on the Accept header."""
    sent = make_response(response)
    sent.vary.add("Accept")
    return sent


def send_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return a table as CSV for spreadsheets: with a byte order mark, texts that look like formulas made harmless."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    response = Response("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
