"""The theme chain: templates/ → themes/<name>/ → its parents; every file is looked up along it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.field_groups import plain
from sitegen.content.sources import decode
from sitegen.problems import Code, Problem, SiteError, Span, did_you_mean

OVERRIDES = "templates"
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of the chain, and how its files are named to people."""

    folder: Path
    label: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chain:
    """The layers, the project's own first."""

    layers: tuple[Layer, ...]

    def find(self, name: str, start: int = 0) -> tuple[int, Path] | None:
        """The first layer from `start` on that has the file, and the file."""
        for number, layer in enumerate(self.layers[start:], start):
            path = layer.folder / name
            if path.is_file() and not path.is_symlink() and path.resolve().is_relative_to(layer.folder.resolve()):
                return number, path
        return None

    def files(self, folder: str) -> dict[str, Path]:
        """Every file of a subfolder in any layer, by its path in that subfolder; the first layer wins."""
        found: dict[str, Path] = {}
        for layer in self.layers:
            for path in sorted((layer.folder / folder).rglob("*")):
                if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                    found.setdefault(path.relative_to(layer.folder / folder).as_posix(), path)
        return dict(sorted(found.items()))

    def label(self, path: Path) -> str:
        """A file's name as people know it: from the project, or from the theme's folder."""
        for layer in self.layers:
            if path.is_relative_to(layer.folder):
                return f"{layer.label}/{path.relative_to(layer.folder).as_posix()}"
        return path.name


def load_chain(root: Path, theme: str, place: Span) -> Chain:
    """The layers of a theme.  Raises SiteError for a theme that is not there, or parents in a circle.

    `place` is where the configuration names the theme.
    """
    layers = [Layer(root / OVERRIDES, OVERRIDES)]
    names: list[str] = []
    name: str | None = theme
    while name:
        if name in names:
            message = "themes extend each other in a circle: " + " → ".join([*names, name])
            raise SiteError([Problem(Code.THEME_CYCLE, message, place, "remove one of the extends")], exit_code=2)
        names.append(name)
        if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
            hint = "write the name of a folder in themes/"
            raise SiteError([Problem(Code.THEME_MISSING, f"a theme cannot be called {name}", place, hint)], exit_code=2)
        folder = next((base / name for base in _places(root) if (base / name).is_dir()), None)
        if folder is None:
            known = {path.name for base in _places(root) if base.is_dir() for path in base.iterdir() if path.is_dir()}
            raise SiteError(
                [Problem(Code.THEME_MISSING, f"there is no theme {name}", place, did_you_mean(name, known))], exit_code=2
            )
        declared, place = _declaration(folder, f"themes/{name}")
        layers.append(Layer(folder, f"themes/{name}", declared.get("settings") or {}, declared.get("presets") or {}))
        name = declared.get("extends")
    return Chain(tuple(layers))


def _places(root: Path) -> list[Path]:
    """Where themes are: in the project, in the installed package, or beside the package in a checkout."""
    return [root / "themes", _PACKAGE / "themes", _PACKAGE.parent / "themes"]


def _declaration(folder: Path, label: str) -> tuple[Mapping[str, Any], Span]:
    """What theme.yaml says, and where it says what it extends."""
    path = folder / "theme.yaml"
    name = f"{label}/theme.yaml"
    if not path.is_file():
        return {}, Span(name)
    node = yaml.parse(decode(path.read_bytes(), name), name)
    if not isinstance(node, yaml.Mapping):
        return {}, Span(name)
    parent = node.items.get("extends")
    return plain(node), Span(name, parent.line, parent.column) if parent else Span(name)
