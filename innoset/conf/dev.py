"""Settings of `make run`: one machine, embedded database, letters kept as files under var."""

import secrets
from pathlib import Path

from innoset.conf import env
from innoset.conf.base import *  # noqa: F403  # reason: settings build on one another
from innoset.conf.base import VAR_DIR


def _secret_key(path: Path) -> str:
    """Return this installation's own key, made once and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


DEBUG = env.flag("DEBUG")
DEMO = env.flag("INNOSET_DEMO", default=True)
SECRET_KEY = _secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
