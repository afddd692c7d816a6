"""What a page says while it is open: complaints to the console, and requests to others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_POLICY = "document.addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective, event.blockedURI))"


@dataclass
class Heard:
    """The complaints of a page, and the addresses of others that it asked."""

    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def listen(page: Any, address: str) -> Heard:
    """Hears a page from before it is opened; what breaks the policy of the site is a complaint too."""
    heard = Heard()
    page.add_init_script(_POLICY)
    page.on("console", lambda said: heard.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else heard.foreign.append(asked.url))
    return heard
