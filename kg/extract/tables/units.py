"""Whether a text of a table names the department or one of its units."""

from __future__ import annotations

import re

from kg.extract.context import Identity
from kg.extract.identity.organs import place_in
from kg.text.folding import compact
from kg.text.patterns import INSTITUTION_END, LOOSE_END, ORGAN_END
from kg.values.code import strip_owner_code

_END = rf"(?:{ORGAN_END}|{INSTITUTION_END}|监狱)"
_ORGAN = re.compile(rf"^(?!.*(?:经费|项目|资金|费$|工程|补助|补贴)).*{_END}$")
_LIKE_ORGAN = re.compile(rf"(?:{ORGAN_END}|{INSTITUTION_END}|{LOOSE_END}|监狱|政府|街道|总队|医院|学院|集团|公司)$")
_SECOND_NAME = re.compile(r"[(（][^()（）]*[)）]$")
_LONGEST_SHORT = 4
"""Characters of a name that may be the end of many a text: a row that ends so is no unit yet."""


def names_unit(text: str, identity: Identity) -> bool:
    """Return whether a text is the department, a unit known by its name, or an organ of the same place.

    A second name in brackets (某市执法支队（某市渔政支队）) changes nothing.
    """
    bare = re.sub(r"(?:（|\()?(?:本级|机关|小计|合计)(?:）|\))?$", "", strip_owner_code(compact(text)))
    own = {compact(other) for other in (identity.department or "", *identity.aliases, *identity.units)} - {""}
    region = identity.region
    own_place = place_in(identity.department) if identity.department else ""
    named = (identity.department, own_place, region.city, region.district, region.province)
    places = tuple(place for place in named if place)
    for name in (compact(text), bare, _SECOND_NAME.sub("", bare)):
        if name in own or any(name.endswith(other) for other in own if len(other) > _LONGEST_SHORT):
            return True
        if name.startswith(places) and _ORGAN.search(name):
            return True
    return False


def is_like_organ(text: str) -> bool:
    """Return whether a text ends as names of organs and institutions do, wherever they are.

    >>> is_like_organ("老干部活动中心"), is_like_organ("第一中学校（东校区）"), is_like_organ("行政运行")
    (True, True, False)
    """
    return _LIKE_ORGAN.search(_SECOND_NAME.sub("", compact(text))) is not None
