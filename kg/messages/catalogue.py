"""The catalogues: one JSON file a language in one folder, key -> text with `{name}` for each argument.

How an argument is written stands in the text, as its language wants it:

    {name}            text and whole numbers as they are, decimals in plain digits, a list with the language's
                      own comma between; for None and an empty text what `none.name` says, if anything
    {name:grouped}    a number with its thousands set apart
    {name:sum}        a list with the mark `list.sum` between: +, for summands; {name:dot}: a dot
    {name:quoted}     what a reader typed, in quotation marks, its control characters made visible
    {name}            of a message: that message in the same language
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Protocol, runtime_checkable

FIRST = "zh"
PACKAGED = Path(__file__).parent


@runtime_checkable
class Sayable(Protocol):
    """What can stand as an argument and has words of its own: a Message."""

    @property
    def code(self) -> str: ...

    @property
    def arguments(self) -> Mapping[str, Any]: ...


class Catalogue:
    """The languages of a folder. Chinese comes first; what a language lacks is said in Chinese."""

    def __init__(self, folder: Path) -> None:
        found = {path.stem: path for path in folder.glob("*.json")}
        self.languages: tuple[str, ...] = tuple(sorted(found, key=lambda name: (name != FIRST, name)))
        self._own = {name: _load(found[name]) for name in self.languages}
        self._texts = {name: self._own[FIRST] | own for name, own in self._own.items()}

    def texts(self, language: str) -> Mapping[str, str]:
        """Return every text of a language, of the first where there is no such."""
        return self._texts.get(language, self._texts[FIRST])

    def own_texts(self, language: str) -> Mapping[str, str]:
        """Return what the file of a language itself says."""
        return self._own[language]

    def word(self, key: str, own: Mapping[str, str], language: str) -> str:
        """Return what the file of a language says of `key`; else the words that the thing itself carries.

        Rows of a table of knowledge (a kind of table, a facet) carry their words by language; a language that neither
        its file nor the row knows is told in the first, as every other text is.
        """
        return self._own.get(language, {}).get(key) or own.get(language) or own[FIRST]

    def render(self, key: str, arguments: Mapping[str, object], language: str) -> str:
        """Return a text with its arguments filled in. Raises KeyError for an unknown key or a missing argument."""
        texts = self.texts(language)
        return _Filled(self, texts, language).vformat(texts[key], (), arguments)


@cache
def open_catalogue(folder: Path = PACKAGED) -> Catalogue:
    """Return the catalogue of a folder, by default the packaged one, read once."""
    return Catalogue(folder)


class _Filled(Formatter):
    """Fills one text; `texts` holds the marks and the words of its language for what is not known."""

    def __init__(self, catalogue: Catalogue, texts: Mapping[str, str], language: str) -> None:
        self._catalogue = catalogue
        self._texts = texts
        self._language = language

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        """Return the argument; for an unknown one what the language says of it, if anything."""
        value = kwargs[field_name]
        return (self._texts.get(f"none.{field_name}", "") if value in (None, "") else value), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return an argument as `format_spec` wants it (see above)."""
        if isinstance(value, Sayable):
            return self._catalogue.render(value.code, value.arguments, self._language)
        if isinstance(value, tuple | list):
            mark = self._texts[f"list.{format_spec or 'comma'}"]
            return mark.join(self.format_field(each, "") for each in value)
        if format_spec == "grouped" and value != "":
            return f"{Decimal(value):,f}"
        if format_spec == "quoted":
            return repr(value)
        return format(value, "f") if isinstance(value, Decimal) else str(value)


def _load(path: Path) -> dict[str, str]:
    return dict(json.loads(path.read_text("utf-8")))
