"""Pages of one measure: adding, correcting, marking progress, dropping and bringing back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from innoset.accounts.models import User
from innoset.network.models import Dissemination
from innoset.projects.actions import measures as actions
from innoset.projects.models import RoadmapItem
from innoset.projects.queries import roadmaps as queries
from innoset.web.roadmaps.frame import Frame, writer_only
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

NUMBER = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})


class ReasonedForm(Form):
    """A form that asks for the reason where the roadmap is approved."""

    reason = forms.CharField(
        label="Причина изменения", max_length=500, help_text="Карта утверждена: причина останется в истории"
    )

    def __init__(self, *args: Any, frame: Frame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frame = frame
        if not frame.is_approved:
            del self.fields["reason"]


class MeasureForm(ReasonedForm):
    """What is to be done, when and by whom."""

    stage = forms.CharField(label="Этап или раздел", max_length=200, required=False)
    title = forms.CharField(label="Мероприятие", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    responsible = forms.CharField(
        label="Ответственный",
        max_length=300,
        required=False,
        help_text="Фамилия и должность, как в документе",
    )
    responsible_person = forms.ModelChoiceField(
        label="Кому напоминать",
        queryset=User.objects.none(),
        required=False,
        empty_label="Только тем, кто ведёт карту",
        help_text="Сотрудник с учётной записью",
    )
    starts_on = forms.DateField(label="Начало", widget=forms.DateInput(), required=False)
    ends_on = forms.DateField(label="Срок", widget=forms.DateInput())
    result = forms.CharField(
        label="Ожидаемый результат",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    unit = forms.CharField(
        label="Единица", max_length=60, required=False, help_text="Что считаем, например: семинаров"
    )
    planned = forms.IntegerField(label="План", required=False, min_value=0, widget=NUMBER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [one.pk for one in queries.writers_of(self.frame.roadmap)]
        known = self.initial.get("responsible_person")
        people += [known.pk] if known else []
        staff = User.objects.filter(pk__in=people).order_by("last_name", "first_name", "pk")
        self.fields["responsible_person"].queryset = staff  # type: ignore[attr-defined]  # a field of models has one
        stage = self.fields["stage"].widget
        stage.attrs["list"] = "stages"
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def values(self) -> dict[str, Any]:
        """Return what was sent, without the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class MarkForm(Form):
    """How much is done, and by which record of the site it is proved."""

    done_percent = forms.IntegerField(
        label="Выполнено, %", min_value=0, max_value=100, widget=NUMBER, help_text="От 0 до 100"
    )
    done_on = forms.DateField(
        label="Дата выполнения",
        widget=forms.DateInput(),
        required=False,
        help_text="Если выполнено полностью; пусто — сегодня",
    )
    actual = forms.IntegerField(label="Факт", required=False, min_value=0, widget=NUMBER)
    actual_note = forms.CharField(
        label="Что сделано", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    dissemination = forms.ModelChoiceField(
        label="Чем подтверждается",
        queryset=Dissemination.objects.none(),
        required=False,
        empty_label="Записи пока нет",
        help_text="Мероприятие, публикация или продукт, которые вы уже внесли",
    )

    def __init__(self, *args: Any, frame: Frame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dissemination"].queryset = queries.proofs_for(frame.roadmap)  # type: ignore[attr-defined]  # a field of models has one


class DropForm(ReasonedForm):
    """Why a measure goes or comes back."""


@writer_only
def new(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Add a measure."""
    form = MeasureForm(request.POST or None, frame=frame)
    shown = _page(request, frame, form, "Новое мероприятие", "Добавить")
    if not form.is_valid():
        return shown()
    return attempt(
        request,
        actions.add_measure,
        frame.roadmap,
        values=form.values(),
        reason=form.cleaned_data.get("reason", ""),
        said="Мероприятие добавлено.",
        then=lambda item: f"{frame.url()}#m{item.pk}",
        form=form,
        on_refusal=shown,
    )


@writer_only
def edit(request: HttpRequest, frame: Frame, item: int) -> HttpResponse:
    """Correct a measure: what, when, by whom."""
    found = frame.item_or_404(item)
    initial = {name: getattr(found, name) for name in MeasureForm.base_fields if name != "reason"}
    form = MeasureForm(request.POST or None, initial=initial, frame=frame)
    shown = _page(request, frame, form, "Исправить мероприятие", "Сохранить", item=found)
    if not form.is_valid():
        return shown()
    return attempt(
        request,
        actions.correct_measure,
        frame.roadmap,
        item=found,
        seen=_seen(request),
        values=form.values(),
        reason=form.cleaned_data.get("reason", ""),
        said="Мероприятие сохранено.",
        then=f"{frame.url()}#m{found.pk}",
        form=form,
        on_refusal=shown,
    )


@writer_only
def mark(request: HttpRequest, frame: Frame, item: int) -> HttpResponse:
    """Mark how much is done."""
    found = frame.item_or_404(item)
    initial = {name: getattr(found, name) for name in MarkForm.base_fields}
    form = MarkForm(request.POST or None, initial=initial, frame=frame)
    shown = _page(request, frame, form, "Отметить выполнение", "Сохранить", item=found)
    if not form.is_valid():
        return shown()
    return attempt(
        request,
        actions.mark_measure,
        frame.roadmap,
        item=found,
        seen=_seen(request),
        values=form.cleaned_data,
        said="Отметка сохранена.",
        then=f"{frame.url()}#m{found.pk}",
        form=form,
        on_refusal=shown,
    )


@writer_only
def drop(request: HttpRequest, frame: Frame, item: int) -> HttpResponse:
    """Take a measure away, or bring a dropped one back."""
    found = frame.item_or_404(item)
    is_back = found.dropped_at is not None
    form = DropForm(request.POST or None, frame=frame)
    title = "Вернуть мероприятие" if is_back else "Снять мероприятие"
    shown = _page(request, frame, form, title, title, item=found)
    if request.method != "POST" or not form.is_valid():
        return shown()
    return attempt(
        request,
        actions.restore_measure if is_back else actions.drop_measure,
        frame.roadmap,
        item=found,
        seen=_seen(request),
        reason=form.cleaned_data.get("reason", ""),
        said="Мероприятие возвращено." if is_back else "Мероприятие снято.",
        then=frame.url(),
        form=form,
        on_refusal=shown,
    )


def _seen(request: HttpRequest) -> int:
    """Return the version that the page had shown; what is no number is no version."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() else 0


def _page(
    request: HttpRequest,
    frame: Frame,
    form: Form,
    title: str,
    button: str,
    *,
    item: RoadmapItem | None = None,
) -> Callable[[], HttpResponse]:
    """Return how to draw the page; after a clash it shows what the roadmap says now, beside what was typed."""
    context = frame.context(request, title) | {"form": form, "title": title, "button": button, "item": item}
    context["stages"] = queries.stages_in(frame.roadmap) if "stage" in form.fields else []
    if item is not None:
        context["is_clash"] = request.method == "POST" and _seen(request) != item.version
    return partial(render, request, "roadmaps/form.html", context)
