"""`manage.py demo_accounts`: who may be signed in as in the demo year."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

HEAD = ("Роль", "Электронная почта", "Пароль", "Ключ второго шага")


class Command(BaseCommand):
    """Print one account a role."""

    help = "Печатает показательные учётные записи, по одной на роль."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table; a real installation has no such accounts."""
        if not settings.DEMO:
            raise CommandError("В этой установке показательных учётных записей нет.")
        rows = [HEAD, *(_row(account) for account in settings.DEMO_ACCOUNTS)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            self.stdout.write(
                "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            )
        self.stdout.write(f"\nВойти одной кнопкой, без пароля: {settings.SITE_URL}/accounts/login/")


def _row(account: Any) -> tuple[str, str, str, str]:
    key = account.totp_secret if account.is_guarded else "не нужен"
    return account.title, account.email, account.password, key
