"""What gunicorn is told beside its command line: lines of the log like all others, and one place to count in."""

import os
import shutil
import tempfile
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "a4p.settings")

from django.conf import settings

logconfig_dict = {
    **settings.LOGGING,
    "loggers": {"gunicorn.error": {"handlers": ["console"], "propagate": False}},
}

# The processes of this start count together in a folder of its own, since numbers of processes come again. It is made
# before any of them imports the library that looks for it.
_folder = ""
if settings.METRICS_TOKEN and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    _folder = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="a4p-metrics-")


def on_exit(server: Any) -> None:
    if _folder:
        shutil.rmtree(_folder, ignore_errors=True)
