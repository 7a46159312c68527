"""Departments that could publish a budget, made of real places and kinds of organ, and the covers they print.

In: dice. Out: a Named (department, code of its region) and a text whose first page names it in one of many layouts.
The places are drawn from the whole table of divisions: provinces, cities with and without districts, prefectures,
districts, counties, development zones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from random import Random

from kg.lexicon import load_rows

BUREAUS = (
    "水务局",
    "林业和草原局",
    "文化广电旅游体育局",
    "卫生健康委员会",
    "自然资源和规划局",
    "城市管理和综合执法局",
    "农业农村局",
    "数据局",
    "人民政府办公室",
    "人民政府国有资产监督管理委员会",
    "人民代表大会常务委员会",
    "人民代表大会常务委员会办公室",
    "机关事务服务中心",
    "公安局交通警察支队",
    "市场监督管理局",
    "乡村振兴服务中心",
    "人民法院",
    "人民检察院",
    "供销合作社联合社",
    "供销合作总社",
    "供销合作社",
    "地方海事局",
    "气象局",
    "烟草专卖局",
    "邮政管理局",
    "档案馆",
    "融媒体中心",
    "广播电视台",
    "第一中学",
    "特殊教育学校",
    "机关幼儿园",
    "人民医院",
    "妇幼保健院",
    "疾病预防控制中心",
    "社会福利院",
    "救助管理站",
    "农业技术推广站",
    "动物卫生监督所",
    "国有林场",
    "日报社",
    "史志编纂室",
    "烈士陵园",
    "歌舞剧团",
    "公证处",
    "看守所",
)
UNIONS = (
    "妇女联合会",
    "总工会",
    "红十字会",
    "残疾人联合会",
    "工商业联合会",
    "归国华侨联合会",
    "社会科学界联合会",
    "文学艺术界联合会",
    "科学技术协会",
    "计划生育协会",
)
PARTY = (
    "中共{}委组织部",
    "中共{}委宣传部",
    "中共{}委党校",
    "中共{}委机构编制委员会办公室",
    "中共{}委员会政法委员会",
    "中共{}纪律检查委员会",
    "中国共产党{}委员会社会工作部",
    "中国共产主义青年团{}委员会",
    "共青团{}委员会",
    "中国人民政治协商会议{}委员会",
    "中国人民政治协商会议{}委员会办公室",
    "中国民主同盟{}委员会",
    "九三学社{}委员会",
    "台湾民主自治同盟{}委员会",
    "中国国际贸易促进委员会{}委员会",
)
VERTICAL = ("国家税务总局{}税务局", "国家统计局{}调查队", "国家金融监督管理总局{}监管分局")
SEATED = (
    "{}海关",
    "中华人民共和国{}海关",
    "中华人民共和国{}海事局",
    "{}经济技术开发区管理委员会",
    "{}高新技术产业开发区管理委员会",
)
"""Named after a city without its 市."""
PROVINCIAL = (
    "白石监狱",
    "未成年犯管教所",
    "女子强制隔离戒毒所",
    "人民出版社",
    "第三地质大队",
    "高级人民法院",
    "社会主义学院",
)
PLACES = ("柳林", "双桥", "石门", "新河", "青龙", "白马", "太平", "广兴洲")
SEATS = ("{}镇", "{}乡", "{}街道", "{}镇人民政府", "{}乡人民政府", "{}街道办事处")
NEW_AREAS = (
    ("重庆两江新区", "500000"),
    ("河北雄安新区", "130000"),
    ("贵州贵安新区", "520000"),
    ("陕西省西咸新区", "610000"),
    ("四川天府新区", "510000"),
    ("云南滇中新区", "530000"),
    ("江西赣江新区", "360000"),
    ("天津滨海新区", "120116"),
    ("上海浦东新区", "310115"),
    ("兰州新区", "620171"),
    ("南京江北新区", "320100"),
    ("哈尔滨新区", "230100"),
    ("青岛西海岸新区", "370200"),
    ("大连金普新区", "210200"),
    ("浙江舟山群岛新区", "330900"),
    ("北京经济技术开发区", "110000"),
    ("武汉东湖新技术开发区", "420100"),
    ("西安国际港务区", "610100"),
    ("湖南湘江新区", "430000"),
)
CORPS = (
    ("新疆生产建设兵团第八师石河子市", "659001"),
    ("新疆生产建设兵团第一师阿拉尔市", "659002"),
    ("新疆生产建设兵团第十三师", "650000"),
    ("新疆生产建设兵团第四师七十八团", "650000"),
    ("新疆生产建设兵团", "650000"),
)
SHORT_PREFECTURES = (
    ("延边州", "222400"),
    ("恩施州", "422800"),
    ("湘西州", "433100"),
    ("凉山州", "513400"),
    ("大理州", "532900"),
    ("迪庆州", "533400"),
    ("甘孜州", "513300"),
    ("临夏州", "622900"),
    ("伊犁州", "654000"),
    ("黔东南州", "522600"),
)
REGIONS = (("广西", "450000"), ("内蒙古", "150000"), ("宁夏", "640000"), ("新疆", "650000"), ("西藏", "540000"))
"""Autonomous regions by the names they are called by."""

UNKNOWN = ("青崖市", "青崖市临浦区", "青崖市石湾县", "白鹭州临浦县", "石湾县")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A department in full, the code of the division it belongs to (None of none), and of what sort its name is."""

    department: str
    region: str | None
    sort: str


