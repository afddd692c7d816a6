"""Writes the benchmark's site: python -m benchmarks.generate 1000 hugo /tmp/hugo-1000."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.alumni import make_alumni
from benchmarks.writers import WRITERS, write_site


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write the benchmark's alumni site in the native format of a generator.")
    parser.add_argument("stories", type=int, help="how many stories; chapters are a fiftieth, events a twentieth of them")
    parser.add_argument("generator", choices=sorted(WRITERS))
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--second-language", action="store_true", help="every fifth story in Chinese too (sitegen, hugo, zola)")
    options = parser.parse_args()
    site = make_alumni(options.stories, options.seed, options.second_language)
    write_site(options.generator, site, options.folder)
    print(f"{len(site.stories)} stories, {len(site.chapters)} chapters, {len(site.events)} events in {options.folder}")


if __name__ == "__main__":
    main()
