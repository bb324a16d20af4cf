"""What needs a person of the office today: one line a trouble, each a link to where it is mended."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from innoset.contests.models import Application, Contest, Sitting
from innoset.contests.queries.contests import stage_of
from innoset.contests.queries.council import contests_at_council_visible_to
from innoset.contests.states import ApplicationState, ContestState, SittingState, StageKind
from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.foundation.notify.models import Letter
from innoset.foundation.russian import counted
from innoset.network.models import Membership
from innoset.network.queries import municipality_ids_of, organisation_ids_of, waiting_registrations_for
from innoset.network.states import Role
from innoset.review.models import Assignment, Round
from innoset.review.states import LIVE, RoundState, SheetState

APPLICATIONS = ("заявка", "заявки", "заявок")


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits: what, how much of it, where; `is_late` when its time has passed."""

    title: str
    amount: str
    url: str
    about: str = ""
    is_late: bool = False


def needs_of(person: Any, contests: Sequence[Contest], *, at: datetime) -> list[Need]:
    """Return what waits for the person, the late things first; as many queries for any number of contests."""
    every = [
        *_checks(contests, at),
        *_steps(contests, at),
        *_decisions(person, contests),
        *_sheets(contests, at),
        *_registrations(person),
        *_orders(person),
        *_letters(person),
    ]
    return sorted(every, key=lambda need: not need.is_late)


def _checks(contests: Sequence[Contest], at: datetime) -> Iterator[Need]:
    """Tell of applications that nobody has checked, and of those that did not come back in their term."""
    unmended = Q(state=ApplicationState.RETURNED, mend_by__lte=at)
    found = Application.objects.filter(Q(state=ApplicationState.SUBMITTED) | unmended, contest__in=contests)
    many = Counter(found.order_by().values_list("contest", "state"))
    for contest in contests:
        waiting, late = (
            many[contest.pk, state] for state in (ApplicationState.SUBMITTED, ApplicationState.RETURNED)
        )
        url = reverse("office:checks", args=[contest.code])
        if waiting and contest.state == ContestState.OPEN:
            yield _waiting(contest, waiting, url, at)
        if late:
            yield Need("Не исправлены в срок", counted(late, *APPLICATIONS), url, contest.title, is_late=True)


def _waiting(contest: Contest, many: int, url: str, at: datetime) -> Need:
    stage = stage_of(contest, StageKind.CHECK)
    is_late = stage is not None and stage.ends_at <= at
    title = "Техническая экспертиза просрочена" if is_late else "Ждут технической экспертизы"
    return Need(title, counted(many, *APPLICATIONS), url, contest.title, is_late)


def _steps(contests: Sequence[Contest], at: datetime) -> Iterator[Need]:
    """Remind of what the calendar says should have begun."""
    for contest in contests:
        stage = stage_of(contest, StageKind.REMOTE)
        if contest.state == ContestState.OPEN and stage is not None and stage.starts_at <= at:
            url = reverse("office:expertise", args=[contest.code])
            yield Need("Пора начать заочную экспертизу", "", url, contest.title, is_late=True)


def _decisions(person: Any, contests: Sequence[Contest]) -> Iterator[Need]:
    """Call to the decision room whoever may enter it; when it has decided, call the organiser to the order."""
    mine = {one.pk for one in contests}
    minutes = Sitting.objects.filter(contest=OuterRef("pk"), state=SittingState.CLOSED)
    waiting = contests_at_council_visible_to(person).filter(state=ContestState.COUNCIL)
    for contest in waiting.annotate(is_decided=Exists(minutes)).order_by("id"):
        if not contest.is_decided:
            url = reverse("office:council_room", args=[contest.code])
            yield Need("Ждёт решения совета", "", url, contest.title)
        elif contest.pk in mine and (contest.order is None or contest.order.state == OrderState.DRAFT):
            url = reverse("office:order", args=[contest.code])
            yield Need("Пора оформить приказ", "", url, contest.title)


def _sheets(contests: Sequence[Contest], at: datetime) -> Iterator[Need]:
    by_round = {key: one for one in contests for key in (one.remote_round_id, one.defence_round_id) if key}
    rounds = {one.pk: one for one in Round.objects.filter(pk__in=by_round, state=RoundState.OPEN)}
    live = Assignment.objects.filter(round__in=rounds, state__in=LIVE).order_by()
    given = list(live.values_list("round", "dossier", "expert", "sheet__state"))
    for key, many in _thin(rounds, Counter((key, dossier) for key, dossier, _, _ in given)).items():
        contest, amount = by_round[key], counted(many, *APPLICATIONS)
        url = reverse("office:assignments", args=[contest.code, rounds[key].kind])
        yield Need("Назначено мало экспертов", amount, url, contest.title)
    over = {key for key, one in rounds.items() if one.closes_at <= at}
    late = {(key, who) for key, _, who, state in given if key in over and state != SheetState.FINISHED}
    for key, many in Counter(key for key, _ in late).items():
        contest, amount = by_round[key], counted(many, "эксперт", "эксперта", "экспертов")
        url = reverse("office:round", args=[contest.code, rounds[key].kind])
        yield Need("Просрочили оценки", amount, url, contest.title, is_late=True)


def _thin(rounds: dict[int, Round], given: Counter[tuple[int, int]]) -> dict[int, int]:
    """Count the dossiers that have fewer experts than their round wants."""
    pairs = Round.dossiers.through.objects.filter(round__in=rounds).order_by()
    return Counter(
        key
        for key, dossier in pairs.values_list("round", "dossier")
        if given[key, dossier] < rounds[key].sheets_per_dossier
    )


def _registrations(person: Any) -> Iterator[Need]:
    if many := waiting_registrations_for(person).count():
        amount = counted(many, "заявление", "заявления", "заявлений")
        yield Need("Регистрации ждут подтверждения", amount, reverse("office:registrations"))


def _orders(person: Any) -> Iterator[Need]:
    places = municipality_ids_of(person, Role.APPROVER)
    if not places:
        return
    entered = Order.objects.filter(
        state=OrderState.ENTERED, contests__organiser__municipality__in=places
    ).exclude(entered_by=person)
    for order in entered.prefetch_related("contests").distinct():
        contest = order.contests.all()[0]
        url = reverse("office:order", args=[contest.code])
        yield Need("Приказ ждёт вашего подтверждения", order.requisites, url, contest.title)


def failed_letters_for(person: Any) -> QuerySet[Letter]:
    """Return the letters that did not reach people of organisations that applied to the person's contests."""
    mine = organisation_ids_of(person, Role.ORGANISER)
    applied = Application.objects.filter(contest__organiser__in=mine).values("organisation")
    people = Membership.objects.filter(organisation__in=applied).values("person__email")
    return Letter.objects.filter(state=Letter.State.FAILED, address__in=people)


def _letters(person: Any) -> Iterator[Need]:
    if many := failed_letters_for(person).count():
        amount = counted(many, "письмо", "письма", "писем")
        yield Need("Не дошли до адресата", amount, reverse("office:letters"), is_late=True)
