"""The network by municipality: one row each, whatever it takes, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from innoset.accounts.models import User
from innoset.foundation.russian import MOSCOW, counted
from innoset.network.models import Municipality, Status
from innoset.network.queries import agreements_visible_to, current_on
from innoset.network.queries.accompaniment import errands_visible_to
from innoset.network.queries.agreements import SOON, in_force_on
from innoset.network.queries.places import coordinators_by_place, places_visible_to
from innoset.network.queries.threads import sides_of, speaking_for, unanswered_threads_of
from innoset.projects.queries.reports import overdue_reports, reports_visible_to, unsent

HEAD = (
    "Муниципалитет",
    "В сети",
    "Статусов действует",
    "Отчётов ждём",
    "Из них просрочено",
    "Соглашение действует до",
    "Сообщений без ответа",
    "Поручений открыто",
    "Из них просрочено",
    "Кому звонить",
    "Телефон",
)


@dataclass(frozen=True, slots=True)
class Row:
    """How one municipality stands."""

    place: Municipality
    sites: int
    due: int
    late: int
    has_agreement: bool
    agreement_ends: date | None
    is_ending: bool
    letters: int
    errands: int
    late_errands: int
    people: tuple[User, ...]

    @property
    def needs(self) -> frozenset[str]:
        """Tell what calls for the operator here."""
        marks = {
            "late": self.late,
            "agreement": self.place.is_in_network and (not self.has_agreement or self.is_ending),
            "letters": self.letters,
            "errands": self.late_errands,
        }
        return frozenset(name for name, is_so in marks.items() if is_so)

    @property
    def is_ours(self) -> bool:
        """Tell whether it is in the network, or has sites and reports all the same, as the city of the centre."""
        return bool(self.place.is_in_network or self.sites or self.due)

    @property
    def agreement(self) -> str:
        """Say how the agreement stands."""
        if not self.has_agreement:
            return "нет"
        return f"{self.agreement_ends:%d.%m.%Y}" if self.agreement_ends else "бессрочно"

    @property
    def who(self) -> str:
        """Name whom to call."""
        return ", ".join(one.full_name for one in self.people) or "координатор не назначен"

    @property
    def phone(self) -> str:
        """Return the telephones of those to call."""
        return ", ".join(one.phone for one in self.people if one.phone)

    def cells(self) -> tuple[str, ...]:
        """Return the row as a spreadsheet has it."""
        figures = (self.sites, self.due, self.late)
        more = (self.letters, self.errands, self.late_errands)
        is_in = "да" if self.place.is_in_network else "нет"
        return (
            self.place.name, is_in, *map(str, figures), self.agreement, *map(str, more), self.who, self.phone,
        )  # fmt: skip


def rows_for(person: Any, *, at: datetime) -> list[Row]:
    """Return the municipalities that the person sees, those with most to mend first."""
    day = at.astimezone(MOSCOW).date()
    places = list(places_visible_to(person).filter(valid_to=None))
    seen = _Seen(person, at)
    people = coordinators_by_place([one.pk for one in places])
    rows = [_row(one, seen, tuple(people.get(one.pk, ())), day) for one in places]
    return sorted(rows, key=lambda row: (-len(row.needs), -row.late, row.place.name))


class _Seen:
    """What there is, counted by municipality."""

    def __init__(self, person: Any, at: datetime) -> None:
        day = at.astimezone(MOSCOW).date()
        near = "organisation__municipality"
        self.sites = _by(Status.objects.filter(current_on(day)), near)
        self.due = _by(unsent(reports_visible_to(person)), near)
        self.late = _by(overdue_reports(at, person), near)
        errands = errands_visible_to(person).filter(done_at=None, dropped_at=None)
        self.errands = _by(errands, near)
        self.late_errands = _by(errands.filter(due_on__lt=day), near)
        own = set(speaking_for(person))
        asking = (side for one in unanswered_threads_of(person) for side in sides_of(one))
        self.letters = Counter(side.municipality_id for side in asking if side.pk not in own)
        agreements = agreements_visible_to(person).filter(in_force_on(day))
        self.ends = _latest(agreements.order_by("pk").values_list("municipality", "ends_on"))


def _by(found: QuerySet[Any], column: str) -> Counter[int]:
    rows = found.order_by().values_list(column).annotate(many=Count("pk", distinct=True))
    return Counter(dict(rows))


def _latest(agreements: Iterable[tuple[int, date | None]]) -> dict[int, date | None]:
    """Return till when each municipality has an agreement; None is without end."""
    found: dict[int, date | None] = {}
    for place, ends_on in agreements:
        known = found.get(place, date.min)
        found[place] = None if known is None or ends_on is None else max(known, ends_on)
    return found


def _row(place: Municipality, seen: _Seen, people: tuple[User, ...], day: date) -> Row:
    ends = seen.ends.get(place.pk)
    return Row(
        place=place,
        sites=seen.sites[place.pk],
        due=seen.due[place.pk],
        late=seen.late[place.pk],
        has_agreement=place.pk in seen.ends,
        agreement_ends=ends,
        is_ending=ends is not None and (ends - day).days <= SOON,
        letters=seen.letters[place.pk],
        errands=seen.errands[place.pk],
        late_errands=seen.late_errands[place.pk],
        people=people,
    )


def summary_of(rows: list[Row]) -> str:
    """Say in a sentence how the network stands."""
    late = sum(row.late for row in rows)
    troubled = sum(bool(row.needs) for row in rows)
    if not troubled:
        return "Все муниципалитеты в порядке: ничего не просрочено, соглашения действуют."
    places = counted(troubled, "муниципалитет", "муниципалитета", "муниципалитетов")
    reports = counted(late, "отчёт", "отчёта", "отчётов")
    return f"Внимания требуют: {places} из {len(rows)}. Просрочено: {reports}."
