"""Values that are entered, corrected, loaded; what is counted; who sees what."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from innoset.analytics import actions
from innoset.analytics.models import Indicator, Measurement, ValueImport
from innoset.analytics.pure.indicators import Period, Reading, so_far, tally, year_of
from innoset.analytics.queries import indicators as queries
from innoset.analytics.queries.counters import COUNTERS
from innoset.analytics.queries.network import coverage_of
from innoset.analytics.states import Scope, Source
from innoset.foundation.errors import Refusal
from innoset.network.models import Grant
from innoset.network.states import DisseminationKind
from tests import world
from tests.analytics import scene as scenes
from tests.analytics.scene import entered, shared, site, value

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
D = Decimal


@pytest.fixture
def scene():
    return scenes.made()


def rows(indicator):
    found = Measurement.objects.filter(indicator=indicator).order_by("pk")
    return [(one.value, one.replaced_at is not None, one.source_note) for one in found]


def test_a_correction_keeps_the_old_value(scene, at):
    visits = entered(scope=Scope.NETWORK)
    actions.record_value(value(visits, 17000), by=scene.keeper, at=at)
    actions.record_value(value(visits, None, source_note="Счётчик был сломан"), by=scene.keeper, at=at)
    assert rows(visits) == [(D(17000), True, "Отчёт"), (None, False, "Счётчик был сломан")]
    assert [one.value for one in queries.series_of(visits, None, TODAY, person=scene.keeper)] == [None]
    with pytest.raises(IntegrityError), transaction.atomic():
        value(visits, 5, recorded_at=at).save()


REFUSED = [
    ({"ends_on": date(2024, 1, 1)}, "ends_on", "Период заканчивается раньше"),
    ({"ends_on": TODAY + timedelta(days=1)}, "ends_on", "Период ещё не закончился"),
    ({"value": D(-1)}, "value", "Число не может быть меньше нуля"),
    ({"source_note": "  "}, "source_note", "откуда взято"),
    ({"numerator": D(1)}, "numerator", "только у доли"),
    ({"value": None, "is_floor": True}, "is_floor", "Снимите отметку"),
    ({"organisation": "school"}, "organisation", "По организациям этот показатель не ведут"),
    ({"organisation": "school", "municipality": "here"}, "municipality", "что-то одно"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field", "said"), REFUSED, ids=[said for _, _, said in REFUSED])
def test_what_cannot_be_a_value_is_refused_with_the_field(scene, at, fields, field, said):
    visits = entered()
    given = {
        key: getattr(scene, one) if isinstance(one, str) and hasattr(scene, one) else one
        for key, one in fields.items()
    }
    with pytest.raises(Refusal) as no:
        actions.record_value(
            value(visits, 1, **given) if "value" not in given else value(visits, None, **given),
            by=scene.keeper,
            at=at,
        )
    assert (no.value.field, said in no.value.text) == (field, True)
    assert rows(visits) == []


SHARES = [
    ({"denominator": D(0)}, "denominator"),
    ({"numerator": D(1)}, "denominator"),
    ({"numerator": D(5), "denominator": D(4)}, "numerator"),
]


@pytest.mark.parametrize(("parts", "field"), SHARES)
def test_a_share_needs_parts_that_fit(scene, at, parts, field):
    covered = entered("own-share", is_share=True, unit="%", scope=Scope.NETWORK)
    with pytest.raises(Refusal) as no:
        actions.record_value(value(covered, None, **parts), by=scene.keeper, at=at)
    assert no.value.field == field


def test_a_share_is_reckoned_and_its_unknown_part_stays_unknown(scene, at):
    covered = entered("own-share", is_share=True, unit="%", scope=Scope.NETWORK)
    kept = actions.record_value(
        value(covered, None, numerator=D(5), denominator=D(9)), by=scene.keeper, at=at
    )
    lost = value(covered, None, denominator=D(3), starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
    actions.record_value(lost, by=scene.keeper, at=at)
    assert (kept.value, lost.value) == (D("55.56"), None)
    with pytest.raises(Refusal, match="По муниципалитетам"):
        actions.record_value(value(covered, 1, municipality=scene.here), by=scene.keeper, at=at)
    counted = Indicator.objects.get(code="sites")
    with pytest.raises(Refusal, match="считает сайт сам"):
        actions.record_value(value(counted, 1), by=scene.keeper, at=at)
    with pytest.raises(Refusal, match="уже внесено"):
        actions.record_value(value(covered, None, numerator=D(5), denominator=D(9)), by=scene.keeper, at=at)


def test_values_of_a_municipality_stay_behind_its_wall(scene, at):
    visits, schools = entered(), entered("own-schools", scope=Scope.ORGANISATION, is_public=True)
    actions.record_value(value(visits, 7, municipality=scene.here), by=scene.coordinator, at=at)
    actions.record_value(value(schools, 3, organisation=scene.school), by=scene.coordinator, at=at)
    actions.record_value(value(visits, 100), by=scene.keeper, at=at)
    for wrong in (
        value(visits, 1, municipality=scene.there),
        value(visits, 1),
        value(schools, 1, organisation=scene.neighbour),
    ):
        with pytest.raises(PermissionDenied):
            actions.record_value(wrong, by=scene.coordinator, at=at)
    people = {
        "keeper": scene.keeper,
        "own": scene.coordinator,
        "other": scene.stranger,
        "school": scene.head,
        "public": AnonymousUser(),
    }
    seen = {
        name: sorted(
            int(one.value) for one in queries.measurements_visible_to(person).filter(indicator__position=900)
        )
        for name, person in people.items()
    }
    assert seen == {"keeper": [3, 7, 100], "own": [3, 7, 100], "other": [100], "school": [3], "public": []}


def test_counted_figures_are_their_own_lists(scene, at):
    site(scene.school)
    site(scene.school, code="mip")
    site(scene.neighbour, since=date(2024, 9, 1))
    shared(scene.school, date(2026, 3, 1))
    shared(scene.school, date(2026, 4, 1), people=None)
    shared(scene.neighbour, date(2026, 5, 1), people=30)
    shared(scene.school, date(2025, 5, 1), people=500)
    shared(scene.school, date(2026, 5, 2), people=None, kind=DisseminationKind.PUBLICATION)
    Grant.objects.create(
        organisation=scene.school, programme="Успех", amount=150_000_050, year=2026, recorded_at=at
    )
    Grant.objects.create(organisation=scene.school, programme="Рост", amount=None, year=2026, recorded_at=at)
    lines = {
        one.indicator.code: one.reading
        for one in queries.overview(list(queries.indicators_visible_to(scene.keeper)), so_far(2026, TODAY))
    }
    shown = {
        code: (lines[code].value, lines[code].unknown)
        for code in (
            "sites",
            "sites-regional",
            "sites-municipal",
            "kip",
            "events",
            "participants",
            "publications",
            "products",
            "grants",
            "grant-winners",
        )
    }
    assert shown == {
        "sites": (D(2), 0), "sites-regional": (D(2), 0), "sites-municipal": (D(1), 0), "kip": (D(2), 0),
        "events": (D(3), 0), "participants": (D(50), 1), "publications": (D(1), 0), "products": (D(0), 0),
        "grants": (D("1500000.50"), 1), "grant-winners": (D(1), 0),
    }  # fmt: skip
    assert (lines["events"].is_partial, lines["sites"].is_partial, lines["site-users"]) == (True, False, None)
    for code, counter in COUNTERS.items():
        one = Indicator.objects.get(code=code)
        facts = queries.facts_visible_to(scene.keeper, one, so_far(2026, TODAY))
        assert tally(facts, counter.how).value == lines[code].value, code
    was = queries.series_of(Indicator.objects.get(code="sites"), None, TODAY, person=scene.keeper)
    assert [int(one.value) for one in was] == [0, 0, 1, 2, 2]


def test_counts_agree_with_the_map(scene):
    site(scene.school)
    coverage = coverage_of(TODAY)
    lines = {
        one.indicator.code: one.reading
        for one in queries.overview(
            list(Indicator.objects.filter(code__in=["municipalities", "schools"])), so_far(2026, TODAY)
        )
    }
    assert {code: (int(one.numerator), int(one.denominator)) for code, one in lines.items()} == {
        "municipalities": (coverage.municipalities.part, coverage.municipalities.total),
        "schools": (coverage.schools.part, coverage.schools.total),
    }


def test_a_coordinator_reads_only_their_own_rows(scene):
    shared(scene.school, date(2026, 3, 1))
    shared(scene.neighbour, date(2026, 5, 1))
    events = Indicator.objects.get(code="events")
    period = so_far(2026, TODAY)
    titles = [fact.title for fact in queries.facts_visible_to(scene.coordinator, events, period)]
    held = [
        str(one.holder)
        for one in queries.values_of(events, period, Scope.MUNICIPALITY, person=scene.coordinator)
    ]
    own = [
        str(one.holder) for one in queries.values_of(events, period, Scope.ORGANISATION, person=scene.head)
    ]
    whole = queries.values_of(events, period, Scope.NETWORK, person=scene.head)
    assert (titles, held, own) == (["Семинар 01.03.2026"], ["Здешний район"], ["СОШ № 1"])
    assert whole == [queries.Value(None, Reading(period, D(2), is_partial=True))]


def test_entered_values_by_holder(scene, at):
    visits = entered()
    actions.record_value(value(visits, 7, municipality=scene.here), by=scene.keeper, at=at)
    found = queries.values_of(visits, year_of(2025), Scope.MUNICIPALITY, person=scene.keeper)
    assert found == [queries.Value(scene.here, Reading(year_of(2025), D(7), note="Отчёт"))]
    assert queries.values_of(visits, year_of(2025), Scope.MUNICIPALITY, person=scene.stranger) == []
    assert 2025 in queries.years_with_values(TODAY)


HEAD = ["Показатель", "Период с", "Период по", "Муниципалитет", "Значение", "Источник"]


def test_a_list_is_judged_row_by_row_and_written_once(scene, at):
    visits = entered()
    actions.record_value(value(visits, 5, municipality=scene.here), by=scene.keeper, at=at)
    period = ["01.01.2025", "31.12.2025"]
    table = [
        HEAD,
        [visits.title, *period, "Здешний район", "6", "Счётчик"],
        [visits.title, "01.01.2024", "31.12.2024", "Здешний район", "", "Не названо"],
        [visits.title, *period, "Соседний район", "8", "Счётчик"],
        ["Действующие площадки", *period, "Здешний район", "8", "Счётчик"],
        [visits.title, "01.01.2025", "31.12.2027", "Здешний район", "8", "Счётчик"],
    ]
    batch = actions.read_values(
        ValueImport(), table=table, data=b"PK", name="x.xlsx", by=scene.coordinator, at=at
    )
    assert [(row["verdict"], row["reasons"], row["before"]) for row in batch.rows] == [
        ("update", [], "5.00"),
        ("new", [], ""),
        ("bad", ["Это значение вносите не вы: оно не вашего муниципалитета. Уберите строку."], ""),
        ("bad", ["Этот показатель считает сайт сам. Исправьте записи, из которых он складывается."], ""),
        ("bad", ["Период ещё не закончился. Укажите день, по который есть данные, и отметьте «За часть периода»."], ""),
    ]  # fmt: skip
    assert len(rows(visits)) == 1
    with pytest.raises(PermissionDenied):
        actions.apply_values(batch, by=scene.stranger, at=at)
    assert actions.apply_values(batch, by=scene.coordinator, at=at) == {"update": 1, "new": 1, "bad": 3}
    assert rows(visits) == [(D(5), True, "Отчёт"), (D(6), False, "Счётчик"), (None, False, "Не названо")]
    with pytest.raises(Refusal, match="уже внесён"):
        actions.apply_values(batch, by=scene.coordinator, at=at)
    again = actions.read_values(
        ValueImport(), table=table[:2], data=b"x", name="x.csv", by=scene.coordinator, at=at
    )
    assert again.counts == {"same": 1}
    assert actions.apply_values(again, by=scene.coordinator, at=at) == {"same": 1, "bad": 0}
    visits.is_active = False
    visits.save()
    late = ValueImport.objects.create(
        file=again.file, rows=batch.rows, created_at=at, created_by=scene.coordinator
    )
    with pytest.raises(Refusal, match="Строка 2: показателя или организации больше нет"):
        actions.apply_values(late, by=scene.coordinator, at=at)


def test_a_list_without_columns_or_rows_is_refused(scene, at):
    for table, said in (([["Показатель"]], "не нашлись столбцы"), ([HEAD], "ни одной строки")):
        with pytest.raises(Refusal, match=said):
            actions.read_values(ValueImport(), table=table, data=b"x", name="x.csv", by=scene.keeper, at=at)
    with pytest.raises(PermissionDenied):
        actions.read_values(ValueImport(), table=[HEAD], data=b"x", name="x.csv", by=scene.head, at=at)


def test_the_dictionary_changes_by_its_keepers(scene, at):
    made = actions.add_indicator(
        Indicator(title="Новый", definition="Что", unit="раз", scope=Scope.NETWORK, source=Source.ENTERED),
        by=scene.keeper,
        at=at,
    )
    assert (made.code.startswith("own-"), made.position > 30) == (True, True)
    actions.edit_indicator(made, values={"title": "Новее", "target": D(5)}, by=scene.keeper, at=at)
    made.refresh_from_db()
    assert (made.title, made.target) == ("Новее", D(5))
    wrong = [
        ({"title": "действующие площадки"}, "title"),
        ({"target": None, "target_on": TODAY}, "target"),
    ]
    for values, field in wrong:
        with pytest.raises(Refusal) as no:
            actions.edit_indicator(made, values={"title": "Новее", **values}, by=scene.keeper, at=at)
        assert no.value.field == field
    share = entered("own-share", is_share=True)
    with pytest.raises(Refusal, match="100 %"):
        actions.edit_indicator(share, values={"target": D(101)}, by=scene.keeper, at=at)
    with pytest.raises(Refusal, match="считает сайт"):
        actions.add_indicator(Indicator(title="Сам", source=Source.COUNTED), by=scene.keeper, at=at)
    with pytest.raises(PermissionDenied):
        actions.edit_indicator(made, values={"title": "Чужое"}, by=scene.coordinator, at=at)


def test_periods_of_the_tables_are_whole_days():
    assert Period(date(2025, 1, 1), date(2025, 12, 31)) == year_of(2025)
    assert world.AT.date() == TODAY
