"""Forwards: from a project to everything it stands on."""

from __future__ import annotations

from decimal import Decimal

from kg.messages import say
from kg.rdf import Iri
from kg.resolve.similarity import Weights
from kg.store.base import GraphReader
from kg.trace.basis import legal_items
from kg.trace.codes import function_code_items
from kg.trace.evaluation import part_items, remark_items
from kg.trace.finding import find_projects
from kg.trace.model import STEPS, Item, Step, StepName, Trace, Traced
from kg.trace.reading import join_evidence, join_parts, read_evidence, rows
from kg.triples.terms import BUD
from kg.values.vocabularies import STAGES, word_of

_DUTIES = 3
"""Duties shown as reasons of a project: the likest; more are all duties of the department."""
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
        "part": part_items(reader, iri),
        "evaluation": remark_items(reader, iri, "evaluation"),
        "problems": remark_items(reader, iri, "problems"),
        "rectification": remark_items(reader, iri, "rectification"),
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
        stage = word_of(row["stage"], STAGES, "bud:stage")
        meaning = row.get("meaning") or row.get("measure")
        detail = join_parts(row.get("year"), say(f"stage.{stage}"), meaning)
        found.setdefault(
            row["cell"],
            Item(
                label=f"{printed} {unit}".strip(),
                iri=row["cell"],
                detail=detail,
                stage=stage,
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
        aimed = say("step.target", target=target) if target else None
        done = say("step.actual", actual=row["actual"]) if "actual" in row else None
        detail = join_parts(levels, aimed, done)
        items.setdefault(
            row["indicator"],
            Item(
                label=row["level3"],
                iri=row["indicator"],
                detail=detail,
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
        amount = f"{Decimal(row['amount']):+f}" if "amount" in row else None
        percent = f"{Decimal(row['percent']):+f}%" if "percent" in row else None
        code = "step.change" if amount is None else "step.change.amount"
        label = say(code, year=row["base"], amount=amount, percent=percent)
        printed = read_evidence(reader, iri, row.get("printed"))
        items.append(Item(label=label, detail=row.get("reason"), evidence=placed or printed))
    return tuple(items)
