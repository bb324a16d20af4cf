"""Everything that can be done to people's accounts and consents."""

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP

from innoset.accounts.models import Consent, ConsentText, DraftKey, HeldForm, User
from innoset.accounts.queries import token_sha256
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal

HELD_BYTES = 1_000_000
"""No form of ours is larger."""
HELD_AN_HOUR = 10
"""From one address: a school behind one wire is a handful of people, a machine is not."""
HELD_AT_ONCE = 1_000
EDITABLE = ("last_name", "first_name", "middle_name", "position", "phone")


@action("accounts.register")
def register(person: User, *, password: str, by: User, at: datetime) -> User:
    """Make an account for a newcomer whose address is known to be theirs."""
    del by, at
    if User.objects.filter(email__iexact=person.email).exists():
        raise Refusal("Учётная запись с этим адресом уже есть. Войдите с паролем.", field="email")
    person.email = person.email.lower()
    person.set_password(password)
    person.save()
    return person


@action("accounts.confirm_address")
def confirm_address(person: User, *, by: User, at: datetime) -> None:
    """Take the person's address as confirmed."""
    del by, at
    EmailAddress.objects.filter(user=person, primary=True).exclude(email__iexact=person.email).update(
        primary=False
    )
    EmailAddress.objects.update_or_create(
        user=person, email=person.email.lower(), defaults={"verified": True, "primary": True}
    )


@action("accounts.edit_person")
def edit_person(person: User, *, values: Mapping[str, str], by: User, at: datetime) -> list[str]:
    """Correct one's own name, position or phone; return what changed. The log keeps no values."""
    del by, at
    changed = [name for name in EDITABLE if name in values and getattr(person, name) != values[name]]
    for name in changed:
        setattr(person, name, values[name])
    if not (person.last_name.strip() and person.first_name.strip()):
        missing = "last_name" if not person.last_name.strip() else "first_name"
        raise Refusal("Введите фамилию и имя: они нужны в документах.", field=missing)
    person.save(update_fields=changed or None)
    ledger.note(changed=changed)
    return changed


@action("accounts.give_consent")
def give_consent(
    person: User, *, text: ConsentText, about: str = "", address: str | None = None, by: User, at: datetime
) -> Consent:
    """Remember that a person agrees to a text: when, from which address; giving again changes nothing."""
    del by
    if not text.is_current:
        raise Refusal(f"Текст «{text.title}» обновился. Откройте страницу заново и прочтите его.")
    consent, fresh = Consent.objects.get_or_create(
        person=person,
        text=text,
        about=about,
        withdrawn_at=None,
        defaults={"given_at": at, "address": address},
    )
    ledger.note(text=text.code, version=text.version, sha256=text.sha256, about=about, fresh=fresh)
    return consent


@action("accounts.withdraw_consent")
def withdraw_consent(consent: Consent, *, by: User, at: datetime) -> None:
    """Withdraw a consent from now on; the row stays as proof of what was before."""
    del by
    if consent.withdrawn_at is not None:
        raise Refusal("Это согласие уже отозвано.")
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])


@action("accounts.make_draft_key")
def make_draft_key(person: User, *, by: User, at: datetime) -> DraftKey:
    """Make the key under which the person's drafts lie on their computers; there is one for ever."""
    del by
    secret = base64.b64encode(secrets.token_bytes(32)).decode()
    made, _ = DraftKey.objects.get_or_create(person=person, defaults={"key": secret, "made_at": at})
    return made


@action("accounts.enrol_totp")
def enrol_totp(person: User, *, secret: str, by: User, at: datetime) -> None:
    """Give a person a code generator with a known secret, as the demo year does."""
    del by, at
    TOTP.activate(person, secret)


def hold_form(path: str, fields: Mapping[str, str], *, address: str | None, at: datetime) -> str:
    """Keep a form that came without a session; return the token that opens it, empty when it is too much.

    Nobody knows yet who sends it, so there is no policy to ask and nobody to write into the log.
    """
    size = sum(len(name.encode()) + len(text.encode()) for name, text in fields.items())
    if size > HELD_BYTES or HeldForm.objects.count() >= HELD_AT_ONCE or _sends_too_much(address, at):
        return ""
    token = secrets.token_urlsafe(24)
    HeldForm.objects.create(
        token_sha256=token_sha256(token), path=path[:300], fields=dict(fields), address=address, held_at=at
    )
    return token


def _sends_too_much(address: str | None, at: datetime) -> bool:
    """Tell whether so many forms have come from an address; without one nothing is known."""
    lately = HeldForm.objects.filter(address=address, held_at__gt=at - timedelta(hours=1))
    return address is not None and lately.count() >= HELD_AN_HOUR


def let_go(held: HeldForm) -> None:
    """Forget a held form: its texts are where they belong. A part of the deed that has put them there."""
    held.delete()


def forget_held_forms(*, before: datetime) -> int:
    """Delete the forms that nobody has come for; return how many."""
    forgotten, _ = HeldForm.objects.filter(held_at__lt=before).delete()
    return forgotten
