"""The head's confirmation of an application: asked, given in one of three ways, refused, called off.

Every deed locks the application, so that two of them never meet in the middle.
"""

import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from innoset.accounts.models import User
from innoset.contests.actions import sendings
from innoset.contests.models import Application, Confirmation, Submission
from innoset.contests.notices import confirmations as notices
from innoset.contests.papers.confirmations import frozen_pdf
from innoset.contests.pure import confirming
from innoset.contests.pure.confirming import Signed, Stand
from innoset.contests.queries import applications
from innoset.contests.queries import confirmations as queries
from innoset.contests.states import CONFIRMATION, ConfirmationState, ConfirmationWay
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.actions import Given
from innoset.foundation.files.kinds import JPEG, PDF, PNG
from innoset.foundation.files.storage import read
from innoset.foundation.notify.actions import announce, post
from innoset.foundation.russian import date_in_digits, moment_in_words, moscow
from innoset.foundation.signatures import gost
from innoset.foundation.signatures.gost import Verdict
from innoset.projects.actions import passports

SIGNATURE_TYPE = "application/pkcs7-signature"
SCANS = frozenset({PDF, JPEG, PNG})
LONGEST_REASON = 500


# ── To ask ──────────────────────────────────────────────────────────────────


@action("contests.ask_confirmation")
def ask_confirmation(application: Application, *, way: str, by: Any, at: datetime) -> Confirmation:
    """Freeze what is there now into a PDF and ask the head to confirm it.

    What waits already gives way to it. A code asked for again at once is not sent twice.
    """
    chosen = _way(application, way)
    _require_ready(application, at)
    standing = queries.standing_of(application, at)
    if standing.stand == Stand.GIVEN:
        raise Refusal("Руководитель уже подтвердил эту заявку. Её можно отправлять.")
    head = _head(application, by) if chosen == ConfirmationWay.CODE else None
    if standing.stand == Stand.ASKED and _is_fresh(standing.confirmation, chosen, head, at):
        assert standing.confirmation is not None  # noqa: S101  # reason: a fresh one is there
        return standing.confirmation
    _call_off(application)
    return _ask(application, chosen, head, by=by, at=at)


def _way(application: Application, way: str) -> ConfirmationWay:
    for one in queries.ways_of(application.contest):
        if one == way:
            return one
    raise Refusal("Этот конкурс не принимает такое подтверждение. Выберите способ из списка.", field="way")


def _require_ready(application: Application, at: datetime) -> None:
    _require_open(application, at)
    if application.nomination is None and application.contest.nominations.exists():
        raise Refusal("Выберите номинацию: она войдёт в документ, который подпишет руководитель.")
    if found := applications.errors_of(application):
        raise Refusal(f"Заявка ещё не готова к подписи. {found[0].message}")


def _require_open(application: Application, at: datetime) -> None:
    if objection := queries.objection_to_confirming(application, at):
        raise Refusal(objection)


def _head(application: Application, by: Any) -> User:
    head = queries.head_for(application, by)
    if head is None:
        raise Refusal(
            "У руководителя вашей организации нет учётной записи. Попросите координатора муниципалитета "
            "пригласить его на сайт или выберите другой способ.",
            field="way",
        )
    return head


def _is_fresh(earlier: Confirmation | None, way: str, head: User | None, at: datetime) -> bool:
    if earlier is None or earlier.way != way:
        return False
    return way != ConfirmationWay.CODE or (
        head is not None and earlier.asked_of_id == head.pk and at - earlier.asked_at < confirming.PAUSE
    )


def _call_off(application: Application) -> None:
    for earlier in queries.confirmations_of(application).filter(state=ConfirmationState.ASKED):
        earlier.state = CONFIRMATION.move("annul", earlier.state).target
        earlier.save(update_fields=["state"])


