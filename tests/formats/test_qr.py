"""QR codes as a telephone reads them: by another program than wrote them, from the page as a browser would draw it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
BASE = "https://alumni.example.edu.cn"
PAGES = [
    "news/2026/hangzhou-forum",
    "en/news/2026/hangzhou-forum",
    "events/homecoming-2027",
    "en/events/homecoming-2027",
    "chapters/xian",
    "en/chapters/xian",
    "features/plane-trees-photo-essay",
    "honors/annual-2026",
]


def codes(html: str) -> list[str]:
    import resvg_py

    found = []
    for drawing in re.findall(r'<svg class="qr".*?</svg>', html, re.DOTALL):
        svg = drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=3, background="#fff")))).convert("L")
        found += [each.text for each in zxingcpp.read_barcodes(picture)]
    return found


@pytest.mark.parametrize("path", PAGES)
def test_the_code_of_a_page_leads_to_it(reference_site: Path, path: str) -> None:
    wanted = {f"{BASE}/{path}/"}
    if "chapters/" in path:
        wanted.add(f"webcal://{BASE.removeprefix('https://')}/{path}/calendar.ics")  # its calendar, to subscribe to
    assert set(codes((reference_site / path / "index.html").read_text(encoding="utf-8"))) == wanted
