"""Records of dissemination: who writes, who confirms, what is fed from elsewhere, what is counted."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.files.actions import Given
from innoset.foundation.files.kinds import PDF
from innoset.network.actions import dissemination as actions
from innoset.network.actions.dissemination import Beside
from innoset.network.models import Dissemination, Status
from innoset.network.queries.dissemination import (
    disseminations_in,
    disseminations_visible_to,
    joint_disseminations_in,
    may_be_recorded_by,
    published_disseminations,
)
from innoset.network.states import DisseminationKind as K
from innoset.network.states import Reach, Role
from tests import world

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
SCAN = Given(b"%PDF-1.7\n" + b"0" * 99, "Программа.pdf", PDF)


@pytest.fixture
def school() -> Any:
    return world.organisation("Школа № 5", municipality=world.municipality("Лесной район"))


@pytest.fixture
def head(school: Any) -> Any:
    return world.member(school, Role.HEAD)


@pytest.fixture
def coordinator(school: Any) -> Any:
    return world.member(world.organisation("ТМС", municipality=school.municipality), Role.COORDINATOR)


def record(school: Any, title: str = "Открытый урок", **fields: Any) -> Dissemination:
    given = {"kind": K.OPEN_EVENT, "on": TODAY, "reach": Reach.MUNICIPAL, "people": 30}
    return Dissemination(organisation=school, title=title, **{**given, **fields})


def status(school: Any) -> Status:
    return Status.objects.create(
        organisation=school,
        kind=world.status_kind(),
        theme="Тема",
        order=world.order(),
        starts_on=date(2026, 1, 1),
        ends_on=date(2028, 12, 31),
        created_at=world.AT,
    )


def refused(deed: Any, *args: Any, **kwargs: Any) -> tuple[str | None, str]:
    with pytest.raises(Refusal) as no:
        deed(*args, **kwargs)
    return no.value.field, no.value.text.split(".")[0]


def test_from_the_record_to_its_confirmation_and_back(
    school: Any, head: Any, coordinator: Any, at: datetime
) -> None:
    partner, place = world.organisation("Школа № 9"), world.municipality("Горный район")
    beside = Beside(SCAN, [place], [partner, school])
    made = actions.record_dissemination(record(school, " Открытый урок "), beside=beside, by=head, at=at)
    assert (made.title, made.recorded_by, made.file.name, made.origin) == (
        "Открытый урок", head, "Программа.pdf", "",
    )  # fmt: skip
    assert (list(made.municipalities.all()), list(made.partners.all())) == ([place], [partner])
    actions.edit_dissemination(made, values={"people": 42, "title": "Урок"}, by=head, at=at)
    actions.confirm_dissemination(made, by=coordinator, at=at)
    assert refused(actions.edit_dissemination, made, values={"people": 1}, by=head, at=at) == (
        None, "Запись уже подтверждена",
    )  # fmt: skip
    assert refused(actions.remove_dissemination, made, by=head, at=at)[1] == "Запись уже подтверждена"
    assert refused(actions.confirm_dissemination, made, by=coordinator, at=at)[1] == (
        "Эта запись уже подтверждена"
    )
    actions.reopen_dissemination(made, by=coordinator, at=at)
    assert refused(actions.reopen_dissemination, made, by=coordinator, at=at)[1] == (
        "Эта запись ещё не подтверждена"
    )
    actions.remove_dissemination(made, by=head, at=at)
    assert list(Dissemination.objects.all()) == []
    assert [one.deed for one in Entry.objects.order_by("id")] == [
        f"network.{deed}_dissemination" for deed in ("record", "edit", "confirm", "reopen", "remove")
    ]


def test_what_is_refused(school: Any, head: Any, coordinator: Any, at: datetime) -> None:
    made = actions.record_dissemination(record(school), by=head, at=at)
    alien = status(world.organisation())

    def write(**fields: Any) -> tuple[str | None, str]:
        return refused(actions.record_dissemination, record(school, **fields), by=head, at=at)

    assert [
        write(title=" "),
        write(on=TODAY + timedelta(days=1)),
        write(ends_on=TODAY - timedelta(days=1)),
        write(status=alien),
        write(),
        refused(actions.confirm_dissemination, made, by=coordinator, at=at),
    ] == [
        ("title", "Введите название"),
        ("on", "Этот день ещё не наступил"),
        ("ends_on", "Последний день раньше первого"),
        ("status", "Этот статус у другой организации"),
        ("title", "Такая запись за 21"),
        (None, "Подтверждать нечем: у записи нет ни ссылки, ни файла"),
    ]
    assert Dissemination.objects.count() == 1


def test_who_writes_and_who_confirms(school: Any, head: Any, coordinator: Any, at: datetime) -> None:
    centre = world.organisation()
    methodist = world.member(centre, Role.METHODIST)
    organiser = world.member(centre, Role.ORGANISER)
    near = world.member(world.organisation(municipality=school.municipality), Role.METHODIST)
    far = world.member(world.organisation(), Role.METHODIST)
    stranger = world.member(world.organisation(), Role.COORDINATOR)
    for by in (methodist, stranger, world.member(school, Role.TUTOR)):
        with pytest.raises(PermissionDenied):
            actions.record_dissemination(record(school), by=by, at=at)
    made = actions.record_dissemination(record(school, url="https://x.example"), by=coordinator, at=at)
    # Nobody confirms what they have written themselves.
    for by in (coordinator, head, stranger, far):
        with pytest.raises(PermissionDenied):
            actions.confirm_dissemination(made, by=by, at=at)
    for by in (methodist, organiser, near):
        actions.confirm_dissemination(made, by=by, at=at)
        actions.reopen_dissemination(made, by=by, at=at)
    assert [set(may_be_recorded_by(by)) >= {school} for by in (head, coordinator, organiser, stranger)] == [
        True, True, True, False,
    ]  # fmt: skip
    readers = (
        head,
        coordinator,
        methodist,
        organiser,
        near,
        far,
        stranger,
        world.member(world.organisation()),
    )
    assert [list(disseminations_visible_to(by)) for by in readers] == [[made]] * 5 + [[]] * 3
    assert list(published_disseminations()) == []


def test_a_fed_record_is_changed_by_its_feeder_alone(
    school: Any, head: Any, coordinator: Any, at: datetime
) -> None:
    fed = actions.feed_dissemination(record(school), origin="events:2026-014", by=head, at=at)
    again = actions.feed_dissemination(
        record(school, "Другое название", people=50), origin="events:2026-014", by=head, at=at
    )
    assert (again.pk, again.title, again.people, Dissemination.objects.count()) == (
        fed.pk, "Другое название", 50, 1,
    )  # fmt: skip
    again.refresh_from_db()
    for deed in (
        lambda: actions.edit_dissemination(again, values={"people": 1}, by=head, at=at),
        lambda: actions.remove_dissemination(again, by=head, at=at),
    ):
        assert refused(deed)[1] == "Эту запись ведёт другой раздел сайта"
    actions.confirm_dissemination(again, by=coordinator, at=at)
    with pytest.raises(ValueError, match="carries the key"):
        actions.feed_dissemination(record(school), origin="", by=head, at=at)
    assert actions.withdraw_dissemination(origin="") is False
    assert actions.withdraw_dissemination(origin="events:2026-014") is True
    assert actions.withdraw_dissemination(origin="events:2026-014") is False
    # A person's record never passes for a fed one.
    typed = actions.record_dissemination(record(school, origin="events:1"), by=head, at=at)
    assert typed.origin == ""


def test_the_one_query_that_everybody_counts_by(school: Any, head: Any, at: datetime) -> None:
    own, other = status(school), world.organisation()
    made = [
        actions.feed_dissemination(record(owner, f"{n}", **fields), origin=f"t:{n}", by=head, at=at)
        for n, (owner, fields) in enumerate(
            [
                (school, {"on": date(2026, 1, 1), "status": own}),
                (school, {"on": date(2026, 6, 30), "ends_on": date(2026, 7, 2)}),
                (school, {"on": date(2026, 6, 30), "kind": K.PUBLICATION, "status": own}),
                (school, {"on": date(2025, 12, 31), "ends_on": date(2026, 1, 1)}),
                (other, {"on": date(2026, 3, 1)}),
            ]
        )
    ]
    half = (date(2026, 1, 1), date(2026, 6, 30))
    found = [
        disseminations_in(school, *half),
        disseminations_in(school, *half, kinds=[K.PUBLICATION, K.PRODUCT]),
        disseminations_in(school, *half, status=own),
        disseminations_in(None, *half),
        disseminations_in(school, date(2026, 7, 1), date(2026, 7, 31)),
    ]
    assert [sorted(int(one.title) for one in rows) for rows in found] == [
        [0, 1, 2], [2], [0, 2], [0, 1, 2, 4], [],
    ]  # fmt: skip
    made[4].partners.set([school, world.organisation()])
    made[4].municipalities.set([school.municipality])
    assert list(joint_disseminations_in(*half)) == [made[4]]