def _ask(
    application: Application, way: ConfirmationWay, head: User | None, *, by: Any, at: datetime
) -> Confirmation:
    version = passports.freeze(application.project.passport, by=by, at=at)
    application.project.refresh_from_db(fields=["title"])
    sha256, attached = applications.seal_of(application), applications.files_of(application)
    pdf = frozen_pdf(application, version=version, sha256=sha256, files=attached, at=at)
    name = f"Заявка {application.shown_number} на подпись.pdf"
    stored = files.keep(pdf, name=name, media_type=PDF, at=at, by=by, is_made_here=True)
    code = f"{secrets.randbelow(10**confirming.DIGITS):0{confirming.DIGITS}d}" if head else ""
    confirmation = Confirmation.objects.create(
        application=application,
        version=version,
        way=way,
        sha256=sha256,
        pdf=stored,
        pdf_sha256=stored.sha256,
        code=queries.code_mark(application, head, stored.sha256, code) if head else "",
        expires_at=at + confirming.LIFETIME if head else None,
        asked_at=at,
        asked_by=by,
        asked_of=head,
    )
    ledger.note(way=way, sha256=sha256, pdf=stored.sha256)
    if head:
        _send_code(confirmation, code, by=by, at=at)
    return confirmation


def _send_code(confirmation: Confirmation, code: str, *, by: Any, at: datetime) -> None:
    """Post the code to the head alone; the message in the cabinet says only that it was sent."""
    application, head, until = confirmation.application, confirmation.asked_of, confirmation.expires_at
    assert head is not None  # noqa: S101  # reason: a code is asked of somebody
    assert until is not None  # noqa: S101  # reason: a code has a term
    url = page_of(application)
    about = f"{ledger.address_of(application)}:confirmation:{confirmation.pk}"
    facts = applications.facts_of(application) | {"code": code, "until": moment_in_words(until)}
    words = {key: str(value) for key, value in facts.items()}
    title, text = notices.CODE.title.format(**words), notices.CODE.text.format(**words)
    post(notices.CODE, address=head.email, title=title, text=text, at=at, about=about, url=url)
    if head.pk != by.pk:
        asked = applications.facts_of(application) | {"asker": by.short_name}
        announce(notices.ASKED, to=[head], at=at, about=about, url=url, facts=asked)


def page_of(application: Application) -> str:
    """Return the address of the page where the head confirms."""
    return reverse("cabinet:confirm", args=[application.number])


# ── To give ─────────────────────────────────────────────────────────────────


@action("contests.give_by_code")
def give_by_code(
    application: Application, *, code: str, address: str | None = None, by: Any, at: datetime
) -> Refusal | None:
    """Confirm by the code from the letter; a wrong one is counted and told as the result."""
    return take_code(application, code=code, address=address, by=by, at=at)


def take_code(
    application: Application, *, code: str, address: str | None, by: Any, at: datetime
) -> Refusal | None:
    """Do it inside a deed on the application: a refusal that is raised would take the count back."""
    digits = confirming.code_of(code)
    if not digits:
        raise Refusal(f"Введите код из письма: {confirming.DIGITS} цифр.", field="code")
    if _is_repeated(application, digits, by, at):
        return None
    confirmation = _waiting(application, ConfirmationWay.CODE, at)
    if confirmation.asked_of_id != by.pk:
        raise Refusal("Код отправлен другому руководителю. Запросите код на свою почту.", field="code")
    if not queries.signs_simply(by):
        raise Refusal(
            "Сначала примите соглашение об использовании простой электронной подписи.", field="agreement"
        )
    if not _is_code(confirmation, by, digits):
        return _miss(confirmation)
    _give(confirmation, address=address, by=by, at=at)
    return None


def _is_code(confirmation: Confirmation, by: Any, digits: str) -> bool:
    mark = queries.code_mark(confirmation.application, by, confirmation.pdf_sha256, digits)
    return hmac.compare_digest(mark, confirmation.code)


def _is_repeated(application: Application, digits: str, by: Any, at: datetime) -> bool:
    """Tell whether the same code has confirmed the same content already: the button was pressed twice."""
    standing = queries.standing_of(application, at)
    given = standing.confirmation
    return (
        standing.stand == Stand.GIVEN
        and given is not None
        and given.way == ConfirmationWay.CODE
        and _is_code(given, by, digits)
    )


