"""A process of its own that reads one PDF of a stranger with limited memory and time; it dies with its parent.

python -m progress.uploads.pdf_child PARENT_ID BYTES CPU_SECONDS  < file  > what was found, as JSON
"""

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from stakeholders.confinement import die_with_parent, limit

if TYPE_CHECKING:
    import pikepdf

PASSWORD, DAMAGED, MEMORY = 3, 4, 5
DEEPEST = 50
LONGEST_NAME = 200
ACTIVE_KEYS = {"/JS", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}
ACTIVE_NAMES = {
    "/S": {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMediaExecute"},
    "/Type": {"/EmbeddedFile"},
    "/Subtype": {"/FileAttachment", "/RichMedia"},
}


def active_content(pdf: "pikepdf.Pdf") -> set[str]:
    """What a reader could run, send or unpack, by its name in the file."""
    return {found for item in pdf.objects for found in _active_in(item, 0)}


def _active_in(item: "pikepdf.Object", depth: int) -> Iterator[str]:
    """An object and what lies directly in it; what it points to is an object of its own."""
    import pikepdf

    if depth > DEEPEST:
        yield "/Nested"
        return
    children: Iterator[pikepdf.Object] = iter(())
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield from ACTIVE_KEYS & set(item.keys())
        for key, names in ACTIVE_NAMES.items():
            if isinstance(item.get(key), pikepdf.Name) and str(item[key]) in names:
                yield str(item[key])
        children = (value for _key, value in item.items())
    elif isinstance(item, pikepdf.Array):
        children = iter(item)
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _active_in(child, depth + 1)


def authors(pdf: "pikepdf.Pdf") -> list[str]:
    named = [str(pdf.docinfo.get("/Author", ""))] if "/Info" in pdf.trailer else []
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        creators = metadata.get("dc:creator", [])
    named += [creators] if isinstance(creators, str) else [str(creator) for creator in creators]
    return [name[:LONGEST_NAME] for name in named[:10] if name]


def main() -> int:
    parent, memory, cpu_seconds = (int(argument) for argument in sys.argv[1:])
    die_with_parent(parent)
    limit(memory, cpu_seconds)
    try:
        import pikepdf

        with pikepdf.Pdf.open(BytesIO(sys.stdin.buffer.read())) as pdf:
            found = {"active": sorted(active_content(pdf)), "people": authors(pdf), "pages": len(pdf.pages)}
    except MemoryError:
        return MEMORY
    except pikepdf.PasswordError:
        return PASSWORD
    except (pikepdf.PdfError, ValueError, TypeError, KeyError):
        return DAMAGED
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
