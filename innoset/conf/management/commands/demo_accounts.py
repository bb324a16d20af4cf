"""`manage.py demo_accounts`: who can sign in to the demo year, and with what."""

from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from innoset.conf.demo_accounts import ACCOUNTS, Account

HEAD = ("Роль", "Кто", "Электронная почта", "Пароль", "Код сейчас")


class Command(BaseCommand):
    """Print the table; a real installation has no such accounts and says so."""

    help = "Показывает демонстрационные учётные записи: адрес, роль, почту, пароль, код."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the address of the site and one line an account."""
        if not settings.DEMO:
            raise CommandError("Демонстрационных учётных записей здесь нет: это рабочая установка.")
        self.stdout.write(f"{settings.SITE_URL}/accounts/login/\n")
        lines = [HEAD, *(line_of(account) for account in ACCOUNTS)]
        widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
        for line in lines:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())


def line_of(account: Account) -> tuple[str, ...]:
    """Return the cells of an account; a guarded one shows the code of this half-minute."""
    code = current_code(account.totp_secret) if account.is_guarded else "не нужен"
    return (account.title, account.full_name, account.email, account.password, code)


def current_code(secret: str) -> str:
    """Return what a code generator with this secret shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))
