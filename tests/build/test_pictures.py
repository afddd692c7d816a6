"""Pictures from a source to the output: made once, ever; only what is shown; the same whatever happened before."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Workshop
from media.containers import remarks
from media.test_raster import header, moving, noise, saved
from photographs import photograph
from PIL import Image

from sitegen.build.publish import publish
from sitegen.media import library
from sitegen.media.fonts import find_font
from sitegen.media.pictures import Variant

STORY = """
-- content/news/{slug}.md --
---
title: {title}
date: 2026-01-0{day}
section: notices
tags: [a]
{fields}
---
正文{body}
"""
COVER = "cover: {{src: /media/{name}, alt: 校门, focal: [0.2, 0.5]}}"
NEEDS_FONT = pytest.mark.skipif(find_font() is None, reason="no font with Chinese characters is on this computer")


def story(site: Workshop, slug: str = "a", fields: str = "", body: str = "", title: str = "题目", day: int = 1) -> None:
    site.write(STORY.format(slug=slug, fields=fields, body=body, title=title, day=day))


def put(site: Workshop, name: str, content: bytes) -> None:
    path = site.root / "content/media" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The keys of all variants that are encoded from here on, by builds in this process."""
    keys: list[str] = []
    original = library.encode

    def counting(content: bytes, variants: list[Variant]) -> Iterator[tuple[Variant, bytes]]:
        for variant, made in original(content, variants):
            keys.append(variant.key)
            yield variant, made

    monkeypatch.setattr(library, "encode", counting)
    yield keys


@pytest.fixture
def site(workshop: Workshop) -> Workshop:
    put(workshop, "gate.jpg", saved(noise((100, 70)).resize((1000, 700)), "JPEG"))
    story(workshop, fields=COVER.format(name="gate.jpg"))
    return workshop


def media(site: Workshop, prefix: str = "") -> list[str]:
    return [file for file in site.files() if file.startswith(f"media/{prefix}")]


def test_a_cover_on_its_page(site: Workshop) -> None:
    """Word for word, with the digest left out."""
    site.build()
    found = re.search(r"<picture>.*?</picture>", site.read("news/2026/a/index.html"))
    assert found is not None
    sizes = 'sizes="(min-width: 1064px) 1000px, 100vw"'
    widths = [480, 800, 1000]

    def srcset(suffix: str) -> str:
        return ", ".join(f"/media/gate.D-{width}.{suffix} {width}w" for width in widths)

    assert re.sub(r"gate\.[0-9a-f]{10}", "gate.D", found[0]) == (
        f'<picture><source type="image/avif" srcset="{srcset("avif")}" {sizes}>'
        f'<source type="image/webp" srcset="{srcset("webp")}" {sizes}>'
        f'<img src="/media/gate.D-1000.jpg" srcset="{srcset("jpg")}" {sizes} width="1000" height="700" alt="校门"'
        ' fetchpriority="high"></picture>'
    )


def test_every_file_that_a_page_names_is_there_and_as_wide_as_it_says(site: Workshop) -> None:
    put(site, "chart.png", saved(Image.new("RGB", (700, 300), "green"), "PNG"))
    put(site, "film.gif", moving(size=(500, 300)))
    story(site, "b", body="\n\n![图](/media/chart.png)\n\n![动](/media/film.gif)\n\n:::gallery\n![门](/media/gate.jpg)\n:::", day=2)
    site.build()
    named: dict[str, int] = {}
    for file, content in site.files().items():
        if not file.startswith("media/"):
            text = content.decode()
            named |= dict.fromkeys(re.findall(r"(?<=/)media/[\w.-]+\.(?:avif|webp|jpg|png|svg)", text), 0)
            named |= {path: int(width) for path, width in re.findall(r"/(media/[^\s\"]+) (\d+)w", text)}
    assert len(named) > 20
    assert set(named) == set(media(site)), "what is named is there, and what is there is named"
    for path, width in named.items():
        with Image.open(io.BytesIO(site.files()[path])) as picture:
            assert width in (0, picture.width)
        assert remarks(site.files()[path]) == set()


def test_one_picture_may_have_a_focal_point_here_and_none_there(site: Workshop) -> None:
    story(site, "b", fields="cover: {src: /media/gate.jpg, alt: 门}", day=2)
    site.build()
    assert media(site, "gate")


