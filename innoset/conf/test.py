"""Settings of the test suite: quick hashes, letters in memory, no manifest."""

import atexit
import shutil
import tempfile
from pathlib import Path

from innoset.conf.base import *  # noqa: F403  # reason: settings build on one another
from innoset.conf.base import DATABASES

VAR_DIR = Path(tempfile.mkdtemp(prefix="innoset-test-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)

SECRET_KEY = "for-tests-only-" + "0" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
FILES_ROOT = VAR_DIR / "files"
CLAMD_SOCKET = ""
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEMO = True

_database = DATABASES["default"]
if "sqlite" in str(_database["ENGINE"]):
    # A file, not memory: several threads must be able to write as they do in earnest.
    _database["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    _database["OPTIONS"] = {"init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF"}
else:
    # A pool would keep sessions open and the test database could not be dropped.
    _database["OPTIONS"] = {"pool": False}
