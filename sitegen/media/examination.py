"""Examination: what the files beside the sources tell of people, in their text, their metadata and their names."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import PurePosixPath

from sitegen.content.privacy import findings
from sitegen.content.privacy_review import FIELD, PLACE, UNEXAMINED, disclosed, names
from sitegen.media.documents import DocumentError, pictures, texts
from sitegen.problems import Code, Problem, Span

MOST = 10  # of one sort in one file are named; after that it is plain enough
_SOUND_AND_FILM = frozenset(".mp4 .m4v .mov .webm .ogv .mkv .avi .mp3 .m4a .wav .ogg .oga .flac .woff .woff2 .ttf .otf".split())
_UNREADABLE = frozenset((".heic", ".heif", ".dng"))
_GPS, _LATITUDE, _LONGITUDE = 0x8825, 2, 4  # Exif 2.3, 4.6.6


def is_examined(path: str) -> bool:
    """False for sound, film and fonts, which hold no text."""
    return PurePosixPath(path).suffix.lower() not in _SOUND_AND_FILM


def examine(path: str, content: bytes, name: str = "") -> list[Problem]:
    """The problems of one file that is no source, with its path as their place.  Pure.

    `name` is how a review calls the file: without one, its path in the content folder.
    """
    name, span = name or f"/{path.partition('/')[2]}", Span(path)
    problems = names(path)
    try:
        if _tells_place(path, content):
            problems.append(Problem(Code.PICTURE_PLACE, "the picture tells where it was taken (GPS)", span, _without_place(name)))
        if any(_tells_place("", picture) for picture in pictures(content)):
            message = "a picture in this document tells where it was taken (GPS)"
            problems.append(Problem(Code.PICTURE_PLACE, message, span, "put the picture into it again, without its place"))
        counts: Counter[str] = Counter()
        for where, text in texts(content):
            for finding in findings(text):
                counts[finding.noun] += 1
                if counts[finding.noun] <= MOST:
                    problems.append(disclosed(finding, span, where, name))
        for noun, count in counts.items():
            if count > MOST:
                code = next(each.code for each in problems if each.message.startswith(noun))
                problems.append(Problem(code, f"{noun}: {count - MOST} times more", span, "leave out what holds them"))
    except DocumentError as error:
        hint = f"look through it yourself, then say so: {FIELD}: [{{file: {name}, found: {UNEXAMINED}, reason: …}}]"
        problems.append(Problem(Code.UNEXAMINED, f"this file cannot be looked through: {error}", span, hint))
    return problems


def _tells_place(path: str, content: bytes) -> bool:
    """True for a picture with a position in its Exif or XMP metadata."""
    from PIL import Image, UnidentifiedImageError

    if PurePosixPath(path).suffix.lower() == ".svg":
        return False
    try:
        with Image.open(io.BytesIO(content)) as picture:
            frames = getattr(picture, "n_frames", 1) if picture.format == "MPO" else 1
            for number in range(frames):
                picture.seek(number)
                position = picture.getexif().get_ifd(_GPS)
                if _LATITUDE in position or _LONGITUDE in position:
                    return True
    except UnidentifiedImageError:
        if PurePosixPath(path).suffix.lower() in _UNREADABLE:
            raise DocumentError("it is a picture of a kind that only its makers can read") from None
        return False
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False  # where a page names it, the library says that it cannot be read
    return b"GPSLatitude" in content


def _without_place(name: str) -> str:
    return (
        "save it without its place (on Windows: Properties, Details, Remove Properties), "
        f"or say why it may stay: {FIELD}: [{{file: {name}, found: {PLACE}, reason: …}}]"
    )