def test_a_picture_is_made_once_ever(site: Workshop, encoded: list[str]) -> None:
    """Across builds, clean builds, a lost output, another place in the text, and a state that is gone."""
    site.build()
    first = site.files()
    assert encoded
    assert len(encoded) == len(set(encoded)), "none twice, though covers are wanted before feeds are made"
    count = len(encoded)
    site.build(clean=True)
    shutil.rmtree(site.root / "public")
    site.build()
    for state in (site.root / ".sitegen").glob("state-*"):
        state.unlink()
    story(site, title="新题", fields=COVER.format(name="gate.jpg"))
    site.build()
    (site.root / "content/media/gate.jpg").rename(site.root / "content/media/door.jpg")
    story(site, title="新题", fields=COVER.format(name="door.jpg"))
    site.build()
    assert len(encoded) == count
    assert {site.files()[file] for file in media(site, "door")} == {first[file] for file in first if file.startswith("media/gate")}


def test_the_cache_moves_between_computers(
    site: Workshop, make_workshop: object, encoded: list[str], tmp_path_factory: object
) -> None:
    site.build()
    other = make_workshop()  # type: ignore[operator]
    shutil.copytree(site.root / "content", other.root / "content")
    shutil.copytree(site.root / ".sitegen/pictures", other.root / ".sitegen/pictures")
    encoded.clear()
    other.build()
    assert encoded == []
    assert other.files() == site.files()


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(path.read_bytes()[:-3]), lambda path: path.write_bytes(b"?")])
def test_a_damaged_cache_is_harmless(site: Workshop, damage: object) -> None:
    site.build()
    before = site.files()
    for path in (site.root / ".sitegen").rglob("*.*"):
        if path.is_file() and "state-" not in path.name:
            damage(path)  # type: ignore[operator]
    shutil.rmtree(site.root / "public")
    site.build(clean=True)
    assert site.files() == before


def test_a_picture_changes_appears_and_goes(site: Workshop) -> None:
    site.build()
    before = set(media(site, "gate"))
    put(site, "gate.jpg", saved(noise((90, 70)).resize((900, 700)), "JPEG"))
    site.build()
    after = set(media(site, "gate"))
    assert after
    assert not before & after, "another content, other names; the old files are gone"
    story(site)
    report = site.build()
    assert media(site, "gate") == []
    assert report.emitted.removed == len(after)
    story(site, fields=COVER.format(name="gate.jpg"))
    site.build()
    assert set(media(site, "gate")) == after


