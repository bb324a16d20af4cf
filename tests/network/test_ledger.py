"""The ledger through real deeds: any past day can be asked about, and the columns repeat today's answer."""

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import User
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW
from innoset.foundation.workflow import WrongState
from innoset.network import actions, queries
from innoset.network.actions import Change
from innoset.network.actions.reminders import wake
from innoset.network.models import (
    Dissemination,
    EndingGround,
    Organisation,
    OrganisationName,
    Reorganisation,
    Status,
    StatusEvent,
    StatusKind,
)
from innoset.network.pure.statuses import Continuity, Fact, FactKind, Phase
from innoset.network.queries.completion import completion_checklist, continuity_of
from innoset.network.queries.successions import name_on, passings
from innoset.network.states import DisseminationKind, ReorganisationKind, Role, StatusState
from tests import world
from tests.pure.network import ledger_oracle as oracle

pytestmark = pytest.mark.django_db
K, S = ReorganisationKind, StatusState
FIRST = date(2026, 1, 1)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=MOSCOW)


def keeper() -> User:
    """Make somebody who writes orders down and keeps the registry."""
    return world.member(world.organisation("Департамент"), Role.ORGANISER)


def granted(where: Organisation, by: User, code: str = "kip", **given: Any) -> Status:
    facts: dict[str, Any] = {
        "kind": StatusKind.objects.get(code=code),
        "theme": "Школа наставников",
        "order": world.order(),
        "starts_on": FIRST,
    }
    return actions.grant_status(where, **{**facts, **given}, by=by, at=noon(FIRST))


def reorganise(kind: ReorganisationKind, by: User, on: date, **change: Any) -> Reorganisation:
    made = Reorganisation(kind=kind, on=on, ground="Постановление от 01.02.2026 № 5")
    actions.reorganise(made, change=Change(**change), by=by, at=noon(on))
    return made


