"""What is not taken as evidence, and the sentence that says why: the file, the value and the rule."""

import time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from progress.models import Evidence, Update
from progress.uploads.documents import inspect_pdf
from progress.uploads.findings import Refused
from progress.uploads.inspection import Inspected, inspect
from progress.uploads.names import clean_file_name
from tests.conftest import World
from tests.factories import content
from tests.progress import uploads
from tests.progress.uploads import KINDS, SHEET, package, relation

BOMB = {"word/media/zeros.bin": b"\0" * 9_000_000}
CHART = "word/embeddings/Sheet1.xlsx"
INNER_BOMBS = {f"word/embeddings/{n}.xlsx": package(SHEET, {"z": b"\0" * 4_000_000}) for n in range(30)}
MEDIA = "word/_rels/document.xml.rels"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
ENTITIES = '<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def look(name: str, content: bytes) -> Inspected:
    return inspect(SimpleUploadedFile(name, content))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        look(name, content)
    sentence = caught.value.messages[0].replace("\u2068", "").replace("\u2069", "").replace("\xa0", " ")
    assert name in sentence
    return sentence


@pytest.mark.parametrize(
    ("name", "content", "label"),
    [
        ("report.pdf", uploads.pdf(), "PDF"),
        ("photo.PNG", uploads.png(), "PNG"),
        ("photo.jpeg", uploads.jpeg(), "JPEG"),
        ("letter.docx", package(), "DOCX"),
        ("figures.xlsx", package(SHEET), "XLSX"),
        ("list.txt", "قائمة، 名单\n".encode(), "TXT"),
        ("chart.docx", package(parts={CHART: package(SHEET)}), "DOCX"),
        ("links.docx", package(parts={MEDIA: relation(f"{KINDS}/hyperlink", "https://un.org", "External")}), "DOCX"),
    ],
)
def test_what_is_taken(name: str, content: bytes, label: str) -> None:
    found = look(name, content)
    assert (found.kind.label, found.name, found.content) == (label, name, content)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.txt", b"", "is empty"),
        ("tool.exe", b"MZ\x90\0\x03\0\0\0", "none of the kinds taken: PDF, PNG"),
        ("page.html", b"<script>alert(1)</script>", "does not end in .txt, but its content is TXT"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "does not end in .txt"),
        ("report.pdf", uploads.png(), "does not end in .png, but its content is PNG"),
        ("report.pdf.exe", uploads.pdf(), "does not end in .pdf"),
        ("report", uploads.pdf(), "does not end in .pdf"),
        ("latin.txt", "é".encode("latin-1"), "none of the kinds"),
        ("control.txt", b"a\0b", "none of the kinds"),
        (
            "old.docx",
            bytes.fromhex("d0cf11e0a1b11ae1"),
            "an old Office format or protected by a password",
        ),
        ("plain.docx", package("application/zip"), "none of the kinds"),
        ("cut.docx", package()[:200], "is damaged"),
        ("lying.docx", uploads.with_lying_directory(package(), 3), "is damaged"),
        ("bomb.docx", package(parts=BOMB), "unpacks to 968 times its size; at most 150"),
        ("huge.xlsx", uploads.with_lying_directory(package(SHEET), 2 * 1024**3), "unpacks to 2.0 GB; at most 100.0 MB"),
        ("many.docx", package(parts={f"w/{n}": b"" for n in range(2_000)}), "holds 2,002 parts; at most 2,000"),
        ("entities.docx", package(doctype=ENTITIES), "is damaged"),
        ("macros.docx", package(parts={"word/vbaProject.bin": b"x"}), "holds macros (word/vbaProject.bin)"),
        ("renamed.docx", package(MACRO_TYPE), "holds macros (application/vnd.ms-word"),
        (
            "hidden.docx",
            package(parts={MEDIA: relation("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "x")}),
            "holds macros",
        ),
        ("sheets.xlsx", package(SHEET, {"xl/macrosheets/sheet1.xml": b"<x/>"}), "holds macros"),
        (
            "joined.xlsx",
            package(SHEET, {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
            "fetches content from elsewhere",
        ),
        ("asking.xlsx", package(SHEET, {"xl/connections.xml": b"<x/>"}), "fetches content from elsewhere"),
        (
            "template.docx",
            package(parts={MEDIA: relation(f"{KINDS}/attachedTemplate", "https://evil.example/t.dotm", "External")}),
            "fetches content from elsewhere (https://evil.example/t.dotm)",
        ),
        ("object.docx", package(parts={"word/embeddings/oleObject1.bin": b"x"}), "holds an embedded object"),
        ("tool.docx", package(parts={"word/embeddings/Package1.bin": b"MZ"}), "holds an embedded object"),
        (
            "inner.docx",
            package(parts={CHART: package(SHEET, {"xl/vbaProject.bin": b"x"})}),
            "holds macros (xl/vbaProject.bin)",
        ),
        ("deep.docx", package(parts={CHART: package(SHEET, {CHART: package(SHEET)})}), "holds an embedded object"),
        ("nested.docx", package(parts=INNER_BOMBS), "unpacks to 1"),
        ("relations.docx", package(parts={MEDIA: b"<r>" + b"<a/>" * 30_000 + b"</r>"}), "is damaged"),
        ("chunks.png", uploads.png(4, 4, *[(b"tEXt", b"")] * 21_000), "is damaged"),
        ("trick.docx", package(parts={"word/\u202evbaProject.bin": b"x"}), "holds macros (word/ vbaProject.bin)"),
        ("huge.png", uploads.png(60_000, 60_000), "has 60,000 by 60,000 pixels; at most 50 million"),
        ("huge.jpg", uploads.jpeg(65_000, 65_000), "has 65,000 by 65,000 pixels; at most 50 million"),
        ("flat.png", uploads.png(0, 9), "is damaged"),
        ("cut.png", uploads.png()[:40], "is damaged"),
        ("cut.jpg", uploads.jpeg()[:12], "is damaged"),
        ("cut.pdf", uploads.pdf()[:60], "is damaged"),
        ("script.pdf", uploads.pdf(uploads.running_script), "holds active content (/JS /JavaScript)"),
        ("launch.pdf", uploads.pdf(uploads.starting_program), "holds active content (/Launch)"),
        ("cargo.pdf", uploads.pdf(uploads.carrying_file), "holds active content (/EF /EmbeddedFile /EmbeddedFiles)"),
        ("locked.pdf", uploads.pdf(password="secret"), "is protected by a password"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused_and_why(name: str, content: bytes, reason: str) -> None:
    assert reason in refusal(name, content)


def test_a_locked_package_is_refused() -> None:
    locked = bytearray(package())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := locked.find(signature, start)) >= 0:
            locked[start + flags] |= 1
            start += 4
    assert "is protected by a password" in refusal("locked.docx", bytes(locked))


def test_a_file_that_is_too_large_is_not_even_read(settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 2_048
    assert "has 3.0 KB; a file may have at most 2.0 KB" in refusal("list.txt", b"a" * 3_072)
    assert look("list.txt", b"a" * 2_048).kind.label == "TXT"


def test_a_document_that_takes_too_long_or_too_much_is_refused_and_its_reader_ends() -> None:
    started = time.monotonic()
    with pytest.raises(Refused, match="could not be checked"):
        inspect_pdf(uploads.pdf(), time_limit=0.01)
    with pytest.raises(Refused, match="could not be checked"):
        inspect_pdf(uploads.pdf(), memory_limit=24 * 1024**2)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("..\\..\\a/b/report.pdf", "report.pdf"),
        ("re\u202eport\u2067\u200e.pdf", "report.pdf"),
        ("re\r\nport\0.pdf", "report.pdf"),
        (' .."<x>|:?*. .pdf', "__x_____.pdf"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ("", "file"),
        (".pdf", "pdf"),
        ("n" * 300 + ".pdf", "n" * 116 + ".pdf"),
    ],
)
def test_a_name_keeps_what_can_be_shown(name: str, kept: str) -> None:
    assert clean_file_name(name) == kept


@pytest.mark.parametrize(
    ("name", "content", "carries"),
    [
        ("a.docx", package(author="Jane Doe"), [("person", "Jane Doe")]),
        ("a.pdf", uploads.pdf(author="Jane\u202e\nDoe"), [("person", "Jane Doe")]),
        ("a.jpg", uploads.jpeg(properties=uploads.exif(place=True)), [("place", "")]),
        (
            "a.jpg",
            uploads.jpeg(properties=uploads.exif(b"Jane Doe\0")),
            [("person", "Jane Doe")],
        ),
        ("a.jpg", uploads.jpeg(properties=b"II*\0\xff\xff\xff\xff"), []),
        ("a.png", uploads.png(4, 4, (b"eXIf", uploads.exif(place=True))), [("place", "")]),
        ("a.png", uploads.png(4, 4, (b"tEXt", b"Author\0Jane Doe")), [("person", "Jane Doe")]),
        ("a.txt", b"Jane Doe", []),
    ],
)
def test_what_a_file_tells_about_people_and_places_is_found(
    name: str, content: bytes, carries: list[tuple[str, str]]
) -> None:
    assert [(found.kind, found.text) for found in look(name, content).carries] == carries


def test_the_refusal_stands_beside_its_field_and_every_text_is_kept(world: World, as_alice: Client, kept: Path) -> None:
    form = {"based_on": 0, "save": "1", "title": "The macros", **content(next_steps="Kept words.")}
    file = SimpleUploadedFile("macros.docx", package(parts={"word/vbaProject.bin": b"x"}))
    answer = as_alice.post(f"/en/desk/assignments/{world.task('2.1').pk}/", {**form, "file": file})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "holds macros" in answer.context["form"].errors["file"][0]
    assert 'href="#id_file"' in page
    assert "Kept words." in page
    assert 'value="The macros"' in page
    assert "Choose your file again" in page
    assert not Update.objects.exists()
    assert not Evidence.objects.exists()
    assert not list(kept.glob("*/*"))


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Path:
    settings.EVIDENCE_DIR = tmp_path
    return tmp_path


@pytest.fixture
def small(settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES, settings.UPLOAD_MAX_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000, 50_000, 10_000


@pytest.mark.usefixtures("small")
def test_a_request_that_announces_too_much_gets_a_plain_page(world: World, as_alice: Client) -> None:
    address = f"/en/desk/assignments/{world.task('2.1').pk}/"
    words = {"based_on": 0, "save": "1", **content(next_steps="Kept words.")}
    answer = as_alice.post(address, {**words, "file": SimpleUploadedFile("a.txt", b"a" * 20_000)})
    assert answer.status_code == 400, "received, so that the form can come back and say why"
    assert "Kept words." in answer.content.decode()
    answer = as_alice.post(address, {**words, "file": SimpleUploadedFile("a.txt", b"a" * 60_000)})
    assert answer.status_code == 413
    assert "This is too large" in answer.content.decode()
    assert not Update.objects.exists()


@pytest.mark.usefixtures("small")
def test_nobody_sends_files_where_none_are_taken(world: World, as_alice: Client, client: Client) -> None:
    for door, path in ((as_alice, "/en/login/"), (client, f"/en/desk/assignments/{world.task('2.1').pk}/")):
        answer = door.post(path, {"file": SimpleUploadedFile("a.txt", b"a" * 20_000)})
        assert answer.status_code == 413
        assert "This is too large" in answer.content.decode()


@pytest.mark.usefixtures("small")
def test_texts_that_are_too_long_get_a_plain_page_with_a_file_or_without(world: World, as_alice: Client) -> None:
    address = f"/en/desk/assignments/{world.task('2.1').pk}/"
    words = {"based_on": 0, "save": "1", **content(narrative="a" * 12_000)}
    answer = as_alice.post(address, {**words, "file": SimpleUploadedFile("a.txt", b"a")})
    assert answer.status_code == 400
    assert "This request could not be understood" in answer.content.decode()
