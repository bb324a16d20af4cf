"""Settings of a real installation: everything secret comes from the environment."""

from innoset.conf import env
from innoset.conf.base import *  # noqa: F403  # reason: settings build on one another

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
# Earlier keys: sessions and receipts made with them are still believed.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
SITE_URL = env.text("SITE_URL")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
EMAIL_HOST = env.text("MAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("MAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("MAIL_USER", " ").strip()
EMAIL_HOST_PASSWORD = env.text("MAIL_PASSWORD", " ").strip()
EMAIL_USE_TLS = env.flag("MAIL_TLS")
EMAIL_TIMEOUT = 20

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
