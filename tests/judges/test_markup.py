"""Every page and style sheet of the reference site before two judges of markup: the Nu HTML checker, and html-validate.

html-validate keeps to its recommended rules, but: a list may have a label, an id may be a Chinese word, and a title may be as
long as the story's with the name of the site behind it.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from judges.installed import HERE, module, said

PAGE = (
    '<!DOCTYPE html>\n<html lang="en">\n<head><title>Page</title></head>\n<body>\n<main><h1>Page</h1>\n{}\n</main>\n</body></html>'
)
Judged = dict[str, list[str]]  # the complaints by file


def nu(folder: Path, *options: str) -> Judged:
    """The errors and warnings of the Nu HTML checker (validator.github.io)."""
    jar = module("vnu-jar/build/dist/vnu.jar", "java")
    report = json.loads(said("java", "-Xss4m", "-jar", jar, "--format", "json", *options, folder))
    found: Judged = {}
    for message in report["messages"]:
        line = f"{message.get('lastLine', 0)}: {message['message']}"
        found.setdefault(message["url"].partition(str(folder))[2].lstrip("/"), []).append(line)
    return found


def html_validate(folder: Path) -> Judged:
    """What html-validate (html-validate.org) finds."""
    program = module("html-validate/bin/html-validate.mjs")
    rules = HERE / "htmlvalidate.json"
    report = json.loads(said("node", program, "--config", rules, "--formatter", "json", f"{folder}/**/*.html", cwd=HERE))
    return {
        str(Path(each["filePath"]).relative_to(folder)): [f"{m['line']}: {m['ruleId']}: {m['message']}" for m in each["messages"]]
        for each in report
    }


def pages(folder: Path, **bodies: str) -> Path:
    for name, body in bodies.items():
        (folder / f"{name}.html").write_text(PAGE.format(body), encoding="utf-8")
    return folder


def test_the_nu_checker_finds_nothing_on_any_page(reference_site: Path) -> None:
    assert nu(reference_site, "--skip-non-html") == {}


def test_the_nu_checker_finds_nothing_in_any_style_sheet(reference_site: Path) -> None:
    assert nu(reference_site / "assets", "--skip-non-css", "--also-check-css") == {}


def test_html_validate_finds_nothing_on_any_page(reference_site: Path) -> None:
    assert html_validate(reference_site) == {}


FAULTS = {
    "an element that is not closed": "<p><b>bold</p>",
    "an id twice": '<p id="a">A</p><p id="a">B</p>',
    "a picture without a description": '<img src="a.png">',
    "a list with something else": "<ul><p>A</p></ul>",
    "a block in a paragraph": "<p><div>A</div></p>",
    "a section without a heading": "<section><p>A</p></section>",
}


def test_the_nu_checker_notices_faults(tmp_path: Path) -> None:
    folder = pages(tmp_path, right="<p>A</p>", **{f"wrong-{number}": body for number, body in enumerate(FAULTS.values())})
    (folder / "a.css").write_text("p { colour: red }")
    found = nu(folder, "--also-check-css")
    assert found.keys() == {*(f"wrong-{number}.html" for number in range(len(FAULTS))), "a.css"}


def test_html_validate_notices_faults(tmp_path: Path) -> None:
    body = '<p>A</p><button type="button">B</button>'
    folder = pages(tmp_path, right=body, wrong=body.replace(' type="button"', ""), bare=f'<img src="a.png">{body}')
    assert html_validate(folder).keys() == {"wrong.html", "bare.html"}


@pytest.mark.parametrize("judge", [nu, html_validate])
def test_a_fault_in_a_page_of_the_site_would_be_found(judge: object, reference_site: Path, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    shutil.copy(reference_site / "news/index.html", page)
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", '<p id="main">again</p></main>'), encoding="utf-8")
    assert judge(tmp_path).keys() == {"index.html"}  # type: ignore[operator]
