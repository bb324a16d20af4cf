"""Who accompanies the demo network's sites, what they advise, what the council resolves, who partners whom."""

from datetime import datetime, timedelta
from typing import Final

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings

from innoset.accounts.models import User
from innoset.contests.actions import meetings as council
from innoset.contests.models import Meeting, MeetingItem, Seat
from innoset.contests.pure.voting import Votes
from innoset.contests.queries.council import seats_of
from innoset.exchange.demo.network import World, join, person, staff_of
from innoset.foundation.russian import moscow
from innoset.network.actions import accompaniment, errands, groups
from innoset.network.models import (
    Accompaniment,
    Consultation,
    Errand,
    Membership,
    Organisation,
    Status,
    WorkingGroup,
)
from innoset.network.queries import public_statuses
from innoset.network.states import Part, Role, StatusState
from innoset.projects.actions import teams
from innoset.projects.actions.answers import TITLED_FORM
from innoset.projects.actions.passports import start_project
from innoset.projects.models import Partnership, Project
from innoset.projects.queries.teams import proposed_team

DIRECTIONS: Final = (
    "Управление качеством образования",
    "Цифровая образовательная среда",
    "Наставничество и профессиональный рост",
)
TOPICS: Final = (
    "Как описать инновационный продукт, чтобы им могли пользоваться другие",
    "План открытых мероприятий на полугодие",
    "Показатели эффективности проекта и как их считать",
    "Подготовка к годовому отчёту",
    "Работа с площадками, которые ведёт сетевой центр",
)
ADVICE: Final = (
    "Разделить продукт на части и начать с памятки для педагогов. Показать черновик через две недели.",
    "Провести открытое занятие до конца четверти, пригласить две площадки из соседнего муниципалитета.",
    "Оставить три показателя из восьми и назначить ответственного за каждый.",
    "Собрать ссылки на материалы сейчас, не дожидаясь отчёта.",
)
CONSULTATIONS = 30


def fill(world: World) -> None:
    """Fill the room of people."""
    methodists = _named(world, Role.METHODIST, 2, "methodist", [world.people["methodist"]])
    tutors = _named(world, Role.TUTOR, 2, "tutor", [world.people["methodist"]])
    curators = _named(world, Role.CURATOR, 1, "curator", [world.people["curator"]])
    given = _accompany(world, methodists, tutors, curators)
    _advise(world, given)
    _errands(world, given)
    _groups(world, methodists)
    _meetings(world, methodists)
    _partners(world)


def _named(world: World, role: Role, count: int, code: str, known: list[User]) -> list[User]:
    """Make more people of a role; the institute's curators work at the institute, all others at the centre."""
    place = world.places["institute" if role is Role.CURATOR else "centre"]
    found = list(known)
    Membership.objects.filter(person__in=known, role=role).update(direction=DIRECTIONS[0])
    for number in range(count):
        user = person(world.cast.name(), f"{code}{number + 1}@innoset.example", position="Методист")
        membership = join(world, user, place, role)
        membership.direction = DIRECTIONS[(number + 1) % len(DIRECTIONS)]
        membership.save(update_fields=["direction"])
        if role is Role.CURATOR:
            TOTP.activate(user, settings.DEMO_ACCOUNTS[0].totp_secret)
        found.append(user)
    return found


def _accompany(
    world: World, methodists: list[User], tutors: list[User], curators: list[User]
) -> list[Accompaniment]:
    live = public_statuses().filter(
        state=StatusState.ACTIVE, starts_on__lte=world.ago(30).date(), ends_on__gte=moscow(world.at).date()
    )
    network_sites = list(live.filter(kind__code__in=["msip", "mlsv"]).order_by("pk"))
    regional = list(live.filter(kind__code="kip").order_by("pk"))
    found = []
    for number, site in enumerate(network_sites):
        who = methodists[number % len(methodists)]
        found.append(_name(world, site, Part.METHODIST, who, DIRECTIONS[number % len(DIRECTIONS)]))
        found.append(_name(world, site, Part.TUTOR, tutors[number % len(tutors)]))
    for number, site in enumerate(regional):
        found.append(_name(world, site, Part.SCIENTIFIC_CURATOR, curators[number % len(curators)]))
        found.append(_name(world, site, Part.CENTRE_CURATOR, methodists[number % len(methodists)]))
    return found


def _name(world: World, site: Status, part: Part, who: User, direction: str = "") -> Accompaniment:
    since = max(site.starts_on, world.ago(300).date())
    one = Accompaniment(person=who, status=site, part=part, direction=direction, since=since)
    return accompaniment.name_companion(one, by=world.people["organiser"], at=world.ago(29))


def _advise(world: World, given: list[Accompaniment]) -> None:
    advisers = [one for one in given if one.part != Part.CENTRE_CURATOR]
    for number in range(CONSULTATIONS):
        one = advisers[number % (len(advisers) - 4)]
        on = world.ago(170 - number * 5).date()
        if on < one.since:
            continue
        consultation = Consultation(
            status=one.status,
            organisation=one.status.organisation,
            given_by=one.person,
            on=on,
            topic=TOPICS[number % len(TOPICS)],
            participants=f"{one.status.organisation.head_name}\n{world.cast.name()}",
            people=2,
            minutes=30 + number % 4 * 15,
            is_remote=number % 3 == 0,
            advice=ADVICE[number % len(ADVICE)],
        )
        accompaniment.record_consultation(consultation, by=one.person, at=world.ago(0))


