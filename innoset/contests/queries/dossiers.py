"""What experts are given to read of an application."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from innoset.contests.models import Application
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Form, Kind, Values, fields_of, stages_of


@dataclass(frozen=True, slots=True)
class Copy:
    """The frozen text of an application, as experts see it."""

    title: str
    content: list[dict[str, Any]]
    stages: list[dict[str, Any]]


def copy_of(application: Application) -> Copy:
    """Return what experts read: blind when the contest is blind."""
    version = application.version
    assert version is not None  # noqa: S101  # reason: the database holds it for whatever was admitted
    form, values = form_by_code(version.form_code), version.values
    content = list(_rows(form, values, version.stages, with_people=not application.contest.is_blind))
    return Copy(application.project.title, content, list(_stages(form, values)))


def _rows(form: Form, values: Values, stages: int, *, with_people: bool) -> Iterator[dict[str, Any]]:
    for field in fields_of(form, stages=stages):
        if field.public or with_people:
            yield {
                "key": field.key,
                "number": field.printed_number,
                "label": field.label,
                "text": values.get(field.key, ""),
                "is_group": field.kind is Kind.HEADING,
            }


def _stages(form: Form, values: Values) -> Iterator[dict[str, Any]]:
    for stage in stages_of(form, values):
        yield {
            "name": stage.name,
            "start": str(stage.start) if stage.start else None,
            "end": str(stage.end) if stage.end else None,
        }
