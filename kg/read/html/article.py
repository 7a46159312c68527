"""The article of a web page: the part that holds its text, told from navigation by the share of links."""

from __future__ import annotations

import re
from typing import Any

LEFT_OUT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "nav",
        "header",
        "footer",
        "aside",
        "iframe",
        "object",
        "embed",
        "applet",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "svg",
        "canvas",
        "audio",
        "video",
        "template",
        "head",
    }
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING_RULE = re.compile(r"\.([\w-]+)\s*\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
""".name { display: none }; a rule of several selectors hides by circumstance and is left alone."""
_LONGEST_SHEET = 200_000
"""Characters of style sheets that are searched."""
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|foot|copyright|breadcrumb|crumbs?|share|toolbar|sidebar|"
    r"related|pager|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
ARTICLE_SHARE = 0.8
"""The article is the innermost element that holds this share of the text that is no link."""

TITLE_NAMES = ("ArticleTitle", "og:title", "title")
SHORTEST_TITLE = 6
"""Characters of a heading that is an article's title; shorter ones name a part of the site (信息公开)."""


def is_left_out(element: Any) -> bool:
    """Return whether an element is no part of what a reader of the article reads."""
    if element.tag in LEFT_OUT or is_hidden(element):
        return True
    if element.tag in ("table", "tr", "td", "th", "body", "html"):
        return False
    return bool(FURNITURE.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def is_hidden(element: Any) -> bool:
    """Return whether the page itself keeps an element from being seen."""
    return element.get("hidden") is not None or bool(HIDDEN.search(element.get("style") or ""))


def mark_hidden_classes(root: Any) -> None:
    """Give the attribute `hidden` to elements of classes that a style sheet in the page hides."""
    sheets = "\n".join(style.text or "" for style in root.iter("style"))
    classes = {match[1] for match in _HIDING_RULE.finditer(sheets[:_LONGEST_SHEET])}
    if classes:
        for element in root.iter():
            if isinstance(element.tag, str) and classes.intersection((element.get("class") or "").split()):
                element.set("hidden", "")


def hidden_parts(root: Any) -> list[Any]:
    """Return the outermost hidden elements that hold text."""
    body = root.find(".//body")
    found: list[Any] = []
    pending = [root if body is None else body]
    while pending:
        element = pending.pop()
        if not isinstance(element.tag, str) or element.tag in LEFT_OUT:
            continue
        if is_hidden(element):
            found += [element] if element.text_content().strip() else []
        else:
            pending.extend(reversed(element))
    return found


def uncover(element: Any) -> None:
    """Let a hidden element be read."""
    element.attrib.pop("hidden", None)
    element.attrib.pop("style", None)


def find_article(root: Any) -> Any:
    """Return the innermost element that holds most of the text; the body if none does."""
    body = root.find(".//body")
    best = root if body is None else body
    weights = _weights(best)
    total = weights.get(best, 0)
    while True:
        inner = [child for child in best if weights.get(child, 0) >= ARTICLE_SHARE * total]
        if not inner or inner[0].tag in ("table", "tbody", "tr", "p"):
            return best
        best = inner[0]


def _weights(top: Any) -> dict[Any, int]:
    """Return for each element the length of the text in it that is no link."""
    import lxml.etree

    weights: dict[Any, int] = {}
    # iterwalk hands an element out after all it holds, so that the tree's depth costs no recursion.
    skipped = 0
    for event, element in lxml.etree.iterwalk(top, events=("start", "end")):
        silent = element.tag == "a" or not isinstance(element.tag, str) or is_left_out(element)
        if event == "start":
            skipped += silent
            continue
        skipped -= silent
        own = 0 if silent or skipped else len((element.text or "").strip())
        for child in element:
            own += weights.get(child, 0)
            own += 0 if silent or skipped else len((child.tail or "").strip())
        weights[element] = 0 if silent else own
    return weights


def find_title(root: Any) -> str:
    """Return the article's title as the page names it: its first heading, its meta data, its title bar."""
    for heading in root.iter("h1"):
        text = " ".join(heading.text_content().split())
        if len(text) >= SHORTEST_TITLE:
            return text
    named = {meta.get("name") or meta.get("property") or "": meta.get("content") or "" for meta in root.iter("meta")}
    for name in TITLE_NAMES:
        if named.get(name, "").strip():
            return " ".join(named[name].split())
    title = root.find(".//title")
    text = " ".join(title.text_content().split()) if title is not None else ""
    # The title bar goes on with the site's name.
    return re.split(r"\s*[_|—]\s*|\s+-+\s+", text)[0]
