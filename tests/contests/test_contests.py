"""Making, changing, publishing, cancelling and repeating a contest."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import User
from innoset.contests.actions import contests as actions
from innoset.contests.actions import criteria as criteria_actions
from innoset.contests.models import Contest
from innoset.contests.pure.template import TEMPLATES, template_by_code
from innoset.contests.queries import contests as queries
from innoset.contests.states import ApplicationState, ContestState, StageKind
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter
from innoset.foundation.workflow import WrongState
from innoset.network.models import Organisation
from innoset.network.states import OrganisationKind, Role
from innoset.review.models import Criterion, Rubric
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Organisation:
    """The organisation that runs contests."""
    return world.organisation("МБУ ЦРО", kind=OrganisationKind.METHOD_CENTRE)


@pytest.fixture
def organiser(centre: Organisation) -> User:
    """An organiser of it."""
    return world.member(centre, Role.ORGANISER, "Левина Ольга Павловна")


@pytest.fixture
def draft(centre: Organisation, organiser: User, at: datetime) -> Contest:
    """A complete draft for the next school year."""
    world.status_kind("mip")
    return actions.make_contest(Contest(organiser=centre, school_year=2027), by=organiser, at=at)


def test_one_step_makes_a_complete_draft(draft: Contest, organiser: User, at: datetime) -> None:
    plan = template_by_code("mip")
    assert {
        "title": draft.title,
        "code": draft.code,
        "state": draft.state,
        "kind": draft.status_kind.code,
        "municipality": draft.municipality,
        "nominations": tuple(draft.nominations.values_list("title", flat=True)),
        "stages": [stage.kind for stage in draft.stages.all()],
        "consents": sorted(draft.consents.values_list("code", flat=True)),
        "points": queries.most_points_of(draft),
        "made": (draft.created_by, draft.created_at),
        "gaps": queries.gaps(draft),
    } == {
        "title": plan.title,
        "code": "munitsipalnyy-konkurs-innovatsionnykh-proektov-2027",
        "state": ContestState.DRAFT,
        "kind": "mip",
        "municipality": draft.organiser.municipality,
        "nominations": plan.nominations,
        "stages": ["submission", "check", "remote", "defence", "council", "results"],
        "consents": sorted(plan.consents),
        "points": (Decimal(95), Decimal(100)),
        "made": (organiser, at),
        "gaps": (),
    }


def test_the_kept_criteria_are_those_of_the_template(draft: Contest) -> None:
    plan = template_by_code("mip")
    assert tuple(queries.criteria_of(draft.remote_rubric)) == plan.remote
    assert tuple(queries.criteria_of(draft.defence_rubric)) == plan.defence


@pytest.mark.parametrize("template", [template.code for template in TEMPLATES])
def test_every_template_makes_a_contest_ready_to_publish(
    template: str, centre: Organisation, organiser: User, at: datetime
) -> None:
    plan = template_by_code(template)
    world.status_kind(plan.status_kind)
    contest = Contest(organiser=centre, school_year=2027)
    actions.make_contest(contest, template=template, by=organiser, at=at)
    actions.publish(contest, by=organiser, at=at)
    assert (contest.state, contest.published_at) == (ContestState.OPEN, at)


def test_only_an_organiser_of_the_organisation_makes_a_contest(centre: Organisation, at: datetime) -> None:
    stranger = world.member(world.organisation(), Role.ORGANISER)
    with pytest.raises(PermissionDenied):
        actions.make_contest(Contest(organiser=centre, school_year=2027), by=stranger, at=at)
    assert Contest.objects.count() == 0


def test_an_unknown_template_is_refused(centre: Organisation, organiser: User, at: datetime) -> None:
    with pytest.raises(Refusal) as no:
        actions.make_contest(
            Contest(organiser=centre, school_year=2027), template="none", by=organiser, at=at
        )
    assert (no.value.text, no.value.field) == ("Такого шаблона нет. Выберите шаблон из списка.", "template")


def test_two_contests_of_a_year_have_two_addresses(draft: Contest, organiser: User, at: datetime) -> None:
    second = Contest(organiser=draft.organiser, school_year=2027)
    actions.make_contest(second, by=organiser, at=at)
    assert second.code == "munitsipalnyy-konkurs-innovatsionnykh-proektov-2027-2"


# ── Changing ────────────────────────────────────────────────────────────────


def test_a_draft_changes_in_every_part(draft: Contest, organiser: User, at: datetime) -> None:
    changes = {"title": "Поиск", "edition": 22, "quota": 3, "has_defence": False, "form_code": "kip_report"}
    actions.edit_contest(draft, changes=changes, by=organiser, at=at)
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in changes} == changes


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"title": " "}, "title", "Назовите конкурс."),
        ({"form_code": "none"}, "form_code", "Такой формы нет. Выберите форму из списка."),
        ({"code": ""}, "code", "Этот адрес уже занят другим конкурсом. Придумайте другой."),
        (
            {"sheets_per_application": 0},
            "sheets_per_application",
            "Заявку читает хотя бы один эксперт. Поставьте число от 1.",
        ),
        (
            {"applications_per_organisation": 0},
            "applications_per_organisation",
            "От организации принимают хотя бы одну заявку. Поставьте число от 1.",
        ),
    ],
)
def test_senseless_changes_are_refused(
    draft: Contest, organiser: User, changes: dict[str, object], field: str, text: str
) -> None:
    with pytest.raises(Refusal) as no:
        actions.edit_contest(draft, changes=changes, by=organiser, at=world.AT)
    assert (no.value.text, no.value.field) == (text, field)


def test_an_address_of_another_contest_is_refused(draft: Contest, organiser: User, at: datetime) -> None:
    other = world.contest()
    with pytest.raises(Refusal) as no:
        actions.edit_contest(draft, changes={"code": other.code}, by=organiser, at=at)
    assert no.value.field == "code"


def test_a_column_that_is_no_part_of_a_contest_is_a_mistake_of_the_programmer(
    draft: Contest, organiser: User, at: datetime
) -> None:
    with pytest.raises(ValueError, match="state"):
        actions.edit_contest(draft, changes={"state": "finished"}, by=organiser, at=at)


def test_rules_stay_once_somebody_has_applied(draft: Contest, organiser: User, at: datetime) -> None:
    actions.publish(draft, by=organiser, at=at)
    world.application(draft)
    actions.edit_contest(draft, changes={"summary": "Новый текст."}, by=organiser, at=at)
    with pytest.raises(Refusal) as no:
        actions.edit_contest(draft, changes={"quota": 1}, by=organiser, at=at)
    assert (no.value.text, no.value.field) == (
        "На конкурс уже есть заявки. Правила, по которым их готовили, менять нельзя.",
        "quota",
    )
    draft.refresh_from_db()
    assert (draft.summary, draft.quota) == ("Новый текст.", template_by_code("mip").quota)


def test_rules_stay_once_experts_read(organiser: User, centre: Organisation, at: datetime) -> None:
    contest = world.contest(ContestState.EXPERTISE, organiser=centre)
    with pytest.raises(Refusal) as no:
        actions.edit_contest(contest, changes={"quota": 1}, by=organiser, at=at)
    assert no.value.text == "Экспертиза уже началась: правила конкурса больше не меняются."


def test_a_finished_contest_never_changes(organiser: User, centre: Organisation, at: datetime) -> None:
    contest = world.contest(ContestState.FINISHED, organiser=centre)
    with pytest.raises(Refusal) as no:
        actions.edit_contest(contest, changes={"summary": "Иначе."}, by=organiser, at=at)
    assert no.value.text == "Конкурс уже закрыт: его сведения больше не меняются."


def test_nominations_are_set_in_order(draft: Contest, organiser: User, at: datetime) -> None:
    wanted = [("Отчёт", None), ("Инновационный проект", 3)]
    actions.set_nominations(draft, nominations=wanted, by=organiser, at=at)
    assert list(draft.nominations.values_list("title", "quota")) == wanted


@pytest.mark.parametrize(
    ("nominations", "text"),
    [
        ([], "Назовите каждую номинацию; нужна хотя бы одна."),
        ([("Проект", None), (" ", 1)], "Назовите каждую номинацию; нужна хотя бы одна."),
        (
            [("Проект", None), ("ПРОЕКТ", 1)],
            "Две номинации названы одинаково. Измените одно из названий.",
        ),
    ],
)
def test_senseless_nominations_are_refused(
    draft: Contest, organiser: User, at: datetime, nominations: list[tuple[str, int | None]], text: str
) -> None:
    with pytest.raises(Refusal) as no:
        actions.set_nominations(draft, nominations=nominations, by=organiser, at=at)
    assert no.value.text == text


def test_a_nomination_with_applications_stays(draft: Contest, organiser: User, at: datetime) -> None:
    world.application(draft, nomination=draft.nominations.get(title="Инновационный продукт"))
    with pytest.raises(Refusal) as no:
        actions.set_nominations(draft, nominations=[("Проект", None)], by=organiser, at=at)
    assert no.value.text == "В номинации «Инновационный продукт» есть заявки: убрать её нельзя."


def test_consents_are_chosen_until_somebody_applies(draft: Contest, organiser: User, at: datetime) -> None:
    other = world.consent_text("photo")
    actions.set_consents(draft, consents=[other], by=organiser, at=at)
    assert list(draft.consents.all()) == [other]
    world.application(draft)
    with pytest.raises(Refusal):
        actions.set_consents(draft, consents=[], by=organiser, at=at)
    assert list(draft.consents.all()) == [other]


# ── The calendar ────────────────────────────────────────────────────────────


def test_a_later_deadline_is_told_to_those_who_applied(draft: Contest, organiser: User, at: datetime) -> None:
    actions.publish(draft, by=organiser, at=at)
    applicant = world.member(school := world.organisation())
    world.application(draft, school, created_by=applicant)
    stages = [
        replace(one, ends_at=one.ends_at + timedelta(days=2)) if one.kind == "results" else one
        for one in queries.plan_of(draft)
    ]
    actions.set_calendar(draft, stages=stages, by=organiser, at=at)
    letter = Letter.objects.get()
    assert (letter.address, letter.subject) == (
        applicant.email,
        f"Изменились сроки конкурса: {draft.title}",
    )
    assert "Приказ и итоги: " in letter.body
    assert "Приём заявок: " not in letter.body


def test_a_draft_changes_its_terms_in_silence(draft: Contest, organiser: User, at: datetime) -> None:
    stages = [replace(one, title="Первый тур") for one in queries.plan_of(draft)]
    actions.set_calendar(draft, stages=stages, by=organiser, at=at)
    assert {stage.title for stage in draft.stages.all()} == {"Первый тур"}
    assert Letter.objects.count() == 0


def test_a_faulty_calendar_is_refused_by_the_name_of_the_stage(
    draft: Contest, organiser: User, at: datetime
) -> None:
    stages = [one for one in queries.plan_of(draft) if one.kind != "remote"]
    with pytest.raises(Refusal) as no:
        actions.set_calendar(draft, stages=stages, by=organiser, at=at)
    assert (no.value.text, no.value.field) == (
        "Укажите начало и конец этапа «Заочная экспертиза».",
        "remote_starts_at",
    )
    assert draft.stages.count() == 6


# ── Criteria ────────────────────────────────────────────────────────────────


def test_criteria_are_replaced_in_order(draft: Contest, organiser: User, at: datetime) -> None:
    first, second, *_ = queries.criteria_of(draft.remote_rubric)
    rubric = criteria_actions.set_criteria(
        draft, tour="remote", criteria=[second, first], by=organiser, at=at
    )
    assert (rubric.pk, queries.criteria_of(rubric)) == (draft.remote_rubric_id, [second, first])
    assert list(rubric.criteria.values_list("number", flat=True)) == [1, 2]


def test_a_contest_without_defence_gets_its_rubric_when_asked(
    centre: Organisation, organiser: User, at: datetime
) -> None:
    contest = world.contest(ContestState.DRAFT, organiser=centre)
    plan = template_by_code("mip").defence
    rubric = criteria_actions.set_criteria(contest, tour="defence", criteria=plan, by=organiser, at=at)
    contest.refresh_from_db()
    assert (contest.defence_rubric, tuple(queries.criteria_of(rubric))) == (rubric, plan)


@pytest.mark.parametrize(
    ("change", "field", "text"),
    [
        ({"title": " "}, "title", "Назовите критерий 1."),
        ({"weight": Decimal(0)}, "weight", "Вес критерия 1 должен быть больше нуля."),
        ({"levels": ("нет", "да")}, "levels", "У критерия 1 должно быть не меньше трёх уровней: 0, 1 и 2."),
        ({"levels": ("нет", " ", "да")}, "levels", "Опишите словами каждый уровень критерия 1."),
        (
            {"comment_at_most": 6},
            "comment_at_most",
            "Порог обязательного пояснения критерия 1 выше наибольшей оценки.",
        ),
    ],
)
def test_senseless_criteria_are_refused(
    draft: Contest, organiser: User, change: dict[str, Any], field: str, text: str
) -> None:
    first = replace(queries.criteria_of(draft.remote_rubric)[0], **change)
    with pytest.raises(Refusal) as no:
        criteria_actions.set_criteria(draft, tour="remote", criteria=[first], by=organiser, at=world.AT)
    assert (no.value.text, no.value.field) == (text, field)


def test_a_rubric_that_was_scored_by_is_frozen(draft: Contest, organiser: User, at: datetime) -> None:
    Rubric.objects.filter(pk=draft.remote_rubric_id).update(is_frozen=True)
    with pytest.raises(Refusal) as no:
        criteria_actions.set_criteria(draft, tour="remote", criteria=[], by=organiser, at=at)
    assert no.value.text == "По этим критериям уже есть оценки: изменить их нельзя."
    assert Criterion.objects.filter(rubric=draft.remote_rubric).count() == 7


def test_criteria_stay_once_experts_read(centre: Organisation, organiser: User, at: datetime) -> None:
    contest = world.contest(ContestState.EXPERTISE, organiser=centre)
    with pytest.raises(Refusal) as no:
        criteria_actions.set_criteria(contest, tour="remote", criteria=[], by=organiser, at=at)
    assert no.value.text == "Экспертиза уже началась: критерии больше не меняются."


def test_criteria_stay_once_somebody_has_applied(draft: Contest, organiser: User, at: datetime) -> None:
    world.application(draft)
    with pytest.raises(Refusal) as no:
        criteria_actions.set_criteria(draft, tour="remote", criteria=[], by=organiser, at=at)
    assert no.value.text == "На конкурс уже есть заявки. Критерии, по которым их готовили, менять нельзя."


# ── Publishing ──────────────────────────────────────────────────────────────


def test_publishing_names_what_is_missing(draft: Contest, organiser: User, at: datetime) -> None:
    draft.nominations.all().delete()
    draft.stages.all().delete()
    draft.consents.clear()
    draft.remote_rubric.criteria.all().delete()
    Contest.objects.filter(pk=draft.pk).update(summary="", final_threshold=200)
    draft.refresh_from_db()
    assert [gap.part for gap in queries.gaps(draft)] == [
        "general",
        "nominations",
        *["calendar"] * 6,
        "criteria",
        *["rules"] * 2,
        "consents",
    ]
    with pytest.raises(Refusal) as no:
        actions.publish(draft, by=organiser, at=at)
    assert no.value.text == (
        "Конкурс пока нельзя опубликовать. Напишите, о чём конкурс: два-три предложения для участников. "
        "И ещё замечаний: 11."
    )
    draft.refresh_from_db()
    assert draft.state == ContestState.DRAFT


def test_a_criterion_without_words_is_a_gap(draft: Contest) -> None:
    criterion = draft.remote_rubric.criteria.get(number=2)
    criterion.levels[3]["text"] = ""
    criterion.save()
    assert [gap.text for gap in queries.gaps(draft)] == [
        "Опишите словами каждый уровень критерия 2 заочной экспертизы: «Новизна (инновационность)»."
    ]


def test_a_contest_whose_reception_is_over_is_not_published(
    draft: Contest, organiser: User, at: datetime
) -> None:
    late = queries.stage_of(draft, StageKind.SUBMISSION)
    assert late is not None
    with pytest.raises(Refusal) as no:
        actions.publish(draft, by=organiser, at=late.ends_at)
    assert no.value.text == (
        "Конкурс пока нельзя опубликовать. Срок приёма заявок уже прошёл: измените сроки."
    )


def test_a_contest_is_published_once(draft: Contest, organiser: User, at: datetime) -> None:
    actions.publish(draft, by=organiser, at=at)
    with pytest.raises(WrongState):
        actions.publish(draft, by=organiser, at=at)


def test_the_public_sees_neither_drafts_nor_what_was_cancelled_unseen(
    draft: Contest, organiser: User, at: datetime
) -> None:
    world.contest(ContestState.CANCELLED)
    assert list(queries.published_contests()) == []
    actions.publish(draft, by=organiser, at=at)
    actions.cancel(draft, reason="Нет средств.", by=organiser, at=at)
    assert list(queries.published_contests()) == [draft]


def test_a_contest_goes_back_to_a_draft_while_nobody_applies(
    draft: Contest, organiser: User, at: datetime
) -> None:
    actions.publish(draft, by=organiser, at=at)
    actions.unpublish(draft, by=organiser, at=at)
    assert (draft.state, draft.published_at) == (ContestState.DRAFT, None)
    actions.publish(draft, by=organiser, at=at)
    world.application(draft)
    with pytest.raises(Refusal) as no:
        actions.unpublish(draft, by=organiser, at=at)
    assert no.value.text == (
        "На конкурс уже есть заявки: снять его с публикации нельзя. Можно отменить его, указав причину."
    )


def test_cancelling_tells_the_reason_to_those_who_applied(
    draft: Contest, organiser: User, at: datetime
) -> None:
    actions.publish(draft, by=organiser, at=at)
    applicant = world.member(school := world.organisation())
    application = world.application(draft, school, created_by=applicant)
    world.application(draft, state=ApplicationState.WITHDRAWN)
    actions.cancel(draft, reason=" Нет средств. ", by=organiser, at=at)
    assert (draft.state, draft.cancel_reason) == (ContestState.CANCELLED, "Нет средств.")
    letter = Letter.objects.get()
    assert (letter.address, letter.subject) == (applicant.email, f"Конкурс отменён: {draft.title}")
    assert f"Причина: Нет средств.\n\nВаша заявка {application.shown_number} сохранена" in letter.body


def test_cancelling_needs_a_reason(draft: Contest, organiser: User, at: datetime) -> None:
    with pytest.raises(Refusal) as no:
        actions.cancel(draft, reason=" ", by=organiser, at=at)
    assert (no.value.text, no.value.field) == (
        "Напишите, почему конкурс отменён: это прочтут участники.",
        "reason",
    )


# ── Repeating ───────────────────────────────────────────────────────────────


def test_last_years_contest_is_repeated_in_one_step(draft: Contest, organiser: User, at: datetime) -> None:
    changes = {"edition": 21, "quota": 7, "organisation_kinds": ["school"]}
    actions.edit_contest(draft, changes=changes, by=organiser, at=at)
    fresh = actions.copy_contest(draft, by=organiser, at=at)
    assert (fresh.school_year, fresh.edition, fresh.code, fresh.state, fresh.copied_from) == (
        2028,
        22,
        "munitsipalnyy-konkurs-innovatsionnykh-proektov-2028",
        ContestState.DRAFT,
        draft,
    )
    assert (fresh.quota, fresh.organisation_kinds, fresh.organiser) == (7, ["school"], draft.organiser)
    assert list(fresh.nominations.values_list("title", "quota")) == list(
        draft.nominations.values_list("title", "quota")
    )
    assert [one.starts_at - timedelta(weeks=52) for one in queries.plan_of(fresh)] == [
        one.starts_at for one in queries.plan_of(draft)
    ]
    assert queries.gaps(fresh) == ()


def test_the_old_contest_keeps_its_own_criteria(draft: Contest, organiser: User, at: datetime) -> None:
    fresh = actions.copy_contest(draft, by=organiser, at=at)
    before = queries.criteria_of(draft.remote_rubric)
    assert queries.criteria_of(fresh.remote_rubric) == before
    criteria_actions.set_criteria(fresh, tour="remote", criteria=before[:1], by=organiser, at=at)
    assert queries.criteria_of(draft.remote_rubric) == before
    assert fresh.remote_rubric_id != draft.remote_rubric_id
    assert fresh.defence_rubric_id != draft.defence_rubric_id


def test_a_repeated_contest_takes_the_newer_text_of_a_consent(
    draft: Contest, organiser: User, at: datetime
) -> None:
    old = draft.consents.order_by("code").first()
    assert old is not None
    type(old).objects.filter(pk=old.pk).update(is_current=False)
    newer = world.consent_text(old.code, version=old.version + 1)
    fresh = actions.copy_contest(draft, by=organiser, at=at)
    assert list(fresh.consents.filter(code=old.code)) == [newer]
    assert list(draft.consents.filter(code=old.code)) == [old]


def test_only_its_organisers_change_a_contest(draft: Contest, at: datetime) -> None:
    stranger = world.member(world.organisation(), Role.ORGANISER)
    for deed in (actions.publish, actions.unpublish, actions.copy_contest):
        with pytest.raises(PermissionDenied):
            deed(draft, by=stranger, at=at)
    with pytest.raises(PermissionDenied):
        actions.cancel(draft, reason="Так.", by=stranger, at=at)


def test_who_sees_which_contests(draft: Contest, organiser: User) -> None:
    near = world.organisation(municipality=draft.organiser.municipality)
    approver, stranger = world.member(near, Role.APPROVER), world.member(near, Role.EDITOR)
    world.contest()
    assert list(queries.contests_visible_to(organiser)) == [draft]
    assert list(queries.contests_visible_to(approver)) == [draft]
    assert list(queries.contests_visible_to(stranger)) == []
    assert queries.contests_visible_to(world.person(is_superuser=True)).count() == 2
