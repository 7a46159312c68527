"""How a sheet shows a number: 0.9749 as 97.49%, 11205000 as 1,120.50 (万元, by a format that scales).

In: the stored number and the code of its format (ECMA-376 part 1, 18.8.31). Out: the text a reader of the sheet sees.
A code with parts of its own kind (fractions, exponents, conditions) is not followed: the number is printed in full.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from kg.lexicon import load_rows

GENERAL = "General"
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|(?P<plain>.)',
    re.DOTALL,
)
_PLACES = "0#?"
_NOT_FOLLOWED = re.compile(r"[/@Ee]")
_CURRENCY = re.compile(r"\$(?P<sign>[^-]*)")
_ORIGIN, _ORIGIN_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)
_MOST_DIGITS = 30
"""Places before or behind the point that are written out; 1e999999999 in full would fill the memory."""
_LAST_DAY = 2_958_465
"""The serial number of 9999-12-31, the last day a sheet knows."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A place for a digit, a mark the format gives meaning to (. , %), or text printed as it is."""

    kind: str
    text: str


def show_number(value: Decimal, code: str, *, from_1904: bool = False) -> str:
    """Return a stored number as its format shows it.

    >>> show_number(Decimal("0.97493670886"), "0.00%"), show_number(Decimal("1120500"), "#,##0.00,")
    ('97.49%', '1,120.50')
    >>> show_number(Decimal("11205000"), "0!.0000"), show_number(Decimal("-3.5"), "0.00;(0.00)")
    ('1120.5000', '(3.50)')
    >>> show_number(Decimal("45000"), "yyyy/m/d"), show_number(Decimal("0.1"), GENERAL)
    ('2023-03-15', '0.1')
    """
    if value and abs(value.adjusted()) > _MOST_DIGITS:
        return str(value)
    sections = _sections(code)
    if code == GENERAL or not sections:
        return plain(value)
    section, signed = _section_for(value, sections)
    parts = _parts(section)
    if parts is None:
        return plain(value)
    if not any(part.kind in "0#?" for part in parts):
        if any(part.kind == "date" for part in parts):
            return _date(value, from_1904)
        return "".join(part.text for part in parts).strip()
    text = _filled(abs(value), parts)
    return f"-{text}" if value < 0 and signed and text.strip("0.,%") else text


def plain(value: Decimal) -> str:
    """Return a number in full, without the noise of binary fractions."""
    return format(Decimal(format(value, ".15g")).normalize() if value else Decimal(0), "f")


@cache
def builtin_formats() -> dict[int, str]:
    """Return the codes of the formats that are known by number."""
    return {int(number): code for number, code in load_rows("number_formats")}


def _sections(code: str) -> list[list[re.Match[str]]]:
    """Return the tokens of a code, cut at the semicolons that stand outside quotes."""
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code.replace("G/通用格式", GENERAL)):
        if token["plain"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _section_for(value: Decimal, sections: list[list[re.Match[str]]]) -> tuple[list[re.Match[str]], bool]:
    """Return the section of a code that shows a value, and whether its sign is still to be printed."""
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _parts(section: list[re.Match[str]]) -> list[_Part] | None:
    """Return the parts of a section, None if it is of a kind that isn't followed."""
    if "".join(token.group() for token in section).startswith(GENERAL):
        return None
    letters = {token["plain"] for token in section if token["plain"]}
    if letters & set("yYmMdD年月日") and not letters & set(_PLACES):
        return [_Part("date", "")]
    parts: list[_Part] = []
    for token in section:
        if token["plain"] is not None:
            character = token["plain"]
            if _NOT_FOLLOWED.match(character):
                return None
            if character in f"{_PLACES}.,%":
                parts.append(_Part(character, character))
            else:
                parts.append(_Part("text", character))
        elif token["quoted"] is not None or token["escaped"] is not None:
            parts.append(_Part("text", token["quoted"] or token["escaped"] or ""))
        elif token["bracket"] is not None:
            currency = _CURRENCY.match(token["bracket"])
            if token["bracket"][:1] in "<>=":
                return None
            parts += [_Part("text", currency["sign"])] if currency and currency["sign"] else []
    return parts


def _filled(value: Decimal, parts: list[_Part]) -> str:
    """Return a value of no sign in the places of a section."""
    places = [index for index, part in enumerate(parts) if part.kind in _PLACES]
    point = next((index for index, part in enumerate(parts) if part.kind == "."), None)
    before = [index for index in places if point is None or index < point]
    behind = [index for index in places if point is not None and index > point]
    commas = [index for index, part in enumerate(parts) if part.kind == ","]
    last = max(before, default=-1)
    thousands = sum(1 for index in commas if places and index > max(places)) + sum(
        1 for index in commas if point is not None and last < index < point
    )
    grouped = any(before and before[0] < index < last for index in commas)
    percent = sum(1 for part in parts if part.kind == "%")
    scaled = value.scaleb(2 * percent - 3 * thousands)
    digits = format(scaled.quantize(Decimal(1).scaleb(-len(behind)), rounding=ROUND_HALF_UP), "f")
    whole, _, fraction = digits.partition(".")
    needed = sum(1 for index in before if parts[index].kind == "0")
    whole = whole.lstrip("0").rjust(needed, "0")
    least = sum(1 for index in behind if parts[index].kind == "0")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    return _laid_out(parts, before, behind, whole, fraction, grouped)


def _laid_out(
    parts: list[_Part], before: list[int], behind: list[int], whole: str, fraction: str, grouped: bool
) -> str:
    """Return digits and printed text in the order of the section; the first place takes what digits are left over."""
    taken: dict[int, str] = {}
    left = whole
    for index in reversed(before):
        taken[index] = left[-1:] if index != before[0] else left
        left = left[:-1] if index != before[0] else ""
    if grouped and len(before) > 0:
        number = "".join(taken[index] for index in before)
        taken = dict.fromkeys(before, "") | {before[0]: f"{int(number):,}" if number else ""}
    for place, index in enumerate(behind):
        taken[index] = fraction[place : place + 1]
    shown = []
    for index, part in enumerate(parts):
        if part.kind in _PLACES:
            shown.append(taken.get(index, ""))
        elif part.kind == ".":
            shown.append("." if fraction else "")
        elif part.kind != ",":
            shown.append(part.text)
    return "".join(shown).strip()


def _date(value: Decimal, from_1904: bool) -> str:
    """Return the day of a serial number in ISO form, the number itself if no calendar has it."""
    if not 0 < value <= _LAST_DAY:
        return plain(value)
    day = (_ORIGIN_1904 if from_1904 else _ORIGIN) + datetime.timedelta(days=int(value))
    return day.isoformat()
