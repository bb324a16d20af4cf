"""Registering papers, and the life of an order.

These are parts of deeds on higher floors, where it is known who may do them: they run inside
an action, which writes the audit log.
"""

import hashlib
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from innoset.documents.models import Minutes, NormativeAct, Order, Paper
from innoset.documents.states import ORDER
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.kinds import DOCX, PDF
from innoset.foundation.files.models import StoredFile
from innoset.foundation.russian import moscow


def issue_paper(
    *,
    kind: str,
    number: str,
    title: str,
    data: dict[str, Any],
    subject: str,
    sha256: str,
    at: datetime,
    pdf: bytes | None = None,
    docx: bytes | None = None,
    by: Any = None,
) -> Paper:
    """Register a printed paper inside a deed; its number and hash can be checked by anybody."""
    name = f"{Paper.Kind(kind).label} {number}"
    return Paper.objects.create(
        kind=kind,
        number=number,
        title=title,
        data=data,
        sha256=sha256,
        issued_at=at,
        subject=subject,
        pdf=_keep(pdf, f"{name}.pdf", PDF, at=at, by=by),
        docx=_keep(docx, f"{name}.docx", DOCX, at=at, by=by),
    )


def register_minutes(
    *,
    number: str,
    held_on: date,
    title: str,
    data: dict[str, Any],
    pdf: bytes,
    docx: bytes,
    at: datetime,
    by: Any,
) -> Minutes:
    """Register the minutes of a sitting inside the deed that closes it."""
    name = f"Протокол {number}"
    return Minutes.objects.create(
        number=number,
        held_on=held_on,
        title=title,
        data=data,
        sha256=hashlib.sha256(pdf).hexdigest(),
        created_at=at,
        pdf=_keep(pdf, f"{name}.pdf", PDF, at=at, by=by),
        docx=_keep(docx, f"{name}.docx", DOCX, at=at, by=by),
    )


def draft_order(
    *,
    issuer: str,
    place: str,
    title: str,
    signatory: str,
    data: dict[str, Any],
    pdf: bytes,
    docx: bytes,
    at: datetime,
    by: Any,
    acts: Collection[NormativeAct] = (),
) -> Order:
    """Register the draft of an order inside the deed that draws it up; it rests on these acts."""
    order = Order.objects.create(
        issuer=issuer,
        place=place,
        title=title,
        signatory=signatory,
        data=data,
        created_at=at,
        pdf=_keep(pdf, "Проект приказа.pdf", PDF, at=at, by=by),
        docx=_keep(docx, "Проект приказа.docx", DOCX, at=at, by=by),
    )
    order.acts.set(acts)
    return order


def enter_order(order: Order, *, number: str, signed_on: date | None, by: Any, at: datetime) -> None:
    """Enter the number and date of the signed order; a second person must confirm them."""
    number = number.strip().removeprefix("№").strip()
    if not number:
        raise Refusal("Укажите номер приказа, как на подписанном листе.", field="number")
    if signed_on is None:
        raise Refusal("Укажите дату приказа: день, месяц и год.", field="signed_on")
    if signed_on > moscow(at).date():
        raise Refusal("Дата приказа ещё не наступила. Проверьте год и месяц.", field="signed_on")
    order.state = ORDER.move("enter", order.state).target
    order.number, order.signed_on = number, signed_on
    order.entered_by, order.entered_at = by, at
    order.save(update_fields=["state", "number", "signed_on", "entered_by", "entered_at"])


def return_order(order: Order) -> None:
    """Send an order with wrong requisites back: number and date must be entered again."""
    order.state = ORDER.move("return_to_draft", order.state).target
    order.number, order.signed_on, order.entered_by, order.entered_at = "", None, None, None
    order.save(update_fields=["state", "number", "signed_on", "entered_by", "entered_at"])


def confirm_order(order: Order, *, pdf: bytes, docx: bytes, by: Any, at: datetime) -> None:
    """Confirm the requisites as a second person; the printed order then carries them."""
    if order.entered_by_id == by.pk:
        raise Refusal("Реквизиты внесли вы. Подтвердить их должен другой человек.")
    order.state = ORDER.move("confirm", order.state).target
    order.confirmed_by, order.confirmed_at = by, at
    name = f"Приказ {order.requisites}"
    order.pdf = _keep(pdf, f"{name}.pdf", PDF, at=at, by=by)
    order.docx = _keep(docx, f"{name}.docx", DOCX, at=at, by=by)
    order.save(update_fields=["state", "confirmed_by", "confirmed_at", "pdf", "docx"])


def _keep(data: bytes | None, name: str, kind: str, *, at: datetime, by: Any) -> StoredFile | None:
    if data is None:
        return None
    return files.keep(data, name=name, media_type=kind, at=at, by=by, is_made_here=True)
