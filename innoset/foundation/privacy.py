"""Every column of every table is open, personal or secret; an undeclared one fails a test.

A model of ours says it in its inner class `Privacy`; tables that come with a library are listed here.

- open: may be shown to anybody whom the page is for;
- personal: tells of a living person (152-ФЗ), shown with a ground, scrubbed from copies;
- secret: never leaves the system (hashes, tokens, keys).
"""

from typing import Literal

from django.db import models

Class = Literal["open", "personal", "secret"]
CLASSES: tuple[Class, ...] = ("open", "personal", "secret")

LIBRARY_TABLES: dict[str, dict[Class, tuple[str, ...]]] = {
    "auth.Permission": {"open": ("id", "name", "content_type", "codename")},
    "auth.Group": {"open": ("id", "name", "permissions")},
    "contenttypes.ContentType": {"open": ("id", "app_label", "model")},
    "sessions.Session": {"secret": ("session_key", "session_data"), "open": ("expire_date",)},
    "account.EmailAddress": {
        "open": ("id", "verified", "primary"),
        "personal": ("user", "email"),
    },
    "account.EmailConfirmation": {
        "open": ("id", "email_address", "created", "sent"),
        "secret": ("key",),
    },
    "mfa.Authenticator": {
        "open": ("id", "type", "created_at", "last_used_at"),
        "personal": ("user",),
        "secret": ("data",),
    },
    "django_tasks_database.DBTaskResult": {
        "open": (
            "id",
            "status",
            "enqueued_at",
            "started_at",
            "finished_at",
            "priority",
            "task_path",
            "worker_ids",
            "queue_name",
            "backend_name",
            "run_after",
            "exception_class_path",
        ),
        "personal": ("args_kwargs", "return_value", "traceback"),
    },
    "usersessions.UserSession": {
        "open": ("id", "created_at", "last_seen_at"),
        "personal": ("user", "ip", "user_agent", "data"),
        "secret": ("session_key",),
    },
}


def class_of(model: type[models.Model], column: str) -> Class | None:
    """Return the privacy class of a column, or None when nobody has declared it."""
    declared = LIBRARY_TABLES.get(model._meta.label)
    for name in CLASSES:
        columns = declared.get(name, ()) if declared else getattr(getattr(model, "Privacy", None), name, ())
        if column in columns:
            return name
    return None


def undeclared(model: type[models.Model]) -> list[str]:
    """Return the columns of a table that have no privacy class."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field.name for field in fields if class_of(model, field.name) is None]
