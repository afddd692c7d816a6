"""Time zones, always from the tzdata package: the same on every machine, whatever its system knows."""

from __future__ import annotations

import zoneinfo
from functools import cache

# The one setting of the process: without it a zone would come from the system's files where there are any.
zoneinfo.reset_tzpath(())


@cache
def zone(name: str) -> zoneinfo.ZoneInfo:
    """The IANA time zone of that name.  Raises zoneinfo.ZoneInfoNotFoundError."""
    return zoneinfo.ZoneInfo(name)


def is_zone(name: str) -> bool:
    """True for a name of the IANA time zone database."""
    return name in zoneinfo.available_timezones()


@cache
def posix_footer(name: str) -> str:
    """The rule of a zone for all years to come (RFC 8536, 3.3), such as EST5EDT,M3.2.0,M11.1.0."""
    from importlib import resources

    package, _, file = f"tzdata.zoneinfo.{name.replace('/', '.')}".rpartition(".")
    return resources.files(package).joinpath(file).read_bytes().rstrip(b"\n").rpartition(b"\n")[2].decode()
