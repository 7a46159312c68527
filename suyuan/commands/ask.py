"""Commands that ask the current generation: search and query."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.messages import say
from search.facets.catalogue import ASKED, BOUNDS
from suyuan.commands.edge import Call, note, print_json, print_text
from suyuan.commands.places import place_text
from suyuan.commands.tables import table
from suyuan.home import Home

if TYPE_CHECKING:
    from search.response import SearchResponse

PAGING = (
    ("limit", "条数  Number of hits"),
    ("offset", "从第几条起  Hits to skip"),
    ("mode", "hybrid、dense 或 lexical"),
    ("sort", "relevance、amount 或 year"),
)


def _with_filters(command: Any) -> Any:
    """Give the command an option for each facet, each bound of one, and each way to page."""
    filters = [(facet.name, facet.told) for facet in ASKED] + [(bound.name, bound.title) for bound in BOUNDS]
    told = [(name, f"{words['zh']}  {words['en']}") for name, words in filters]
    for name, text in reversed([*told, *PAGING]):
        command = click.option(f"--{name.replace('_', '-')}", name, multiple=True, help=text)(command)
    return command


@click.command(short_help="搜索  Search in plain Chinese or English")
@click.argument("text", nargs=-1, required=True)
@_with_filters
@click.option("--raw", is_flag=True, help="不解读查询，原样搜索  Take the query as it stands")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出  Print as JSON")
@click.pass_obj
def search(call: Call, /, text: tuple[str, ...], raw: bool, as_json: bool, **filters: tuple[str, ...]) -> None:
    """用中文或英文搜索绩效目标、内容、职责、指标与依据。选项可重复。

    Search goals, contents, duties, indicators and legal bases. Options may be repeated.
    """
    chosen = {name: values for name, values in filters.items() if values}
    with Home(call.settings) as home:
        found = home.search(" ".join(text), **chosen, raw=str(raw), language=call.settings.language)
    if as_json:
        print_json(found)
    else:
        print_text(list(_hits(found, call.settings.language)))
        for notice in found.notices:
            note(notice)


def _hits(found: SearchResponse, language: str) -> Iterator[str]:
    for place, hit in enumerate(found.hits, 1):
        yield f"{place:>3}. {hit.text}"
        yield f"     {hit.context}  [{hit.kind}]"
        yield f"     {place_text(hit.document.file, hit.source, language)}"
    yield f"{found.total} 条 hits, {found.took_ms:.0f} ms"


@click.command(short_help="运行 SPARQL 查询  Run a SPARQL query")
@click.argument("file", metavar="FILE.rq|-", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "kind",
    default="table",
    show_default=True,
    type=click.Choice(["table", "json", "xml", "csv", "tsv", "turtle", "ntriples", "rdfxml", "jsonld"]),
    help="输出格式  Format of the answer",
)
@click.pass_obj
def query(call: Call, file: Path, kind: str) -> None:
    """运行文件（或标准输入 -）中的 SPARQL 1.1 查询。常用前缀无需声明。

    Run the SPARQL 1.1 query in a file, or on standard input (-). The usual prefixes need no declaration.
    """
    from kg.errors import UnreadableInput

    try:
        sparql = (sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")).removeprefix("\ufeff")
    except OSError as error:
        raise UnreadableInput(file.name, say("error.input.query_file", reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(file.name, say("error.input.query_text")) from error
    drawn = kind == "table"
    with Home(call.settings) as home:
        answer = home.query(sparql, format=None if drawn else kind)
    if drawn and not answer.form.gives_graph:
        print_text(list(_solutions(json.loads(answer.body))))
    else:
        sys.stdout.buffer.write(answer.body)


def _solutions(answer: Mapping[str, Any]) -> Iterator[str]:
    if "boolean" in answer:
        yield "是 yes" if answer["boolean"] else "否 no"
        return
    names = answer["head"]["vars"]
    found = answer["results"]["bindings"]
    rows = [[row[name]["value"] if name in row else "" for name in names] for row in found]
    yield from table(names, rows, 80)
    yield f"{len(rows)} 行 rows"
