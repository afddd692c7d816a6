"""What search engines read: data in the words of schema.org, languages that name each other, the sitemap by its schema."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from judges.installed import HERE, MODULES, module, said
from lxml import etree, html

BASE = "https://alumni.example.edu.cn/"
XHTML_LINK = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 targetNamespace="http://www.w3.org/1999/xhtml" elementFormDefault="qualified">
<xs:element name="link"><xs:complexType><xs:attribute name="rel" fixed="alternate" use="required"/>
<xs:attribute name="hreflang" type="xs:string" use="required"/><xs:attribute name="href" type="xs:anyURI" use="required"/>
</xs:complexType></xs:element></xs:schema>"""
# What Google's documentation requires for a rich result, by type.
REQUIRED = {
    "NewsArticle": {"headline", "datePublished", "author", "publisher"},
    "Article": {"headline", "datePublished", "author", "publisher"},
    "Event": {"name", "startDate", "location"},
    "Organization": {"name", "url"},
    "WebSite": {"name", "url"},
    "ProfilePage": {"mainEntity"},
    "BreadcrumbList": {"itemListElement"},
}


def graphs(folder: Path) -> dict[str, Any]:
    """The structured data of every page that has some."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        for script in html.parse(path, html.HTMLParser(encoding="utf-8")).iterfind('.//script[@type="application/ld+json"]'):
            found[path.relative_to(folder).as_posix()] = json.loads(script.text)
    return found


def against_schema_org(data: dict[str, Any], folder: Path) -> list[str]:
    """The pages whose data is not of the types that schema-dts makes of the vocabulary of schema.org."""
    compiler = module("typescript/bin/tsc")
    module("schema-dts/package.json")
    lines = ['import type { Graph } from "schema-dts";']
    lines += [f"export const page{number}: Graph = {json.dumps(each)};" for number, each in enumerate(data.values())]
    (folder / "data.ts").write_text("\n".join(lines), encoding="utf-8")
    (folder / "node_modules").symlink_to(MODULES)
    told = said("node", compiler, "--noEmit", "--strict", "--skipLibCheck", "--pretty", "false", "data.ts", cwd=folder)
    assert "schema-dts" not in told, told
    names = list(data)
    return [
        f"{names[int(line) - 2]}: {text}" for line, text in re.findall(r"^data\.ts\((\d+),\d+\): error (.*)", told, re.MULTILINE)
    ]


def test_all_structured_data_is_in_the_vocabulary(reference_site: Path, tmp_path: Path) -> None:
    data = graphs(reference_site)
    assert len(data) > 250
    assert against_schema_org(data, tmp_path) == []


def test_a_property_that_nobody_knows_is_noticed(reference_site: Path, tmp_path: Path) -> None:
    data = graphs(reference_site)
    right = data["news/2026/hangzhou-forum/index.html"]
    article = next(node for node in right["@graph"] if node["@type"] == "NewsArticle")
    others = [node for node in right["@graph"] if node is not article]
    wrong = {
        "right": right,
        "unknown": {**right, "@graph": [{**article, "headLine": "A"}, *others]},
        "type": {**right, "@graph": [{**article, "@type": "NewsStory"}, *others]},
        "value": {**right, "@graph": [{**article, "author": {"@type": "Person", "name": 7}}, *others]},
    }
    assert {line.partition(":")[0] for line in against_schema_org(wrong, tmp_path)} == wrong.keys() - {"right"}


def test_what_rich_results_require_is_there(reference_site: Path) -> None:
    lacking = [
        (page, node["@type"], sorted(REQUIRED[node["@type"]] - node.keys()))
        for page, data in graphs(reference_site).items()
        for node in data["@graph"]
        if REQUIRED[node["@type"]] - node.keys()
        # An event whose place is not known yet has none to tell.
        and not (node["@type"] == "Event" and REQUIRED["Event"] - node.keys() == {"location"} and "eventStatus" in node)
    ]
    assert lacking == []


def languages(folder: Path) -> dict[str, dict[str, str]]:
    """By its canonical address, each page with the languages it names."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        tree = html.parse(path, html.HTMLParser(encoding="utf-8"))
        canonical = tree.xpath("string(//link[@rel='canonical']/@href)")
        if tree.xpath("//meta[@name='robots'][contains(@content, 'noindex')] | //meta[@http-equiv='refresh']"):
            continue
        alternates = tree.xpath("//link[@rel='alternate'][@hreflang]")
        assert len(alternates) == len({link.get("hreflang") for link in alternates}), path
        found[canonical] = {link.get("hreflang"): link.get("href") for link in alternates}
    return found


def one_sided(pages: dict[str, dict[str, str]]) -> list[str]:
    """Pages that name a language which does not name them back, or do not name themselves, or have no x-default."""
    wrong = []
    for page, named in pages.items():
        if named and (page not in named.values() or "x-default" not in named):
            wrong.append(page)
        wrong += [page for other in named.values() if pages.get(other) != named]
    return sorted(set(wrong))


def test_all_languages_of_a_page_name_each_other(reference_site: Path) -> None:
    pages = languages(reference_site)
    assert sum(bool(named) for named in pages.values()) > 200
    assert one_sided(pages) == []


@pytest.mark.parametrize("fault", ["gone", "default", "itself"])
def test_a_language_that_is_not_named_back_is_noticed(reference_site: Path, fault: str) -> None:
    pages = languages(reference_site)
    chinese = f"{BASE}about/"
    named = dict(pages[chinese])
    if fault == "gone":
        del pages[named["en"]]
    else:
        del named["x-default" if fault == "default" else "zh-Hans-CN"]
        pages[chinese] = named
    assert chinese in one_sided(pages)


def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(HERE / "sitemap.xsd"))


def test_the_sitemap_keeps_to_its_schema(reference_site: Path) -> None:
    sitemap = etree.parse(reference_site / "sitemap.xml")
    rules = schema()
    assert rules.validate(sitemap), rules.error_log
    links = etree.XMLSchema(etree.fromstring(XHTML_LINK))
    assert all(links.validate(etree.ElementTree(link)) for link in sitemap.iter("{http://www.w3.org/1999/xhtml}link"))


def test_a_sitemap_with_a_wrong_date_is_noticed(reference_site: Path) -> None:
    text = (reference_site / "sitemap.xml").read_bytes()
    assert not schema().validate(etree.fromstring(re.sub(rb"<lastmod>[^<]*", b"<lastmod>yesterday", text)))
