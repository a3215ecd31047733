"""Files as people send them, the sound and the hostile ones, each made here byte by byte."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENT = f"{OFFICE}.wordprocessingml.document.main+xml"
SHEET = f"{OFFICE}.spreadsheetml.sheet.main+xml"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relation(kind: str, target: str, mode: str = "") -> bytes:
    outside = f' TargetMode="{mode}"' if mode else ""
    row = f'<Relationship Id="r1" Type="{kind}" Target="{target}"{outside}/>'
    return f'<Relationships xmlns="{RELATIONS}">{row}</Relationships>'.encode()


def package(
    main: str = DOCUMENT, parts: dict[str, bytes] | None = None, *, author: str = "", doctype: str = ""
) -> bytes:
    """The least an Office file is: its content types, a main part, whatever else is asked for."""
    override = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'{doctype}<Types xmlns="{TYPES}">{override}</Types>')
        archive.writestr("word/document.xml", "<document/>")
        if author:
            core = f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{author}</dc:creator></p>'
            archive.writestr("docProps/core.xml", core)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return stream.getvalue()


def png(width: int = 4, height: int = 4, *chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 20)
    every = [(b"IHDR", header), *chunks, (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in every)


def exif(artist: bytes = b"", *, place: bool = False) -> bytes:
    """Exif data of a camera: a table of tags that points to the table of the place."""
    rows = [(0x013B, 2, len(artist), 100)] if artist else []
    rows += [(0x8825, 4, 1, 60)] if place else []
    table = struct.pack("<H", len(rows)) + b"".join(struct.pack("<HHII", *row) for row in rows)
    where = struct.pack("<H", 1) + struct.pack("<HHII", 0x0002, 5, 3, 0)
    return (b"II*\0" + struct.pack("<I", 8) + table).ljust(60, b"\0") + where.ljust(40, b"\0") + artist


def jpeg(width: int = 4, height: int = 4, *, properties: bytes = b"") -> bytes:
    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    told = segment(0xE1, b"Exif\0\0" + properties) if properties else b""
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    return b"\xff\xd8" + told + frame + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x00\xff\xd9"


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, *, author: str = "", password: str = "") -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    if author:
        document.docinfo["/Author"] = author
    if change:
        change(document)
    stream = io.BytesIO()
    lock = pikepdf.Encryption(user=password, owner=password) if password else False
    document.save(stream, encryption=lock)
    return stream.getvalue()


def running_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def starting_program(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = pikepdf.Array([link])


def carrying_file(document: pikepdf.Pdf) -> None:
    document.attachments["tool.exe"] = pikepdf.AttachedFileSpec(document, b"MZ", filename="tool.exe")


def with_lying_directory(content: bytes, size: int) -> bytes:
    """The same package whose directory says another size for the part it names last."""
    start = content.rindex(b"PK\x01\x02")
    return content[: start + 24] + struct.pack("<I", size) + content[start + 28 :]
