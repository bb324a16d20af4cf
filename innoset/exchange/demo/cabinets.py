"""What goes between the cabinets of the demo network: messages, and winners on their way up."""

from typing import Final

from innoset.accounts.models import User
from innoset.contests.actions import advancements
from innoset.contests.actions import contests as contest_actions
from innoset.contests.models import Application, Contest
from innoset.contests.states import ApplicationState
from innoset.exchange.demo.contests import Plot
from innoset.exchange.demo.network import World, staff_of
from innoset.exchange.papers import book
from innoset.foundation.files.actions import Given, prepare
from innoset.network.actions import threads
from innoset.network.models import Organisation, StatusKind, Thread
from innoset.network.states import ThreadKind

UPPER: Final = Plot("mip", 7, "Краевой конкурс инновационных площадок", (-14, 30, 36, 50, 55, 60, 75))
PLAN: Final = (
    ("09:00", "Приветствие гостей"),
    ("09:15", "Занятие"),
    ("10:00", "Обсуждение за круглым столом"),
)
LONGEST_FILE: Final = 2**20


def fill(world: World) -> None:
    """Fill the room of cabinets."""
    _letters(world)
    _winners(world)


def _letters(world: World) -> None:
    school, centre, service = (world.places[name] for name in ("school", "centre", "service"))
    head, organiser, coordinator = (
        staff_of(world, school),
        world.people["organiser"],
        world.people["coordinator"],
    )
    plan = prepare(
        book(("План", ("Время", "Что происходит"), PLAN)), name="План занятия.xlsx", limit=LONGEST_FILE
    )
    advice = _ask(
        world, (school, head), centre, "Как провести открытое занятие",
        "Подскажите, хватит ли двух часов на открытое занятие для трёх площадок. План во вложении.",
        days=9, kind=ThreadKind.CONSULTATION, given=(plan,),
    )  # fmt: skip
    answer = "Двух часов хватит. Оставьте полчаса на вопросы и заранее разошлите план гостям."
    threads.write_post(advice, text=answer, by=organiser, at=world.ago(8))
    _ask(
        world, (service, coordinator), centre, "Кого пригласить на семинар",
        "Готовим семинар для четырёх школ района. Кто из ваших методистов мог бы выступить?", days=3,
    )  # fmt: skip
    _ask(
        world, (centre, organiser), service, "Отчёты площадок района",
        "Часть площадок района ещё не сдала отчёт. Позвоните им, пожалуйста, и напишите, что мешает.", days=2,
    )  # fmt: skip


def _ask(
    world: World,
    own: tuple[Organisation, User],
    to: Organisation,
    subject: str,
    text: str,
    *,
    days: int,
    kind: ThreadKind = ThreadKind.MESSAGE,
    given: tuple[Given, ...] = (),
) -> Thread:
    thread, at = Thread(subject=subject, kind=kind), world.ago(days)
    return threads.open_thread(
        thread, organisation=own[0], addressee=to, text=text, given=given, by=own[1], at=at
    )


def _winners(world: World) -> None:
    """Put two winners of the municipal contest forward; only one is released."""
    won = Application.objects.filter(state=ApplicationState.AWARDED, contest__municipality__isnull=False)
    if not won.exists():
        return
    upper, by = _upper(world), world.people["organiser"]
    reasons = ("Лучший результат открытой защиты.", "Совет рекомендовал работу на краевой уровень.")
    for winner, reason in zip(won.order_by("pk")[:2], reasons, strict=False):
        one = advancements.put_forward(winner, contest=upper, reason=reason, by=by, at=world.ago(4))
        if reason == reasons[0]:
            advancements.release(one, by=by, at=world.ago(3))


def _upper(world: World) -> Contest:
    organiser, first = world.people["organiser"], UPPER.moment(world, UPPER.days[0] - 3)
    contest = contest_actions.make_contest(
        Contest(
            organiser=world.places["centre"],
            school_year=first.year if first.month >= 9 else first.year - 1,  # noqa: PLR2004  # reason: September
            edition=UPPER.edition,
            title=UPPER.title,
            status_kind=StatusKind.objects.get(code="kip"),
        ),
        template=UPPER.template,
        by=organiser,
        at=first,
    )
    contest_actions.set_calendar(contest, stages=UPPER.stages(world), by=organiser, at=first)
    contest_actions.publish(contest, by=organiser, at=UPPER.moment(world, UPPER.days[0], 8))
    return contest
