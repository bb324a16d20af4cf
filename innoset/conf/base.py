"""Settings that every place shares."""

from typing import Any

from csp.constants import NONE, SELF

from innoset.conf import env
from innoset.conf.demo_accounts import ACCOUNTS

BASE_DIR = env.ROOT
VAR_DIR = env.var()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Before the library, so that its pages and letters are ours.
    "innoset.web.entrance",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rules",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "django_filters",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "innoset.foundation.audit",
    "innoset.foundation.notify",
    "innoset.foundation.files",
    "innoset.foundation.jobs",
    "innoset.accounts",
    "innoset.documents",
    "innoset.network",
    "innoset.review",
    "innoset.projects",
    "innoset.contests",
    "innoset.exchange",
    "innoset.analytics",
    "innoset.web.ui",
    "innoset.web.public",
    "innoset.web.cabinet",
    "innoset.web.desk",
    "innoset.web.office",
    "django.forms",
    "innoset.conf",
]

MIDDLEWARE = [
    # The first of all: it stamps when the request came.
    "innoset.web.ui.arrival.ArrivalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "innoset.web.sign_in.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "innoset.web.second_factor.SecondFactorMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "innoset.conf.urls"
WSGI_APPLICATION = "innoset.conf.wsgi.application"

_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _LOADERS)])
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "innoset.web.ui.context.page",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
        },
    },
]
COTTON_DIR = "cotton"
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "innoset.web.ui.forms.KitRenderer"

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "cabinet:home"
ACCOUNT_ADAPTER = "innoset.web.entrance.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "innoset.web.entrance.forms.LoginForm",
    "signup": "innoset.web.entrance.forms.SignupForm",
    "add_email": "innoset.web.entrance.forms.AddEmailForm",
    "change_password": "innoset.web.entrance.forms.ChangePasswordForm",
    "set_password": "innoset.web.entrance.forms.SetPasswordForm",
    "reset_password": "innoset.web.entrance.forms.ResetPasswordForm",
    "reset_password_from_key": "innoset.web.entrance.forms.ResetPasswordKeyForm",
    "reauthenticate": "innoset.web.entrance.forms.ReauthenticateForm",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "innoset.web.entrance.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "innoset.web.entrance.forms.AuthenticateForm",
    "reauthenticate": "innoset.web.entrance.forms.ReauthenticateCodeForm",
    "activate_totp": "innoset.web.entrance.forms.ActivateTOTPForm",
    "add_webauthn": "innoset.web.entrance.forms.AddWebAuthnForm",
    "edit_webauthn": "innoset.web.entrance.forms.EditWebAuthnForm",
}
MFA_TOTP_ISSUER = "Инносеть"

LANGUAGE_CODE = "ru"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Moscow"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_ROOT = VAR_DIR / "files"
# The program that turns .doc and .rtf into .docx, where it is installed.
OFFICE_PROGRAM = env.text("OFFICE_PROGRAM", "soffice")
FILES_MAX_BYTES = 20 * 1024 * 1024
# Certificates of the centres that signatures are trusted from: a file or a folder; without it no chain is checked.
SIGNATURE_TRUST = env.text("SIGNATURE_TRUST", "")
FILES_MOST_PER_APPLICATION = 10
# What one person may have begun to give and not ended.
FILES_UNFINISHED_MAX_BYTES = 100 * 1024 * 1024
# Where the virus scanner listens, if there is one.
CLAMD_SOCKET = env.address("CLAMD_SOCKET")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "innoset.web.sign_in.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Whoever started the program reads its output: errors of pages go there, with the time.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["output"], "level": "WARNING"},
}

# Believe the proxy's X-Request-Start. Only where every request passes a proxy that strips the client's own.
TRUST_PROXY = env.flag("TRUST_PROXY")

SITE_NAME = "Инносеть"
SITE_URL = env.text("SITE_URL", "http://localhost:8790")
# What the worker looks at each minute, to know how long the site did not answer.
PROBE_URL = env.text("PROBE_URL", f"{SITE_URL}/livez/")
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Инносеть <noreply@innoset.example>")
SUPPORT_EMAIL = env.text("SUPPORT_EMAIL", "help@innoset.example")
DEMO = False
DEMO_ACCOUNTS = ACCOUNTS

DJANGO_TABLES2_TEMPLATE = "ui/table.html"
