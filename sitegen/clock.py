"""The present instant, from --now, SOURCE_DATE_EPOCH or the clock: the one place where a build meets time."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def instant_of(text: str | None) -> datetime:
    """The instant to build for.  Raises ValueError, with what to write instead.

    SOURCE_DATE_EPOCH: https://reproducible-builds.org/specs/source-date-epoch/
    """
    if text:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"--now {text} is not an instant; write 2026-11-22T09:00+08:00") from None
        return moment if moment.tzinfo else moment.astimezone()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise ValueError(f"SOURCE_DATE_EPOCH={epoch} is not a number of seconds since 1970") from None
    return datetime.now(UTC)
