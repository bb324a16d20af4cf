"""Writing a report: texts field by field, tasks, what the site counted, the sending."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import counted
from innoset.projects import notices
from innoset.projects.actions import nudges
from innoset.projects.models import Report, ReportAnswer, ReportRevision, ReportTask, ReportVersion
from innoset.projects.pure.changes import who_changed
from innoset.projects.pure.forms import Field, check, clean, errors
from innoset.projects.pure.reporting.content import digest_of
from innoset.projects.queries import report_facts, reports
from innoset.projects.queries.passports import SITTING
from innoset.projects.queries.report_figures import figures_of
from innoset.projects.states import REPORT, ReportState, TaskState, TextOrigin

MOST_SIGNS = 200_000
MOST_TASKS = 30
LONGEST_TASK = 500


class ReportClash(Refusal):
    """Two people wrote the same field: `answer` is what the colleague saved; mine is kept among the texts."""

    def __init__(self, field: Field, answer: ReportAnswer, *, by: Any, at: datetime) -> None:
        self.said = who_changed(
            field.printed_number,
            answer.saved_by.full_name if answer.saved_by else "",
            is_self=answer.saved_by is not None and answer.saved_by == by,
            changed_at=answer.saved_at,
            now=at,
        )
        super().__init__(f"{self.said} Сравните тексты и выберите, какой оставить.", field=field.key)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of a text: the answer as it stands now, or the clash or objection because of which it does not."""

    answer: ReportAnswer
    refusal: Refusal | None = None


@action("projects.save_report_field")
def save_field(report: Report, *, key: str, text: str, seen: int, by: Any, at: datetime) -> Kept:
    """Save the text of one field; `seen` is the version that the page showed.

    When somebody has changed the field since, the text is kept beside and the answer carries a clash:
    raised, it would take the text along.
    """
    require_unsent(report)
    kept = _save(report, _field_or_refuse(report, key), text, seen, by=by, at=at)
    ledger.note(key=key, version=kept.answer.version, clash=kept.refusal is not None)
    return kept


@action("projects.save_report_section")
def save_section(
    report: Report,
    *,
    texts: Mapping[str, tuple[str, int]],
    restore: Collection[str] = (),
    by: Any,
    at: datetime,
) -> list[Refusal]:
    """Save several fields, each with the version that its page showed; return what stands in the way.

    In the fields to `restore` what the site counts takes the place of what was typed, which is kept.
    """
    require_unsent(report)
    saved = [
        _save(report, _field_or_refuse(report, key), text, seen, by=by, at=at)
        for key, (text, seen) in texts.items()
    ]
    if restore:
        _restore(report, restore, by=by, at=at)
    ledger.note(keys=sorted(texts), restored=sorted(restore))
    return [one.refusal for one in saved if one.refusal is not None]


def require_unsent(report: Report) -> None:
    """Refuse to change what was sent, accepted, or is collected no more."""
    if report.campaign.closed_at is not None:
        raise Refusal("Сбор отчётов завершён: изменить отчёт уже нельзя.")
    if report.state == ReportState.SUBMITTED:
        raise Refusal("Отчёт сдан и проверяется. Изменить его можно, если его вернут на доработку.")
    if report.state == ReportState.ACCEPTED:
        raise Refusal("Отчёт принят: изменить его уже нельзя.")


def _field_or_refuse(report: Report, key: str) -> Field:
    found = next((one for one in reports.fields_of_report(report) if one.key == key), None)
    if found is None:
        raise Refusal("Такого поля в отчёте нет. Обновите страницу.")
    return found


def _save(report: Report, field: Field, text: str, seen: int, *, by: Any, at: datetime) -> Kept:
    kept = clean(text)
    if len(kept) > MOST_SIGNS:
        raise Refusal(
            f"Поле {field.printed_number} «{field.name}» не сохранено: текст длиннее 200 000 знаков. "
            "Сократите его.",
            field=field.key,
        )
    answer = _answer(report, field, at=at)
    if answer.text == kept:
        return Kept(answer)
    if seen != answer.version:
        _set_aside(answer, kept, by=by, at=at)
        return Kept(answer, ReportClash(field, answer, by=by, at=at))
    origin = TextOrigin.COUNTED if kept == answer.prefilled else TextOrigin.TYPED
    return Kept(_replace(answer, kept, origin, by=by, at=at, goes_on=_goes_on(answer, by=by, at=at)))