@cache
def places() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return names printed in full with their codes, by sort: province, city, county (alone), pair, zone."""
    rows = {code: (name, rest[0] if rest else "") for code, name, *rest in load_rows("divisions")}
    often = Counter(name for name, _ in rows.values())
    found: dict[str, list[tuple[str, str]]] = {"province": [], "city": [], "county": [], "pair": [], "zone": []}
    for code, (name, parent) in rows.items():
        if code.endswith("0000"):
            found["province"].append((name, code))
        elif code.endswith("00"):
            found["city"] += [(name, code), (rows[parent][0] + name, code)]
        elif 71 <= int(code[4:]) < 100 and code[2:4] != "90":
            if name.endswith("区"):
                found["zone"].append((name, code))
        elif name[-1] in "市区县旗":
            found["pair"].append((rows[parent][0] + name, code))
            if often[name] == 1 and name[-1] != "区" and len(name) > 2:
                found["county"].append((name, code))
    return {sort: tuple(pairs) for sort, pairs in found.items()}


def _of(sort: str, dice: Random) -> tuple[str, str]:
    return dice.choice(places()[sort])


def _anywhere(dice: Random) -> tuple[str, str]:
    return _of(dice.choice(("city", "county", "pair", "pair")), dice)


def _bureau(dice: Random) -> Named:
    place, code = _anywhere(dice)
    return Named(department=place + dice.choice(BUREAUS), region=code, sort="bureau")


def _union(dice: Random) -> Named:
    place, code = _anywhere(dice)
    return Named(department=place + dice.choice(UNIONS), region=code, sort="union")


def _party(dice: Random) -> Named:
    place, code = _anywhere(dice)
    return Named(department=dice.choice(PARTY).format(place), region=code, sort="party")


def _vertical(dice: Random) -> Named:
    place, code = _anywhere(dice)
    return Named(department=dice.choice(VERTICAL).format(place), region=code, sort="vertical")


def _seated(dice: Random) -> Named:
    cities = [(name, code) for name, code in places()["city"] if name[-1] == "市" and name.count("省") == 0]
    often = Counter(name[:-1] for name, _ in (*cities, *places()["province"]))
    name, code = dice.choice([(name, code) for name, code in cities if often[name[:-1]] == 1 and "区" not in name])
    department = dice.choice(SEATED).format(name[:-1])
    own = next((code for zone, code in places()["zone"] if department.startswith(zone)), code)
    return Named(department=department, region=own, sort="seated")


def _provincial(dice: Random) -> Named:
    place, code = _of("province", dice)
    return Named(department=place + dice.choice((*BUREAUS[:8], *PROVINCIAL)), region=code, sort="provincial")


def _prison(dice: Random) -> Named:
    """A prison of a province, named after a city that it stands in but does not belong to."""
    code = dice.choice([code for name, code in places()["city"] if name[-1] == "市" and len(name) == 3])
    rows = {code: name for code, name, *_ in load_rows("divisions")}
    above = code[:2] + "0000"
    return Named(department=f"{rows[above]}{rows[code][:-1]}监狱", region=above, sort="prison")


def _town(dice: Random) -> Named:
    place, code = _of(dice.choice(("pair", "county")), dice)
    return Named(department=place + dice.choice(SEATS).format(dice.choice(PLACES)), region=code, sort="town")


def _zone(dice: Random) -> Named:
    place, code = dice.choice((_of("zone", dice), dice.choice(NEW_AREAS), dice.choice(NEW_AREAS)))
    organ = dice.choice(("管理委员会", "财政局", "水务局", "党群工作部", "管委会"))
    return Named(department=place + organ, region=code, sort="zone")


def _corps(dice: Random) -> Named:
    place, code = dice.choice(CORPS)
    organs = ("财政局", "教育局", "总工会") if not place.endswith("团") or place.endswith("兵团") else ("", "医院")
    return Named(department=place + dice.choice(organs), region=code, sort="corps")


def _prefecture(dice: Random) -> Named:
    place, code = dice.choice((*SHORT_PREFECTURES, *REGIONS))
    return Named(department=place + dice.choice((*BUREAUS[:6], "科学院", "日报社")), region=code, sort="short place")


def _unknown(dice: Random) -> Named:
    """A body of a place that no table of divisions has: renamed since, or misprinted."""
    place = dice.choice(UNKNOWN)
    own = dice.choice((*BUREAUS, *UNIONS, *(seat.format(dice.choice(PLACES)) for seat in SEATS)))
    return Named(department=place + own, region=None, sort="unknown place")


SORTS: tuple[Callable[[Random], Named], ...] = (
    _bureau,
    _bureau,
    _union,
    _party,
    _vertical,
    _seated,
    _provincial,
    _prison,
    _town,
    _zone,
    _corps,
    _prefecture,
    _unknown,
)


def throw_name(dice: Random) -> Named:
    """Return a department that may never have existed, of a place that does."""
    return dice.choice(SORTS)(dice)


def _broken(name: str, dice: Random) -> str:
    """Return the name over two lines, as a narrow cover prints it; never inside its first four characters."""
    at = dice.randint(4, len(name) - 2) if len(name) > 7 else len(name)
    return f"{name[:at]}\n{name[at:]}".strip()


def _cut(name: str, pieces: int, dice: Random) -> str:
    """Return the name over so many lines, cut anywhere, as a cover in large type prints it."""
    cuts = sorted(dice.sample(range(2, len(name) - 1), min(pieces - 1, len(name) - 3)))
    return "\n".join(name[start:end] for start, end in pairwise((0, *cuts, len(name))))


KINDS = ("部门预算", "部门决算", "单位预算", "单位决算")


def cover(name: str, year: int, kind: str, layout: int, dice: Random) -> str:
    """Return the first page of a document in the layout with that number (modulo their count)."""
    chinese = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    layouts = (
        f"{name}{year}年{kind}\n",
        f"{year}年{name}{kind}\n",
        f"{year}年度\n{name}\n{kind}公开\n\n{chinese}年二月\n",
        f"{name}\n{year}年度{kind}\n公开说明\n\n目  录\n",
        f"{_broken(name, dice)}\n{year}年度{kind}\n\n{year}年2月18日\n",
        f"{_broken(name, dice)}\n{year}年{kind}信息公开\n（{chinese}年三月）\n",
        f"附件1\n\n{name}{year}年\n{kind}和“三公”经费公开情况说明\n",
        f"{name}关于{year}年{kind}公开的说明\n",
        f"{chinese}年度{name}{kind}\n编制单位：{name}\n",
        f"{year}年{kind}公开报表\n\n部门名称：{name}\n报送日期：{year}年2月\n",
        f"{name}（本级）\n{year}年{kind}\n",
        f"{year}年度{kind}\n\n{name}\n{year}年2月\n",
        f"{name}（部门公章）\n{year}年{kind}公开\n\n单位负责人签章：    财务负责人签章：\n",
        f"{name}{year}年{kind}公开目录\n",
        f"{_cut(name, 2, dice)}\n{year}年{kind}公开\n（公开版）\n",
        f"{year}年度\n{_cut(name, 3, dice)}\n{kind}\n\n目 录\n",
        f"当前位置：首页 > 政务公开 > 财政预决算\n\n{name}{year}年{kind}\n\n发布时间：{year}-02-18 来源：本网\n",
        f"{' '.join(name)}\n{year} 年 {kind}\n\n北京市财政局监制\n",
        f"{year}年{kind}公开报表\n\n预算代码：105001\n单 位 名 称：{name}\n",
        f"{_cut(name, 2, dice)}{year}年\n{kind}公开说明\n\n{name}办公室\n{year}年3月\n",
        f"索引号：0{year}11-3\n{name}{year}年{kind}及“三公”经费预算信息公开\n\n{year}年2月\n",
        f"{name}\n{kind}\n（{year}年度）\n",
    )
    return layouts[layout % len(layouts)]


LAYOUTS = 22


def document(named: Named, year: int, kind: str, layout: int, dice: Random) -> str:
    """Return a short document of the department: its cover, its duties, one sentence with its money."""
    name = named.department
    return (
        f"{cover(name, year, kind, layout, dice)}\n"
        f"第一部分 {name}概况\n\n一、主要职能\n\n负责本辖区有关工作，指导基层单位。\n\n"
        f"第二部分 {year}年{kind}情况说明\n\n{name}{year}年收入总计{dice.randint(100, 9999)}.{dice.randint(10, 99)}万元。\n"
    )
