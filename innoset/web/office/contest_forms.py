"""Forms of the parts of a contest."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms

from innoset.accounts.models import ConsentText
from innoset.accounts.reference.expert_secrecy import EXPERT_SECRECY
from innoset.accounts.reference.simple_signature import SIMPLE_SIGNATURE
from innoset.contests.models import Contest
from innoset.contests.pure import calendar
from innoset.contests.pure.calendar import StagePlan
from innoset.contests.states import BASIS_LABELS, WAY_LABELS
from innoset.foundation.calendar import SchoolYear
from innoset.foundation.russian import decimal, from_roman, roman
from innoset.network.models import Municipality, StatusKind
from innoset.network.states import KIND_LABELS
from innoset.projects.pure.catalogue import FORMS
from innoset.web.ui.forms import Form, MomentField, polish

SCHOOL_YEARS = 5
OF_OTHERS = ("expert", EXPERT_SECRECY.code, SIMPLE_SIGNATURE.code)
"""The texts that others agree to, not applicants: experts, and heads who sign by a code."""


class GeneralForm(Form):
    """What the contest is and for whom."""

    title = forms.CharField(label="Название", max_length=300)
    edition = forms.CharField(
        label="Выпуск",
        max_length=12,
        required=False,
        help_text="Римской или обычной цифрой, например XXI. Оставьте пустым, если конкурс не нумеруют.",
    )
    school_year = forms.TypedChoiceField(label="Учебный год", coerce=int)
    summary = forms.CharField(
        label="О конкурсе",
        max_length=3000,
        widget=forms.Textarea,
        help_text="Два-три предложения для участников: зачем конкурс и что получат победители.",
    )
    status_kind = forms.ModelChoiceField(label="Какой статус присваивают", queryset=StatusKind.objects.none())
    form_code = forms.ChoiceField(
        label="Форма заявки", choices=[(one.code, one.title) for one in FORMS], widget=forms.RadioSelect
    )
    organisation_kinds = forms.MultipleChoiceField(
        label="Кто может участвовать",
        choices=[(str(kind), label) for kind, label in KIND_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Если ничего не отмечено, участвуют организации любого вида.",
    )
    municipality = forms.ModelChoiceField(
        label="Муниципалитет",
        queryset=Municipality.objects.none(),
        required=False,
        empty_label="Весь край",
        help_text="Заявки примут только от организаций этого муниципалитета.",
    )
    prefix = forms.CharField(  # type: ignore[assignment]  # Django keeps declared fields apart
        label="Начало номера заявки", max_length=6, help_text="Например, ИП даст номера вида ИП-2026-0147."
    )
    code = forms.SlugField(
        label="Адрес на сайте",
        max_length=60,
        help_text="Латинские буквы, цифры и дефис. Обычно менять не нужно.",
    )

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = contest.school_year - 1
        years = [(year, str(SchoolYear(year))) for year in range(first, first + SCHOOL_YEARS)]
        self.fields["school_year"].choices = years  # type: ignore[attr-defined]  # a field of choices has them
        kinds = StatusKind.objects.filter(is_active=True)
        self.fields["status_kind"].queryset = kinds  # type: ignore[attr-defined]  # a field of models has one
        places = Municipality.objects.filter(valid_to=None)
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]  # likewise

    @staticmethod
    def initial_of(contest: Contest) -> dict[str, Any]:
        """Return what the contest says now."""
        names = ("title", "school_year", "summary", "status_kind", "form_code", "organisation_kinds")
        now = {name: getattr(contest, name) for name in (*names, "municipality", "prefix", "code")}
        return now | {"edition": roman(contest.edition) if contest.edition else ""}

    def clean_edition(self) -> int | None:
        """Read the number of the edition, roman or plain."""
        text = str(self.cleaned_data["edition"]).strip()
        if not text:
            return None
        try:
            number = int(text) if text.isdecimal() else from_roman(text)
            roman(number)
        except ValueError as error:
            raise forms.ValidationError("Введите в поле «Выпуск» число, например XXI или 21.") from error
        return number


class RegulationForm(Form):
    """The file with the regulation."""

    file = forms.FileField(label="Положение о конкурсе", help_text="PDF, DOCX или ODT, до 20 МБ")


class NominationForm(Form):
    """One nomination; a row without a title is no nomination."""

    title = forms.CharField(label="Название", max_length=200, required=False)
    quota = forms.IntegerField(label="Не более статусов", min_value=1, max_value=999, required=False)


class CalendarForm(Form):
    """The exact Moscow times of every stage."""

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        self.has_defence = contest.has_defence
        self.kinds = [kind for kind in calendar.ORDER if kind != "defence" or contest.has_defence]
        super().__init__(*args, **kwargs)
        for name, field in self._fields():
            self.fields[name] = field
            polish(name, field)

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        for kind in self.kinds:
            title = calendar.TITLES[kind]
            yield f"{kind}_starts_at", MomentField(label=f"{title}: начало")
            yield f"{kind}_ends_at", MomentField(label=f"{title}: конец")

    @staticmethod
    def initial_of(plan: list[StagePlan]) -> dict[str, Any]:
        """Return the times as they are now."""
        starts = {f"{stage.kind}_starts_at": stage.starts_at for stage in plan}
        return starts | {f"{stage.kind}_ends_at": stage.ends_at for stage in plan}

    @property
    def rows(self) -> list[tuple[str, Any, Any]]:
        """Return the stages with their two moments, for the page."""
        return [
            (calendar.TITLES[kind], self[f"{kind}_starts_at"], self[f"{kind}_ends_at"]) for kind in self.kinds
        ]

    def stages(self, titles: dict[str, str]) -> list[StagePlan]:
        """Return the stages that have both moments."""
        data = self.cleaned_data
        return [
            StagePlan(kind, data[f"{kind}_starts_at"], data[f"{kind}_ends_at"], titles.get(kind, ""))
            for kind in self.kinds
            if data.get(f"{kind}_starts_at") and data.get(f"{kind}_ends_at")
        ]

    def clean(self) -> dict[str, Any]:
        """Check the order, so that every fault stands at its own field."""
        if not self.errors:
            for fault in calendar.faults(self.stages({}), has_defence=self.has_defence):
                self.add_error(fault.field, fault.text)
        return self.cleaned_data


class RulesForm(Form):
    """How many read, how many points pass, how many statuses there are."""

    sheets_per_application = forms.IntegerField(label="Экспертов на заявку", min_value=1, max_value=20)
    is_blind = forms.BooleanField(label="Эксперты не видят автора на заочном этапе", required=False)
    has_defence = forms.BooleanField(label="Есть открытая защита", required=False)
    defence_is_blind = forms.BooleanField(
        label="Эксперты не видят автора и на защите",
        required=False,
        help_text="Для защиты без выступления: по записи или презентации под шифром.",
    )
    experts_are_named = forms.BooleanField(
        label="После итогов участник узнаёт, кто оценивал его работу",
        required=False,
        help_text="Эксперты прочтут об этом в приглашении.",
    )
    remote_threshold = forms.DecimalField(
        label="Проходной балл заочного этапа", min_value=0, max_digits=6, decimal_places=2, required=False
    )
    final_threshold = forms.DecimalField(
        label="Проходной итоговый балл", min_value=0, max_digits=6, decimal_places=2, required=False
    )
    quota = forms.IntegerField(label="Не более статусов всего", min_value=1, max_value=999, required=False)
    municipality_quota = forms.IntegerField(
        label="Не более статусов одному муниципалитету", min_value=1, max_value=999, required=False
    )
    applications_per_organisation = forms.IntegerField(
        label="Заявок от одной организации", min_value=1, max_value=20
    )
    ranking_basis = forms.ChoiceField(
        label="Места считают по",
        choices=list(BASIS_LABELS.items()),
        help_text="Другие способы счёта совет видит рядом, но места по ним не меняются.",
    )
    shares_comments = forms.BooleanField(label="Участник получает замечания экспертов", required=False)
    shares_profile = forms.BooleanField(
        label="Участник видит свои баллы среди баллов всех работ", required=False
    )
    appeal_days = forms.IntegerField(
        label="Дней на апелляцию", min_value=0, max_value=60, help_text="Ноль — апелляции не принимают."
    )
    confirmation_ways = forms.MultipleChoiceField(
        label="Как руководитель подтверждает заявку",
        choices=[(str(way), label) for way, label in WAY_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Участник выберет один из отмеченных способов. Ничего не отмечено — подтверждение не нужно.",
    )
    confirmation_hours = forms.IntegerField(
        label="Часов на подтверждение после срока",
        min_value=0,
        max_value=240,
        help_text="Только для заявок, которые отправились в срок автоматически.",
    )

    def __init__(self, *args: Any, most: tuple[Decimal, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = dict(zip(("remote_threshold", "final_threshold"), most, strict=True))
        for name, points in self.most.items():
            self.fields[name].help_text = f"Из {decimal(float(points), 0)} возможных. Пусто — без порога."

    def clean(self) -> dict[str, Any]:
        """Refuse a threshold that nobody can reach."""
        for name, points in self.most.items():
            asked = self.cleaned_data.get(name)
            if asked is not None and asked > points:
                self.add_error(
                    name, f"Больше {decimal(float(points), 0)} баллов набрать нельзя. Уменьшите порог."
                )
        return self.cleaned_data


class ConsentsForm(Form):
    """Which texts applicants agree to."""

    consents = forms.ModelMultipleChoiceField(
        label="Согласия",
        queryset=ConsentText.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Каждое согласие участник даёт отдельно. Система запомнит, кто, когда и с какой версией текста согласился.",
    )

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = contest.consents.values("pk")
        current = ConsentText.objects.filter(is_current=True).exclude(code__in=OF_OTHERS)
        texts = current | ConsentText.objects.filter(pk__in=chosen)
        self.fields["consents"].queryset = texts  # type: ignore[attr-defined]  # a field of models has one
