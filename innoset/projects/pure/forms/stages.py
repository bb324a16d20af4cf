"""The stages of a project, read from the values of a form."""

from dataclasses import dataclass

from innoset.foundation.calendar import Month, parse_period
from innoset.projects.pure.forms.shape import Field, Form, Part, Values, stage_count, stage_fields


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: the words of the author and the months understood from them."""

    number: int
    name: str
    period: str
    start: Month | None
    end: Month | None
    tasks: str
    result: str

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all is written about the stage."""
        return not (self.name or self.period or self.tasks or self.result)


def stages_of(form: Form, values: Values) -> tuple[Stage, ...]:
    """Return the stages in order; none for a form without stages."""
    group = form.stages
    if group is None:
        return ()
    count = stage_count(form, values)
    return tuple(_stage(stage_fields(group, number, count), number, values) for number in range(1, count + 1))


def _stage(fields: tuple[Field, ...], number: int, values: Values) -> Stage:
    text = {field.part: values.get(field.key, "").strip() for field in fields}
    period = parse_period(text.get(Part.PERIOD, ""))
    return Stage(
        number=number,
        name=text.get(Part.NAME, ""),
        period=text.get(Part.PERIOD, ""),
        start=period.start if period else None,
        end=period.end if period else None,
        tasks=text.get(Part.TASKS, ""),
        result=text.get(Part.RESULT, ""),
    )
