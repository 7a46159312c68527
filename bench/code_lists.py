"""Write ontology/codes/*.ttl from observed code lists.

    python bench/code_lists.py ../shared/codelists

The tables observed in published budgets are the input; the Turtle files are the project's own and
are what everything else reads. Run it again only when the tables have grown. Names that one
document alone prints under a code, and that are a project's name or cut off, are left out by name.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from kg.ids import Ids
from kg.triples.codes import level_of, parent_code

ROOT = Path(__file__).resolve().parents[1]
IDS = Ids()
MISREAD = {
    "2010306",
    "2012604",
    "2080102",
    "2130212",
    "2130306",
    "2140109",
    "30125",
    "30982",
    "50527",
    "50577",
    "50841",
    "51146",
    "51178",
    "51223",
}
# Names of the published classifications that the observed budgets don't print.
PUBLISHED = {
    "function": [
        ("202", "外交支出", 2017, 2026),
        ("207", "文化体育与传媒支出", 2017, 2018),
        ("210", "医疗卫生与计划生育支出", 2014, 2018),
        ("215", "资源勘探信息等支出", 2017, 2020),
        ("220", "国土海洋气象等支出", 2017, 2018),
        ("227", "预备费", 2017, 2026),
    ],
    "government_economic": [
        ("504", "机关资本性支出（二）", 2018, 2026),
        ("506", "对事业单位资本性补助", 2018, 2026),
        ("507", "对企业补助", 2018, 2026),
        ("508", "对企业资本性支出", 2018, 2026),
        ("510", "对社会保障基金补助", 2018, 2026),
        ("511", "债务利息及费用支出", 2018, 2026),
        ("513", "转移性支出", 2018, 2026),
        ("514", "预备费及预留", 2018, 2026),
        ("599", "其他支出", 2018, 2026),
    ],
}
SCHEMES = {
    "function": ("支出功能分类科目", "function classification of expenditure"),
    "economic": ("部门预算支出经济分类科目", "economic classification of departments' expenditure"),
    "government_economic": ("政府预算支出经济分类科目", "economic classification of government expenditure"),
}
ENGLISH = {
    "201": "general public services",
    "202": "foreign affairs",
    "203": "national defence",
    "204": "public security",
    "205": "education",
    "206": "science and technology",
    "207": "culture, tourism, sport and media",
    "208": "social security and employment",
    "210": "health",
    "211": "energy saving and environment",
    "212": "urban and rural communities",
    "213": "agriculture, forestry and water",
    "214": "transport",
    "215": "resources, industry and information",
    "216": "commerce and services",
    "217": "finance",
    "219": "aid to other regions",
    "220": "natural resources, oceans and meteorology",
    "221": "housing",
    "222": "grain, oil and material reserves",
    "223": "state capital operations",
    "224": "disaster prevention and emergency management",
    "227": "contingency reserve",
    "229": "other expenditure",
    "230": "transfers",
    "231": "debt repayment",
    "232": "debt interest",
    "301": "wages and welfare",
    "302": "goods and services",
    "303": "subsidies to individuals and families",
    "307": "debt interest and fees",
    "309": "capital expenditure (basic construction)",
    "310": "capital expenditure",
    "311": "subsidies to enterprises (basic construction)",
    "312": "subsidies to enterprises",
    "313": "subsidies to social security funds",
    "399": "other expenditure",
    "501": "wages and welfare of agencies",
    "502": "goods and services of agencies",
    "503": "capital expenditure of agencies (1)",
    "504": "capital expenditure of agencies (2)",
    "505": "recurrent subsidies to public institutions",
    "506": "capital subsidies to public institutions",
    "507": "subsidies to enterprises",
    "508": "capital expenditure on enterprises",
    "509": "subsidies to individuals and families",
    "510": "subsidies to social security funds",
    "511": "debt interest and fees",
    "512": "debt repayment",
    "513": "transfers",
    "514": "contingency and reserves",
    "599": "other expenditure",
}
PREFIXES = """@prefix bud: <https://w3id.org/suyuan/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


class Name(NamedTuple):
    name: str
    first: int | None
    last: int | None
    seen: int


