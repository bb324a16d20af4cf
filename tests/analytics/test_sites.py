"""The index of a site and its analysis beside the expert's."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from innoset.analytics import actions
from innoset.analytics.actions.analyses import Mark
from innoset.analytics.models import Analysis, AnalysisQuestion, IndexFormula
from innoset.analytics.pure.findings import analysis_finding
from innoset.analytics.queries import analyses as queries
from innoset.analytics.queries.index import formula_of, ranking_of, reckoning_of
from innoset.foundation.errors import Refusal
from innoset.network.models import Accompaniment
from innoset.network.states import DisseminationKind, Part, Role
from innoset.projects.models import Report, ReportCampaign
from innoset.projects.states import ReportState
from tests import world
from tests.analytics import scene as scenes
from tests.analytics.scene import shared, site

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
D = Decimal
K = DisseminationKind


@pytest.fixture
def scene():
    return scenes.made()


def reported(status, at, *, days_late=0, due=date(2026, 6, 1), state=ReportState.SUBMITTED):
    """Write down a report that was sent so many days after its term."""
    campaign, _ = ReportCampaign.objects.get_or_create(
        code="kip-2026",
        defaults={
            "title": "Отчёты", "form_code": "kip", "organiser": status.organisation, "starts_on": date(2025, 9, 1),
            "ends_on": date(2026, 5, 31), "opens_on": date(2026, 5, 1), "due_on": due, "created_at": at, "created_by": world.person(),
        },
    )  # fmt: skip
    sent = {
        "submitted_at": at.replace(year=2026, month=6, day=1) + timedelta(days=days_late),
        "submitted_by": world.person(),
    }
    return Report.objects.create(
        number=f"О-{status.number}", campaign=campaign, status=status, organisation=status.organisation, form_code="kip",
        form_version="1", starts_on=date(2025, 9, 1), ends_on=date(2026, 5, 31), due_on=due, state=state, opened_at=at,
        **({} if state == ReportState.OPEN else sent),
    )  # fmt: skip


def test_the_index_of_a_year(scene, at):
    ours, theirs = site(scene.school), site(scene.neighbour)
    reported(ours, at)
    reported(theirs, at, days_late=3)
    for month in (1, 2, 3, 4):
        shared(scene.school, date(2026, month, 1))
    shared(scene.school, date(2026, 5, 1), people=None, kind=K.PUBLICATION)
    shared(scene.neighbour, date(2026, 5, 1), people=None)
    assert [(one.place, str(one.organisation), one.reckoning.verdict) for one in ranking_of(2026, TODAY, person=scene.keeper)] == [
        ("1", "СОШ № 1", "67,00"),
        ("—", "СОШ № 2", "нельзя посчитать: нет числа участников ни в одной записи о мероприятиях"),
    ]  # fmt: skip
    steps = [
        (step.part.code, step.value, step.points) for step in reckoning_of(scene.school, 2026, TODAY).steps
    ]
    assert steps == [
        ("reports", D(1), D("20.00")),
        ("events", D(4), D("25.00")),
        ("people", D(80), D("12.00")),
        ("publications", D(1), D("10.00")),
        ("products", D(0), D("0.00")),
    ]
    assert [str(one.organisation) for one in ranking_of(2026, TODAY, person=scene.head)] == ["СОШ № 1"]


def test_nobody_told_is_not_nought(scene, at):
    ours, theirs = site(scene.school), site(scene.neighbour)
    reported(ours, at, state=ReportState.OPEN, due=date(2026, 12, 30))
    reported(theirs, at)
    Report.objects.filter(status=theirs).update(
        state=ReportState.ACCEPTED, accepted_at=at, accepted_by=world.person()
    )
    verdicts = {
        str(one.organisation): one.reckoning.verdict for one in ranking_of(2026, TODAY, person=scene.keeper)
    }
    # An accepted report without a single record says that there was nothing: that is a nought.
    assert verdicts == {
        "СОШ № 1": "нельзя посчитать: нет отчётов, срок которых пришёлся на этот год, нет записей о распространении опыта, "
        "нет числа участников ни в одной записи о мероприятиях",
        "СОШ № 2": "20,00",
    }


def test_a_new_formula_leaves_past_years_alone(scene, at):
    ours = site(scene.school)
    reported(ours, at)
    shared(scene.school, date(2026, 3, 1))
    before = reckoning_of(scene.school, 2026, TODAY)
    part = {"code": "reports", "title": "Отчёты", "weight": "1", "full": "1", "definition": "Только отчёты."}
    later = at.replace(year=2027, month=3)
    fresh = IndexFormula(title="Индекс", parts=[part], note="Проще")
    with pytest.raises(PermissionDenied):
        actions.publish_formula(fresh, by=scene.coordinator, at=later)
    actions.publish_formula(fresh, by=scene.keeper, at=later)
    assert [formula_of(year).version for year in (2025, 2026, 2027)] == [1, 1, 2]
    assert reckoning_of(scene.school, 2026, date(2027, 4, 1)) == before
    refused = [
        (fresh, "Опубликованную редакцию не меняют"),
        (IndexFormula(title="Индекс", parts=[{**part, "weight": "0.5"}], note="x"), "должны дать 100 %"),
        (IndexFormula(title="Индекс", parts=[part], note=" "), "что изменилось"),
    ]
    for formula, said in refused:
        with pytest.raises(Refusal, match=said):
            actions.publish_formula(formula, by=scene.keeper, at=later)


def marks(*values):
    codes = AnalysisQuestion.objects.filter(is_active=True).values_list("code", flat=True)
    return {code: Mark(value, "видно по делам") for code, value in zip(codes, values, strict=False)}


def analysis(status, view=Analysis.View.OWN):
    return Analysis(status=status, school_year=2026, view=view)


def test_neither_analysis_sees_the_other_before_both_are_sent(scene, at):
    status = site(scene.school)
    tutor = world.member(scene.neighbour, Role.TUTOR)
    Accompaniment.objects.create(status=status, person=tutor, part=Part.TUTOR, since=date(2026, 1, 1))
    own = actions.save_analysis(analysis(status), marks=marks(4, 4), summary="Хорошо", by=scene.head, at=at)
    with pytest.raises(Refusal, match="Первое без оценки: «Ресурсов хватает"):
        actions.send_analysis(own, by=scene.head, at=at)
    again = actions.save_analysis(
        analysis(status), marks=marks(*[3] * 10), summary="Лучше", by=scene.head, at=at
    )
    assert (again, again.answers.count()) == (own, 10)
    actions.send_analysis(own, by=scene.head, at=at)
    expert = actions.save_analysis(
        analysis(status, Analysis.View.EXPERT), marks=marks(*[1] * 10), summary="", by=tutor, at=at
    )
    assert queries.both_of(status, 2026).are_sent is False
    assert set(queries.analyses_visible_to(scene.head)) == {own}
    assert set(queries.analyses_visible_to(tutor)) == {own, expert}
    actions.send_analysis(expert, by=tutor, at=at)
    both = queries.both_of(status, 2026)
    assert (both.are_sent, set(queries.analyses_visible_to(scene.head))) == (True, {own, expert})
    assert set(queries.analyses_visible_to(scene.coordinator)) == {own, expert}
    assert set(queries.analyses_visible_to(scene.stranger)) == set()
    assert analysis_finding(queries.pairs_of(both)).startswith(
        "Оценки разошлись на 2 балла и больше в 10 из 10"
    )
    for late in (analysis(status), own):
        with pytest.raises(Refusal, match="уже отправлен"):
            actions.save_analysis(late, marks={}, summary="", by=scene.head, at=at)
    with pytest.raises(Refusal, match="уже отправлен"):
        actions.send_analysis(own, by=scene.head, at=at)
    with pytest.raises(Refusal, match="Напишите, почему"):
        actions.return_analysis(own, reason=" ", by=scene.keeper, at=at)
    actions.return_analysis(own, reason="Ошиблись годом", by=scene.keeper, at=at)
    with pytest.raises(Refusal, match="возвращать нечего"):
        actions.return_analysis(own, reason="ещё раз", by=scene.keeper, at=at)
    assert queries.both_of(status, 2026).are_sent is False


def test_who_may_analyse_whom(scene, at):
    status = site(scene.school)
    wrong = [
        (analysis(status), scene.stranger),
        (analysis(status), scene.keeper),
        (analysis(status, Analysis.View.EXPERT), scene.head),
        (analysis(status, Analysis.View.EXPERT), scene.coordinator),
    ]
    for one, person in wrong:
        with pytest.raises(PermissionDenied):
            actions.save_analysis(one, marks={}, summary="", by=person, at=at)
    with pytest.raises(Refusal, match="от 0 до 4"):
        actions.save_analysis(analysis(status), marks=marks(5), summary="", by=scene.head, at=at)
    early = Analysis(status=status, school_year=2027, view=Analysis.View.OWN)
    with pytest.raises(Refusal, match="ещё не начался"):
        actions.save_analysis(early, marks={}, summary="", by=scene.head, at=at)
    assert list(queries.own_sites(scene.head, TODAY)) == [status]
    assert list(queries.sites_to_analyse(scene.stranger, TODAY)) == []
    assert (queries.school_year_of(date(2026, 8, 31)), queries.year_title(2099)) == (
        2025,
        "2099/00 учебный год",
    )
