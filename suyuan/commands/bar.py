"""A Progress that draws bars on standard error, and is still where that is no terminal."""

from __future__ import annotations

import sys
from typing import Any

TITLES = {
    "read": "读取 read", "store": "入库 store", "links": "关联 links", "embed": "向量 embed",
    "index": "索引 index", "publish": "发布 publish",
}  # fmt: skip
_SELDOM = 10.0
"""Seconds between two lines where no terminal draws the bar over itself."""


class Bars:
    """One bar a stage: done, total, rate, time left; pages where the notes say so."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._drawn = sys.stderr.isatty()
        self._bar: Any = None
        self._pages = 0

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a bar; a stage without anything to do has none."""
        self.close()
        self._pages = 0
        if self._quiet or total == 0:
            return
        from tqdm import tqdm

        # Without a terminal a bar is a line of its own each time, so it is drawn seldom.
        interval = 0.1 if self._drawn else _SELDOM
        self._bar = tqdm(
            total=total, desc=TITLES.get(name, name), unit="", file=sys.stderr, mininterval=interval,
            dynamic_ncols=self._drawn, disable=not self._drawn and total is None,
        )  # fmt: skip

    def advance(self, amount: int = 1, note: str = "") -> None:
        """Move the bar on."""
        if self._bar is None:
            return
        count, _, unit = note.partition(" ")
        if unit == "pages" and count.isdigit():
            self._pages += int(count)
            self._bar.set_postfix_str(f"{self._pages} 页 pages", refresh=False)
        self._bar.update(amount)

    def close(self) -> None:
        """Finish the bar."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
