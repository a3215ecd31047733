"""The typesetter's own process: no Django, no network, one folder, limited memory; it dies with its parent.

python -m reports.rendering.typst_child FOLDER TEMPLATE UNIX_TIME PARENT_ID BYTES CPU_SECONDS FONT_FOLDER...
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stakeholders.confinement import die_with_parent, limit

EXIT_CODES = {3: "typesetting", 4: "missing_font", 5: "memory_limit"}
WHEN_FONT_IS_MISSING = ("unknown font family", "missing codepoints", "could not be displayed")
FORMATS: dict[str, dict[str, Any]] = {
    "report": {"format": "pdf", "pdf_standards": ["ua-1", "a-2a"]},
    "charts": {"format": "png", "ppi": 180},
}


def main() -> int:
    folder, template, stamp, parent, memory, cpu_seconds, *font_folders = sys.argv[1:]
    die_with_parent(int(parent))
    limit(int(memory), int(cpu_seconds))
    import typst

    empty = Path(folder) / "no-packages"
    empty.mkdir()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders)
    try:
        made, warnings = typst.compile_with_warnings(
            str(Path(folder) / f"{template}.typ"),
            root=folder,
            font_paths=fonts,
            package_path=str(empty),
            package_cache_path=str(empty),
            timestamp=datetime.fromtimestamp(int(stamp), tz=UTC),
            **FORMATS[template],
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
    for number, page in enumerate(made if isinstance(made, list) else [made]):
        assert isinstance(page, bytes)
        (Path(folder) / f"page-{number:03}").write_bytes(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
