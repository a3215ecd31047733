"""PNG and JPEG: dimensions and properties from the headers. Nothing is decoded, so nothing can unfold."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from progress.uploads.findings import Carried, Refused, people
from progress.uploads.xml_parts import damaged
from stakeholders.dates import number

MOST_PIXELS = 50_000_000
MOST_SEGMENTS = 20_000
PLACE = Carried("place")
IFD_GPS, TAG_ARTIST, TAG_LATITUDE = 0x8825, 0x013B, 0x0002
EXIF, XMP_PLACE = b"Exif\x00\x00", b"GPSLatitude"
JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
JPEG_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
JPEG_END, JPEG_SCAN, JPEG_PROPERTIES = 0xD9, 0xDA, 0xE1


def inspect_png(content: bytes) -> list[Carried]:
    """Whom and which place the picture names. Raises Refused for too many pixels or a stump."""
    chunks = list(_png_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) < 8 or chunks[-1][0] != b"IEND":
        raise damaged()
    _refuse_pixels(*struct.unpack(">II", chunks[0][1][:8]))
    carried = []
    for kind, data in chunks:
        if kind == b"eXIf":
            carried += _read_exif(data)
        if kind == b"tEXt" and data.startswith(b"Author\x00"):
            carried += people(data[7:].decode("latin-1"))
        if kind in (b"iTXt", b"tEXt") and XMP_PLACE in data:
            carried.append(PLACE)
    return list(dict.fromkeys(carried))


def inspect_jpeg(content: bytes) -> list[Carried]:
    """The same for a JPEG, up to where its picture begins."""
    carried, frames = [], 0
    for marker, data in _jpeg_segments(content):
        if marker in JPEG_FRAMES:
            if len(data) < 5:
                raise damaged()
            height, width = struct.unpack(">HH", data[1:5])
            _refuse_pixels(width, height)
            frames += 1
        if marker == JPEG_PROPERTIES and data.startswith(EXIF):
            carried += _read_exif(data[len(EXIF) :])
        elif marker == JPEG_PROPERTIES and XMP_PLACE in data:
            carried.append(PLACE)
    if frames != 1:
        raise damaged()
    return list(dict.fromkeys(carried))


def _refuse_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise damaged()
    if width * height > MOST_PIXELS:
        raise Refused(
            _("“%(name)s” has %(width)s by %(height)s pixels; at most %(limit)s million pixels are taken."),
            width=number(width),
            height=number(height),
            limit=number(MOST_PIXELS // 1_000_000),
        )


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 8
    for _number in range(MOST_SEGMENTS):
        if position + 12 > len(content):
            return
        length, kind = struct.unpack_from(">I4s", content, position)
        if position + 12 + length > len(content):
            raise damaged()
        yield kind, content[position + 8 : position + 8 + length] if kind != b"IDAT" else b""
        if kind == b"IEND":
            return
        position += 12 + length


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    position = 2
    for _number in range(MOST_SEGMENTS):
        if position + 4 > len(content):
            break
        if content[position] != 0xFF:
            raise damaged()
        marker = content[position + 1]
        if marker in (JPEG_SCAN, JPEG_END):
            return
        if marker == 0xFF or marker in JPEG_WITHOUT_LENGTH:
            position += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", content, position + 2)
        if length < 2 or position + 2 + length > len(content):
            raise damaged()
        yield marker, content[position + 4 : position + 2 + length]
        position += 2 + length
    raise damaged()


@dataclass(frozen=True)
class _Tiff:
    """The tables of tags inside Exif data. A place outside the data reads as an empty table."""

    data: bytes
    order: str

    def table(self, offset: int) -> dict[int, tuple[int, int]]:
        """tag -> (how many values, value or where they lie)"""
        if offset + 2 > len(self.data):
            return {}
        (entries,) = struct.unpack_from(f"{self.order}H", self.data, offset)
        entries = min(entries, (len(self.data) - offset - 2) // 12)
        rows = (struct.unpack_from(f"{self.order}HHII", self.data, offset + 2 + 12 * n) for n in range(entries))
        return {tag: (count, value) for tag, _type, count, value in rows}


def _read_exif(data: bytes) -> list[Carried]:
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(data[:4])
    if order is None or len(data) < 8:
        return []
    tiff = _Tiff(data, order)
    main = tiff.table(struct.unpack_from(f"{order}I", data, 4)[0])
    carried = []
    if TAG_ARTIST in main:
        count, place = main[TAG_ARTIST]
        text = data[place : place + count] if count > 4 else struct.pack(f"{order}I", place)[:count]
        carried += people(text.rstrip(b"\x00").decode("utf-8", errors="replace"))
    if IFD_GPS in main and TAG_LATITUDE in tiff.table(main[IFD_GPS][1]):
        carried.append(PLACE)
    return carried
