"""The table of formats, and what every row of it promises."""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import UnreadableInput, UnsupportedFormat
from kg.read.formats import FORMATS, READ, SEARCHED, Format, find_by_suffix
from kg.read.sniff import find_format
from tests.shared import ROOT


def test_a_suffix_belongs_to_one_format() -> None:
    suffixes = Counter(suffix for each in FORMATS for suffix in (*each.suffixes, *each.also))
    assert [suffix for suffix, count in suffixes.items() if count > 1] == []
    assert all(suffix == suffix.lower() and suffix[:1] in ("", ".") for suffix in suffixes)
    assert len(SEARCHED) >= 14


@pytest.mark.parametrize("known", READ, ids=lambda known: known.name)
def test_a_reader_imports_and_takes_what_the_door_gives_it(known: Format) -> None:
    parameters = inspect.signature(known.load_reader()).parameters
    assert list(parameters) == ["data", "settings", "file"]


def test_what_is_not_read_has_a_hint_and_nothing_else() -> None:
    for known in FORMATS:
        assert bool(known.hint) == (not known.reader)
        assert known.reader or (known.view, known.libraries) == (None, ())


def test_every_library_of_a_reader_is_installed_with_the_package() -> None:
    wanted = (ROOT / "pyproject.toml").read_text("utf-8").split("dependencies = [")[1].split("]")[0]
    assert [name for known in READ for name in known.libraries if f'"{name}>=' not in wanted] == []


@pytest.mark.parametrize(
    ("name", "found"), [("预算.PDF", "pdf"), ("budget", "text"), ("a.b.jpeg", "jpeg"), ("x.ofd", "ofd"), ("x.py", None)]
)
def test_a_suffix_promises_a_format(name: str, found: str | None) -> None:
    promised = find_by_suffix(name)
    assert (promised.name if promised else None) == found


@pytest.mark.parametrize("known", [each for each in FORMATS if each.magics], ids=lambda known: known.name)
def test_a_signature_tells_the_format_whatever_the_suffix(known: Format) -> None:
    for magic in known.magics:
        data = b" " * known.reach + magic + "预算".encode()
        if known.reader:
            assert find_format(data, "表.txt") is known
        else:
            with pytest.raises(UnsupportedFormat, match=f"no reader for {known.name} files"):
                find_format(data, "表.txt")


@pytest.mark.parametrize("known", [each for each in READ if each.signed], ids=lambda known: known.name)
def test_a_file_without_the_signature_its_suffix_promises_is_damaged(known: Format) -> None:
    for suffix in known.suffixes:
        with pytest.raises(UnreadableInput, match=f"its suffix says {known.name}"):
            find_format("这是一段文字".encode(), f"表{suffix}")


@pytest.mark.parametrize("name", ["表.doc", "表.xls", "表.html", "表.mht"])
def test_a_fragment_of_a_web_page_is_one_where_the_suffix_is_often_a_pages(name: str) -> None:
    assert find_format("<table><tr><td>预算</td></tr></table>".encode(), name).name == "html"


def test_text_is_what_no_other_format_claims() -> None:
    assert find_format("<table>预算".encode(), "表.txt").name == "text"
    assert find_format("预算".encode(), "表").name == "text"
    with pytest.raises(UnsupportedFormat, match=r"no reader for files of kind '.py'"):
        find_format("预算".encode(), "表.py")


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_format_has_its_line_in_the_readme(readme: str) -> None:
    lines = (ROOT / readme).read_text("utf-8").splitlines()
    rows = [
        f"| {known.name} | {' '.join(known.suffixes)} | {known.program} | {known.view or ''} |".replace("  ", " ")
        for known in READ
    ]
    assert [row for row in rows if row not in lines] == []


def strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_suffixes_and_media_types_of_documents_stand_in_the_table_only() -> None:
    own = {known.media_type for known in FORMATS if known.signed}
    own |= {suffix for known in FORMATS if known.signed for suffix in known.suffixes}
    # What LibreOffice writes for the reader of old Word files, and the pages that the site itself sends.
    allowed = {"kg/read/office/doc.py": {".doc", ".docx"}, "web": {"image/png"}}
    elsewhere = {}
    for layer in ("kg", "search", "web", "suyuan", "bench"):
        for path in (ROOT / layer).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            found = own.intersection(strings(path)) - allowed.get(name, set()) - allowed.get(layer, set())
            if found and name != "kg/read/formats.py":
                elsewhere[name] = found
    assert elsewhere == {}


@pytest.mark.parametrize("where", ["test_formats_agree.py", "test_hostile_files.py"])
def test_every_way_to_read_documents_is_tried_where_formats_agree_and_where_files_are_hostile(where: str) -> None:
    named = set(strings(ROOT / "tests/unit" / where))
    suffixes = {Path(name).suffix or f".{name}" for name in named if len(name) < 20}
    # A table is printed once a reader that reads printed text; pictures and old files have tests of their own.
    wanted = READ if "hostile" in where else [known for known in READ if known.members or known.name in ("pdf", "html")]
    assert [known.name for known in wanted if not suffixes.intersection((*known.suffixes, *known.also))] == []
