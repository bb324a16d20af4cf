"""The expert's own passport: subjects, training, experience, and how the work has gone so far."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from innoset.review import actions
from innoset.review.queries.experts import history_of, profile_of, record_of_expert
from innoset.web.passports import PassportForm
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt


@require_http_methods(["GET", "POST"])
def passport(request: HttpRequest) -> HttpResponse:
    """Show and change one's own passport."""
    profile = profile_of(request.user)
    form = PassportForm(request.POST or None, initial=PassportForm.initial_of(profile))
    context = {
        "form": form,
        "record": record_of_expert(request.user, arrived_at(request)),
        "history": history_of(request.user),
    }
    page = partial(render, request, "desk/passport.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_passport,
        profile,
        says=form.says(),
        said="Паспорт эксперта сохранён.",
        then="desk:passport",
        form=form,
        on_refusal=page,
    )


routes = [path("passport/", passport, name="passport")]
