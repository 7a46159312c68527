"""Names of departments of every sort, the place in them, and the titles, kinds and years they stand beside."""

from __future__ import annotations

import pytest

from kg.extract.context import Identity
from kg.extract.identity.document import find_identity
from kg.extract.identity.located import locate
from kg.extract.identity.organs import is_organ_name, organ_in
from kg.read.plain.reader import read_text


def identity(text: str) -> Identity:
    return find_identity(read_text(text.encode(), file="x.txt"))


PLACED = [
    ("江西省洪都监狱", "江西省"),
    ("浙江人民出版社", "浙江省"),
    ("衡水市桃城区供销合作社联合社", "桃城区"),
    ("共青团邢台市委员会", "邢台市"),
    ("中共铜陵市义安区委宣传部", "义安区"),
    ("国家税务总局漳州市芗城区税务局", "芗城区"),
    ("国家税务总局驻马店市税务局", "驻马店市"),
    ("审计署驻成都特派员办事处", "成都市"),
    ("上海浦东新区城市管理行政执法局", "浦东新区"),
    ("重庆两江新区财政局", "重庆市"),
    ("西咸新区发展和改革局", "陕西省"),
    ("武汉经济技术开发区管理委员会", "武汉市"),
    ("中国(四川)自由贸易试验区川南临港片区管理委员会", "四川省"),
    ("湛江海关", "湛江市"),
    ("中华人民共和国深圳海事局", "深圳市"),
    ("台湾民主自治同盟漳州市委员会", "漳州市"),
    ("台湾民主自治同盟驻马店市委员会", "驻马店市"),
    ("湘西州水利局", "湘西土家族苗族自治州"),
    ("双江县林业和草原局", "双江拉祜族佤族布朗族傣族自治县"),
    ("广西社会科学院", "广西壮族自治区"),
    ("满洲里海关", "满洲里市"),
    ("第三师图木舒克市财政局", "图木舒克市"),
    ("湘西自治州住房保障服务中心", "湘西土家族苗族自治州"),
    ("宁夏自治区党委统战部", "宁夏回族自治区"),
    ("江西日报社", "江西省"),
    ("赣州日报社", "赣州市"),
    ("甘肃省人民政府驻上海办事处", "甘肃省"),
    ("济源产城融合示范区财政金融局", "济源市"),
    ("昆山高新技术产业开发区管理委员会", "昆山市"),
    ("青海省海西州格尔木市水利局", "格尔木市"),
    ("新疆喀什地区莎车县教育局", "莎车县"),
    ("国家统计局江苏调查总队", "江苏省"),
    ("新疆生产建设兵团第六师五家渠市教育局", "五家渠市"),
    ("新疆生产建设兵团第二师三十三团", "新疆维吾尔自治区"),
    ("永州市江华瑶族自治县大路铺镇", "江华瑶族自治县"),
]


@pytest.mark.parametrize(("name", "place"), PLACED)
def test_a_name_says_its_place(name: str, place: str) -> None:
    division = locate(name).division
    assert division is not None
    assert division.name == place


@pytest.mark.parametrize(("name", "place"), PLACED)
def test_every_sort_of_body_can_publish_a_budget(name: str, place: str) -> None:
    found = identity(f"{name}2023年部门预算\n\n{name}2023年收入预算12万元。\n")
    assert (found.department, found.fiscal_year) == (name, 2023)


@pytest.mark.parametrize("name", ["国家信访局", "财政部", "中山大学", "最高人民法院", "甲市水务局", "新区管理委员会"])
def test_a_name_without_a_place_has_none(name: str) -> None:
    assert locate(name).division is None


@pytest.mark.parametrize(
    "text",
    [
        "邢台市2025年部门预算",
        "邢台市本级2025年预算公开",
        "邢台市财政项目支出绩效评价报告",
        "邢台市财政局制",
        "根据市财政局",
        "收支总表",
    ],
)
def test_what_names_no_organ_names_none(text: str) -> None:
    assert organ_in(text) is None


