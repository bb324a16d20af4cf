"""The app of background work."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the timetable's table under its short name."""

    name = "innoset.foundation.jobs"
    label = "jobs"
    verbose_name = "Фоновая работа"
