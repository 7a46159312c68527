"""The API asked for anything its description allows, and for much that it doesn't: each answer is as described."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from kg.settings import Settings
from web.app import create_app

schemathesis = pytest.importorskip("schemathesis")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

EXAMPLES = 25
PARAMETERLESS = (("/api/documents", "GET"), ("/healthz", "GET"), ("/readyz", "GET"), ("/metrics", "GET"))
OPERATIONS = (
    ("/api/search", "GET"),
    ("/api/related", "GET"),
    ("/api/trace", "GET"),
    ("/api/findings", "GET"),
    ("/sparql", "GET"),
    ("/sparql", "POST"),
    ("/id/{name}", "GET"),
    ("/ontology", "GET"),
    ("/.well-known/void", "GET"),
)


@pytest.fixture(scope="module")
def app(sample_settings: Settings) -> Iterator[Flask]:
    made = create_app(sample_settings)
    yield made
    made.extensions["suyuan"].close()


@pytest.fixture(scope="module")
def described(app: Flask) -> Any:
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


def test_every_operation_is_asked(described: Any) -> None:
    """All but the description itself, which the fuzzer leaves out."""
    found = (operation.ok() for operation in described.get_all_operations())
    assert {(operation.path, operation.method.upper()) for operation in found} == {*OPERATIONS, *PARAMETERLESS}


@pytest.mark.parametrize(
    ("path", "method", "mode"),
    [
        *((*operation, mode) for operation in OPERATIONS for mode in schemathesis.GenerationMode),
        *((*operation, schemathesis.GenerationMode.POSITIVE) for operation in PARAMETERLESS),
    ],
)
def test_every_answer_is_as_described(described: Any, path: str, method: str, mode: Any) -> None:
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    wanted = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
    ]
    operation = described[path][method]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        # This client says that it takes packed answers, and does not unpack them when it asks without a server.
        case.call_and_validate(checks=wanted, headers={"Accept-Encoding": "identity"})

    ask()
