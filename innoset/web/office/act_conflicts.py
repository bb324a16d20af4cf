"""Acts that look like one with different requisites: side by side, until a person decides."""

from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.documents import actions, queries
from innoset.documents.models import ActDistinction, NormativeAct
from innoset.foundation.policy import may
from innoset.web.normative import cited
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

DIFFERENCES = {
    "number": "разные номера у одного названия и дня",
    "date": "разные даты у одного номера и названия",
    "day": "один день и орган, похожие названия, разные номера",
    "title": "одно название, разные номера и даты",
}
LIST = "Похожие документы"


class KeepForm(Form):
    """Why two acts are two."""

    note = forms.CharField(
        label="Чем документы различаются",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Пометка останется у обоих документов",
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A conflict as it is shown."""

    first: NormativeAct
    second: NormativeAct
    said: str
    distinction: ActDistinction | None
    elsewhere: tuple[NormativeAct, ...]

    @classmethod
    def of(cls, one: queries.Conflict) -> "Pair":
        """Return the pair in words."""
        return cls(one.first, one.second, DIFFERENCES[one.about], one.distinction, one.elsewhere)

    @property
    def note(self) -> str:
        """Return why they were told apart, if they were."""
        return self.distinction.note if self.distinction else ""

    @property
    def left(self) -> str:
        """Return the first act as it is cited."""
        return cited(self.first)

    @property
    def right(self) -> str:
        """Return the second act as it is cited."""
        return cited(self.second)


@dataclass(frozen=True, slots=True)
class Clash:
    """Another act that looks like this one."""

    other: NormativeAct
    about: str
    note: str
    pair: tuple[int, int]


def clashes_of(act: NormativeAct) -> list[Clash]:
    """Return what looks like this act, with what was decided."""
    found = []
    for one in map(Pair.of, queries.every_conflict()):
        if act in (one.first, one.second):
            other = one.second if one.first == act else one.first
            found.append(Clash(other, one.said, one.note, (one.first.pk, one.second.pk)))
    return found


def _pair_or_404(first: int, second: int) -> Pair:
    for one in queries.every_conflict():
        if (one.first.pk, one.second.pk) == (first, second):
            return Pair.of(one)
    raise Http404


@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """List every pair, also those that a person has told apart."""
    pairs = sorted(map(Pair.of, queries.every_conflict()), key=lambda one: bool(one.note))
    crumbs = [("Нормативная база", reverse("office:acts")), (LIST, "")]
    return render(request, "office/act_conflicts.html", {"pairs": pairs, "crumbs": crumbs})


def conflict(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Show two acts side by side; keep both with a note."""
    pair = _pair_or_404(first, second)
    form = KeepForm(request.POST or None)
    context = {
        "one": pair,
        "rows": list(_rows(pair)),
        "elsewhere": [(act, cited(act)) for act in pair.elsewhere],
        "may_decide": may(request.user, "documents.keep_both_acts", pair.first),
        "form": form,
        "crumbs": [("Нормативная база", reverse("office:acts")), (LIST, _list()), ("Сравнение", "")],
    }
    page = partial(render, request, "office/act_conflict.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.keep_both_acts,
        pair.first,
        other=pair.second,
        **form.cleaned_data,
        said="Оба документа остаются, пометка сохранена.",
        then=_list(),
        form=form,
        on_refusal=page,
    )


@require_POST
def reopen(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Take the decision back."""
    pair = _pair_or_404(first, second)
    if pair.distinction is None:
        raise Http404
    return attempt(request, actions.forget_distinction, pair.distinction, said="Отметка снята.", then=_list())


def _list() -> str:
    return reverse("office:act_conflicts")


def _rows(pair: Pair) -> list[tuple[str, str, str, bool]]:
    rows = [
        (title, _said(pair.first, name), _said(pair.second, name))
        for title, name in (
            ("Вид", "kind"),
            ("Уровень", "level"),
            ("Кто издал", "issuer"),
            ("Дата", "signed_on"),
            ("Номер", "number"),
            ("Название", "title"),
            ("Пояснение", "note"),
        )
    ]
    return [(title, left, right, left != right) for title, left, right in rows]


def _said(act: NormativeAct, name: str) -> str:
    if name == "signed_on":
        return f"{act.signed_on:%d.%m.%Y}" if act.signed_on else "Не указана"
    shown = getattr(act, f"get_{name}_display", None)
    return str(shown() if shown else getattr(act, name)) or "Не указано"


routes = [
    path("acts/conflicts/", conflicts, name="act_conflicts"),
    path("acts/conflicts/<int:first>/<int:second>/", conflict, name="act_conflict"),
    path("acts/conflicts/<int:first>/<int:second>/reopen/", reopen, name="act_conflict_reopen"),
]
