"""Tags of the header and of the sign-in page: `{% load entrance %}`."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.template.context import Context

from innoset.foundation.notify.models import Message
from innoset.web import acting

register = template.Library()


@dataclass(frozen=True, slots=True)
class Who:
    """What the header says of the person who is signed in."""

    name: str
    home: str
    unread: int
    choices: tuple[acting.Choice, ...]

    @property
    def current(self) -> acting.Choice | None:
        """Return the role that the person acts in."""
        return next((choice for choice in self.choices if choice.current), None)


@register.simple_tag(takes_context=True)
def who(context: Context) -> Who | None:
    """Tell who is signed in; nobody when that cannot be asked, as on the page of a failure."""
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return None
    try:
        return _who(request) if request.user.is_authenticated else None
    except DatabaseError:
        return None


def _who(request: HttpRequest) -> Who:
    return Who(
        name=str(getattr(request.user, "short_name", request.user)),
        home=acting.home_of(acting.membership_of(request)),
        unread=Message.objects.filter(recipient=request.user.pk, read_at=None).count(),
        choices=tuple(acting.choices_of(request)),
    )


@register.simple_tag
def demo_accounts() -> tuple[Any, ...]:
    """Return the demo accounts, where the installation is a demo."""
    return tuple(settings.DEMO_ACCOUNTS) if settings.DEMO else ()