@pytest.mark.parametrize(
    "title",
    [
        "2022年部门预算公开（邢台市水务局）",
        "关于公开邢台市水务局2022年部门预算的公告",
        "邢台市水务局—2022年部门预算",
        "《邢台市水务局2022年部门预算》",
        "邢台市2022年水务局部门预算",
        "邢台市水务局部门2022年预算",
        "邢台市2022年部门预算水务局",
        "邢台市2022年部门预算 邢台市水务局",
        "一、邢台市水务局基本情况",
        "邢台市水务局、邢台市节水办2022年部门预算",
        "105001-邢台市水务局",
        "部门名称：[105001]邢台市水务局",
        "填报单位（公章）：邢台市水务局  填报日期：2022年1月",
        "邢台市水务局2022年度城镇供水项目支出绩效自评报告",
    ],
)
def test_a_title_names_its_organ_in_many_ways(title: str) -> None:
    assert organ_in(title) == "邢台市水务局"


def test_a_place_alone_is_no_organ() -> None:
    assert not is_organ_name("邢台市信都区")
    assert is_organ_name("邢台市信都区浆水镇")
    assert is_organ_name("邢台市专项资金结算站")


@pytest.mark.parametrize(
    ("cover", "department", "title"),
    [
        (
            "衢州市柯城区住房和城乡\n建设局\n2022年度单位决算\n",
            "衢州市柯城区住房和城乡建设局",
            "衢州市柯城区住房和城乡建设局2022年度单位决算",
        ),
        (
            "国家海洋信息与\n预报中心\n2022年部门预算\n",
            "国家海洋信息与预报中心",
            "国家海洋信息与预报中心2022年部门预算",
        ),
        (
            "中国人民政治协商会议\n六安市裕安区委员会\n2021年部门预算\n二〇二一年二月\n",
            "中国人民政治协商会议六安市裕安区委员会",
            "中国人民政治协商会议六安市裕安区委员会2021年部门预算",
        ),
        (
            "2021年部门预算公开\n\n单位名称（公章）：六安市裕安区石婆店镇\n报送日期：2021年3月2日\n",
            "六安市裕安区石婆店镇",
            None,
        ),
        (
            "六安市财政支出绩效评价报告\n六安市财政局制\n评价单位：六安市农机站\n2020年六安市农机站农机补贴绩效评价报告\n",
            "六安市农机站",
            None,
        ),
    ],
)
def test_a_cover_in_several_lines_is_read_whole(cover: str, department: str, title: str | None) -> None:
    found = identity(f"{cover}\n第一部分 {department}概况\n\n一、主要职能\n\n{department}负责有关工作。\n")
    assert found.department == department
    assert title is None or found.title == title


def test_heads_of_a_name_are_kept() -> None:
    for name in ("滁州市人民政府国有资产监督管理委员会", "中国共产党滁州市委员会社会工作部", "中共滁州市委办公室"):
        assert identity(f"{name}2024年度部门决算\n").department == name


def test_a_party_organ_of_a_district_is_completed_behind_its_head() -> None:
    found = identity("中共罗湖区委统战部2020年部门预算\n\n区委统战部负责统战工作。\n")
    assert found.department == "中共深圳市罗湖区委统战部"
    assert found.aliases == ("中共罗湖区委统战部", "区委统战部")


def test_final_accounts_of_a_unit_are_of_their_own_kind() -> None:
    assert identity("滁州市图书馆2024年度单位决算\n").kind == "单位决算"
    assert identity("滁州市文化局2024年度部门决算\n").kind == "部门决算"


@pytest.mark.parametrize(
    ("title", "kind", "year"),
    [
        ("滁州市水利局2022年度部门决算和2023年部门预算", "部门决算", 2022),
        ("滁州市水利局2023年部门预算及2022年度部门决算公开", "部门预算", 2023),
        ("滁州市水利局2023年部门预算和“三公”经费预算", "部门预算", 2023),
        ("滁州市水利局二0二三年部门预算", "部门预算", 2023),
        ("滁州市水利局二O二◯年度部门决算", "部门决算", 2020),
        ("关于滁州市2022年预算执行情况和2023年预算草案的报告", "其他", 2023),
    ],
)
def test_a_title_with_two_kinds_or_years_is_of_one_of_them(title: str, kind: str, year: int) -> None:
    found = identity(f"{title}\n\n一、概况\n\n负责有关工作。\n")
    assert (found.title, found.kind, found.fiscal_year) == (title, kind, year)


