"""A small invented world for tests: plain functions that write rows, with no surprises.

Everything happens around `AT`. Whatever a test cares about it says by name; the rest is made up.
"""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from innoset.accounts.models import ConsentText, User
from innoset.contests.models import Application, Contest, ContestStage, Nomination
from innoset.contests.states import ApplicationState, ContestState, StageKind
from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.network.models import Membership, Municipality, Organisation, StatusKind
from innoset.network.states import OrganisationKind, Role
from innoset.projects.models import Answer, Passport, PassportVersion, Project
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import digest, fields_of
from innoset.review.models import Criterion, Dossier, Rubric

AT = datetime.fromisoformat("2026-11-21T09:00:00+00:00")
"""The same moment as the fixture `at`: Saturday noon in Krasnodar."""
DEADLINE = datetime.fromisoformat("2026-12-05T14:00:00+00:00")
"""When the submission stage of a contest of this world ends: 5 December, 17:00 in Moscow."""
ADDRESS = "192.0.2.7"

_numbers = count(1)
_UNSENT = {ApplicationState.DRAFT, ApplicationState.WITHDRAWN}
_READ_BY_EXPERTS = {
    ApplicationState.IN_REVIEW,
    ApplicationState.TO_DEFENCE,
    ApplicationState.DECLINED,
    ApplicationState.PROPOSED,
    ApplicationState.REJECTED,
    ApplicationState.AWARDED,
}


def person(name: str = "Соколова Вера Петровна", **fields: Any) -> User:
    """Make a person who signs in with the password «пароль-42»."""
    last, first, middle = [*name.split(), "", ""][:3]
    given = {"email": f"person{next(_numbers)}@example.test", "last_name": last, "first_name": first}
    user: User = User.objects.create_user(password="пароль-42", **{**given, "middle_name": middle, **fields})
    return user


def municipality(name: str = "", **fields: Any) -> Municipality:
    """Make a municipality of the network."""
    n = next(_numbers)
    given = {
        "oktmo": f"03{n:06d}",
        "check_digit": "0",
        "name": name or f"Приречный район {n}",
        "kind": Municipality.Kind.OKRUG,
        "centre": "Приречная",
        "centre_kind": "станица",
        "latitude": "45.0",
        "longitude": "39.0",
        "valid_from": "2024-01-01",
        "is_in_network": True,
    }
    return Municipality.objects.create(**{**given, **fields})


def organisation(short_name: str = "", **fields: Any) -> Organisation:
    """Make a school of a municipality of its own."""
    n = next(_numbers)
    short = short_name or f"МБОУ СОШ № {n}"
    given = {
        "number": f"О-{n:05d}",
        "short_name": short,
        "name": f"Муниципальное бюджетное общеобразовательное учреждение «{short}»",
        "kind": OrganisationKind.SCHOOL,
        "created_at": AT - timedelta(days=400),
    }
    place = fields.pop("municipality", None) or municipality()
    return Organisation.objects.create(**{**given, "municipality": place, **fields})


def membership(
    who: User | None = None, where: Organisation | None = None, role: Role = Role.EDITOR, **fields: Any
) -> Membership:
    """Give a person a role in an organisation; both are made when not given."""
    given = {"since": AT - timedelta(days=300), "role": role}
    return Membership.objects.create(
        person=who or person(), organisation=where or organisation(), **{**given, **fields}
    )


def member(where: Organisation, role: Role = Role.EDITOR, name: str = "Соколова Вера Петровна") -> User:
    """Make a person with a role in an organisation."""
    user = person(name)
    membership(user, where, role)
    return user


def status_kind(code: str = "", **fields: Any) -> StatusKind:
    """Make a line of the dictionary of statuses, or find it by its code."""
    given = {
        "abbreviation": "МИП",
        "title": "Муниципальная инновационная площадка",
        "level": StatusKind.Level.MUNICIPAL,
        "term_years": 3,
    }
    found, _ = StatusKind.objects.get_or_create(code=code or "test-mip", defaults={**given, **fields})
    return found


def rubric(title: str = "Заочная экспертиза", *, weights: tuple[int, ...] = (1, 1, 1)) -> Rubric:
    """Make a rubric: one criterion a weight, levels 0–5, a comment compulsory at 2 and below."""
    made = Rubric.objects.create(title=title)
    levels = [{"value": value, "text": f"уровень {value}"} for value in range(6)]
    for number, weight in enumerate(weights, start=1):
        Criterion.objects.create(
            rubric=made,
            number=number,
            title=f"Критерий {number}",
            weight=weight,
            levels=levels,
            comment_at_most=2,
            fields=[str(number + 5)],
            breaks_ties=number == 1,
        )
    return made


def consent_text(code: str = "", **fields: Any) -> ConsentText:
    """Publish a text to agree to."""
    given = {
        "code": code or f"consent-{next(_numbers)}",
        "title": "Согласие на обработку персональных данных",
        "body": "Я согласен на обработку моих персональных данных для проведения конкурса.",
        "sha256": "0" * 64,
        "published_at": AT - timedelta(days=100),
    }
    return ConsentText.objects.create(**{**given, **fields})


def order(*, confirmed: bool = True, **fields: Any) -> Order:
    """Make an order; by default signed, entered by one person and confirmed by another."""
    given: dict[str, Any] = {"issuer": "Управление образования", "title": "Об итогах", "created_at": AT}
    if confirmed:
        given |= {"number": "321", "signed_on": AT.date(), "state": OrderState.CONFIRMED}
        given |= {"entered_at": AT, "confirmed_at": AT, "entered_by": person(), "confirmed_by": person()}
    return Order.objects.create(**{**given, **fields})


