"""Yearly reports: opened once, written by the site and by people, sent, checked, reminded of."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import User
from innoset.analytics.models import Indicator, Measurement
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter, Message
from innoset.network.models import Dissemination, Membership
from innoset.network.states import DisseminationKind, OrganisationKind, Role
from innoset.projects import notices
from innoset.projects.actions import campaigns, nudges, remarks, report_checks, report_reviews, reports
from innoset.projects.actions.reports import ReportClash, Told
from innoset.projects.models import Remark, Report, ReportNudge, ReportRevision
from innoset.projects.pure.reporting.content import digest_of
from innoset.projects.pure.reporting.steps import Step
from innoset.projects.queries.remarks import remarks_visible_to
from innoset.projects.queries.report_figures import figure_of, figures_of
from innoset.projects.queries.reports import (
    campaigns_visible_to,
    overdue_reports,
    own_reports,
    reports_due_in,
    reports_of,
    reports_visible_to,
)
from innoset.projects.states import ReportState
from innoset.review.models import Round
from tests import world
from tests.projects import report_scene as scenes
from tests.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> scenes.Scene:
    return scenes.scene()


def texts(report: Report) -> dict[str, str]:
    return dict(report.answers.exclude(text="").values_list("key", "text"))


def test_a_report_opens_with_what_the_site_knows(scene):
    report = scenes.opened(scene)
    found = texts(report)
    assert (report.number, report.author, report.project_id, report.due_on) == (
        "kip-2025-001",
        scene.editor,
        scene.status.projects.get().pk,
        scene.campaign.due_on,
    )
    assert {key: found[key] for key in ("I.2", "I.3", "I.4", "I.5", "I.6", "I.7", "I.9")} == {
        "I.2": scene.school.founder.name,
        "I.3": "станица Приречная, улица Школьная, 1",
        "I.4": "Берёзкина Ольга Викторовна",
        "I.5": "+7 000 000-00-07, school7@example.test",
        "I.6": "Проект «Школа наставников сельского района»\nРазработчики: Соколова Вера Петровна",
        "I.7": "https://school7.example.test",
        "I.9": "Орлов Пётр Ильич",
    }
    assert found["II.3"] == (
        "Показатели года:\nМероприятия: 2\nУчастники мероприятий и стажировок: 40 "
        "(ещё у 1 число участников не указано)\nСтажировки: 0\nПубликации: 1\n"
        "Материалы в средствах массовой информации: 0\nИнновационные продукты: 0\n"
        "Мероприятия дорожной карты на год: 2\nВыполненные мероприятия дорожной карты: 1\n"
        "Задачи года: 0\nВыполненные задачи года: 0\nПолученные консультации: 1\nПартнёры проекта: 0\n"
        "Дорожная карта года выполнена на 50 %: 1 из 2."
    )
    assert ["По другой теме" in found["II.4"], "Не в том году" in found["II.4"]] == [False, False]
    assert sorted(set(report.answers.values_list("key", flat=True)) - set(found)) == ["II.2"]


def test_every_figure_is_the_sum_of_its_rows(scene):
    report = scenes.opened(scene)
    counted = {one.key: (one.value, sum(row.amount for row in one.rows)) for one in figures_of(report)}
    assert {key for key, (value, rows) in counted.items() if value != rows} == set()
    assert {key: value for key, (value, _) in counted.items() if value} == {
        "events": 2,
        "people": 40,
        "publications": 1,
        "measures": 2,
        "measures_done": 1,
        "consultations": 1,
    }


def test_opening_twice_opens_nothing_more(scene):
    assert [campaigns.open_by_calendar(at=AT) for _ in range(2)] == [1, 0]
    assert (Report.objects.count(), ReportNudge.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_the_calendar_opens_in_a_colleagues_name_when_the_maker_is_gone(scene):
    Membership.objects.filter(person=scene.organiser).update(until=AT)
    assert campaigns.open_by_calendar(at=AT) == 1
    Membership.objects.update(until=AT)
    scenes.status_of(scene.school, theme="Ещё одна")
    assert campaigns.open_by_calendar(at=AT) == 0


def test_reports_do_not_open_before_their_day(scene):
    early = AT - timedelta(days=1)
    with pytest.raises(Refusal, match="Раньше открыть их нельзя"):
        campaigns.open_reports(scene.campaign, by=scene.organiser, at=early)
    assert campaigns.open_by_calendar(at=early) == 0


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "ended_on", "is_asked"),
    [
        (date(2024, 1, 1), date(2025, 1, 1), None, True),
        (date(2025, 12, 31), date(2027, 1, 1), None, True),
        (date(2024, 1, 1), date(2024, 12, 31), None, False),
        (date(2026, 1, 1), date(2027, 1, 1), None, False),
        (date(2024, 1, 1), date(2026, 1, 1), date(2024, 12, 31), False),
        (date(2024, 1, 1), date(2026, 1, 1), date(2025, 5, 1), True),
    ],
)
def test_who_reports(scene, starts_on, ends_on, ended_on, is_asked):
    scene.status.starts_on, scene.status.ends_on, scene.status.ended_on = starts_on, ends_on, ended_on
    scene.status.state = "completed" if ended_on else "active"
    scene.status.save()
    assert campaigns.open_by_calendar(at=AT) == int(is_asked)


def test_tasks_planned_last_year_come_over_with_the_measuring(scene):
    before = scenes.sent(scene)
    report_checks.accept(before, by=scene.curator, at=AT)
    following = scenes.ReportCampaign(
        code="kip-2026",
        title="Отчёты КИП за 2026 год",
        form_code="kip_report",
        organiser=scene.institute,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        opens_on=AT.date(),
        due_on=AT.date() + timedelta(days=5),
    )
    made = campaigns.make_campaign(following, kinds=[scene.status.kind], by=scene.organiser, at=AT)
    campaigns.open_reports(made, by=scene.organiser, at=AT)
    report = Report.objects.get(campaign=made)
    answers = {one.key: one for one in report.answers.all()}
    task = report.tasks.get()
    assert (task.text, task.is_next, task.carried_from, task.state) == (
        "Провести семинар",
        False,
        before.tasks.get(is_next=True),
        "unknown",
    )
    assert (answers["II.2"].origin, answers["II.2"].text) == (
        "carried",
        before.answers.get(key="II.2").text,
    )
    with pytest.raises(Refusal, match="Не отмечено: 1 задача"):
        reports.submit(report, by=scene.editor, at=AT)
    told = {task.pk: Told("moved")}
    with pytest.raises(Refusal, match="почему не выполнена"):
        reports.tell_tasks(report, told=told, planned=[], by=scene.editor, at=AT)


def test_what_was_typed_stays_when_the_count_changes(scene):
    report = scenes.opened(scene)
    kept = reports.save_field(
        report, key="II.3", text="Мероприятия: 2\nСвои слова", seen=1, by=scene.editor, at=AT
    )
    untouched = report.answers.get(key="II.4").text
    Dissemination.objects.create(
        organisation=scene.school,
        status=scene.status,
        kind=DisseminationKind.SEMINAR,
        title="Ещё один",
        on=date(2025, 12, 1),
        recorded_at=AT,
    )
    changed = reports.restore_prefill(report, by=scene.editor, at=AT)
    after = texts(report)
    assert (kept.answer.version, kept.answer.origin, changed, after["II.3"]) == (
        2,
        "typed",
        1,
        "Мероприятия: 2\nСвои слова",
    )
    assert ("Ещё один" in untouched, "Ещё один" in after["II.4"]) == (False, True)
    assert reports.restore_prefill(report, keys=["II.3"], by=scene.editor, at=AT) == 1
    assert texts(report)["II.3"].startswith("Показатели года:\nМероприятия: 3\n")
    typed = report.revisions.get(key="II.3", version=2)
    reports.restore_text(report, revision=typed, seen=3, by=scene.editor, at=AT)
    assert texts(report)["II.3"] == "Мероприятия: 2\nСвои слова"


def test_two_people_in_one_field_lose_nothing(scene):
    report = scenes.opened(scene)
    reports.save_field(report, key="II.2", text="Мой", seen=0, by=scene.editor, at=AT)
    late = reports.save_field(report, key="II.2", text="Твой", seen=0, by=scene.head, at=AT)
    assert isinstance(late.refusal, ReportClash)
    assert late.refusal.text.startswith("Поле 2 ")
    assert list(ReportRevision.objects.filter(version=None).values_list("text", "saved_by")) == [
        ("Твой", scene.head.pk)
    ]
    assert texts(report)["II.2"] == "Мой"


def test_a_sent_report_is_frozen_and_known_by_its_sum(scene):
    report = scenes.sent(scene)
    version = report.versions.get()
    assert (report.state, report.submitted_by, version.sha256) == (
        ReportState.SUBMITTED,
        scene.editor,
        digest_of(version.values, version.figures),
    )
    assert {one["key"]: one["value"] for one in version.figures if one["value"]} == {
        "events": 2,
        "people": 40,
        "publications": 1,
        "measures": 2,
        "measures_done": 1,
        "consultations": 1,
    }
    assert set(Message.objects.filter(notice="projects.report_sent").values_list("recipient", flat=True)) == {
        scene.organiser.pk,
        scene.curator.pk,
    }
    with pytest.raises(Refusal, match="сдан и проверяется"):
        reports.save_field(report, key="II.2", text="Позже", seen=1, by=scene.editor, at=AT)


def test_an_unfinished_report_is_not_sent(scene):
    report = scenes.opened(scene)
    with pytest.raises(Refusal, match="Заполните поле 2 «Измерение и оценка»"):
        reports.submit(report, by=scene.editor, at=AT)
    assert report.versions.count() == 0


def test_a_required_remark_stops_the_acceptance_until_it_is_settled(scene):
    report = scenes.sent(scene)
    remark = remarks.remark_on_report(
        report, key="II.2", text="Чем измеряли?", is_required=True, by=scene.curator, at=AT
    )
    with pytest.raises(Refusal, match="не снято 1 обязательное замечание"):
        report_checks.accept(report, by=scene.organiser, at=AT)
    report_checks.send_back(report, note="Ответьте на замечание", by=scene.organiser, at=AT)
    report.refresh_from_db()
    assert (report.state, report.return_note, report.due_on) == (
        ReportState.RETURNED,
        "Ответьте на замечание",
        scene.campaign.due_on,
    )
    remarks.answer(remark, text="Анкетами", by=scene.editor, at=AT)
    reports.submit(report, by=scene.head, at=AT)
    remarks.settle(remark, by=scene.curator, at=AT)
    report_checks.accept(report, by=scene.organiser, at=AT)
    report.refresh_from_db()
    last = report.versions.first()
    assert (report.state, report.accepted_by, last.number, last.pdf.name, last.docx.name) == (
        ReportState.ACCEPTED,
        scene.organiser,
        2,
        "КИП-2025-001.pdf",
        "КИП-2025-001.docx",
    )
    with pytest.raises(Refusal, match="уже снято"):
        remarks.answer(remark, text="Ещё", by=scene.editor, at=AT)
    report_checks.reopen(report, note="Нашлась ошибка", by=scene.organiser, at=AT)
    report.refresh_from_db()
    assert (report.state, report.accepted_at) == (ReportState.RETURNED, None)


def test_refusals_of_checking(scene):
    report = scenes.opened(scene)
    with pytest.raises(Refusal, match="ещё не сдан"):
        remarks.remark_on_report(report, key="", text="?", is_required=False, by=scene.curator, at=AT)
    with pytest.raises(Refusal, match="уже прошёл"):
        campaigns.give_time(report, due_on=date(2026, 1, 1), by=scene.organiser, at=AT)
    scenes.filled(scene, report)
    reports.submit(report, by=scene.editor, at=AT)
    with pytest.raises(Refusal, match="Напишите, что исправить"):
        report_checks.send_back(report, note="  ", by=scene.organiser, at=AT)
    with pytest.raises(Refusal, match="Ждут проверки: 1"):
        campaigns.close_campaign(scene.campaign, by=scene.organiser, at=AT)
    with pytest.raises(Refusal, match="Отчёт уже сдан"):
        nudges.nudge(report, by=scene.organiser, at=AT)


def test_remarks_on_a_passport(scene):
    project = scene.status.projects.get()
    made = remarks.remark_on_passport(
        project, key="4", text="Цель слишком широкая", is_required=False, by=scene.curator, at=AT
    )
    told = Message.objects.filter(notice="projects.remarked").values_list("recipient", "url")
    assert (made.version, set(told)) == (
        project.passport.versions.get(),
        {(person.pk, f"/cabinet/projects/{project.number}/") for person in (scene.editor, scene.head)},
    )
    remarks.answer(made, text="Сузили", by=scene.head, at=AT)
    remarks.settle(made, by=scene.curator, at=AT)
    made.refresh_from_db()
    assert (made.answer, made.settled_by) == ("Сузили", scene.curator)
    with pytest.raises(Refusal, match="Такого поля нет"):
        remarks.remark_on_passport(project, key="77", text="?", is_required=False, by=scene.curator, at=AT)


def test_reminders_climb_once_each(scene):
    report = scenes.opened(scene)
    days = (-7, -1, 1, 5)
    due = AT + timedelta(days=20)
    taken = [nudges.remind_by_calendar(at=due + timedelta(days=day)) for day in days]
    again = [nudges.remind_by_calendar(at=due + timedelta(days=day)) for day in days]
    assert (taken, again) == ([1, 1, 2, 1], [0, 0, 0, 0])
    assert list(report.nudges.values_list("step", "reached")) == [
        ("opened", 1),
        ("week", 1),
        ("day", 1),
        ("author", 1),
        ("head", 1),
        ("coordinator", 1),
    ]
    told = Message.objects.filter(notice="projects.report_late").order_by("pk")
    assert list(told.values_list("recipient", "url")) == [
        (scene.editor.pk, f"/cabinet/reports/{report.number}/"),
        (scene.head.pk, f"/cabinet/reports/{report.number}/"),
        (scene.coordinator.pk, f"/office/reports/{report.number}/"),
    ]


def test_without_its_unique_step_the_same_reminder_would_go_out_twice(scene):
    """The guard is off: the step is not written down, and the same day sends the same message again."""
    report = scenes.opened(scene)
    for _ in range(2):
        nudges.tell(report, notices.REPORT_LATE, to=[scene.editor], about="author", at=AT)
    assert Message.objects.filter(notice="projects.report_late").count() == 2
    late = AT + timedelta(days=21)
    assert [nudges.take(report, Step.AUTHOR, at=late) for _ in range(2)] == [True, False]
    assert Message.objects.filter(notice="projects.report_late").count() == 3


def test_a_returned_report_is_reminded_of_anew(scene):
    report = scenes.sent(scene)
    report_checks.send_back(
        report, note="Исправьте", due_on=AT.date() + timedelta(days=3), by=scene.organiser, at=AT
    )
    assert nudges.remind_by_calendar(at=AT + timedelta(days=4)) == 2
    assert list(report.nudges.values_list("step", flat=True)) == ["opened", "author:2", "head:2"]


def test_a_reminder_by_hand_is_sent_once_a_day(scene):
    report = scenes.opened(scene)
    assert nudges.nudge(report, by=scene.coordinator, at=AT) == 2
    with pytest.raises(Refusal, match="уже напоминали"):
        nudges.nudge(report, by=scene.curator, at=AT)
    assert nudges.nudge_many([report], by=scene.organiser, at=AT) == 0
    assert nudges.nudge_many([report], by=scene.organiser, at=AT + timedelta(days=1)) == 1
    Membership.objects.filter(organisation=scene.school).update(until=AT)
    with pytest.raises(Refusal, match=r"писать некому\. Позвоните: \+7 000 000-00-07"):
        nudges.nudge(report, by=scene.organiser, at=AT + timedelta(days=2))
    assert Letter.objects.filter(notice="projects.report_nudged").count() == 4


def test_experts_get_frozen_copies_of_what_was_sent(scene):
    report = scenes.sent(scene)
    rubric, until = world.rubric(), AT + timedelta(days=14)
    given = {"rubric": rubric, "closes_at": until, "sheets_per_report": 2, "by": scene.organiser, "at": AT}
    with pytest.raises(Refusal, match="без экспертизы"):
        report_reviews.start_review(scene.campaign, **given)
    scene.campaign.needs_review = True
    scene.campaign.save()
    made = report_reviews.start_review(scene.campaign, **given)
    report.refresh_from_db()
    assert (scene.campaign.round_number, list(made.dossiers.all()), made.is_blind) == (
        made.pk,
        [report.dossier],
        False,
    )
    assert [one["key"] for one in report.dossier.content] == ["II.1", "II.2", "II.3", "II.4"]
    with pytest.raises(Refusal, match="Эксперты ещё оценивают"):
        report_checks.accept(report, by=scene.organiser, at=AT)
    Round.objects.filter(pk=made.pk).update(state="closed")
    report_checks.accept(report, by=scene.organiser, at=AT)
    with pytest.raises(Refusal, match="уже переданы"):
        report_reviews.start_review(scene.campaign, **given)


def test_walls(scene):
    report = scenes.sent(scene)
    remark = remarks.remark_on_report(report, key="", text="?", is_required=False, by=scene.curator, at=AT)
    elsewhere = world.organisation("СОШ № 9")
    strangers = [world.member(elsewhere, role) for role in (Role.HEAD, Role.COORDINATOR, Role.METHODIST)]
    inside = [scene.editor, scene.head, scene.organiser, scene.curator, scene.coordinator]

    def sees(person):
        return [
            found.exists()
            for found in (
                reports_visible_to(person),
                remarks_visible_to(person),
                campaigns_visible_to(person),
                overdue_reports(AT + timedelta(days=99), person),
            )
        ]

    assert [sees(person) for person in strangers] == [[False] * 4] * 3
    assert [sees(person) for person in inside] == [[True, True, True, False]] * 5
    assert [own_reports(person).exists() for person in inside] == [True, True, False, False, False]
    for deed in (
        lambda by: reports.submit(report, by=by, at=AT),
        lambda by: report_checks.accept(report, by=by, at=AT),
        lambda by: nudges.nudge(report, by=by, at=AT),
        lambda by: remarks.answer(remark, text="x", by=by, at=AT),
        lambda by: remarks.settle(remark, by=by, at=AT),
        lambda by: campaigns.open_reports(scene.campaign, by=by, at=AT),
    ):
        for person in strangers:
            with pytest.raises(PermissionDenied):
                deed(person)


def test_nobody_checks_the_report_of_their_own_organisation(scene):
    report = scenes.sent(scene)
    world.membership(scene.organiser, scene.school, Role.EDITOR)
    with pytest.raises(PermissionDenied):
        report_checks.accept(report, by=User.objects.get(pk=scene.organiser.pk), at=AT)
    assert Remark.objects.count() == 0


def test_lists_by_project_and_place(scene):
    report = scenes.opened(scene)
    late = AT + timedelta(days=21)
    assert [list(reports_of(report.project)), list(reports_due_in(scene.school.municipality))] == [
        [report]
    ] * 2
    assert [
        list(overdue_reports(AT)),
        list(overdue_reports(late)),
        list(overdue_reports(late, scene.coordinator)),
    ] == [
        [],
        [report],
        [report],
    ]
    campaigns.close_campaign(scene.campaign, by=scene.organiser, at=late)
    assert list(overdue_reports(late)) == []


def test_a_campaign_must_make_sense(scene):
    base = {"title": "x", "form_code": "kip_report", "organiser": scene.institute}
    base |= {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    base |= {"opens_on": date(2026, 1, 1), "due_on": date(2026, 2, 1)}
    kinds = [scene.status.kind]
    for wrong, given, field in (
        ({"form_code": "passport"}, kinds, "form_code"),
        ({}, [], "kinds"),
        ({"code": "kip-2025"}, kinds, "code"),
        ({"ends_on": date(2024, 1, 1)}, kinds, "ends_on"),
        ({"due_on": date(2025, 1, 1)}, kinds, "due_on"),
        ({"coordinator_after_days": 0}, kinds, "coordinator_after_days"),
    ):
        campaign = scenes.ReportCampaign(**{**base, "code": "new", **wrong})
        with pytest.raises(Refusal) as no:
            campaigns.make_campaign(campaign, kinds=given, by=scene.organiser, at=AT)
        assert no.value.field == field
    report = scenes.opened(scene)
    campaigns.give_time(report, due_on=AT.date() + timedelta(days=60), by=scene.organiser, at=AT)
    term = AT.date() + timedelta(days=30)
    moved = campaigns.edit_campaign(
        scene.campaign, due_on=term, head_after_days=2, coordinator_after_days=9, by=scene.organiser, at=AT
    )
    assert moved == 0


def test_statistics_of_the_site_stand_in_the_report_of_whoever_runs_it(scene):
    report = scenes.opened(scene)
    visits = Indicator.objects.get(code="site-visits")
    for starts, ends, value in (((2025, 1, 1), (2025, 6, 30), 700), ((2025, 7, 1), (2025, 12, 31), None)):
        given = {"starts_on": date(*starts), "ends_on": date(*ends), "recorded_at": AT}
        Measurement.objects.create(indicator=visits, value=value, **given)
    assert figure_of(report, "site-visits") is None
    scene.school.kind = OrganisationKind.METHOD_CENTRE
    scene.school.save()
    counted = figure_of(Report.objects.get(pk=report.pk), "site-visits")
    assert counted is not None
    assert (counted.value, [row.title for row in counted.rows]) == (700, ["01.01.2025 – 30.06.2025"])