def test_what_is_there_is_not_looked_at_again(site: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unchanged picture costs a build neither reading nor measuring; a file changed by hand is put right."""
    site.build()
    story(site, "b", day=2)
    with monkeypatch.context() as patch:
        patch.setattr(library.Library, "variant", lambda self, variant: pytest.fail(f"{variant.path} is written again"))
        patch.setattr(library.Library, "_made", lambda self, variants: pytest.fail(f"{variants} are made again"))
        story(site, "b", title="不改分享图的一句话", fields="status: draft", day=2)
        site.build()
    (site.root / "public" / media(site, "gate")[0]).write_bytes(b"by hand")
    story(site, "b", title="又一句", fields="status: draft", day=2)
    site.build()
    assert remarks(site.files()[media(site, "gate")[0]]) == set()


def test_pictures_are_read_once_and_not_on_every_build(site: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    os.utime(site.root / "content/media/gate.jpg", (1, 1))
    monkeypatch.setattr("sitegen.build.measurements.RACY", -(10**12))  # as if the file had been there for long
    site.build()
    monkeypatch.setattr(library, "measure", lambda content: pytest.fail("measured again"))
    story(site, "b", day=2)
    site.build()
    site.build(clean=True)


@pytest.mark.parametrize("fields", ["status: draft", "publish_date: 2027-01-01", "expiry_date: 2026-01-05", "status: withdrawn"])
def test_a_picture_of_what_is_not_shown_reaches_no_output(site: Workshop, fields: str) -> None:
    put(site, "hidden.jpg", saved(noise((64, 48)).resize((640, 480)), "JPEG"))
    story(
        site,
        "b",
        title="金丝雀",
        fields=f"{fields}\n" + COVER.format(name="hidden.jpg"),
        body="\n\n![门](/media/hidden.jpg)",
        day=2,
    )
    site.build()
    assert media(site, "hidden") == []
    shown = list((site.root / ".sitegen/pictures").rglob("*.avif"))
    story(site, "b", fields=COVER.format(name="hidden.jpg"), body="\n\n![门](/media/hidden.jpg)", day=2)
    site.build()
    assert media(site, "hidden")
    assert len(list((site.root / ".sitegen/pictures").rglob("*.avif"))) > len(shown)
    story(site, "b", title="金丝雀", fields=f"{fields}\n" + COVER.format(name="hidden.jpg"), day=2)
    site.build()
    assert media(site, "hidden") == [], "nor with a warm cache"


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_how_many_processes_work_makes_no_difference(make_workshop: object, jobs: int) -> None:
    outputs = []
    for workers in (1, jobs):
        site = make_workshop()  # type: ignore[operator]
        for number in range(3):
            put(site, f"p{number}.jpg", photograph(size=(300 + number, 200), place=False))
            story(site, f"s{number}", fields=COVER.format(name=f"p{number}.jpg"), day=number + 1)
        site.build(jobs=workers)
        outputs.append(site.files())
    assert outputs[0] == outputs[1]


def test_the_quick_ways_give_what_a_clean_build_gives(site: Workshop) -> None:
    """Another paragraph, no change at all, another picture in the text: by publish(), as the command does it."""
    publish(site.options)
    for body in ("。", "。", "。\n\n![门](/media/gate.jpg)", "。\n\n![门](/media/gate.jpg)\n\n后文", "。"):
        story(site, fields=COVER.format(name="gate.jpg"), body=body)
        publish(site.options)
        quick = site.files()
        site.build(clean=True)
        assert site.files() == quick


def test_feeds_tell_the_true_size_of_a_jpeg(site: Workshop) -> None:
    site.build()
    found = re.search(r'<enclosure url="https://alumni.example.edu/([^"]+)" length="(\d+)" type="([^"]+)"', site.read("feed.xml"))
    assert found is not None
    path, length, media_type = found.groups()
    assert media_type == "image/jpeg"
    assert len(site.files()[path]) == int(length)
    assert Image.open(io.BytesIO(site.files()[path])).size == (1000, 700)
    content = site.read("feed.xml")
    assert "<source" not in content
    assert f'src="https://alumni.example.edu/{path}"' in content.replace("&quot;", '"')


def test_what_is_wrong_with_pictures_is_told_at_once_each_at_its_place(site: Workshop) -> None:
    put(site, "cut.jpg", saved(noise(), "JPEG")[:-3000])
    put(site, "bomb.png", header("PNG", 60_000, 60_000))
    put(site, "large.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + b" " * 6_000_000 + b"</svg>")
    story(
        site,
        "b",
        fields="cover: {src: /media/cut.jpg, alt: A}",
        body="\n\n![一](/media/bomb.png)\n\n![二](/media/large.svg)",
        day=2,
    )
    for jobs in (1, 3):
        problems = [problem for problem in site.problems(jobs=jobs) if ": E" in problem]
        assert [problem.partition(": E032: ")[0] for problem in problems] == [
            "content/news/b.md:6:14", "content/news/b.md:10:1", "content/news/b.md:12:1",
        ]  # fmt: skip
        assert "truncated" in problems[0]
        assert "more than 100 million pixels" in problems[1]
        assert "5.7 MB, 5 MB is the most" in problems[2]


@NEEDS_FONT
def test_a_page_without_a_picture_has_a_card_of_its_title(workshop: Workshop) -> None:
    story(workshop, title="校友返校日")
    workshop.write("-- content/news/a.en.md --\n---\ntitle: Homecoming\n---\nText\n")
    report = workshop.build()
    assert not report.lacks_font
    addresses = {}
    for page in ("news/2026/a/index.html", "en/news/2026/a/index.html", "index.html", "en/index.html", "news/index.html"):
        found = re.search(
            r'<meta property="og:image" content="https://alumni.example.edu/(media/share\.[0-9a-f]+\.png)">', workshop.read(page)
        )
        assert found, page
        addresses[page] = found[1]
        assert Image.open(io.BytesIO(workshop.files()[found[1]])).size == (1200, 630)
        assert '<meta property="og:image:width" content="1200">\n<meta property="og:image:height" content="630">' in workshop.read(
            page
        )
        assert '<meta name="twitter:card" content="summary_large_image">' in workshop.read(page)
    assert len(set(addresses.values())) == 4, "one for each story, and one for all lists of a language"
    assert addresses["news/index.html"] == addresses["index.html"]
    page = workshop.read("news/2026/a/index.html")
    assert '<meta property="og:image:alt" content="校友返校日">' in page
    assert f'<img src="/{addresses["news/2026/a/index.html"]}" width="1200" height="630" alt="本页的分享图：校友返校日"' in page


def test_cards_can_be_one_for_the_whole_site(workshop: Workshop) -> None:
    (workshop.root / "config.yaml").write_text(
        (workshop.root / "config.yaml").read_text(encoding="utf-8") + "theme_settings: {share_cards: false}\n", encoding="utf-8"
    )
    for number in range(4):
        story(workshop, f"s{number}", title=f"题目{number}", day=number + 1)
    workshop.build()
    assert len(media(workshop, "share")) <= 2, "one for each language"


def test_a_font_that_comes_or_goes_is_noticed(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the build that asks first whether anything has changed at all, too."""
    from sitegen.media import fonts

    if find_font() is None:
        pytest.skip("no font with Chinese characters is on this computer")
    story(workshop)
    assert not publish(workshop.options).lacks_font
    with_words = workshop.files()
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "FOLDERS", ())
        summary = publish(workshop.options)
        assert summary.lacks_font
        without = workshop.files()
        workshop.build(clean=True)
        assert workshop.files() == without != with_words
    publish(workshop.options)
    assert workshop.files() == with_words


