"""The production settings, made quick: weak hashing, plain static files, mail in memory, a folder of its own."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="a4p-tests-")
os.environ["DEMONSTRATION"] = "0"

from a4p.settings import *  # noqa: F403 - the tests run the real settings, changed where speed asks for it

STATIC_ROOT = Path(os.environ["DATA_DIR"])
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405 - from the real settings
    # A file, as in production: threads that share a database in memory lock each other out.
    DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['DATA_DIR']}/test.sqlite3"}  # noqa: F405 - from the real settings
PUBLIC_CACHE_SECONDS = 0  # tests/house/test_page_cache.py switches it on
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
API_RATE_ANONYMOUS = API_RATE_SIGNED_IN = (
    100_000  # the clock of the tests stands still; tests/api/test_habits.py counts
)
