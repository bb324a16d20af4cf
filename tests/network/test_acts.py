"""The normative base: what it begins with, who keeps it, what it refuses, how it is read."""

from datetime import date, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from innoset.documents import actions, queries
from innoset.documents.models import ActRelation, NormativeAct
from innoset.documents.pure.requisites import citation
from innoset.documents.reference.acts import ACTS, RELATIONS
from innoset.documents.states import ActKind, ActLevel, RelationKind
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.network.states import Role
from tests.world import member, organisation, person

pytestmark = pytest.mark.django_db


def keeper() -> Any:
    """Make an organiser."""
    return member(organisation(), Role.ORGANISER)


def act(number: str = "215", title: str = "О наставничестве", **fields: Any) -> NormativeAct:
    """Make an act that is not saved yet."""
    given = {
        "level": ActLevel.MUNICIPAL,
        "kind": ActKind.ORDER,
        "issuer": "Управление образования Лесного района",
        "signed_on": date(2024, 3, 12),
    }
    return NormativeAct(number=number, title=title, **{**given, **fields})


def known(number: str) -> NormativeAct:
    """Return an act that the base begins with."""
    return NormativeAct.objects.get(number=number)


def test_what_the_base_begins_with() -> None:
    assert NormativeAct.objects.count() == len(ACTS)
    assert ActRelation.objects.count() == len(RELATIONS)
    assert queries.contradictory_pairs() == []
    assert {one.in_force for one in queries.base()} == {True, False, None}


def test_no_act_in_force_is_replaced() -> None:
    replaced = {target for _, kind, target in RELATIONS if kind == RelationKind.REPLACES}
    assert [one.code for one in ACTS if (one.code in replaced) and one.in_force is not False] == []


def test_the_step_can_be_taken_back() -> None:
    step = import_module("innoset.documents.migrations.0004_acts_of_the_base")
    step.empty(apps, None)
    assert (NormativeAct.objects.count(), ActRelation.objects.count()) == (0, 0)
    step.fill(apps, None)
    assert (NormativeAct.objects.count(), ActRelation.objects.count()) == (len(ACTS), len(RELATIONS))


def test_the_chain_of_an_act() -> None:
    chain = queries.chain_of(known("442"))
    assert [one.number for one in chain.before] == ["1015"]
    assert [one.number for one in chain.after] == ["115"]
    assert [one.number for one in queries.chain_of(known("115")).before] == ["442", "1015"]
    assert [one.number for one in queries.chain_of(known("1616")).amends] == ["563"]
    assert [one.number for one in queries.chain_of(known("563")).amended_by] == ["1616"]


def test_a_ring_of_replacements_ends(at: datetime) -> None:
    first, second, third = known("611"), known("582"), known("831")
    for one, other in ((first, second), (second, third), (third, first)):
        ActRelation.objects.create(act=one, kind=RelationKind.REPLACES, target=other)
    assert {one.number for one in queries.chain_of(first).before} == {"582", "831", "785"}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("АПЕЛЛЯЦИЯ", []),
        ("№ 21Н", ["21н"]),
        ("детей молодежи санитарный", ["28"]),
        ("273-фз", ["273-ФЗ"]),
    ],
)
def test_acts_are_searched_by_words(words: str, numbers: list[str]) -> None:
    assert [one.number for one in queries.acts_matching(queries.listed_acts(), words)] == numbers