def test_a_cover_is_cut_for_links_around_its_focal_point(site: Workshop) -> None:
    site.build()
    page = site.read("news/2026/a/index.html")
    found = re.search(r'og:image" content="https://alumni.example.edu/(media/gate[^"]+)"', page)
    assert found is not None
    assert Image.open(io.BytesIO(site.files()[found[1]])).size == (1000, 525)
    assert '<meta property="og:image:alt" content="校门">' in page
    assert "share-poster" not in page


def test_the_first_picture_of_a_page_that_messengers_find_is_one_they_can_show(workshop: Workshop) -> None:
    """WeChat takes the first <img> of 300 pixels or more, and cannot draw."""
    put(
        workshop,
        "gate.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 700"><rect width="900" height="700"/></svg>',
    )
    story(workshop, "drawn", fields="cover: {src: /media/gate.svg, alt: 门}")
    story(workshop, "bare", day=2)
    workshop.build()
    for slug in ("drawn", "bare"):
        page = workshop.read(f"news/2026/{slug}/index.html")
        large = [tag for tag in re.findall(r"<img [^>]*>", page) if int(re.search(r'width="(\d+)"', tag)[1]) >= 300]  # type: ignore[index]
        path = re.search(r'src="/([^"]+)"', large[0])
        assert path is not None
        picture = Image.open(io.BytesIO(workshop.files()[path[1]]))
        assert picture.width >= 300
        assert "hidden" not in large[0]
    assert '<picture><source type="image/svg+xml" srcset="/media/gate.' in workshop.read("news/2026/drawn/index.html")


def test_cleaning_keeps_what_was_made_lately_and_drops_what_is_old_and_unused(site: Workshop, run: object) -> None:
    import os

    site.build()
    cache = site.root / ".sitegen/pictures"
    used = sorted(path.name for path in cache.rglob("*.*") if path.is_file())
    stale = cache / "ab" / ("ab" * 16 + ".avif")
    stale.parent.mkdir(exist_ok=True)
    stale.write_bytes(b"old")
    for path in cache.rglob("*.*"):
        if path.is_file():
            os.utime(path, (1, 1))
    run("clean")  # type: ignore[operator]
    assert sorted(path.name for path in cache.rglob("*.*") if path.is_file()) == used
    run("clean", "--pictures")  # type: ignore[operator]
    assert not cache.exists()
    assert not (site.root / "public").exists()


def test_the_folder_of_pictures_is_no_place_to_write_elsewhere(site: Workshop) -> None:
    """A link in the place of the cache is not followed out of the project when it is removed."""
    outside = site.root.parent / f"{site.root.name}-outside"
    outside.mkdir()
    (outside / "kept").write_bytes(b"kept")
    (site.root / ".sitegen").mkdir(exist_ok=True)
    (site.root / ".sitegen/pictures").symlink_to(outside)
    from sitegen.build.clean import remove_output

    remove_output(site.root, site.root / "public", pictures=True)
    assert Path(outside / "kept").read_bytes() == b"kept"
