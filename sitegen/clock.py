"""The present instant, from --now, SOURCE_DATE_EPOCH or the clock: the one place where a build meets time."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def instant_of(text: str | None) -> datetime:
    """The instant to build for.  Raises ValueError for a text that is none.

    SOURCE_DATE_EPOCH: https://reproducible-builds.org/specs/source-date-epoch/
    """
    if text:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.astimezone()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC)
