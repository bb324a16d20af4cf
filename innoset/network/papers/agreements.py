"""The text of an agreement: from the tables to the printed paper; the registry as a workbook's lines."""

from collections.abc import Iterable, Iterator
from datetime import date

from innoset.documents.pure import agreement_paper as paper
from innoset.network.models import Agreement, Organisation
from innoset.network.states import AGREEMENT_LABELS, AgreementState

HEAD = (
    "Вид",
    "Номер",
    "Дата подписания",
    "Действует до",
    "Состояние",
    "Муниципалитет",
    "Наша сторона",
    "С кем",
    "Предмет",
    "Файл",
    "Расторгнуто с",
    "Причина",
    "Примечание",
)


def paper_of(agreement: Agreement) -> paper.Agreement:
    """Compose the text of an agreement from what is known of its sides."""
    place = agreement.organisation.municipality
    return paper.Agreement(
        kind=str(Agreement.Kind(agreement.kind).label),
        place=f"{place.centre_kind} {place.centre}",
        ours=_party(agreement.organisation),
        partner=_party(agreement.partner),
        municipality=agreement.municipality.name,
        subject=agreement.subject,
        number=agreement.number,
        signed_on=agreement.signed_on,
        ends_on=agreement.ends_on,
        renews=str(agreement.renews) if agreement.renews else "",
    )


def lines_of(agreements: Iterable[Agreement], *, day: date) -> Iterator[tuple[str, ...]]:
    """Yield the registry line by line, as it stands on a day."""
    for one in agreements:
        yield (
            str(Agreement.Kind(one.kind).label),
            one.number,
            _dated(one.signed_on),
            _dated(one.ends_on) or ("бессрочно" if one.signed_on else ""),
            standing_of(one, day),
            one.municipality.name,
            one.organisation.short_name,
            one.partner.short_name,
            one.subject,
            one.file.name if one.file else "",
            _dated(one.ended_on),
            one.ending_note,
            one.note,
        )


def standing_of(agreement: Agreement, day: date) -> str:
    """Say how an agreement stands on a day: that its term is over is seen by its date."""
    if agreement.state == AgreementState.SIGNED and agreement.ends_on and agreement.ends_on < day:
        return "Срок вышел"
    return AGREEMENT_LABELS[AgreementState(agreement.state)]


def _party(organisation: Organisation) -> paper.Party:
    return paper.Party(
        name=organisation.name,
        post=organisation.head_position,
        head=organisation.head_name,
        inn=organisation.inn,
        ogrn=organisation.ogrn,
        address=organisation.address,
        email=organisation.email,
    )


def _dated(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
