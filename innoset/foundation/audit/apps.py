"""The app of the audit log."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the log under its short name."""

    name = "innoset.foundation.audit"
    label = "audit"
    verbose_name = "Журнал действий"