def _answer(report: Report, field: Field, *, at: datetime) -> ReportAnswer:
    found = report.answers.select_related("saved_by").filter(key=field.key).first()
    return found or ReportAnswer(report=report, key=field.key, version=0, saved_at=at)


def _set_aside(answer: ReportAnswer, text: str, *, by: Any, at: datetime) -> None:
    ReportRevision.objects.get_or_create(
        report=answer.report,
        key=answer.key,
        version=None,
        text=text,
        saved_by=by,
        defaults={"saved_at": at},
    )


def _goes_on(answer: ReportAnswer, *, by: Any, at: datetime) -> bool:
    """Tell whether the same person is still typing: every breath of it need not be kept."""
    is_own = answer.origin == TextOrigin.TYPED and answer.saved_by == by
    return is_own and at - answer.saved_at < SITTING


def _replace(
    answer: ReportAnswer, text: str, origin: TextOrigin, *, by: Any, at: datetime, goes_on: bool = False
) -> ReportAnswer:
    """Write a text over what stands there, which stays among the texts."""
    if answer.version and answer.text and not goes_on:
        ReportRevision.objects.create(
            report=answer.report,
            key=answer.key,
            version=answer.version,
            text=answer.text,
            saved_at=answer.saved_at,
            saved_by=answer.saved_by,
        )
    answer.text, answer.origin, answer.version = text, origin, answer.version + 1
    answer.saved_at, answer.saved_by = at, by
    answer.save()
    return answer


@action("projects.restore_prefill")
def restore_prefill(report: Report, *, keys: Collection[str] = (), by: Any, at: datetime) -> int:
    """Write what the site counts now: in these fields, or with no keys in all that nobody has changed.

    What stood there can be brought back. Return how many fields have changed.
    """
    require_unsent(report)
    changed = _restore(report, keys, by=by, at=at)
    ledger.note(keys=changed)
    return len(changed)


def _restore(report: Report, keys: Collection[str], *, by: Any, at: datetime) -> list[str]:
    made, changed = report_facts.proposals_for(report), []
    for answer in report.answers.select_related("saved_by").order_by("pk"):
        proposal = made.get(answer.key)
        wanted = answer.key in keys if keys else is_untouched(answer)
        if proposal is None or not wanted:
            continue
        answer.prefilled = proposal.text
        if answer.text != proposal.text:
            _replace(answer, proposal.text, report_facts.origin_of(proposal), by=by, at=at)
            changed.append(answer.key)
        else:
            answer.save(update_fields=["prefilled"])
    return changed


def is_untouched(answer: ReportAnswer) -> bool:
    """Tell whether the field still says what the site wrote."""
    return answer.text == answer.prefilled


