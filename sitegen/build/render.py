"""Outputs → bytes.  A render's only input is what its Reader fetches."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, TemplateError

from sitegen.build.ledger import Counter, Reads
from sitegen.build.plan import Output
from sitegen.build.seals import DamagedStateError
from sitegen.build.spool import Spool
from sitegen.build.workers import Steps, WorkerDiedError, map_in_workers
from sitegen.config import Config
from sitegen.formats import plain
from sitegen.formats.feed_formats import FEED_FORMATS
from sitegen.formats.html import FILTERS, render_html, render_redirect
from sitegen.formats.views import VIEWS
from sitegen.problems import Code, Problem
from sitegen.site.facts import Facts
from sitegen.site.reader import MissingMessageError, Reader
from sitegen.theme.environment import make_environment, template_problem
from sitegen.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Rendered:
    """An output's file, a way to its bytes, and the facts they were made from."""

    file: str
    content: Callable[[], bytes]
    reads: Reads


def render(
    outputs: Sequence[Output],
    facts: Facts,
    theme: Theme,
    config: Config,
    spool: Spool,
    jobs: int = 1,
    step: Callable[[], None] = lambda: None,
    meanwhile: Steps = (),
) -> tuple[list[Rendered], list[Problem]]:
    """Every output, its bytes in the spool, or what is wrong with its template; one broken template is reported once.

    What is to be done `meanwhile` is done by this process while others render.
    They come in another order: like to like, feeds and then calendars last, so that a process loads and keeps what these need.
    """

    def keep(made: tuple[str, bytes, Reads] | Problem) -> Rendered | Problem:
        step()
        if isinstance(made, Problem):
            return made
        file, content, reads = made
        return Rendered(file, spool.put(content), reads)

    try:
        work = sorted(outputs, key=lambda output: _COMPANY.get(output.format, 0))
        results = map_in_workers(_Render(facts, theme, config), work, jobs, keep, meanwhile=meanwhile)
    except WorkerDiedError as error:
        assert isinstance(error.work, Output)
        message = f"the process that was making {error.work.path} died"
        hint = "was it short of memory? try again with --jobs 1"
        return [], [Problem(Code.TEMPLATE_FAILED, message, error.work.origin, hint)]
    failed = {(result.code, result.span): result for result in results if isinstance(result, Problem)}
    return [result for result in results if isinstance(result, Rendered)], list(failed.values())


_COMPANY: Mapping[str, int] = {**dict.fromkeys(FEED_FORMATS, 1), "ics": 2}


class _Render:
    """Renders outputs, in whichever process it finds itself."""

    def __init__(self, facts: Facts, theme: Theme, config: Config) -> None:
        self._facts, self._theme = facts, theme
        self._kinds = {kind.name: kind for kind in config.kinds}
        self._environment = make_environment(theme.chain, FILTERS, {})
        self._of_process = (0, Counter(facts, 0))
        self._config = config

    def __reduce__(self) -> tuple[Any, ...]:
        return _Render, (self._facts, self._theme, self._config)

    def __call__(self, output: Output) -> tuple[str, bytes, Reads] | Problem:
        absolute = output.format in (*FEED_FORMATS, "ics")
        reader = Reader(self._facts, output.language, self._kinds, VIEWS, absolute)
        try:
            content = _FORMATS[output.format](output, reader, self._environment)
        except DamagedStateError:
            raise
        except Exception as error:
            return _problem(error, self._theme, output)
        return output.file, content, self._counter().count(reader.reads)

    def _counter(self) -> Counter:
        process = os.getpid()
        if self._of_process[0] != process:
            self._of_process = (process, Counter(self._facts, process))
        return self._of_process[1]


def _problem(error: Exception, theme: Theme, output: Output) -> Problem:
    problem = template_problem(error, theme.chain, output.path)
    if isinstance(error, MissingMessageError):
        hint = "add it to messages/ of the theme, or of templates/"
        return Problem(Code.MESSAGE_MISSING, f"{error}, on {output.path}", problem.span, hint)
    if isinstance(error, TemplateError) or problem.span.path != "templates":
        return problem
    return Problem(
        Code.TEMPLATE_FAILED, f"{output.path} cannot be made: {type(error).__name__}: {error}", output.origin, _OUR_FAULT
    )


_OUR_FAULT = "this is a fault of the program and not of the content: please report it with this line"


def _html(output: Output, reader: Reader, environment: Environment) -> bytes:
    if output.subject[0] == "tombstone":
        reader.fetch(("template", "tombstone.html"))
    return render_html(output.path, output.subject, reader, environment).encode()


def _redirect(output: Output, reader: Reader, environment: Environment) -> bytes:
    return render_redirect(output.subject[0], reader, environment).encode()


def _feed(output: Output, reader: Reader, environment: Environment) -> bytes:
    from sitegen.formats.feeds import render_feed

    return render_feed(output.format, output.subject, reader, environment)


def _ics(output: Output, reader: Reader, _environment: Environment) -> bytes:
    from sitegen.formats.ics import render_ics

    return render_ics(output.path, output.subject, reader)


def _roll_csv(output: Output, reader: Reader, _environment: Environment) -> bytes:
    from sitegen.formats.roll_csv import render_roll_csv

    return render_roll_csv(output.subject[1], reader)


def _sitemap(_output: Output, reader: Reader, _environment: Environment) -> bytes:
    return plain.sitemap(reader.fetch(("files", "pages")), reader).encode()


def _redirect_list(_output: Output, reader: Reader, _environment: Environment) -> bytes:
    return plain.redirects(reader.fetch(("files", "redirects")), reader).encode()


_FORMATS: Mapping[str, Callable[[Output, Reader, Environment], bytes]] = {
    "html": _html,
    "redirect": _redirect,
    **dict.fromkeys(FEED_FORMATS, _feed),
    "ics": _ics,
    "csv": _roll_csv,
    "sitemap": _sitemap,
    "redirects": _redirect_list,
    "robots": lambda output, reader, environment: plain.robots(reader).encode(),
    "headers": lambda output, reader, environment: plain.headers(reader).encode(),
    "webmanifest": lambda output, reader, environment: plain.webmanifest(reader).encode(),
    "security": lambda output, reader, environment: plain.security(reader).encode(),
}