def test_the_base_is_read_with_two_queries(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        base = queries.base()
    [old] = [one for one in base if one.requisites.number == "611"]
    assert [citation(one) for one in old.replaced_by] == [citation(queries.requisites_of(known("21н")))]


def test_an_organiser_adds_and_mends(at: datetime) -> None:
    by = keeper()
    made = actions.add_act(act("№ 215 "), by=by, at=at)
    assert (made.number, made.created_at, made.in_force) == ("215", at, True)
    actions.edit_act(made, values={"number": "216", "title": made.title}, by=by, at=at)
    made.refresh_from_db()
    assert made.number == "216"
    entries = (
        Entry.objects.filter(deed__startswith="documents.").order_by("id").values_list("deed", "changes")
    )
    assert list(entries) == [
        (
            "documents.add_act",
            {
                "act": "приказ Управления образования Лесного района от 12 марта 2024 г. № 215 «О наставничестве»"
            },
        ),
        ("documents.edit_act", {"changes": {"number": ["215", "216"]}}),
    ]


def test_an_act_loses_its_force(at: datetime) -> None:
    by = keeper()
    old = actions.add_act(act("215"), by=by, at=at)
    new = actions.add_act(act("300", signed_on=date(2025, 3, 1)), by=by, at=at)
    actions.end_act(old, ended_on=date(2025, 3, 1), successor=new, by=by, at=at)
    old.refresh_from_db()
    assert (old.in_force, old.ended_on) == (False, date(2025, 3, 1))
    assert queries.chain_of(old).after == (new,)
    with pytest.raises(Refusal, match="Уже отмечено"):
        actions.end_act(old, ended_on=None, by=by, at=at)


def test_acts_are_related_once_and_one_way(at: datetime) -> None:
    by = keeper()
    first = actions.add_act(act("215"), by=by, at=at)
    second = actions.add_act(act("300", signed_on=None), by=by, at=at)
    made = actions.relate_acts(second, kind=RelationKind.AMENDS, target=first, by=by, at=at)
    refusals = [
        (second, first, "Эта связь уже внесена."),
        (first, second, "Внесена обратная связь этих документов. Сначала уберите её."),
        (first, first, "Документ не может изменять или заменять сам себя. Выберите другой."),
    ]
    for one, other, text in refusals:
        with pytest.raises(Refusal) as no:
            actions.relate_acts(one, kind=RelationKind.AMENDS, target=other, by=by, at=at)
        assert (no.value.text, no.value.field) == (text, "target")
    actions.unrelate_acts(made, by=by, at=at)
    assert not ActRelation.objects.filter(act=second).exists()


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"signed_on": date(2027, 1, 1)}, "signed_on", "ещё не наступила"),
        ({"ended_on": date(2025, 1, 1)}, "ended_on", "не отмечен утратившим силу"),
        ({"in_force": False, "ended_on": date(2020, 1, 1)}, "ended_on", "раньше, чем принят"),
        ({"number": " № 100"}, "number", "уже есть в базе"),
    ],
)
def test_what_the_base_refuses(at: datetime, fields: dict[str, Any], field: str, words: str) -> None:
    by = keeper()
    actions.add_act(act("100"), by=by, at=at)
    with pytest.raises(Refusal, match=words) as no:
        actions.add_act(act(**{"number": "7", **fields}), by=by, at=at)
    assert no.value.field == field


def test_an_act_without_number_is_told_by_its_title(at: datetime) -> None:
    by = keeper()
    actions.add_act(act("", "Устав", signed_on=None), by=by, at=at)
    actions.add_act(act("", "Положение", signed_on=None), by=by, at=at)
    with pytest.raises(Refusal, match="уже есть в базе"):
        actions.add_act(act("", "Устав", signed_on=None), by=by, at=at)


def test_one_act_with_two_numbers_is_shown_and_never_merged(at: datetime) -> None:
    by = keeper()
    one = actions.add_act(act("1616", "О форуме края"), by=by, at=at)
    other = actions.add_act(act("4719", "О форуме края"), by=by, at=at)
    dated = actions.add_act(act("1616", "О форуме края", signed_on=date(2023, 1, 9)), by=by, at=at)
    assert queries.contradictory_pairs() == [(one, other, "number"), (one, dated, "date")]
    assert queries.clashes_of(one) == [(other, "number"), (dated, "date")]
    assert queries.clashes_of(known("21н")) == []
    assert NormativeAct.objects.filter(title="О форуме края").count() == 3


