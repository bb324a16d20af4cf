"""The app of the settings: it makes every room's declarations known before the first request."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfConfig(AppConfig):
    """Loads what the rooms declare: who may do what, what can be announced, what can be done."""

    name = "innoset.conf"
    label = "conf"

    def ready(self) -> None:
        """Import the declarations of every app."""
        autodiscover_modules("policy", "notices", "actions")
        # Reports lie below the figures of the site and cannot ask for them by name.
        import_module("innoset.analytics.queries.report_figures")
