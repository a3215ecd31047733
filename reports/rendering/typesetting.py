"""Typst in a short-lived child process with limits: a folder with data and templates in, finished pages out."""

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from reports.rendering.failures import RenderFailed
from reports.rendering.fonts import FONT_FILES, FONT_FOLDERS
from reports.rendering.typst_child import EXIT_CODES

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = [
    *sorted((Path(__file__).resolve().parent / "typst").glob("*.typ")),
    ROOT / "templates" / "reports" / "document" / "mark.svg",
]
FONTS_NEEDED = 8
POLL_SECONDS = 0.25
TIME_LIMIT = 300
MEMORY_LIMIT = 4 * 1024**3
CPU_SECONDS_PER_SECOND = 4  # typesetting runs on several cores; this stops a child whose parent stands still


def typeset(
    template: str,
    data: object,
    *,
    as_of: str,
    on_wait: Callable[[], None],
    time_limit: float,
    memory_limit: int = MEMORY_LIMIT,
) -> list[bytes]:
    """What the template makes of guarded data: one PDF from "report", a PNG a chart from "charts".

    `on_wait` is called several times a second while the typesetter works; if it raises, the child is killed
    and the exception goes through. Raises RenderFailed with a plain reason, OSError when the disk is full.
    """
    if len(FONT_FILES) < FONTS_NEEDED:
        raise RenderFailed("missing_font", f"only {len(FONT_FILES)} font files found")
    folder = Path(tempfile.mkdtemp(prefix="a4p-typeset-"))
    try:
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for source in TEMPLATES:
            shutil.copyfile(source, folder / source.name)
        _run_child(folder, template, as_of, on_wait, time_limit, memory_limit)
        return [path.read_bytes() for path in sorted(folder.glob("page-*"))]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_child(
    folder: Path, template: str, as_of: str, on_wait: Callable[[], None], time_limit: float, memory_limit: int
) -> None:
    stamp = str(int(datetime.fromisoformat(as_of).timestamp()))
    limits = [str(memory_limit), str(math.ceil(time_limit) * CPU_SECONDS_PER_SECOND)]
    command = [sys.executable, "-m", "reports.rendering.typst_child", str(folder), template, stamp]
    command += [str(os.getpid()), *limits, *(str(font_folder) for font_folder in FONT_FOLDERS)]
    # One thread: workers share the cores among documents already, and threads of one cost more than they gain.
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "RAYON_NUM_THREADS": "1"}
    with (folder / "log").open("wb") as log:
        child = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)  # noqa: S603 - our own module, no shell
        try:
            _wait(child, on_wait, time.monotonic() + time_limit)
        finally:
            child.kill()
            child.wait()
    if child.returncode != 0:
        detail = (folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
        raise RenderFailed(reason_for(child.returncode), f"exit status {child.returncode}: {detail}")


def reason_for(status: int) -> str:
    """Why the child ended: its own exit code, or the signal that ended it."""
    by_signal = {-signal.SIGXCPU: "time_limit", -signal.SIGABRT: "memory_limit", -signal.SIGKILL: "memory_limit"}
    return EXIT_CODES.get(status) or by_signal.get(status, "typesetting")


def _wait(child: subprocess.Popen[bytes], on_wait: Callable[[], None], deadline: float) -> None:
    while True:
        try:
            child.wait(POLL_SECONDS)
            return
        except subprocess.TimeoutExpired:
            on_wait()
            if time.monotonic() > deadline:
                raise RenderFailed("time_limit") from None
