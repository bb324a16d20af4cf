"""What waits for a person now, by all their roles together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Q, QuerySet
from django.urls import reverse

from innoset.accounts.models import User
from innoset.contests.models import Application, Confirmation, Contest, Sitting
from innoset.contests.pure.deadlines import Verdict
from innoset.contests.queries import deadlines
from innoset.contests.queries.advancements import advancements_above
from innoset.contests.queries.council import sittings_visible_to
from innoset.contests.states import (
    AdvancementState,
    ApplicationState,
    ConfirmationState,
    ContestState,
    SittingState,
)
from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.foundation.russian import MOSCOW, counted
from innoset.network import queries
from innoset.network.models import Agreement, Errand, Thread
from innoset.network.queries.accompaniment import errands_of
from innoset.network.queries.agreements import agreements_waiting_for
from innoset.network.queries.threads import unread_threads_of
from innoset.network.states import Role
from innoset.projects.models import Partnership, Remark, Report, Roadmap
from innoset.projects.queries.remarks import remarks_visible_to, unsettled
from innoset.projects.queries.reports import own_reports, unsent
from innoset.projects.queries.roadmaps import plan_number, roadmaps_waiting_for
from innoset.projects.queries.teams import partnerships_waiting_for
from innoset.review.models import Assignment, PanelSeat
from innoset.review.states import AssignmentState, RoundState, SeatState, SheetState

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what it is, where it is done, how it stands."""

    title: str
    url: str
    hint: str = ""
    state: str = "Ждёт вас"
    kind: str = "warn"


def tasks_for(person: Any, *, at: datetime) -> list[Task]:
    """Return what waits for a person, the things with a term first."""
    any_of = _Any.of(person)
    return [
        *_signatures(person),
        *_applications(person, at),
        *_reports(any_of["reports"], at),
        *_errands(any_of["errands"], at),
        *_seats(any_of["seats"]),
        *_sheets(any_of["sheets"]),
        *_registrations(person),
        *_checks(person),
        *_sittings(any_of["sittings"]),
        *_orders(person),
        *_threads(any_of["threads"]),
        *_remarks(any_of["remarks"]),
        *_partnerships(any_of["partnerships"]),
        *_ways_up(person),
        *_roadmaps(any_of["roadmaps"]),
        *_papers(any_of["papers"]),
        *_agreements(person, at),
    ]


@dataclass(frozen=True, slots=True)
class _Any:
    """Where anything waits at all, asked of the database at once: most of it waits for nobody."""

    waiting: Mapping[str, QuerySet[Any]]
    is_there: Mapping[str, bool]

    @classmethod
    def of(cls, person: Any) -> "_Any":
        waiting = _waiting_for(person)
        asked = {f"any_{name}": Exists(found.order_by()) for name, found in waiting.items()}
        told = User.objects.filter(pk=person.pk).annotate(**asked).values(*asked).first() or {}
        return cls(waiting, {name: bool(told.get(f"any_{name}")) for name in waiting})

    def __getitem__(self, name: str) -> list[Any]:
        return list(self.waiting[name][:SHOWN]) if self.is_there[name] else []


def _waiting_for(person: Any) -> dict[str, QuerySet[Any]]:
    """Return what may wait for a person, each kind in the order in which it is told."""
    given = Assignment.objects.filter(
        expert=person,
        state__in=[AssignmentState.ASSIGNED, AssignmentState.CLEARED],
        round__state=RoundState.OPEN,
    ).exclude(sheet__state=SheetState.FINISHED)
    invited = PanelSeat.objects.filter(person=person, state=SeatState.INVITED)
    owners = queries.organisation_ids_of(person, Role.HEAD, Role.EDITOR)
    own = Q(project__organisation__in=owners) | Q(report__organisation__in=owners)
    return {
        "reports": unsent(own_reports(person)).order_by("due_on", "pk"),
        "errands": errands_of(person),
        "seats": invited.select_related("round"),
        "sheets": given.select_related("dossier", "round").order_by("round__closes_at", "pk"),
        "sittings": sittings_visible_to(person).exclude(state=SittingState.CLOSED).order_by("held_at", "pk"),
        "threads": unread_threads_of(person),
        "remarks": unsettled(remarks_visible_to(person)).filter(own, answered_at=None),
        "partnerships": partnerships_waiting_for(person),
        "roadmaps": roadmaps_waiting_for(person),
        "papers": agreements_waiting_for(person),
    }


