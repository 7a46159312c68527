"""Web pages to blocks: the article without what the site puts around it, its tables with their spans.

Navigation, link lists and footers are left out by their share of links, not by a site's names.
A page whose text is placed by coordinates (a PDF shown as a web page) is read like a PDF, by
kg.read.html.pages.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from kg.blocks import LONGEST_QUOTE, Document, Paragraph, ReadIssue
from kg.errors import LimitExceeded, UnreadableInput
from kg.messages import Message, say
from kg.read.assemble.captioned import part_tables
from kg.read.assemble.grid import RawPart, assemble_blocks
from kg.read.html.article import find_article, find_title, hidden_parts, is_left_out, mark_hidden_classes, uncover
from kg.read.html.pages import read_positioned
from kg.read.html.tables import cell_text, is_data_table, read_grid
from kg.settings import Settings
from kg.values.place import Place

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "body",
        "html",
    }
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MAX_DEPTH = 200
"""Elements within elements that are followed; deeper ones are read as text of the last."""


def read_html(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a web page; its places have no page unless it shows pages.

    Raises UnreadableInput if there is no text on it, LimitExceeded if it shows too many pages.
    """
    root, encoding = parse_html(data, file)
    issues = tuple(_hidden(root))
    pages = read_positioned(root)
    if pages is not None:
        if pages.count > settings.read_max_pages:
            raise LimitExceeded(file, say("error.input.pages", count=pages.count, allowed=settings.read_max_pages))
        parts = [*_title_parts(root), *pages.parts(pages.count)]
    else:
        parts = [*_title_parts(root), *_parts(find_article(root))]
    blocks = assemble_blocks(parts)
    if not blocks:
        raise UnreadableInput(file, say("error.input.no_text.web"))
    return Document(
        file=file,
        blocks=blocks,
        encoding=encoding,
        pages=pages.count if pages is not None else None,
        issues=issues,
    )


def _hidden(root: Any) -> Iterator[ReadIssue]:
    """Yield what the page hides. Text that a script shows once the page is open is the page's own and is read.

    It is that if more of the page's text is hidden than seen: no office hides its document.
    """
    mark_hidden_classes(root)
    hidden = hidden_parts(root)
    texts = [" ".join(element.text_content().split()) for element in hidden]
    shown = len(" ".join(root.text_content().split())) - sum(map(len, texts))
    if hidden and max(map(len, texts)) > shown:
        for element in hidden:
            uncover(element)
        yield _hidden_issue(say("issue.hidden_main_text"), max(texts, key=len))
    elif figures := [text for text in texts if any(character.isdigit() for character in text)]:
        yield _hidden_issue(say("issue.hidden_texts", count=len(figures)), "、".join(figures))


def _hidden_issue(message: Message, text: str) -> ReadIssue:
    return ReadIssue(code="hidden_text", place=Place(), text=text[:LONGEST_QUOTE], message=message)


def parse_html(data: bytes, file: str) -> tuple[Any, str]:
    """Return the root element and the encoding: that of its mark, what it declares, or what fits."""
    import lxml.etree
    import lxml.html

    encoding = _encoding(data)
    text = CONTROLS.sub("", data.decode(encoding, errors="replace"))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableInput(file, say("error.input.damaged", reason=str(error))) from error
    return root, encoding


def _encoding(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    declared = CHARSET.search(data[:8192])
    names = ["utf-8", "gb18030"]
    if declared is not None:
        name = declared[1].decode("ascii").lower()
        names.insert(0, "gb18030" if name.startswith("gb") else name)
    for name in names:
        try:
            data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return name
    return "utf-8" if declared is None or b"utf" in declared[1].lower() else "gb18030"


def _title_parts(root: Any) -> Iterator[Paragraph]:
    title = find_title(root)
    if title:
        yield Paragraph(text=title, place=Place(), level=1)


def _parts(article: Any) -> Iterator[RawPart]:
    """Yield the paragraphs and grids of an article in reading order."""
    collected: list[str] = []
    level = 0
    for kind, value in _walk(article):
        if kind == "text":
            collected.append(str(value))
            continue
        yield from _paragraph(collected, level)
        collected = []
        if kind == "table":
            for caption in value.iterchildren("caption"):
                yield from _paragraph([cell_text(caption)], 0)
            yield from part_tables(read_grid(value).rows, Place(), lines_above=False)
        elif kind == "open":
            level = int(value)
    yield from _paragraph(collected, level)


def _paragraph(collected: list[str], level: int) -> Iterator[Paragraph]:
    text = " ".join("".join(collected).replace("\u00a0", " ").split())
    if text:
        yield Paragraph(text=text, place=Place(), level=level)


def _walk(article: Any) -> Iterator[tuple[str, Any]]:
    """Yield text, breaks, openings of blocks (with their heading level) and tables, without recursion."""
    stack: list[tuple[str, Any, int]] = [("element", article, 0)]
    while stack:
        kind, value, depth = stack.pop()
        if kind != "element":
            yield kind, value
            continue
        tag = value.tag if isinstance(value.tag, str) else ""
        if not tag or is_left_out(value):
            continue
        if tag == "br":
            yield "break", 0
            continue
        if tag == "table" and is_data_table(value):
            yield "table", value
            continue
        if depth >= MAX_DEPTH:
            yield "text", value.text_content()
            continue
        block = tag in BLOCKS
        following: list[tuple[str, Any, int]] = [("open", HEADINGS.get(tag, 0), depth)] if block else []
        if value.text:
            following.append(("text", value.text, depth))
        for child in value:
            following.append(("element", child, depth + 1))
            if child.tail:
                following.append(("text", child.tail, depth))
        if block:
            following.append(("open", 0, depth))
        stack.extend(reversed(following))
