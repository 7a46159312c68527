"""Read again what people judged by eye, and say how much of it is right now.

    python -m bench.reading [FOLDER] [--list]

FOLDER holds the documents that data/eval/reading.jsonl names; it defaults to ../shared/corpus/documents. Each judged
record is found again by its place and printed text. A line a kind gives the records that were and are right in every
judged field; a field judged wrong is right now if it has the wanted value (or one of `accepted`), else it is `wrong` or
`changed`. Error findings are counted by whether they were true and are still reported. `--list` names every field that
is not as wanted, and every record that could not be found again, which counts as not right.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.serialise import to_json
from kg.settings import Settings
from kg.text.folding import compact
from suyuan.pipeline import extract_file

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "../shared/corpus/documents"
JUDGMENTS = ROOT / "data" / "eval" / "reading.jsonl"
ALL = "*"

Read = dict[str, Any]
"""A record or a judgment as JSON has it."""


@dataclass(frozen=True)
class Outcome:
    """One judged field: what stands there `now`; `state` is right, changed, wrong or lost (no record there)."""

    judgment: Read
    field: str
    now: object
    state: str


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return 0."""
    arguments = [] if arguments is None else arguments
    named = [Path(argument) for argument in arguments if not argument.startswith("--")]
    folder = named[0] if named else CORPUS
    outcomes: list[list[Outcome]] = []
    for file, judged in read_judgments().items():
        if (folder / file).is_file():
            outcomes += compare(judged, read_records(folder / file))
    if "--list" in arguments:
        for outcome in (one for record in outcomes for one in record if one.state != "right"):
            print(_line(outcome))
    _print_table(outcomes)
    return 0


def read_judgments(path: Path = JUDGMENTS) -> dict[str, list[list[Read]]]:
    """Return the judgments of each file, those of one record together."""
    files: dict[str, dict[str, list[Read]]] = {}
    for line in path.read_text("utf-8").splitlines():
        judgment = json.loads(line)
        key = json.dumps([judgment[part] for part in ("kind", "place", "printed")] + [judgment.get("code")])
        files.setdefault(judgment["file"], {}).setdefault(key, []).append(judgment)
    return {file: list(records.values()) for file, records in files.items()}


def read_records(path: Path) -> list[Read]:
    """Return the records of one document as JSON has them. Raises InputRefused."""
    return [json.loads(to_json(record)) for record in extract_file(path, Settings())]


def compare(judged: list[list[Read]], records: list[Read]) -> list[list[Outcome]]:
    """Return the outcomes of each judged record."""
    return [[*_outcomes(judgments, find_again(judgments, records))] for judgments in judged]


def find_again(judgments: list[Read], records: list[Read]) -> Read | None:
    """Return the record that stands where the judged one stood, None if none does.

    An amount has the same column and row; where rows are counted otherwise now, the same name and header. A statement
    has the same words or words that hold them, on the page or the next one; a finding the same code and cell.
    """
    first = judgments[0]
    found = [record for record in records if record["type"] == first["kind"] and _stands_there(first, record)]
    if first["kind"] == "amount":
        same = [record for record in found if _same(first, record, "row", "col")]
        return same[0] if same else _only([record for record in found if _alike(judgments, record)])
    return max(found, key=lambda record: _nearness(judgments, record), default=None)


def _stands_there(judgment: Read, record: Read) -> bool:
    there = record["source"]
    old, new = compact(judgment["printed"]), compact(there["text"])
    pages = abs((there["page"] or 0) - (judgment["place"].get("page") or 0))
    if record["type"] == "amount":
        return pages == 0 and old == new
    if record["type"] == "statement":
        return pages <= 1 and (old in new or new in old)
    same = record["code"] == judgment["code"] and record["severity"] == "error" and pages == 0
    return same and (_same(judgment, record, "row", "col") if "row" in judgment["place"] else old in new or new in old)


