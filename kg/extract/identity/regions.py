"""Administrative divisions: how each is called, which one a name begins with, and what it belongs to (GB/T 2260)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_mapping, load_rows, load_words
from kg.records import Region
from kg.text.patterns import any_of

_LONGEST_NAME = 15
"""Characters of the longest name of a division (autonomous counties of several peoples)."""
_LEVELS = 3
"""Province, city, district."""
_FIRST_ZONE = 70
"""From here on the last two digits of a code of the table count zones (130171) that are no divisions by law."""
_UNIVERSITY = "大学"
_SEATED = re.compile("海关|海事|边检|出入境|经济|高新|产城|保税|综合|工业园|产业园|国家级|国际|新区")
"""What follows a county-level city in the name of what stands there: 满洲里海关, 昆山高新技术产业开发区."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A province, city or district with its code and the code of the one it belongs to."""

    code: str
    name: str
    parent: str

    @property
    def level(self) -> int:
        """0 for a province (also 直辖市), 1 for a city, 2 for a district or county."""
        return 0 if self.code.endswith("0000") else 1 if self.code.endswith("00") else 2

    @property
    def is_zone(self) -> bool:
        """Whether it is a development zone or the like, which is named with its city or as it likes."""
        return self.level == 2 and int(self.code[4:]) > _FIRST_ZONE and not self.in_province

    @property
    def in_province(self) -> bool:
        """Whether it belongs to the province itself, to no city: 济源市, 石河子市."""
        return self.level == 2 and self.code[2:4] == "90"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The divisions that a text may begin with (several share names), and the characters that name them.

    `bare` says that the name goes without its last word (岳阳 for 岳阳市).
    """

    divisions: tuple[Division, ...]
    length: int
    bare: bool = False


@cache
def _divisions() -> tuple[Division, ...]:
    return tuple(
        Division(code=code, name=name, parent=rest[0] if rest else "") for code, name, *rest in load_rows("divisions")
    )


@cache
def _by_code() -> dict[str, Division]:
    return {division.code: division for division in _divisions()}


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    """Divisions by full name, and autonomous areas by the name of daily use where no full name is that."""
    full: dict[str, tuple[Division, ...]] = {}
    for division in _divisions():
        full[division.name] = (*full.get(division.name, ()), division)
    called: dict[str, tuple[Division, ...]] = {}
    for division in _divisions():
        for name in called_names(division.name):
            if name not in full:
                called[name] = (*called.get(name, ()), division)
    return full | called


@cache
def _by_bare_name() -> dict[str, Division]:
    """Provinces and cities by their names without 省, 市, 州; the province where both are called so (吉林)."""
    found: dict[str, Division] = {}
    for division in sorted(_divisions(), key=lambda division: division.level):
        name = bare_name(division)
        if name:
            found.setdefault(name, division)
    return found


@cache
def _autonomous() -> re.Pattern[str]:
    peoples = any_of(load_words("ethnic_groups"))
    return re.compile(rf"(?P<base>[\u4e00-\u9fff]{{2,}}?)(?:{peoples})*自治(?P<end>[州县旗区])")


def called_names(name: str) -> tuple[str, ...]:
    """Return what an autonomous area is called without its peoples; nothing for others.

    >>> called_names("延边朝鲜族自治州"), called_names("双江拉祜族佤族布朗族傣族自治县"), called_names("岳阳市")
    (('延边自治州', '延边州'), ('双江自治县', '双江县'), ())
    >>> called_names("广西壮族自治区")
    ('广西自治区',)
    """
    match = _autonomous().fullmatch(name)
    if match is None:
        return ()
    base, end = match["base"].removesuffix("族"), match["end"]
    return tuple(other for other in (f"{base}自治{end}", f"{base}{end}" if end != "区" else name) if other != name)


def bare_name(division: Division) -> str | None:
    """Return the name of a province or city without its last word, None where it has none in use.

    >>> [bare_name(chain[-1]) for chain in map(leading_divisions, ("广西壮族自治区", "岳阳市", "延边州", "君山区"))]
    ['广西', '岳阳', '延边', None]
    """
    if division.level == _LEVELS - 1:
        return None
    match = _autonomous().fullmatch(division.name)
    name = match["base"] if match is not None else re.sub(r"(?:特别行政区|省|市|地区)$", "", division.name)
    return name if name != division.name and len(name) > 1 else None


def parents(division: Division) -> tuple[Division, ...]:
    """Return what the division belongs to, the province first, the division itself last."""
    chain = [division]
    for _ in range(_LEVELS - 1):  # a bound: the table is data, and a cycle in it must not hang the reader
        above = _by_code().get(chain[0].parent)
        if above is None:
            break
        chain.insert(0, above)
    return tuple(chain)


def begins_with(text: str, above: Division | None = None) -> Named | None:
    """Return the divisions of the longest full name that `text` begins with, those below `above` if that is given."""
    for length in range(min(_LONGEST_NAME, len(text)), 1, -1):
        found = _by_name().get(text[:length], ())
        fitting = tuple(division for division in found if above is None or above in parents(division)[:-1])
        if fitting:
            return Named(divisions=fitting, length=length)
        if found and above is not None:
            return None  # 上海市 and 普陀区 of another city: what follows is no part of the first
    return None


@cache
def _by_bare_county() -> dict[str, Division]:
    """Cities below the level of cities by their names without 市, where nothing else is called so."""
    names = Counter(division.name[:-1] for division in _divisions())
    return {
        division.name[:-1]: division
        for division in _divisions()
        if division.level == _LEVELS - 1 and division.name[-1] == "市" and names[division.name[:-1]] == 1
    }


def begins_bare(text: str, above: Division | None = None) -> Named | None:
    """Return the province or city that `text` begins with without its last word (岳阳海关).

    A university named after a city need not stand there; a county-level city counts before customs and zones only.
    """
    for length in range(min(_LONGEST_NAME, len(text) - 1), 1, -1):
        division = _by_bare_name().get(text[:length])
        if division is None or (above is not None and above not in parents(division)[:-1]):
            continue
        if division.level == 0 or not text.startswith(_UNIVERSITY, length):
            return Named(divisions=(division,), length=length, bare=True)
    for length in range(min(_LONGEST_NAME, len(text) - 1), 1, -1):
        county = _by_bare_county().get(text[:length])
        if county is not None and (above is None or above in parents(county)) and _SEATED.match(text, length):
            return Named(divisions=(county,), length=length, bare=True)
    return None


def new_area(text: str) -> Division | None:
    """Return what the national new area belongs to that `text` begins with (雄安新区), None for anything else."""
    code = next((code for name, code in load_mapping("new_areas").items() if text.startswith(name)), None)
    return _by_code()[code] if code is not None else None


def leading_divisions(name: str) -> tuple[Division, ...]:
    """Return the divisions whose full names a name begins with, outermost first.

    Names that several places share are settled by the others: 上海市普陀区… is not the one in Zhoushan.

    >>> [division.code for division in leading_divisions("深圳市罗湖区审计局")]
    ['440300', '440303']
    >>> leading_divisions("财政部")
    ()
    """
    return leading_names(name)[0]


def leading_names(name: str, *, bare: bool = False) -> tuple[tuple[Division, ...], int]:
    """Return the divisions that a name begins with, outermost first, and how many characters name them.

    With `bare` the first may go without their last word: 天津滨海新区水务局, 北京经济技术开发区. After a full name
    they may not: 湖南省岳阳监狱 is the province's.
    """
    chain: list[Division] = []
    at, may_be_bare = 0, bare
    for _ in range(_LEVELS):
        above = chain[-1] if chain else None
        named = begins_with(name[at:], above) or (begins_bare(name[at:], above) if may_be_bare else None)
        if named is None or len(named.divisions) > 1:
            break
        chain.append(named.divisions[0])
        at += named.length
        may_be_bare = named.bare
    return tuple(chain), at


def shared_name(text: str) -> tuple[Division, ...]:
    """Return the divisions that the beginning of `text` may name (several where it is ambiguous)."""
    named = begins_with(text)
    return named.divisions if named is not None else ()


def to_region(division: Division | None) -> Region:
    """Return province, city and district of a division with its code; all None for None."""
    if division is None:
        return Region()
    names: list[str | None] = [None, None, None]
    for part in parents(division):
        names[part.level] = part.name
    if names[1] is None and names[0] is not None and names[0].endswith("市"):
        names[1] = names[0]  # a municipality is its own city
    return Region(province=names[0], city=names[1], district=names[2], code=division.code)
