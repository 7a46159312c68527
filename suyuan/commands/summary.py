"""audit --summary: how well each document was read, and all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from kg.serialise import Digits, Flat
from kg.values.vocabularies import SEVERITIES
from suyuan.commands.edge import Call
from suyuan.commands.tables import table
from suyuan.measure import Measurement, measure_document

HEADS = (
    "文件 file", "部门 department", "年度 year", "种类 kind", "表 tables", "数字 numbers", "覆盖 coverage",
    "合计 sums", "相符 hold", "错误 error", "尾差 rounding", "提示 notice", "秒 s", "MB",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A measurement as it is printed, with the counts people ask for first after it."""

    measured: Annotated[Measurement, Flat()]
    error: int
    rounding: int
    notice: int
    fiscal_year: int | None
    coverage: Annotated[float, Digits(4)]
    roles: Mapping[str, int]


def measure_files(files: Sequence[Path], call: Call) -> list[Measurement]:
    """Measure files, each in a child process of its own so that its memory is its own. Raises InputRefused."""
    from kg.process.runners import open_runner

    measured = []
    for file in files:
        runner = open_runner(call.settings)
        try:
            [(_, found)] = runner.map(partial(measure_document, settings=call.settings), [file])
        finally:
            runner.close()
        if isinstance(found, Exception):
            raise found
        measured.append(found)
    return measured


def measure_home(call: Call) -> list[Measurement]:
    """Measure the documents of the current generation, from their kept sources. Raises NoGeneration."""
    from kg.store.generations import Home

    home = Home(call.settings.home)
    with TemporaryDirectory() as folder:
        files = []
        for entry in home.current().manifest.documents:
            # A reader goes by content, but names the file in what it says.
            link = Path(folder) / entry.sha256 / entry.file
            link.parent.mkdir()
            link.symlink_to(home.sources / entry.sha256)
            files.append(link)
        return measure_files(files, call)


def summarise(measured: Measurement) -> Summary:
    """Return a measurement with the counts people ask for first beside it."""
    found = {name: measured.findings.get(name, 0) for name in SEVERITIES}
    coverage = measured.accounted / measured.numbers if measured.numbers else 1.0
    return Summary(measured=measured, **found, fiscal_year=measured.year, coverage=coverage, roles=measured.roles)


def lines(measured: Sequence[Measurement]) -> Iterator[str]:
    """Yield a table with one row a document and one for all, then the roles of each one's tables."""
    yield from table(HEADS, [*map(_row, measured), _total(measured)], 36)
    yield ""
    for one in measured:
        roles = ", ".join(f"{role} {count}" if count > 1 else role for role, count in one.roles.items())
        yield f"{one.file}: {roles or '没有表格 no tables'}"


def _row(one: Measurement) -> list[object]:
    return [
        one.file, one.department or "", one.year or "", one.kind, len(one.tables), one.numbers,
        _share(one.accounted, one.numbers), one.sums, _share(one.sums_held, one.sums),
        *(one.findings.get(name, 0) for name in SEVERITIES), f"{sum(one.seconds.values()):.2f}", one.megabytes,
    ]  # fmt: skip


def _total(measured: Sequence[Measurement]) -> list[object]:
    count: Counter[str] = Counter()
    for one in measured:
        count.update({"numbers": one.numbers, "accounted": one.accounted, "sums": one.sums, "held": one.sums_held})
        count.update({name: one.findings.get(name, 0) for name in SEVERITIES})
    seconds = sum(sum(one.seconds.values()) for one in measured)
    return [
        "合计 in all", "", "", "", sum(len(one.tables) for one in measured), count["numbers"],
        _share(count["accounted"], count["numbers"]), count["sums"], _share(count["held"], count["sums"]),
        *(count[name] for name in SEVERITIES), f"{seconds:.2f}", max((one.megabytes for one in measured), default=0),
    ]  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"
