"""Starting an application from an earlier one of the same organisation."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from innoset.contests.models import Application
from innoset.contests.queries import applications as queries
from innoset.contests.queries.copying import plan_of, sources_of
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.projects.actions import answers, passports
from innoset.projects.queries import fields_in, values_of
from innoset.projects.states import Origin


@action("contests.copy_application")
def copy_application(
    application: Application, *, source: Application, keys: Collection[str], by: Any, at: datetime
) -> int:
    """Carry the ticked fields of an earlier application over; return how many changed.

    What a tick replaces stays in the history. Files are not carried: they may be out of date.
    """
    queries.refuse_closed(application, at)
    if not sources_of(application).filter(pk=source.pk).exists():
        raise Refusal("Перенести можно только из заявки вашей организации.", field="source")
    plan = plan_of(application, source)
    wanted = {row.target.key: row.text for row in plan.rows if row.target.key in keys}
    if not wanted:
        raise Refusal("Отметьте хотя бы одно поле.", field="take")
    passport = application.project.passport
    if plan.stages > passport.stages and _speaks_of_stages(application, wanted):
        passports.set_stage_count(passport, plan.stages, by=by, at=at)
    changed = carry(application, wanted, source=source, by=by, at=at)
    ledger.note(source=source.number, keys=changed)
    return len(changed)


def carry(
    application: Application, texts: Mapping[str, str], *, source: Application, by: Any, at: datetime
) -> list[str]:
    """Write the texts of an earlier application into this one: a part of a deed; return the keys that changed."""
    passport = application.project.passport
    fields = {field.key: field for field in fields_in(passport)}
    present = values_of(passport)
    changed = {key: text for key, text in texts.items() if key in fields and present.get(key) != text}
    for key, text in changed.items():
        answers.write(passport, fields[key], text, by=by, at=at, origin=Origin.COPIED)
    application.copied_from = source
    application.save(update_fields=["copied_from"])
    return sorted(changed)


def _speaks_of_stages(application: Application, wanted: Collection[str]) -> bool:
    known = {field.key for field in fields_in(application.project.passport)}
    return any(key not in known for key in wanted)
