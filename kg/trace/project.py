"""Forwards: from a project to everything it stands on."""

from __future__ import annotations

from decimal import Decimal

from kg.rdf import Iri
from kg.resolve.similarity import Weights
from kg.store.base import GraphReader
from kg.trace.basis import legal_items
from kg.trace.codes import function_code_items
from kg.trace.finding import find_projects
from kg.trace.model import STEPS, Item, Step, StepName, Trace, Traced
from kg.trace.reading import join_evidence, read_evidence, rows
from kg.triples.terms import BUD

_DUTIES = 3
_STAGES = {"budget": "预算", "previous_budget": "上年预算", "adjusted": "调整预算", "executed": "执行", "final": "决算"}
Row = dict[str, str]


def trace_project(
    reader: GraphReader, name: str, department: str | None = None, year: int | None = None
) -> tuple[Trace, ...]:
    """Return the trace of every project (activity, duty) of that name or IRI, the newest year first.

    `department` (part of its name is enough) and `year` narrow the choice. Raises NotFound with
    near matches.
    """
    return tuple(_trace(reader, row) for row in find_projects(reader, name, department, year))


def _trace(reader: GraphReader, row: Row) -> Trace:
    iri = row["project"]
    basis, issuers = legal_items(reader, iri)
    items: dict[StepName, tuple[Item, ...]] = {
        "department": _department_items(reader, row),
        "duty": _duty_items(reader, row),
        "function_code": function_code_items(reader, iri, row.get("year")),
        "project": (Item(label=row["label"], iri=iri, evidence=read_evidence(reader, iri, row["label"])),),
        "amount": _amount_items(reader, iri),
        "content": _text_items(reader, iri, "content"),
        "goal": _text_items(reader, iri, "goal"),
        "indicator": _indicator_items(reader, iri),
        "change": _change_items(reader, iri),
        "legal_basis": basis,
        "issuer": issuers,
    }
    traced = Traced(
        iri=iri,
        label=row["label"],
        type=row["type"].removeprefix(BUD),
        department=row.get("departmentName"),
        year=int(row["year"]) if "year" in row else None,
    )
    return Trace(project=traced, steps=tuple(Step(step=name, items=items[name]) for name in STEPS))


def _department_items(reader: GraphReader, row: Row) -> tuple[Item, ...]:
    if "department" not in row:
        return ()
    name = row["departmentName"]
    evidence = read_evidence(reader, row["project"], name)
    return (Item(label=name, iri=row["department"], evidence=evidence),)


def _duty_items(reader: GraphReader, row: Row) -> tuple[Item, ...]:
    """Return the duty a document puts the project under, else the printed ones most like it, as inferred."""
    stated = [
        Item(label=one["label"], iri=one["parent"], evidence=read_evidence(reader, one["parent"]))
        for one in rows(reader, "project_parents", project=Iri(row["project"]))
        if one["type"] == f"{BUD}Duty"
    ]
    if stated or row["type"] == f"{BUD}Duty":
        return tuple(stated)
    texts = [one["text"] for one in rows(reader, "project_texts", project=Iri(row["project"]))]
    wanted = "\n".join([row["label"], *texts])
    duties = list(rows(reader, "department_duties", project=Iri(row["project"])))
    weights = Weights([wanted, *(duty["text"] for duty in duties)])
    ranked = sorted(duties, key=lambda duty: (-weights.likeness(wanted, duty["text"]), duty["passage"]))
    return tuple(
        Item(
            label=duty["text"],
            iri=duty["passage"],
            inferred=True,
            evidence=read_evidence(reader, duty["passage"]),
        )
        for duty in ranked[:_DUTIES]
        if weights.likeness(wanted, duty["text"]) > 0
    )


def _amount_items(reader: GraphReader, iri: str) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for row in rows(reader, "project_amounts", project=Iri(iri)):
        printed = row.get("text") or row.get("value") or row.get("amount") or ""
        unit = row.get("unit", "")
        unit = "" if "%" in printed or printed.endswith(unit) else unit
        stage = _STAGES.get(row["stage"], row["stage"])
        meaning = row.get("meaning") or row.get("measure")
        detail = " · ".join(part for part in (row.get("year"), stage, meaning) if part)
        found.setdefault(
            row["cell"],
            Item(
                label=f"{printed} {unit}".strip(),
                iri=row["cell"],
                detail=detail,
                stage=row["stage"],
                evidence=read_evidence(reader, row["cell"]),
            ),
        )
    return tuple(found.values())


def _text_items(reader: GraphReader, iri: str, kind: str) -> tuple[Item, ...]:
    """Return goals or contents in reading order, each with its own place, else the project's."""
    places: dict[str, list[str]] = {}
    for row in rows(reader, "project_texts", project=Iri(iri)):
        if row["kind"] == kind:
            places.setdefault(row["text"], []).extend([row["place"]] if "place" in row else [])
    return tuple(
        Item(label=text, evidence=join_evidence(reader, nodes) or read_evidence(reader, iri, text))
        for text, nodes in places.items()
    )


def _indicator_items(reader: GraphReader, iri: str) -> tuple[Item, ...]:
    items: dict[str, Item] = {}
    for row in rows(reader, "project_indicators", project=Iri(iri)):
        levels = " / ".join(row[name] for name in ("level1", "level2") if name in row)
        target = row.get("target") or row.get("excellent")
        values = [f"目标 {target}" if target else "", f"完成 {row['actual']}" if "actual" in row else ""]
        detail = " · ".join(part for part in (levels, *values) if part)
        items.setdefault(
            row["indicator"],
            Item(
                label=row["level3"],
                iri=row["indicator"],
                detail=detail or None,
                evidence=read_evidence(reader, row["indicator"]),
            ),
        )
    return tuple(items.values())


def _change_items(reader: GraphReader, iri: str) -> tuple[Item, ...]:
    stated = rows(reader, "project_statements", project=Iri(iri))
    changes = [one["statement"] for one in stated if one["aspect"] != "level"]
    placed = join_evidence(reader, changes)
    items = []
    for row in rows(reader, "project_change", project=Iri(iri)):
        amount = f"{Decimal(row['amount']):+f}元" if "amount" in row else ""
        percent = f"{Decimal(row['percent']):+f}%" if "percent" in row else ""
        label = " ".join(part for part in (f"较{row['base']}年", amount, percent) if part)
        printed = read_evidence(reader, iri, row.get("printed"))
        items.append(Item(label=label, detail=row.get("reason"), evidence=placed or printed))
    return tuple(items)
