"""The table of demo accounts."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from innoset.conf.demo_accounts import ACCOUNTS
from innoset.network.states import GUARDED_ROLES, Role


def test_one_account_a_role_that_the_story_needs() -> None:
    assert {account.role for account in ACCOUNTS} == set(Role) - {Role.TUTOR}
    assert len({account.email for account in ACCOUNTS}) == len(ACCOUNTS)
    assert {account.role for account in ACCOUNTS if account.is_guarded} == GUARDED_ROLES
    assert len({account.totp_secret for account in ACCOUNTS}) == len(ACCOUNTS)


def test_the_table_has_a_line_an_account(settings: Any) -> None:
    out = io.StringIO()
    call_command("demo_accounts", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == f"{settings.SITE_URL}/accounts/login/"
    assert len(lines) == len(ACCOUNTS) + 2
    organiser = next(line for line in lines if "organiser@innoset.example" in line)
    assert organiser.split()[-1].isdigit()
    applicant = next(line for line in lines if "applicant@innoset.example" in line)
    assert applicant.endswith("не нужен")


def test_a_real_installation_has_none(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_accounts", stdout=io.StringIO())
