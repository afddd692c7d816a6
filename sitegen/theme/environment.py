"""The Jinja environment: templates found along the chain, escaping always on, nothing impure within reach."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from types import CodeType
from typing import Any

import jinja2
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.bccache import Bucket, BytecodeCache

from sitegen.problems import Code, Problem, SiteError, Span, did_you_mean
from sitegen.theme.chain import Chain

_LAYERED = re.compile(r"(\d+)!(.+)\Z")


class ChainLoader(BaseLoader):
    """Loads a template from the first layer that has it; `2!base.html` looks from the third layer on."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self._absent: set[str] = set()  # asked for with every story, where a theme need not have it

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template in self._absent:
            raise TemplateNotFound(template)
        layered = _LAYERED.match(template)
        start, name = (int(layered[1]), layered[2]) if layered else (0, template)
        found = self.chain.find(name, start)
        if found is None:
            self._absent.add(template)
            raise TemplateNotFound(template)
        path = found[1]
        return path.read_text(encoding="utf-8"), str(path), lambda: True


class ThemeEnvironment(Environment):
    """`{% extends "!base.html" %}` means the next base.html down the chain."""

    def join_path(self, template: str, parent: str) -> str:
        if not template.startswith("!"):
            return template
        assert isinstance(self.loader, ChainLoader)
        layered = _LAYERED.match(parent)
        start, name = (int(layered[1]), layered[2]) if layered else (0, parent)
        found = self.loader.chain.find(name, start)
        return f"{found[0] + 1 if found else start + 1}!{template[1:]}"

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain map: each render copies it, and the chain of maps that it would be is ten times as slow to copy."""
        return {**self.globals, **(d or {})}


class _Compiled(BytecodeCache):
    """Templates compiled by this process before, for as long as their text is the same.

    They stay in memory: code that lay on disk could be somebody else's.
    """

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key] = (bucket.checksum, bucket.code)


_COMPILED = _Compiled()


def make_environment(
    chain: Chain, filters: Mapping[str, Callable[..., Any]], functions: Mapping[str, Callable[..., Any]]
) -> Environment:
    """The environment of a theme.  Templates are compiled once a process, however many builds that makes."""
    environment = ThemeEnvironment(
        loader=ChainLoader(chain),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        bytecode_cache=_COMPILED,
    )
    del environment.filters["random"]
    for name in ("lipsum", "cycler"):
        del environment.globals[name]
    environment.filters.update(filters)
    environment.globals.update(functions)
    return environment


def render_asset(text: str, label: str, settings: Mapping[str, Any]) -> str:
    """A templated asset such as settings.css.jinja; `site.theme` is all it sees.  Raises SiteError."""
    try:
        return Environment(undefined=StrictUndefined, autoescape=False).from_string(text).render(site={"theme": settings})
    except jinja2.TemplateError as error:
        line = getattr(error, "lineno", None) or 1
        raise SiteError([Problem(Code.TEMPLATE_FAILED, str(error), Span(label, line), "see theme.yaml for the settings")]) from None


def template_problem(error: Exception, chain: Chain, page: str) -> Problem:
    """What went wrong in a template, at the template's own line."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        span = Span(_label(error.filename, chain), error.lineno)
        return Problem(Code.TEMPLATE_SYNTAX, error.message or "syntax error", span, "check the braces and the end tags")
    span = _place(error, chain)
    if isinstance(error, jinja2.TemplateNotFound):
        name = _LAYERED.sub(r"\2", str(error.name))
        hint = did_you_mean(name, chain.files(""))
        return Problem(Code.TEMPLATE_MISSING, f"there is no template {name}, wanted by {page}", span, hint)
    if isinstance(error, jinja2.UndefinedError):
        message = _OBJECT.sub(lambda found: f"{_noun(found[1])} has no {found[2]}", str(error.message))
        return Problem(Code.TEMPLATE_UNDEFINED, f"{message}, on {page}", span, _undefined_hint(message))
    return Problem(
        Code.TEMPLATE_FAILED, f"{type(error).__name__}: {error}, on {page}", span, "this is the template's line that failed"
    )


_OBJECT = re.compile(r"'[\w.]*?(\w+) object' has no attribute '(\w+)'")
_VARIABLES = ("site", "page", "paginator", "t", "asset", "url_for")
_OF_PAGES = (
    "title summary url permalink kind lang id translations alternates breadcrumbs date updated content toc tags topics authors"
    " cover previous next related backlinks params sample status feed_url feed_links calendar_url json_ld word_count"
    " reading_minutes"
).split()


def _noun(class_name: str) -> str:
    return class_name.removesuffix("View").lower() or "this"


def _undefined_hint(message: str) -> str:
    variable = re.search(r"'(\w+)' is undefined", message)
    if variable:
        return did_you_mean(variable[1], _VARIABLES)
    attribute = re.search(r"has no (\w+)", message)
    near = did_you_mean(attribute[1], _OF_PAGES) if attribute else ""
    return near if near.startswith("did you") else "see “What a template sees” in the README, or declare the field in the kind"


def _label(filename: str | None, chain: Chain) -> str:
    from pathlib import Path

    return chain.label(Path(filename)) if filename else OVERRIDES_LABEL


OVERRIDES_LABEL = "templates"


def _place(error: Exception, chain: Chain) -> Span:
    """The innermost frame that belongs to a template; Jinja rewrites tracebacks to the template's lines."""
    from pathlib import Path

    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if any(Path(frame.filename).is_relative_to(layer.folder) for layer in chain.layers):
            return Span(chain.label(Path(frame.filename)), frame.lineno or 1)
    return Span(OVERRIDES_LABEL)