def test_a_number_that_two_orders_bear_is_shown_beside_and_nothing_is_merged(at: datetime) -> None:
    by, ministry = keeper(), "Министерство образования, науки и молодёжной политики Краснодарского края"
    krai = {"level": ActLevel.REGIONAL, "issuer": ministry}
    base = known("1616")
    wrong = actions.add_act(act("4719", base.title, signed_on=base.signed_on, **krai), by=by, at=at)
    stage = actions.add_act(
        act("4719", "О проведении этапа", signed_on=date(2015, 9, 16), **krai), by=by, at=at
    )
    assert [
        (one.first, one.second, one.about, one.elsewhere)
        for one in queries.conflicting_requisites()
        if one.is_certain
    ] == [(base, wrong, "number", (stage,))]
    for other, note, field in ((base, "Разные", "other"), (wrong, " ", "note")):
        with pytest.raises(Refusal) as no:
            actions.keep_both_acts(base, other=other, note=note, by=by, at=at)
        assert no.value.field == field
    told = actions.keep_both_acts(wrong, other=base, note=" Два приказа одного дня ", by=by, at=at)
    assert (told.first, told.second, told.note, told.decided_by) == (
        base,
        wrong,
        "Два приказа одного дня",
        by,
    )
    assert [one for one in queries.conflicting_requisites() if one.is_certain] == []
    actions.edit_act(wrong, values={"number": "4720"}, by=by, at=at)
    assert [one.second for one in queries.conflicting_requisites() if one.is_certain] == [wrong]
    actions.keep_both_acts(base, other=wrong, note="Проверено", by=by, at=at)
    actions.forget_distinction(told, by=by, at=at)
    assert [one.second for one in queries.conflicting_requisites() if one.is_certain] == [wrong]
    assert NormativeAct.objects.filter(title=base.title).count() == 2


def test_what_replaces_an_act_of_the_same_title_is_no_conflict(at: datetime) -> None:
    by = keeper()
    old = actions.add_act(act("1", "О сети", signed_on=date(2020, 1, 9)), by=by, at=at)
    new = actions.add_act(act("2", "О сети", signed_on=date(2024, 1, 9)), by=by, at=at)
    pair = [(old, new, "title")]
    found = [(one.first, one.second, one.about) for one in queries.conflicting_requisites()]
    assert [one for one in found if one[1] == new] == pair
    actions.relate_acts(new, kind=RelationKind.REPLACES, target=old, by=by, at=at)
    newest = actions.add_act(act("3", "О сети", signed_on=date(2025, 1, 9)), by=by, at=at)
    actions.relate_acts(newest, kind=RelationKind.REPLACES, target=new, by=by, at=at)
    assert [one for one in queries.conflicting_requisites() if one.first in (old, new)] == []


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ORGANISER])
def test_nobody_else_keeps_the_base(at: datetime, role: Role) -> None:
    by = member(organisation(), role)
    relation = ActRelation.objects.first()
    assert relation is not None
    deeds = [
        lambda: actions.add_act(act(), by=by, at=at),
        lambda: actions.edit_act(known("21н"), values={"title": "Другое"}, by=by, at=at),
        lambda: actions.end_act(known("21н"), ended_on=None, by=by, at=at),
        lambda: actions.relate_acts(
            known("21н"), kind=RelationKind.AMENDS, target=known("611"), by=by, at=at
        ),
        lambda: actions.unrelate_acts(relation, by=by, at=at),
        lambda: actions.keep_both_acts(known("21н"), other=known("611"), note="Да", by=by, at=at),
    ]
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()


def test_the_operator_keeps_it_too(at: datetime) -> None:
    assert actions.add_act(act(), by=person(is_superuser=True), at=at).pk is not None


def test_an_act_can_be_found_by_its_key() -> None:
    assert queries.act_of(known("21н").pk) == known("21н")
    assert queries.act_of(0) is None
