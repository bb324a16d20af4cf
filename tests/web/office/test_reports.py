"""Yearly reports in the office: lists, the overdue, decisions, campaigns, the expertise."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse

from innoset.foundation.notify.models import Message
from innoset.network.states import Role
from innoset.projects.actions import campaigns, remarks
from innoset.projects.models import Remark, Report, ReportCampaign
from innoset.review.models import Round
from tests import world
from tests.projects import report_scene as scenes
from tests.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> scenes.Scene:
    return scenes.scene()


def url(name: str, *args: object) -> str:
    return reverse(f"office:{name}", args=args)


def body(response) -> str:
    return response.content.decode()


def second(scene, **fields) -> Report:
    """Open a report of another school whose term is over."""
    other = world.organisation("СОШ № 11", phone="+7 000 000-00-11")
    status = scenes.status_of(other, theme="Ещё одна тема")
    campaigns.open_reports(scene.campaign, by=scene.organiser, at=AT)
    Report.objects.filter(status=status).update(due_on=AT.date() - timedelta(days=90), **fields)
    return Report.objects.get(status=status)


def test_the_list_its_filter_and_its_table(scene, django_assert_max_num_queries):
    sent = scenes.sent(scene)
    late = second(scene)
    client = world.signed_in(scene.organiser)
    with django_assert_max_num_queries(40):
        page = body(client.get(url("reports")))
    assert [number in page for number in (sent.said_number, late.said_number)] == [True, True]
    assert "Кто не сдал: 1" in page
    for query, found in (
        ("state=late", [False, True]),
        ("state=submitted", [True, False]),
        ("q=наставников", [True, False]),
        (f"q={sent.said_number}", [True, False]),
        ("campaign=kip-2025", [True, True]),
    ):
        page = body(client.get(f"{url('reports')}?{query}"))
        assert [f">{number}<" in page for number in (sent.said_number, late.said_number)] == found
    from python_calamine import CalamineWorkbook  # reason: slow to load, and few need it

    data = client.get(f"{url('reports_download')}?state=late").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[:2] + row[7:8] + row[9:] for row in rows[1:]] == [
        [
            late.said_number,
            "СОШ № 11",
            "Заполняется",
            "21.11.2026: отчёт открыт, писать некому",
            "'+7 000 000-00-11",
        ]
    ]


def test_who_is_late_whom_to_call_and_one_reminder_to_several(scene):
    first = scenes.opened(scene)
    Report.objects.update(due_on=AT.date() - timedelta(days=90))
    late = second(scene)
    client = world.signed_in(scene.organiser)
    page = body(client.get(url("reports_overdue")))
    assert ["+7 000 000-00-07" in page, "+7 000 000-00-11" in page, "Не сдано отчётов: 2" in page] == [
        True
    ] * 3
    chosen = {"report": [first.pk, late.pk, "x"]}
    said = body(client.post(url("reports_nudge"), chosen, follow=True))
    again = body(client.post(url("reports_nudge"), chosen, follow=True))
    assert ("Напоминание отправлено: 1" in said, "Напоминать не о чем" in again) == (True, True)
    assert Message.objects.filter(notice="projects.report_nudged").count() == 2


def test_a_draft_stays_with_its_organisation(scene):
    report = scenes.opened(scene)
    client = world.signed_in(scene.curator)
    page = body(client.get(url("report", report.number)))
    assert ("Отчёт ещё не сдан" in page, scene.school.address in page) == (True, False)
    assert client.get(url("report_paper", report.number, "pdf")).status_code == 404
    assert client.get(url("report_figure", report.number, "events")).status_code == 404


def test_the_way_to_acceptance(scene):
    report = scenes.sent(scene)
    curator, organiser = world.signed_in(scene.curator), world.signed_in(scene.organiser)
    empty = curator.post(url("report_remark", report.number), {"key": "II.2", "text": ""})
    assert (empty.status_code, "Заполните поле «Замечание»" in body(empty)) == (422, True)
    curator.post(url("report_remark", report.number), {"key": "II.2", "text": "?", "is_required": "on"})
    stopped = organiser.post(url("report_decide", report.number, "accept"))
    assert "не снято 1 обязательное замечание" in body(stopped)
    curator.post(url("remark_settle", Remark.objects.get().pk))
    nothing = organiser.post(url("report_decide", report.number, "return"), {"note": ""})
    assert "Заполните поле «Что исправить»" in body(nothing)
    organiser.post(url("report_decide", report.number, "accept"))
    report.refresh_from_db()
    paper = organiser.get(url("report_paper", report.number, "pdf"))
    assert (report.state, paper.content[:5], paper["Content-Disposition"][:10]) == (
        "accepted",
        b"%PDF-",
        "attachment",
    )
    figure = body(organiser.get(url("report_figure", report.number, "people")))
    assert ("Участники мероприятий и стажировок: 40" in figure, "На сайте теперь" in figure) == (True, False)
    scene.school.disseminations.filter(people=40).update(people=41)
    assert "На сайте теперь 41" in body(organiser.get(url("report_figure", report.number, "people")))
    organiser.post(url("report_decide", report.number, "reopen"), {"note": "Нашлась ошибка", "due_on": ""})
    report.refresh_from_db()
    assert report.state == "returned"
    assert organiser.get(url("report_decide", report.number, "burn")).status_code == 404


def test_strangers_find_nothing(scene):
    report = scenes.sent(scene)
    made = remarks.remark_on_report(report, key="", text="?", is_required=False, by=scene.curator, at=AT)
    client = world.signed_in(world.member(world.organisation(), Role.COORDINATOR))
    found = [
        client.get(url("report", report.number)).status_code,
        client.get(url("report_paper", report.number, "pdf")).status_code,
        client.post(url("report_remark", report.number), {"text": "x"}).status_code,
        client.post(url("remark_settle", made.pk)).status_code,
        client.get(url("report_campaign", "kip-2025")).status_code,
        client.get(url("report_review", "kip-2025")).status_code,
        client.get(url("project_remark", report.project.number)).status_code,
    ]
    assert found == [404] * 7


def test_a_campaign_is_announced_moved_opened_and_closed(scene):
    client = world.signed_in(scene.organiser)
    given = {
        "title": "Отчёты МИП",
        "code": "mip-2025",
        "form_code": "site_report",
        "kinds": [world.status_kind("test-mip").pk],
        "organiser": scene.institute.pk,
        "starts_on": "2025-01-01",
        "ends_on": "2025-12-31",
        "opens_on": "2026-01-10",
        "due_on": "2026-02-10",
        "head_after_days": 1,
        "coordinator_after_days": 5,
    }
    wrong = body(client.post(url("report_campaign_new"), {**given, "due_on": "2026-01-01"}))
    assert ("Срок должен быть позже дня, когда отчёты откроются" in wrong, "Отчёты МИП" in wrong) == (
        True,
        True,
    )
    client.post(url("report_campaign_new"), given)
    here = url("report_campaign", "mip-2025")
    client.post(url("report_campaign_move", "mip-2025", "open"))
    term = {"due_on": "2026-03-01", "head_after_days": 2, "coordinator_after_days": 7}
    said = body(client.post(here, term, follow=True))
    report = Report.objects.get(campaign__code="mip-2025")
    assert ("Новый срок получили: 1" in said, report.due_on.isoformat(), report.form_code) == (
        True,
        "2026-03-01",
        "site_report",
    )
    client.post(url("report_campaign_move", "mip-2025", "close"))
    assert "mip-2025" in body(client.get(url("report_campaigns")))
    assert ReportCampaign.objects.get(code="mip-2025").closed_at is not None


def test_the_expertise_of_reports(scene):
    report = scenes.sent(scene)
    ReportCampaign.objects.update(needs_review=True)
    client, rubric = world.signed_in(scene.organiser), world.rubric()
    expert = world.member(world.organisation("СОШ № 30"), Role.EXPERT, "Ромашин Игорь Степанович")
    here = url("report_review", "kip-2025")
    past = {"rubric": rubric.pk, "closes_at_0": "2020-01-01", "closes_at_1": "12:00", "sheets_per_report": 1}
    assert "Укажите более поздний" in body(client.post(here, past))
    client.post(here, {**past, "closes_at_0": "2100-01-01"})
    client.post(url("report_review_invite", "kip-2025"), {"person": [expert.pk]})
    tour = Round.objects.get()
    tour.seats.update(state="accepted", answered_at=AT)
    report.refresh_from_db()
    client.post(url("report_review_assign", "kip-2025"), {"dossier": report.dossier_id, "expert": expert.pk})
    client.post(url("report_review_move", "kip-2025", "open"))
    tour.refresh_from_db()
    assert (tour.state, tour.assignments.get().expert) == ("open", expert)
    unread = body(client.post(url("report_review_move", "kip-2025", "close"), {"reason": ""}))
    assert "ричин" in unread
    client.post(url("report_review_move", "kip-2025", "close"), {"reason": "Эксперт заболел"})
    tour.refresh_from_db()
    assert (tour.state, "Ромашин" in body(client.get(here))) == ("closed", True)


def test_a_curator_remarks_on_a_passport(scene):
    project = scene.status.projects.get()
    client = world.signed_in(scene.curator)
    here = url("project_remark", project.number)
    assert "Заполните поле «Замечание»" in body(client.post(here, {"key": "4", "text": ""}))
    client.post(here, {"key": "4", "text": "Уточните цель"})
    made = Remark.objects.get()
    assert (made.project, made.key, made.text) == (project, "4", "Уточните цель")
