"""The extraction reaches its marks on the hand-made facts that lie beside the checkout."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.serialise import to_json
from kg.settings import Settings
from suyuan.pipeline import extract_file
from tests.shared import DOCUMENTS, SHARED, needs_shared

F1, RECALL, PRECISION = "f1", "recall", "precision"
MARKS = [
    ("amount", F1, 0.99),
    ("amount.header_path", F1, 0.97),
    ("amount.year", F1, 0.97),
    ("project", F1, 0.98),
    ("project.amount", F1, 0.97),
    ("project.goal", F1, 0.97),
    ("project.content", F1, 0.97),
    ("project.function_code", F1, 0.97),
    ("project.key", F1, 0.97),
    ("project.change", F1, 0.97),
    ("citation", RECALL, 1.0),
    ("citation", PRECISION, 0.97),
    ("citation.number", F1, 1.0),
    ("citation.project", F1, 0.97),
    ("indicator", F1, 0.96),
    ("indicator.levels", F1, 0.95),
    ("indicator.owner", F1, 0.95),
    ("indicator.target", F1, 0.95),
    ("indicator.unit", F1, 0.95),
    ("indicator.actual", F1, 0.95),
    ("indicator.grades", F1, 0.95),
    ("procurement", F1, 0.97),
    ("statement", RECALL, 0.95),
    ("finding.error", RECALL, 0.85),
    ("finding.rounding", RECALL, 0.85),
    ("document.department", F1, 1.0),
    ("document.fiscal_year", F1, 1.0),
    ("document.amount_unit", F1, 1.0),
]


def load_scorer() -> ModuleType:
    path = SHARED / "gold" / "score_extraction.py"
    spec = importlib.util.spec_from_file_location("score_extraction", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    folder: Path = tmp_path_factory.mktemp("records")
    for path in sorted(DOCUMENTS.glob("*.txt")):
        lines = [to_json(record) + "\n" for record in extract_file(path, Settings())]
        (folder / f"{path.stem}.jsonl").write_text("".join(lines), "utf-8")
    return {name: tally.row() for name, tally in load_scorer().score(folder).items()}


@needs_shared
@pytest.mark.parametrize(("name", "measure", "mark"), MARKS, ids=lambda part: str(part))
def test_a_score_reaches_its_mark(scores: dict[str, dict[str, float]], name: str, measure: str, mark: float) -> None:
    assert scores[name][measure] >= mark
