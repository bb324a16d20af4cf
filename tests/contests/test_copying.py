"""Last year's application as a start: what is carried, what is refused, what stays in the history."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from innoset.contests.actions import copying
from innoset.contests.models import Application
from innoset.contests.queries.copying import sources_of
from innoset.contests.states import ApplicationState
from innoset.foundation.errors import Refusal
from innoset.network.models import Organisation
from innoset.projects.models import AnswerRevision
from innoset.projects.queries import values_of
from tests import world

pytestmark = pytest.mark.django_db

S = ApplicationState


@pytest.fixture
def school() -> Organisation:
    return world.organisation()


@pytest.fixture
def earlier(school: Organisation) -> Application:
    """Make last year's application, awarded, with four stages."""
    made = world.application(owner=school, state=S.AWARDED)
    fourth = {"11.4": "Итоги", "11.4.1": "Май 2028 г.", "11.4.2": "Обобщить", "11.4.3": "Пособие"}
    made.version.values |= fourth
    made.version.stages = 4
    made.version.save()
    return made


@pytest.fixture
def draft(school: Organisation) -> Application:
    return world.application(owner=school, answers={"6": "Новая идея"})


def test_an_empty_field_is_filled_and_a_written_one_is_not_touched(
    earlier: Application, draft: Application, at: datetime
) -> None:
    keys = set(earlier.version.values) - {"6"}
    changed = copying.copy_application(draft, source=earlier, keys=keys, by=draft.created_by, at=at)
    draft.refresh_from_db()
    passport = draft.project.passport
    passport.refresh_from_db()
    assert (changed, passport.stages, draft.copied_from) == (len(keys), 4, earlier)
    assert values_of(passport) == earlier.version.values | {"6": "Новая идея"}
    assert draft.project.title == earlier.version.values["1"]


def test_what_a_tick_replaces_stays_in_the_history(
    earlier: Application, draft: Application, at: datetime
) -> None:
    copying.copy_application(draft, source=earlier, keys={"6"}, by=draft.created_by, at=at)
    found = AnswerRevision.objects.filter(passport=draft.project.passport, key="6").order_by("id")
    assert [(one.text, one.origin) for one in found][-1] == (earlier.version.values["6"], "copied")
    assert "Новая идея" in [one.text for one in found]
    assert draft.project.passport.stages == 3


def test_only_own_applications_with_something_written_are_offered(
    school: Organisation, earlier: Application, draft: Application
) -> None:
    withdrawn = world.application(owner=school, state=S.WITHDRAWN)
    world.application(owner=school, answers={})
    world.application()
    assert set(sources_of(draft)) == {earlier, withdrawn}


def test_an_application_of_others_is_refused(draft: Application, at: datetime) -> None:
    with pytest.raises(Refusal) as no:
        copying.copy_application(draft, source=world.application(), keys={"1"}, by=draft.created_by, at=at)
    assert (no.value.text, no.value.field) == (
        "Перенести можно только из заявки вашей организации.",
        "source",
    )


def test_nothing_ticked_is_refused(earlier: Application, draft: Application, at: datetime) -> None:
    with pytest.raises(Refusal) as no:
        copying.copy_application(draft, source=earlier, keys={"no such"}, by=draft.created_by, at=at)
    assert (no.value.text, no.value.field) == ("Отметьте хотя бы одно поле.", "take")


def test_after_the_deadline_and_by_strangers_nothing_is_carried(
    earlier: Application, draft: Application, at: datetime
) -> None:
    with pytest.raises(Refusal):
        copying.copy_application(
            draft, source=earlier, keys={"1"}, by=draft.created_by, at=world.DEADLINE + timedelta(days=1)
        )
    with pytest.raises(PermissionDenied):
        copying.copy_application(
            draft, source=earlier, keys={"1"}, by=world.member(world.organisation()), at=at
        )
    assert values_of(draft.project.passport) == {"6": "Новая идея"}


def test_a_draft_that_was_never_sent_gives_what_is_written(
    school: Organisation, draft: Application, at: datetime
) -> None:
    other = world.application(owner=school, answers={"7": "Закон об образовании"})
    copying.copy_application(draft, source=other, keys={"7"}, by=draft.created_by, at=at)
    assert values_of(draft.project.passport) == {"6": "Новая идея", "7": "Закон об образовании"}


def test_a_passport_starts_an_application_with_another_form(
    school: Organisation, earlier: Application, at: datetime
) -> None:
    contest = world.contest(form_code="krc_programme")
    draft = world.application(contest, school, answers={})
    passport = draft.project.passport
    passport.form_code = "krc_programme"
    passport.save()
    copying.copy_application(draft, source=earlier, keys={"1.2", "2.2"}, by=draft.created_by, at=at)
    was = earlier.version.values
    assert values_of(passport) == {"1.2": was["7"], "2.2": was["4"]}