def _miss(confirmation: Confirmation) -> Refusal:
    confirmation.attempts += 1
    left = confirming.MOST_ATTEMPTS - confirmation.attempts
    if left <= 0:
        confirmation.state = CONFIRMATION.move("annul", confirmation.state).target
        confirmation.note = f"Введено неверных кодов: {confirmation.attempts}."
    confirmation.save(update_fields=["attempts", "state", "note"])
    ledger.note(attempts=confirmation.attempts)
    if left <= 0:
        return Refusal(
            "Код не подошёл, и попыток больше нет: этот код отменён. Запросите новый.", field="code"
        )
    return Refusal(
        f"Код не подошёл. Проверьте цифры в последнем письме. Осталось попыток: {left}.", field="code"
    )


def _waiting(application: Application, way: ConfirmationWay, at: datetime) -> Confirmation:
    """Return what waits to be confirmed in this way, or refuse with the cure."""
    _require_open(application, at)
    standing = queries.standing_of(application, at)
    found = standing.confirmation
    if standing.stand != Stand.ASKED and standing.stand in queries.CURES:
        raise Refusal(queries.CURES[standing.stand])
    if found is None or found.state != ConfirmationState.ASKED or found.way != way:
        raise Refusal("Сейчас такого подтверждения не ждут. Откройте страницу заново.")
    return found


@dataclass(frozen=True, slots=True)
class Proof:
    """What comes with a confirmation that is not a code."""

    signature: Any = None
    scan: Any = None
    signed: Signed | None = None


def _give(
    confirmation: Confirmation, *, address: str | None, by: Any, at: datetime, proof: Proof | None = None
) -> Confirmation:
    proof = proof or Proof()
    confirmation.state = CONFIRMATION.move("give", confirmation.state).target
    confirmation.confirmed_at, confirmation.confirmed_by, confirmation.address = at, by, address
    confirmation.signature, confirmation.scan = proof.signature, proof.scan
    confirmation.signer = proof.signed.as_row() if proof.signed else {}
    confirmation.save()
    ledger.note(way=confirmation.way, sha256=confirmation.sha256, pdf=confirmation.pdf_sha256)
    _adopt(confirmation)
    _tell_of_given(confirmation, by=by, at=at)
    return confirmation


def _adopt(confirmation: Confirmation) -> None:
    """Tie the confirmation to what was sent by itself and waits for the head."""
    application = confirmation.application
    last = queries.submission_of(application)
    if last is None or queries.waits_until(application) is None or last.sha256 != confirmation.sha256:
        return
    last.confirmation = confirmation
    last.save(update_fields=["confirmation"])
    ledger.note(sending=last.number)


def _tell_of_given(confirmation: Confirmation, *, by: Any, at: datetime) -> None:
    application = confirmation.application
    announce(
        notices.GIVEN,
        to=[one for one in applications.team_of(application) if one.pk != by.pk],
        at=at,
        about=f"{ledger.address_of(application)}:confirmed:{confirmation.pk}",
        url=reverse("cabinet:check", args=[application.number]),
        facts=applications.facts_of(application) | {"how": queries.in_words(confirmation)},
    )


@action("contests.confirm_and_send")
def confirm_and_send(
    application: Application,
    *,
    code: str,
    key: str,
    consents: Collection[str],
    address: str | None,
    by: Any,
    at: datetime,
) -> Submission | Refusal:
    """Confirm by the code and send at once, as a head does who sends in person; a wrong code is counted."""
    if earlier := applications.sending_with_key(application, key):
        return earlier
    if wrong := take_code(application, code=code, address=address, by=by, at=at):
        return wrong
    return sendings.submit(application, key=key, consents=consents, address=address, by=by, at=at)


