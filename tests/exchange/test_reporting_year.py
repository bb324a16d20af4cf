"""The demo year's reports: how much the site writes itself, whether each figure is what its page lists."""

import re

import pytest
from django.urls import reverse

from innoset.accounts.models import User
from innoset.exchange.demo import network, reports
from innoset.exchange.demo.cast import Cast
from innoset.foundation.notify.models import Message
from innoset.projects.actions import campaigns, nudges
from innoset.projects.models import Report, ReportAnswer, ReportNudge
from innoset.projects.queries.report_figures import figures_of
from innoset.projects.queries.reports import fields_of_report, overdue_reports, staff_of
from tests.world import AT

pytestmark = pytest.mark.django_db
ROW = re.compile(r'data-label="Вклад">([\d\s\xa0]+)<')
LEAST = 60


@pytest.fixture
def year() -> network.World:
    operator = User.objects.create_superuser(
        "operator@example.test", last_name="Системный", first_name="Оператор"
    )
    world = network.World(at=AT, cast=Cast(), operator=operator)
    network.build(world)
    network.fill_statuses(world)
    reports.fill(world)
    return world


def listed(client, report, figure) -> int:
    """Add up what the page of a figure lists."""
    page = client.get(reverse("cabinet:report_figure", args=[report.number, figure.key])).content.decode()
    return sum(int(re.sub(r"\D", "", amount)) for amount in ROW.findall(page))


def test_the_year_of_reports(year, client):
    regional = Report.objects.filter(campaign__code="kip-2025").order_by("pk")
    states = list(regional.values_list("state", flat=True))
    late = list(overdue_reports(AT))
    assert (len(late), {one.campaign.code for one in late}, states.count("accepted")) == (7, {"kip-2025"}, 2)
    assert len(states) == 7 + 2 + states.count("submitted")

    shares = []
    for report in regional:
        keys = [field.key for field in fields_of_report(report)]
        found = ReportAnswer.objects.filter(report=report, key__in=keys).exclude(prefilled="")
        shares.append(100 * found.count() // len(keys))
    assert min(shares) >= LEAST

    told: dict[str, int] = {}
    for step in ReportNudge.objects.filter(report__in=late).values_list("step", flat=True):
        told[step] = told.get(step, 0) + 1
    assert told == {"opened": 7, "week": 7, "day": 7, "author": 7, "head": 7, "coordinator": 7}

    before = (ReportNudge.objects.count(), Message.objects.count(), Report.objects.count())
    assert (nudges.remind_by_calendar(at=AT), campaigns.open_by_calendar(at=AT)) == (0, 0)
    assert (ReportNudge.objects.count(), Message.objects.count(), Report.objects.count()) == before

    report = late[0]
    client.force_login(staff_of(report, "head")[0])
    counted = {one.key: one.value for one in figures_of(report)}
    assert {one.key: listed(client, report, one) for one in figures_of(report)} == counted
    assert (counted["events"] >= 2, counted["people"] > 0) == (True, True)  # reason: some of each
