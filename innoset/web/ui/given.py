"""A field that takes a file from a person: judged by content, pictures drawn anew, before any deed begins."""

from typing import Any

from django import forms
from django.conf import settings

from innoset.foundation.errors import Refusal
from innoset.foundation.files.actions import Given, prepare
from innoset.foundation.files.kinds import ATTACHMENTS

MEGABYTE = 2**20


class GivenFile(forms.FileField):
    """Cleans to a `Given`, ready for a deed; what does not do is refused with the cure."""

    def __init__(self, **kwargs: Any) -> None:
        kinds = ", ".join(ATTACHMENTS.values())
        most = settings.FILES_MAX_BYTES // MEGABYTE
        kwargs.setdefault("help_text", f"Не больше {most} МБ. Подойдут {kinds}.")
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Given | None:
        """Return the prepared file, or nothing when none was chosen."""
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > settings.FILES_MAX_BYTES:
            most = settings.FILES_MAX_BYTES // MEGABYTE
            raise forms.ValidationError(
                f"Файл «{file.name}» больше {most} МБ. Уменьшите его и выберите снова."
            )
        try:
            return prepare(file.read(), name=file.name or "файл", limit=settings.FILES_MAX_BYTES)
        except Refusal as no:
            raise forms.ValidationError(no.text) from no
