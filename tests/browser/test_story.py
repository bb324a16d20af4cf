"""The whole story in a browser: from the template of a contest to a diploma that anybody can check."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page

from innoset.accounts.models import User
from innoset.exchange.demo import network
from innoset.exchange.demo.cast import Cast
from innoset.exchange.demo.network import World
from tests.browser.story import applying, deciding, judging, opening
from tests.browser.story.stage import Stage
from tests.plugins.browser import DESKTOP, PHONE


@pytest.fixture
def world(reference: None, real_now: datetime) -> World:
    """The network of the demo year, where nobody has made a contest yet."""
    operator = User.objects.create_superuser(
        "operator@innoset.example", last_name="Системный", first_name="Оператор"
    )
    made = World(at=real_now, cast=Cast(), operator=operator)
    network.build(made)
    return made


@pytest.fixture(params=["desktop", "phone without scripts"])
def stage(
    request: pytest.FixtureRequest,
    open_page: Callable[..., Page],
    world: World,
    let_in: Callable[[Page, User], object],
) -> Stage:
    """A desktop with scripts, and a phone of 360 points that runs none."""
    is_phone = request.param != "desktop"
    options = {"viewport": PHONE, "has_touch": True, "java_script_enabled": False}
    page = open_page(**options) if is_phone else open_page(viewport=DESKTOP)
    return Stage(page=page, world=world, let_in=let_in, has_scripts=not is_phone)


def test_from_a_template_to_a_diploma(stage: Stage) -> None:
    opening.a_contest_is_made(stage)
    opening.its_calendar_is_set(stage)
    opening.it_is_looked_at_and_published(stage)
    opening.the_public_sees_it(stage)
    applying.an_application_is_begun(stage)
    applying.a_word_file_is_read(stage)
    applying.it_is_refused_while_a_field_is_empty(stage)
    applying.the_idea_is_typed(stage)
    applying.a_file_is_attached(stage)
    applying.it_is_sent(stage)
    applying.anybody_can_check_the_receipt(stage)
    applying.three_others_send_theirs(stage)
    judging.an_application_is_checked(stage)
    judging.the_expertise_begins(stage)
    judging.experts_are_invited(stage)
    judging.the_plan_is_applied_and_the_round_opens(stage)
    judging.an_expert_declares_a_conflict(stage)
    judging.an_expert_scores(stage)
    judging.the_other_sheets_are_filled(stage)
    judging.the_ranking_is_seen(stage)
    deciding.the_best_go_to_the_defence(stage)
    deciding.it_is_scheduled_and_its_panel_invited(stage)
    deciding.its_round_opens(stage)
    deciding.an_observer_only_reads(stage)
    deciding.an_expert_judges_the_defence(stage)
    deciding.the_ranking_goes_to_the_council(stage)
    deciding.the_council_is_summoned(stage)
    deciding.the_council_opens(stage)
    deciding.it_departs_once_and_decides_the_rest_by_rules(stage)
    deciding.the_minutes_are_made(stage)
    deciding.the_order_is_entered_by_one(stage)
    deciding.another_confirms_it(stage)
    deciding.the_register_tells_of_the_status(stage)
    deciding.the_diploma_is_genuine(stage)
