"""Contests of the demo year at four points of their life, walked through the actions that people use."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from innoset.contests.actions import applications, awards, checks, council, expertise, filling, sendings
from innoset.contests.actions import contests as contest_actions
from innoset.contests.models import Application, Contest, Nomination, Seat, Sitting
from innoset.contests.pure.calendar import StagePlan
from innoset.contests.pure.checklist import proposed
from innoset.contests.pure.voting import Votes
from innoset.contests.queries import applications as application_queries
from innoset.contests.queries.checks import facts_of
from innoset.contests.queries.expertise import choices_of
from innoset.contests.queries.standing import final_standing
from innoset.contests.states import CheckOutcome, Decision
from innoset.exchange.demo.network import World, staff_of
from innoset.exchange.demo.themes import PRESCHOOL_THEMES, SCHOOL_THEMES, passport_of
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Organisation
from innoset.network.states import OrganisationKind
from innoset.projects.actions import words
from innoset.projects.pure.apart import read_apart
from innoset.projects.pure.word_out import write_passport
from innoset.projects.queries import form_of
from innoset.review import actions as review
from innoset.review.models import Assignment, PanelSeat, Round

STAGES = ("submission", "check", "remote", "defence", "council", "results")


@dataclass(frozen=True, slots=True)
class Plot:
    """What one demo contest is: template, edition, and the days from now at which its stages turn."""

    template: str
    edition: int
    title: str
    days: tuple[int, ...]

    def moment(self, world: World, day: int, hour: int = 9) -> datetime:
        """Return a moment by the Moscow clock, so many days from now."""
        base = world.at.astimezone(MOSCOW) + timedelta(days=day)
        return base.replace(hour=hour, minute=0, second=0, microsecond=0)

    def stages(self, world: World) -> list[StagePlan]:
        """Return the calendar: reception and checks begin together, the rest follows one after another."""
        opens, closes, remote, judged, defended, sits, ends = self.days
        spans = {
            "submission": (opens, closes),
            "check": (opens, closes + 3),
            "remote": (remote, judged),
            "defence": (judged + 1, defended),
            "council": (sits, sits + 1),
            "results": (sits + 2, ends),
        }
        return [
            StagePlan(kind, self.moment(world, spans[kind][0], 9), self.moment(world, spans[kind][1], 17))
            for kind in STAGES
        ]


OPEN = Plot("mip", 24, "Муниципальный конкурс инновационных проектов", (-21, 14, 20, 34, 39, 42, 60))
WITH_EXPERTS = Plot(
    "msip", 6, "Муниципальный конкурс сетевых инновационных проектов", (-60, -28, -20, 10, 15, 18, 35)
)
BEFORE_COUNCIL = Plot(
    "mlsv", 4, "Конкурс муниципальных лидеров сетевого взаимодействия", (-95, -65, -58, -38, -32, 0, 30)
)
FINISHED = Plot(
    "mip", 23, "Муниципальный конкурс инновационных проектов", (-400, -365, -355, -335, -325, -320, -300)
)


def published(world: World, plot: Plot) -> Contest:
    """Make a contest from its template, set its calendar and publish it on its first day."""
    organiser, first = world.people["organiser"], plot.moment(world, plot.days[0] - 5)
    contest = contest_actions.make_contest(
        Contest(
            organiser=world.places["centre"],
            school_year=first.year if first.month >= 9 else first.year - 1,  # noqa: PLR2004  # reason: September
            edition=plot.edition,
            title=plot.title,
        ),
        template=plot.template,
        by=organiser,
        at=first,
    )
    contest_actions.set_calendar(contest, stages=plot.stages(world), by=organiser, at=first)
    contest_actions.publish(contest, by=organiser, at=plot.moment(world, plot.days[0], 8))
    return contest


def apply(
    world: World, contest: Contest, school: Organisation, number: int, *, at: datetime, is_whole: bool = True
) -> Application:
    """Begin an application and write its passport; a half-written one stops in the middle."""
    head = staff_of(world, school)
    application = applications.start_application(
        contest, organisation=school, nomination=_nomination(contest, school, number), by=head, at=at
    )
    passport = application.project.passport
    themes = PRESCHOOL_THEMES if school.kind == OrganisationKind.KINDERGARTEN else SCHOOL_THEMES
    theme = themes[number % len(themes)]
    authors = f"{school.head_name}, {school.head_position.lower()}\n{world.cast.name()}, педагог"
    values = passport_of(theme, authors, year=at.year, form=form_of(passport), seed=number)
    if is_whole:
        _from_word(application, values, at=at)
    else:
        for key, text in list(values.items())[: 4 + number * 3]:
            filling.answer(application, key=key, text=text, by=head, at=at)
    return application


def _nomination(contest: Contest, school: Organisation, number: int) -> Nomination:
    """Choose the nomination of the organisation's kind where the contest has such, else each in turn."""
    nominations = list(contest.nominations.order_by("position", "id"))
    wanted = "Дошкольные" if school.kind == OrganisationKind.KINDERGARTEN else "Общеобразовательные"
    of_kind = [one for one in nominations if one.title.startswith(wanted)]
    return of_kind[0] if of_kind else nominations[number % len(nominations)]


