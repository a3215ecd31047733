"""The steps of benchmarks/report.py, each in a process of its own; the last line of its output is the answer."""

import itertools
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "a4p.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.core.management import call_command  # noqa: E402 - as above
from django.db import connection  # noqa: E402 - as above
from django.test.utils import CaptureQueriesContext  # noqa: E402 - as above

from benchmarks.report_data import generate  # noqa: E402 - as above
from progress.models import Cycle  # noqa: E402 - as above
from reports import actions, storage  # noqa: E402 - as above
from reports.actions import producing  # noqa: E402 - as above
from reports.models import Report  # noqa: E402 - as above
from reports.rendering import typesetting  # noqa: E402 - as above
from reports.rendering.bidi import with_isolates  # noqa: E402 - as above
from reports.rendering.composition import compose  # noqa: E402 - as above
from reports.rendering.fonts import FONT_FOLDERS  # noqa: E402 - as above
from reports.rendering.formats import Manuscript  # noqa: E402 - as above
from reports.rendering.pdf import render_pdf  # noqa: E402 - as above
from reports.rendering.text_guard import guarded  # noqa: E402 - as above
from reports.snapshot import fingerprint, take_snapshot  # noqa: E402 - as above
from stakeholders.languages import CODES  # noqa: E402 - as above

PLAIN = {
    "style.typ": [
        ("hyphenate: true", "hyphenate: false"),
        ("hyphenate: own.hyphenate", "hyphenate: false"),
        ('justify: direction != "rtl"', "justify: false"),
    ],
}
PLAIN_CHILD = """
import sys, typst
folder, *fonts = sys.argv[1:]
found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts)
typst.compile(folder + "/report.typ", folder + "/report.pdf", root=folder, font_paths=found, pdf_tags=False)
"""


def cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def newest() -> Report:
    report = Report.objects.select_related("cycle").first()
    assert report is not None
    return report


def seed(updates: str, words: str) -> Any:
    call_command("migrate", verbosity=0)
    call_command("load_catalogue", stdout=sys.stderr)
    generate(int(updates), int(words))
    return order()


def order() -> Any:
    Report.objects.all().delete()
    report = actions.compile_report(cycle=Cycle.objects.get(), requester=None, request_key=uuid.uuid4())
    return str(report.pk)


def manuscript() -> Manuscript:
    """From rows, whether they were frozen before or not."""
    content = take_snapshot(newest())
    return Manuscript(content, fingerprint(content))


def floor(code: str) -> Any:
    """Typst on the same content, without justification, hyphenation and tags."""
    folder = Path(tempfile.mkdtemp())
    data = guarded(with_isolates(manuscript().document(code)))
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    for source in typesetting.TEMPLATES:
        plain = source.read_text(encoding="utf-8")
        for rich, poor in PLAIN.get(source.name, []):
            assert rich in plain, f"{source.name} has no {rich}"
            plain = plain.replace(rich, poor)
        (folder / source.name).write_text(plain, encoding="utf-8")
    command = [sys.executable, "-c", PLAIN_CHILD, str(folder), *map(str, FONT_FOLDERS)]
    one_thread = {
        **os.environ,
        "RAYON_NUM_THREADS": "1",
    }  # as the report is made: threads cost CPU seconds of their own
    before = cpu()
    subprocess.run(command, env=one_thread, check=True)  # noqa: S603 - ours
    used = cpu() - before
    shutil.rmtree(folder)
    return {"cpu": used}


def pdf(code: str) -> Any:
    """One PDF in a process that runs already, as a worker does: words and fonts of the language are loaded."""
    compose({**manuscript().snapshot, "assignments": []}, code, fingerprint="")
    before = cpu()
    rendered = render_pdf(manuscript().document(code))
    storage.store(f"benchmark/{code}.pdf", rendered.content)
    used = cpu() - before
    return {"cpu": used, "typesetter": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}


def all_files() -> Any:
    """The 30 files by the worker's own loop."""
    order()
    before = cpu()
    made = _work()
    used = cpu() - before
    assert made == 30, made
    return {"cpu": used, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


def work() -> Any:
    print("ready", flush=True)  # noqa: T201 - the benchmark waits for it
    sys.stdin.readline()
    return _work()


def _work() -> int:
    made = 0
    while document := actions.claim_next_document():
        made += actions.produce_document(document)
    return made


def queries() -> Any:
    """The most queries any one file takes, its report not yet frozen."""
    most = 0
    for format in ("pdf", "docx", "xlsx", "html", "csv"):
        order()
        newest().documents.exclude(language="fr", format=format).delete()
        producing._last.clear()
        with CaptureQueriesContext(connection) as captured:
            assert _work() == 1
        most = max(most, len(captured))
    return most


def words() -> Any:
    """Share of the narratives' words that pdftotext gives back, by language; in Chinese, of pairs of characters."""
    found = {}
    for code in CODES:
        bare = manuscript()
        narratives = [told["narrative"] for told in _told(bare.snapshot, code)]
        for told in _told(bare.snapshot, code):
            told["narrative"] = "–"
        # Statements use the same words; what the report says without the narratives would hide losses in them.
        elsewhere = tokens(_extracted(render_pdf(bare.document(code)).content), code)
        had = tokens(_extracted(storage.read(f"benchmark/{code}.pdf")), code) - elsewhere
        wanted = Counter(token for narrative in narratives for token in tokens(narrative, code).elements())
        found[code] = (wanted & had).total() / wanted.total()
    return found


def _told(snapshot: dict[str, Any], code: str) -> list[dict[str, Any]]:
    """What each answer says in this language."""
    updates = [row["update"] for row in snapshot["assignments"] if row["update"]]
    return [update if update["language"] == code else update["translations"][code] for update in updates]


def _extracted(content: bytes) -> str:
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    return subprocess.run(command, input=content, check=True, capture_output=True).stdout.decode()  # noqa: S603 - ours


def tokens(text: str, code: str) -> Counter[str]:
    """Words without vowel marks and punctuation, as a reader puts them together at the ends of lines.

    A soft hyphen there continues the word. Compounds are compared without their hyphen, since pdftotext drops it there.
    """
    plain = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Mn").replace("ـ", "")
    if code == "zh-hans":
        characters = re.sub(r"[^\u4e00-\u9fff]", "", plain)
        return Counter(a + b for a, b in itertools.pairwise(characters))
    joined = re.sub(r"\u00ad\s*|(?<=\w)[-\u2010](?=\w)", "", plain)
    return Counter(re.findall(r"[^\W\d_]+", joined.casefold()))


STEPS = {
    "seed": seed,
    "order": order,
    "floor": floor,
    "pdf": pdf,
    "set": all_files,
    "work": work,
    "queries": queries,
    "words": words,
}

if __name__ == "__main__":
    assert settings.DEMONSTRATION, "the benchmark writes into a place of its own"
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))  # noqa: T201 - the answer