def _same(judgment: Read, record: Read, *parts: str) -> bool:
    return all(judgment["place"].get(part) == record["source"].get(part) for part in parts)


def _alike(judgments: list[Read], record: Read) -> bool:
    values = _judged_values(judgments)
    return all(record[field] == values[field] for field in ("name", "header") if field in values)


def _only(records: list[Read]) -> Read | None:
    return records[0] if len(records) == 1 else None


def _nearness(judgments: list[Read], record: Read) -> tuple[bool, bool, bool, int]:
    first, values = judgments[0], _judged_values(judgments)
    return (
        record.get("value") == values.get("value"),
        compact(first["printed"]) == compact(record["source"]["text"]),
        _same(first, record, "page", "section"),
        sum(record.get(field) == value for field, value in values.items()),
    )


def _judged_values(judgments: list[Read]) -> Read:
    return next((judgment["found"] for judgment in judgments if judgment["field"] == ALL), {})


def _outcomes(judgments: list[Read], record: Read | None) -> Iterator[Outcome]:
    for judgment in judgments:
        field, accepted = judgment["field"], judgment.get("accepted", {})
        if record is None:
            gone = field == "record" or field == "severity" or "record" in accepted
            yield Outcome(judgment, field, None, "right" if gone else "lost")
        elif field == ALL:
            for name, value in judgment["found"].items():
                kept = _is_one_of(record[name], [value, *accepted.get(name, [])])
                yield Outcome(judgment, name, record[name], "right" if kept else "changed")
        elif field == "record":
            yield Outcome(judgment, field, record["name"], "wrong")
        else:
            now = record["source"]["page"] if field == "page" else record[field]
            mended = _is_one_of(now, [judgment["wanted"], *accepted])
            yield Outcome(
                judgment, field, now, "right" if mended else "wrong" if now == judgment["found"] else "changed"
            )


def _is_one_of(now: object, wanted: list[object]) -> bool:
    """Return whether a value is one of those wanted, brackets and blanks of either width being the same."""
    return any(
        now == one or (str in (type(now), type(one)) and compact(str(now)) == compact(str(one))) for one in wanted
    )


def _print_table(outcomes: list[list[Outcome]]) -> None:
    print("kind\tseed\tjudged\tright before\tright now\tnot found again")
    rows: dict[tuple[str, int], Counter[str]] = {}
    for record in outcomes:
        first = record[0].judgment
        row = rows.setdefault((first["kind"], first["seed"]), Counter())
        row["judged"] += 1
        row["before"] += all(one.judgment["right"] for one in record)
        row["now"] += all(one.state == "right" for one in record)
        row["lost"] += any(one.state == "lost" for one in record)
        if first["kind"] == "finding":
            row["true" if _is_true(record) else "false"] += 1
            row["true kept" if _is_true(record) else "false kept"] += _is_reported(record)
    for (kind, seed), row in sorted(rows.items()):
        print(kind, seed, row["judged"], row["before"], row["now"], row["lost"], sep="\t")
        if kind == "finding":
            print(f"  true: {row['true']}, still reported {row['true kept']}", end="; ")
            print(f"false: {row['false']}, still reported {row['false kept']}")


def _is_true(record: list[Outcome]) -> bool:
    return all(one.judgment["right"] or one.field != "severity" for one in record)


def _is_reported(record: list[Outcome]) -> bool:
    return any(one.now == "error" for one in record if one.field == "severity")


def _line(outcome: Outcome) -> str:
    judgment, place = outcome.judgment, outcome.judgment["place"]
    wanted = judgment["found"].get(outcome.field) if judgment["field"] == ALL else judgment["wanted"]
    where = [f"{key} {place[key]}" for key in ("page", "row", "col") if key in place]
    words = f"{outcome.field}: {outcome.state}, now {outcome.now!r}, wanted {wanted!r}"
    printed = judgment["printed"].replace("\n", " ")
    return " · ".join([judgment["file"], judgment["kind"], *where, printed, words])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
