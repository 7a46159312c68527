"""What a query says it does not want: 不要广州, 除深圳以外, 不含2026年, except 2023.

A part that was understood as a filter and stands behind a word of exclusion, or before one (…除外), excludes what it
would have asked for; so does what is joined to it (除广州、深圳以外).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from search.response import Understood

_BEFORE = re.compile(
    r"(?:不要(?:看|含|包括)?|不想要|不包[括含]|不含|不计|不算|不看|不是|不在|除了|除去|除开|(?<![扣清解免开排消删去])除|排除|剔除|去掉|去除"
    r"|(?<![除是莫无并])非|\b(?:except(?: for)?|excluding|without|other than|but not|not(?: in| from)?))"
    r"\s*(?:在|有)?\s*$",
    re.IGNORECASE,
)
_ONLY_WITH_OUT = re.compile(r"(?<![解免开排消删去])除\s*$")
_BEHIND = re.compile(
    r"\s*(?:这?[几些两]?[个]?(?:城市|地方|年|部门)?)?\s*(?:以外|之外|除外|外)(?!国|来|出|籍|资|部|事|交|包|宣|聘)(?:的)?"
)
_JOINT = re.compile(r"\s*(?:[和与及或跟、,，]|以及|and|or)\s*", re.IGNORECASE)


def mark_excluded(text: str, parts: Sequence[Understood]) -> list[Understood]:
    """Return the parts in order, those that `text` excludes with effect `exclude` and the words that say so in them.

    A bare 除 excludes only if 外 follows: else it ends another word or opens another thought.
    """
    found: list[Understood] = []
    open_ = False  # the part before is excluded, and what is joined to it is too
    for place, part in enumerate(parts):
        before = _BEFORE.search(text, 0, part.start) if part.effect == "filter" else None
        before = _behind_part(before, found)
        joined = open_ and bool(found) and _JOINT.fullmatch(text, found[-1].end, part.start) is not None
        behind = _BEHIND.match(text, part.end)
        if before is not None and _ONLY_WITH_OUT.search(before.group()) and not _closed(text, parts, place):
            before = None
        if part.effect != "filter" or not (before or joined or (behind and "除外" in behind.group())):
            open_ = False
            found.append(part)
            continue
        start = before.start() if before else part.start
        end = behind.end() if behind else part.end
        open_ = behind is None
        found.append(replace(part, effect="exclude", start=start, end=end, text=text[start:end]))
    return found


def _behind_part(before: re.Match[str] | None, found: Sequence[Understood]) -> re.Match[str] | None:
    """Return a word of exclusion unless it stands within the part before."""
    return None if before is not None and found and before.start() < found[-1].end else before


def _closed(text: str, parts: Sequence[Understood], place: int) -> bool:
    """Return whether the part at `place`, or the last that is joined to it, has 外 behind it."""
    last = parts[place]
    for part in parts[place + 1 :]:
        if _JOINT.fullmatch(text, last.end, part.start) is None:
            break
        last = part
    return _BEHIND.match(text, last.end) is not None
