"""What is said to people, as code and arguments, and the catalogues that put it into words.

    message.py     a Message: a code of the catalogue and named arguments, in no language
    catalogue.py   the catalogues of a folder, one JSON file a language; a Message in the words of one
    zh.json en.json    every sentence of the findings, traces, errors and pages

What is found or refused is said here and nowhere in words; the edge (pages, API, command line) chooses the
language. A further language is one file more. Knows nothing of what the messages are about.
"""

from __future__ import annotations

from kg.messages.catalogue import FIRST, Catalogue, open_catalogue
from kg.messages.message import Argument, Message, from_plain, hinted, read_message, say, to_plain, told

__all__ = [
    "FIRST",
    "Argument",
    "Catalogue",
    "Message",
    "from_plain",
    "hinted",
    "open_catalogue",
    "read_message",
    "say",
    "to_plain",
    "told",
]
