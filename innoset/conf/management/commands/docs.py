"""`manage.py docs`: write the generated pages."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from innoset.conf import almanac


class Command(BaseCommand):
    """Write out what the code declares, for people to read."""

    help = "Записывает docs/generated: права, состояния, уведомления, словарь данных, адреса."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write every page whose text has changed."""
        folder = settings.BASE_DIR / "docs" / "generated"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in almanac.pages().items():
            path = folder / name
            if not path.exists() or path.read_text() != text:
                path.write_text(text)
                self.stdout.write(f"{path.relative_to(settings.BASE_DIR)}")
