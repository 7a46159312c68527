"""Tables as CSV: digits as they are, texts that a spreadsheet would run made harmless."""

from __future__ import annotations

from decimal import Decimal

from web.sending import send_csv


def test_a_text_that_looks_like_a_formula_is_no_formula() -> None:
    sent = send_csv("t", ["名称", "元"], [("=HYPERLINK(1)", Decimal("-1E+3")), ("信访，“备用”", None)])
    assert sent.get_data(as_text=True) == "\ufeff名称,元\r\n'=HYPERLINK(1),-1000\r\n信访，“备用”,\r\n"
    assert sent.headers["Content-Disposition"] == 'attachment; filename="t.csv"'
