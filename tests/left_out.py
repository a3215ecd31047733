"""Says which suites this machine leaves out for want of a program, and how to have them.

python -m tests.left_out            tells
python -m tests.left_out --refuse   fails when anything is left out, as CI does
"""

import shutil
import sys

NEEDED = {
    "the look of nginx at the proxy's configuration": ("nginx", "apt-get install nginx-light"),
    "the look of docker-compose at its file": (
        "docker-compose",
        "apt-get install --no-install-recommends docker-compose",
    ),
    "the browser journeys": ("chromium", "apt-get install chromium fonts-noto-core fonts-noto-cjk"),
    "the opening of the Word file by another program": (
        "soffice",
        "apt-get install --no-install-recommends libreoffice-writer-nogui",
    ),
    "the reading of Arabic text out of the PDF": ("pdftotext", "apt-get install poppler-utils"),
}


def main() -> int:
    missing = {suite: how for suite, (program, how) in NEEDED.items() if shutil.which(program) is None}
    for suite, how in missing.items():
        print(f"Left out: {suite}. To have them: {how}")  # noqa: T201 - this module exists to print
    return 1 if missing and "--refuse" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