def _from_word(application: Application, values: dict[str, str], *, at: datetime) -> None:
    """Fill the passport as most people do: from a Word file."""
    passport, head = application.project.passport, application.created_by
    data = write_passport(form_of(passport), values)
    name = "Паспорт проекта.docx"
    # The file was written a line above: there is nobody to be guarded from.
    file = words.WordFile(data, name, read_apart(data, name, passport.form_code))
    word = words.keep_word(passport, file=file, by=head, at=at)
    words.apply_word(word, keys=list(values), leftovers={}, by=head, at=at)


def send(application: Application, *, at: datetime) -> None:
    """Send a whole application with everything ticked."""
    ticks = [statement.code for statement in application_queries.statements_of(application)]
    sendings.submit(
        application,
        key=f"demo-{application.number}",
        consents=ticks,
        address="192.0.2.10",
        by=application.created_by,
        at=at,
    )


def check(
    world: World, application: Application, outcome: CheckOutcome, *, at: datetime, comment: str = ""
) -> None:
    """Check an application technically; one that is to be mended lacks the signature."""
    unmet = set() if outcome == CheckOutcome.CONFORMS else {"signature"}
    marks = [
        replace(mark, is_met=mark.code not in unmet, note=comment if mark.code in unmet else "")
        for mark in proposed(facts_of(application))
    ]
    checks.check_application(
        application,
        outcome=outcome,
        checklist=[mark.as_row() for mark in marks],
        comment=comment,
        mend_by=at + timedelta(days=5) if outcome == CheckOutcome.MEND else None,
        by=world.people["organiser"],
        at=at,
    )


def received(
    world: World, contest: Contest, plot: Plot, schools: Sequence[Organisation]
) -> list[Application]:
    """Receive and check an application from each school."""
    made = []
    for number, school in enumerate(schools):
        day = plot.days[0] + 2 + number % max(1, plot.days[1] - plot.days[0] - 4)
        application = apply(world, contest, school, number, at=plot.moment(world, day, 10))
        send(application, at=plot.moment(world, day, 15))
        application.refresh_from_db()
        check(world, application, CheckOutcome.CONFORMS, at=plot.moment(world, day + 1, 12))
        made.append(application)
    return made


def judged(world: World, contest: Contest, plot: Plot, *, share: float = 1.0) -> Round:
    """Hold the remote expertise: panel, plan, conflicts declared, sheets filled (a share of them)."""
    organiser, start = world.people["organiser"], plot.moment(world, plot.days[2])
    contest.refresh_from_db()
    tour = expertise.start_expertise(contest, by=organiser, at=start)
    _seat(world, tour, world.experts[:9], at=start)
    review.apply_plan(review.make_plan(tour, by=organiser, at=start), by=organiser, at=start)
    review.open_round(tour, by=organiser, at=start)
    _fill_sheets(world, tour, plot.moment(world, plot.days[2] + 4, 11), share=share)
    return tour


def _seat(world: World, tour: Round, experts: Sequence[Any], *, at: datetime) -> None:
    for expert in experts:
        seat = review.invite_expert(
            tour, person=expert, part=PanelSeat.Part.EXPERT, by=world.people["organiser"], at=at
        )
        review.answer_invitation(seat, accept=True, reason="", by=expert, at=at)


def _fill_sheets(world: World, tour: Round, at: datetime, *, share: float) -> None:
    assignments = list(
        Assignment.objects.filter(round=tour).select_related("expert", "dossier").order_by("id")
    )
    for number, assignment in enumerate(assignments):
        is_mine = assignment.expert == world.people["expert"]
        if number < len(assignments) * share and not (share < 1 and is_mine):
            _fill(world, assignment, at=at + timedelta(minutes=7 * number))


