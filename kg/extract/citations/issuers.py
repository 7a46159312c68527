"""Find who issued a document: the organs printed before its title or before 关于印发.

In: the text that leads up to a title. Out: the organs' names as printed, in their order.
"""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import load_words
from kg.text.patterns import ITEM_MARK, NUMERALS
from kg.values.year import MONTH_DAY

_TRAIL = re.compile(r"(?:(?:会议)?纪要|联合|关于|印发|转发|发布|下发|公布|颁布|制定|出台|的|[《〈（(：:\s])+$")
_DATE = re.compile(rf"(?:\d{{4}}\s?年)?\s?{MONTH_DAY}[，,]?|\d{{0,4}}\s?年[，,]?")
_ITEM = re.compile(rf"^\s*(?:{ITEM_MARK}|[{NUMERALS}\d]{{1,2}}[）)])\s*")
_BREAK = re.compile(r"[。；;：:！？\n]")
_PARTS = re.compile(
    r"[、，,\s]+|(?<=[局厅委部院府办会署])[和及与](?=[\u4e00-\u9fff])"
    r"|(?<=办公厅)(?=国务院|中共|[\u4e00-\u9fff]{2,5}人民政府)"
)
_PARTY_AND_STATE = re.compile(r"^(?P<party>中共.{2,12}?委)(?P<state>(?!员会|办公).{2,12}人民政府)$")
_TWIN = re.compile(r"^(?P<place>.*?(?P<level>[省市区县州]))委(?P<other>(?P=level)(?:人民)?政府)$")
_REGION = re.compile(r"^(?:中共)?(?P<region>(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区|市|州|区|县))+)")
_SPIRIT = re.compile("(?:精神|要求|部署|战略|指示|文件)(?:和|及|与|以及|、|，)")
"""What else the basis rests on stands before an organ: 贯彻会议精神和国务院《…》."""
_OFFICE = re.compile(r"办公(?:会议?)?$|(?:常务|专题|党组)会议?$")
_PERSON = re.compile(
    r"^[\u4e00-\u9fff]{2,16}(?:局长|厅长|部长|主任|书记|市长|省长|区长|县长|秘书长|领导)[\u4e00-\u9fff]{0,4}$"
)

_LONGEST_ORGAN = 30
"""Characters of an organ's full name with its places; what is longer is a sentence."""
_FULL_NAME = 5
"""Characters up to which an organ named second shares the place of the first (某市财政局、审计局)."""
_LONGEST_ORGAN = 20
"""Characters of an organ's name; what is longer holds words of the sentence."""


def find_issuers(lead: str) -> tuple[str, ...]:
    """Return the organs named at the end of `lead`, the text before a title.

    >>> find_issuers("2、运维费依据甲市信访局关于")
    ('甲市信访局',)
    >>> find_issuers("甲市乙区财政局 信访局")
    ('甲市乙区财政局', '甲市乙区信访局')
    >>> find_issuers("全面贯彻落实")
    ()
    """
    text = _ITEM.sub("", _BREAK.split(lead)[-1])
    text = _ITEM.sub("", _DATE.sub("", _after_lead(text)))
    text = _OFFICE.sub("", _TRAIL.sub("", text))
    organs: list[str] = []
    for part in reversed([part for part in _PARTS.split(text) if part]):
        if not _is_organ(part) and (organs or not _may_be_cut(part, text)):
            break
        organs[:0] = _split_twin(part)
    return _with_region(organs)


def _after_lead(text: str) -> str:
    cut = 0
    for word in (*load_words("citation_leads"), "经费", "费用", "为", "以及", "受理", "下达", "收到"):
        at = text.rfind(word)
        if at >= 0:
            cut = max(cut, at + len(word))
    cut = max([cut, *(match.end() for match in _SPIRIT.finditer(text))])
    return text[cut:]


def _is_organ(part: str) -> bool:
    if part[0] in "我本各该其" or not 2 <= len(part) <= _LONGEST_ORGAN:
        return False
    return part.endswith(_suffixes()) or bool(_PERSON.match(part.removesuffix("同志")))


def _may_be_cut(part: str, text: str) -> bool:
    """Whether the last of several organs lost its last character: it shares their region."""
    parts = [other for other in _PARTS.split(text) if other]
    region = _REGION.match(parts[0])
    return len(parts) > 1 and region is not None and part.startswith(region["region"]) and len(part) <= _LONGEST_ORGAN


def _split_twin(part: str) -> list[str]:
    """Split 甲市乙区委区政府 into its two organs."""
    both = _PARTY_AND_STATE.match(part)
    if both:
        return [both["party"], both["state"]]
    match = _TWIN.match(part)
    if match is None:
        return [part.removesuffix("同志")]
    return [f"{match['place']}委", f"{match['place']}{match['other'][1:]}"]


def _with_region(organs: list[str]) -> tuple[str, ...]:
    """Give an organ without a region that of the first one (甲市财政局 信访局)."""
    if len(organs) < 2:
        return tuple(organs)
    region = _REGION.match(organs[0])
    if region is None:
        return tuple(organs)
    return (organs[0], *(_placed(organ, region["region"]) for organ in organs[1:]))


def _placed(organ: str, region: str) -> str:
    if _REGION.match(organ) or len(organ) > _FULL_NAME:
        return organ
    return region + organ.removeprefix(region[-1])  # 甲省、省政府: the level is printed once again


@cache
def _suffixes() -> tuple[str, ...]:
    return load_words("organ_suffixes")