def contest(state: ContestState = ContestState.OPEN, **fields: Any) -> Contest:
    """Make a contest whose submission goes on at `AT` till `DEADLINE`, with one nomination."""
    n = next(_numbers)
    given: dict[str, Any] = {
        "code": f"contest-{n}",
        "title": "Инновационный поиск",
        "edition": 21,
        "school_year": 2026,
        "state": state,
        "created_at": AT - timedelta(days=40),
        "grace_minutes": 0,
    }
    if state not in {ContestState.DRAFT, ContestState.CANCELLED}:
        given["published_at"] = AT - timedelta(days=30)
    if state == ContestState.FINISHED:
        given |= {"results_at": AT, "order": fields.pop("order", None) or order()}
    for name, make in (("organiser", _centre), ("status_kind", status_kind), ("remote_rubric", rubric)):
        given[name] = fields.pop(name, None) or make()
    given["created_by"] = fields.pop("created_by", None) or member(given["organiser"], Role.ORGANISER)
    made = Contest.objects.create(**{**given, **fields})
    Nomination.objects.create(contest=made, title="Инновационный проект")
    _calendar(made)
    return made


def _centre() -> Organisation:
    return organisation("МБУ ЦРО", kind=OrganisationKind.METHOD_CENTRE)


def _calendar(made: Contest) -> None:
    starts = DEADLINE - timedelta(days=30)
    for kind, days in ((StageKind.SUBMISSION, 30), (StageKind.CHECK, 5), (StageKind.REMOTE, 14)):
        ends = starts + timedelta(days=days)
        ContestStage.objects.create(contest=made, kind=kind, starts_at=starts, ends_at=ends)
        starts = ends


def values(form_code: str = "passport", **given: str) -> dict[str, str]:
    """Return answers good enough to send: every field of the form has a text of its own."""
    form = form_by_code(form_code)
    made = {field.key: f"{field.name}. " + "Подробный ответ авторов. " * 10 for field in fields_of(form)}
    if form_code == "passport":
        made["1"] = "Школа наставников сельского района"
        periods = ("Сентябрь–декабрь 2026 г.", "Январь–май 2027 г.", "Сентябрь–декабрь 2027 г.")
        made |= {f"11.{number}.1": period for number, period in enumerate(periods, start=1)}
    return {key: text.strip() for key, text in {**made, **given}.items()}


def project(owner: Organisation, *, by: User | None = None, answers: dict[str, str] | None = None) -> Project:
    """Make a project of an organisation with its passport and answers (none by default)."""
    given = answers or {}
    made = Project.objects.create(
        organisation=owner, title=given.get("1", ""), created_at=AT, created_by=by or member(owner)
    )
    passport = Passport.objects.create(project=made, form_code="passport", form_version="1", created_at=AT)
    Answer.objects.bulk_create(
        Answer(passport=passport, key=key, text=text, saved_at=AT, saved_by=made.created_by)
        for key, text in given.items()
    )
    return made


def application(
    to: Contest | None = None,
    owner: Organisation | None = None,
    state: ApplicationState = ApplicationState.DRAFT,
    **fields: Any,
) -> Application:
    """Make an application in a state, with all that the state demands; `answers=` fills the passport."""
    to, owner = to or contest(), owner or organisation()
    answers = fields.pop("answers", None)
    made = project(owner, by=fields.get("created_by"), answers=values() if answers is None else answers)
    given: dict[str, Any] = {
        "number": f"2026-{next(_numbers):04d}",
        "nomination": to.nominations.first(),
        "created_at": AT,
        "created_by": made.created_by,
        "state": state,
    }
    if state not in _UNSENT:
        given |= {"submitted_at": AT, "version": _version(made)}
    if state in _READ_BY_EXPERTS:
        given["dossier"] = dossier(owner, title=made.title)
    if state == ApplicationState.RETURNED:
        given["mend_by"] = AT + timedelta(days=5)
    return Application.objects.create(contest=to, organisation=owner, project=made, **{**given, **fields})


def _version(made: Project) -> PassportVersion:
    passport = made.passport
    kept = {answer.key: answer.text for answer in passport.answers.all()}
    return PassportVersion.objects.create(
        passport=passport,
        number=1,
        form_code=passport.form_code,
        form_version=passport.form_version,
        stages=passport.stages,
        values=kept,
        sha256=digest(passport.form_code, passport.form_version, kept),
        made_at=AT,
        made_by=made.created_by,
    )


def dossier(owner: Organisation | None = None, *, title: str = "Школа наставников", **fields: Any) -> Dossier:
    """Make a dossier with three answers to read."""
    content = [
        {"key": key, "number": key, "label": f"Поле {key}", "text": f"Ответ {key}", "is_group": False}
        for key in ("6", "7", "8")
    ]
    given = {"code": f"Д-{next(_numbers):04d}", "title": title, "content": content, "sha256": "0" * 64}
    return Dossier.objects.create(organisation=owner or organisation(), opened_at=AT, **{**given, **fields})


def signed_in(user: User) -> Client:
    """Return a browser in which the person is signed in, with a second factor as whoever decides must have."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = Client()
    client.force_login(user)
    return client
