"""A message in no language: its code and its arguments.

The code is the key of the catalogue and stable: queries, tests and clients may rely on it. The arguments are
what was found (figures, names, titles as printed), never words of a language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.messages.catalogue import FIRST, Sayable, open_catalogue

Argument = str | int | Decimal | tuple[str | Decimal | Sayable, ...] | Sayable | None
"""What a message names: words as printed, figures, lists of them, or a message (a Sayable) of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`code` is a key of the catalogue, `arguments` what its text names in braces."""

    code: str
    arguments: Mapping[str, Argument] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """The message in the first language, Chinese: what a record says where nobody chose one."""
        return self.told(FIRST)

    def told(self, language: str) -> str:
        """Return the message in a language of the packaged catalogues, the first where there is no such."""
        return open_catalogue().render(self.code, self.arguments, language)

    def arguments_json(self) -> str:
        """Return the arguments as one line of JSON, keys sorted, numbers as decimal strings."""
        return json.dumps(to_plain(self)["arguments"], ensure_ascii=False, sort_keys=True)

    def hinted(self, language: str) -> str:
        """Return what the reader can do about it, empty where nothing is known.

        It is the text `<code>.hint`, else that of the group the code belongs to, else what a message among
        the arguments hints at.
        """
        known, code = open_catalogue().texts(language), self.code
        while code:
            if f"{code}.hint" in known:
                return open_catalogue().render(f"{code}.hint", self.arguments, language)
            code = code.rpartition(".")[0]
        inner = (value.hinted(language) for value in self.arguments.values() if isinstance(value, Message))
        return next((hint for hint in inner if hint), "")

    def __str__(self) -> str:
        return self.message


def say(code: str, /, **arguments: Argument) -> Message:
    """Return the message of a code of the catalogue.

    >>> say("audit.share.hundred", found=Decimal("99.90")).message
    '各项占比之和为 99.90%，不等于 100%'
    """
    return Message(code=code, arguments=arguments)


def read_message(code: str, arguments: str) -> Message:
    """Return the message whose arguments were written by `arguments_json`."""
    return from_plain({"code": code, "arguments": json.loads(arguments)})


def told(said: Message | str, language: str) -> str:
    """Return a message in a language; a name or a foreign text as it is."""
    return said.told(language) if isinstance(said, Message) else said


def hinted(said: Message | str, language: str) -> str:
    """Return the hint of a message in a language; a foreign text has none."""
    return said.hinted(language) if isinstance(said, Message) else ""


def to_plain(message: Message) -> dict[str, object]:
    """Return code and arguments as plain data, for JSON."""
    return {"code": message.code, "arguments": {name: _plain(value) for name, value in message.arguments.items()}}


def from_plain(data: Mapping[str, Any]) -> Message:
    """Return the message that `to_plain` wrote. Decimals come back as their digits."""
    return Message(code=data["code"], arguments={name: _read(value) for name, value in data["arguments"].items()})


def _read(value: Any) -> Argument:
    if isinstance(value, list):
        return tuple(from_plain(each) if isinstance(each, dict) else each for each in value)
    return from_plain(value) if isinstance(value, dict) else value


def _plain(value: Argument) -> object:
    if isinstance(value, Message):
        return to_plain(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