def _errands(world: World, given: list[Accompaniment]) -> None:
    me, boss = world.people["methodist"], world.people["organiser"]
    site = next(one.status for one in given if one.person == me)
    plan = (
        ("Сверить список педагогов, которые прошли стажировку на площадке", 20, -6, ""),
        ("Собрать предложения площадок в план сетевых мероприятий", 15, 9, ""),
        ("Проверить страницу площадки на сайте", 25, -15, "Страница обновлена, ссылка работает."),
    )
    for title, given_days, due_days, outcome in plan:
        errand = errands.give_errand(
            Errand(
                title=title,
                assignee=me,
                made_by=boss,
                status=site,
                due_on=(world.at + timedelta(days=due_days)).date(),
            ),
            by=boss,
            at=world.ago(given_days),
        )
        if outcome:
            errands.do_errand(errand, outcome=outcome, by=me, at=world.ago(16))


def _groups(world: World, methodists: list[User]) -> None:
    boss = world.people["organiser"]
    plan = (
        ("Подготовка фестиваля открытых практик", "Составить программу фестиваля и отобрать мастер-классы."),
        ("Единые показатели площадок", "Договориться, что и как считают все площадки сети."),
    )
    for number, (title, purpose) in enumerate(plan):
        group = groups.make_group(
            WorkingGroup(
                title=title,
                purpose=purpose,
                organisation=world.places["centre"],
                since=world.ago(120).date(),
            ),
            by=boss,
            at=world.ago(120),
        )
        for place, who in enumerate([methodists[number], *world.experts[number + 1 : number + 4]]):
            groups.join_group(group, person=who, is_leader=place == 0, by=boss, at=world.ago(119))


def _meetings(world: World, methodists: list[User]) -> None:
    boss = world.people["secretary"]
    held = _planned(world, "1-С", _afternoon(world.ago(45)), by=boss)
    items = [
        _question(held, "О плане сетевых мероприятий на второе полугодие", by=boss, world=world),
        _question(held, "О закреплении сетевых методистов за площадками", by=boss, world=world),
        _question(held, "О ходе заключения соглашений с муниципалитетами", by=boss, world=world),
    ]
    members = [seat.pk for seat in seats_of(held.council) if seat.part == Seat.Part.MEMBER]
    present = [seat.pk for seat in seats_of(held.council) if seat.pk != members[0]]
    at = world.ago(45)
    council.mark_present(held, present=present, by=boss, at=at)
    council.open_meeting(held, by=boss, at=at)
    resolved = (
        "Утвердить план сетевых мероприятий.",
        "Закрепить сетевых методистов за площадками согласно списку.\nПровести первые консультации до конца месяца.",
        "Принять информацию к сведению.",
    )
    for item, words in zip(items, resolved, strict=True):
        votes = Votes(len(present) - 1, 0, 1) if item.position < len(items) else None
        council.record_resolution(item, resolved=words, votes=votes, by=boss, at=at)
    council.ask_by_resolution(
        items[1],
        assignee=methodists[1],
        title="Составить график первых консультаций",
        due_on=world.ago(30).date(),
        by=boss,
        at=at,
    )
    council.close_meeting(held, by=boss, at=at)
    coming = _planned(world, "2-С", _afternoon(world.at + timedelta(days=12)), by=boss)
    _question(coming, "Об итогах года и показателях площадок", by=boss, world=world)


def _afternoon(day: datetime) -> datetime:
    """Return two o'clock in the afternoon of a day, by the Moscow clock."""
    return moscow(day).replace(hour=14, minute=0, second=0, microsecond=0)


def _planned(world: World, number: str, held_at: datetime, *, by: User) -> Meeting:
    meeting = Meeting(council=world.council, number=number, held_at=held_at, place="Конференц-зал центра")
    return council.plan_meeting(meeting, by=by, at=world.ago(60))


def _question(meeting: Meeting, question: str, *, by: User, world: World) -> MeetingItem:
    item = MeetingItem(meeting=meeting, question=question, speaker=str(world.cast.name()))
    return council.add_question(item, by=by, at=world.ago(50))


def _partners(world: World) -> None:
    """The demo school takes its team from the passport, has one partner, one refusal, one open invitation."""
    school, head = world.places["school"], world.people["applicant"]
    own = Project.objects.filter(organisation=school).order_by("status", "pk").first()
    afar = [one for one in world.schools if one.municipality_id != school.municipality_id]
    if own is None:
        return
    if proposed_team(own):
        teams.propose_team(own, by=head, at=world.ago(100))
    plan = ((afar[0], "accept", "Готовы начать с сентября."), (afar[6], "decline", "В этом году мы заняты."))
    for partner, move, answer in plan:
        asked = _invite(own, partner, by=head, world=world)
        deed = teams.accept_partnership if move == "accept" else teams.decline_partnership
        deed(asked, answer=answer, by=staff_of(world, partner), at=world.ago(80))
    _invite(own, afar[12], by=head, world=world)
    neighbour = staff_of(world, afar[3])
    theirs = start_project(
        afar[3],
        title="Сетевая лаборатория наставников",
        form_code=TITLED_FORM,
        by=neighbour,
        at=world.ago(95),
    )
    _invite(theirs, school, by=neighbour, world=world)


def _invite(project: Project, partner: Organisation, *, by: User, world: World) -> Partnership:
    asked = Partnership(
        project=project,
        organisation=partner,
        purpose="Опробовать программу на вашей площадке и вместе провести два открытых занятия.",
    )
    return teams.invite_partner(asked, by=by, at=world.ago(90))