def test_the_title_of_a_table_is_not_the_documents() -> None:
    table = "{}\n\n部门名称：滁州市水利局\t\t单位：万元\n项目\t金额\n收入\t5.00\n支出\t5.00\n\n"
    found = identity(table.format("2023年收支预算总表") + table.format("2023年支出预算总表"))
    assert (found.department, found.title) == ("滁州市水利局", "滁州市水利局2023年部门预算")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (
            "滁州市人民政府关于印发《滁州市2023—2025年节水行动方案》的通知\n滁政发〔2022〕31号\n\n各县人民政府：\n\n现印发给你们。\n",
            2022,
        ),
        (
            "滁州市财政局关于加强2025年部门预算管理的通知\n\n各部门：\n\n请认真贯彻执行。\n\n滁州市财政局\n\n2024年11月8日\n",
            2024,
        ),
    ],
)
def test_a_policy_is_of_the_year_of_its_issue(text: str, year: int) -> None:
    found = identity(text)
    assert (found.kind, found.fiscal_year) == ("其他", year)


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        (
            "滁州市文化局部门预算包括：1.滁州市文化局 2.滁州市美术馆 3.滁州市文物管理所。",
            ("滁州市美术馆", "滁州市文物管理所"),
        ),
        (
            "滁州市文化局部门决算包括：滁州市文化局本级决算、滁州市美术馆决算和滁州市文物管理所决算。",
            ("滁州市文化局本级", "滁州市美术馆", "滁州市文物管理所"),
        ),
        ("部门预算由下列单位组成：①滁州市美术馆②滁州市文物管理所。", ("滁州市美术馆", "滁州市文物管理所")),
        ("部门预算包括收入预算和支出预算，含一般公共预算、政府性基金预算。", ()),
    ],
)
def test_units_are_those_that_a_sentence_lists(sentence: str, units: tuple[str, ...]) -> None:
    assert identity(f"2023年滁州市文化局部门预算\n\n一、概况\n\n{sentence}\n").units == units


def test_a_report_to_a_congress_ends_its_title_before_the_meeting() -> None:
    found = identity(
        "关于滁州市2021年财政预算执行情况和2022年财政预算草案的报告\n\n——2022年1月6日在滁州市第七届人民代表大会第一次会议上\n\n"
        "滁州市财政局\n\n各位代表：\n\n受市人民政府委托，现将有关情况报告如下，请予审议。\n"
    )
    assert found.title == "关于滁州市2021年财政预算执行情况和2022年财政预算草案的报告"
    assert (found.department, found.fiscal_year) == ("滁州市财政局", 2022)


def test_a_place_that_no_table_has_is_still_part_of_the_name() -> None:
    for cover in ("青崖市临浦区\n水务局\n2021年部门预算\n", "青崖市临浦区\n\n水务局\n\n2021年部门预算\n"):
        found = identity(cover + "\n一、概况\n\n负责有关工作。\n")
        assert (found.department, found.region.code) == ("青崖市临浦区水务局", None)
    assert identity("青崖市临浦区白马镇2021年部门预算\n").department == "青崖市临浦区白马镇"


def test_a_name_without_place_is_completed_from_the_one_full_name_the_text_keeps_to() -> None:
    text = "水利局2022年部门预算\n\n一、概况\n\n{}负责全县水利工作。\n\n{}2022年收入预算8万元。\n"
    assert identity(text.format("太湖县水利局", "太湖县水利局")).department == "太湖县水利局"
    assert identity(text.format("太湖县水利局", "望江县水利局")).department == "水利局"
    assert identity("国家信访局2022年部门预算\n\n安庆市国家信访局。安庆市国家信访局。\n").department == "国家信访局"
