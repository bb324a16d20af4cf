"""Where the sign-in library meets the house: names at sign-up, letters by the outbox, plain words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from innoset.accounts.models import User
from innoset.accounts.notices import SIGN_IN_LETTER
from innoset.foundation import clock
from innoset.foundation.notify.actions import post
from innoset.web import acting
from innoset.web.second_factor import must_have_one

_MISMATCH = "Электронная почта или пароль не подходят. Проверьте раскладку клавиатуры и попробуйте ещё раз."
_WRONG_CODE = (
    "Код не подошёл. Посмотрите новый код в приложении и введите его: код меняется каждые полминуты."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Accounts as the house has them."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Эта учётная запись закрыта. Напишите в поддержку.",
        "cannot_remove_primary_email": "Основной адрес удалить нельзя. Сначала замените его другим.",
        "duplicate_email": "Этот адрес уже указан в вашей учётной записи. Введите другой.",
        "email_password_mismatch": _MISMATCH,
        "email_taken": "С этим адресом уже есть учётная запись. Введите другой адрес.",
        "enter_current_password": "Нынешний пароль не подошёл. Введите его ещё раз.",
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": "Пароль не подошёл. Проверьте раскладку клавиатуры и введите его ещё раз.",
        "invalid_or_expired_key": "Ссылка устарела. Запросите новую.",
        "invalid_login": _MISMATCH,
        "invalid_password_reset": "Ссылка для смены пароля устарела. Запросите новую.",
        "rate_limited": "Слишком много попыток подряд. Подождите несколько минут и попробуйте ещё раз.",
        "too_many_login_attempts": "Слишком много попыток входа. Подождите пять минут и попробуйте ещё раз.",
        "unverified_primary_email": "Сначала подтвердите электронную почту по ссылке из письма.",
        "same_as_current": "Новый адрес совпадает с нынешним. Введите другой.",
    }

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Keep the middle name too."""
        user.middle_name = form.cleaned_data.get("middle_name", "")
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the letter into the outbox: a mail server that is down keeps nobody from signing up."""
        facts = {"site_name": settings.SITE_NAME, "email": email, **context}
        mail = self.render_mail(template_prefix, email, facts)
        post(
            SIGN_IN_LETTER,
            address=email,
            title=mail.subject,
            text=mail.body.strip(),
            at=clock.now(),
            about=get_random_string(20),
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Open the first page of the role that the person acts in."""
        return acting.home_of(acting.membership_of(request))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Second factors as the house has them."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": "При включённом втором факторе добавить адрес нельзя. Напишите в поддержку.",
        "cannot_delete_authenticator": (
            "Вашей роли нужен второй фактор. Сначала добавьте другой, потом отключайте этот."
        ),
        "cannot_generate_recovery_codes": "Сначала включите второй фактор, потом получите запасные коды.",
        "incorrect_code": _WRONG_CODE,
        "unverified_email": "Сначала подтвердите электронную почту, потом включайте второй фактор.",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last factor of a person who decides about others."""
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        others = others.exclude(type=Authenticator.Type.RECOVERY_CODES)
        return others.exists() or not must_have_one(authenticator.user)
