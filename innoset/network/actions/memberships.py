"""Inviting people and ending their memberships."""

import hashlib
import secrets
from datetime import datetime, timedelta

from innoset.accounts import actions as accounts
from innoset.accounts.models import ConsentText, User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce, post
from innoset.foundation.russian import MOSCOW
from innoset.network import notices
from innoset.network.models import Invitation, Membership
from innoset.network.queries import live_memberships
from innoset.network.states import ROLE_LABELS, Role

INVITATION_DAYS = 14
_TOKEN_BYTES = 32


@action("network.invite")
def invite(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Invite a person by e-mail; the link works for fourteen days and once."""
    invitation.email = invitation.email.strip().lower()
    _refuse_needless(invitation, at=at)
    invitation.invited_by, invitation.created_at = by, at
    _send(invitation, at=at)
    ledger.note(role=invitation.role, organisation=invitation.organisation.number)
    return invitation


@action("network.resend_invitation")
def resend_invitation(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Send a new link for fourteen more days; the old link stops working."""
    del by
    _require_open(invitation)
    _send(invitation, at=at)


@action("network.revoke_invitation")
def revoke_invitation(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Take an invitation back: its link stops working."""
    del by
    _require_open(invitation)
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])


@action("network.accept_invitation")
def accept_invitation(invitation: Invitation, *, by: User, at: datetime) -> Membership:
    """Become what the invitation says; the address counts as confirmed, for the link came to it."""
    require_valid(invitation, at=at)
    accounts.confirm_address(by, by=by, at=at)
    membership, fresh = Membership.objects.get_or_create(
        person=by,
        organisation=invitation.organisation,
        role=invitation.role,
        until=None,
        defaults={"since": at, "invited_by": invitation.invited_by},
    )
    invitation.accepted_at, invitation.accepted_by = at, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    ledger.note(membership=membership.pk, role=membership.role, fresh=fresh)
    announce(
        notices.INVITATION_ACCEPTED,
        to=[invitation.invited_by],
        at=at,
        about=f"invitation:{invitation.pk}",
        facts=_facts(invitation) | {"person": by.full_name},
    )
    return membership


@action("network.join_by_invitation")
def join_by_invitation(
    invitation: Invitation,
    *,
    person: User,
    password: str,
    consent: ConsentText,
    address: str | None,
    by: User,
    at: datetime,
) -> Membership:
    """Make a newcomer's account, remember the consent and accept the invitation, all or nothing."""
    require_valid(invitation, at=at)
    person.email = invitation.email
    accounts.register(person, password=password, by=by, at=at)
    accounts.give_consent(person, text=consent, address=address, by=by, at=at)
    return accept_invitation(invitation, by=by, at=at)


@action("network.end_membership")
def end_membership(membership: Membership, *, by: User, at: datetime) -> None:
    """End a membership now; what the person did stays."""
    del by
    if membership.until is not None:
        raise Refusal("Участие этого человека уже прекращено.")
    others = live_memberships().filter(organisation=membership.organisation, role=Role.HEAD)
    if membership.role == Role.HEAD and not others.exclude(pk=membership.pk).exists():
        raise Refusal("Это единственный руководитель организации. Сначала пригласите другого руководителя.")
    membership.until = at
    membership.save(update_fields=["until"])
    ledger.note(person=membership.person_id, role=membership.role)


def require_valid(invitation: Invitation, *, at: datetime) -> None:
    """Refuse an invitation that was used, taken back or is out of date, with the cure."""
    _require_open(invitation)
    if invitation.expires_at <= at:
        raise Refusal(
            f"Приглашение действовало до {_day(invitation.expires_at)}. Попросите отправить его ещё раз."
        )
    if not invitation.organisation.is_active:
        raise Refusal("Организация исключена из реестра, войти в неё нельзя. Обратитесь к координатору.")


def _require_open(invitation: Invitation) -> None:
    if invitation.accepted_at is not None:
        raise Refusal("Это приглашение уже принято. Войдите на сайт с вашей электронной почтой и паролем.")
    if invitation.revoked_at is not None:
        raise Refusal("Это приглашение отозвано. Обратитесь к тому, кто вас приглашал.")


def _refuse_needless(invitation: Invitation, *, at: datetime) -> None:
    if not invitation.organisation.is_active:
        raise Refusal("Организация исключена из реестра. Сначала верните её.")
    same = {"organisation": invitation.organisation, "role": invitation.role}
    if live_memberships().filter(person__email__iexact=invitation.email, **same).exists():
        raise Refusal(
            f"У человека с адресом {invitation.email} уже есть эта роль в этой организации.", field="email"
        )
    waiting = Invitation.objects.filter(
        email__iexact=invitation.email, accepted_at=None, revoked_at=None, **same
    )
    if waiting.filter(expires_at__gt=at).exists():
        raise Refusal(
            f"На адрес {invitation.email} уже отправлено такое приглашение. Отправьте его ещё раз из списка.",
            field="email",
        )


def _send(invitation: Invitation, *, at: datetime) -> None:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    invitation.token_hash = hashlib.sha256(token.encode()).hexdigest()
    invitation.expires_at = at + timedelta(days=INVITATION_DAYS)
    invitation.save()
    facts = _facts(invitation) | {
        "inviter": invitation.invited_by.full_name or "Организатор",
        "until": _day(invitation.expires_at),
    }
    post(
        notices.INVITED,
        address=invitation.email,
        title=notices.INVITED.title.format(**facts),
        text=notices.INVITED.text.format(**facts),
        at=at,
        about=f"{invitation.pk}:{invitation.token_hash[:16]}",
        url=f"/invitation/{token}/",
    )


def _facts(invitation: Invitation) -> dict[str, str]:
    return {
        "role": ROLE_LABELS[Role(invitation.role)].lower(),
        "organisation": invitation.organisation.short_name,
    }


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(MOSCOW):%d.%m.%Y}"
