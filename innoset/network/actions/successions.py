"""What becomes of organisations: renaming, merging, joining, splitting, separating, closing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.network.actions.facts import day_of, hand_over, write_fact
from innoset.network.models import (
    AgglomerationMember,
    EndingGround,
    Mentorship,
    Organisation,
    OrganisationName,
    Reorganisation,
    ReorganisationSide,
)
from innoset.network.queries.successions import ENDING_KINDS, Passing, passings
from innoset.network.states import FactKind, ReorganisationKind

_GROUND = "reorganisation"
_K = ReorganisationKind
# How many there must be before and after: (at least, at most); None = any number.
_SHAPES: Mapping[ReorganisationKind, tuple[tuple[int, int | None], tuple[int, int | None], str]] = {
    _K.RENAMING: ((1, 1), (0, 0), "Для переименования выберите одну организацию."),
    _K.MERGER: ((2, None), (1, 1), "Для слияния выберите две организации или больше и одну новую."),
    _K.ACCESSION: ((1, None), (1, 1), "Для присоединения выберите, кого присоединяют и к кому."),
    _K.SPLIT: ((1, 1), (2, None), "Для разделения выберите одну организацию и две новые или больше."),
    _K.SEPARATION: ((1, 1), (1, None), "Для выделения выберите организацию и ту, которую из неё выделили."),
    _K.CLOSING: ((1, None), (0, 0), "Для ликвидации выберите организацию; преемников у неё нет."),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Who takes part in a reorganisation, what the new name is, and which status passes to whom."""

    before: Sequence[Organisation]
    after: Sequence[Organisation] = ()
    name: str = ""
    short_name: str = ""
    successors: Mapping[int, Organisation] = field(default_factory=dict)


@action("network.reorganise")
def reorganise(reorganisation: Reorganisation, *, change: Change, by: User, at: datetime) -> list[Passing]:
    """Write down what became of organisations; statuses pass to successors, papers keep old names."""
    kind = ReorganisationKind(reorganisation.kind)
    _refuse_wrong_shape(reorganisation, change, kind, today=day_of(at))
    plan = passings(
        kind, before=change.before, after=change.after, on=reorganisation.on, chosen=change.successors
    )
    reorganisation.recorded_at, reorganisation.by = at, by
    reorganisation.save()
    _name_sides(reorganisation, change)
    if kind == _K.RENAMING:
        _rename(change, on=reorganisation.on)
    for passing in plan:
        _carry_out(passing, reorganisation, by=by, at=at)
    if kind in ENDING_KINDS:
        _close(change, on=reorganisation.on)
    ledger.note(
        kind=kind.value,
        on=reorganisation.on.isoformat(),
        before=[one.number for one in change.before],
        after=[one.number for one in change.after],
    )
    return plan


def _refuse_wrong_shape(
    reorganisation: Reorganisation, change: Change, kind: ReorganisationKind, *, today: date
) -> None:
    before, after, text = _SHAPES[kind]
    if not (_fits(len(change.before), before) and _fits(len(change.after), after)):
        raise Refusal(text, field="after")
    if {one.pk for one in change.before} & {one.pk for one in change.after}:
        raise Refusal("Организация не может быть преемником самой себя. Выберите другую.", field="after")
    if not reorganisation.ground.strip():
        raise Refusal("Введите основание: приказ или постановление, номер и дату.", field="ground")
    if reorganisation.on > today:
        raise Refusal("Этот день ещё не наступил. Внесите запись в этот день или позже.", field="on")
    closed = next((one for one in (*change.before, *change.after) if not one.is_active), None)
    if closed is not None:
        raise Refusal(f"Организация «{closed}» исключена из реестра. Выберите другую.", field="after")
    strangers = {one.pk for one in change.successors.values()} - {
        one.pk for one in (*change.after, *change.before)
    }
    if strangers:
        raise Refusal("Статус может перейти только к преемнику из этой записи.", field="after")


def _fits(count: int, bounds: tuple[int, int | None]) -> bool:
    least, most = bounds
    return least <= count and (most is None or count <= most)


def _name_sides(reorganisation: Reorganisation, change: Change) -> None:
    side = ReorganisationSide.Side
    after = change.before if reorganisation.kind == _K.RENAMING else change.after
    ReorganisationSide.objects.bulk_create(
        ReorganisationSide(reorganisation=reorganisation, organisation=one, side=where)
        for where, many in ((side.BEFORE, change.before), (side.AFTER, after))
        for one in many
    )


def _rename(change: Change, *, on: date) -> None:
    (organisation,) = change.before
    name, short = change.name.strip(), change.short_name.strip()
    if not name or not short:
        raise Refusal("Введите новое полное и краткое наименование.", field="name")
    if (name, short) == (organisation.name, organisation.short_name):
        raise Refusal("Новое наименование не отличается от прежнего. Исправьте его.", field="name")
    last = organisation.former_names.order_by("-until").first()
    if last is not None and last.until >= on:
        raise Refusal(
            f"Название уже меняли {last.until:%d.%m.%Y}. Новое переименование должно быть позже.", field="on"
        )
    OrganisationName.objects.create(
        organisation=organisation,
        name=organisation.name,
        short_name=organisation.short_name,
        since=last.until if last else None,
        until=on,
    )
    ledger.note(was=organisation.short_name, now=short)
    organisation.name, organisation.short_name = name, short
    organisation.save(update_fields=["name", "short_name"])


def _carry_out(passing: Passing, reorganisation: Reorganisation, *, by: User, at: datetime) -> None:
    if passing.stays:
        return
    note = f"{reorganisation.get_kind_display()}: {reorganisation.ground}"
    on = max(reorganisation.on, passing.status.starts_on)
    if passing.successor is not None:
        order = reorganisation.order
        hand_over(passing.status, successor=passing.successor, on=on, note=note, order=order, by=by, at=at)
        return
    ground = EndingGround.objects.get(code=_GROUND)
    line = f"{ground}. {note}"
    write_fact(passing.status, FactKind.TERMINATED, on=on, note=line, by=by, at=at, ground=ground)


def _close(change: Change, *, on: date) -> None:
    """Take those that are no more out of the registry; their places in agglomerations go to the successor."""
    for organisation in change.before:
        organisation.is_active = False
        organisation.save(update_fields=["is_active"])
    places = AgglomerationMember.objects.filter(organisation__in=change.before, until=None)
    for place in places.order_by("pk"):
        place.until = max(on, place.since)
        place.save(update_fields=["until"])
        if change.after:
            AgglomerationMember.objects.get_or_create(
                agglomeration=place.agglomeration,
                organisation=change.after[0],
                until=None,
                defaults={"since": max(on, place.since)},
            )
    _end_mentorships_within(on=on)


def _end_mentorships_within(*, on: date) -> None:
    """End the mentorships whose two sides have become one organisation."""
    for tie in Mentorship.objects.filter(until=None).select_related("mentor", "site").order_by("pk"):
        if tie.mentor.organisation_id == tie.site.organisation_id:
            tie.until = max(on, tie.since)
            tie.note = "Организации объединились"
            tie.save(update_fields=["until", "note"])
