"""The description of the API as it was last looked at: `python -m tests.api.snapshot` writes it anew."""

import json
import os
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("schema.json")


def written(description: dict[str, Any]) -> str:
    return json.dumps(description, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.utils import translation

    from stakeholders.api.schema import described

    with translation.override("en"):
        PATH.write_text(written(described("en")), encoding="utf-8")


if __name__ == "__main__":
    main()
