"""What the name of a department looks like, and the name that a title or an owner line holds.

In: one line of text. Out: the name as printed, without blanks and width; no division is looked up in a document here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from kg.extract.identity.located import locate
from kg.lexicon import load_words
from kg.text.folding import compact
from kg.text.patterns import CHINESE_MARK, INSTITUTION_END, LOOSE_END, PART, any_of
from kg.values.code import strip_owner_code
from kg.values.year import CHINESE_YEAR, YEAR

_LEAD = re.compile(
    rf"^(?:[\[【(（]\d{{2,12}}[\]】)）][-—_]?|[《“\"\[【(（]|{YEAR}年?度?|{CHINESE_YEAR}年?度?"
    rf"|关于|(?:公开|公布|公示|批复)(?!表|情况|说明)|附件\d*[:：]?|{PART}|{CHINESE_MARK}|\d+[-—_]?"
    r"|(?:部门|单位)(?:综合)?[预决]算(?:信息)?(?:公开)?(?:报?表|说明)?)+"
)
"""What stands before a name: year, numbering, and the kind where a cover prints it first (2025年度部门预算某市某局)."""
_LABEL_WORDS = r"(?<!部门)(?<!单位)(?:预算|主管|评价|项目|填报|申报|编制|公开|被评价|实施|报告|报送)*"
_LABEL = re.compile(
    rf"{_LABEL_WORDS}(?<!委托)(?<!承办)(?<!审核)(?:部门|单位)(?:\(单位\))?(?:名称|全称)?(?:\([^()]{{1,8}}\))?[:：](?=[\u4e00-\u9fff\d\[])"
)
_ANY_LABEL = re.compile(
    rf"{_LABEL.pattern}|(?:委托|承办|审核)(?:部门|单位)[:：]|{_LABEL_WORDS}(?:机构|类型|名称|代码|编码|金额|日期|时间|负责人|联系人|电话)[:：]"
)
_UNTIL = re.compile(
    rf"(?<!\d){YEAR}(?!\d)|{CHINESE_YEAR}年|(?:部门|单位)?(?:综合|整体|项目|收支|财务)*(?:[预决]算(?!编审|评审|绩效评价中心)|支出|收支)"
    r"|绩效(?:自评|目标|评价报告|管理)|信息公开|(?:部门|单位)(?:概况|职责|信息)|概况|基本(?:情况|信息)|主要职[责能]|机构设置|(?:填报|报送|填表|编报)?(?:日期|时间|人)?[:：]"
    r"|[()（）、\-—_|》”]|$"
)
"""Where a name ends at the latest: at a year, a word of budgets, a bracket, the end of the line."""
_AFTER = re.compile(
    r"(?:关于|机关|本级|本部|汇总|系统|及其?(?:所属|下属|直属|基层).*|(?:部门|单位)$|编制|编印|公开|发布|报送|填报|文件|的)+$"
)
FORM_MAKER = re.compile(r"(?:监制|印制|印发|[局厅部委会院]制)$")
"""A line that says who made the form, not whose it is: 某市财政局监制."""
_INSIDE = re.compile(rf"(?:{YEAR}|{CHINESE_YEAR})年度?(?:(?:部门|单位)[预决]算(?:公开)?)?")
"""Year and kind between the place and the name of its organ: 某市某区2025年部门预算水务局."""
_WEAK = re.compile(
    r"(?=关于|及|系统|的|概况|部门|单位|(?:本级|机关|编制)(?=$|\d|[(（部单])|(?:项目|整体)(?=支出|绩效|预算|资金|自评)|年"
    r"|[\u4e00-\u9fff“”]{2,30}?(?:资金|经费|项目|补助|补贴|工程|专项)[\u4e00-\u9fff]{0,12}绩效(?:自|再)?评)"
)
"""Where a name may end before other words: 某市审计局关于…, 某市审计局及所属单位."""
_TAIL = re.compile(r"(?:[（(](?:本级|汇总|部门|机关|盖章|公章|部门公章|单位公章)[)）]|本级|机关)+$")
_STREET = re.compile(r"人民政府(?=[\u4e00-\u9fff]{2,6}街道办事处$)")
_NAME = re.compile(r"[\u4e00-\u9fff()（）·“”\"\d]{3,40}")
NATIONAL = re.compile(r"^(?:国家|中国|中央|中共|中华|全国|最高|国务院|新华|人民日报)")
"""How the names of bodies of the whole country begin, which stand in no place."""
_PLACE_LIKE = re.compile(
    r"(?!全|各|城市|社区)(?:[\u4e00-\u9fff]{1,7}?(?:[省州盟]|市(?![场容域]))(?:[\u4e00-\u9fff]{1,6}?[区县旗市])?"
    r"|[\u4e00-\u9fff]{2,6}?[区县旗])"
)
"""What reads like a place though the table of divisions has none of that name: renamed, abolished, misprinted."""
_NOT_OWN = re.compile(
    r"财政部门$|^(?:部门|单位|本(?!溪)|我|各|该|主管|预算|下属|所属|基层|项目|业务|根据|按照|依据|经(?!济)|现将|以及|对(?!外)|由|为|在|是|负责|组织(?!部)|指导)"
)
_TITLE_WORD = re.compile(
    r"\d{4}|\d月|会议上|元$|关于|的|情况|说明|报告|公开|报表|草案|汇编|目录|概况|公共|政府性|基金|国有资本|收支|资金|项目|经费|专项|政策|通知|办法$"
    r"|方案|意见|[市省县区州盟旗]级|本级|各部门|预算|决算|绩效|评价|执行|附件|部门|所属|下属|单位|^[市省县区州]?直|名称"
)
_PLACED_END = re.compile(rf"[\u4e00-\u9fff]{{3,}}(?:{INSTITUTION_END}|{LOOSE_END})$")
"""How a name ends behind a place whatever else it says: 某市专项资金结算站."""
_BEHIND = re.compile(r"[预决]算[^()]{0,8}[(（](?P<name>[\u4e00-\u9fff]{4,40})[)）]$")
"""A name in brackets behind the kind: 2025年部门预算公开(某市水务局)."""
_FIRM_END = re.compile(rf"{YEAR}|{CHINESE_YEAR}|(?:部门|单位)|[(（\-—_|》”]|$")
"""After these words alone a name may end in any word; before others (某市财政项目支出…) it must end like an organ's."""
_SHORTEST_OWN, _LONGEST = 2, 40
"""Characters that follow the place in the shortest name (某市某县某镇), and of the longest name."""


