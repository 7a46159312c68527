"""The facets: one list, read from what the graph says; and the recipe for one more, followed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kg.serialise import parts_of
from search.facets.catalogue import ASKED, BOUNDS, BY_NAME, FACETS, Filters
from search.facets.document_stages import load_document_stages
from search.facets.facet import Cited, Facts
from search.index.marks import EconomicItems
from search.index.read_graph import Name
from tests.shared import ROOT

FACTS = Facts(
    kind="goal",
    document="urn:d",
    title="2020年部门预算",
    document_kind="部门预算",
    department="东山区信访局",
    region="990101",
    year=2020,
    about="urn:p",
    about_label="备用金",
    about_type="bud:Project",
    amount=500_000.0,
    functions=frozenset({"2010308"}),
    economics=frozenset({"30201"}),
    legal=(Cited(iri="urn:l", label="甲信〔2016〕2号", kind="notice"),),
    names={"201": "一般公共服务支出", "990000": "云海省"},
)
READ = {
    "year": ["2020"],
    "document_stage": ["budget"],
    "department": ["东山区信访局"],
    "region": ["990000", "990100", "990101"],
    "kind": ["goal"],
    "function_code": ["201", "20103", "2010308"],
    "economic_code": ["302", "30201"],
    "amount_band": ["500000-1000000"],
    "legal_kind": ["notice"],
    "legal": ["urn:l"],
    "document": ["urn:d"],
    "about": ["urn:p"],
    "about_type": ["bud:Project"],
}


def test_each_facet_reads_its_values_and_nothing_where_nothing_is_known() -> None:
    assert {facet.name: sorted(label.value for label in facet.read(FACTS)) for facet in FACETS} == READ
    assert [facet.name for facet in FACETS if list(facet.read(Facts()))] == []


def test_codes_and_regions_stand_under_those_above_them() -> None:
    labels = {label.value: label for name in ("function_code", "region") for label in BY_NAME[name].read(FACTS)}
    assert (labels["2010308"].parent, labels["20103"].parent, labels["201"].parent) == ("20103", "201", None)
    assert (labels["990101"].parent, labels["990000"].label) == ("990100", "云海省")


@pytest.mark.parametrize("facet", ASKED, ids=lambda facet: facet.name)
def test_the_example_of_a_facet_can_be_asked_for(facet) -> None:  # type: ignore[no-untyped-def]
    assert facet.parse(facet.name, facet.example)
    assert set(facet.title) == set(facet.told) == {"zh", "en"}


def test_a_search_has_a_filter_for_each_facet_that_is_asked_for_and_each_bound() -> None:
    parts = {part.name: part for part in parts_of(Filters)}
    assert list(parts) == [*(facet.name for facet in ASKED), *(bound.name for bound in BOUNDS)]
    for facet in ASKED:
        held = tuple[int, ...] if facet.whole else tuple[str, ...]
        assert (parts[facet.name].kind, parts[facet.name].told) == (held, facet.told["en"])
    for bound in BOUNDS:
        assert (parts[bound.name].kind, parts[bound.name].told) == (Decimal | None, bound.title["en"])


def test_filters_joined_are_alternatives_of_both_and_keep_the_first_bound() -> None:
    chosen = Filters(year=(2020,), kind=("goal",), min_amount=Decimal(5))
    other = Filters(year=(2021, 2020), min_amount=Decimal(9), max_amount=Decimal(10))
    both = Filters(year=(2020, 2021), kind=("goal",), min_amount=Decimal(5), max_amount=Decimal(10))
    assert chosen.joined(other) == both == both.joined(Filters())
    assert Filters.of({"year": [2020, 2020], "max_amount": None}) == Filters(year=(2020,))
    assert Filters().empty and not both.empty


def test_every_kind_of_document_has_a_stage_or_none_for_a_reason() -> None:
    shapes = (ROOT / "ontology" / "shapes.ttl").read_text("utf-8")
    kinds = shapes.partition("bud:documentKind")[2].partition("sh:in (")[2].partition(")")[0].replace('"', "").split()
    staged = {kind for stage in load_document_stages() for kind in stage.kinds}
    assert set(kinds) - staged == {"其他"}
    assert staged <= set(kinds)


def test_a_facet_is_named_nowhere_but_in_the_catalogue() -> None:
    """One that is only read, counted and asked for has no name outside its row: no list has to be kept in step."""
    files = [path for package in ("search", "web", "suyuan") for path in (ROOT / package).rglob("*.*")]
    texts = {path: path.read_text("utf-8") for path in files if path.suffix in (".py", ".html", ".tsv")}
    for name in ("legal_kind", "amount_band"):
        holding = {path.name for path, text in texts.items() if f'"{name}"' in text or f'"facet.{name}"' in text}
        assert holding == {"catalogue.py"}, name


def test_a_passage_has_the_economic_items_its_text_names() -> None:
    base = "https://w3id.org/suyuan/id/code"
    items = EconomicItems(
        Name(iri=f"{base}/{scheme}/{code}", kind="code", label=label, code=code)
        for scheme, code, label in (
            ("economic", "30209", "物业管理费"),
            ("economic", "30213", "维修（护）费"),
            ("economic", "30299", "其他商品和服务支出"),
            ("economic", "302", "商品和服务支出"),
            ("economic", "30913", "公务用车购置"),
            ("economic", "31013", "公务用车购置"),
            ("function", "2210201", "住房公积金"),
        )
    )
    assert items.named_in("接待厅的物业管理费、维修(护)费和其他商品和服务支出") == {"30209", "30213"}
    assert items.named_in("公务用车购置，住房公积金") == {"30913", "31013"}
    assert EconomicItems(()).named_in("物业管理费") == frozenset()


ROW = """
    Facet(
        name="cited_count",
        title={"zh": "依据数", "en": "Number of bases"},
        told={"zh": "依据文件的个数", "en": "how many legal documents are cited"},
        example="2",
        read=lambda facts: _same(len(facts.legal)),
        shown=True,
    ),