def _reports(found: list[Report], at: datetime) -> Iterator[Task]:
    """Yield the reports of one's own organisations that are not sent, the most urgent first."""
    today = at.astimezone(MOSCOW).date()
    for one in found:
        is_late = one.due_on < today
        yield Task(
            f"Сдайте отчёт: {one.campaign.title}",
            reverse("cabinet:report", args=[one.number]),
            f"{one.organisation.short_name}, сдать до {one.due_on:%d.%m.%Y}",
            "Просрочен" if is_late else one.get_state_display(),
            "bad" if is_late else "warn",
        )


def _errands(found: list[Errand], at: datetime) -> Iterator[Task]:
    today = at.astimezone(MOSCOW).date()
    for one in found:
        is_late = one.due_on is not None and one.due_on < today
        until = f"Сделать до {one.due_on:%d.%m.%Y}" if one.due_on else ""
        url = reverse("office:errand", args=[one.pk])
        yield Task(
            f"Поручение: {one.title}",
            url,
            until,
            "Просрочено" if is_late else "Ждёт вас",
            "bad" if is_late else "warn",
        )


def _threads(found: list[Thread]) -> Iterator[Task]:
    for thread in found:
        yield Task(
            f"Прочтите сообщение: {thread.subject}",
            reverse("cabinet:thread", args=[thread.number]),
            f"Написано {_moment(thread.last_at)}",
            "Новое",
        )


def _partnerships(found: list[Partnership]) -> Iterator[Task]:
    for one in found:
        yield Task(
            f"Ответьте на приглашение в проект: {one.project.title}",
            reverse("cabinet:partnership", args=[one.pk]),
            one.project.organisation.short_name,
            "Ждёт ответа",
        )


def _remarks(found: list[Remark]) -> Iterator[Task]:
    """Yield the remarks on one's own passports and reports that nobody has answered."""
    for one in found:
        where, about = ("report", one.report) if one.report else ("project", one.project)
        if about is not None and about.number:
            url = reverse(f"cabinet:{where}", args=[about.number])
            yield Task(f"Ответьте на замечание куратора: {one.text[:80]}", url, "", "Ждёт ответа")


def _ways_up(person: Any) -> Iterator[Task]:
    released = advancements_above(person).filter(state=AdvancementState.RELEASED)
    for one in released[:SHOWN] if queries.holds(person, Role.ORGANISER) else ():
        yield Task(
            f"Примите или отклоните победителя: {one.application.project.title}",
            reverse("office:advancement", args=[one.pk]),
            str(one.application.organisation.municipality),
            "Ждёт ответа",
        )


def _roadmaps(found: list[Roadmap]) -> Iterator[Task]:
    for one in found:
        name, number = ("roadmap", one.project.number) if one.project else ("plan", plan_number(one))
        title = f"Утвердите {'дорожную карту' if one.project else 'план центра'}: {one.title}"
        yield Task(
            title, reverse(f"office:{name}", args=[number]), one.organisation.short_name, "Ждёт решения"
        )


def _papers(found: list[Agreement]) -> Iterator[Task]:
    """Yield the agreements that wait for a signature."""
    for one in found:
        url = reverse("office:agreement", args=[one.pk])
        yield Task("Подпишите соглашение", url, f"С кем: {one.organisation.short_name}", "Ждёт подписи")


def _signatures(person: Any) -> Iterator[Task]:
    """Yield the applications that wait for this head's code."""
    if not queries.holds(person, Role.HEAD):
        return
    waiting = Confirmation.objects.filter(asked_of=person.pk, state=ConfirmationState.ASKED)
    for one in waiting.select_related("application__contest").order_by("expires_at", "pk")[:SHOWN]:
        until = f"Код действует до {_moment(one.expires_at)}" if one.expires_at else ""
        url = reverse("cabinet:confirm", args=[one.application.number])
        yield Task(f"Подтвердите заявку: {one.application.contest.title}", url, until, "Ждёт подписи")


