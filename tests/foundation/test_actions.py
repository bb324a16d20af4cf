"""The one way to change anything: lock, re-read, policy, deed, log, all or nothing."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from innoset.foundation.actions import EVERY, action
from innoset.foundation.audit import ledger
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.policy import may, permissions
from innoset.network import actions as network
from innoset.network.models import Organisation
from innoset.network.states import Role
from tests import world

pytestmark = pytest.mark.django_db


def close(organisation: Organisation, by: Any, reason: str = "Реорганизация") -> None:
    network.close_organisation(organisation, is_active=False, reason=reason, by=by, at=world.AT)


def organiser() -> Any:
    return world.member(world.organisation("Центр"), Role.ORGANISER)


def test_a_deed_is_done_and_written_down_with_who_when_and_what() -> None:
    by, school = organiser(), world.organisation("Школа 1")
    close(school, by)
    entry = Entry.objects.get()
    assert (entry.at, entry.actor, entry.actor_name, entry.deed, entry.subject, entry.changes) == (
        world.AT,
        by.pk,
        "Соколова Вера Петровна",
        "network.close_organisation",
        f"network.Organisation:{school.pk}",
        {"is_active": False, "reason": "Реорганизация"},
    )
    school.refresh_from_db()
    assert school.is_active is False


def test_whoever_may_not_leaves_no_trace() -> None:
    school = world.organisation()
    with pytest.raises(PermissionDenied, match=r"network\.close_organisation"):
        close(school, world.person())
    school.refresh_from_db()
    assert (school.is_active, Entry.objects.count()) == (True, 0)


def test_a_refused_deed_leaves_no_trace() -> None:
    school = world.organisation()
    with pytest.raises(Refusal, match="Напишите причину") as refused:
        close(school, organiser(), reason=" ")
    school.refresh_from_db()
    assert (refused.value.field, school.is_active, Entry.objects.count()) == ("reason", True, 0)


def test_a_stale_copy_is_read_again_before_the_policy_looks() -> None:
    by, school = organiser(), world.organisation("Старое имя")
    stale = Organisation.objects.get(pk=school.pk)
    Organisation.objects.filter(pk=school.pk).update(short_name="Новое имя")
    close(stale, by)
    assert stale.short_name == "Новое имя"


def test_a_dismissed_person_may_nothing() -> None:
    by = organiser()
    by.is_active = False
    assert not may(by, "network.close_organisation", world.organisation())


def test_every_deed_has_a_title_in_plain_russian() -> None:
    assert set(EVERY) <= set(permissions())


def test_a_note_outside_a_deed_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(RuntimeError, match="outside an action"):
        ledger.note(lost=True)


def test_a_deed_within_a_deed_keeps_its_notes_apart() -> None:
    outer_note = {"outer": 1}

    @action("network.close_organisation")
    def outer(organisation: Organisation, *, by: Any, at: datetime) -> None:
        network.close_organisation(organisation, is_active=False, reason="Причина", by=by, at=at)
        ledger.note(**outer_note)

    by, school = organiser(), world.organisation()
    known = EVERY["network.close_organisation"]
    EVERY["network.close_organisation"] = network.close_organisation
    outer(school, by=by, at=world.AT)
    EVERY["network.close_organisation"] = known
    assert [entry.changes for entry in ledger.history_of(school)] == [
        outer_note,
        {"is_active": False, "reason": "Причина"},
    ]


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET deed = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_keeps_the_log(statement: str) -> None:
    close(world.organisation(), organiser())
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(statement)
