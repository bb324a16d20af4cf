"""The life of an agreement, who is still without one, and the warnings before the end."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.files.actions import Given
from innoset.foundation.files.kinds import PDF
from innoset.foundation.jobs.models import Slot
from innoset.foundation.notify.models import Letter, Message
from innoset.foundation.workflow import WrongState
from innoset.network.actions import agreements as actions
from innoset.network.models import Agreement, Municipality
from innoset.network.papers.agreements import lines_of, paper_of
from innoset.network.queries.agreements import (
    AgreementCoverage,
    agreement_coverage,
    agreements_on,
    agreements_waiting_for,
)
from innoset.network.states import AgreementState, Role
from tests import world

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
SCAN = Given(b"%PDF-1.7\n" + b"0" * 99, "Подписано.pdf", PDF)


@pytest.fixture
def place() -> Any:
    Municipality.objects.update(is_in_network=False)
    return world.municipality("Лесной район")


@pytest.fixture
def centre() -> Any:
    return world.organisation("Методический центр", municipality=world.municipality(is_in_network=False))


@pytest.fixture
def organiser(centre: Any) -> Any:
    return world.member(centre, Role.ORGANISER)


@pytest.fixture
def service(place: Any) -> Any:
    return world.organisation("ТМС, Лесной район", municipality=place)


@pytest.fixture
def coordinator(service: Any) -> Any:
    return world.member(service, Role.COORDINATOR, "Речной Пётр Ильич")


def draft(centre: Any, service: Any, by: Any, at: datetime, **fields: Any) -> Agreement:
    given = {"municipality": service.municipality, "organisation": centre, "partner": service}
    return actions.draft_agreement(Agreement(**{**given, "subject": "обмен опытом", **fields}), by=by, at=at)


def signed(centre: Any, service: Any, by: Any, at: datetime, **fields: Any) -> Agreement:
    given = {"number": f"{Agreement.objects.count() + 1}-С", "signed_on": date(2025, 1, 9)}
    given |= {"ends_on": date(2028, 1, 8), "given": SCAN}
    made = draft(centre, service, by, at)
    actions.sign_agreement(made, **{**given, **fields}, by=by, at=at)
    return made


def test_from_draft_to_ended(
    centre: Any, service: Any, organiser: Any, coordinator: Any, at: datetime
) -> None:
    made = draft(centre, service, organiser, at)
    assert (str(made), made.state, made.created_by) == ("Соглашение, проект", "draft", organiser)
    actions.send_agreement(made, by=organiser, at=at)
    assert list(agreements_waiting_for(coordinator)) == [made]
    actions.give_signed_copy(made, given=SCAN, by=coordinator, at=at)
    assert list(agreements_waiting_for(coordinator)) == []
    actions.sign_agreement(
        made, number=" № 12-С", signed_on=TODAY, ends_on=date(2029, 11, 20), by=organiser, at=at
    )
    assert (str(made), made.state, made.file.name) == (
        "Соглашение № 12-С от 21.11.2026", "signed", "Подписано.pdf",
    )  # fmt: skip
    actions.end_agreement(made, ended_on=TODAY, reason=" По просьбе района ", by=organiser, at=at)
    made.refresh_from_db()
    assert (made.state, made.ended_on, made.ending_note) == ("ended", TODAY, "По просьбе района")
    assert list(Entry.objects.filter(deed__contains="agreement").order_by("id").values_list("deed")) == [
        ("network.draft_agreement",), ("network.send_agreement",),
        ("network.sign_agreement",), ("network.end_agreement",),
    ]  # fmt: skip
    assert [(one.recipient, one.title) for one in Message.objects.order_by("id")] == [
        (coordinator, "Соглашение ждёт подписи: ТМС, Лесной район"),
        (organiser, "Партнёр подписал соглашение: ТМС, Лесной район"),
        (coordinator, "Соглашение подписано: ТМС, Лесной район"),
        (organiser, "Соглашение подписано: ТМС, Лесной район"),
        (coordinator, "Соглашение расторгнуто: ТМС, Лесной район"),
        (organiser, "Соглашение расторгнуто: ТМС, Лесной район"),
    ]


def refused(deed: Any, *args: Any, **kwargs: Any) -> tuple[str | None, str]:
    """Return the field and the first sentence of the refusal."""
    with pytest.raises(Refusal) as no:
        deed(*args, **kwargs)
    return no.value.field, no.value.text.split(".")[0]


def test_what_is_refused_before_it_is_signed(centre: Any, service: Any, organiser: Any, at: datetime) -> None:
    made = draft(centre, service, organiser, at)
    by = {"by": organiser, "at": at}
    whole = {"number": "1", "signed_on": TODAY, "ends_on": None, "given": SCAN, **by}
    assert [
        refused(draft, centre, centre, organiser, at),
        refused(actions.give_signed_copy, made, given=SCAN, **by),
        refused(actions.renew_agreement, made, **by),
        refused(actions.sign_agreement, made, **{**whole, "given": None}),
        refused(actions.sign_agreement, made, **{**whole, "number": "№ "}),
        refused(actions.sign_agreement, made, **{**whole, "signed_on": TODAY + timedelta(days=1)}),
        refused(actions.sign_agreement, made, **{**whole, "ends_on": TODAY}),
    ] == [
        ("partner", "Соглашение заключают две разные организации"),
        (None, "Это ещё проект"),
        (None, "Продлевают только подписанное соглашение"),
        ("file", "Приложите файл подписанного соглашения: снимок или PDF"),
        ("number", "Введите номер соглашения, как на подписанном листе"),
        ("signed_on", "Соглашение не может быть подписано в будущем"),
        ("ends_on", "Соглашение заканчивается раньше, чем подписано"),
    ]
    made.refresh_from_db()
    assert (made.state, made.number, made.file) == ("draft", "", None)


def test_what_is_refused_once_it_is_signed(centre: Any, service: Any, organiser: Any, at: datetime) -> None:
    made = draft(centre, service, organiser, at)
    by = {"by": organiser, "at": at}
    actions.sign_agreement(made, number="1", signed_on=TODAY, ends_on=None, given=SCAN, **by)
    over = signed(centre, service, organiser, at, ends_on=date(2026, 1, 1))
    why = {"reason": "Нет совместной работы", **by}
    assert [
        refused(actions.end_agreement, made, ended_on=TODAY, **{**why, "reason": " "}),
        refused(actions.end_agreement, made, ended_on=date(2020, 1, 1), **why),
        refused(actions.end_agreement, over, ended_on=TODAY, **why),
        refused(actions.end_agreement, made, ended_on=TODAY + timedelta(days=1), **why),
        refused(actions.drop_agreement, made, **by),
        refused(signed, centre, service, organiser, at, number="1", signed_on=TODAY),
    ] == [
        ("reason", "Напишите, почему соглашение расторгнуто: причину увидят обе стороны"),
        ("ended_on", "Соглашение подписано 21"),
        ("ended_on", "Срок соглашения вышел 01"),
        ("ended_on", "Этот день ещё не наступил"),
        (None, "Удалить можно только проект"),
        ("number", "Соглашение № 1 от 21"),
    ]
    with pytest.raises(WrongState):
        actions.send_agreement(made, **by)
    actions.end_agreement(made, ended_on=TODAY, **why)
    assert refused(actions.edit_agreement, made, values={"note": "Ещё"}, **by)[1].startswith(
        "Соглашение расторгнуто"
    )


def test_a_text_taken_back_forgets_the_copy_signed_meanwhile(
    centre: Any, service: Any, organiser: Any, coordinator: Any, at: datetime
) -> None:
    made = draft(centre, service, organiser, at)
    actions.send_agreement(made, by=organiser, at=at)
    actions.give_signed_copy(made, given=SCAN, by=coordinator, at=at)
    actions.take_back_agreement(made, by=organiser, at=at)
    assert (made.state, made.file) == (AgreementState.DRAFT, None)
    actions.drop_agreement(made, by=organiser, at=at)
    assert list(Agreement.objects.all()) == []


def test_only_the_keepers_decide_and_only_the_sides_give_the_paper(
    centre: Any, service: Any, organiser: Any, coordinator: Any, at: datetime
) -> None:
    made = draft(centre, service, organiser, at)
    actions.send_agreement(made, by=organiser, at=at)
    stranger = world.member(world.organisation(), Role.COORDINATOR)
    deeds = {
        "send": lambda by: actions.take_back_agreement(made, by=by, at=at),
        "sign": lambda by: actions.sign_agreement(
            made, number="1", signed_on=TODAY, ends_on=None, given=SCAN, by=by, at=at
        ),
        "renew": lambda by: actions.renew_agreement(made, by=by, at=at),
        "end": lambda by: actions.end_agreement(made, ended_on=TODAY, reason="Так", by=by, at=at),
        "draft": lambda by: draft(centre, service, by, at),
    }
    for by in (coordinator, stranger, world.member(service, Role.HEAD), world.member(centre, Role.METHODIST)):
        for deed in deeds.values():
            with pytest.raises(PermissionDenied):
                deed(by)
    with pytest.raises(PermissionDenied):
        actions.give_signed_copy(made, given=SCAN, by=stranger, at=at)


def test_coverage_names_who_is_missing(
    place: Any, centre: Any, service: Any, organiser: Any, at: datetime
) -> None:
    others = [world.municipality(name) for name in ("Горный район", "Степной район", "Южный район")]
    services = [world.organisation(municipality=one) for one in others]
    live = signed(centre, service, organiser, at)
    soon = signed(centre, services[0], organiser, at, ends_on=TODAY + timedelta(days=90))
    over = signed(centre, services[1], organiser, at, ends_on=TODAY - timedelta(days=1))
    draft(centre, services[2], organiser, at)
    assert agreement_coverage(TODAY) == AgreementCoverage(
        signed=2, needed=4, missing=[others[1], others[2]], expiring=[soon], over=[over]
    )
    renewal = actions.renew_agreement(over, by=organiser, at=at)
    assert (renewal.renews, renewal.partner, renewal.subject) == (over, services[1], "обмен опытом")
    with pytest.raises(Refusal, match="уже готовится"):
        actions.renew_agreement(over, by=organiser, at=at)
    actions.sign_agreement(
        renewal, number="9", signed_on=TODAY, ends_on=None, given=SCAN, by=organiser, at=at
    )
    actions.end_agreement(live, ended_on=TODAY, reason="Иное", by=organiser, at=at)
    assert agreement_coverage(TODAY) == AgreementCoverage(
        signed=2, needed=4, missing=[place, others[2]], expiring=[soon], over=[]
    )
    assert set(agreements_on(TODAY)) == {soon, renewal}
    assert set(agreements_on(TODAY - timedelta(days=1))) == {live, soon, over}
    assert set(agreements_on(date(2025, 1, 8))) == set()


def test_an_agreement_outlives_the_reform_of_its_municipality(
    place: Any, centre: Any, service: Any, organiser: Any, at: datetime
) -> None:
    signed(centre, service, organiser, at)
    Municipality.objects.filter(pk=place.pk).update(valid_to=date(2026, 1, 1), centre="Лесная")
    heir = world.municipality("Лесной округ", valid_from=date(2026, 1, 1), centre="Лесная")
    stranger = world.municipality("Соседний округ", valid_from=date(2026, 1, 1), centre="Другая")
    found = agreement_coverage(TODAY)
    assert (found.signed, found.needed, found.missing) == (1, 2, [stranger])
    assert heir not in found.missing


def test_each_side_is_warned_twice_and_never_thrice(
    centre: Any, service: Any, organiser: Any, coordinator: Any, at: datetime
) -> None:
    made = signed(centre, service, organiser, at, ends_on=TODAY + timedelta(days=91))
    signed(centre, service, organiser, at, ends_on=None)
    Message.objects.all().delete()
    told = [actions.warn_of_ends(at=at + timedelta(days=day)) for day in (0, 1, 1, 2, 60, 61, 61, 62, 91, 92)]
    assert told == [0, 1, 0, 0, 0, 1, 0, 0, 0, 0]
    assert [(one.recipient, one.title.partition(":")[0]) for one in Message.objects.order_by("id")] == [
        (coordinator, "Соглашение заканчивается через 90 дней"),
        (organiser, "Соглашение заканчивается через 90 дней"),
        (coordinator, "Соглашение заканчивается через 30 дней"),
        (organiser, "Соглашение заканчивается через 30 дней"),
    ]
    assert Letter.objects.filter(notice="network.agreement_expires").count() == 4
    # Without the claimed turns the same day would tell everybody again.
    Slot.objects.all().delete()
    assert actions.warn_of_ends(at=at + timedelta(days=61)) == 1
    # Nobody is hurried once the renewal is under way.
    Slot.objects.all().delete()
    actions.renew_agreement(made, by=organiser, at=at)
    assert actions.warn_of_ends(at=at + timedelta(days=61)) == 0


def test_what_is_printed_and_taken_away(centre: Any, service: Any, organiser: Any, at: datetime) -> None:
    old = signed(centre, service, organiser, at, ends_on=date(2026, 1, 1))
    made = actions.renew_agreement(old, by=organiser, at=at)
    paper = paper_of(made)
    assert (paper.kind, paper.number, paper.ours.name, paper.partner.name, paper.renews) == (
        "Соглашение", "", centre.name, service.name, f"Соглашение № {old.number} от 09.01.2025",
    )  # fmt: skip
    lines = list(lines_of([old, made], day=TODAY))
    assert lines == [
        ("Соглашение", old.number, "09.01.2025", "01.01.2026", "Срок вышел", "Лесной район",
         "Методический центр", "ТМС, Лесной район", "обмен опытом", "Подписано.pdf", "", "", ""),
        ("Соглашение", "", "", "", "Проект", "Лесной район",
         "Методический центр", "ТМС, Лесной район", "обмен опытом", "", "", "", ""),
    ]  # fmt: skip
