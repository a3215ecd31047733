"""Word and Excel files: packages of parts. The directory is judged before anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from progress.uploads.findings import Carried, Refused, people, shown
from progress.uploads.kinds import DOCX, PACKAGE, XLSX, FileKind
from progress.uploads.xml_parts import damaged, elements
from stakeholders.dates import number

MOST_PARTS = 2_000
MOST_UNPACKED = 100 * 1024**2
MOST_TIMES = 150  # sheets of repeated rows reach 60
SMALL_UNPACKED = 4 * 1024**2  # below this, how well something packs says nothing
LARGEST_PART_READ = 4 * 1024**2
ENTRY_SIGNATURE = b"PK\x01\x02"
READING_FAILS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)

MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
}
MACROS = ("vbaproject", "vbadata", "macrosheet", "macroenabled")
OBJECTS = ("oleobject", "activex", "afchunk")
ELSEWHERE = ("externallink", "/connections.xml", "spreadsheetml.connections", "relationships/connections")


@dataclass
class _Room:
    """How much may still be unpacked, by the package and those embedded in it together."""

    left: int = MOST_UNPACKED


def inspect_package(content: bytes) -> tuple[FileKind | None, list[Carried]]:
    """What kind of Office file this is, None for any other package, and whom it names. Raises Refused."""
    return _inspect(content, _Room(), inside=False)


def _inspect(content: bytes, room: _Room, *, inside: bool) -> tuple[FileKind | None, list[Carried]]:
    if (entries := content.count(ENTRY_SIGNATURE)) > MOST_PARTS:  # before Python makes an object of each
        raise _too_many_parts(entries)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _judge_directory(package, content, room)
            parts = {info.filename.lower(): info for info in package.infolist()}
            if len(parts) != len(package.infolist()):
                raise damaged()
            _read_to_the_end(package)
            kind = _kind_of(package, parts)
            if kind:
                _refuse_active_parts(package, parts, room, inside=inside)
            return kind, _authors(package, parts)
    except READING_FAILS as error:
        raise damaged() from error


def _judge_directory(package: zipfile.ZipFile, content: bytes, room: _Room) -> None:
    entries = package.infolist()
    unpacked = sum(info.file_size for info in entries)
    room.left -= unpacked
    if room.left < 0:
        raise Refused(
            _("“%(name)s” unpacks to %(value)s; at most %(limit)s are taken."),
            value=filesizeformat(MOST_UNPACKED - room.left),
            limit=filesizeformat(MOST_UNPACKED),
        )
    if unpacked > SMALL_UNPACKED and unpacked > MOST_TIMES * len(content):
        raise Refused(
            _("“%(name)s” unpacks to %(value)s times its size; at most %(limit)s times are taken."),
            value=number(unpacked // len(content)),
            limit=number(MOST_TIMES),
        )
    if any(info.flag_bits & 1 for info in entries):
        raise protected()
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in entries):
        raise damaged()


def _too_many_parts(entries: int) -> Refused:
    return Refused(
        _("“%(name)s” holds %(value)s parts; at most %(limit)s are taken."),
        value=number(entries),
        limit=number(MOST_PARTS),
    )


def protected() -> Refused:
    return Refused(_("“%(name)s” is protected by a password. Save it without one."))


def _read_to_the_end(package: zipfile.ZipFile) -> None:
    """A part that holds more than the directory says, or something else, has another check sum: BadZipFile."""
    for info in package.infolist():
        with package.open(info) as part:
            while part.read(1024**2):
                pass


def _read(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > LARGEST_PART_READ:
        raise _too_large_part([info])
    return package.read(info)


def _too_large_part(parts: list[zipfile.ZipInfo]) -> Refused:
    return Refused(
        _("“%(name)s” holds a part (%(part)s) of %(value)s; at most %(limit)s are taken there."),
        part=shown(parts[0].filename),
        value=filesizeformat(sum(info.file_size for info in parts)),
        limit=filesizeformat(LARGEST_PART_READ),
    )


def _kind_of(package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> FileKind | None:
    types = list(_content_types(package, parts))
    _refuse_by_words(types)
    kinds = {MAIN_PARTS[name] for name in types if name in MAIN_PARTS}
    return kinds.pop() if len(kinds) == 1 else None


def _content_types(package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> Iterator[str]:
    if info := parts.get("[content_types].xml"):
        for element in elements(_read(package, info)):
            yield element.attributes.get("ContentType", "")


def _refuse_active_parts(
    package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], room: _Room, *, inside: bool
) -> None:
    _refuse_by_words(info.filename for info in parts.values())
    relations = [info for name, info in parts.items() if name.endswith(".rels")]
    if sum(info.file_size for info in relations) > LARGEST_PART_READ:
        raise _too_large_part(relations)
    for info in relations:
        _refuse_relations(package.read(info))
    for name, info in parts.items():
        if "embeddings/" in name and not name.endswith("/"):
            _refuse_embedded(info.filename, package.read(info), room, inside=inside)


def _refuse_relations(content: bytes) -> None:
    for element in elements(content):
        relation, target = element.attributes.get("Type", ""), element.attributes.get("Target", "")
        _refuse_by_words([relation])
        is_outside = element.attributes.get("TargetMode", "").lower() == "external"
        if is_outside and not relation.lower().endswith("/hyperlink"):
            raise _fetches(target)


def _refuse_embedded(name: str, content: bytes, room: _Room, *, inside: bool) -> None:
    """The sheet behind a chart is a package of its own and is looked into; anything else embedded can be anything."""
    if inside or not content.startswith(PACKAGE):
        raise _holds_object(name)
    kind, _carried = _inspect(content, room, inside=True)
    if kind is None:
        raise _holds_object(name)


def _refuse_by_words(names: Iterable[str]) -> None:
    for name in names:
        lower = name.lower()
        if any(word in lower for word in MACROS):
            raise Refused(_("“%(name)s” holds macros (%(part)s). Save it without them."), part=shown(name))
        if any(word in lower for word in OBJECTS):
            raise _holds_object(name)
        if any(word in lower for word in ELSEWHERE):
            raise _fetches(name)


def _holds_object(part: str) -> Refused:
    return Refused(
        _("“%(name)s” holds an embedded object (%(part)s). Remove it, or save the file as PDF."), part=shown(part)
    )


def _fetches(part: str) -> Refused:
    return Refused(
        _("“%(name)s” fetches content from elsewhere (%(part)s). Remove that link, or save the file as PDF."),
        part=shown(part),
    )


def _authors(package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> list[Carried]:
    if info := parts.get("docprops/core.xml"):
        found = elements(_read(package, info))
        return people(*(element.text for element in found if element.name in ("creator", "lastModifiedBy")))
    return []
