"""A loaded theme: chain, settings, catalogs, and assets under names that hold their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sitegen.config import Config
from sitegen.content.reading import Reading
from sitegen.theme.catalogs import load_catalogs
from sitegen.theme.chain import Chain, load_chain
from sitegen.theme.closure import Closures
from sitegen.theme.settings import settings

_TEMPLATE = ".jinja"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the theme as published: its path holds its digest, so it may be cached for ever."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything a theme brings."""

    chain: Chain
    settings: Mapping[str, Any]
    catalogs: Mapping[str, Mapping[str, Any]]
    assets: Mapping[str, Asset]
    closures: Closures

    def message(self, language: str, key: str) -> Any:
        """The text of a key; None where no catalog has it."""
        return self.catalogs[language].get(key)

    def asset_url(self, name: str) -> str | None:
        """The path of an asset; None where there is none of that name."""
        asset = self.assets.get(name)
        return asset.path if asset else None

    def template(self, name: str) -> str:
        """The digest of a template with all that it extends, includes and imports."""
        return self.closures.digest(name)

    def setting(self, name: str) -> Any:
        return self.settings.get(name)

    def card_style(self) -> tuple[str, str, bytes, str]:
        """How pictures for shared links look: brand colour, name and bytes of the mark, file of the font or ""."""
        mark, font = str(self.settings.get("logo", "")), str(self.settings.get("share_font") or "")
        found = self.chain.find(font) if font else None
        content = self.assets[mark].content if mark in self.assets else b""
        return str(self.settings.get("brand", "#333333")), mark if content else "", content, str(found[1]) if found else ""


def load_theme(config: Config) -> Theme:
    """The theme of a site.  Raises SiteError."""
    chain = load_chain(config.root, config.theme, config.place("theme"))
    chosen = settings(chain, config.theme_settings, Reading(config.file, config.language_codes))
    return Theme(chain, chosen, load_catalogs(chain, config.language_codes), _assets(chain, chosen), Closures(chain))


def _assets(chain: Chain, chosen: Mapping[str, Any]) -> dict[str, Asset]:
    return {
        name.removesuffix(_TEMPLATE): _asset(name.removesuffix(_TEMPLATE), _content(path, chain, chosen))
        for name, path in chain.files("assets").items()
    }


def _content(path: Path, chain: Chain, chosen: Mapping[str, Any]) -> bytes:
    if path.suffix != _TEMPLATE:
        return path.read_bytes()
    from sitegen.theme.environment import render_asset

    return render_asset(path.read_text(encoding="utf-8"), chain.label(path), chosen).encode()


def _asset(name: str, content: bytes) -> Asset:
    digest = hashlib.blake2b(content, digest_size=5).hexdigest()
    path = PurePosixPath(name)
    return Asset(f"/assets/{path.with_name(f'{path.stem}.{digest}{path.suffix}').as_posix()}", content)