class Life:
    """A random life of a few organisations, lived through the deeds; what was refused did not happen."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311  # reason: a script, not a secret
        self.by = keeper()
        place = world.municipality()
        self.schools = [world.organisation(municipality=place) for _ in range(4)]
        self.today = oracle.START + timedelta(days=10)
        self.statuses = [
            granted(
                school,
                self.by,
                starts_on=self.today,
                theme=f"Тема {n}",
                ends_on=self.today + timedelta(days=400),
            )
            for n, school in enumerate(self.schools[:3])
        ]
        self.names = {school.pk: [(oracle.START, school.short_name)] for school in self.schools}
        self.done: Counter[str] = Counter()

    def live(self, turns: int) -> None:
        deeds = [
            self.pause,
            self.resume,
            self.extend,
            self.end,
            self.restore,
            self.annul,
            self.rename,
            self.merge,
        ]
        for _ in range(turns):
            self.today += timedelta(days=self.rng.randrange(1, 40))
            deed = self.rng.choice(deeds)
            try:
                deed(Status.objects.get(pk=self.rng.choice(self.statuses).pk))
            except (Refusal, WrongState):
                self.done["refused"] += 1
            else:
                self.done[deed.__name__] += 1

    @property
    def how(self) -> dict[str, Any]:
        return {"by": self.by, "at": noon(self.today)}

    def pause(self, status: Status) -> None:
        until = self.rng.choice([None, self.today + timedelta(days=self.rng.randrange(60))])
        actions.pause_status(status, on=self.today, until=until, note="Ремонт", **self.how)

    def resume(self, status: Status) -> None:
        paused = Status.objects.filter(pk__in=[one.pk for one in self.statuses], state=S.PAUSED).first()
        if paused is None:
            actions.pause_status(status, on=self.today, note="Ремонт", **self.how)
            self.today += timedelta(days=1)
        actions.resume_status(paused or status, on=self.today, **self.how)

    def extend(self, status: Status) -> None:
        order = world.order(signed_on=self.today)
        later = status.ends_on + timedelta(days=self.rng.randrange(1, 200))
        actions.extend_status(status, order=order, ends_on=later, **self.how)

    def end(self, status: Status) -> None:
        if self.rng.random() < 0.5:
            return actions.complete_status(status, on=self.today, note="Всё сделано", **self.how)
        return actions.terminate_status(
            status, ground=EndingGround.objects.all()[0], on=self.today, **self.how
        )

    def restore(self, status: Status) -> None:
        actions.restore_status(status, note="Отчёт найден", **self.how)

    def annul(self, status: Status) -> None:
        line = self.rng.choice(
            list(status.events.exclude(kind="granted").order_by("pk")) or list(status.events.all())
        )
        actions.annul_fact(status, fact=line, note="Внесено по ошибке", **self.how)

    def rename(self, status: Status) -> None:
        school = status.organisation
        short = f"Лицей {self.today:%j.%Y}"
        reorganise(
            K.RENAMING, self.by, self.today, before=[school], name=f"Полное: {short}", short_name=short
        )
        self.names[school.pk].append((self.today, short))

    def merge(self, status: Status) -> None:
        heir = self.rng.choice([one for one in self.schools if one.pk != status.organisation_id])
        heir.refresh_from_db()
        reorganise(K.ACCESSION, self.by, self.today, before=[status.organisation], after=[heir])


def told(standing: Any) -> oracle.Answer:
    if standing is None or standing.phase == Phase.NOT_YET:
        return None
    return (standing.holder, standing.ends_on, standing.phase.value)


def test_lives_through_the_deeds_agree_with_the_oracle_on_every_day() -> None:
    done: Counter[str] = Counter()
    for seed in (3, 5, 8):
        life = Life(seed)
        life.live(24)
        done += life.done
        asked = [oracle.day(number) for number in range(0, oracle.HORIZON, 150)]
        expected: dict[date, set[Any]] = {day: set() for day in asked}
        for status in Status.objects.filter(pk__in=[one.pk for one in life.statuses]).prefetch_related(
            "events"
        ):
            facts = [
                Fact(e.pk, FactKind(e.kind), e.on, holder=e.holder_id, ends_on=e.ends_on, annuls=e.annuls_id)
                for e in status.events.all()
            ]
            painted = oracle.painted(facts)
            assert {day: told(queries.standing_of(status, day)) for day in painted} == painted
            for day in asked:
                said = painted[day]
                expected[day] |= {(status.pk, *said)} if said is not None else set()
            assert_columns_repeat(status, life.today)
        mine = {school.pk for school in life.schools}
        for day in asked:
            found = queries.standings_on(day, mine)
            assert {(s.status.pk, s.organisation_id, s.ends_on, s.phase.value) for s in found} == expected[
                day
            ]
        for school in Organisation.objects.filter(pk__in=mine).prefetch_related("former_names"):
            for day in asked:
                names = [name for since, name in life.names[school.pk] if since <= day]
                assert name_on(school, day) == names[-1]
    every = ("pause", "resume", "extend", "end", "restore", "annul", "rename", "merge", "refused")
    assert {name: done[name] > 0 for name in every} == dict.fromkeys(every, True)


def assert_columns_repeat(status: Status, today: date) -> None:
    """The columns say what the ledger says of the last day on which something was done, or of today."""
    last = max(today, status.starts_on)
    wake(status, at=noon(last))
    standing = queries.standing_of(status, last)
    if standing is None:
        assert status.state == S.ANNULLED
        return
    states = {Phase.PAUSED: S.PAUSED, Phase.COMPLETED: S.COMPLETED, Phase.TERMINATED: S.TERMINATED}
    assert (status.organisation_id, status.ends_on, status.state) == (
        standing.holder,
        standing.ends_on,
        states.get(standing.phase, S.ACTIVE),
    )
    in_force = Status.objects.filter(queries.current_on(last), pk=status.pk).exists()
    assert in_force == (standing.phase == Phase.IN_FORCE)


def refused(deed: Any, *args: Any, **given: Any) -> tuple[str, str | None]:
    with pytest.raises(Refusal) as no:
        deed(*args, **given)
    return no.value.text, no.value.field


def test_a_ledger_takes_no_nonsense(at: datetime) -> None:
    by, school = keeper(), world.organisation("МБОУ СОШ № 7")
    how: dict[str, Any] = {"by": by, "at": at}
    status = granted(school, by)
    day = date(2026, 5, 5)
    assert refused(actions.resume_status, status, on=day, **how) == (
        "История статуса не сходится: 05.05.2026 — «возобновлён», но статус в этот день не приостановлен. Исправьте дату или отмените лишнюю запись.",
        "on",
    )
    unsigned = world.order(confirmed=False)
    assert [
        refused(actions.pause_status, status, on=day, note=" ", **how),
        refused(actions.pause_status, status, on=date(2027, 1, 1), note="Ремонт", **how)[1],
        refused(actions.pause_status, status, on=day, until=FIRST, note="Ремонт", **how)[1],
        refused(actions.extend_status, status, order=unsigned, ends_on=date(2030, 1, 1), **how)[1],
        refused(actions.extend_status, status, order=world.order(), ends_on=day, **how),
        refused(actions.pass_status, status, successor=school, on=day, note="Слияние", **how)[0],
        refused(
            actions.pass_status,
            status,
            successor=world.organisation(is_active=False),
            on=day,
            note="х",
            **how,
        )[1],
        refused(actions.pass_status, status, successor=world.organisation(), on=day, note="", **how)[1],
    ] == [
        ("Напишите, почему статус приостанавливают.", "note"),
        "on",
        "until",
        "order",
        ("Статус и так действует по 31.12.2028. Введите день позже этого.", "ends_on"),
        "История статуса не сходится: 05.05.2026 — «перешёл к преемнику», но статус и так принадлежит этой организации. Исправьте дату или отмените лишнюю запись.",
        "successor",
        "note",
    ]
    assert StatusEvent.objects.filter(status=status).count() == 1
    stranger = world.member(school, Role.HEAD)
    with pytest.raises(PermissionDenied):
        actions.pause_status(status, on=day, note="Ремонт", by=stranger, at=at)


def test_a_mistaken_line_is_annulled_and_stays_to_be_seen(at: datetime) -> None:
    by = keeper()
    how: dict[str, Any] = {"by": by, "at": at}
    status = granted(world.organisation(), by)
    ground = EndingGround.objects.get(code="no-report")
    actions.terminate_status(status, ground=ground, on=date(2026, 6, 1), **how)
    line = StatusEvent.objects.get(kind="terminated")
    actions.annul_fact(status, fact=line, note="Отчёт был сдан", **how)
    status.refresh_from_db()
    assert (status.state, status.ended_on, status.ground, status.ending_note) == (S.ACTIVE, None, None, "")
    assert [
        refused(actions.annul_fact, status, fact=line, note="ещё раз", **how)[0],
        refused(actions.annul_fact, status, fact=StatusEvent.objects.get(kind="annulled"), note="х", **how)[
            0
        ],
        refused(actions.annul_fact, status, fact=StatusEvent.objects.get(kind="granted"), note=" ", **how)[1],
    ] == [
        "Эта запись уже отменена.",
        "Эту запись отменить нельзя. Если она неверна, внесите верную запись.",
        "note",
    ]
    actions.annul_fact(status, fact=StatusEvent.objects.get(kind="granted"), note="Не та школа", **how)
    status.refresh_from_db()
    assert (status.state, queries.standings_on(date(2026, 7, 1))) == (S.ANNULLED, [])
    assert list(queries.public_statuses()) == []


def test_statuses_pass_to_successors_and_papers_keep_old_names(at: datetime) -> None:
    by, place = keeper(), world.municipality()
    first, second, third = (world.organisation(f"Школа {n}", municipality=place) for n in (1, 2, 3))
    kip, mip = granted(first, by), granted(second, by, "mip")
    on = date(2026, 6, 1)
    plan = passings(K.MERGER, before=[first, second], after=[third], on=on)
    assert sorted((one.status.pk, one.successor) for one in plan) == sorted(
        [(kip.pk, third), (mip.pk, third)]
    )
    reorganise(K.MERGER, by, on, before=[first, second], after=[third])
    assert [(s.status.pk, s.organisation_id) for s in queries.standings_on(on)] == [
        (mip.pk, third.pk),
        (kip.pk, third.pk),
    ]
    before = queries.standings_on(on - timedelta(days=1))
    assert [(s.status.pk, s.organisation_id) for s in before] == [(mip.pk, second.pk), (kip.pk, first.pk)]
    first.refresh_from_db()
    assert first.is_active is False
    assert queries.level_counts_then(queries.standings_on(on)) == [
        queries.LevelCount("municipal", "Муниципальный", 1, 1),
        queries.LevelCount("regional", "Краевой", 1, 1),
    ]
    day = date(2026, 9, 1)
    reorganise(K.RENAMING, by, day, before=[third], name="Лицей имени Ушинского", short_name="Лицей № 3")
    assert list(OrganisationName.objects.values_list("short_name", "since", "until")) == [
        ("Школа 3", None, day)
    ]
    third.refresh_from_db()
    assert [name_on(third, when) for when in (on, day)] == ["Школа 3", "Лицей № 3"]


def test_a_split_lets_each_status_choose_and_a_closing_ends_them(at: datetime) -> None:
    by, place = keeper(), world.municipality()
    whole, left, right = (world.organisation(f"Школа {n}", municipality=place) for n in (1, 2, 3))
    kip, mip = granted(whole, by), granted(whole, by, "mip")
    on = date(2026, 6, 1)
    reorganise(K.SPLIT, by, on, before=[whole], after=[left, right], successors={mip.pk: right})
    assert [(s.status.pk, s.organisation_id) for s in queries.standings_on(on)] == [
        (mip.pk, right.pk),
        (kip.pk, left.pk),
    ]
    born = world.organisation("Школа 4", municipality=place)
    reorganise(K.SEPARATION, by, on + timedelta(days=9), before=[right], after=[born])
    reorganise(K.CLOSING, by, on + timedelta(days=20), before=[left])
    later = {s.status.pk: (s.organisation_id, s.phase) for s in queries.standings_on(date(2026, 11, 1))}
    assert later == {mip.pk: (right.pk, Phase.IN_FORCE), kip.pk: (left.pk, Phase.TERMINATED)}
    kip.refresh_from_db()
    assert kip.ground == EndingGround.objects.get(code="reorganisation")


def test_what_a_reorganisation_refuses(at: datetime) -> None:
    by, one, two = keeper(), world.organisation("Школа 1"), world.organisation("Школа 2")
    on = date(2026, 6, 1)
    closed = world.organisation("Школа 3", is_active=False)
    said = [
        refused(reorganise, kind, by, day, **change)[1]
        for kind, day, change in (
            (K.MERGER, on, {"before": [one], "after": [two]}),
            (K.ACCESSION, on, {"before": [one], "after": [one]}),
            (K.RENAMING, on, {"before": [one], "name": " ", "short_name": " "}),
            (K.RENAMING, on, {"before": [one], "name": one.name, "short_name": one.short_name}),
            (K.ACCESSION, on, {"before": [one], "after": [closed]}),
            (K.SEPARATION, on, {"before": [one], "after": [two], "successors": {1: closed}}),
        )
    ]
    assert said == ["after", "after", "name", "name", "after", "after"]
    empty = Reorganisation(kind=K.CLOSING, on=on, ground=" ")
    early = Reorganisation(kind=K.CLOSING, on=date(2027, 1, 1), ground="Постановление № 1")
    change = Change(before=[one])
    assert refused(actions.reorganise, empty, change=change, by=by, at=at)[1] == "ground"
    assert refused(actions.reorganise, early, change=change, by=by, at=at)[1] == "on"
    with pytest.raises(PermissionDenied):
        actions.reorganise(early, change=change, by=world.member(one, Role.HEAD), at=at)
    assert list(Reorganisation.objects.all()) == []


def test_fifteen_years_also_across_successors() -> None:
    by, old, new = keeper(), world.organisation("Школа 1"), world.organisation("Школа 2")
    kind = StatusKind.objects.get(code="kip")
    for year in (2011, 2014, 2017, 2020):
        granted(old, by, starts_on=date(year, 12, 22), theme=f"Тема {year}")
    reorganise(K.ACCESSION, by, date(2021, 3, 1), before=[old], after=[new])
    granted(new, by, starts_on=date(2023, 12, 22), theme="Тема 2023")
    since = date(2011, 12, 22)
    assert continuity_of(new, kind, date(2026, 12, 21)) == Continuity(5, 15, since)
    assert continuity_of(new, kind, date(2021, 2, 28)) == Continuity(0, 0, None)
    assert continuity_of(old, kind, date(2021, 2, 28)) == Continuity(4, 9, since)


def test_a_site_completes_with_an_event_and_a_product_or_with_a_reason(at: datetime) -> None:
    by, school = keeper(), world.organisation()
    status = granted(school, by, "mip", starts_on=date(2023, 1, 1), ends_on=date(2026, 10, 1))
    facts = {
        "organisation": school,
        "status": status,
        "on": date(2025, 5, 5),
        "recorded_at": at,
        "recorded_by": by,
    }
    Dissemination.objects.create(kind=DisseminationKind.PRODUCT, title="Сборник", **facts)
    assert refused(actions.complete_status, status, by=by, at=at) == (
        "В рамках статуса не хватает: открытое мероприятие, опубликованный продукт. Внесите это в сведения о распространении опыта или напишите в пояснении, почему работу завершают без этого.",
        "note",
    )
    Dissemination.objects.filter(title="Сборник").update(is_published=True)
    assert [(c.title, c.is_met, c.count) for c in completion_checklist(status)] == [
        ("Открытое мероприятие", False, 0),
        ("Опубликованный продукт", True, 1),
    ]
    Dissemination.objects.create(kind=DisseminationKind.OPEN_EVENT, title="День открытых дверей", **facts)
    actions.complete_status(status, by=by, at=at)
    status.refresh_from_db()
    assert (status.state, status.stage_note) == (S.COMPLETED, "")
    bare = granted(
        school, by, "mip", theme="Без событий", starts_on=date(2023, 1, 1), ends_on=date(2026, 10, 1)
    )
    actions.complete_status(bare, note="Карантин", by=by, at=at)
    bare.refresh_from_db()
    assert (bare.state, bare.stage_note) == (S.COMPLETED, "Карантин")
