"""Who is writing where now. It says nothing of what is written, so it leaves no audit entry."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from innoset.foundation.policy import may
from innoset.projects import queries
from innoset.projects.models import Editing, Passport


def tell_where(passport: Passport, *, key: str, by: Any, at: datetime) -> None:
    """Remember that a person is in this field now; without a field of the form the person has left."""
    if not may(by, "projects.save_answer", passport):
        raise PermissionDenied("projects.save_answer")
    if key in {field.key for field in queries.fields_in(passport)}:
        Editing.objects.update_or_create(passport=passport, person=by, defaults={"key": key, "seen_at": at})
    else:
        Editing.objects.filter(passport=passport, person=by).delete()
