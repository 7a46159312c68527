"""Understand a query: which words are a year, a place, a department, a code, an amount, a legal document.

What is certain becomes a filter, or excludes (不要广州); what names a thing without restricting the search (a
project, a concept) is looked for exactly. Every part can be undone by its id or kind. Numbers and years inside 《》
belong to a title and are left alone; so is a place that only begins the name of an unknown organisation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from kg.extract.citations.document_numbers import find_document_numbers
from kg.values.code import CODE, level_of
from kg.values.money import ENGLISH, FULL, SHORT, WORDED, amount_pattern, read_money, read_worded
from kg.values.numeral import NUMERALS, read_chinese_numeral
from kg.values.year import CHINESE_YEAR, EARLIEST, LATEST, YEAR, YEAR_RANGE, read_year
from search.facets.catalogue import ASKED, Filters
from search.index.analyze import fold_width
from search.index.names import Mention, Names
from search.index.read_graph import Name
from search.query.exclusion import mark_excluded
from search.query.expand import load_concepts
from search.query.places import join_places
from search.response import Understood

_TITLE = re.compile(r"《[^》]*》")
_RANGE = re.compile(rf"(?<![\d.]){YEAR_RANGE}")
_YEAR = re.compile(rf"(?<![\d.])({YEAR})(?!\d)(?!\s?年\s?\d)(?:\s?年度|\s?年)?")
_WORDED_YEAR = re.compile(rf"({CHINESE_YEAR})年度?")
_LAST_YEARS = re.compile(rf"(?:最近|近|过去)\s?(\d|[{NUMERALS}])\s?年")
_CODE = re.compile(rf"(?<![\dA-Za-z.])({CODE})(?![\d.年万亿元%])")
_MORE = r"超过|大于|高于|多于|不低于|不少于|至少|起码|≥|>=|>|over|above|more than|at least"
_LESS = r"不超过|不到|不足|未满|小于|低于|少于|不高于|不多于|至多|≤|<=|<|under|below|less than|at most"
_DOWN, _UP = "以下|及以下|以内|之内", "以上|及以上|往上"
_ORGANISATION = re.compile(
    r"(?![和与及])[\u4e00-\u9fff]{0,8}?(?:局|厅|委员会|委|办公室|政府|法院|检察院|中心|大学|医院)"
)
_ALONE = r"(?:(?<!\w)|(?<=[年度的])){}(?:(?!\w)|(?=[的中里内]))"
_VAGUE = tuple("区市县省我本该各")
_REST = re.compile(r"[\s,，。.;；:：、?？!！的和与及“”\"'()（）]+")
_FORMS = (FULL, SHORT, ENGLISH)
Taken = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """The parts of a query that were understood, in order, and the text left when filters are taken out.

    `entity` is the IRI of what the query names where it names one thing and nothing else.
    """

    parts: tuple[Understood, ...]
    rest: str
    entity: str | None = None

    @property
    def filters(self) -> Filters:
        """All filters of the parts together."""
        merged = Filters()
        for part in self.parts:
            merged = merged.joined(part.filters) if part.effect != "exclude" else merged
        return merged

    @property
    def excluded(self) -> tuple[Filters, ...]:
        """What each part that excludes something excludes."""
        return tuple(part.filters for part in self.parts if part.effect == "exclude")


def understand(
    text: str, names: Names, used: Callable[[str, str], bool], ignore: tuple[str, ...] = ()
) -> Understanding:
    """Return what `text` says. `used(facet, value)` tells whether any passage has that value.

    Parts whose id or kind is in `ignore` stay plain text.
    """
    taken: Taken = []
    parts: list[Understood] = []
    for found in _finders(text, names, used):
        for part in found:
            if (
                part.id in ignore
                or part.kind in ignore
                or any(part.start < end and start < part.end for start, end in taken)
            ):
                continue
            taken.append((part.start, part.end))
            parts.append(part)
    parts = join_places(text, sorted(parts, key=lambda part: part.start), names, used)
    parts = mark_excluded(text, parts)
    kept = [part for part in parts if part.effect in ("filter", "exclude")]
    return Understanding(parts=tuple(parts), rest=_without(text, kept), entity=_alone(text, parts))


def _finders(text: str, names: Names, used: Callable[[str, str], bool]) -> Iterator[list[Understood]]:
    titles = [(match.start(), match.end()) for match in _TITLE.finditer(text)]

    def outside(parts: Iterator[Understood]) -> list[Understood]:
        return [part for part in parts if not any(start <= part.start < end for start, end in titles)]

    mentions = names.find(text)
    yield list(_legal(text, names, mentions, used))
    yield outside(_amounts(text))
    yield outside(_years(text, used))
    yield outside(_codes(text, names, used))
    yield outside(_named(text, mentions, names, used))
    yield outside(_worded(text, used))
    yield outside(_concepts(text))


def _legal(text: str, names: Names, mentions: list[Mention], used: Callable[[str, str], bool]) -> Iterator[Understood]:
    numbers = {name.code: name for name in names.names if name.kind == "legal" and name.code}
    for number in find_document_numbers(text if "号" in text or "文" in text else f"{text}号"):
        end = min(number.end, len(text))
        name = numbers.get(str(number))
        yield _part("legal", text, number.start, end, name, str(number), used)
    for mention in mentions:
        legal = [name for name in mention.names if name.kind == "legal"]
        if legal:
            yield _part("legal", text, mention.start, mention.end, legal[0], legal[0].label, used)


def _part(
    kind: str,
    text: str,
    start: int,
    end: int,
    name: Name | None,
    label: str,
    used: Callable[[str, str], bool],
) -> Understood:
    known = name is not None and used("legal", name.iri)
    return Understood(
        id=f"{kind}:{text[start:end]}",
        kind=kind,
        text=text[start:end],
        start=start,
        end=end,
        effect="filter" if known else "exact",
        label=label,
        iri=name.iri if name else None,
        filters=Filters(legal=(name.iri,)) if name and known else Filters(),
    )


def _amounts(text: str) -> Iterator[Understood]:
    yield from _worded_amounts(text)
    for match in _amount_range().finditer(text):
        low = read_money(match["low"], match["low_unit"] or match["unit"]).yuan
        high = read_money(match["value"], match["unit"]).yuan
        if low <= high:
            yield _amount_part(text, match, Filters(min_amount=low, max_amount=high))
    for words, behind, name in ((_LESS, _DOWN, "max_amount"), (_MORE, _UP, "min_amount")):
        for match in _bound(words, behind).finditer(text.lower()):
            value = read_money(match["value"] or match["other"], match["unit"] or match["other_unit"]).yuan
            yield _amount_part(text, match, Filters.of({name: value}))


def _worded_amounts(text: str) -> Iterator[Understood]:
    """Yield bounds written in Chinese numerals (五百万元以上), and in numerals behind digits (1千万以上)."""
    for words, behind, name in ((_LESS, _DOWN, "max_amount"), (_MORE, _UP, "min_amount")):
        for match in re.finditer(rf"(?:{words})\s?({WORDED})|({WORDED})\s?(?:{behind})", text):
            value = read_worded(match[1] or match[2])
            if value is not None:
                yield _amount_part(text, match, Filters.of({name: value}))


@cache
def _amount_range() -> re.Pattern[str]:
    low = amount_pattern(FULL, SHORT, value="low", unit="low_unit", bare=True)
    return re.compile(rf"{low}\s?(?:到|至|-|~|～|—)\s?{amount_pattern(*_FORMS)}(?:之间)?")


@cache
def _bound(words: str, behind: str) -> re.Pattern[str]:
    other = amount_pattern(*_FORMS, value="other", unit="other_unit")
    return re.compile(rf"(?:{words})\s?{amount_pattern(*_FORMS)}|{other}\s?(?:{behind})")


def _amount_part(text: str, match: re.Match[str], filters: Filters) -> Understood:
    words = text[match.start() : match.end()]
    return Understood(
        id=f"amount:{words}",
        kind="amount",
        text=words,
        start=match.start(),
        end=match.end(),
        effect="filter",
        label=words,
        filters=filters,
    )


def _years(text: str, used: Callable[[str, str], bool]) -> Iterator[Understood]:
    for match in _RANGE.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        years = tuple(year for year in range(first, last + 1) if used("year", str(year)))
        if years:
            yield _year_part(match, years)
    for match in (*_YEAR.finditer(text), *_WORDED_YEAR.finditer(text)):
        year = read_year(match[1])
        if year is not None and used("year", str(year)):
            yield _year_part(match, (year,))
    held = [year for year in range(LATEST, EARLIEST, -1) if used("year", str(year))]
    for match in _LAST_YEARS.finditer(text):
        count = int(match[1]) if match[1].isdigit() else read_chinese_numeral(match[1])
        years = tuple(sorted(year for year in held if count and year > held[0] - count))
        if years:
            yield _year_part(match, years)


def _year_part(match: re.Match[str], years: tuple[int, ...]) -> Understood:
    label = "–".join(dict.fromkeys((str(years[0]), str(years[-1]))))
    return Understood(
        id=f"year:{match[0].strip()}",
        kind="year",
        text=match[0],
        start=match.start(),
        end=match.end(),
        effect="filter",
        label=label,
        filters=Filters(year=years),
    )


def _codes(text: str, names: Names, used: Callable[[str, str], bool]) -> Iterator[Understood]:
    alone = _REST.sub("", text)
    for match in _CODE.finditer(text):
        code = match[1]
        if (
            level_of(code) == "类"
            and alone != code
            and not text[: match.start()].rstrip().endswith(("科目", "代码", "编码", "code"))
        ):
            continue
        for name in names.called(code, "code"):
            facet = "economic_code" if "economic" in name.iri else "function_code"
            known = used(facet, code)
            yield Understood(
                id=f"code:{code}",
                kind="code",
                text=code,
                start=match.start(),
                end=match.end(),
                effect="filter" if known else "exact",
                label=f"{code} {name.label}",
                iri=name.iri,
                filters=Filters.of({facet: (code,)}) if known else Filters(),
            )


def _worded(text: str, used: Callable[[str, str], bool]) -> Iterator[Understood]:
    """Yield the words that stand for a value of a facet, the longest first, where they stand alone.

    Inside a longer word they are part of a topic: 自评 asks for self-evaluations, 绩效自评 for what is said of them.
    """
    folded = fold_width(text).lower()
    for facet in ASKED:
        for word, value in sorted(facet.words().items(), key=lambda entry: -len(entry[0])):
            match = re.search(_ALONE.format(re.escape(word)), folded)
            if match and used(facet.name, value):
                words = text[match.start() : match.end()]
                yield Understood(
                    id=f"{facet.name}:{words}", kind=facet.name, text=words, start=match.start(), end=match.end(),
                    effect="filter", label=words, filters=Filters.of({facet.name: (value,)}),
                )  # fmt: skip


def _concepts(text: str) -> Iterator[Understood]:
    for form, meaning in load_concepts():
        start = text.find(form)
        if start >= 0:
            yield Understood(
                id=f"concept:{form}", kind="concept", text=form, start=start, end=start + len(form), effect="exact",
                label=f"{form}：{meaning}",
            )  # fmt: skip


def _named(text: str, mentions: list[Mention], names: Names, used: Callable[[str, str], bool]) -> Iterator[Understood]:
    for mention, kind in product(mentions, ("department", "region", "project")):
        found = [name for name in mention.names if name.kind == kind]
        words = text[mention.start : mention.end]
        if not found:
            continue
        filters = Filters()
        if kind == "department":
            labels = tuple(sorted({name.label for name in found if used("department", name.label)}))
            if not labels or words.startswith(_VAGUE) or names.is_common(words):
                continue
            filters = Filters(department=labels)
        elif kind == "region":
            codes = tuple(sorted({name.code or "" for name in found if used("region", name.code or "")}))
            if not codes or _begins_organisation(text, mention):
                continue
            filters = Filters(region=codes)
        yield Understood(
            id=f"{kind}:{words}",
            kind=kind,
            text=words,
            start=mention.start,
            end=mention.end,
            effect="exact" if kind == "project" else "filter",
            label=found[0].label,
            iri=found[0].iri if len(found) == 1 or kind != "project" else found[-1].iri,
            filters=filters,
        )


def _begins_organisation(text: str, mention: Mention) -> bool:
    return _ORGANISATION.match(fold_width(text), mention.end) is not None


def _without(text: str, parts: list[Understood]) -> str:
    kept, place = [], 0
    for part in parts:
        kept.append(text[place : part.start])
        place = part.end
    kept.append(text[place:])
    return " ".join(" ".join(kept).split()).strip(" ,，、的")


def _alone(text: str, parts: list[Understood]) -> str | None:
    named = [
        part
        for part in parts
        if part.iri and part.effect != "exclude" and part.kind in ("legal", "code", "department", "project")
    ]
    if len(named) != 1 or len(parts) != 1:
        return None
    left = text[: named[0].start] + text[named[0].end :]
    return named[0].iri if not re.sub(r"[\W_《》文号]+", "", left) else None
