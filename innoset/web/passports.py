"""The form of an expert's passport, as the desk and the office show it."""

from typing import Any

from django import forms

from innoset.review.actions import Passport
from innoset.review.models import Direction, ExpertProfile
from innoset.review.queries.experts import directions
from innoset.web.ui.forms import Form


class PassportForm(Form):
    """Subjects, training, experience, a break."""

    directions = forms.ModelMultipleChoiceField(
        label="Направления, в которых вы сильны",
        queryset=Direction.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="По ним подбирают дела.",
    )
    trained_on = forms.DateField(label="Когда обучались экспертизе", required=False, widget=forms.DateInput)
    training = forms.CharField(
        label="Где и чему обучались", required=False, max_length=300, help_text="Курс, место, число часов"
    )
    about = forms.CharField(
        label="Об опыте",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Чем занимаетесь, что внедряли, в каких конкурсах судили",
    )
    paused_until = forms.DateField(
        label="Не беру дела до",
        required=False,
        widget=forms.DateInput,
        help_text="Например, на время отпуска",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [one.pk for one in self.initial.get("directions", ())]
        # A line that left the dictionary stays with those who had chosen it.
        known = directions() | Direction.objects.filter(pk__in=chosen)
        self.fields["directions"].queryset = known  # type: ignore[attr-defined]  # a field of models has one

    @staticmethod
    def initial_of(profile: ExpertProfile) -> dict[str, Any]:
        """Return what the passport says now."""
        names = ("trained_on", "training", "about", "paused_until")
        said = {name: getattr(profile, name) for name in names}
        return said | {"directions": list(profile.directions.all()) if profile.pk else []}

    def says(self) -> Passport:
        """Return what was sent."""
        sent = self.cleaned_data
        return Passport(**{**sent, "directions": tuple(sent["directions"])})
