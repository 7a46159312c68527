"""A further language is one file: dropped into the folder of the catalogue it is offered, and speaks everywhere."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.errors import UnreadableInput
from kg.messages import FIRST, Catalogue, open_catalogue, read_message, say
from kg.messages.catalogue import PACKAGED
from kg.settings import Settings
from web import language
from web.app import create_app


@pytest.fixture
def spoken(tmp_path: Path) -> Catalogue:
    """The packaged languages and one more, whose every text is the English one in brackets."""
    folder = tmp_path / "messages"
    shutil.copytree(PACKAGED, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    english = json.loads((folder / "en.json").read_text("utf-8"))
    made_up = {key: text if key.startswith("list.") else f"<{text}>" for key, text in english.items()}
    made_up |= {"language.name": "Neusprech", "language.tag": "x-neu"}
    (folder / "neu.json").write_text(json.dumps(made_up), "utf-8")
    return Catalogue(folder)


@pytest.fixture
def client(spoken: Catalogue, tmp_path: Path) -> FlaskClient:
    app = create_app(Settings(home=tmp_path / "home"))
    language.speak(app, spoken)
    return app.test_client()


def test_it_is_offered_after_the_first(spoken: Catalogue) -> None:
    assert spoken.languages == (FIRST, "en", "neu")


def test_pages_come_in_it_and_link_to_the_others(client: FlaskClient) -> None:
    page = client.get("/search?lang=neu").text
    assert 'lang="x-neu"' in page
    assert "&lt;Skip to content&gt;" in page
    assert "中文" in page and "English" in page
    assert "Neusprech" in client.get("/search?lang=en").text


def test_messages_come_in_it(spoken: Catalogue) -> None:
    message = say("audit.share.hundred", found=Decimal("99.90"))
    assert spoken.render(message.code, message.arguments, "neu") == "<The shares add up to 99.90%, not to 100%>"


def test_what_it_lacks_is_said_in_the_first_language(tmp_path: Path) -> None:
    (tmp_path / "zh.json").write_text('{"nav.search": "检索", "nav.trace": "溯源"}', "utf-8")
    (tmp_path / "neu.json").write_text('{"nav.search": "Suche"}', "utf-8")
    spoken = Catalogue(tmp_path)
    assert [spoken.render(key, {}, "neu") for key in ("nav.search", "nav.trace")] == ["Suche", "溯源"]


def test_words_that_a_row_carries_come_from_its_file_then_the_row_then_the_first_language(tmp_path: Path) -> None:
    (tmp_path / "zh.json").write_text("{}", "utf-8")
    (tmp_path / "neu.json").write_text('{"table_kind.debt": "Schulden"}', "utf-8")
    spoken = Catalogue(tmp_path)
    debt, spending = {"zh": "债务表", "en": "debt"}, {"zh": "支出表", "en": "expenditure"}
    assert spoken.word("table_kind.debt", debt, "neu") == "Schulden"
    assert [spoken.word("table_kind.expenditure", spending, name) for name in ("en", "neu")] == [
        "expenditure",
        "支出表",
    ]


def test_a_message_written_to_the_graph_reads_back_to_the_same_words() -> None:
    written = say("audit.sum.prose", label="三公经费", printed=Decimal(23), unit="万元", parts=(Decimal("18.00"), Decimal(4)), found=Decimal("22.00"))  # fmt: skip
    read = read_message(written.code, written.arguments_json())
    assert [read.told(each) for each in ("zh", "en")] == [written.told(each) for each in ("zh", "en")]
    assert read.told("zh") == "“三公经费”23万元，所列分项18.00＋4＝22.00万元"


def test_a_refusal_is_told_with_file_place_and_hint_in_each_language() -> None:
    error = UnreadableInput("甲.pdf", say("error.input.encrypted"), place=say("error.input.page", page=3))
    assert (error.told("zh"), error.hinted("zh")) == ("甲.pdf（第 3 页）：文件已加密", "请去掉密码再保存")
    assert str(error) == "甲.pdf (page 3): the file is encrypted"
    assert error.told("neu") == open_catalogue().render(
        "error.input.at", {"file": "甲.pdf", "reason": error.said, "where": error.where}, FIRST
    )
