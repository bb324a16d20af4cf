"""The main pages: whose they are, at what point of the contest, how heavy they may be."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from innoset.accounts.models import User
from innoset.contests.pure.codes import code
from innoset.contests.states import ContestState
from innoset.projects.pure.forms import fields_of
from innoset.projects.pure.passport_form import PASSPORT
from tools.bench.rows import Rows
from tools.bench.verdicts import EXPERT, FORM, PUBLIC, TABLE

OPEN, EXPERTISE, COUNCIL, FINISHED = (
    ContestState.OPEN,
    ContestState.EXPERTISE,
    ContestState.COUNCIL,
    ContestState.FINISHED,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name for people, its budget, when it is looked at, by whom, where."""

    title: str
    kilobytes: int
    state: ContestState
    visitor: Callable[[Rows], User | None]
    address: Callable[[Rows], str]


def nobody(rows: Rows) -> User | None:
    """A visitor from the street."""
    del rows
    return None


def applicant(rows: Rows) -> User:
    """The head of a school."""
    return rows.applicant


def expert(rows: Rows) -> User:
    """The expert who has a sheet open."""
    return rows.experts[0]


def organiser(rows: Rows) -> User:
    """Whoever runs the contest."""
    return rows.organiser


def heaviest_section() -> str:
    """Return the section of the passport with the most fields."""
    fields = [one.section for one in fields_of(PASSPORT)]
    return max((section.code for section in PASSPORT.sections), key=fields.count)


def _of_contest(name: str, *args: str) -> Callable[[Rows], str]:
    return lambda rows: reverse(name, args=[rows.contest.code, *args])


def _of_first(name: str, *args: str) -> Callable[[Rows], str]:
    return lambda rows: reverse(name, args=[rows.first, *args])


def _plain(name: str) -> Callable[[Rows], str]:
    def address(rows: Rows) -> str:
        del rows
        return reverse(name)

    return address


def _sheet(rows: Rows) -> str:
    return reverse("desk:sheet", args=["remote", code(rows.contest.pk, 1)])


MAIN: Final = (
    Page("главная", PUBLIC, OPEN, nobody, _plain("public:home")),
    Page("страница конкурса", PUBLIC, OPEN, nobody, _of_contest("public:contest")),
    Page("итоги конкурса", PUBLIC, FINISHED, nobody, _of_contest("public:contest")),
    Page("реестр организаций", PUBLIC, OPEN, nobody, _plain("public:organisations")),
    Page("мои заявки", FORM, OPEN, applicant, _plain("cabinet:applications")),
    Page("список дел заявки", FORM, OPEN, applicant, _of_first("cabinet:application")),
    Page("раздел заявки", FORM, OPEN, applicant, _of_first("cabinet:section", heaviest_section())),
    Page("проверка и отправка", FORM, OPEN, applicant, _of_first("cabinet:check")),
    Page("стол эксперта", EXPERT, EXPERTISE, expert, _plain("desk:home")),
    Page("лист эксперта", EXPERT, EXPERTISE, expert, _sheet),
    Page("таблица заявок", TABLE, OPEN, organiser, _of_contest("office:contest_applications")),
    Page("рейтинг", TABLE, EXPERTISE, organiser, _of_contest("office:ranking", "remote")),
    Page("решение совета", TABLE, COUNCIL, organiser, _of_contest("office:council_room")),
)
