"""What the cabinet and the office share of records of dissemination: the form, the filter, the lines to take away."""

from collections.abc import Iterable, Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from innoset.network.actions.dissemination import Beside
from innoset.network.models import Dissemination, Municipality, Organisation, Status
from innoset.network.queries.dissemination import disseminations_matching, may_be_recorded_by
from innoset.network.states import DISSEMINATION_LABELS, REACH_LABELS, DisseminationKind, Reach
from innoset.web.ui.forms import Form
from innoset.web.ui.given import GivenFile

WORDS = ("запись", "записи", "записей")
CONFIRMED = (("yes", "Подтверждено"), ("no", "Не подтверждено"))
HEAD = (
    "Дата",
    "По какой день",
    "Вид",
    "Название",
    "Уровень",
    "Место",
    "Участников",
    "Кто выступал или написал",
    "Организация",
    "Муниципалитет",
    "Статус",
    "Ссылка",
    "Файл",
    "Подтверждено",
)
SEVERAL = "Можно отметить несколько: на компьютере держите нажатой левую нижнюю клавишу"


class DisseminationFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What records are searched by."""

    q = django_filters.CharFilter(label="Слова", method="by_words")
    kind = django_filters.ChoiceFilter(
        label="Вид", choices=list(DISSEMINATION_LABELS.items()), empty_label="Любой"
    )
    reach = django_filters.ChoiceFilter(
        label="Уровень", choices=list(REACH_LABELS.items()), empty_label="Любой"
    )
    since = django_filters.DateFilter(
        label="С какого дня", field_name="on", lookup_expr="gte", widget=forms.DateInput()
    )
    until = django_filters.DateFilter(
        label="По какой день", field_name="on", lookup_expr="lte", widget=forms.DateInput()
    )
    confirmed = django_filters.ChoiceFilter(
        label="Проверка", choices=CONFIRMED, empty_label="Любая", method="by_confirmation"
    )

    def by_words(self, found: QuerySet[Dissemination], name: str, value: str) -> QuerySet[Dissemination]:
        """Keep those with every word."""
        del name
        return disseminations_matching(found, value)

    def by_confirmation(
        self, found: QuerySet[Dissemination], name: str, value: str
    ) -> QuerySet[Dissemination]:
        """Keep those whose proof somebody has seen, or has not."""
        del name
        return found.filter(confirmed_at__isnull=value == "no")


class DisseminationForm(Form):
    """One act of sharing and its proof."""

    organisation = forms.ModelChoiceField(
        label="Организация",
        queryset=Organisation.objects.none(),
        error_messages={"invalid_choice": "В поле «Организация» выберите свою организацию."},
    )
    kind = forms.ChoiceField(label="Вид", choices=list(DISSEMINATION_LABELS.items()))
    title = forms.CharField(label="Название", max_length=500)
    status = forms.ModelChoiceField(
        label="В рамках какого статуса",
        queryset=Status.objects.none(),
        required=False,
        help_text="Попадёт в отчёт этой площадки",
    )
    on = forms.DateField(label="Дата", widget=forms.DateInput())
    ends_on = forms.DateField(
        label="По какой день", widget=forms.DateInput(), required=False, help_text="Если дней несколько"
    )
    reach = forms.ChoiceField(label="Уровень", choices=list(REACH_LABELS.items()))
    place = forms.CharField(label="Место", max_length=300, required=False)
    people = forms.IntegerField(
        label="Сколько участников",
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text="Не считали — оставьте пустым",
    )
    authors = forms.CharField(label="Кто выступал или написал", max_length=500, required=False)
    url = forms.URLField(label="Ссылка", max_length=500, required=False, assume_scheme="https")
    file = GivenFile(label="Файл", required=False)
    is_published = forms.BooleanField(label="Опубликовано: материал может взять каждый", required=False)
    municipalities = forms.ModelMultipleChoiceField(
        label="Какие муниципалитеты участвовали",
        queryset=Municipality.objects.filter(valid_to=None),
        required=False,
        help_text=SEVERAL,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    partners = forms.ModelMultipleChoiceField(
        label="Какие организации участвовали",
        queryset=Organisation.objects.filter(is_active=True),
        required=False,
        help_text=SEVERAL,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(self, request: HttpRequest, record: Dissemination | None = None, **more: Any) -> None:
        super().__init__(
            request.POST if request.method == "POST" else None,
            request.FILES if request.method == "POST" else None,
            initial=_initial_of(record, more),
        )
        mine = may_be_recorded_by(request.user)
        statuses = Status.objects.filter(organisation__in=mine.order_by().values("pk"))
        self.fields["organisation"].queryset = mine  # type: ignore[attr-defined]  # a field of choice
        self.fields["status"].queryset = statuses.select_related("kind")  # type: ignore[attr-defined]  # a field of choice
        if record is not None:
            # Whose the record is does not change: another organisation makes its own.
            del self.fields["organisation"]

    def parts(self) -> tuple[dict[str, Any], Beside]:
        """Return the columns, and what comes beside them."""
        values = dict(self.cleaned_data)
        beside = Beside(values.pop("file"), values.pop("municipalities"), values.pop("partners"))
        return values, beside


def _initial_of(record: Dissemination | None, more: dict[str, Any]) -> dict[str, Any]:
    if record is None:
        return {"reach": Reach.MUNICIPAL, **more}
    names = set(DisseminationForm.base_fields) - {"organisation", "file", "municipalities", "partners"}
    given = {name: getattr(record, name) for name in names}
    return given | {"municipalities": record.municipalities.all(), "partners": record.partners.all()}


def lines_of(records: Iterable[Dissemination]) -> Iterator[tuple[str, ...]]:
    """Yield the records as lines of a table."""
    for one in records:
        yield (
            f"{one.on:%d.%m.%Y}",
            f"{one.ends_on:%d.%m.%Y}" if one.ends_on else "",
            DISSEMINATION_LABELS[DisseminationKind(one.kind)],
            one.title,
            REACH_LABELS[Reach(one.reach)],
            one.place,
            "" if one.people is None else str(one.people),
            one.authors,
            one.organisation.short_name,
            one.organisation.municipality.name,
            str(one.status or ""),
            one.url,
            one.file.name if one.file else "",
            f"{one.confirmed_at:%d.%m.%Y}" if one.confirmed_at else "",
        )
