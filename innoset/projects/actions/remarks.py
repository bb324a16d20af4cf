"""Curators' remarks on passports and reports: made, answered, settled."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.network.queries import live_memberships
from innoset.network.states import Role
from innoset.projects import notices
from innoset.projects.models import Project, Remark, Report
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Field, fields_of
from innoset.projects.queries import last_version_of, reports
from innoset.projects.states import ReportState

LONGEST = 4_000


@action("projects.remark_on_report")
def remark_on_report(
    report: Report, *, key: str, text: str, is_required: bool, by: Any, at: datetime
) -> Remark:
    """Remark on a field of a report that was sent (or on the whole); a required remark stops its acceptance."""
    if report.state == ReportState.OPEN:
        raise Refusal("Отчёт ещё не сдан. Оставить замечание можно после его сдачи.")
    if report.state == ReportState.ACCEPTED:
        raise Refusal("Отчёт уже принят. Сначала верните его на доработку.")
    _require_key(reports.fields_of_report(report), key)
    remark = Remark(report=report, key=key, text=_said(text, "text"), is_required=is_required)
    return _make(remark, by=by, at=at)


@action("projects.remark_on_passport")
def remark_on_passport(
    project: Project, *, key: str, text: str, is_required: bool, by: Any, at: datetime
) -> Remark:
    """Remark on a field of the passport as it was sent last."""
    version = last_version_of(project.passport) if hasattr(project, "passport") else None
    if version is None:
        raise Refusal("Паспорт проекта ещё не отправляли: замечание оставить не к чему.")
    _require_key(fields_of(form_by_code(version.form_code), stages=version.stages), key)
    remark = Remark(
        project=project, version=version, key=key, text=_said(text, "text"), is_required=is_required
    )
    return _make(remark, by=by, at=at)


def _require_key(fields: tuple[Field, ...], key: str) -> None:
    if key and key not in {field.key for field in fields}:
        raise Refusal("Такого поля нет. Выберите поле из списка.", field="key")


def _said(text: str, field: str) -> str:
    kept = text.strip()
    if not kept:
        raise Refusal("Напишите текст.", field=field)
    if len(kept) > LONGEST:
        raise Refusal("Сократите текст: можно не больше 4 000 знаков.", field=field)
    return kept


def _make(remark: Remark, *, by: Any, at: datetime) -> Remark:
    remark.author, remark.at = by, at
    remark.save()
    ledger.note(remark=remark.pk, key=remark.key, is_required=remark.is_required)
    about = _field_name(remark)
    facts = {"person": by.full_name, "field": f"{about}." if about else "", "remark": remark.text}
    _tell(remark, notices.REMARKED, to=_writers(remark), at=at, **facts)
    return remark


def _field_name(remark: Remark) -> str:
    code = remark.report.form_code if remark.report else remark.version.form_code if remark.version else ""
    stages = remark.version.stages if remark.version else None
    found = [one for one in fields_of(form_by_code(code), stages=stages) if one.key == remark.key]
    return f"Поле {found[0].printed_number} «{found[0].name}»" if found else ""


def _writers(remark: Remark) -> list[Any]:
    if remark.report:
        heads = reports.staff_of(remark.report, Role.HEAD)
        return list(dict.fromkeys([*filter(None, [remark.report.author]), *heads]))
    owner = remark.project.organisation_id if remark.project else 0
    staff = live_memberships().filter(
        organisation=owner, role__in=[Role.HEAD, Role.EDITOR], person__is_active=True
    )
    return list(dict.fromkeys(one.person for one in staff.select_related("person").order_by("pk")))


@action("projects.answer_remark")
def answer(remark: Remark, *, text: str, by: Any, at: datetime) -> None:
    """Say what was done about the remark, or why nothing was."""
    _require_open(remark)
    remark.answer, remark.answered_by, remark.answered_at = _said(text, "answer"), by, at
    remark.save(update_fields=["answer", "answered_by", "answered_at"])
    facts = {"person": by.full_name, "answer": remark.answer}
    _tell(remark, notices.REMARK_ANSWERED, to=[remark.author], at=at, **facts)


@action("projects.settle_remark")
def settle(remark: Remark, *, by: Any, at: datetime) -> None:
    """Close the matter; with no answer too, when it was mended."""
    _require_open(remark)
    remark.settled_by, remark.settled_at = by, at
    remark.save(update_fields=["settled_by", "settled_at"])
    facts = {"person": by.full_name, "remark": remark.text}
    _tell(remark, notices.REMARK_SETTLED, to=_writers(remark), at=at, **facts)


def _require_open(remark: Remark) -> None:
    if remark.settled_at is not None:
        raise Refusal("Замечание уже снято.")


def _tell(remark: Remark, notice: Notice, /, *, to: list[Any], at: datetime, **facts: object) -> None:
    what = remark.report.campaign.title if remark.report else str(remark.project)
    door = "office" if notice is notices.REMARK_ANSWERED else "cabinet"
    kind, number = _place(remark)
    announce(
        notice,
        to=to,
        at=at,
        about=f"remark:{remark.pk}:{at.isoformat()}",
        url=reverse(f"{door}:{kind}", args=[number]),
        facts={"what": what, **facts},
    )


def _place(remark: Remark) -> tuple[str, str]:
    if remark.report:
        return "report", remark.report.number
    return "project", remark.project.number if remark.project else ""
