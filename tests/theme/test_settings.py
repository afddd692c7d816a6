"""What a site may choose of a theme: presets, colours that can be read, sections of the home page."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from itertools import product
from pathlib import Path

import pytest
import yaml
from conftest import CONFIG, PROJECT, Workshop
from hypothesis import given
from hypothesis import strategies as st
from samples import story

from sitegen.theme.contrast import ENOUGH, contrast, nearest_legible

COLORS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        pytest.param("#000000", "#FFFFFF", 21, id="black on white"),
        pytest.param("#FFFFFF", "#FFFFFF", 1, id="white on white"),
        pytest.param("#767676", "#FFFFFF", 4.54, id="the lightest grey that passes"),
        pytest.param("#777777", "#FFFFFF", 4.48, id="the darkest grey that fails"),
        pytest.param("#FF0000", "#FFFFFF", 4.0, id="red"),
        pytest.param("#0000FF", "#FFFFFF", 8.59, id="blue"),
    ],
)
def test_contrast_is_measured_as_wcag_does(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@given(COLORS, st.sampled_from([("#FFFFFF", "#F6F4EF"), ("#14161A", "#1C1F25")]))
def test_for_every_colour_there_is_a_shade_that_can_be_read(color: str, papers: tuple[str, ...]) -> None:
    shade = nearest_legible(color, papers)
    assert shade is not None
    assert all(contrast(shade, paper) >= ENOUGH for paper in papers)
    if all(contrast(color, paper) >= ENOUGH for paper in papers):
        assert shade == color


def _tokens() -> dict[str, dict[str, str]]:
    """The colours of the theme, light and dark, for each preset."""
    css = (PROJECT / "themes/beacon/assets/site.css").read_text(encoding="utf-8")
    light, dark = (css.index(":root {"), css.index(':root[data-theme="dark"] {'))
    named = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})\b")

    def colors(start: int) -> dict[str, str]:
        found = dict(named.findall(css[start : css.index("}", start)]))
        return {name: value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:]) for name, value in found.items()}

    declared = yaml.safe_load((PROJECT / "themes/beacon/theme.yaml").read_text(encoding="utf-8"))
    return {
        f"{preset} {scheme}": tokens | {"brand": chosen[brand], "band": band(chosen["brand"])}
        for preset, chosen in declared["presets"].items()
        for scheme, tokens, brand, band in (
            ("light", colors(light), "brand", str),
            ("dark", colors(dark), "brand_dark", _dark_band),
        )
    }


def _dark_band(brand: str) -> str:
    """The brand mixed as settings.css does."""
    css = (PROJECT / "themes/beacon/assets/settings.css.jinja").read_text(encoding="utf-8")
    mix = re.search(r"in srgb, \{\{ site\.theme\.brand \}\} (\d+)%, (#\w{6})\)", css)
    assert mix is not None
    share = int(mix[1]) / 100
    parts = zip(bytes.fromhex(brand[1:]), bytes.fromhex(mix[2][1:]), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02X}" for one, other in parts)


TEXTS = ("ink", "ink-2", "muted", "brand", "link", "visited", "gold", "ok", "warn", "error")
PAIRS = [*product(TEXTS, ("paper", "wash")), ("paper", "brand"), ("paper", "ink"), ("band-ink", "band")]


@pytest.mark.parametrize("look", _tokens())
def test_every_pair_of_text_and_ground_can_be_read(look: str) -> None:
    tokens = _tokens()[look]
    faint = {pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in PAIRS}
    assert not {pair: ratio for pair, ratio in faint.items() if ratio < ENOUGH}
    # WCAG 2.2 §1.4.11: what marks a control, and where the focus is.
    assert all(contrast(tokens[name], tokens[ground]) >= 3 for name in ("control", "focus") for ground in ("paper", "wash"))


@pytest.mark.parametrize(
    ("chosen", "brand", "dark"),
    [
        pytest.param("", "#8C1D2B", "#F0919B", id="nothing"),
        pytest.param("preset: blue", "#0B4A8F", "#8CB9F2", id="a preset"),
        pytest.param('preset: blue, brand_dark: "#FFFFFF"', "#0B4A8F", "#FFFFFF", id="a preset and a colour"),
        pytest.param('brand: "#00553A", brand_dark: "#7ACB9F"', "#00553A", "#7ACB9F", id="two colours"),
    ],
)
def test_colours_come_from_the_preset_unless_chosen(workshop: Workshop, chosen: str, brand: str, dark: str) -> None:
    workshop.write(f"-- config.yaml --\n{CONFIG}theme_settings: {{{chosen}}}\n" + story("a")).build()
    (styles,) = [path for path in workshop.files() if re.search(r"assets/settings\.\w+\.css", path)]
    assert f"--brand-light: {brand};" in workshop.read(styles)
    assert f"--brand-dark: {dark};" in workshop.read(styles)


def test_a_brand_alone_gets_a_shade_of_its_own_for_the_dark(workshop: Workshop) -> None:
    workshop.write(f'-- config.yaml --\n{CONFIG}theme_settings: {{brand: "#00553A"}}\n' + story("a")).build()
    (styles,) = [path for path in workshop.files() if re.search(r"assets/settings\.\w+\.css", path)]
    dark = re.search(r"--brand-dark: (#\w+)", workshop.read(styles))
    assert dark is not None
    assert contrast(dark[1], "#14161A") >= ENOUGH
    red, green, blue = (int(dark[1][i : i + 2], 16) for i in (1, 3, 5))
    assert green > blue > red


def test_the_home_page_has_the_sections_chosen_in_their_order(workshop: Workshop) -> None:
    own = "-- templates/partials/home-motto.html --\n<p class='motto'>Motto</p>\n"
    workshop.write(f"-- config.yaml --\n{CONFIG}theme_settings: {{home: [motto, events, lead]}}\n" + own + story("a")).build()
    page = workshop.read("index.html")
    assert page.index("motto") < page.index('class="strip"') < page.index('class="front')
    assert 'class="band' not in page


def test_a_child_theme_may_change_only_the_default_of_a_setting(workshop: Workshop) -> None:
    child = "-- themes/child/theme.yaml --\nextends: beacon\nsettings: {preset: blue, home: {default: [lead]}}\n"
    workshop.write(f"-- config.yaml --\n{CONFIG}theme: child\n" + child + story("a")).build()
    page = workshop.read("index.html")
    assert 'content="#0B4A8F"' in page
    assert 'class="strip"' not in page


def test_what_stands_below_a_story_is_chosen(workshop: Workshop) -> None:
    workshop.write(f"-- config.yaml --\n{CONFIG}theme_settings: {{share: [copy]}}\n" + story("a")).build()
    page = workshop.read("news/2026/a/index.html")
    assert "data-copy" in page
    assert "data-print" not in page
    assert "mailto:" not in page
    workshop.write(f"-- config.yaml --\n{CONFIG}theme_settings: {{share: []}}\n").build()
    assert 'class="share ' not in workshop.read("news/2026/a/index.html")


def test_a_site_may_do_without_a_dark_appearance(workshop: Workshop) -> None:
    workshop.write(f"-- config.yaml --\n{CONFIG}theme_settings: {{dark: false}}\n" + story("a")).build()
    page = workshop.read("index.html")
    assert 'data-theme="light"' in page
    assert 'data-toggle="theme"' not in page
    assert "prefers-color-scheme: dark" not in page


def test_on_a_day_of_mourning_every_page_is_grey(workshop: Workshop) -> None:
    workshop.write(f"-- config.yaml --\n{CONFIG}theme_settings: {{mourning: [2026-11-22]}}\n" + story("a"))
    workshop.build(now=datetime(2026, 11, 22, 8, tzinfo=timezone(timedelta(hours=8))))
    assert 'class="grey"' in workshop.read("index.html")
    assert 'class="grey"' in workshop.read("news/2026/a/index.html")
    workshop.build(now=datetime(2026, 11, 23, 8, tzinfo=timezone(timedelta(hours=8))))
    assert 'class="grey"' not in workshop.read("index.html")


def test_themes_declare_only_types_that_are_known() -> None:
    known = {"text", "path", "color", "flag", "integer", "number", "date", "list", "map", "choice", "preset", "asset", "partial"}
    for path in sorted(Path(PROJECT / "themes").glob("*/theme.yaml")):
        declared = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, each in (declared.get("settings") or {}).items():
            if isinstance(each, dict) and "type" in each:
                assert {each["type"], each.get("each", "text")} <= known, f"{path.parent.name}: {name}"
                assert each["description"]
