"""The analysis of a site on pages: its form, and the two judgements side by side."""

from collections.abc import Mapping
from typing import Any

from django import forms

from innoset.analytics.actions.analyses import Mark
from innoset.analytics.models import Analysis, AnalysisAnswer, AnalysisQuestion
from innoset.analytics.pure.findings import analysis_finding, far_apart
from innoset.analytics.queries import analyses as queries
from innoset.web.ui.forms import Form
from innoset.web.ui.year_charts import pair_plot

COMMENT = 500
SUMMARY = 5000


class AnalysisForm(Form):
    """A mark and a comment for each statement, and the conclusion."""

    summary = forms.CharField(label="Вывод", required=False, max_length=SUMMARY, widget=forms.Textarea)

    def __init__(
        self,
        *args: Any,
        questions: list[AnalysisQuestion],
        answers: Mapping[str, AnalysisAnswer],
        **kwargs: Any,
    ) -> None:
        self.questions = questions
        initial = kwargs.pop("initial", {})
        for code, answer in answers.items():
            initial |= {
                code: "" if answer.value is None else str(answer.value),
                f"{code}_note": answer.comment,
            }
        super().__init__(*args, initial=initial, **kwargs)
        for number, one in enumerate(questions, 1):
            self.fields |= _fields_of(number, one)

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Return the statements by group: each with its two controls."""
        found: dict[str, list[Any]] = {}
        for one in self.questions:
            found.setdefault(one.group, []).append((self[one.code], self[f"{one.code}_note"]))
        return [{"title": title, "rows": rows} for title, rows in found.items()]

    def marks(self) -> dict[str, Mark]:
        """Return what was chosen; no choice is no mark."""
        given = self.cleaned_data
        return {
            one.code: Mark(int(given[one.code]) if given[one.code] else None, given[f"{one.code}_note"])
            for one in self.questions
        }


def _fields_of(number: int, one: AnalysisQuestion) -> dict[str, forms.Field]:
    label = f"{number}. {one.text}"
    choices = [(str(mark), f"{mark} — {anchor}") for mark, anchor in enumerate(one.anchors)]
    wrong = {"invalid_choice": f"Выберите оценку от 0 до 4 в утверждении {number}."}
    return {
        one.code: forms.ChoiceField(
            label=label, choices=choices, required=False, widget=forms.RadioSelect, error_messages=wrong
        ),
        f"{one.code}_note": forms.CharField(
            label=f"Чем подтверждается ({number})", required=False, max_length=COMMENT
        ),
    }


def form_of(analysis: Analysis | None, data: Any) -> AnalysisForm:
    """Return the form with what has been kept so far."""
    return AnalysisForm(
        data or None,
        questions=list(queries.questions()),
        answers=queries.answers_of(analysis),
        initial={"summary": analysis.summary if analysis else ""},
    )


def side_by_side(both: queries.Both) -> dict[str, Any]:
    """Return what a page needs to show the two analyses together."""
    pairs = queries.pairs_of(both)
    own, expert = queries.answers_of(both.own), queries.answers_of(both.expert)
    rows: list[dict[str, Any]] = [
        {
            "number": number,
            "pair": pair,
            "own_note": own[one.code].comment if one.code in own else "",
            "expert_note": expert[one.code].comment if one.code in expert else "",
        }
        for number, (one, pair) in enumerate(zip(queries.questions(), pairs, strict=True), 1)
    ]
    return {
        "both": both,
        "rows": rows,
        "far": far_apart(pairs),
        "finding": analysis_finding(pairs),
        "plot": pair_plot(
            [(f"Утверждение {row['number']}", row["pair"].own, row["pair"].expert) for row in rows]
        ),
    }
