"""The media of a build: pictures measured and made in workers, once ever; and which files of them get published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from sitegen.build.measurements import Measurements
from sitegen.build.plan import Output
from sitegen.build.stats import stat_text
from sitegen.build.summary import Progress
from sitegen.build.workers import WorkerDiedError, map_in_workers
from sitegen.content.sources import Source
from sitegen.formats.feed_formats import FEED_FORMATS
from sitegen.formats.picture_markup import STILL, shared_spec
from sitegen.media.library import Library
from sitegen.media.picture_cache import PictureCache
from sitegen.media.pictures import Measured, PictureError, Variant
from sitegen.problems import Code, Problem, SiteError, Span
from sitegen.site.cards import Address
from sitegen.site.facts import Facts, Key
from sitegen.site.site import Site

CACHE = "pictures"  # the folder of made variants, within that of states
READS = ("picture", "still", "share", "file")  # facts whose values are published
_WORTH_FORKING = 2  # pictures: making one takes far longer than starting a process


def library_of(root: Path, sources: Iterable[Source], state: Path) -> tuple[Library, Measurements]:
    """The library of a project, with all that is known of its pictures; `state` is the folder where that is kept."""
    known = Measurements(root, state)
    return Library(root, sources, PictureCache(state / CACHE), known), known


def measure_all(library: Library, known: Measurements, root: Path, named: Iterable[str], jobs: int) -> None:
    """Reads every picture that a source names and nothing is known of."""
    unseen = library.unmeasured(named)

    def keep(found: tuple[str, str, Measured | PictureError]) -> None:
        path, stat, measured = found
        library.note(path, measured)
        if isinstance(measured, Measured):
            known.note(path, stat, measured)

    try:
        map_in_workers(partial(_measure, library, root), unseen, jobs, keep, worth=_WORTH_FORKING)
    except WorkerDiedError as error:
        raise _died(str(error.work)) from None
    known.keep()


def _measure(library: Library, root: Path, path: str) -> tuple[str, str, Measured | PictureError]:
    return path, stat_text(f"{root}/content{path}"), library.measure(path)


def make_enclosures(dirty: Sequence[Output], site: Site, library: Library, jobs: int, progress: Progress) -> None:
    """Makes the pictures whose size in bytes feeds tell: those of entries that are new or changed, before any feed is made.

    What is shown beside links is made with them, so that no picture is decoded twice for the two.
    """
    if not any(output.format in FEED_FORMATS for output in dirty):
        return
    in_feeds = {kind.name for kind in site.config.kinds if kind.in_feeds}
    cards = [site.cards[Address(output.subject[1], output.language)] for output in dirty if output.subject[:1] == ("entry",)]
    covers = [card.fields["cover"] for card in cards if card.kind in in_feeds and card.fields.get("cover")]
    stills = [library.still(each["src"], *spec) for each in covers for spec in (STILL, shared_spec(each.get("focal")))]
    make((variant for still in stills if still for variant in still.variants), library, jobs, progress)


def make(variants: Iterable[Variant], library: Library, jobs: int, progress: Progress) -> int:
    """Makes what the cache does not hold yet; gives the number of files made.  Raises SiteError."""
    unmade = sorted(library.unmade(variants), key=_size, reverse=True)  # the longest work first, so that no process is left with it
    step = progress(len(unmade), "pictures") if unmade else None

    def keep(failed: Problem | None) -> Problem | None:
        if step:
            step()
        return failed

    try:
        failed = map_in_workers(partial(_make, library), unmade, jobs, keep, worth=_WORTH_FORKING)
    except WorkerDiedError as error:
        assert isinstance(error.work, Sequence)
        raise _died(error.work[0].source) from None
    problems = [problem for problem in failed if problem]
    if problems:
        raise SiteError(problems)
    return sum(map(len, unmade))


def _make(library: Library, variants: Sequence[Variant]) -> Problem | None:
    try:
        library.make(variants)
    except PictureError as error:
        return Problem(Code.BAD_PICTURE, f"content{variants[0].source}: {error}", Span(f"content{variants[0].source}"), error.hint)
    return None


def _size(variants: Sequence[Variant]) -> tuple[int, str]:
    return sum(each.width * each.height for each in variants), variants[0].key


def _died(path: str) -> SiteError:
    hint = "was it short of memory? make the picture smaller, or try again with --jobs 1"
    message = "the process that was reading this picture died"
    return SiteError([Problem(Code.BAD_PICTURE, message, Span(f"content{path}" if path else "config.yaml"), hint)])


def published(keys: Iterable[Key], facts: Facts) -> dict[str, Variant]:
    """The files made from pictures that these facts put on pages, by their paths in the output."""
    values = (facts.fetch(key) for key in sorted(keys, key=repr) if key[0] in ("picture", "still", "share"))
    return {variant.path.lstrip("/"): variant for value in values if value for variant in value.variants}


def contents(variants: Mapping[str, Variant], library: Library) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """A way to the bytes of each."""
    for file, variant in variants.items():
        yield file, partial(library.variant, variant)
