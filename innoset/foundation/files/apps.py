"""The app of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registers files under their short name."""

    name = "innoset.foundation.files"
    label = "files"
    verbose_name = "Файлы"
