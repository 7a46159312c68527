"""Commands that run the web application and the evaluation, which live above this package."""

from __future__ import annotations

import signal
import sys
from functools import partial

import click

from suyuan.commands.edge import Call, note


@click.command(short_help="启动网站与 API  Serve pages, API and SPARQL")
@click.option("--host", default="127.0.0.1", show_default=True, help="地址  Address to listen on")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="端口  Port")
@click.pass_obj
def serve(call: Call, host: str, port: int) -> None:
    """启动网站、API 与 SPARQL 端点；新的一代发布后自行切换。

    Serve the pages, the API and the SPARQL endpoint; moves over to new generations by itself.
    """
    from suyuan.pipeline import curate
    from web.app import create_app
    from web.server import open_server

    app = create_app(call.settings, partial(curate, settings=call.settings))
    services = app.extensions["suyuan"]
    try:
        server = open_server(app, call.settings, host=host, port=port)
    except OSError as error:
        message = f"不能监听 can't listen on {host}:{port}: {error.strerror}"
        raise click.ClickException(f"{message}. 换一个 --port  Try another --port") from error
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    note(f"溯源 Suyuan: http://{host}:{server.effective_port}/  (Ctrl-C 停止 stops)")
    try:
        services.warm()
        server.run()
    finally:
        server.close()
        services.close()


@click.command(name="eval", short_help="评测搜索质量  Measure the quality of search")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出  Print as JSON")
@click.pass_obj
def evaluate(call: Call, as_json: bool) -> None:
    """用 data/eval 的评判集评测搜索：nDCG@10 与 recall@10。

    Measure search with the judgments in data/eval: nDCG@10 and recall@10.
    """
    from kg.serialise import to_data
    from search.evaluation.evaluate import evaluate as measure_search
    from suyuan.commands.edge import print_json, print_text
    from suyuan.commands.tables import table

    figures = measure_search(call.settings)
    if as_json:
        print_json(figures)
    else:
        rows = to_data(figures.rows)
        heads = list(rows[0]) if rows else []
        print_text(list(table(heads, [[row.get(name) for name in heads] for row in rows])))
