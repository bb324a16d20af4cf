"""What stories are told with: a network that its people joined, and a look at what was written since.

Nothing here writes a row by hand: every line of a story is a deed that somebody may do.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from innoset.accounts.models import ConsentText, User
from innoset.contests.actions import applications, checks, council, filling, sendings
from innoset.contests.actions import contests as contest_actions
from innoset.contests.models import Application, Contest, Council, Seat, Submission
from innoset.contests.pure.checklist import ITEMS
from innoset.contests.queries.applications import statements_of
from innoset.contests.states import CheckOutcome
from innoset.foundation.audit.models import Entry
from innoset.foundation.notify.models import Letter
from innoset.foundation.russian import MOSCOW
from innoset.network import actions as network
from innoset.network.models import Invitation, Municipality, Organisation
from innoset.network.queries import invitation_by_token
from innoset.network.states import OrganisationKind, Role
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Kind, fields_of
from innoset.review import actions as review
from innoset.review.models import Assignment, PanelSeat, Round, ScoreSheet
from innoset.review.pure.scoring import Mark

ADDRESS = "192.0.2.7"
REMARK = "Мысль ясна, но не хватает показателя."
CONCLUSION = "Работа продумана, её можно продолжать."


def moscow(text: str) -> datetime:
    """Return the moment that a clock in Moscow shows as «2026-09-07 09:00»."""
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW)


@dataclass
class Book:
    """A story as it goes: who is in it, and how much of the log and of the outbox has been read."""

    operator: User
    people: dict[str, User] = field(default_factory=dict)
    places: dict[str, Organisation] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    contest: Contest = field(default_factory=Contest)
    council: Council = field(default_factory=Council)
    read_entries: int = 0
    read_letters: int = 0

    def deeds(self) -> list[str]:
        """Return what the log has gained since it was last read, in its order."""
        fresh = list(Entry.objects.filter(pk__gt=self.read_entries).order_by("pk"))
        self.read_entries = fresh[-1].pk if fresh else self.read_entries
        return [entry.deed for entry in fresh]

    def letters(self) -> list[tuple[str, str]]:
        """Return what the outbox has gained since it was last read: which notice to whom."""
        fresh = list(Letter.objects.filter(pk__gt=self.read_letters).order_by("pk"))
        self.read_letters = fresh[-1].pk if fresh else self.read_letters
        return [(letter.notice, letter.address.partition("@")[0]) for letter in fresh]

    def states(self) -> dict[str, str]:
        """Return the state of every application by its place."""
        found = Application.objects.values_list("organisation__short_name", "state")
        names = {place.short_name: code for code, place in self.places.items()}
        return {names[name]: state for name, state in found.order_by("number")}

    def application(self, code: str) -> Application:
        """Return the application of a place as it is now."""
        return Application.objects.get(pk=self.applications[code].pk)

    def fresh_contest(self) -> Contest:
        """Return the contest as it is now."""
        return Contest.objects.get(pk=self.contest.pk)


# ── The network ─────────────────────────────────────────────────────────────

PLACES = {
    "department": (OrganisationKind.AUTHORITY, "Департамент образования", "город Краснодар"),
    "centre": (OrganisationKind.METHOD_CENTRE, "Методический центр", "город Краснодар"),
    "north": (OrganisationKind.METHOD_SERVICE, "Северная методическая служба", "Ейский район"),
    "west": (OrganisationKind.METHOD_SERVICE, "Западная методическая служба", "город-курорт Анапа"),
    "middle": (OrganisationKind.METHOD_SERVICE, "Степная методическая служба", "Динской район"),
    "first": (OrganisationKind.SCHOOL, "Школа № 901", "город Краснодар"),
    "second": (OrganisationKind.SCHOOL, "Школа № 902", "город Краснодар"),
    "garden": (OrganisationKind.KINDERGARTEN, "Детский сад № 903", "город Краснодар"),
    "quiet": (OrganisationKind.SCHOOL, "Школа № 905", "город Краснодар"),
}
PEOPLE = {
    "organiser": ("Орлова Ольга Петровна", "centre", Role.ORGANISER),
    "coordinator": ("Полевая Анна Игоревна", "centre", Role.COORDINATOR),
    "approver": ("Кузнечихин Павел Романович", "department", Role.APPROVER),
    "chair": ("Степнова Елена Борисовна", "centre", Role.CHAIR),
    "secretary": ("Дубравина Вера Сергеевна", "centre", Role.SECRETARY),
    "ilina": ("Ильина Жанна Марковна", "centre", Role.COUNCIL),
    "yasenev": ("Ясенев Николай Львович", "centre", Role.COUNCIL),
    "zorin": ("Зорин Лев Андреевич", "department", Role.COUNCIL),
    "ageeva": ("Агеева Анна Олеговна", "north", Role.EXPERT),
    "belov": ("Белов Борис Ильич", "north", Role.EXPERT),
    "vetrova": ("Ветрова Вера Юрьевна", "west", Role.EXPERT),
    "gorin": ("Горин Глеб Львович", "middle", Role.EXPERT),
    "observer": ("Тихонравова Лидия Олеговна", "west", Role.OBSERVER),
    "first": ("Берёзкина Ольга Викторовна", "first", Role.HEAD),
    "second": ("Рощин Денис Павлович", "second", Role.HEAD),
    "garden": ("Цветаева Инна Олеговна", "garden", Role.HEAD),
    "quiet": ("Тополева Раиса Глебовна", "quiet", Role.HEAD),
}
COUNCIL = {
    "chair": Seat.Part.CHAIR,
    "secretary": Seat.Part.SECRETARY,
    "ilina": Seat.Part.MEMBER,
    "yasenev": Seat.Part.MEMBER,
    "zorin": Seat.Part.MEMBER,
}


def founded(at: datetime) -> Book:
    """Found the network: the operator enters organisations and invites people, who come by their links."""
    operator = User.objects.create_superuser(
        "operator@example.test", last_name="Системный", first_name="Оператор"
    )
    book = Book(operator)
    for code, (kind, name, municipality) in PLACES.items():
        book.places[code] = network.add_organisation(
            _organisation(kind, name, municipality), by=operator, at=at
        )
    for code, (name, place, role) in PEOPLE.items():
        book.people[code] = joined(book, code, name, place, role, at=at)
    _seat_council(book, at)
    return book


def _organisation(kind: OrganisationKind, name: str, municipality: str) -> Organisation:
    return Organisation(
        kind=kind,
        short_name=name,
        name=f"Муниципальное учреждение «{name}»",
        municipality=Municipality.objects.get(name=municipality, valid_to=None),
        head_name="Руднев Олег Петрович",
        head_position="Директор",
    )


def joined(book: Book, code: str, name: str, place: str, role: Role, *, at: datetime) -> User:
    """Invite somebody by e-mail; the person follows the link in the letter and makes an account."""
    asked = Invitation(email=f"{code}@example.test", organisation=book.places[place], role=role)
    network.invite(asked, by=book.operator, at=at)
    letter = Letter.objects.get(address=asked.email)
    found = re.search(r"/invitation/([\w-]+)/", letter.body)
    invitation = invitation_by_token(found[1]) if found else None
    assert invitation is not None
    last, first, middle = name.split()
    person = User(email=asked.email, last_name=last, first_name=first, middle_name=middle)
    network.join_by_invitation(
        invitation,
        person=person,
        password="пароль-42",
        consent=account_consent(),
        address=ADDRESS,
        by=person,
        at=at,
    )
    return person


def account_consent() -> ConsentText:
    """Return the text that everybody who makes an account agrees to."""
    return ConsentText.objects.get(code="personal-data", is_current=True)


def _seat_council(book: Book, at: datetime) -> None:
    made = Council(title="Координационный совет", organisation=book.places["centre"])
    book.council = council.make_council(made, by=book.people["organiser"], at=at)
    for code, part in COUNCIL.items():
        council.seat_member(
            book.council, person=book.people[code], part=part, by=book.people["organiser"], at=at
        )


# ── The contest and the applications ────────────────────────────────────────


def published(book: Book, changes: Mapping[str, Any] | None = None, *, at: datetime) -> None:
    """Make a contest of projects from its template, change what is asked, publish it."""
    organiser = book.people["organiser"]
    draft = Contest(organiser=book.places["centre"], school_year=2026, edition=24)
    book.contest = contest_actions.make_contest(draft, template="mip", by=organiser, at=at)
    if changes:
        contest_actions.edit_contest(book.contest, changes=changes, by=organiser, at=at)
    contest_actions.publish(book.contest, by=organiser, at=at)


def passport(title: str, author: str) -> dict[str, str]:
    """Return the answers of a passport good enough to send."""
    fields = [one for one in fields_of(form_by_code("passport"), stages=3) if one.kind != Kind.HEADING]
    texts = {one.key: f"{one.name}. " + "Подробный ответ авторов. " * 10 for one in fields}
    periods = ("Сентябрь–декабрь 2026 г.", "Январь–май 2027 г.", "Сентябрь–декабрь 2027 г.")
    own = {f"11.{number}.1": period for number, period in enumerate(periods, 1)}
    own |= {"1": title, "2": f"{author}, педагог"}
    return {key: text.strip() for key, text in {**texts, **own}.items()}


def started(book: Book, code: str, *, at: datetime) -> Application:
    """Begin the application of a place in the first nomination."""
    made = applications.start_application(
        book.contest,
        organisation=book.places[code],
        nomination=book.contest.nominations.order_by("position", "id").first(),
        by=book.people[code],
        at=at,
    )
    book.applications[code] = made
    return made


def typed(book: Book, code: str, title: str, *, at: datetime) -> Application:
    """Begin an application and type its passport in."""
    made, person = started(book, code, at=at), book.people[code]
    texts = {key: (text, 0) for key, text in passport(title, person.full_name).items()}
    assert filling.answer_section(made, texts=texts, by=person, at=at) == []
    return made


def sent(book: Book, code: str, *, key: str = "first", at: datetime) -> Submission:
    """Send an application with everything ticked."""
    application = book.application(code)
    return sendings.submit(
        application,
        key=key,
        consents=[statement.code for statement in statements_of(application)],
        address=ADDRESS,
        by=book.people[code],
        at=at,
    )


def checked(
    book: Book,
    code: str,
    outcome: CheckOutcome,
    *,
    at: datetime,
    unmet: Collection[str] = (),
    comment: str = "",
    mend_by: datetime | None = None,
) -> None:
    """Check an application technically."""
    rows = [
        {"code": item.code, "title": item.title, "is_met": item.code not in unmet, "note": ""}
        for item in ITEMS
    ]
    checks.check_application(
        book.application(code),
        outcome=outcome,
        checklist=rows,
        comment=comment,
        mend_by=mend_by,
        by=book.people["organiser"],
        at=at,
    )


# ── The expertise ───────────────────────────────────────────────────────────


def seated(
    book: Book, tour: Round, *codes: str, part: str = PanelSeat.Part.EXPERT, at: datetime
) -> list[PanelSeat]:
    """Invite people to a round; all agree."""
    seats = []
    for code in codes:
        seat = review.invite_expert(
            tour, person=book.people[code], part=part, by=book.people["organiser"], at=at
        )
        seats.append(review.answer_invitation(seat, accept=True, reason="", by=book.people[code], at=at))
    return seats


def live(tour: Round) -> list[Assignment]:
    """Return the assignments that count, by dossier and expert."""
    found = tour.assignments.filter(state__in=["assigned", "cleared"])
    return list(found.select_related("dossier", "expert").order_by("dossier__code", "expert__last_name"))


def scored(assignment: Assignment, value: int, *, at: datetime) -> ScoreSheet:
    """Declare that there is no conflict, put the same mark everywhere, finish the sheet."""
    expert = assignment.expert
    review.declare(assignment, by=expert, at=at)
    sheet = ScoreSheet.objects.get(assignment=assignment)
    criteria = list(assignment.round.rubric.criteria.order_by("number"))
    marks = {one.pk: Mark(value, REMARK if value <= 2 else "") for one in criteria}
    review.save_sheet(sheet, marks=marks, by=expert, at=at)
    review.finish_sheet(sheet, comment=CONCLUSION, by=expert, at=at)
    sheet.refresh_from_db()
    return sheet
