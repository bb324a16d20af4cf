"""Figures of the demo year: what was published about the network, entered with its source; analyses of sites."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from innoset.accounts.models import User
from innoset.analytics import actions
from innoset.analytics.actions.analyses import Mark
from innoset.analytics.models import Analysis, AnalysisQuestion, Indicator, Measurement
from innoset.analytics.queries.analyses import school_year_of
from innoset.exchange.demo.network import CITY, World, staff_of
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Municipality, Status
from innoset.network.queries import current_on

COUNTER: Final = "Счётчик посещений портала, отчёт сети"
FESTIVAL: Final = "Отчёт о фестивале"
RESULTS: Final = "Итоги конкурса, опубликованные на портале"
VYSELKI: Final = "Выселковский район"


@dataclass(frozen=True, slots=True)
class Figure:
    """One published value; nothing given = it was published that there is none, or not published at all."""

    code: str
    since: date
    until: date
    source: str
    value: int | None = None
    parts: tuple[int | None, int] | None = None
    is_partial: bool = False
    is_floor: bool = False
    place: str = ""


def _year(code: str, year: int, value: int | None, source: str, **more: object) -> Figure:
    return Figure(code, date(year, 1, 1), date(year, 12, 31), source, value, **more)  # type: ignore[arg-type]  # its columns


def _part(code: str, until: date, value: int, source: str) -> Figure:
    return Figure(code, date(until.year, 1, 1), until, source, value, is_partial=True)


AUGUST: Final = date(2022, 8, 20)
PUBLISHED: Final = (
    _year("site-users", 2019, 8000, COUNTER),
    _year("site-users", 2020, None, f"{COUNTER}: за 2020 год не названо"),
    _year("site-users", 2021, 12000, COUNTER),
    _part("site-users", AUGUST, 10000, COUNTER),
    _year("site-visits", 2021, 17000, COUNTER),
    _part("site-visits", AUGUST, 16000, COUNTER),
    _year("site-views", 2020, 50000, COUNTER),
    _part("site-views", AUGUST, 80000, COUNTER),
    _year("festival-participants", 2020, 355, FESTIVAL),
    _year("festival-participants", 2022, 350, FESTIVAL, is_floor=True),
    _year("festival-applications", 2022, 220, FESTIVAL, is_floor=True),
    _year("festival-all", 2022, 1850, FESTIVAL, is_floor=True),
    _year("innovative-share", 2016, 37, "Отчёт муниципалитета за 2016 год, числа организаций не названы", place=CITY),
    _year("sites-growth", 2021, 2, "Отчёт сети: прирост в два раза"),
    _year("schools-searching", 2021, 70, "Отчёт муниципалитета, числа школ не названы", is_floor=True, place=VYSELKI),
    _year("centres-in-krai", 2022, 4, "Отчёт сети"),
    _year("centres-outside", 2022, 1, "Отчёт сети: один в Белгородской области"),
    _year("mlsv-contest", 2022, None, RESULTS, parts=(5, 9)),
    _year("mlsv-kindergartens", 2022, None, RESULTS, parts=(3, 5)),
    _year("mlsv-schools", 2022, None, RESULTS, parts=(2, 4)),
    _year("mip-contest", 2022, None, f"{RESULTS}: число победителей среди детских садов пропущено", parts=(None, 7)),
    _year("mip-kindergartens", 2022, None, f"{RESULTS}: число победителей пропущено", parts=(None, 3)),
    _year("mip-schools", 2022, None, RESULTS, parts=(2, 4)),
)  # fmt: skip
OWN: Final = (4, 3, 3, 4, 3, 4, 4, 3, 3, 2)
EXPERT: Final = (3, 3, 2, 4, 3, 2, 2, 3, 3, 3)
PROOF: Final = {"roadmap": "Отчёт о выполнении дорожной карты", "events": "Программы открытых мероприятий"}


def fill(world: World) -> None:
    """Enter the published figures; let three sites analyse themselves, and an expert two of them."""
    indicators = {one.code: one for one in Indicator.objects.all()}
    places = {one.name: one for one in Municipality.objects.filter(valid_to=None)}
    for figure in PUBLISHED:
        _enter(world, figure, indicators[figure.code], places.get(figure.place))
    _analyses(world)


def _enter(world: World, figure: Figure, indicator: Indicator, place: Municipality | None) -> None:
    numerator, denominator = figure.parts or (None, None)
    measurement = Measurement(
        indicator=indicator,
        municipality=place,
        starts_on=figure.since,
        ends_on=figure.until,
        value=_decimal(figure.value),
        numerator=_decimal(numerator),
        denominator=_decimal(denominator),
        is_partial=figure.is_partial,
        is_floor=figure.is_floor,
        source_note=figure.source,
    )
    actions.record_value(measurement, by=world.people["organiser"], at=world.ago(40))


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _analyses(world: World) -> None:
    day = world.at.astimezone(MOSCOW).date()
    sites = list(Status.objects.filter(current_on(day), kind__code="kip").order_by("pk")[:3])
    codes = list(AnalysisQuestion.objects.filter(is_active=True).values_list("code", flat=True))
    for number, site in enumerate(sites):
        head = staff_of(world, site.organisation)
        own = Analysis(status=site, school_year=school_year_of(day), view=Analysis.View.OWN)
        _analysed(world, own, dict(zip(codes, OWN, strict=True)), head, is_sent=number < 2)  # noqa: PLR2004  # reason: one still thinks
    for site in sites[:1]:
        expert = Analysis(status=site, school_year=school_year_of(day), view=Analysis.View.EXPERT)
        _analysed(
            world, expert, dict(zip(codes, EXPERT, strict=True)), world.people["methodist"], is_sent=True
        )


def _analysed(world: World, analysis: Analysis, marks: dict[str, int], by: User, *, is_sent: bool) -> None:
    given = {code: Mark(value, PROOF.get(code, "")) for code, value in marks.items()}
    summary = "Проект идёт по плану. Дальше — передать опыт соседним организациям."
    kept = actions.save_analysis(analysis, marks=given, summary=summary, by=by, at=world.ago(12))
    if is_sent:
        actions.send_analysis(kept, by=by, at=world.ago(11))
