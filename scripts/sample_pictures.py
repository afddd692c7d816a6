"""Makes the sample photographs of content/media/ out of its drawings: evidently samples, of the sorts that cameras leave.

Run it when a drawing has changed: .venv/bin/python scripts/sample_pictures.py
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image, ImageFilter

ROOT = Path(__file__).resolve().parent.parent
DRAWINGS = ROOT / "scripts/drawings"  # those that the site shows as photographs only
sys.path.insert(0, str(ROOT / "tests"))

from media.profiles import DISPLAY_P3, profile  # noqa: E402

from sitegen.media.encoding import draw  # noqa: E402

ORIENTATION = 0x0112
# Drawing → width in pixels, how the camera was held (Exif 2.3, 4.6.4), and whether its colours are those of a wide display.
PICTURES: dict[str, tuple[int, int, bool]] = {
    "plane-tree-avenue": (1600, 1, False),
    "campus-gate": (1600, 1, True),
    "library": (1600, 3, False),
    "cherry-blossom": (1600, 6, False),
    "west-lake": (1600, 1, True),
    "forum": (1600, 8, False),
    "portrait-1": (720, 1, False),
    "portrait-4": (720, 6, False),
}
_UNDO = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def photograph(drawing: bytes, width: int, orientation: int, is_wide: bool) -> bytes:
    """A drawing as if it had been photographed: softened, with grain."""
    plain = draw(drawing, 1)
    picture = draw(drawing, width / plain.width).convert("RGB").filter(ImageFilter.GaussianBlur(0.8))
    grain = Image.linear_gradient("L").resize(picture.size).rotate(35, expand=False, fillcolor=128)
    picture = Image.blend(picture, Image.merge("RGB", [grain] * 3), 0.07)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Sample camera"
    stream = io.BytesIO()
    turned = picture.transpose(_UNDO[orientation]) if orientation in _UNDO else picture
    options = {"icc_profile": profile(DISPLAY_P3)} if is_wide else {}
    turned.save(stream, "JPEG", quality=74, optimize=True, progressive=True, exif=exif, **options)
    return stream.getvalue()


def main() -> None:
    media = ROOT / "content/media"
    for name, (width, orientation, is_wide) in PICTURES.items():
        drawing = next(path for path in (media / f"{name}.svg", DRAWINGS / f"{name}.svg") if path.is_file())
        content = photograph(drawing.read_bytes(), width, orientation, is_wide)
        (media / f"{name}-photo.jpg").write_bytes(content)
        print(f"{name}-photo.jpg {len(content) // 1024} KB")


if __name__ == "__main__":
    main()
