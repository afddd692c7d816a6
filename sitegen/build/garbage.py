"""Looking for garbage hardly ever while a site is built: at the usual rate that takes about seven percent of a large build."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

_SELDOM = (500_000, 20, 1_000)  # some tens of megabytes


@contextlib.contextmanager
def rare_collections() -> Iterator[None]:
    """A build makes objects that live to its end, and little that refers to itself (macros of templates)."""
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        # All that is there counts as old from now on: it would be gone through at once otherwise.
        gc.freeze()
        gc.unfreeze()
        gc.set_threshold(*usual)