def _applications(person: Any, at: datetime) -> Iterator[Task]:
    owners = queries.organisation_ids_of(person, Role.HEAD, Role.EDITOR)
    if not owners:
        return
    waiting = Q(state=ApplicationState.RETURNED) | Q(
        state=ApplicationState.DRAFT, contest__state=ContestState.OPEN
    )
    mine = Application.objects.filter(waiting, organisation__in=owners).select_related("project__passport")
    found = list(
        mine.select_related("contest")
        .prefetch_related("contest__stages", "contest__extensions")
        .order_by(F("mend_by").asc(nulls_last=True), "-pk")[:SHOWN]
    )
    for one in found:
        if one.state == ApplicationState.RETURNED:
            until = f"Исправить до {_moment(one.mend_by)}" if one.mend_by else ""
            title = f"Исправьте заявку: {one.contest.title}"
            yield Task(title, _application_url(one), until, "На доработке", "bad")
    yield from _drafts([one for one in found if one.state == ApplicationState.DRAFT], at)


def _drafts(drafts: list[Application], at: datetime) -> Iterator[Task]:
    """Tell of what is not sent yet, and loudest of what lacks nothing but the sending."""
    complete = deadlines.complete_among(drafts)
    for one in drafts:
        deadline = deadlines.deadline_of(one)
        if deadline is None or deadline.verdict(at) is Verdict.LATE:
            continue
        url, title = _application_url(one), one.contest.title
        if one.pk in complete:
            hint = f"Заявка заполнена, но не отправлена. {deadline.in_words()}"
            yield Task(f"Отправьте заявку: {title}", url, hint, "Не отправлена", "bad")
        else:
            yield Task(f"Допишите и отправьте заявку: {title}", url, deadline.in_words(), "Черновик")


def _application_url(application: Application) -> str:
    return reverse("cabinet:application", args=[application.number])


def _seats(found: list[PanelSeat]) -> Iterator[Task]:
    for seat in found:
        yield Task(
            f"Ответьте на приглашение в комиссию: {seat.round.title}",
            reverse("desk:home"),
            f"Экспертиза с {_moment(seat.round.opens_at)} по {_moment(seat.round.closes_at)}",
            "Ждёт ответа",
        )


def _sheets(found: list[Assignment]) -> Iterator[Task]:
    for one in found:
        yield Task(
            f"Оцените работу {one.dossier.code}: {one.dossier.title}",
            reverse("desk:sheet", args=[one.round.kind, one.dossier.code]),
            f"До {_moment(one.round.closes_at)}",
            "Не оценена",
        )


def _registrations(person: Any) -> Iterator[Task]:
    for one in queries.waiting_registrations_for(person)[:SHOWN]:
        yield Task(
            f"Проверьте заявление: {one.short_name}",
            reverse("office:registration", args=[one.pk]),
            f"{one.municipality}, подано {_moment(one.created_at)}",
        )


def _checks(person: Any) -> Iterator[Task]:
    places = queries.organisation_ids_of(person, Role.ORGANISER)
    if not places:
        return
    for contest in Contest.objects.filter(organiser__in=places).order_by("-pk")[:SHOWN]:
        many = contest.applications.filter(state=ApplicationState.SUBMITTED).count()
        if many:
            yield Task(
                f"Проверьте заявки: {contest.title}",
                reverse("office:checks", args=[contest.code]),
                f"Ждут проверки: {counted(many, 'заявка', 'заявки', 'заявок')}",
                "На проверке",
            )


def _sittings(found: list[Sitting]) -> Iterator[Task]:
    for sitting in found:
        yield Task(
            f"Заседание совета: {sitting.contest.title}",
            reverse("office:council_room", args=[sitting.contest.code]),
            _moment(sitting.held_at),
            sitting.get_state_display(),
        )


def _orders(person: Any) -> Iterator[Task]:
    if not queries.holds(person, Role.APPROVER):
        return
    places = queries.municipality_ids_of(person, Role.APPROVER)
    waiting = Order.objects.filter(
        state=OrderState.ENTERED, contests__organiser__municipality__in=places
    ).exclude(entered_by=person)
    for order in waiting.prefetch_related("contests").distinct()[:SHOWN]:
        contest = order.contests.all()[0]
        yield Task(
            f"Подтвердите приказ {order.requisites}",
            reverse("office:order", args=[contest.code]),
            order.title,
            "Ждёт подтверждения",
        )


def _agreements(person: Any, at: datetime) -> Iterator[Task]:
    if not queries.is_registry_keeper(person):
        return
    over = Agreement.objects.filter(ends_on__lt=at.astimezone(MOSCOW).date()).count()
    if over:
        yield Task(
            "Продлите соглашения, у которых вышел срок",
            reverse("office:agreements") + "?state=over",
            counted(over, "соглашение", "соглашения", "соглашений"),
            "Срок вышел",
        )


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(MOSCOW):%d.%m.%Y, %H:%M} МСК"
