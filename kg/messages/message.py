"""A message in no language: its code and its arguments.

The code is the key of the catalogue and stable: queries, tests and clients may rely on it. The arguments are
what was found (figures, names, titles as printed), never words of a language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kg.messages.catalogue import FIRST, open_catalogue

Argument = str | int | Decimal | tuple[str, ...] | tuple[Decimal, ...] | None


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
        plain = {name: _plain(value) for name, value in self.arguments.items()}
        return json.dumps(plain, ensure_ascii=False, sort_keys=True)

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
    read = json.loads(arguments)
    return Message(
        code=code, arguments={name: tuple(value) if isinstance(value, list) else value for name, value in read.items()}
    )


def _plain(value: Argument) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
