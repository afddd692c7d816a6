"""A real Chromium on the reference site, served with the headers that the build wrote for its host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import extremes
import pytest
from browser.chromium import CHROMIUM, FLAGS, served_with_headers
from conftest import Workshop


@pytest.fixture(scope="session")
def address(reference_site: Path) -> Iterator[str]:
    with served_with_headers(reference_site) as running:
        yield running


@pytest.fixture(scope="session", params=["extreme", "lonely", "barren"])
def odd_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A site with too much, with one story, with nothing: its address and its output."""
    workshop = getattr(extremes, request.param)(Workshop(tmp_path_factory.mktemp(request.param)))
    workshop.build()
    with served_with_headers(workshop.root / "public") as address:
        yield address, workshop.root / "public"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, so browser tests were not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()
