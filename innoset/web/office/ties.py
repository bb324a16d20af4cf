"""Ties between sites: who leads whom, agglomerations with a theme and their members."""

from functools import partial
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.foundation.policy import may
from innoset.foundation.russian import moscow
from innoset.network import actions, queries
from innoset.network.models import Agglomeration, AgglomerationMember, Mentorship, Organisation, Status
from innoset.network.queries import ties
from innoset.network.queries.organisations import helps_everybody
from innoset.network.states import Role
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Return the pages about ties that a person may open."""
    pages = [("agglomerations", "Агломерации"), ("mentorships", "Наставничество")]
    if sees_pilots(request.user):
        pages.append(("pilots", "Пилотные школы"))
    if may(request.user, "network.reorganise"):
        pages.append(("reorganisations", "Реорганизации"))
    return [
        {"title": title, "url": reverse(f"office:{name}"), "current": name == current}
        for name, title in pages
    ]


def sees_pilots(person: Any) -> bool:
    """Tell whether a person may see any pilot marks at all."""
    keeps = queries.is_registry_keeper(person) or helps_everybody(person)
    return keeps or queries.holds(person, Role.COORDINATOR)


class SiteField(forms.ModelChoiceField):  # type: ignore[type-arg]  # a field of statuses, named in __init__
    """A status to choose, told by its holder."""

    def label_from_instance(self, status: Any) -> str:
        """Name the holder first: that is what people look for."""
        return f"{status.organisation.short_name} — {status.said_number}"


class MentorshipForm(Form):
    """Which network site leads which site, from when."""

    mentor = SiteField(label="МСИП, которая ведёт", queryset=Status.objects.none(), empty_label="Выберите")
    site = SiteField(label="МИП, которую ведут", queryset=Status.objects.none(), empty_label="Выберите")
    since = forms.DateField(label="С какого дня", widget=forms.DateInput())
    note = forms.CharField(label="Пояснение", max_length=300, required=False)


class EndForm(Form):
    """When and why a tie ends."""

    on = forms.DateField(label="Последний день", widget=forms.DateInput())


def mentorships(request: HttpRequest) -> HttpResponse:
    """Show who leads whom today, and begin a new mentorship."""
    today = moscow(arrived_at(request)).date()
    current = Status.objects.filter(queries.current_on(today)).select_related("organisation", "kind")
    mentors = current.filter(kind__code="msip").order_by("organisation__short_name", "pk")
    asked = mentors.filter(number=request.GET.get("status", "")).first()
    form = MentorshipForm(request.POST or None, initial={"since": today, "mentor": asked})
    cast("SiteField", form.fields["mentor"]).queryset = mentors
    cast("SiteField", form.fields["site"]).queryset = ties.free_sites(today)
    context = {"form": form, "mentorships": ties.mentorships_on(today), "tabs": tabs(request, "mentorships")}
    page = partial(render, request, "office/mentorships.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.start_mentorship,
        Mentorship(**form.cleaned_data),
        said="Наставничество назначено.",
        then=reverse("office:mentorships"),
        form=form,
        on_refusal=page,
    )


def end_mentorship(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mentorship."""
    tie = get_object_or_404(
        Mentorship.objects.select_related("mentor__organisation", "site__organisation"), pk=pk
    )
    form = EndForm(request.POST or None, initial={"on": moscow(arrived_at(request)).date()})
    context = {
        "form": form,
        "title": "Завершить наставничество",
        "lead": str(tie),
        "back": reverse("office:mentorships"),
    }
    page = partial(render, request, "office/tie_end.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.end_mentorship,
        tie,
        on=form.cleaned_data["on"],
        said="Наставничество завершено.",
        then=reverse("office:mentorships"),
        form=form,
        on_refusal=page,
    )