"""
FIELD = """
    cited_count: Annotated[tuple[str, ...], _told("cited_count"), KNOWN] = ()
"""
FOLLOWED = """
import json, sys
from decimal import Decimal
from pathlib import Path
from search.facets.catalogue import FACETS, SHOWN
from search.request import SearchRequest
from search.sparql.service_block import PREDICATES
from suyuan.commands.ask import search as command
from tests.search_graph import open_engine, write_generation
from kg.settings import Settings

folder, settings = Path(sys.argv[1]), Settings(model="none")
write_generation(folder, settings, folder / "cache")
with open_engine(folder, settings) as engine:
    asked = SearchRequest.from_params({"q": ["信访"], "cited_count": ["1"]})
    found = engine.search(asked)
    every = engine.search(SearchRequest.from_params({"q": ["信访"]}))
print(json.dumps({
    "counted": sorted(value.value for value in every.facets["cited_count"]),
    "left": [len(found.hits), len(every.hits)],
    "block": "citedCount" in PREDICATES,
    "option": any("--cited-count" in option.opts for option in command.params),
    "titles": [facet.title for facet in SHOWN if facet.name == "cited_count"],
}))
"""


def test_one_more_facet_is_one_row_and_its_field(tmp_path: Path) -> None:
    import json

    copied = tmp_path / "copy"
    for package in ("kg", "ontology", "search", "web", "suyuan", "tests"):
        shutil.copytree(ROOT / package, copied / package, ignore=shutil.ignore_patterns("__pycache__"))
    catalogue = copied / "search" / "facets" / "catalogue.py"
    text = catalogue.read_text("utf-8")
    before = "    min_amount: "
    assert text.count(before) == 1
    text = text.replace("FACETS = (", "FACETS = (" + ROW, 1).replace(before, FIELD.lstrip("\n") + before)
    catalogue.write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FOLLOWED, str(tmp_path / "home")],
        capture_output=True, text=True, cwd=copied, env={**os.environ, "PYTHONPATH": str(copied)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["counted"] == ["0", "1"]
    assert 0 < said["left"][0] < said["left"][1]
    assert said["block"] and said["option"]
    assert said["titles"] == [{"zh": "依据数", "en": "Number of bases"}]
