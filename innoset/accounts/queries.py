"""Reads of people and consents."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from innoset.accounts.models import Consent, ConsentText, DraftKey, HeldForm, User

PERSONAL_DATA = "personal-data"
DISTRIBUTION = "distribution"
EXPERT = "expert"
EXPERT_SECRECY = "expert-secrecy"


def current_text(code: str) -> ConsentText:
    """Return the text of a consent that is in force now."""
    return ConsentText.objects.get(code=code, is_current=True)


def live_consents_of(person: User) -> QuerySet[Consent]:
    """Return what a person agreed to and has not withdrawn."""
    return Consent.objects.filter(person=person, withdrawn_at=None).select_related("text")


def consents_visible_to(person: User) -> QuerySet[Consent]:
    """Return all that a person ever agreed to; nobody reads another's."""
    return Consent.objects.filter(person=person).select_related("text")


def has_consented(person: User, code: str) -> bool:
    """Tell whether a person agrees now to some version of a text."""
    return live_consents_of(person).filter(text__code=code).exists()


def draft_key_of(person: Any) -> DraftKey | None:
    """Return the key of a person's own drafts, if they have one already."""
    return DraftKey.objects.filter(person=person).first()


FORMS_ARE_HELD = timedelta(days=1)
"""How long a form waits for its writer to sign in again."""


def token_sha256(token: str) -> str:
    """Return by which mark a form is found; the token itself is nowhere but in the cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


def held_forms(tokens: Iterable[str], at: datetime) -> QuerySet[HeldForm]:
    """Return the forms that these tokens open, the oldest first."""
    marks = [token_sha256(token) for token in tokens]
    return HeldForm.objects.filter(token_sha256__in=marks, held_at__gt=at - FORMS_ARE_HELD).order_by("id")


def own_data_of(person: User) -> dict[str, Any]:
    """Return all that the accounts keep of a person, as they may take it away."""
    return {
        "электронная почта": person.email,
        "фамилия": person.last_name,
        "имя": person.first_name,
        "отчество": person.middle_name,
        "должность": person.position,
        "телефон": person.phone,
        "дата регистрации": person.date_joined,
        "последний вход": person.last_login,
        "согласия": [
            {
                "текст": consent.text.title,
                "версия": consent.text.version,
                "контрольная сумма": consent.text.sha256,
                "к чему относится": consent.about,
                "дано": consent.given_at,
                "с адреса": consent.address,
                "отозвано": consent.withdrawn_at,
            }
            for consent in consents_visible_to(person)
        ],
    }
