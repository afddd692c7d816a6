"""Lighthouse on the pages that readers meet first: python tests/browser/lighthouse.py PATH/TO/lighthouse

The program comes from npm (`npm install --prefix /tmp/lighthouse lighthouse`, then /tmp/lighthouse/node_modules/.bin/lighthouse).
It takes minutes and measures the machine as well as the site, so it is no part of the gate.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browser.chromium import CHROMIUM, FLAGS
from browser.screenshots import site

PAGES = {
    "home": "/",
    "story": "/news/2026/hangzhou-forum/",
    "event": "/events/homecoming-2027/",
    "roll": "/honors/annual-2026/",
    "search": "/search/",
}
FORMS = {"mobile": [], "desktop": ["--preset=desktop"]}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def scores(program: Path, address: str, options: list[str]) -> list[int]:
    """The scores of a page, out of a hundred, in the order of CATEGORIES."""
    command = [str(program), address, "--output=json", "--quiet", f"--only-categories={','.join(CATEGORIES)}", *options]
    command.append(f"--chrome-flags=--headless=new {' '.join(FLAGS)}")
    environment = {**os.environ, "CHROME_PATH": CHROMIUM or ""}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=environment)
    found = json.loads(done.stdout)["categories"]
    return [round(100 * (found[name]["score"] or 0)) for name in CATEGORIES]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Run Lighthouse on the reference site.")
    parser.add_argument("program", type=Path, help="the file `lighthouse` of its npm package")
    program = parser.parse_args().program
    print("| page | form |", " | ".join(CATEGORIES), "|")
    with site() as address:
        for name, path in PAGES.items():
            for form, options in FORMS.items():
                print(f"| {name} | {form} |", " | ".join(map(str, scores(program, address + path, options))), "|", flush=True)


if __name__ == "__main__":
    main()
