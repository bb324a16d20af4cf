"""How much of a form is filled."""

from dataclasses import dataclass
from enum import StrEnum

from innoset.projects.pure.forms.shape import Field, Form, Section, Values, fields_for


class Progress(StrEnum):
    """The three words an applicant sees beside a section."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"

    @property
    def label(self) -> str:
        """Return the word shown on the screen."""
        return _LABELS[self]


_LABELS = {
    Progress.NOT_STARTED: "Не начато",
    Progress.IN_PROGRESS: "Заполняется",
    Progress.DONE: "Готово",
}


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """A section with the count of its required fields that are filled."""

    section: Section
    progress: Progress
    filled: int
    total: int

    @property
    def percent(self) -> int:
        """Return the share filled, whole percents, 100 only when all is filled."""
        return self.filled * 100 // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class Completeness:
    """The whole form: section by section and together."""

    sections: tuple[SectionProgress, ...]

    @property
    def filled(self) -> int:
        """Return how many required fields are filled."""
        return sum(item.filled for item in self.sections)

    @property
    def total(self) -> int:
        """Return how many fields are required."""
        return sum(item.total for item in self.sections)

    @property
    def percent(self) -> int:
        """Return the share filled in whole percents."""
        return self.filled * 100 // self.total if self.total else 100

    @property
    def is_done(self) -> bool:
        """Tell whether every required field is filled."""
        return self.filled == self.total


def completeness(form: Form, values: Values) -> Completeness:
    """Return how much is filled, by section."""
    fields = fields_for(form, values)
    return Completeness(
        tuple(
            _progress(section, [one for one in fields if one.section == section.code], values)
            for section in form.sections
        )
    )


def _progress(section: Section, fields: list[Field], values: Values) -> SectionProgress:
    required = [field for field in fields if field.required]
    filled = sum(bool(values.get(field.key, "").strip()) for field in required)
    touched = any(values.get(field.key, "").strip() for field in fields)
    if filled == len(required) and (touched or not fields):
        progress = Progress.DONE
    else:
        progress = Progress.IN_PROGRESS if touched else Progress.NOT_STARTED
    return SectionProgress(section, progress, filled, len(required))
