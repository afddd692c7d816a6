"""The whole check: a build into a folder that is thrown away, then its links, translations and unused files."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from sitegen.build.options import Options
from sitegen.build.pipeline import build
from sitegen.build.report import Report
from sitegen.check.links import check_links, files_below
from sitegen.content.entries import FOLDER
from sitegen.content.sources import find_sources
from sitegen.problems import Code, Problem, Span
from sitegen.site.advice import missing_translations


def check_site(options: Options) -> tuple[list[Problem], str]:
    """Every problem, and a line of figures.  Raises SiteError if the site cannot be built."""
    with tempfile.TemporaryDirectory(prefix="sitegen-check-") as folder:
        destination = Path(folder) / "output"
        report = build(replace(options, destination=destination, strict=False, keep_state=False, index=False))
        sources = {output.file: output.origin.path for output in report.outputs}
        files = list(files_below(destination))
        broken, links = check_links(destination, files, report.site.config.base_url, sources)
    problems = [*report.problems, *broken, *missing_translations(report.site), *_unused(options, report)]
    return problems, f"{report.pages} pages, {links} links inside the site"


def _unused(options: Options, report: Report) -> list[Problem]:
    """Files of the content folder that nothing shown refers to: they are not published."""
    used = {key[1] for key in report.media if key[0] != "share"}
    sources, _ = find_sources(options.root, FOLDER)
    return [
        Problem(Code.UNUSED_FILE, "nothing that is shown uses this file, so it is not published", Span(source.path), "")
        for source in sources
        if not source.is_entry and "/" + source.path.partition("/")[2] not in used
    ]