@action("contests.give_by_signature")
def give_by_signature(
    application: Application, *, data: bytes, name: str, address: str | None = None, by: Any, at: datetime
) -> Confirmation:
    """Confirm by a detached signature over the frozen PDF; one that does not fit it is refused."""
    confirmation = _waiting(application, ConfirmationWay.SIGNATURE, at)
    trust = Path(settings.SIGNATURE_TRUST) if settings.SIGNATURE_TRUST else None
    document = read(confirmation.pdf)
    verdict = gost.examine(document, data, frozen_at=confirmation.asked_at, at=at, trust=trust)
    stored = files.keep(data, name=name or "подпись.sig", media_type=SIGNATURE_TYPE, at=at, by=by)
    proof = Proof(signature=stored, signed=_signed(application, verdict))
    ledger.note(trust=verdict.trust, serial=verdict.signer.serial)
    return _give(confirmation, address=address, by=by, at=at, proof=proof)


def _signed(application: Application, verdict: Verdict) -> Signed:
    owner, signer = application.organisation, verdict.signer
    said = (signer.name, signer.organisation, signer.inn)
    differs = confirming.differences(said, owner.head_name, (owner.name, owner.short_name), owner.inn)
    return Signed(
        name=signer.name,
        organisation=signer.organisation,
        inn=signer.inn,
        serial=signer.serial,
        valid_from=_day(signer.valid_from),
        valid_to=_day(signer.valid_to),
        signed_at=moment_in_words(verdict.signed_at, seconds=True) if verdict.signed_at else "",
        trust=str(verdict.trust),
        notes=(*verdict.notes, *differs),
    )


def _day(moment: datetime) -> str:
    return date_in_digits(moscow(moment).date())


@action("contests.give_by_scan")
def give_by_scan(
    application: Application, *, given: Given, seen: str, address: str | None = None, by: Any, at: datetime
) -> Confirmation:
    """Confirm by a scan of the printed and signed page; `seen` is the checksum of the PDF that was printed."""
    confirmation = _waiting(application, ConfirmationWay.SCAN, at)
    _require_seen(confirmation, seen)
    if given.media_type not in SCANS:
        raise Refusal(
            "Скан принимают в PDF, JPEG или PNG. Сохраните его так и загрузите снова.", field="file"
        )
    proof = Proof(scan=files.keep_given(given, at=at, by=by))
    return _give(confirmation, address=address, by=by, at=at, proof=proof)


def _require_seen(confirmation: Confirmation, seen: str) -> None:
    if not hmac.compare_digest(seen, confirmation.pdf_sha256):
        raise Refusal(
            "Пока страница была открыта, заявку подготовили к подписи заново. Скачайте новый PDF и повторите."
        )


# ── To refuse and to call off ───────────────────────────────────────────────


@action("contests.refuse_confirmation")
def refuse_confirmation(application: Application, *, reason: str, seen: str, by: Any, at: datetime) -> None:
    """Decline to confirm what is asked; those who write for the organisation read why."""
    confirmation = _waiting(application, ConfirmationWay.CODE, at)
    _require_seen(confirmation, seen)
    if not reason.strip():
        raise Refusal("Напишите, что исправить: это прочтут те, кто готовил заявку.", field="reason")
    confirmation.state = CONFIRMATION.move("refuse", confirmation.state).target
    confirmation.note = reason.strip()[:LONGEST_REASON]
    confirmation.save(update_fields=["state", "note"])
    ledger.note(reason=confirmation.note)
    announce(
        notices.REFUSED,
        to=[one for one in applications.team_of(application) if one.pk != by.pk],
        at=at,
        about=f"{ledger.address_of(application)}:not-confirmed:{confirmation.pk}",
        url=reverse("cabinet:application", args=[application.number]),
        facts=applications.facts_of(application) | {"reason": confirmation.note},
    )


@action("contests.annul_confirmation")
def annul_confirmation(application: Application, *, by: Any, at: datetime) -> None:
    """Call off what waits for the head; a code that was sent fits no more."""
    del by, at
    if queries.asked_of(application) is None:
        raise Refusal("Сейчас подтверждения никто не ждёт.")
    _call_off(application)
