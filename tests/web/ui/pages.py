"""A small door for the tests of the kit: real views over a real table."""

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from django_cotton.compiler_regex import CottonCompiler

from innoset.accounts.models import User
from innoset.conf.urls import handler400, handler403, handler404, handler500
from innoset.foundation.errors import Refusal
from innoset.foundation.workflow import WrongState
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing, Table, Tick


class PositionForm(Form):
    """One field."""

    position = forms.CharField(label="Должность", max_length=20)


class PersonFilter(django_filters.FilterSet):  # type: ignore[misc]  # django_filters has no types
    """A filter of one box."""

    word = django_filters.CharFilter(field_name="last_name", lookup_expr="icontains", label="Фамилия")


class PersonTable(Table):
    """People, by position at first."""

    tick = Tick(accessor="email")
    last_name = tables.Column(verbose_name="Фамилия")
    position = tables.Column(verbose_name="Должность", attrs={"td": {"class": "low"}, "th": {"class": "low"}})

    class Meta(Table.Meta):
        order_by = "position"


def appoint(person: User, *, by: User, at: object, position: str) -> str:
    """Give the person a position, unless it is one of those that fail."""
    if position == "директор":
        raise Refusal("Директор уже есть. Назовите другую должность.", field="position")
    if position == "никто":
        raise Refusal("Так не бывает.", field="unknown")
    if position == "поздно":
        raise WrongState("appoint", "closed")
    if position == "чужой":
        raise PermissionDenied
    person.position = f"{position}, назначил {by.last_name}"
    person.save()
    return person.position


__all__ = ("handler400", "handler403", "handler404", "handler500", "urlpatterns")


def compiled(source: str) -> str:
    """Turn components into template tags, as the loader does with files."""
    return str(CottonCompiler().process(source))


def _draw(source: str, request: HttpRequest, **context: object) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(compiled(source)).render(context, request))


def edit(request: HttpRequest) -> HttpResponse:
    """Show the form again on a mistake or a refusal."""
    form = PositionForm(request.POST or None)

    def page() -> HttpResponse:
        return _draw(
            '<c-page title="Назначение" :form="form"><form method="post">{{ form }}</form></c-page>',
            request,
            form=form,
        )

    if not form.is_valid():
        return page()
    assert isinstance(request.user, User)
    return attempt(
        request,
        appoint,
        request.user,
        **form.cleaned_data,
        said=str.capitalize,
        then="list",
        form=form,
        on_refusal=page,
    )


def button(request: HttpRequest) -> HttpResponse:
    """Have no form: a refusal becomes a message."""
    assert isinstance(request.user, User)
    return attempt(request, appoint, request.user, position=request.POST["position"], said="Готово.")


def again(request: HttpRequest) -> HttpResponse:
    """Have no form, and show a page of its own on a refusal."""
    assert isinstance(request.user, User)
    return attempt(
        request,
        appoint,
        request.user,
        position="директор",
        on_refusal=lambda: _draw('<c-page title="Назначение"></c-page>', request),
    )


def cards(request: HttpRequest) -> HttpResponse:
    """List the people without a table."""
    return HttpResponse(
        ", ".join(person.last_name for person in Listing(request, User.objects.order_by(), per_page=3).rows)
    )


def fragment(request: HttpRequest) -> HttpResponse:
    """Answer with what came out."""
    assert isinstance(request.user, User)
    return attempt(request, appoint, request.user, position="учитель", then=HttpResponse)


def people(request: HttpRequest) -> HttpResponse:
    """List the people, two a page."""
    listing = Listing(
        request,
        User.objects.all(),
        filterset=PersonFilter,
        table=PersonTable,
        per_page=2,
        words=("человек", "человека", "человек"),
    )
    return _draw(
        '<c-page title="Люди"><c-listing :listing="listing" label="Люди" /></c-page>',
        request,
        listing=listing,
    )


SAVED: list[dict[str, str]] = []
REPLAYS: list[str] = []
ANSWERS: list[JsonResponse] = []


@login_not_required
def saving(request: HttpRequest) -> HttpResponse:
    """Show a form that saves itself, and take what it sends."""
    if request.method == "POST":
        REPLAYS.append(request.POST.get("replay", ""))
        SAVED.append(
            {
                name: str(value)
                for name, value in request.POST.items()
                if value and name not in ("csrfmiddlewaretoken", "replay")
            }
        )
        return ANSWERS.pop(0) if ANSWERS else JsonResponse({"at": "14:03:12", "version": len(SAVED)})
    return _draw(
        '<c-page title="Черновик"><c-autosave url="/saving/" paste><form method="post" novalidate>{% csrf_token %}'
        '<input type="hidden" name="version" value="0"><input type="hidden" name="seen-goal">'
        '<c-field label="Идея" name="idea" limit="10"><c-textarea name="idea" /></c-field>'
        '<c-field label="Цель" name="goal"><c-input name="goal" /></c-field>'
        '<c-button text="Сохранить" /></form></c-autosave></c-page>',
        request,
    )


urlpatterns = [
    path("edit/", edit),
    path("button/", button),
    path("fragment/", fragment),
    path("again/", again),
    path("cards/", cards),
    path("list/", people, name="list"),
    path("saving/", saving),
    path("", include("innoset.conf.urls")),
]
