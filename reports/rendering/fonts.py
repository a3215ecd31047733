"""Where the bundled fonts lie: two declared dependencies and the Chinese subset kept with the code."""

from importlib.resources import files
from pathlib import Path

CHINESE = Path(__file__).resolve().parent.parent / "fonts"
FONT_FOLDERS = [
    Path(str(files("fontpkg_amiri") / "files")),
    Path(str(files("fontpkg_noto_sans") / "files")),
    CHINESE,
]
FONT_FILES = [path for folder in FONT_FOLDERS for path in sorted(folder.glob("*.ttf"))]
