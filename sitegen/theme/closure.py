"""The static closure of a template: itself and all that it extends, includes and imports, found again on every build."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from sitegen.theme.chain import Chain

_STATEMENT = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\s+(.*?)[-+]?%\}", re.DOTALL)
_LITERAL = re.compile(r"""(["'])([^"']+)\1(?:\s+(?:import|as|ignore|with|without)\b.*)?\s*\Z""", re.DOTALL)


class Closures:
    """Digests of closures; every template is read once."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._texts: dict[Path, bytes] = {}
        self._all: str | None = None

    def digest(self, name: str) -> str:
        """Changes with any byte of the closure, with which layer a file comes from, and with a file's coming and going."""
        state = hashlib.blake2b(digest_size=16)
        seen: set[tuple[int, str]] = set()
        waiting = [(0, name)]
        while waiting:
            start, wanted = waiting.pop()
            if (start, wanted) in seen:
                continue
            seen.add((start, wanted))
            found = self._chain.find(wanted, start)
            layer, text = (found[0], self._text(found[1])) if found else (-1, b"")
            state.update(f"{start}!{wanted} {layer} {len(text)}\0".encode() + text)
            for statement in _STATEMENT.finditer(text.decode("utf-8", "replace")):
                literal = _LITERAL.match(statement[1].strip())
                if literal is None:
                    # What is named at render can be any template.
                    state.update(self._everything().encode())
                    continue
                target = literal[2]
                waiting.append((layer + 1, target[1:]) if target.startswith("!") else (0, target))
        return state.hexdigest()

    def _text(self, path: Path) -> bytes:
        if path not in self._texts:
            self._texts[path] = path.read_bytes()
        return self._texts[path]

    def _everything(self) -> str:
        if self._all is None:
            state = hashlib.blake2b(digest_size=16)
            for number, layer in enumerate(self._chain.layers):
                for path in sorted(layer.folder.rglob("*")):
                    inner = path.relative_to(layer.folder)
                    if inner.parts[0] not in ("assets", "messages") and path.is_file() and not path.is_symlink():
                        state.update(f"{number} {inner}\0".encode() + self._text(path))
            self._all = state.hexdigest()
        return self._all
