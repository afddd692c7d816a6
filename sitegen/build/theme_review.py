"""What the project's own templates, messages and assets tell of people: they are published too, as they are.  Reads files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.content.privacy_review import disclosures
from sitegen.media.examination import examine, is_examined
from sitegen.problems import Problem
from sitegen.theme.chain import Chain


def theme_disclosures(chain: Chain, root: Path) -> list[Problem]:
    """The problems of every file of the layers that lie in the project, each with its place.

    A theme that came with the program is the program's business.
    """
    return [problem for path in _files(chain, root) for problem in _examine(path, chain.label(path))]


def _files(chain: Chain, root: Path) -> Iterator[Path]:
    for layer in chain.layers:
        if layer.folder.is_relative_to(root):
            yield from (
                path
                for path in sorted(layer.folder.rglob("*"))
                if path.is_file() and not path.is_symlink() and is_examined(path.name)
            )


def _examine(path: Path, label: str) -> list[Problem]:
    content = path.read_bytes()
    try:
        return disclosures(label, content.decode("utf-8"), label)
    except UnicodeDecodeError:
        return examine(label, content, label)