def read_names(folder: Path) -> dict[str, dict[str, list[Name]]]:
    """Return scheme -> code -> names, the one seen in most documents first."""
    found: dict[str, dict[str, list[Name]]] = {scheme: defaultdict(list) for scheme in SCHEMES}
    for file in ("function", "economic"):
        with (folder / f"{file}_codes_observed.csv").open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["code"] in MISREAD:
                    continue
                scheme = "government_economic" if file == "economic" and row["code"][0] == "5" else file
                first, last = (int(row[f"{end}_year_seen"] or 0) or None for end in ("first", "last"))
                name = Name(row["name"], first, last, int(row["documents"]))
                found[scheme][row["code"]].append(name)
    for scheme, rows in PUBLISHED.items():
        for code, name, first, last in rows:
            found[scheme][code].append(Name(name, first, last, 0))
    for codes in found.values():
        for names in codes.values():
            names.sort(key=lambda entry: (-entry.seen, entry.name))
    return found


def successors(codes: dict[str, list[Name]]) -> dict[str, str]:
    """Return code -> the code that took over its name (信访事务: 2010308, then 20140)."""
    holders: dict[str, list[tuple[str, Name]]] = defaultdict(list)
    for code, names in codes.items():
        for name in names:
            holders[name.name].append((code, name))
    found = {}
    for pair in holders.values():
        if len(pair) == 2 and all(name.first and name.last for _, name in pair):
            (old, before), (new, after) = sorted(pair, key=lambda entry: entry[1].first or 0)
            if before.last is not None and after.first == before.last + 1 and not new.startswith(old):
                found[old] = new
    return found


def write_scheme(scheme: str, codes: dict[str, list[Name]], path: Path) -> None:
    zh, en = SCHEMES[scheme]
    top = IDS.of("scheme", scheme)
    years = sorted({year for names in codes.values() for name in names for year in span(name)})
    lines = [f"# {zh}: {en}.", "# Written by bench/code_lists.py from published budgets.", PREFIXES]
    lines.append(f'<{top.value}> a skos:ConceptScheme ; skos:prefLabel "{zh}"@zh, "{en}"@en .')
    for year in years:
        dated = IDS.of("scheme", scheme, str(year)).value
        lines.append(f"<{dated}> a skos:ConceptScheme ;")
        lines.append(f'    skos:prefLabel "{year}年{zh}"@zh, "{en}, {year}"@en ;')
        lines.append(f"    bud:fiscalYear {year} ; dcterms:isPartOf <{top.value}> .")
    followed = successors(codes)
    for code in sorted(codes):
        lines += ["", *concept(scheme, code, codes, followed)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    print(path.name, len(codes), "codes", followed)


def span(name: Name) -> range:
    return range(name.first or 0, (name.last or -1) + 1) if name.first else range(0)


def concept(scheme: str, code: str, codes: dict[str, list[Name]], followed: dict[str, str]) -> list[str]:
    iri, names = IDS.code(scheme, code).value, codes[code]
    latest = max(names, key=lambda entry: (entry.seen > 0, entry.last or 0, entry.seen))
    years = sorted({year for name in names for year in span(name)})
    schemes = [IDS.of("scheme", scheme), *(IDS.of("scheme", scheme, str(year)) for year in years)]
    parts = [f'a skos:Concept ; skos:notation "{code}" ; bud:codeLevel "{level_of(code)}"']
    parts.append(f'skos:prefLabel "{latest.name}" ; rdfs:label "{latest.name}"')
    others = [f'"{name.name}"' for name in names if name.name != latest.name]
    if others:
        parts.append(f"skos:altLabel {', '.join(others)}")
    if code in ENGLISH:
        parts.append(f'skos:altLabel "{ENGLISH[code]}"@en')
    above = parent_code(code)
    while above and above not in codes:
        above = parent_code(above)
    if above:
        parts.append(f"skos:broader <{IDS.code(scheme, above).value}>")
    if code in followed:
        parts.append(f"dcterms:isReplacedBy <{IDS.code(scheme, followed[code]).value}>")
    parts.append("skos:inScheme " + ", ".join(f"<{entry.value}>" for entry in schemes))
    lines = [f"<{iri}> " + " ;\n    ".join(parts) + " ."]
    for name in names:
        node = IDS.of("code-name", scheme, code, name.name).value
        line = f'<{node}> a bud:CodeName ; bud:nameOf <{iri}> ; rdfs:label "{name.name}"'
        if name.first:
            line += f" ; bud:firstYear {name.first} ; bud:lastYear {name.last}"
        if name.seen:
            line += f" ; bud:documentsSeen {name.seen}"
        lines.append(line + " .")
    return lines


def main() -> None:
    folder = Path(sys.argv[1])
    for scheme, codes in read_names(folder).items():
        name = "government-economic" if scheme == "government_economic" else scheme
        write_scheme(scheme, codes, ROOT / "ontology" / "codes" / f"{name}.ttl")


if __name__ == "__main__":
    main()
