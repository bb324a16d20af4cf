"""The pages that start an application from an earlier one."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from innoset.contests.models import Application
from innoset.contests.states import ApplicationState
from innoset.projects.queries import values_of
from tests import world
from tests.web.cabinet.pages import FAR_OFF, LONG_AGO

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Application, Application]:
    """Make an earlier application and a new one of the same school."""
    school, contest = world.organisation(), world.contest()
    contest.stages.filter(kind="submission").update(starts_at=LONG_AGO, ends_at=FAR_OFF)
    earlier = world.application(owner=school, state=ApplicationState.AWARDED)
    return earlier, world.application(contest, school, answers={"6": "Новая идея"})


def test_earlier_applications_are_listed_and_carried_over(pair: tuple[Application, Application]) -> None:
    earlier, draft = pair
    client = world.signed_in(draft.created_by)
    listed = BeautifulSoup(
        client.get(reverse("cabinet:copy_sources", args=[draft.number])).content, "html.parser"
    )
    address = reverse("cabinet:copy", args=[draft.number, earlier.number])
    assert [link["href"] for link in listed.select("main a.button")] == [address]
    page = BeautifulSoup(client.get(address).content, "html.parser")
    ticks = {box["value"]: box.has_attr("checked") for box in page.select("input[name=take]")}
    assert ticks == {key: key != "6" for key in earlier.version.values}
    answer = client.post(address, {"take": [key for key, on in ticks.items() if on]}, follow=True)
    assert answer.redirect_chain == [(reverse("cabinet:application", args=[draft.number]), 302)]
    assert [str(one) for one in answer.context["messages"]] == [
        (
            f"Перенесено: {len(ticks) - 1} полей. "
            "Проверьте сроки этапов, номера приказов и людей: они из прошлой заявки."
        )
    ]
    assert values_of(draft.project.passport) == earlier.version.values | {"6": "Новая идея"}


def test_nothing_ticked_keeps_the_page_and_says_why(pair: tuple[Application, Application]) -> None:
    earlier, draft = pair
    client = world.signed_in(draft.created_by)
    answer = client.post(reverse("cabinet:copy", args=[draft.number, earlier.number]))
    assert "Отметьте хотя бы одно поле." in answer.content.decode()
    assert values_of(draft.project.passport) == {"6": "Новая идея"}


def test_what_is_not_ours_is_not_found(pair: tuple[Application, Application]) -> None:
    _, draft = pair
    client = world.signed_in(draft.created_by)
    for source in (world.application().number, draft.number, "2020-0001"):
        assert client.get(reverse("cabinet:copy", args=[draft.number, source])).status_code == 404
