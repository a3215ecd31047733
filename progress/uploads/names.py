"""What remains of the name somebody's computer gave a file."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 120
# Everything that turns writing round, the marks included: behind one, an ending can stand where nobody looks for it.
DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
JOINERS = "\u200c\u200d"  # Persian and Indic words need them
RESERVED = re.compile(r'[<>:"|?*]')


def clean_file_name(name: str) -> str:
    """The last part of a path, in NFC, without controls, directions and characters some systems reserve."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in DIRECTIONS.sub("", last) if c in JOINERS or unicodedata.category(c)[0] != "C" or c == " ")
    plain = " ".join(RESERVED.sub("_", kept).split()).strip(". ")
    ending = PurePosixPath(plain).suffix[:10]
    stem = plain.removesuffix(PurePosixPath(plain).suffix)[: LONGEST - len(ending)].rstrip(". ")
    return f"{stem or 'file'}{ending}"
