"""Building the whole demo year."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from innoset.accounts.models import User
from innoset.contests.actions import reuse
from innoset.contests.models import Contest
from innoset.contests.states import CheckOutcome
from innoset.exchange.demo import contests as story
from innoset.exchange.demo import network, years
from innoset.exchange.demo.cast import Cast
from innoset.exchange.demo.network import World
from innoset.foundation.notify.models import Letter
from innoset.network.models import Organisation

SENT, DRAFTS = 9, 4


@transaction.atomic
def build(*, at: datetime) -> World:
    """Build the demo year as it stands at the given moment: all of it or nothing."""
    operator = User.objects.create_superuser(
        "operator@innoset.example", last_name="Системный", first_name="Оператор"
    )
    operator.set_unusable_password()
    operator.save()
    world = World(at=at, cast=Cast(), operator=operator)
    network.build(world)
    _finished(world)
    _before_council(world)
    _with_experts(world)
    _open(world)
    network.fill_statuses(world)
    years.fill(world)
    _texts_compared(world)
    _sent_long_ago()
    return world


def _texts_compared(world: World) -> None:
    """Keep the texts of all years and look for what those under way have in common with others."""
    while reuse.keep_texts(at=world.at):
        continue
    while reuse.compare_waiting(at=world.at):
        continue


def _sent_long_ago() -> None:
    """Take the letters of the past year as delivered: a newcomer's first letter should not queue behind them."""
    Letter.objects.update(state=Letter.State.SENT, sent_at=F("created_at"), attempts=1)


def _finished(world: World) -> None:
    contest = story.published(world, story.FINISHED)
    story.received(world, contest, story.FINISHED, [world.places["school"], *world.schools[:9]])
    story.judged(world, contest, story.FINISHED)
    story.defended(world, contest, story.FINISHED)
    story.decided(world, contest, story.FINISHED)


def _before_council(world: World) -> None:
    contest = story.published(world, story.BEFORE_COUNCIL)
    story.received(world, contest, story.BEFORE_COUNCIL, _eligible(world, contest, 20, 8))
    story.judged(world, contest, story.BEFORE_COUNCIL)
    story.defended(world, contest, story.BEFORE_COUNCIL)
    story.planned_sitting(world, contest, story.BEFORE_COUNCIL, "4")


def _with_experts(world: World) -> None:
    contest = story.published(world, story.WITH_EXPERTS)
    story.received(world, contest, story.WITH_EXPERTS, _eligible(world, contest, 40, 9))
    story.judged(world, contest, story.WITH_EXPERTS, share=0.6)


def _open(world: World) -> None:
    """Leave the open contest with drafts, sent ones, one returned to be mended and some already checked."""
    contest = story.published(world, story.OPEN)
    for number, school in enumerate(world.schools[50 : 50 + SENT]):
        at = story.OPEN.moment(world, -15 + number, 11)
        application = story.apply(world, contest, school, number, at=at)
        story.send(application, at=story.OPEN.moment(world, -15 + number, 16))
        application.refresh_from_db()
        if number == 0:
            story.check(
                world,
                application,
                CheckOutcome.MEND,
                at=world.ago(1),
                comment="Нет подписи руководителя на последнем листе.",
            )
        elif number < 4:  # noqa: PLR2004  # reason: some are checked, some wait
            story.check(
                world, application, CheckOutcome.CONFORMS, at=story.OPEN.moment(world, -10 + number, 12)
            )
    for number, school in enumerate(world.schools[62 : 62 + DRAFTS]):
        story.apply(world, contest, school, number, at=world.ago(5), is_whole=False)


def _eligible(world: World, contest: Contest, start: int, count: int) -> list[Organisation]:
    kinds = set(contest.organisation_kinds)
    return [one for one in world.schools[start:] if not kinds or one.kind in kinds][:count]