@cache
def _own_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(load_words('department_ends'))})$")


@lru_cache(maxsize=8192)
def is_organ_name(name: str) -> bool:
    """Return whether the whole of a text is the name of an organ.

    A name that ends like an organ's is one; behind a place, or begun as nationwide bodies are, any words are that
    belong to no title (岳阳市君山区广兴洲镇).

    >>> [is_organ_name(name) for name in ("信访局", "湖南省岳阳监狱", "岳阳市君山区", "岳阳市专项资金", "新华社")]
    [True, True, False, False, True]
    """
    if (
        not _NAME.fullmatch(name)
        or name.count("(") != name.count(")")
        or _NOT_OWN.search(name)
        or FORM_MAKER.search(name)
    ):
        return False
    located = locate(name)
    place = place_in(name)
    if located.chain and (located.end == len(name) or _TITLE_WORD.search(name[: located.start])):
        return False
    if not located.chain and _TITLE_WORD.search(place):
        return False
    if _own_end().search(name):
        return True
    if not located.chain and not place:
        return bool(NATIONAL.match(name)) and not _TITLE_WORD.search(name)
    own = name[located.end if located.chain else len(place) :]
    if _PLACED_END.search(own):
        return True
    return len(own) >= _SHORTEST_OWN and not _TITLE_WORD.search(own) and own not in load_words("organ_stems")


def names_place(name: str) -> bool:
    """Return whether a name holds a place, one of the table or what reads like one."""
    return bool(locate(name).chain or place_in(name))


def place_in(name: str) -> str:
    """Return the words of a name that say its place, in the table or not; empty where none do.

    >>> place_in("中共岳阳市云溪区委员会"), place_in("青崖市临浦区水务局"), place_in("水务局")
    ('岳阳市云溪区', '青崖市临浦区', '')
    """
    located = locate(name)
    like = _PLACE_LIKE.match(name) if not located.chain else None
    return like.group() if like is not None else name[located.start : located.end]


@lru_cache(maxsize=4096)
def organ_in(text: str) -> str | None:
    """Return the organ that a title or a line with a label names, None if it names none.

    >>> organ_in("2020年广州市信访局部门预算"), organ_in("部门收支总表"), organ_in("部门名称：岳阳市云溪区路口镇")
    ('广州市信访局', None, '岳阳市云溪区路口镇')
    """
    key = compact(text)
    labelled = labelled_organ(key)
    if labelled is not None:
        return labelled
    named = _organ_at(key)
    behind = _BEHIND.search(key) if named is None else None
    return _organ_at(behind["name"]) if behind is not None else named


def split_at_labels(line: str) -> tuple[str, ...]:
    """Return the pieces of a line in which lines of a cover are joined, each label (部门名称：) the head of its own.

    >>> split_at_labels("2025年部门预算公开报表部门名称:某市水务局报送日期:2025年2月")
    ('2025年部门预算公开报表', '部门名称:某市水务局', '报送日期:2025年2月')
    """
    starts = [label.start() for label in _ANY_LABEL.finditer(line)]
    return tuple(line[start:end] for start, end in pairwise((0, *starts, len(line))) if end > start)


def labelled_organ(line: str) -> str | None:
    """Return the organ that a line names behind 部门名称, 编制单位 and the like, None if it has no such label."""
    label = _LABEL.search(compact(line))
    return _organ_at(compact(line)[label.end() :]) if label is not None else None


def _organ_at(key: str) -> str | None:
    """Return the organ that a text begins with once the year and the numbering before it are off."""
    lead = _LEAD.match(key)
    if lead is not None and not key.startswith("关于印发"):
        key = key[lead.end() :]
    for end in _UNTIL.finditer(key, _SHORTEST_OWN):
        name = clean_name(_AFTER.sub("", _without_inside(key[: end.start()])))
        if is_organ_name(name) and (_FIRM_END.match(end.group()) or _own_end().search(name)):
            return name
        if end.start() > _LONGEST:
            break
    for end in _WEAK.finditer(key[: _LONGEST + 1], _SHORTEST_OWN):
        name = clean_name(key[: end.start()])
        if _own_end().search(name) and is_organ_name(name):
            return name
    return None


def _without_inside(text: str) -> str:
    """Return a name without year and kind in its middle, without the words before them if a place follows again."""
    inside = _INSIDE.search(text)
    if inside is None:
        return text
    rest = text[inside.end() :]
    return rest if names_place(rest) else text[: inside.start()] + rest


@lru_cache(maxsize=4096)
def clean_name(printed: str) -> str:
    """Return an organ's name without unit code, 本级, the 人民政府 before a street office, and blanks.

    >>> clean_name("289深圳市罗湖区审计局"), clean_name("某市财政局（本级）")
    ('深圳市罗湖区审计局', '某市财政局')
    """
    name = _STREET.sub("", strip_owner_code(compact(printed)).strip(":："))
    return _TAIL.sub("", name) or name
