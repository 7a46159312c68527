"""Every command that asks or prints, over the five documents, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.messages import open_catalogue
from kg.settings import Settings
from tests.e2e.command import Command
from tests.shared import DOCUMENTS

SHORT = next(DOCUMENTS.glob("002_*.txt"))
CITED = """
# which projects rest on which document
SELECT ?project ?number WHERE { ?p a bud:Project ; rdfs:label ?project ; bud:legalBasis/bud:documentNumber ?number }
"""


@pytest.fixture(scope="module")
def suyuan(sample_settings: Settings) -> Command:
    return Command(home=sample_settings.home)


def test_extract_prints_one_json_object_a_line_the_same_each_time(suyuan: Command) -> None:
    first, second = (suyuan.run("extract", SHORT) for _ in range(2))
    records = [json.loads(line) for line in first.out.splitlines()]
    assert first.code == 0
    assert first.out == second.out
    assert [record["type"] for record in records].count("document") == 1
    assert {"amount", "project", "indicator", "finding"} <= {record["type"] for record in records}
    assert all(list(record)[:2] == ["type", "source"] for record in records)


def test_extract_refuses_with_name_and_reason(suyuan: Command, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    ran = suyuan.run("extract", tmp_path / "empty.txt")
    assert (ran.code, ran.out) == (1, "")
    assert "empty.txt: the file is empty" in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [(), (SHORT,)])
def test_audit_prints_findings_as_a_table_and_as_json(suyuan: Command, arguments: tuple[object, ...]) -> None:
    drawn, data = suyuan.run("audit", *arguments), suyuan.run("audit", "--json", *arguments).data()
    assert drawn.code == 0
    assert len(data) == (1 if arguments else 5)
    found = [finding for document in data for finding in document["findings"]]
    assert found
    assert {finding["severity"] for finding in found} <= {"error", "rounding", "notice"}
    assert all(document["file"] in drawn.out for document in data)


def test_audit_says_the_same_of_a_file_and_of_its_graph(suyuan: Command) -> None:
    (of_file,) = suyuan.run("audit", "--json", SHORT).data()
    (of_home,) = [each for each in suyuan.run("audit", "--json").data() if each["file"] == SHORT.name]
    for document in (of_file, of_home):
        document["findings"] = sorted(
            (each["severity"], each["kind"], each["message"], each["expected"], each["actual"], each["repaired"])
            for each in document["findings"]
        )
    assert of_file == of_home


def test_audit_can_be_narrowed_and_summed_up(suyuan: Command) -> None:
    errors = suyuan.run("audit", "--json", "--severity", "error").data()
    assert {finding["severity"] for each in errors for finding in each["findings"]} == {"error"}
    summary = suyuan.run("audit", "--summary", "--json").data()
    assert len(summary) == 5
    assert [each["error"] for each in summary] == [len(each["findings"]) for each in errors]
    assert all(0 < each["coverage"] <= 1 for each in summary)
    printed = suyuan.run("audit", "--summary").out
    assert all(each["file"] in printed for each in summary)


def test_query_reads_files_and_standard_input(suyuan: Command, tmp_path: Path) -> None:
    (tmp_path / "cited.rq").write_text(CITED, "utf-8")
    drawn, data = suyuan.run("query", tmp_path / "cited.rq"), suyuan.run("query", "-", "--format", "json", stdin=CITED)
    rows = data.data()["results"]["bindings"]
    assert rows
    assert f"{len(rows)} 行" in drawn.out
    assert all(row["number"]["value"] in drawn.out for row in rows)


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("json", "{"),
        ("xml", "<?xml"),
        ("csv", "project,number"),
        ("tsv", "?project\t?number"),
        ("table", "project"),
    ],
)
def test_query_answers_in_every_format_of_solutions(suyuan: Command, kind: str, start: str) -> None:
    ran = suyuan.run("query", "-", "--format", kind, stdin=CITED)
    assert (ran.code, ran.out.startswith(start)) == (0, True)


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("turtle", "rdfs:label"),
        ("ntriples", "rdf-schema#label>"),
        ("rdfxml", "<rdf:RDF"),
        ("jsonld", "["),
        ("table", "@prefix"),
    ],
)
def test_query_answers_in_every_format_of_graphs(suyuan: Command, kind: str, mark: str) -> None:
    query = "CONSTRUCT { ?p rdfs:label ?l } WHERE { ?p a bud:Project ; rdfs:label ?l }"
    ran = suyuan.run("query", "-", "--format", kind, stdin=query)
    assert (ran.code, mark in ran.out) == (0, True)


def test_query_answers_yes_or_no(suyuan: Command) -> None:
    assert "yes" in suyuan.run("query", "-", stdin="ASK { ?p a bud:Project }").out
    assert "no" in suyuan.run("query", "-", stdin="ASK { ?p a bud:Nothing }").out


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT ?s {", 2),
        ("DELETE WHERE { ?s ?p ?o }", 2),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 2),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }", 5),
    ],
)
def test_a_query_that_gets_no_answer_says_why_in_one_line(suyuan: Command, query: str, code: int) -> None:
    ran = suyuan.run("query", "-", stdin=query, query_timeout="2")
    assert (ran.code, ran.out) == (code, "")
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("错误 error: ")


def test_query_of_a_file_that_is_not_there(suyuan: Command) -> None:
    ran = suyuan.run("query", "nowhere.rq")
    assert ran.code == 1
    assert "nowhere.rq" in ran.err


def test_search_prints_hits_with_their_places(suyuan: Command) -> None:
    drawn, data = (
        suyuan.run("search", "方便群众", "反映诉求"),
        suyuan.run("search", "--json", "--limit", "3", "群众").data(),
    )
    assert drawn.code == 0
    assert ".txt 第" in drawn.out
    assert len(data["hits"]) == 3
    assert data["total"] >= 3


def test_search_takes_filters_and_refuses_those_that_make_no_sense(suyuan: Command) -> None:
    data = suyuan.run("search", "--json", "--year", "2023", "信访").data()
    assert {hit["document"]["year"] for hit in data["hits"]} == {2023}
    ran = suyuan.run("search", "--year", "soon", "信访")
    assert (ran.code, "year" in ran.err) == (2, True)


def test_trace_goes_from_a_project_to_its_basis_with_evidence(suyuan: Command) -> None:
    drawn = suyuan.run("trace", "信访稳定备用金", "--year", "2020")
    data = suyuan.run("trace", "信访稳定备用金", "--json").data()["traces"]
    assert {trace["project"]["year"] for trace in data} == {2020, 2023}
    for text in ("深圳市龙岗区信访局", "2010308", "500", "深龙信〔2016〕2号", "000_244caa7c90713adf.txt 第 496 行"):
        assert text in drawn.out


def test_trace_speaks_the_language_of_the_settings(suyuan: Command) -> None:
    arguments = ("trace", "信访稳定备用金", "--year", "2020")
    chinese, english = (suyuan.run(*arguments, language=language).out for language in ("zh", "en"))
    for key, printed in (("trace.step.legal_basis", "  {}\n"), ("place.line", ".txt {}")):
        for out, language in ((chinese, "zh"), (english, "en")):
            assert printed.format(open_catalogue().texts(language)[key].format(n=496)) in out
    assert suyuan.run(*arguments, "--json", language="en").data() != suyuan.run(*arguments, "--json").data()


@pytest.mark.parametrize("arguments", [("--legal", "深龙信[2016]2号"), ("深龙信[2016]2号",)])
def test_trace_goes_back_from_a_legal_document(suyuan: Command, arguments: tuple[str, ...]) -> None:
    ran = suyuan.run("trace", *arguments)
    assert ran.code == 0
    assert "信访稳定备用金" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "near"),
    [
        (("trace", "信访稳定备"), 1, "信访稳定备用金"),
        (("trace", "--legal", "深龙信〔2016〕3号"), 1, "深龙信〔2016〕2号"),
        (("remove", "002"), 1, "002_f385ac392f5d94c6.txt"),
        (("trace",), 2, "PROJECT"),
        (("trace", "a", "--legal", "b"), 2, "PROJECT"),
        (("ingets",), 2, "ingest"),
        (("query", "-", "--format", "pdf"), 2, "turtle"),
    ],
)
def test_what_is_not_there_is_told_with_what_is_near(
    suyuan: Command, arguments: tuple[str, ...], code: int, near: str
) -> None:
    ran = suyuan.run(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert near in ran.err
    assert "Traceback" not in ran.err


def test_documents_are_listed(suyuan: Command) -> None:
    data = suyuan.run("documents", "--json").data()
    assert len(data) == 5
    assert all(entry["department"] and entry["fiscal_year"] for entry in data)
    drawn = suyuan.run("documents").out
    assert all(entry["file"] in drawn for entry in data)


def test_export_writes_the_whole_graph_or_one_document(suyuan: Command, tmp_path: Path) -> None:
    whole = suyuan.run("export", "-o", tmp_path / "graph.nq")
    assert whole.code == 0
    lines = (tmp_path / "graph.nq").read_text("utf-8").splitlines()
    one = suyuan.run("export", "--document", SHORT.name).out.splitlines()
    assert 0 < len(one) < len(lines)
    assert set(one) < set(lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ("documents",),
        ("verify",),
        ("search", "x"),
        ("query", "-"),
        ("trace", "x"),
        ("audit",),
        ("export",),
        ("remove", "x"),
        ("rollback",),
    ],
)
def test_without_a_generation_every_command_says_what_to_do(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = Command(home=tmp_path / "none").run(*arguments)
    assert (ran.code, ran.out) == (3, "")
    assert "suyuan ingest" in ran.err
    assert not (tmp_path / "none").exists()


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    code = "import sys; sys.argv[1:] = ['--help']\nfrom suyuan.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    commands = "ingest documents remove extract audit search query trace verify export rollback serve eval"
    assert all(f"  {name} " in ran.stdout for name in commands.split())
    # Of search it takes the table of facets, which names the options, and nothing that opens an index.
    heavy = {"numpy", "pyoxigraph", "rdflib", "flask", "tqdm", "web", "search.engine", "search.index", "search.model"}
    assert not heavy & set(ran.stderr.split())


def test_a_reader_that_leaves_early_is_no_error(suyuan: Command) -> None:
    process = suyuan.start("export")
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait() != 0
