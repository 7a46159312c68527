"""Full names of government bodies from the short ones a document prints."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.ids import fold_name
from kg.lexicon import load_mapping
from kg.records import Region

# A short name begins with the level alone (区信访局, 市财政局, 我省…) and means the document's own region.
_LEVEL = re.compile(r"^(?:本|我|全)?([省市区县州盟旗])(?=[\u4e00-\u9fff]{2})")
_DISTRICTS = "区县州盟旗"
_GOVERNMENT = re.compile(r"(?<=[省市区县州盟旗镇乡])政府(?=$|办公)")


def _stem(name: str) -> str:
    """Return what follows the last place in a name: 人力资源 of 某市某区人力资源."""
    return re.split(r"[省市区县州盟旗]", name)[-1]


def complete_name(name: str, region: Region, known: Iterable[str]) -> str:
    """Return the full name of a body, as far as the document's region and other names prove it.

    >>> here = Region(province="广东省", city="深圳市", district="龙岗区")
    >>> complete_name("区信访局", here, ()), complete_name("市财政局", here, ())
    ('深圳市龙岗区信访局', '深圳市财政局')
    >>> complete_name("国务院", here, ()), complete_name("龙岗区信访局", Region(), ["深圳市龙岗区信访局"])
    ('国务院', '深圳市龙岗区信访局')
    >>> complete_name("区政府", here, ()), complete_name("深圳市龙岗区人力资源", here, ())
    ('深圳市龙岗区人民政府', '深圳市龙岗区人力资源局')
    """
    name = _GOVERNMENT.sub("人民政府", fold_name(name))
    name += load_mapping("organ_stems").get(_stem(name), "")
    for full in known:
        if full and name != full and full.endswith(name) and len(name) >= 4 and not _LEVEL.match(name):
            return full
    city, district = region.city or "", region.district or ""
    if district and name.startswith(district) and len(name) > len(district):
        return name if city in {"", district} or name.startswith(city) else city + name
    level = _LEVEL.match(name)
    if level is None:
        return name
    rest = name[level.end() :]
    if level[1] == "省" and region.province:
        return region.province + rest
    if level[1] == "市" and (city or region.province):
        return (city or region.province or "") + rest
    if level[1] in _DISTRICTS and district:
        return (city if not district.startswith(city) else "") + district + rest
    return name
