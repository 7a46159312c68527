"""A small graph with passages, on disk, and the index made of it: what the search tests share."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.rdf import XSD, Iri, Literal, Quad, Term
from kg.settings import Settings
from kg.store.engines import ENGINES
from kg.triples.terms import NAMESPACES
from search.engine import SearchEngine
from search.index.build import BuiltIndex, build_index
from search.model.embedder import Embedder

BUD = NAMESPACES["bud"]
ID = "https://w3id.org/suyuan/id/"
TYPE = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = Iri(NAMESPACES["rdfs"] + "label")
NOTATION = Iri(NAMESPACES["skos"] + "notation")
FUND_RULES = f"{ID}legal/甲信〔2016〕2号"
FUND_2020 = f"{ID}project/东山区信访局/2020/稳定备用金"
FUND_2023 = f"{ID}project/东山区信访局/2023/稳定备用金"
HALL = f"{ID}project/西河市信访局/2020/接待大厅运行"

DEPARTMENTS = {
    "east": ("云海省东山区信访局", "东山区", "990101"),
    "west": ("云海省西河市信访局", "西河市", "990200"),
}
DOCUMENTS = {"e20": ("east", 2020), "e23": ("east", 2023), "w20": ("west", 2020)}
PASSAGES = [
    ("e20", "goal", "保障经费、化解矛盾、促进社会和谐稳定，对生活困难的信访人给予救助。", FUND_2020),
    ("e20", "annual_target", "保障经费、化解矛盾、促进社会和谐稳定，对生活困难的信访人给予救助。", None),
    ("e20", "legal_basis", "《东山区信访稳定备用金使用管理办法》(甲信[2016]2号)", FUND_2020),
    ("e20", "explanation", "公务接待费反映单位按规定开支的各类公务接待费用。", None),
    ("e20", "reason", "2020年预算比上年减少79万元，主要原因是根据机构改革要求划减两名工作人员。", None),
    ("e20", "duty", "负责处理来信、来访、来电及网上信访等事项，组织信访听证。", None),
    ("e23", "content", "建立迅速妥善处理突出信访问题的经费保障制度，对生活困难的信访人进行救助。", FUND_2023),
    ("e23", "indicator", "备用金支付到位时间\t<15 天", FUND_2023),
    ("e23", "content", "聘请法律顾问，为重大疑难案件提供法律意见。", None),
    ("e23", "reason", "预算增加的主要原因是劝返任务加重，新增社工及聘员。", None),
    ("w20", "content", "人民来访接待厅的物业管理费、水电费、聘请安保服务。", HALL),
    ("w20", "goal", "为上访群众打造一个安全、有序、舒适的信访场所。", HALL),
    ("w20", "procurement", "安保服务\tC0810 安全服务\t138.00", HALL),
    ("w20", "content", "云信访系统的升级改造和网络信息安全服务。", None),
]
AMOUNTS = {FUND_2020: "5000000", FUND_2023: "6000000", HALL: "900000"}


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A generation as the engine knows it."""

    number: int
    index_path: Path


