"""Message catalogs: the words of a theme in each language, merged along the chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.field_groups import plain
from sitegen.content.sources import decode
from sitegen.problems import Code, Problem, SiteError, Span
from sitegen.theme.chain import Chain


def load_catalogs(chain: Chain, languages: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Language → key → text (or map of plural forms).  Raises SiteError for a catalog that cannot be read."""
    return {language: _catalog(chain, language) for language in languages}


def _catalog(chain: Chain, language: str) -> Mapping[str, Any]:
    messages: dict[str, Any] = {}
    # A regional variant (zh-Hant) falls back to its language (zh), and any language to English.
    for code in dict.fromkeys(("en", language.partition("-")[0], language)):
        for layer in reversed(chain.layers):
            path = layer.folder / "messages" / f"{code}.yaml"
            if not path.is_file():
                continue
            name = f"{layer.label}/messages/{code}.yaml"
            node = yaml.parse(decode(path.read_bytes(), name), name)
            if node is not None and not isinstance(node, yaml.Mapping):
                raise SiteError([Problem(Code.WRONG_TYPE, "a catalog is a map", Span(name), "write key: text")])
            messages.update(plain(node) or {})
    return messages
