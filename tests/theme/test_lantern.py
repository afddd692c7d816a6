"""The child theme lantern: what it changes is its own, all else is beacon's."""

from __future__ import annotations

import pytest
from conftest import CONFIG, PROJECT, Workshop
from samples import story

from sitegen.theme.contrast import ENOUGH, contrast


@pytest.fixture
def site(workshop: Workshop) -> Workshop:
    parent = '"https://alumni.example.edu.cn/"'
    workshop.write(f"-- config.yaml --\n{CONFIG}theme: lantern\ntheme_settings: {{parent_url: {parent}}}\n" + story("a"))
    workshop.build()
    return workshop


@pytest.mark.parametrize("page", ["index.html", "en/news/index.html", "news/2026/a/index.html", "404.html"])
def test_every_page_has_its_styles_and_the_way_to_the_university(site: Workshop, page: str) -> None:
    text = site.read(page)
    assert text.index("/assets/site.") < text.index("/assets/lantern.")
    assert 'href="https://alumni.example.edu.cn/"' in text
    assert text.index('class="parent') < text.index('class="masthead"')


def test_it_is_blue_and_its_home_page_short(site: Workshop) -> None:
    home = site.read("index.html")
    assert 'content="#0B4A8F"' in home
    assert 'class="strip"' in home
    assert 'class="band' not in home


def test_news_are_filed_by_year_alone(site: Workshop) -> None:
    page = site.read("news/index.html")
    chips = page[page.index("news-filter") : page.index("</nav>", page.index("news-filter"))]
    assert "/news/2026/" in chips
    assert "/news/media/" not in chips


def test_it_has_words_of_its_own_and_beacon_s(site: Workshop) -> None:
    assert "一院同窗，常来常往" in site.read("index.html")
    assert "One school, for life" in site.read("en/index.html")
    assert "订阅新闻" in site.read("index.html")


def test_its_colours_can_be_read_on_its_own_paper() -> None:
    css = (PROJECT / "themes/lantern/assets/lantern.css").read_text(encoding="utf-8")
    assert "--wash: #f2f5f9" in css
    for text in ("#1b1d22", "#4a4e57", "#666b75", "#0B4A8F", "#8C1D2B", "#1f4e8c", "#8a6514"):
        assert contrast(text, "#f2f5f9") >= ENOUGH
