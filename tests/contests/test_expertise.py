"""From admitted applications to experts, the defence and the council."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from innoset.contests.actions import expertise as actions
from innoset.contests.actions.contests import cancel
from innoset.contests.models import Application, Contest, ContestStage
from innoset.contests.queries.expertise import Readiness, choices_of, readiness_of
from innoset.contests.states import ApplicationState, ContestState, StageKind
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter, Message
from innoset.foundation.workflow import WrongState
from innoset.network.states import Role
from innoset.review import actions as review
from innoset.review.actions.dossiers import digest_of
from innoset.review.models import Criterion, Dossier
from innoset.review.states import RoundKind, RoundState
from tests import world
from tests.contests.expertise_scene import EARLY, at_defence, contest_with, judged, seat, started
from tests.review.scene import planned

pytestmark = pytest.mark.django_db


def _states(contest: Contest) -> list[str]:
    return list(contest.applications.order_by("dossier__code").values_list("state", flat=True))


def test_every_admitted_application_becomes_a_frozen_dossier(at: datetime) -> None:
    contest = contest_with()
    first = contest.applications.order_by("number").first()
    assert first is not None
    refused = world.application(contest, state=ApplicationState.REFUSED)
    made = actions.start_expertise(contest, reason=EARLY, by=contest.created_by, at=at)
    contest.refresh_from_db()
    assert (contest.state, contest.remote_round) == (ContestState.EXPERTISE, made)
    assert (made.kind, made.state, made.is_blind, made.sheets_per_dossier, made.organiser) == (
        RoundKind.REMOTE,
        RoundState.PREPARING,
        True,
        1,
        contest.organiser,
    )
    first.refresh_from_db()
    refused.refresh_from_db()
    assert (first.state, refused.state, refused.dossier) == (
        ApplicationState.IN_REVIEW,
        ApplicationState.REFUSED,
        None,
    )
    dossier = first.dossier
    assert dossier is not None
    assert (dossier.group, dossier.title, dossier.organisation) == (
        "Инновационный проект",
        "Школа наставников сельского района",
        first.organisation,
    )
    frozen = {key: getattr(dossier, key) for key in ("title", "content", "stages", "group")}
    assert dossier.sha256 == digest_of(frozen)
    assert dossier.stages[0] | {"name": ""} == {"name": "", "start": "2026-09", "end": "2026-12"}
    assert Entry.objects.get(deed="contests.start_expertise").changes == {"applications": 2, "reason": EARLY}


def test_codes_go_by_the_order_of_sending_and_never_repeat() -> None:
    contest, other = contest_with(3), started(1)
    late = contest.applications.order_by("number").first()
    assert late is not None
    Application.objects.filter(pk=late.pk).update(submitted_at=world.AT + timedelta(hours=1))
    actions.start_expertise(contest, reason=EARLY, by=contest.created_by, at=world.AT)
    late.refresh_from_db()
    codes = list(Dossier.objects.filter(application__contest=contest).values_list("code", flat=True))
    assert [code.split("-")[1] for code in codes] == ["001", "002", "003"]
    assert late.dossier is not None
    assert late.dossier.code == codes[2]
    assert set(codes).isdisjoint(
        Dossier.objects.filter(application__contest=other).values_list("code", flat=True)
    )


def test_the_round_runs_as_the_calendar_says() -> None:
    contest = started()
    stage = contest.stages.get(kind=StageKind.REMOTE)
    assert contest.remote_round is not None
    assert (contest.remote_round.opens_at, contest.remote_round.closes_at) == (world.AT, stage.ends_at)


def test_without_a_calendar_the_round_runs_two_weeks() -> None:
    contest = contest_with()
    ContestStage.objects.filter(contest=contest, kind=StageKind.REMOTE).delete()
    made = actions.start_expertise(contest, reason=EARLY, by=contest.created_by, at=world.AT)
    assert made.closes_at - made.opens_at == timedelta(days=14)


def test_applicants_are_told_in_the_cabinet() -> None:
    contest = contest_with(1)
    application = contest.applications.get()
    actions.start_expertise(contest, reason=EARLY, by=contest.created_by, at=world.AT)
    message = Message.objects.get(notice="contests.to_experts")
    assert (message.recipient, message.url) == (
        application.created_by,
        f"/cabinet/applications/{application.number}/",
    )
    assert not Letter.objects.filter(notice="contests.to_experts").exists()


def test_unchecked_applications_stop_the_start(at: datetime) -> None:
    contest = contest_with()
    world.application(contest, state=ApplicationState.SUBMITTED)
    with pytest.raises(Refusal, match="не проверена 1 заявка"):
        actions.start_expertise(contest, reason=EARLY, by=contest.created_by, at=at)


def test_nothing_to_judge_or_nothing_to_judge_by_stops_the_start(at: datetime) -> None:
    empty, bare = contest_with(0), contest_with()
    with pytest.raises(Refusal, match="ни одна заявка не допущена"):
        actions.start_expertise(empty, reason=EARLY, by=empty.created_by, at=at)
    Criterion.objects.filter(rubric=bare.remote_rubric).delete()
    with pytest.raises(Refusal, match="нет критериев"):
        actions.start_expertise(bare, reason=EARLY, by=bare.created_by, at=at)


def test_an_early_start_needs_a_reason_and_a_timely_one_does_not() -> None:
    contest = contest_with()
    with pytest.raises(Refusal) as no:
        actions.start_expertise(contest, by=contest.created_by, at=world.AT)
    assert no.value.field == "reason"
    actions.start_expertise(contest, by=contest.created_by, at=world.DEADLINE)
    with pytest.raises(WrongState):
        actions.start_expertise(contest, by=contest.created_by, at=world.DEADLINE)


def test_readiness_counts_what_is_in_the_way(at: datetime) -> None:
    contest = contest_with(1)
    world.application(contest, state=ApplicationState.SUBMITTED)
    world.application(contest, state=ApplicationState.RETURNED)
    world.application(contest)
    assert readiness_of(contest, at) == Readiness(1, 1, 1, 1, world.DEADLINE)
    later = world.DEADLINE
    assert readiness_of(contest, later) == Readiness(1, 1, 0, 1, None)
    assert not readiness_of(contest, later).is_early


def test_only_the_organiser_of_the_contest_starts_anything(at: datetime) -> None:
    contest = contest_with()
    stranger = world.member(world.organisation(), Role.ORGANISER)
    with pytest.raises(PermissionDenied):
        actions.start_expertise(contest, by=stranger, at=at)
    with pytest.raises(PermissionDenied):
        actions.start_defence(contest, passing=[], by=stranger, at=at)
    with pytest.raises(PermissionDenied):
        actions.start_council(contest, by=stranger, at=at)
    with pytest.raises(PermissionDenied):
        actions.send_schedule(contest, by=stranger, at=at)


def test_those_over_the_threshold_go_to_the_defence_and_the_others_are_told(at: datetime) -> None:
    contest = judged(started(2, remote_threshold=Decimal(10)), 5, 3)
    choices = choices_of(contest)
    assert [(one.standing.mean, one.passes) for one in choices] == [(Decimal(15), True), (Decimal(9), False)]
    passing = [one.application for one in choices if one.passes]
    made = actions.start_defence(contest, passing=passing, by=contest.created_by, at=at)
    contest.refresh_from_db()
    assert (contest.state, contest.defence_round) == (ContestState.DEFENCE, made)
    assert contest.remote_round is not None
    assert contest.remote_round.state == RoundState.CLOSED
    assert (made.kind, made.rubric, made.is_blind) == (RoundKind.DEFENCE, contest.defence_rubric, False)
    assert list(made.dossiers.all()) == [passing[0].dossier]
    assert _states(contest) == [ApplicationState.TO_DEFENCE, ApplicationState.DECLINED]
    letter = Letter.objects.get(notice="contests.not_to_defence")
    assert "Средний балл заочной экспертизы — 9 из 15. Проходной балл — 10." in letter.body
    assert Letter.objects.filter(notice="contests.to_defence").count() == 1


def test_a_choice_against_the_threshold_needs_a_reason(at: datetime) -> None:
    contest = judged(started(2, remote_threshold=Decimal(10)), 5, 3)
    everybody = [one.application for one in choices_of(contest)]
    with pytest.raises(Refusal, match="расходится с проходным баллом") as no:
        actions.start_defence(contest, passing=everybody, by=contest.created_by, at=at)
    assert no.value.field == "reason"
    actions.start_defence(contest, passing=everybody, reason="Мало заявок", by=contest.created_by, at=at)
    assert _states(contest) == [ApplicationState.TO_DEFENCE] * 2


def test_missing_sheets_need_a_reason(at: datetime) -> None:
    contest = judged(started(2), 5)
    through = [one.application for one in choices_of(contest) if one.passes]
    with pytest.raises(Refusal, match="Не хватает 1 листа"):
        actions.start_defence(contest, passing=through, by=contest.created_by, at=at)
    contest.refresh_from_db()
    assert contest.state == ContestState.EXPERTISE
    actions.start_defence(contest, passing=through, reason="Эксперт болен", by=contest.created_by, at=at)
    letter = Letter.objects.get(notice="contests.not_to_defence")
    assert "Оценок экспертов по ней нет.\n" in letter.body


def test_a_defence_needs_somebody_a_rubric_and_judged_applications(at: datetime) -> None:
    contest, foreign = judged(started(2), 5, 5), world.application(state=ApplicationState.IN_REVIEW)

    def refused(made: Contest, passing: list[Application]) -> str:
        with pytest.raises(Refusal) as no:
            actions.start_defence(made, passing=passing, by=made.created_by, at=at)
        return no.value.text

    everybody = [one.application for one in choices_of(contest)]
    assert refused(contest, []) == "Отметьте хотя бы одну заявку, которую вы допускаете к защите."
    assert refused(contest, [foreign]) == (
        "Список заявок изменился. Обновите страницу и отметьте заявки снова."
    )
    Contest.objects.update(defence_rubric=None)
    assert refused(contest, everybody).startswith("У этого этапа нет критериев.")
    Contest.objects.update(has_defence=False)
    assert refused(contest, everybody).startswith("В этом конкурсе нет открытой защиты.")


def test_a_round_that_never_opened_decides_nothing(at: datetime) -> None:
    contest = started(1, has_defence=False)
    with pytest.raises(Refusal, match="ещё не открыт для экспертов"):
        actions.start_council(contest, reason="Спешим", by=contest.created_by, at=at)


def test_without_a_defence_the_ranking_goes_straight_to_the_council(at: datetime) -> None:
    contest = judged(started(1, has_defence=False), 4)
    actions.start_council(contest, by=contest.created_by, at=at)
    assert contest.state == ContestState.COUNCIL
    contest.refresh_from_db()
    assert contest.remote_round is not None
    assert contest.remote_round.state == RoundState.CLOSED


def test_a_promised_defence_is_not_skipped(at: datetime) -> None:
    contest = judged(started(1), 4)
    with pytest.raises(Refusal, match="Сначала проведите открытую защиту"):
        actions.start_council(contest, by=contest.created_by, at=at)


def test_the_schedule_is_sent_once_and_again_when_it_moves(at: datetime) -> None:
    contest = at_defence()
    here, by = contest.defence_round, contest.created_by
    assert here is not None
    with pytest.raises(Refusal, match="Расписания ещё нет"):
        actions.send_schedule(contest, by=by, at=at)
    dossiers = list(here.dossiers.all())
    review.schedule_all(here, order=dossiers, starts_at=world.DEADLINE, minutes=15, room="Зал", by=by, at=at)
    for _ in range(2):
        assert actions.send_schedule(contest, by=by, at=at) == 2
    letters = Letter.objects.filter(notice="contests.scheduled")
    assert letters.count() == 2
    assert (
        "Выступление и вопросы — 15 мин.\nМесто: Зал.\nСсылка для подключения: не нужна." in letters[0].body
    )
    later = world.DEADLINE + timedelta(days=1)
    review.schedule(here, dossier=dossiers[0], starts_at=later, minutes=15, by=by, at=at)
    actions.send_schedule(contest, by=by, at=at)
    assert letters.count() == 3


def test_after_the_defence_the_council_decides(at: datetime) -> None:
    contest = at_defence()
    here, by = contest.defence_round, contest.created_by
    assert here is not None
    seat(here, by)
    planned(here, by=by, at=at)
    review.open_round(here, by=by, at=at)
    with pytest.raises(Refusal, match="Не хватает 2 листов"):
        actions.start_council(contest, by=by, at=at)
    actions.start_council(contest, reason="Кворума достаточно", by=by, at=at)
    contest.refresh_from_db()
    assert contest.state == ContestState.COUNCIL


def test_a_contest_without_a_round_has_no_choices() -> None:
    assert choices_of(contest_with()) == []


def test_a_cancelled_contest_lets_its_experts_go(at: datetime) -> None:
    contest = judged(started(), 5)
    cancel(contest, reason="Нет средств.", by=contest.created_by, at=at)
    here = contest.remote_round
    assert here is not None
    here.refresh_from_db()
    assert (contest.state, here.state) == (ContestState.CANCELLED, RoundState.CLOSED)
    last = Entry.objects.filter(deed="review.close_round").latest("id")
    assert last.changes == {"reason": "Конкурс отменён: Нет средств.", "calibration": "мало оценок"}
