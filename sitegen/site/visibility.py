"""visible(fields, now): the one gate that every entry passes before anything else sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sitegen.site.times import instant


@dataclass(frozen=True, slots=True)
class Policy:
    """What a build shows beyond what is public: for editors' eyes."""

    drafts: bool = False
    future: bool = False
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an entry may be seen, why not, and the instant at which the answer changes by itself."""

    visible: bool
    reason: str = ""
    until: datetime | None = None

    @property
    def is_final(self) -> bool:
        """True for what is not waiting for anything: somebody decided that it is not to be seen."""
        return self.reason in ("hidden", "withdrawn")

    @property
    def is_withdrawn(self) -> bool:
        return self.reason == "withdrawn"


_UNFINISHED = {"draft": "draft", "in_review": "in review", "approved": "approved, not yet published"}


def visible(fields: Mapping[str, Any], now: datetime, timezone: str, policy: Policy) -> Verdict:
    """The verdict on an entry at an instant."""
    status = fields.get("status", "published")
    if fields.get("visibility") == "hidden":
        return Verdict(False, "hidden")
    if status == "withdrawn":
        return Verdict(False, "withdrawn")
    if status in _UNFINISHED and not policy.drafts:
        return Verdict(False, _UNFINISHED[status])
    expires = instant(fields["expiry_date"], timezone) if "expiry_date" in fields else None
    if expires and expires <= now and not policy.expired:
        return Verdict(False, f"expired {expires:%Y-%m-%d %H:%M}")
    if "publish_date" in fields:
        opens = instant(fields["publish_date"], timezone)
        if opens > now and not policy.future:
            return Verdict(False, f"embargo until {opens:%Y-%m-%d %H:%M}", opens)
    return Verdict(True, until=expires if expires and expires > now else None)
