"""The PDF, opened by readers that did not write it."""

import io
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from reports.rendering import typesetting
from reports.rendering.composition import compose
from reports.rendering.failures import RenderFailed
from reports.rendering.pdf import render_pdf
from reports.rendering.typesetting import reason_for
from tests.reports.rendering.sample import FINGERPRINT, HOSTILE, sample


@pytest.fixture(scope="module")
def snapshot() -> dict[str, Any]:
    return sample()


@pytest.fixture(scope="module")
def arabic(snapshot: dict[str, Any]) -> bytes:
    return render_pdf(compose(snapshot, "ar", fingerprint=FINGERPRINT)).content


@pytest.mark.parametrize(("language", "tag"), [("ar", "ar"), ("zh-hans", "zh-CN"), ("en", "en")])
def test_it_is_tagged_and_says_its_language_and_title(snapshot: dict[str, Any], language: str, tag: str) -> None:
    document = compose(snapshot, language, fingerprint=FINGERPRINT)
    reader = PdfReader(io.BytesIO(render_pdf(document).content))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == tag
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == f"{document.title} – {document.subtitle}"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    bookmarks = [item.title for item in reader.outline if not isinstance(item, list)]
    assert document.chapters[0].short_title in bookmarks
    assert len(reader.pages) > 5


def test_the_same_report_gives_the_same_bytes(snapshot: dict[str, Any], arabic: bytes) -> None:
    assert render_pdf(compose(snapshot, "ar", fingerprint=FINGERPRINT)).content == arabic


@pytest.mark.pdf_text
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
def test_arabic_words_come_out_in_logical_order(arabic: bytes, tmp_path: Path) -> None:
    (tmp_path / "ar.pdf").write_bytes(arabic)
    subprocess.run(["pdftotext", "-enc", "UTF-8", tmp_path / "ar.pdf", tmp_path / "ar.txt"], check=True)
    text = " ".join((tmp_path / "ar.txt").read_text(encoding="utf-8").split())
    assert "عُقدت ثلاثة اجتماعات" in text or "عقدت ثلاثة اجتماعات" in text
    assert "S/RES/2436 (2018)" in text


def test_nobodys_words_become_markup(snapshot: dict[str, Any]) -> None:
    document = compose(snapshot, "en", fingerprint=FINGERPRINT)
    reader = PdfReader(io.BytesIO(render_pdf(document).content))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "#import" in text
    assert HOSTILE in snapshot["assignments"][0]["update"]["obstacles"]
    addresses = {
        str(note.get_object().get("/A", {}).get("/URI", ""))
        for page in reader.pages
        for note in page.get("/Annots", [])
    } - {""}
    assert any("/versions/" in address for address in addresses), "each update links to its version"
    assert all(address.startswith("https://tracker.example.org/en/") for address in addresses)


def test_a_missing_font_is_a_plain_reason(snapshot: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "FONT_FILES", typesetting.FONT_FILES[:3])
    with pytest.raises(RenderFailed) as failure:
        render_pdf(compose(snapshot, "en", fingerprint=FINGERPRINT))
    assert failure.value.code == "missing_font"


def test_fonts_the_typesetter_cannot_find_are_a_plain_reason(
    snapshot: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "FONT_FOLDERS", typesetting.FONT_FOLDERS[:2])
    with pytest.raises(RenderFailed) as failure:
        render_pdf(compose(snapshot, "zh-hans", fingerprint=FINGERPRINT))
    assert failure.value.code == "missing_font"


def test_the_time_limit_ends_the_child_and_leaves_nothing(
    snapshot: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(typesetting, "POLL_SECONDS", 0.01)
    with pytest.raises(RenderFailed) as failure:
        render_pdf(compose(snapshot, "en", fingerprint=FINGERPRINT), time_limit=0)
    assert failure.value.code == "time_limit"
    assert list(tmp_path.iterdir()) == []


def test_losing_the_lease_ends_the_child(
    snapshot: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    children: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def kept(*arguments: Any, **options: Any) -> Any:
        children.append(start(*arguments, **options))
        return children[-1]

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(typesetting, "POLL_SECONDS", 0.01)
    monkeypatch.setattr("reports.rendering.typesetting.subprocess.Popen", kept)

    def lost() -> None:
        raise LookupError("the lease is lost")

    with pytest.raises(LookupError):
        render_pdf(compose(snapshot, "en", fingerprint=FINGERPRINT), on_wait=lost)
    assert [child.poll() for child in children] == [-signal.SIGKILL]
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_is_a_plain_reason(snapshot: dict[str, Any]) -> None:
    with pytest.raises(RenderFailed) as failure:
        render_pdf(compose(snapshot, "en", fingerprint=FINGERPRINT), memory_limit=96 * 1024**2)
    assert failure.value.code == "memory_limit"


def test_each_end_of_the_child_has_its_reason() -> None:
    assert reason_for(3) == "typesetting"
    assert reason_for(4) == "missing_font"
    assert reason_for(5) == "memory_limit"
    assert reason_for(-signal.SIGXCPU) == "time_limit"
    assert reason_for(-signal.SIGKILL) == "memory_limit"
    assert reason_for(1) == "typesetting"
