"""The score sheet as a form: a scale and a comment for every criterion, and a conclusion."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from innoset.review.models import Criterion
from innoset.review.pure.scoring import NOTHING, Mark, demand
from innoset.review.queries.sheets import rule_of
from innoset.web.ui.forms import Form, polish

COMMENT = 5000
NOT_APPLICABLE = "na"
"""What a radio button sends when the criterion does not apply."""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion on the page."""

    criterion: Criterion
    name: str
    options: list[tuple[str, str]]
    value: str
    field: BoundField
    comment: BoundField
    sources: list[tuple[str, str]]

    @property
    def shown(self) -> str:
        """Return what the bar says: the value, «н/п», or a dash."""
        return "н/п" if self.value == NOT_APPLICABLE else self.value or "—"

    @property
    def error(self) -> str:
        """Return what is wrong with the mark."""
        return " ".join(map(str, self.field.errors))


class SheetForm(Form):
    """Marks and comments by the number of the criterion: `k2`, `k2_comment`."""

    comment = forms.CharField(
        label="Общий вывод", required=False, max_length=COMMENT, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        criteria: Sequence[Criterion],
        marks: Mapping[int, Mark],
        comment: str = "",
    ) -> None:
        initial: dict[str, Any] = {"comment": comment}
        for criterion in criteria:
            mark = marks.get(criterion.pk, NOTHING)
            value = NOT_APPLICABLE if mark.is_not_applicable else mark.value
            initial |= {name_of(criterion): value, f"{name_of(criterion)}_comment": mark.comment}
        super().__init__(data, initial=initial)
        for name, field in _fields(criteria).items():
            polish(name, field)
            self.fields[name] = field
        self.order_fields([name for name in self.fields if name != "comment"])
        self.criteria = criteria

    def marks(self) -> dict[int, Mark]:
        """Return what was sent, by the key of the criterion; a comment that was not sent stays as it was."""
        sent = self.cleaned_data
        names = ((criterion.pk, name_of(criterion)) for criterion in self.criteria)
        return {key: _mark(sent[name], self._sent(f"{name}_comment")) for key, name in names}

    def conclusion(self) -> str | None:
        """Return the conclusion, or None when the page had saved it already and did not send it again."""
        return self.cleaned_data["comment"] if "comment" in self.data else None

    def _sent(self, name: str) -> str:
        return str(self.cleaned_data[name] if name in self.data else self.initial[name])

    def lines(self, content: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
        """Yield the criteria with the places of the document that they speak of."""
        for criterion in self.criteria:
            name = name_of(criterion)
            value = self[name].value()
            yield Line(
                criterion=criterion,
                name=name,
                options=options_of(criterion),
                value="" if value is None else str(value),
                field=self[name],
                comment=self[f"{name}_comment"],
                sources=sources_of(criterion, content),
            )


def options_of(criterion: Criterion) -> list[tuple[str, str]]:
    """Return the levels in words, and «не применимо» where it may be said."""
    levels = [(str(level["value"]), str(level["text"])) for level in criterion.levels]
    return [*levels, (NOT_APPLICABLE, "не применимо")] if criterion.may_not_apply else levels


def _mark(answer: str, comment: str) -> Mark:
    value = int(answer) if answer.isdigit() else None
    return Mark(value, comment, is_not_applicable=answer == NOT_APPLICABLE)


def name_of(criterion: Criterion) -> str:
    """Return the name of the criterion's input."""
    return f"k{criterion.number}"


def sources_of(criterion: Criterion, content: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return anchor and number of the first row of each field that the criterion speaks of."""
    found = []
    for key in criterion.fields:
        row = next((one for one in content if is_about(key, str(one["key"]))), None)
        if row is not None:
            found.append((anchor_of(str(row["key"])), str(key)))
    return found


def is_about(key: str, row: str) -> bool:
    """Tell whether a criterion's key covers a row: «11» is also «11.2.3»."""
    return row == key or row.startswith(f"{key}.")


def anchor_of(key: str) -> str:
    """Return the id of a row on the page."""
    return f"field-{key.replace('.', '-')}"


def _fields(criteria: Sequence[Criterion]) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {}
    for criterion in criteria:
        made[name_of(criterion)] = forms.ChoiceField(
            label=f"К{criterion.number}", required=False, choices=options_of(criterion)
        )
        made[f"{name_of(criterion)}_comment"] = forms.CharField(
            label="Почему такой балл",
            required=False,
            max_length=COMMENT,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=demand(rule_of(criterion)),
        )
    return made
