"""What a source says of other entries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names another entry: the ids it may mean, and where it stands."""

    candidates: tuple[str, ...]
    line: int
    column: int
    field: str

    @property
    def in_text(self) -> bool:
        """True for a link, a mention or a block of the text, false for a field of the front matter."""
        return self.field in ("link", "@") or self.field.startswith(":::")
