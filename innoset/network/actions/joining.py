"""An organisation asks to join; a coordinator decides."""

from datetime import datetime

from innoset.accounts import actions as accounts
from innoset.accounts.models import ConsentText, User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.network import notices
from innoset.network.actions.organisations import add_organisation, checked_identifier
from innoset.network.models import Membership, Organisation, Registration
from innoset.network.queries import live_memberships, matching_organisation, stewards_of
from innoset.network.states import REGISTRATION, RegistrationState, Role

IDENTIFIERS = ("inn", "kpp", "ogrn")
JOINING_ROLES = (Role.HEAD, Role.EDITOR)


@action("network.request_registration")
def request_registration(
    registration: Registration, *, consent: ConsentText, address: str | None, by: User, at: datetime
) -> Registration:
    """Ask to connect an organisation: its identifiers are verified and the coordinator is told."""
    for field in IDENTIFIERS:
        setattr(registration, field, checked_identifier(field, getattr(registration, field)))
    _refuse_repeated(registration, by=by)
    accounts.give_consent(by, text=consent, address=address, by=by, at=at)
    registration.created_at, registration.state = at, RegistrationState(REGISTRATION.start)
    registration.save()
    announce(
        notices.REGISTRATION_ASKED,
        to=stewards_of(registration.municipality),
        at=at,
        about=f"registration:{registration.pk}",
        url=f"/office/registrations/{registration.pk}/",
        facts={
            "person": by.full_name,
            "organisation": registration.short_name,
            "municipality": registration.municipality.name,
        },
    )
    return registration


@action("network.confirm_registration")
def confirm_registration(
    registration: Registration, *, role: str = Role.HEAD, by: User, at: datetime
) -> Membership:
    """Connect the organisation (one that is in the registry already is not doubled) and let the person in."""
    move = REGISTRATION.move("confirm", registration.state)
    if role not in JOINING_ROLES:
        raise Refusal("Выберите роль: руководитель или сотрудник организации.", field="role")
    organisation = _organisation_of(registration, by=by, at=at)
    membership, _ = Membership.objects.get_or_create(
        person=registration.applicant,
        organisation=organisation,
        role=role,
        until=None,
        defaults={"since": at, "invited_by": by},
    )
    registration.state, registration.organisation = move.target, organisation
    _decide(registration, by=by, at=at)
    ledger.note(organisation=organisation.number, role=role)
    announce(
        notices.REGISTRATION_CONFIRMED,
        to=[registration.applicant],
        at=at,
        about=f"registration:{registration.pk}:confirmed",
        url="/cabinet/",
        facts={"organisation": organisation.short_name, "number": organisation.number},
    )
    return membership


@action("network.decline_registration")
def decline_registration(registration: Registration, *, reason: str, by: User, at: datetime) -> None:
    """Decline the request with a reason, which the applicant reads."""
    move = REGISTRATION.move("decline", registration.state)
    if not reason.strip():
        raise Refusal("Напишите причину: её прочтёт тот, кто просил о подключении.", field="reason")
    registration.state, registration.decision = move.target, reason.strip()
    _decide(registration, by=by, at=at)
    ledger.note(reason=reason)
    announce(
        notices.REGISTRATION_DECLINED,
        to=[registration.applicant],
        at=at,
        about=f"registration:{registration.pk}:declined",
        url="/cabinet/join/",
        facts={"organisation": registration.short_name, "reason": reason.strip()},
    )


def _organisation_of(registration: Registration, *, by: User, at: datetime) -> Organisation:
    known = matching_organisation(inn=registration.inn, kpp=registration.kpp, ogrn=registration.ogrn)
    if known is not None and not known.is_active:
        raise Refusal(f"Организация {known.number} исключена из реестра. Сначала верните её на её карточке.")
    if known is not None:
        return known
    copied = ("name", "short_name", "kind", "inn", "kpp", "ogrn", "municipality")
    fresh = Organisation(**{name: getattr(registration, name) for name in copied})
    return add_organisation(fresh, by=by, at=at)


def _decide(registration: Registration, *, by: User, at: datetime) -> None:
    registration.decided_at, registration.decided_by = at, by
    registration.save(update_fields=["state", "organisation", "decision", "decided_at", "decided_by"])


def _refuse_repeated(registration: Registration, *, by: User) -> None:
    known = matching_organisation(inn=registration.inn, kpp=registration.kpp, ogrn=registration.ogrn)
    if known is not None and live_memberships().filter(person=by, organisation=known).exists():
        raise Refusal(
            f"Вы уже состоите в этой организации: {known.number}, «{known.short_name}».", field="inn"
        )
    waiting = Registration.objects.filter(applicant=by, state=RegistrationState.NEW)
    if waiting.filter(inn=registration.inn, kpp=registration.kpp).exists():
        raise Refusal("Вы уже отправили такое заявление, оно ждёт проверки. Подождите ответа.", field="inn")
