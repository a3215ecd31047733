"""The typesetter's own process: no Django, no network, one folder, limited memory; it dies with its parent.

python -m reports.rendering.typst_child FOLDER UNIX_TIME PARENT_ID BYTES CPU_SECONDS FONT_FOLDER...
"""

import ctypes
import os
import resource
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

PR_SET_PDEATHSIG = 1
EXIT_CODES = {3: "typesetting", 4: "missing_font", 5: "memory_limit"}
WHEN_FONT_IS_MISSING = ("unknown font family", "missing codepoints", "could not be displayed")


def die_with_parent(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked to be told
            os.kill(os.getpid(), signal.SIGKILL)


def limit(memory: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    folder, stamp, parent, memory, cpu_seconds, *font_folders = sys.argv[1:]
    die_with_parent(int(parent))
    limit(int(memory), int(cpu_seconds))
    import typst

    empty = Path(folder) / "no-packages"
    empty.mkdir()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders)
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(Path(folder) / "report.typ"),
            root=folder,
            font_paths=fonts,
            package_path=str(empty),
            package_cache_path=str(empty),
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime.fromtimestamp(int(stamp), tz=UTC),
        )
    except MemoryError:
        return 5
    except typst.TypstError as error:
        print(error, *getattr(error, "hints", []), sep="\n", file=sys.stderr)  # noqa: T201 - the parent reads it
        return 4 if any(words in str(error) for words in WHEN_FONT_IS_MISSING) else 3
    missing = [str(w.message) for w in warnings if any(words in str(w.message) for words in WHEN_FONT_IS_MISSING)]
    if missing:
        print(*missing, sep="\n", file=sys.stderr)  # noqa: T201 - the parent reads it
        return 4
    assert isinstance(pdf, bytes)
    (Path(folder) / "report.pdf").write_bytes(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
