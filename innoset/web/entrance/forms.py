"""The library's forms with our labels, hints and sentences."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import EmailValidator

from innoset.web.ui.forms import KitRenderer, polish

PASSWORD_HINT = "Не короче 8 знаков. Не берите простые слова, имя и адрес."  # noqa: S105  # reason: a hint, not a password
CODE_HINT = "6 цифр из приложения или запасной код"


class Plain:
    """Mixed into a form of the library: our words, no placeholders, no bubbles of the browser."""

    words: ClassVar[dict[str, tuple[str, str]]] = {}
    order: ClassVar[list[str]] = []
    default_renderer = KitRenderer
    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            label, hint = self.words.get(name, (str(field.label or name), ""))
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("placeholder", None)
            field.error_messages = dict(field.error_messages)
            polish(name, field)
            if isinstance(field, forms.EmailField):
                wrong = f"Проверьте поле «{field.label}»: нужен адрес вида имя@пример.рф."
                field.error_messages["invalid"] = wrong
                field.validators = [EmailValidator(message=wrong)]
        if self.order:
            self.order_fields(self.order)  # type: ignore[attr-defined]  # every form has it


class LoginForm(Plain, account.LoginForm):  # type: ignore[misc]  # the library has no types
    """Sign in by e-mail and password."""

    words = {"login": ("Электронная почта", ""), "password": ("Пароль", "")}


class SignupForm(Plain, account.SignupForm):  # type: ignore[misc]  # the library has no types
    """Sign up with a name, for documents carry it."""

    last_name = forms.CharField(label="Фамилия", max_length=100)
    first_name = forms.CharField(label="Имя", max_length=100)
    middle_name = forms.CharField(label="Отчество", max_length=100, required=False)
    words = {
        "last_name": ("Фамилия", ""),
        "first_name": ("Имя", ""),
        "middle_name": ("Отчество", ""),
        "email": ("Электронная почта", "Лучше рабочая: на неё придёт ссылка для подтверждения"),
        "password1": ("Пароль", PASSWORD_HINT),
        "password2": ("Пароль ещё раз", ""),
    }
    order = ["last_name", "first_name", "middle_name", "email", "password1", "password2"]
    _COMPLETE: ClassVar[dict[str, str]] = {
        "last_name": "family-name",
        "first_name": "given-name",
        "middle_name": "additional-name",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, complete in self._COMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = complete


class AddEmailForm(Plain, account.AddEmailForm):  # type: ignore[misc]  # the library has no types
    """Change the address."""

    words = {"email": ("Новый адрес", "На него придёт письмо со ссылкой")}


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]  # the library has no types
    """Change the password."""

    words = {
        "oldpassword": ("Нынешний пароль", ""),
        "password1": ("Новый пароль", PASSWORD_HINT),
        "password2": ("Новый пароль ещё раз", ""),
    }


class SetPasswordForm(Plain, account.SetPasswordForm):  # type: ignore[misc]  # the library has no types
    """Set a first password."""

    words = {"password1": ("Пароль", PASSWORD_HINT), "password2": ("Пароль ещё раз", "")}


class ResetPasswordForm(Plain, account.ResetPasswordForm):  # type: ignore[misc]  # the library has no types
    """Ask for a letter with a link."""

    words = {"email": ("Электронная почта", "Адрес, с которым вы регистрировались")}


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]  # the library has no types
    """Set a new password by the link."""

    words = {"password1": ("Новый пароль", PASSWORD_HINT), "password2": ("Новый пароль ещё раз", "")}


class ReauthenticateForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """Show by the password that it is still the same person."""

    words = {"password": ("Пароль", "")}


class AuthenticateForm(Plain, mfa.AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """Show the second factor at sign-in."""

    words = {"code": ("Код", CODE_HINT)}


class ReauthenticateCodeForm(Plain, mfa.ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """Show by the code that it is still the same person."""

    words = {"code": ("Код", CODE_HINT)}


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):  # type: ignore[misc]  # the library has no types
    """Switch the code generator on."""

    words = {"code": ("Код из приложения", "6 цифр")}


class AddWebAuthnForm(Plain, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """Add a key of the device."""

    words = {
        "name": ("Название ключа", "Чтобы отличать его от других: «Рабочий компьютер»"),
        "passwordless": ("Входить этим ключом без пароля", "Понадобится отпечаток или код устройства"),
    }


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """Rename a key."""

    words = {"name": ("Название ключа", "")}