@action("projects.restore_report_text")
def restore_text(report: Report, *, revision: ReportRevision, seen: int, by: Any, at: datetime) -> None:
    """Make an earlier text the answer again; what it replaces stays among the texts."""
    require_unsent(report)
    if revision.report_id != report.pk:
        raise Refusal("Этот текст принадлежит другому отчёту.")
    field = _field_or_refuse(report, revision.key)
    answer = _answer(report, field, at=at)
    if seen != answer.version and answer.text != revision.text:
        raise ReportClash(field, answer, by=by, at=at)
    if answer.text != revision.text:
        _replace(answer, revision.text, TextOrigin.TYPED, by=by, at=at)
    ledger.note(key=revision.key, revision=revision.pk)


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a task of the year."""

    state: str
    note: str = ""


@action("projects.tell_tasks")
def tell_tasks(
    report: Report, *, told: Mapping[int, Told], planned: Collection[str], by: Any, at: datetime
) -> None:
    """Say what came of the tasks of the year, and which tasks are planned for the next one."""
    require_unsent(report)
    for task in report.tasks.filter(is_next=False, pk__in=told):
        _tell(task, told[task.pk])
    _plan(report, [line for text in planned if (line := " ".join(text.split()))])
    ledger.note(told=sorted(told), planned=report.tasks.filter(is_next=True).count())


def _tell(task: ReportTask, told: Told) -> None:
    if told.state not in set(TaskState):
        raise Refusal(f"Выберите, что стало с задачей «{task.text}».", field=f"state-{task.pk}")
    note = " ".join(told.note.split())
    if len(note) > LONGEST_TASK:
        raise Refusal("Сократите пояснение к задаче: можно не больше 500 знаков.", field=f"note-{task.pk}")
    if told.state in {TaskState.MOVED, TaskState.NOT_DONE} and not note:
        raise Refusal(f"Напишите, почему не выполнена задача «{task.text}».", field=f"note-{task.pk}")
    task.state, task.note = told.state, note
    task.save(update_fields=["state", "note"])


def _plan(report: Report, lines: list[str]) -> None:
    if len(lines) > MOST_TASKS:
        raise Refusal(f"Задач на следующий год может быть не больше {MOST_TASKS}.", field="planned")
    if any(len(line) > LONGEST_TASK for line in lines):
        raise Refusal("Сократите задачу: можно не больше 500 знаков в строке.", field="planned")
    kept = {one.text: one for one in report.tasks.filter(is_next=True)}
    for place, line in enumerate(dict.fromkeys(lines), start=1):
        task = kept.pop(line, None) or ReportTask(report=report, is_next=True, text=line)
        task.position = place
        task.save()
    report.tasks.filter(pk__in=[one.pk for one in kept.values()]).delete()


@action("projects.submit_report")
def submit(report: Report, *, by: Any, at: datetime) -> ReportVersion:
    """Send the report: from now on this version says the same for ever, down to the rows behind each figure."""
    require_unsent(report)
    _require_complete(report)
    move = REPORT.move("submit", report.state)
    version = freeze(report, by=by, at=at)
    report.state = ReportState(move.target)
    report.submitted_at, report.submitted_by = at, by
    report.save(update_fields=["state", "submitted_at", "submitted_by"])
    to = reports.checkers_of(report.campaign)
    nudges.tell(report, notices.REPORT_SENT, to=to, about=f"sent:{version.number}", at=at)
    ledger.note(version=version.number, sha256=version.sha256)
    return version


def objections_to_sending(report: Report) -> list[str]:
    """Return what has to be mended before the report can be sent, sentence by sentence."""
    form, texts = reports.form_of_report(report), reports.texts_of_report(report)
    said = [one.message for one in errors(check(form, texts))]
    unknown = report.tasks.filter(is_next=False, state=TaskState.UNKNOWN).count()
    if unknown:
        tasks = counted(unknown, "задача", "задачи", "задач")
        said.append(f"Отметьте, что стало с задачами года. Не отмечено: {tasks}.")
    return said


def _require_complete(report: Report) -> None:
    objections = objections_to_sending(report)
    if objections:
        raise Refusal(" ".join(["Отчёт пока нельзя сдать.", *objections]))


def freeze(report: Report, *, by: Any, at: datetime) -> ReportVersion:
    values = {
        "fields": reports.texts_of_report(report),
        "tasks": [_frozen(one) for one in report.tasks.all()],
        "period": [report.starts_on.isoformat(), report.ends_on.isoformat()],
    }
    figures = [one.as_json() for one in figures_of(report)]
    return ReportVersion.objects.create(
        report=report,
        number=report.versions.count() + 1,
        values=values,
        figures=figures,
        sha256=digest_of(values, figures),
        made_at=at,
        made_by=by,
    )


def _frozen(task: ReportTask) -> dict[str, Any]:
    return {"text": task.text, "state": task.state, "note": task.note, "is_next": task.is_next}
