"""Read, extract and audit every document of a folder and print how well that went, one line each.

    python -m bench.corpus [FOLDER|FILE …] [--json] [--tables] [--failing] [--missing]

FOLDER defaults to ../shared/corpus/documents; where a manifest.csv lies beside it, organization,
year and kind are compared with it. Each document has a process of its own, so that its time and its
peak memory are its own. `--tables` lists the tables with their roles and coverage, `--failing` the sums
that don't hold, `--missing` the numbers in no record. The last lines sum up; the exit code is 1 if a
document failed.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from kg.read.formats import SEARCHED

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "../shared/corpus/documents"
KINDS = ("预算", "决算", "自评", "绩效")
TIMEOUT = 600


def main(arguments: list[str] | None = None) -> int:
    """Measure the documents named; return 1 if one of them failed, 0 if there is nothing to measure."""
    arguments = [] if arguments is None else arguments
    options = {argument for argument in arguments if argument.startswith("--")}
    named = [Path(argument) for argument in arguments if not argument.startswith("--")] or [CORPUS]
    if "--one" in options:
        print(json.dumps(measure(named[0]), ensure_ascii=False))
        return 0
    files = sorted(file for path in named for file in _files(path))
    if not files:
        print("no documents there")
        return 0
    wanted = read_manifest(files[0].parent.parent / "manifest.csv")
    results = []
    for file in files:
        result = _measured_apart(file)
        result["expected"] = wanted.get(file.name)
        results.append(result)
        if "--json" in options:
            print(json.dumps(result, ensure_ascii=False), flush=True)
        else:
            _print_document(result, options)
    if "--json" not in options:
        _print_total(results)
    return int(any("error" in result for result in results))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [file for file in path.iterdir() if file.suffix.lower() in SEARCHED] if path.is_dir() else []


def read_manifest(path: Path) -> dict[str, dict[str, str]]:
    """Return the rows of a manifest by file name, none if there is no manifest."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["file"]: row for row in csv.DictReader(lines)}


def _measured_apart(file: Path) -> dict[str, Any]:
    """Return what a child process measures, or an error if it fails or takes too long."""
    command = [sys.executable, "-m", "bench.corpus", str(file.resolve()), "--one"]
    started = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, cwd=ROOT, check=False)
    except subprocess.TimeoutExpired:
        return {"file": file.name, "error": f"longer than {TIMEOUT} s"}
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return {"file": file.name, "error": lines[-1] if lines else f"exit code {done.returncode}"}
    result: dict[str, Any] = json.loads(done.stdout)
    result["process_seconds"] = round(time.perf_counter() - started, 2)
    return result


def measure(path: Path) -> dict[str, Any]:
    """Return the figures of one document, as suyuan.measure takes them, as plain data."""
    from kg.serialise import to_data
    from kg.settings import Settings
    from suyuan.measure import measure_document

    figures: dict[str, Any] = to_data(measure_document(path, Settings(read_timeout=TIMEOUT)))
    return figures


def _print_document(result: dict[str, Any], options: set[str]) -> None:
    if "error" in result:
        print(f"{result['file']}\n  FAILED {result['error']}", flush=True)
        return
    seconds = sum(result["seconds"].values())
    identity = f"{result['department']} · {result['year']} · {result['kind']}"
    print(
        f"{result['file']}\n  {identity}{_verdict(result)}\n"
        f"  {len(result['tables'])} tables ({_roles(result)}),"
        f" coverage {_share(result['accounted'], result['numbers'])},"
        f" sums {_share(result['sums_held'], result['sums'])},"
        f" findings {result['findings']}\n"
        f"  {result['pages'] or '–'} pages, {seconds:.2f} s {result['seconds']}, {result['megabytes']} MB",
        flush=True,
    )
    if "--tables" in options:
        for table in result["tables"]:
            _print_table(table, f"{table['rows']} rows, {table['missing']} of {table['numbers']} missing")
    if "--missing" in options:
        for table in result["tables"]:
            if table["missing"]:
                _print_table(table, f"{table['missing']} missing: {'; '.join(table['examples'])}")
    if "--failing" in options:
        for failure in result["failing"]:
            print("   ", failure)


def _print_table(table: dict[str, Any], text: str) -> None:
    print("   ", table["page"], table["role"], table["caption"], table["unit"], text)


def _roles(result: dict[str, Any]) -> str:
    counts = Counter(table["role"] for table in result["tables"])
    return ", ".join(f"{role} {count}" if count > 1 else role for role, count in counts.most_common())


def _verdict(result: dict[str, Any]) -> str:
    """Return what differs from the manifest, empty where nothing does or there is none."""
    wrong = find_differences(result)
    expected = result.get("expected") or {}
    return "".join(f"  ✗ {name} should be {expected[name]}" for name in wrong)


def find_differences(result: dict[str, Any]) -> list[str]:
    """Return which of organization, fiscal_year and kind differ from the manifest."""
    expected = result.get("expected")
    if not expected:
        return []
    wrong = []
    organization = _plain(expected["organization"])
    if "负例" not in expected["kind"] and organization not in _plain(result["department"]):
        wrong.append("organization")
    if str(result["year"]) != expected["fiscal_year"]:
        wrong.append("fiscal_year")
    if not _same_kind(str(result["kind"]), expected["kind"]):
        wrong.append("kind")
    return wrong


def _plain(name: str | None) -> str:
    """Return a name without its bracketed additions and without the words a short name leaves out."""
    text = (name or "").split("(")[0].split("（")[0]
    return text.replace("人民政府", "").replace("国有资产监督管理委员会", "国资委")


def is_scan(result: dict[str, Any]) -> bool:
    """Return whether a document took the time of OCR: its pages are pictures."""
    return bool(result["seconds"]["read"] > 0.75 * (result["pages"] or 1))


def _same_kind(found: str, expected: str) -> bool:
    if "负例" in expected:
        return found == "其他"
    if "自评" in expected or "绩效目标" in expected:
        return ("自评" if "自评" in expected else "绩效目标") in found
    if "决算" in expected:
        return "决算" in found
    if expected.startswith(("部门", "单位")):
        return found == f"{expected[:2]}预算"
    return "预算" in found


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "–"


def _print_total(results: list[dict[str, Any]]) -> None:
    fine = [result for result in results if "error" not in result]
    numbers, accounted = (sum(result[name] for result in fine) for name in ("numbers", "accounted"))
    sums, held = (sum(result[name] for result in fine) for name in ("sums", "sums_held"))
    printed = [result for result in fine if result["pages"] and not is_scan(result)]
    pages = sum(result["pages"] for result in printed)
    seconds = sum(sum(result["seconds"].values()) for result in printed)
    right = sum(not find_differences(result) for result in fine)
    print(
        f"in all: {len(fine)} of {len(results)} read, identity right {right} of {len(fine)},"
        f" coverage {_share(accounted, numbers)}, sums {_share(held, sums)},"
        f" {pages} printed pages in {seconds:.1f} s"
        f" = {pages / max(seconds, 0.001):.1f} a second,"
        f" peak {max((result['megabytes'] for result in fine), default=0)} MB"
    )
    thin = [result for result in fine if result["numbers"] and result["accounted"] < 0.9 * result["numbers"]]
    weak = [result for result in fine if result["sums"] and result["sums_held"] < 0.93 * result["sums"]]
    for name, group in (("coverage below 0.90", thin), ("sums below 0.93", weak)):
        print(f"{name}: {', '.join(result['file'] for result in group) or 'none'}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
