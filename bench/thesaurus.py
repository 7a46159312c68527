"""Print where each word of the thesaurus stands: in how many documents, and in how many names of codes.

    python -m bench.thesaurus [FOLDER …] [--alone]

Samples are the documents of data/documents; FOLDER holds others, ../shared/corpus/documents by default. A word
that stands in samples only was perhaps chosen for them: those are marked `!`, and `--alone` prints no others.
A word that stands nowhere is one that people type. The last line counts the words of each kind.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import CORPUS
from kg.blocks import Document, Table
from kg.errors import SuyuanError
from kg.read import read_document
from kg.read.formats import SEARCHED
from kg.settings import Settings
from search.index.analyze import fold_width
from search.query.expand import load_groups

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "data" / "documents"
CODES = ROOT / "ontology" / "codes"
_NAME = re.compile(r'rdfs:label "([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A word and the number of samples, other documents and names of codes it stands in."""

    group: int
    word: str
    samples: int
    others: int
    codes: int

    @property
    def alone(self) -> bool:
        """True where the word stands in samples and nowhere else."""
        return bool(self.samples) and not self.others and not self.codes


def main(arguments: list[str] | None = None) -> int:
    """Print the words with their counts; return 1 where one stands in samples only."""
    arguments = [] if arguments is None else arguments
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")] or [CORPUS]
    others = list(_texts(folders))
    if not others:
        print(f"no documents in {', '.join(map(str, folders))}")
        return 0
    found = list(find_words(list(_texts([SAMPLES])), others, list(_code_names())))
    for each in found:
        if each.alone or "--alone" not in arguments:
            mark = "!" if each.alone else " "
            print(f"{mark} {each.group:>4} {each.samples:>3} {each.others:>3} {each.codes:>5}  {each.word}")
    kinds = Counter(
        "samples only" if each.alone else "field" if each.others or each.codes else "typed" for each in found
    )
    print(
        ", ".join(f"{count} words: {kind}" for kind, count in kinds.most_common()), f"({len(others)} other documents)"
    )
    return int(kinds["samples only"] > 0)


def find_words(samples: list[str], others: list[str], codes: list[str]) -> Iterator[Found]:
    """Yield every word of every group with the number of texts it stands in."""
    for number, group in enumerate(load_groups(), 1):
        for word in group:
            counts = [sum(fold_width(word) in text for text in texts) for texts in (samples, others, codes)]
            yield Found(group=number, word=word, samples=counts[0], others=counts[1], codes=counts[2])


def _texts(folders: Iterable[Path]) -> Iterator[str]:
    """Yield the text of every document that can be read, without blanks; what can't is named."""
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in SEARCHED):
        try:
            document = read_document(path, Settings())
        except SuyuanError as error:
            print(f"{path.name}: {error.message}", file=sys.stderr)
            continue
        yield fold_width(re.sub(r"[ \u3000]+", "", "\n".join(_lines(document))))


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield block.title
            for row in (*block.header_rows, *block.rows):
                yield from (cell.text for cell in row.cells)
            yield from (note.text for note in block.notes)
        else:
            yield block.text


def _code_names() -> Iterator[str]:
    for path in sorted(CODES.glob("*.ttl")):
        yield from map(fold_width, _NAME.findall(path.read_text("utf-8")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
