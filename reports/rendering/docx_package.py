"""The Word file around the body: its parts, relationships and properties, zipped so that the same gives the same."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as KINDS

from reports.rendering.document import ReportDocument
from reports.rendering.text_guard import without_controls

KEPT = (KINDS.STYLES, KINDS.SETTINGS, KINDS.THEME, KINDS.OFFICE_DOCUMENT, KINDS.CORE_PROPERTIES)
LONGEST_TITLE = 255  # by the format
OLDEST = (1980, 1, 1, 0, 0, 0)  # in a zip file
RELATIONSHIPS = "word/_rels/document.xml.rels"


@dataclass(frozen=True)
class Picture:
    """A picture the file holds: the relationship that names it, and its sides in pixels."""

    relationship: str
    width: int
    height: int


class Skeleton:
    """An empty Word file with the report's properties, its pictures, and places for a header and a footer."""

    def __init__(self, document: ReportDocument, pictures: list[bytes]) -> None:
        self._file = docx.Document()
        self._set_properties(document)
        part = self._file.part
        for relationships in (part.rels, part.package.rels):
            for key in [key for key, found in relationships.items() if found.reltype not in KEPT]:
                del relationships[key]
        section = self._file.sections[0]
        section.header.is_linked_to_previous = False
        section.footer.is_linked_to_previous = False
        self.header = next(key for key, found in part.rels.items() if found.reltype == KINDS.HEADER)
        self.footer = next(key for key, found in part.rels.items() if found.reltype == KINDS.FOOTER)
        self.pictures: list[Picture] = []
        for content in pictures:
            key, image = part.get_or_add_image(io.BytesIO(content))
            self.pictures.append(Picture(key, image.px_width, image.px_height))

    def _set_properties(self, document: ReportDocument) -> None:
        moment = datetime.fromisoformat(document.as_of_iso).astimezone(UTC).replace(tzinfo=None)
        properties = self._file.core_properties
        properties.title = without_controls(f"{document.title} – {document.subtitle}")[:LONGEST_TITLE]
        properties.language = document.html_lang
        properties.created = properties.modified = moment
        properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
        properties.revision = 1

    def packed(self, parts: Mapping[str, str], links: Mapping[str, str]) -> bytes:
        """The file with these parts in the places of the empty ones, and these addresses (address -> relationship)."""
        stream = io.BytesIO()
        self._file.save(stream)
        with zipfile.ZipFile(stream) as empty:
            contents = {name: empty.read(name) for name in empty.namelist()}
        contents.update({name: text.encode("utf-8") for name, text in parts.items()})
        contents[RELATIONSHIPS] = contents[RELATIONSHIPS].replace(
            b"</Relationships>", _relationships(links).encode("utf-8") + b"</Relationships>"
        )
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as finished:
            for name in sorted(contents):
                entry = zipfile.ZipInfo(name, OLDEST)
                entry.compress_type = zipfile.ZIP_DEFLATED
                finished.writestr(entry, contents[name])
        return packed.getvalue()


def _relationships(links: Mapping[str, str]) -> str:
    return "".join(
        f'<Relationship Id="{key}" Type="{KINDS.HYPERLINK}" Target={quoteattr(address)} TargetMode="External"/>'
        for address, key in links.items()
    )