def _fill(world: World, assignment: Assignment, *, at: datetime) -> None:
    expert = assignment.expert
    review.declare(assignment, by=expert, at=at)
    sheet = assignment.sheet
    quality = assignment.dossier_id * 7 % 5
    for criterion in assignment.round.rubric.criteria.order_by("number"):
        top = len(criterion.levels) - 1
        value = max(1, min(top, round(top * (0.55 + quality * 0.09) + world.cast.random.uniform(-1, 1))))
        comment = "Мысль ясна, но не хватает показателя, по которому виден результат." if value <= 2 else ""  # noqa: PLR2004  # reason: low marks want a word
        review.score(sheet, criterion=criterion, value=value, comment=comment, by=expert, at=at)
    words = "Работа продумана, её можно продолжать. Советую точнее описать измерение результата."
    review.finish_sheet(sheet, comment=words, by=expert, at=at + timedelta(minutes=6))


def defended(world: World, contest: Contest, plot: Plot) -> None:
    """Hold the open defence and hand the contest over to the council."""
    organiser, start = world.people["organiser"], plot.moment(world, plot.days[3] + 1)
    contest.refresh_from_db()
    passing = [one.application for one in choices_of(contest) if one.passes]
    tour = expertise.start_defence(contest, passing=passing, by=organiser, at=start)
    _seat(world, tour, world.experts[:3], at=start)
    observer = world.people["observer"]
    seat = review.invite_expert(tour, person=observer, part=PanelSeat.Part.OBSERVER, by=organiser, at=start)
    review.answer_invitation(seat, accept=True, reason="", by=observer, at=start)
    for number, dossier in enumerate(tour.dossiers.order_by("code")):
        review.schedule(
            tour,
            dossier=dossier,
            starts_at=start + timedelta(hours=1, minutes=20 * number),
            minutes=15,
            room="Конференц-зал научно-методического центра",
            link="https://video.innoset.example/defence",
            by=organiser,
            at=start,
        )
    review.apply_plan(review.make_plan(tour, by=organiser, at=start), by=organiser, at=start)
    review.open_round(tour, by=organiser, at=start)
    _fill_sheets(world, tour, start + timedelta(hours=1), share=1.0)
    contest.refresh_from_db()
    expertise.start_council(contest, by=organiser, at=plot.moment(world, plot.days[4], 18))


def planned_sitting(world: World, contest: Contest, plot: Plot, number: str) -> Sitting:
    """Appoint the sitting of the council."""
    contest.refresh_from_db()
    assert world.council is not None  # noqa: S101  # reason: the network is built first
    sitting = Sitting(
        contest=contest,
        council=world.council,
        number=number,
        held_at=plot.moment(world, plot.days[5], 14),
        place="Краснодар, научно-методический центр",
    )
    return council.plan_sitting(
        sitting, by=world.people["organiser"], at=plot.moment(world, plot.days[4], 18)
    )


def decided(world: World, contest: Contest, plot: Plot) -> None:
    """Let the council sit, the order be signed by two persons, and the statuses be granted."""
    secretary, organiser = world.people["secretary"], world.people["organiser"]
    sitting, held = planned_sitting(world, contest, plot, "3"), plot.moment(world, plot.days[5], 14)
    there = sitting.presences.order_by("id").values_list("seat_id", flat=True)
    away = sitting.presences.filter(seat__part=Seat.Part.MEMBER).latest("id").seat_id
    council.mark_presence(sitting, present=set(there) - {away}, by=secretary, at=held)
    council.open_sitting(sitting, by=secretary, at=held)
    _depart_once(sitting, secretary, held)
    council.resolve_by_rules(sitting, by=secretary, at=held)
    council.close_sitting(sitting, by=secretary, at=held + timedelta(hours=2))
    contest.refresh_from_db()
    signed = plot.moment(world, plot.days[5] + 3, 12)
    awards.draft_order(contest, by=organiser, at=signed)
    awards.enter_order(
        contest, number="1874", signed_on=signed.date(), by=organiser, at=signed + timedelta(days=1)
    )
    awards.confirm_order(contest, by=world.people["approver"], at=signed + timedelta(days=2))


def _depart_once(sitting: Sitting, secretary: Any, held: datetime) -> None:
    """Let the council depart from the order once, with its reason, and one member recuse himself."""
    rows = final_standing(sitting.contest, sitting)
    above = [row for row in rows if row.is_above_line]
    if not above:
        return
    last = above[-1].application
    seat = next(one.seat for one in sitting.presences.filter(is_present=True).order_by("-id"))
    council.record_recusal(
        sitting, seat=seat, application=last, reason="консультировал авторов проекта", by=secretary, at=held
    )
    voters = sitting.presences.filter(is_present=True).count() - 1
    council.resolve(
        sitting,
        application=last,
        decision=Decision.DECLINE,
        votes=Votes(1, voters - 1, 0),
        reason="Проект повторяет площадку, которая уже работает в этой организации.",
        by=secretary,
        at=held,
    )
