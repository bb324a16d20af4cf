"""The app of notices."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Registers notices under their short name."""

    name = "innoset.foundation.notify"
    label = "notify"
    verbose_name = "Уведомления"
