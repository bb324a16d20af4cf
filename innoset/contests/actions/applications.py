"""What an organisation does with its application as a whole: begins, chooses, takes back."""

from datetime import datetime
from typing import Any

from innoset.contests.models import Application, Contest, Counter, Nomination
from innoset.contests.notices import applications as notices
from innoset.contests.queries import applications as queries
from innoset.contests.states import APPLICATION, SENT
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Organisation
from innoset.network.queries import holds
from innoset.projects.actions import passports
from innoset.projects.models import Project
from innoset.projects.queries import values_of


@action("contests.start_application")
def start_application(
    contest: Contest, *, organisation: Organisation, nomination: Nomination | None, by: Any, at: datetime
) -> Application:
    """Begin an application of an organisation while the contest takes them."""
    if not holds(by, *queries.WRITERS, organisation=organisation.pk):
        raise Refusal("Заявку от этой организации заполняют её сотрудники.", field="organisation")
    if objection := queries.objection_to_start(contest, organisation, at):
        raise Refusal(objection)
    _require_own(contest, nomination)
    project = passports.start_project(organisation, title="", form_code=contest.form_code, by=by, at=at)
    application = enter(contest, project, nomination=nomination, by=by, at=at)
    ledger.note(application=application.number)
    return application


def enter(
    contest: Contest, project: Project, *, nomination: Nomination | None, by: Any, at: datetime
) -> Application:
    """Make the row of an application of a project that has just begun: a part of the deed that begins both."""
    return Application.objects.create(
        number=_next_number(at),
        contest=contest,
        nomination=nomination or _only_nomination(contest),
        organisation=project.organisation,
        project=project,
        created_at=at,
        created_by=by,
    )


def _next_number(at: datetime) -> str:
    year = at.astimezone(MOSCOW).year
    Counter.objects.get_or_create(year=year)
    counter = Counter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{year}-{counter.last:04d}"


def _require_own(contest: Contest, nomination: Nomination | None) -> None:
    if nomination is not None and nomination.contest_id != contest.pk:
        raise Refusal("Такой номинации в этом конкурсе нет. Выберите из списка.", field="nomination")


def _only_nomination(contest: Contest) -> Nomination | None:
    found = list(contest.nominations.order_by("position", "id")[:2])
    return found[0] if len(found) == 1 else None


@action("contests.choose_nomination")
def choose_nomination(application: Application, *, nomination: Nomination, by: Any, at: datetime) -> None:
    """Put the application into a nomination of its contest."""
    queries.refuse_closed(application, at)
    _require_own(application.contest, nomination)
    application.nomination = nomination
    application.save(update_fields=["nomination"])
    ledger.note(nomination=nomination.title)


@action("contests.discard_edits")
def discard_edits(application: Application, *, by: Any, at: datetime) -> None:
    """Go back to what was sent last: texts and files."""
    queries.refuse_closed(application, at)
    last = queries.submissions_of(application).first()
    if last is None:
        raise Refusal("Заявка ещё не отправлена: возвращаться не к чему.")
    passport = application.project.passport
    if values_of(passport) != last.version.values:
        passports.return_to(passport, version=last.version, by=by, at=at)
    sent = set(last.files.values_list("sha256", flat=True))
    for attachment in application.attachments.select_related("file"):
        attachment.removed_at = None if attachment.file.sha256 in sent else (attachment.removed_at or at)
        attachment.save(update_fields=["removed_at"])
    ledger.note(sending=last.number)


@action("contests.withdraw_application")
def withdraw(application: Application, *, by: Any, at: datetime) -> None:
    """Take the application back; possible until experts have it."""
    was_sent = application.state in SENT
    application.state = APPLICATION.move("withdraw", application.state).target
    application.save(update_fields=["state"])
    if was_sent:
        organisers = queries.organisers_of(application.contest)
        about = f"{ledger.address_of(application)}:withdrawn"
        announce(notices.WITHDRAWN, to=organisers, at=at, about=about, facts=queries.facts_of(application))
