"""XML of strangers, read without a document type: no entity can grow and nothing is fetched."""

from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from progress.uploads.findings import Refused

MOST_ELEMENTS = 20_000  # relations and properties; the text of a document is not read


@dataclass
class Element:
    """`name` without its namespace; `text` is what stands in it before anything else begins."""

    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class _Reader:
    found: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.found) >= MOST_ELEMENTS:
            raise damaged()
        element = Element(name.rsplit(" ", 1)[-1], attributes)
        self.found.append(element)
        self.open.append(element)

    def end(self, _name: str) -> None:
        self.open.pop()

    def words(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text


def elements(content: bytes) -> list[Element]:
    """Every element in the order of the file. Raises Refused for what is not well formed or has a document type."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.words
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise damaged() from error
    return reader.found


def damaged() -> Refused:
    return Refused(_("“%(name)s” is damaged: it cannot be read to its end. Save it again and try once more."))


def _refuse_document_type(*_arguments: object) -> None:
    raise damaged()
