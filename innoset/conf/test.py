"""Settings of the test suite: quick hashes, letters in memory, no manifest."""

import tempfile
from pathlib import Path

from innoset.conf.base import *  # noqa: F403  # reason: settings build on one another
from innoset.conf.base import DATABASES

SECRET_KEY = "for-tests-only-" + "0" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
FILES_ROOT = Path(tempfile.mkdtemp(prefix="innoset-files-"))
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEMO = True
if "OPTIONS" in DATABASES["default"]:
    DATABASES["default"] = {**DATABASES["default"], "OPTIONS": {}}