def quads(left_out: frozenset[int] = frozenset()) -> list[Quad]:
    """The graph; passages whose number is in `left_out` are missing."""
    found: list[Quad] = []

    def add(graph: str, subject: str, predicate: str | Iri, value: Term | str | int) -> None:
        name = predicate if isinstance(predicate, Iri) else Iri(BUD + predicate)
        term = Literal(str(value), XSD + "integer") if isinstance(value, int) else value
        found.append(Quad(Iri(subject), name, Literal(term) if isinstance(term, str) else term, Iri(graph)))

    for key, (owner, year) in DOCUMENTS.items():
        label, region, code = DEPARTMENTS[owner]
        document, department = f"{ID}document/{key}", f"{ID}department/{label}"
        add(document, document, TYPE, Iri(BUD + "BudgetDocument"))
        add(document, document, "file", f"{key}.txt")
        add(document, document, "sha256", key * 21)
        add(document, document, Iri(NAMESPACES["dcterms"] + "title"), f"{label}{year}年部门预算")
        add(document, document, "fiscalYear", year)
        add(document, document, "department", Iri(department))
        add(document, document, "region", Iri(f"{ID}region/{code}"))
        add(document, department, TYPE, Iri(BUD + "Department"))
        add(document, department, LABEL, label)
        add(document, f"{ID}region/{code}", TYPE, Iri(BUD + "Region"))
        add(document, f"{ID}region/{code}", LABEL, region)
        add(document, f"{ID}region/{code}", NOTATION, code)
    for iri, amount in AMOUNTS.items():
        key = {FUND_2020: "e20", FUND_2023: "e23", HALL: "w20"}[iri]
        add(f"{ID}document/{key}", iri, TYPE, Iri(BUD + "Project"))
        add(f"{ID}document/{key}", iri, LABEL, iri.rsplit("/", 1)[1])
        add(f"{ID}document/{key}", iri, "fiscalYear", DOCUMENTS[key][1])
        add(f"{ID}document/{key}", iri, "amount", Literal(amount, XSD + "decimal"))
        add(f"{ID}document/{key}", iri, "functionCode", Iri(f"{ID}code/function/2010308"))
    codes = f"{ID}codes"
    for code, label in (
        ("201", "一般公共服务支出"),
        ("20103", "政府办公厅(室)及相关机构事务"),
        ("2010308", "信访事务"),
    ):
        add(codes, f"{ID}code/function/{code}", TYPE, Iri(NAMESPACES["skos"] + "Concept"))
        add(codes, f"{ID}code/function/{code}", NOTATION, code)
        add(codes, f"{ID}code/function/{code}", Iri(NAMESPACES["skos"] + "prefLabel"), label)
    document = f"{ID}document/e20"
    add(document, FUND_2020, "legalBasis", Iri(FUND_RULES))
    add(document, FUND_RULES, TYPE, Iri(BUD + "LegalDocument"))
    add(document, FUND_RULES, LABEL, "东山区信访稳定备用金使用管理办法")
    add(document, FUND_RULES, "documentNumber", "甲信〔2016〕2号")
    citation = f"{ID}citation/1"
    add(document, citation, TYPE, Iri(BUD + "Citation"))
    add(document, citation, "cites", Iri(FUND_RULES))
    add(document, citation, "inDocument", Iri(document))
    add(document, citation, "printedText", "《东山区信访稳定备用金使用管理办法》(甲信[2016]2号)")
    add(document, citation, "line", 3)
    for number, (key, kind, text, about) in enumerate(PASSAGES):
        if number in left_out:
            continue
        graph, passage = f"{ID}document/{key}", f"{ID}passage/{number:04}"
        owner, year = DOCUMENTS[key]
        add(graph, passage, TYPE, Iri(BUD + "Passage"))
        add(graph, passage, "text", text)
        add(graph, passage, "passageKind", kind)
        add(graph, passage, "context", f"{DEPARTMENTS[owner][0]} · {year}")
        add(graph, passage, "inDocument", Iri(graph))
        add(graph, passage, "line", number + 1)
        add(graph, passage, "about", Iri(about or f"{ID}department/{DEPARTMENTS[owner][0]}"))
    return sorted(found, key=lambda quad: quad.graph)


def write_generation(
    folder: Path, settings: Settings, cache: Path, left_out: frozenset[int] = frozenset()
) -> BuiltIndex:
    """Write graph and index of one generation into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = ENGINES.load("oxigraph").open_writer(folder / "graph")
    for graph, group in groupby(quads(left_out), key=lambda quad: quad.graph):
        writer.replace_graph(graph, list(group))
    writer.close()
    reader = ENGINES.load("oxigraph").open_reader(folder / "graph")
    try:
        return build_index(reader, folder / "index", settings, cache=cache)
    finally:
        reader.close()


def open_engine(folder: Path, settings: Settings, embedder: Embedder | None = None, number: int = 7) -> SearchEngine:
    """Return the engine over a generation written by `write_generation`."""
    return SearchEngine.open(At(number=number, index_path=folder / "index"), settings, embedder)
