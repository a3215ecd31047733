"""Make the Chinese fonts of this folder from the whole Noto Sans SC. See README.md for the source.

python -m reports.fonts.make_subset FOLDER_OF_THE_NPM_PACKAGE
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
SOURCES = {
    "NotoSansSC-Regular.ttf": "400Regular/NotoSansSC_400Regular.ttf",
    "NotoSansSC-Bold.ttf": "700Bold/NotoSansSC_700Bold.ttf",
}
CJK_PUNCTUATION = range(0x3000, 0x3040)
GENERAL_PUNCTUATION = range(0x2010, 0x2028)
FULL_WIDTH_FORMS = range(0xFF00, 0xFFF0)


def characters() -> set[int]:
    """The characters of GB 2312, ASCII and the punctuation of both: about 7,800."""
    wanted = {*range(0x20, 0x7F), *CJK_PUNCTUATION, *GENERAL_PUNCTUATION, *FULL_WIDTH_FORMS, 0x25A1}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                wanted.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue  # a cell the standard leaves empty
    return wanted


def make(source: Path, target: Path) -> None:
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(layout_features=["*"], hinting=False, recalc_timestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    font.save(target)


def main() -> None:
    package = Path(sys.argv[1])
    for name, path in SOURCES.items():
        make(package / path, HERE / name)


if __name__ == "__main__":
    main()
