"""The PDF: typeset by Typst in a short-lived child process with limits, then repacked."""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pikepdf

from reports.rendering.document import ReportDocument
from reports.rendering.failures import RenderFailed
from reports.rendering.fonts import FONT_FILES, FONT_FOLDERS
from reports.rendering.text_guard import guard_all
from reports.rendering.typst_child import EXIT_CODES

TEMPLATE = Path(__file__).resolve().parent / "typst" / "report.typ"
FONTS_NEEDED = 8
POLL_SECONDS = 0.25
TIME_LIMIT = 300
MEMORY_LIMIT = 4 * 1024**3


@dataclass(frozen=True)
class RenderedFile:
    """`pages` is None for formats that have none."""

    content: bytes
    pages: int | None


def render_pdf(
    document: ReportDocument,
    *,
    on_wait: Callable[[], None] = lambda: None,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> RenderedFile:
    """Tagged PDF/UA-1 and PDF/A-2a; the same document gives the same bytes.

    `on_wait` is called several times a second while the typesetter works; if it raises, the child is killed
    and the exception goes through. Raises RenderFailed with a plain reason, OSError when the disk is full.
    """
    if len(FONT_FILES) < FONTS_NEEDED:
        raise RenderFailed("missing_font", f"only {len(FONT_FILES)} font files found")
    folder = Path(tempfile.mkdtemp(prefix="a4p-typeset-"))
    try:
        data = guard_all(asdict(document))
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        shutil.copyfile(TEMPLATE, folder / "report.typ")
        _run_child(folder, document.as_of_iso, on_wait, time_limit, memory_limit)
        return _repacked((folder / "report.pdf").read_bytes())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_child(folder: Path, as_of: str, on_wait: Callable[[], None], time_limit: float, memory_limit: int) -> None:
    stamp = str(int(datetime.fromisoformat(as_of).timestamp()))
    command = [sys.executable, "-m", "reports.rendering.typst_child", str(folder), stamp, str(memory_limit)]
    command += [str(font_folder) for font_folder in FONT_FOLDERS]
    root = Path(__file__).resolve().parent.parent.parent
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(root)}
    with (folder / "log").open("wb") as log:
        child = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)  # noqa: S603 - our own module, no shell
        try:
            _wait(child, on_wait, time.monotonic() + time_limit)
        finally:
            child.kill()
            child.wait()
    if child.returncode != 0:
        detail = (folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
        raise RenderFailed(EXIT_CODES.get(child.returncode, "memory_limit"), detail)


def _wait(child: subprocess.Popen[bytes], on_wait: Callable[[], None], deadline: float) -> None:
    while True:
        try:
            child.wait(POLL_SECONDS)
            return
        except subprocess.TimeoutExpired:
            on_wait()
            if time.monotonic() > deadline:
                raise RenderFailed("time_limit") from None


def _repacked(content: bytes) -> RenderedFile:
    """Half the size, the same pages: objects packed into compressed streams."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return RenderedFile(packed.getvalue(), pages)
