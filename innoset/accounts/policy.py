"""Who may do what with accounts and consents."""

from typing import Any

from innoset.accounts.models import Consent, User
from innoset.foundation.policy import is_superuser, permit, predicate


@predicate
def is_self(user: Any, person: User) -> bool:
    """The person themself; a newcomer is themself before they have a number."""
    return user is person or (user.pk is not None and user.pk == person.pk)


@predicate
def gave_it(user: Any, consent: Consent) -> bool:
    """The person who gave the consent."""
    return user.pk is not None and consent.person_id == user.pk


permit("accounts.register", is_self, title="Заводить себе учётную запись по приглашению")
permit("accounts.confirm_address", is_self, title="Подтверждать свою электронную почту")
permit("accounts.edit_person", is_self, title="Исправлять свои данные")
permit("accounts.give_consent", is_self, title="Давать согласие")
permit("accounts.withdraw_consent", gave_it, title="Отзывать своё согласие")
permit("accounts.make_draft_key", is_self, title="Получать ключ своих черновиков")
permit("accounts.enrol_totp", is_superuser, title="Заводить человеку второй фактор при наладке")
