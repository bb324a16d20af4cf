"""«Что если»: other rules, asked for in the address. Nothing is written."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from innoset.contests.pure.standing import Rules, ranked
from innoset.contests.pure.what_if import Change, changes, fates
from innoset.contests.queries.standing import Field
from innoset.contests.states import BASIS_LABELS, RankingBasis
from innoset.web.ui.forms import Form, polish

MOST_PLACES = 1000
NAMES = ("basis", "line", "threshold", "quota", "municipality_quota")


class WhatIfForm(Form):
    """The rules that can be tried; an empty field means that there is no such rule."""

    basis = forms.ChoiceField(label="Места считать по", choices=list(BASIS_LABELS.items()))
    line = forms.IntegerField(label="Черта после места", min_value=0, max_value=MOST_PLACES, required=False)
    threshold = forms.DecimalField(
        label="Проходной балл", min_value=0, max_digits=6, decimal_places=2, required=False
    )
    quota = forms.IntegerField(label="Статусов всего", min_value=0, max_value=MOST_PLACES, required=False)
    municipality_quota = forms.IntegerField(
        label="Одному муниципалитету", min_value=0, max_value=MOST_PLACES, required=False
    )

    def __init__(self, *args: Any, rules: Rules, groups: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(rules, groups), **kwargs)
        self.groups = groups
        for place, title in enumerate(groups):
            field = forms.IntegerField(
                label=f"Номинация «{title}»", min_value=0, max_value=MOST_PLACES, required=False
            )
            self.fields[f"group_{place}"] = field
            polish(f"group_{place}", field)

    def rules(self) -> Rules:
        """Return what is tried."""
        facts = self.cleaned_data
        quotas = ((title, facts[f"group_{place}"]) for place, title in enumerate(self.groups))
        return Rules(
            **{name: facts[name] for name in NAMES},
            group_quotas=tuple((title, quota) for title, quota in quotas if quota is not None),
        )


def _initial(rules: Rules, groups: tuple[str, ...]) -> dict[str, Any]:
    quotas = dict(rules.group_quotas)
    initial = {name: getattr(rules, name) for name in NAMES}
    return initial | {f"group_{place}": quotas.get(title) for place, title in enumerate(groups)}


@dataclass(frozen=True, slots=True)
class Trial:
    """The rules tried, and what they would change against those in force."""

    form: WhatIfForm
    rules: Rules
    is_other: bool
    fates: tuple[Change, ...]
    moved: int

    @property
    def basis_words(self) -> str:
        """Return by what places are counted in the trial."""
        return BASIS_LABELS[RankingBasis(self.rules.basis)].lower()


def trial_of(field: Field, asked: QueryDict) -> Trial:
    """Return the trial that the address asks for; what is not asked for stays as it is in force."""
    groups = tuple(sorted({work.group for work in field.works if work.group}))
    form = WhatIfForm(_filled(asked, field.rules, groups), rules=field.rules, groups=groups)
    rules = form.rules() if form.is_valid() else field.rules
    if rules == field.rules:
        return Trial(form, rules, is_other=False, fates=(), moved=0)
    found = changes(ranked(field.works, field.rules), ranked(field.works, rules))
    return Trial(
        form, rules, is_other=True, fates=tuple(fates(found)), moved=sum(one.rise != 0 for one in found)
    )


def _filled(asked: QueryDict, rules: Rules, groups: tuple[str, ...]) -> dict[str, Any]:
    """Return the whole form: each part as asked, or as it is in force."""
    now = _initial(rules, groups)
    return {name: asked.get(name, "" if value is None else value) for name, value in now.items()}