class AgglomerationForm(Form):
    """What an agglomeration is called and about, who leads it, since when."""

    title = forms.CharField(label="Название", max_length=200)
    theme = forms.CharField(
        label="Тема", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    lead = forms.ModelChoiceField(
        label="Кто ведёт",
        queryset=Organisation.objects.filter(is_active=True).order_by("short_name", "pk"),
        required=False,
    )
    since = forms.DateField(label="С какого дня", widget=forms.DateInput())


class AgglomerationEditForm(AgglomerationForm):
    """The same, with a last day instead of the first."""

    since = None  # type: ignore[assignment]  # the first day is not changed
    until = forms.DateField(
        label="Последний день",
        widget=forms.DateInput(),
        required=False,
        help_text="Впишите, только если агломерация закончила работу",
    )


class MemberForm(Form):
    """Who joins, from when."""

    organisation = forms.ModelChoiceField(
        label="Организация",
        queryset=Organisation.objects.filter(is_active=True).order_by("short_name", "pk"),
        empty_label="Выберите",
    )
    since = forms.DateField(label="С какого дня", widget=forms.DateInput())


@require_safe
def agglomerations(request: HttpRequest) -> HttpResponse:
    """List the agglomerations of today with their members."""
    today = moscow(arrived_at(request)).date()
    context = {"agglomerations": ties.agglomerations_on(today), "tabs": tabs(request, "agglomerations")}
    return render(request, "office/agglomerations.html", context)


def make(request: HttpRequest) -> HttpResponse:
    """Begin an agglomeration."""
    form = AgglomerationForm(request.POST or None, initial={"since": moscow(arrived_at(request)).date()})
    page = partial(render, request, "office/agglomeration_form.html", {"form": form, "agglomeration": None})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.make_agglomeration,
        Agglomeration(**form.cleaned_data),
        said="Агломерация создана. Включите в неё организации.",
        then=lambda made: reverse("office:agglomeration", args=[cast("Agglomeration", made).code]),
        form=form,
        on_refusal=page,
    )


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change an agglomeration, or end it."""
    found = get_object_or_404(Agglomeration, code=code)
    names = ("title", "theme", "lead", "until")
    form = AgglomerationEditForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    page = partial(render, request, "office/agglomeration_form.html", {"form": form, "agglomeration": found})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_agglomeration,
        found,
        **form.cleaned_data,
        said="Агломерация сохранена.",
        then=reverse("office:agglomeration", args=[code]),
        form=form,
        on_refusal=page,
    )


def agglomeration(request: HttpRequest, code: str) -> HttpResponse:
    """Call the roll of an agglomeration, and take somebody in."""
    today = moscow(arrived_at(request)).date()
    found = get_object_or_404(Agglomeration.objects.select_related("lead"), code=code)
    form = MemberForm(request.POST or None, initial={"since": today})
    context = {
        "agglomeration": found,
        "roll": ties.roll_of(found, today),
        "form": form,
        "tabs": tabs(request, ""),
    }
    page = partial(render, request, "office/agglomeration.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.add_member,
        found,
        **form.cleaned_data,
        said="Организация включена в агломерацию.",
        then=reverse("office:agglomeration", args=[code]),
        form=form,
        on_refusal=page,
    )


def leave(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Let an organisation leave."""
    member = get_object_or_404(
        AgglomerationMember.objects.select_related("agglomeration", "organisation"),
        agglomeration__code=code,
        organisation__number=number,
        until=None,
    )
    form = EndForm(request.POST or None, initial={"on": moscow(arrived_at(request)).date()})
    back = reverse("office:agglomeration", args=[code])
    context = {"form": form, "title": "Исключить из агломерации", "lead": str(member), "back": back}
    page = partial(render, request, "office/tie_end.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.end_member,
        member,
        on=form.cleaned_data["on"],
        said="Организация исключена из агломерации.",
        then=back,
        form=form,
        on_refusal=page,
    )


routes = [
    path("mentorships/", mentorships, name="mentorships"),
    path("mentorships/<int:pk>/end/", end_mentorship, name="mentorship_end"),
    path("agglomerations/", agglomerations, name="agglomerations"),
    path("agglomerations/new/", make, name="agglomeration_new"),
    path("agglomerations/<slug:code>/", agglomeration, name="agglomeration"),
    path("agglomerations/<slug:code>/edit/", edit, name="agglomeration_edit"),
    path("agglomerations/<slug:code>/<str:number>/leave/", leave, name="agglomeration_leave"),
]
