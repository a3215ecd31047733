"""PDF files: read by a child process, so that a file made to harm its reader harms nothing."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from progress.uploads.findings import Carried, Refused, people, shown
from progress.uploads.packages import protected
from progress.uploads.pdf_child import DAMAGED, PASSWORD
from progress.uploads.xml_parts import damaged
from stakeholders.dates import number

ROOT = Path(__file__).resolve().parent.parent.parent
TIME_LIMIT = 20.0
MEMORY_LIMIT = 512 * 1024**2


def inspect_pdf(content: bytes, *, time_limit: float = TIME_LIMIT, memory_limit: int = MEMORY_LIMIT) -> list[Carried]:
    """Whom the document names. Raises Refused when it could run something or cannot be read within the limits."""
    limits = [str(os.getpid()), str(memory_limit), str(math.ceil(time_limit))]
    command = [sys.executable, "-m", "progress.uploads.pdf_child", *limits]
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)}
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            command, input=content, capture_output=True, env=environment, timeout=time_limit, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_hard(time_limit) from error
    if child.returncode == PASSWORD:
        raise protected()
    if child.returncode == DAMAGED:
        raise damaged()
    if child.returncode != 0:
        raise _too_hard(time_limit)
    found = json.loads(child.stdout)
    if found["active"]:
        raise Refused(
            _(
                "“%(name)s” holds active content (%(found)s); scripts, programs to start, forms that send themselves "
                "and attached files are not taken. Print it to a new PDF."
            ),
            found=shown(" ".join(found["active"])),
        )
    if not found["pages"]:
        raise damaged()
    return people(*found["people"])


def _too_hard(time_limit: float) -> Refused:
    return Refused(
        _("“%(name)s” could not be checked within %(limit)s seconds and the memory allowed. Print it to a new PDF."),
        limit=number(math.ceil(time_limit)),
    )
