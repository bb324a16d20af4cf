"""What can be done to a project and its passport as a whole: begin, freeze, return, tie to a status."""

from datetime import datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Municipality, Organisation, Status
from innoset.projects import queries
from innoset.projects.actions import answers
from innoset.projects.models import Answer, Passport, PassportVersion, Project
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import digest
from innoset.projects.states import Origin


def start_project(
    organisation: Organisation, *, title: str, form_code: str, by: Any, at: datetime
) -> Project:
    """Begin a project of an organisation with an empty passport after the form.

    A form that does not ask for a title lends its own.
    """
    named = title or ("" if form_code == answers.TITLED_FORM else form_by_code(form_code).title)
    project = Project(organisation=organisation, title=named, created_at=at, created_by=by)
    return _start_project(project, form_code=form_code, by=by, at=at)


@action("projects.start_project")
def _start_project(project: Project, *, form_code: str, by: Any, at: datetime) -> Project:
    return lay_project(project, form_code=form_code, by=by, at=at)


def lay_project(project: Project, *, form_code: str, by: Any, at: datetime) -> Project:
    """Make the rows of a project with an empty passport: a part of the deed that begins it."""
    form = form_by_code(form_code)
    project.number = _next_number(at)
    project.save()
    passport = Passport.objects.create(
        project=project,
        form_code=form.code,
        form_version=form.version,
        stages=form.usual_stages,
        created_at=at,
    )
    if project.title and form.code == answers.TITLED_FORM:
        Answer.objects.create(
            passport=passport, key=answers.TITLE, text=project.title, saved_at=at, saved_by=by
        )
    return project


@action("projects.set_stage_count")
def set_stage_count(passport: Passport, count: int, *, by: Any, at: datetime) -> None:
    """Make the passport have so many stages; texts of a stage taken away wait for its return."""
    stages = queries.form_of(passport).stages
    if stages is None:
        raise Refusal("В этой форме нет этапов.")
    if not 1 <= count <= stages.most:
        raise Refusal(f"Этапов может быть от 1 до {stages.most}.")
    ledger.note(before=passport.stages, after=count)
    passport.stages = count
    passport.save(update_fields=["stages"])


def lay_stages(passport: Passport, count: int) -> None:
    """Make a passport that has just begun have so many stages: a part of the deed that fills it."""
    passport.stages = count
    passport.save(update_fields=["stages"])


@action("projects.freeze")
def freeze(passport: Passport, *, by: Any, at: datetime) -> PassportVersion:
    """Keep what is written now for ever; unchanged content gives the version that is there already."""
    values = queries.values_of(passport)
    sha256 = digest(passport.form_code, passport.form_version, values)
    last = queries.last_version_of(passport)
    if last is not None and (last.sha256, last.stages) == (sha256, passport.stages):
        return last
    version = PassportVersion.objects.create(
        passport=passport,
        number=last.number + 1 if last else 1,
        form_code=passport.form_code,
        form_version=passport.form_version,
        stages=passport.stages,
        values=values,
        sha256=sha256,
        made_at=at,
        made_by=by,
    )
    if passport.form_code == answers.TITLED_FORM:
        answers.name_project(passport, values.get(answers.TITLE, ""))
    ledger.note(version=version.number, sha256=sha256)
    return version


@action("projects.return_to")
def return_to(passport: Passport, *, version: PassportVersion, by: Any, at: datetime) -> None:
    """Make the passport say again what a version says; the texts that go stay in the history."""
    if version.passport_id != passport.pk:
        raise Refusal("Эта версия принадлежит другому паспорту.")
    before = queries.values_of(passport)
    passport.stages = version.stages
    passport.save(update_fields=["stages"])
    gone = [key for key, text in before.items() if version.values.get(key, "") != text]
    for field in queries.fields_in(passport):
        answers.put(passport, field, version.values.get(field.key, ""), by=by, at=at, origin=Origin.RETURNED)
    ledger.note(version=version.number, changed=sorted(gone))


@action("projects.attach_status")
def attach_status(project: Project, *, status: Status, by: Any, at: datetime) -> None:
    """Tie a granted status to the project that won it."""
    project.status = status
    project.save(update_fields=["status"])
    ledger.note(status=status.pk)


def _next_number(at: datetime) -> str:
    """Return the next free number of a year, such as 2026-0147."""
    # One row is everybody's lock: two who begin at once get two numbers.
    Municipality.objects.select_for_update().order_by("pk").first()
    series = f"{at.astimezone(MOSCOW).year}-"
    taken = Project.objects.filter(number__startswith=series).values_list("number", flat=True)
    return f"{series}{max((int(number.removeprefix(series)) for number in taken), default=0) + 1:04d}"
