"""The edition being shown: the files of the last good build, and what is wrong with the newest attempt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sitegen.build.inputs import Inputs, look
from sitegen.build.options import Options
from sitegen.build.pagefind import ENTRY
from sitegen.build.publish import publish
from sitegen.build.search import index_of
from sitegen.build.state import State
from sitegen.diagnostics import show
from sitegen.problems import SiteError
from sitegen.site.addresses import SEARCH_FOLDER


@dataclass(frozen=True, slots=True)
class Edition:
    """What a visitor of the preview sees now.  `trouble` is empty when the newest build succeeded."""

    files: frozenset[str] = field(default_factory=frozenset)
    trouble: str = ""
    next_change: datetime | None = None


class Press:
    """Builds editions, one at a time, and tells its subscribers of each."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._state = State(options.root, options.destination.resolve())
        self._inputs: Inputs | None = None
        self._lock = threading.Lock()
        self._subscribers: list[Callable[[], None]] = []
        self.edition = Edition()
        self._indexing = threading.Lock()
        self._indexed: Edition | None = None
        self._index: Mapping[str, bytes] = {}

    @property
    def folder(self) -> Path:
        return self._options.destination

    def subscribe(self, tell: Callable[[], None]) -> None:
        self._subscribers.append(tell)

    def search_file(self, file: str) -> bytes | None:
        """A file of the search index; None where there is none.  A reader's first question makes the index, if pages are new.

        So nobody who only writes waits for it.
        """
        with self._indexing:
            edition = self.edition
            if edition is not self._indexed and (file == SEARCH_FOLDER + ENTRY or not self._index):
                try:
                    self._index = index_of(self.folder, edition.files)
                except (SiteError, OSError):  # a page that a build is just replacing: the next question will do
                    return None
                self._indexed = edition
            return self._index.get(file)

    def print(self, jobs: int = 1, changed: Collection[str] | None = None) -> Edition:
        """Builds again, and tells of it if there is anything new; on failure the files stay those of the last good build.

        `changed` are the only files, by their paths from the project, that can be others than last time, where that is known.
        More than one of `jobs` only while this process has no threads, which a fork would not survive.
        """
        with self._lock:
            before, news = self.edition, True

            def written() -> None:
                if not before.trouble:
                    self.edition = replace(before)  # the same files, of which some say something else
                    self._tell()

            try:
                options = replace(self._options, now=datetime.now(UTC), jobs=jobs, index=False)
                watched = self._inputs.after_changes(options.root, changed) if self._inputs and changed is not None else None
                self._inputs = watched or look(options)
                summary = publish(options, state=self._state, inputs=watched, written=written)
                is_told = self.edition is not before
                news = not is_told and bool(summary.written or summary.removed or before.trouble or before.files != summary.files)
                self.edition = Edition(summary.files, "", summary.next_change)
            except SiteError as error:
                trouble = show(error.problems, self._options.root, "text", color=False)
                self.edition = replace(self.edition, trouble=trouble)
        if news:
            self._tell()
        return self.edition

    def _tell(self) -> None:
        for tell in self._subscribers:
            tell()
