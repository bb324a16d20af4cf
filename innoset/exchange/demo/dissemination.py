"""What the demo sites have shared in two years, what they have won: invented events, publications, grants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from innoset.exchange.demo.network import World
from innoset.network.actions import dissemination as actions
from innoset.network.actions import honours
from innoset.network.actions.dissemination import Beside
from innoset.network.models import Achievement, Dissemination, Grant, Organisation, Status
from innoset.network.states import DisseminationKind as K
from innoset.network.states import Reach, StatusState


@dataclass(frozen=True, slots=True)
class Line:
    """One invented act of sharing: how many days ago it was, in the first of the two years."""

    days: int
    kind: K
    title: str
    reach: Reach
    people: int | None = None


# What a regional site shows in a year; the year before it did the same with other people.
_REGIONAL = (
    Line(35, K.SEMINAR, "Семинар «{theme}»", Reach.MUNICIPAL, 34),
    Line(75, K.WEBINAR, "Вебинар для методических служб края: первые результаты", Reach.REGIONAL, 112),
    Line(110, K.OPEN_EVENT, "День открытых дверей площадки", Reach.MUNICIPAL, 58),
    Line(150, K.CONFERENCE, "Выступление на краевой конференции", Reach.REGIONAL, 140),
    Line(190, K.PUBLICATION, "Статья «{theme}: опыт работы»", Reach.REGIONAL),
    Line(215, K.MASTER_CLASS, "Мастер-класс для учителей района", Reach.MUNICIPAL, 26),
    Line(260, K.INTERNSHIP, "Стажировка управленческих команд", Reach.REGIONAL, 18),
    Line(300, K.PRODUCT, "Методические рекомендации «{theme}»", Reach.REGIONAL),
    Line(320, K.MEDIA, "Репортаж о работе площадки", Reach.MUNICIPAL),
)
_MUNICIPAL = (
    Line(60, K.OPEN_EVENT, "Открытый урок площадки", Reach.MUNICIPAL, 22),
    Line(180, K.PUBLICATION, "Статья «{theme}»", Reach.MUNICIPAL),
    Line(280, K.PRODUCT, "Сборник разработок «{theme}»", Reach.MUNICIPAL),
)
_YEAR = 365
_RUBLE = 100
# Seven grants, a little over sixty million rubles in all.
_GRANTS = (
    (1, "Лучшая школьная площадка края", 10_000_000),
    (1, "Школа открытий", 10_000_000),
    (2, "Новая среда", 10_000_000),
    (2, "Кадры для цифры", 8_500_000),
    (3, "Детский сад будущего", 9_200_000),
    (3, "Сельская школа: шаг вперёд", 7_600_000),
    (4, "Точка притяжения", 6_900_000),
)
_HONOURS = (
    (1, "Лучшая инновационная практика края", "Управление", Reach.REGIONAL, "I место"),
    (1, "Школа года", "", Reach.MUNICIPAL, "Лауреат"),
    (2, "Директорский форум", "Команда", Reach.INTERREGIONAL, "Победитель"),
    (2, "Учитель и наставник", "", Reach.REGIONAL, "II место"),
    (3, "Всероссийский смотр методических служб", "Традиции и новое", Reach.FEDERAL, "Победитель"),
)


def fill(world: World) -> None:
    """Let the sites share and win."""
    sites = Status.objects.filter(state=StatusState.ACTIVE).select_related("organisation", "kind")
    regional = list(sites.filter(kind__code="kip").order_by("id"))
    for place, status in enumerate(regional):
        for turn in (0, 1):
            for line in _REGIONAL:
                _share(world, status, line, turn=turn, place=place)
    for place, status in enumerate(sites.filter(kind__code="mip").order_by("id")):
        for line in _MUNICIPAL[: 2 + place % 2]:
            _share(world, status, line, turn=0, place=place)
    holders = [status.organisation for status in regional]
    for organisation, (ago, programme, rubles) in zip(holders, _GRANTS, strict=False):
        grant = Grant(
            organisation=organisation,
            programme=programme,
            source="Министерство образования края",
            amount=rubles * _RUBLE,
            year=world.at.year - ago,
            url=f"https://grants.example/{organisation.number}",
        )
        honours.record_grant(grant, by=world.operator, at=world.at)
    for organisation, (ago, contest, nomination, reach, result) in zip(holders, _HONOURS, strict=False):
        honour = Achievement(
            organisation=organisation,
            contest=contest,
            nomination=nomination,
            reach=reach,
            result=result,
            year=world.at.year - ago,
        )
        honours.record_achievement(honour, by=world.operator, at=world.at)


def _share(world: World, status: Status, line: Line, *, turn: int, place: int) -> None:
    on = (world.at - timedelta(days=line.days + turn * _YEAR + place % 9)).date()
    made = Dissemination(
        organisation=status.organisation,
        # What was shared before the status began belongs to none.
        status=status if on >= status.starts_on else None,
        kind=line.kind,
        title=line.title.format(theme=_short(status.theme)),
        on=on,
        reach=line.reach,
        place=f"{status.organisation.municipality.centre_kind} {status.organisation.municipality.centre}",
        people=None if line.people is None else line.people + place % 7 - turn * 5,
        authors=status.organisation.head_name,
        url=f"https://{status.organisation.number.lower()}.example/{line.kind.value}/{on.year}/",
        is_published=line.kind in (K.PRODUCT, K.PUBLICATION),
    )
    at = min(datetime.combine(on, world.at.timetz()) + timedelta(days=3), world.at)
    actions.record_dissemination(made, beside=_beside(world, line, place), by=world.operator, at=at)
    if turn or (place + line.days) % 4:
        actions.confirm_dissemination(made, by=world.people["organiser"], at=at)


def _beside(world: World, line: Line, place: int) -> Beside:
    """Name who took part: events above the municipality gather other districts."""
    if line.people is None or line.reach == Reach.MUNICIPAL:
        return Beside()
    guests = list(_guests(world, place))
    return Beside(municipalities=[guest.municipality for guest in guests], partners=guests)


def _guests(world: World, place: int) -> Iterator[Organisation]:
    for step in (0, 3, 5):
        yield world.services[(place + step) % len(world.services)]


def _short(theme: str) -> str:
    return theme.partition(":")[0].strip("«» ")
