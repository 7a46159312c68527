"""IRIs are readable, deterministic and told apart."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import BASE, Ids, encode_segment, fold_name

IDS = Ids()


@pytest.mark.parametrize(
    ("kind", "names", "expected"),
    [
        ("department", ("深圳市龙岗区信访局",), "id/department/深圳市龙岗区信访局"),
        ("project", ("某局", "2020", "备用金"), "id/project/某局/2020/备用金"),
        ("legal", ("深龙信〔2016〕2号",), "id/legal/深龙信〔2016〕2号"),
    ],
)
def test_iris_have_the_readable_form(kind: str, names: tuple[str, ...], expected: str) -> None:
    assert IDS.of(kind, *names).value == BASE + expected


def test_codes_and_documents_have_their_own_paths() -> None:
    assert IDS.code("function", "2010308").value.endswith("/id/code/function/2010308")
    assert IDS.code("government_economic", "501").value.endswith("/id/code/government-economic/501")
    assert IDS.document("ab" * 32).value.endswith("/id/document/" + "ab" * 8)


def test_widths_and_blanks_make_no_second_entity() -> None:
    assert IDS.of("project", "区信访大厅（区维稳中心） 管理事务") == IDS.of("project", "区信访大厅(区维稳中心)管理事务")


@pytest.mark.parametrize("names", [("a/b", "c"), ("a", "b/c"), ("a", "b", "c")])
def test_a_slash_in_a_name_is_no_step(names: tuple[str, ...]) -> None:
    others = {("a/b", "c"), ("a", "b/c"), ("a", "b", "c")} - {names}
    assert IDS.of("project", *names) not in {IDS.of("project", *other) for other in others}


@given(st.text(max_size=20))
def test_any_name_gives_a_valid_iri(name: str) -> None:
    iri = IDS.of("project", name).value
    assert pyoxigraph.NamedNode(iri).value == iri


@given(st.text(max_size=12), st.text(max_size=12))
def test_different_names_give_different_steps(left: str, right: str) -> None:
    if fold_name(left) != fold_name(right):
        assert encode_segment(left) != encode_segment(right)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12))
def test_an_iri_comes_back_from_its_request_path(name: str) -> None:
    iri = IDS.of("project", "某局", name)
    path = iri.value.removeprefix(BASE)
    assert IDS.from_path(path) == iri
    assert IDS.from_path(quote(path, safe="/%")) == iri


def test_hashes_tell_none_from_empty() -> None:
    assert IDS.hashed("x", None) != IDS.hashed("x", "")
    assert IDS.hashed("x", "a", "b") == IDS.hashed("x", "a", "b")
