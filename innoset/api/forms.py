"""Forms for machines: which there are, and the JSON schema of each."""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from innoset.projects.pure.catalogue import FORMS, form_by_code
from innoset.projects.pure.forms import Form, json_schema

HOUR: Final = 3600
_READABLE: Final = {"ensure_ascii": False}


def etag_of(request: HttpRequest, code: str = "") -> str | None:
    """Return the tag of an answer: it changes when a form gets a new version."""
    del request
    known = [form for form in FORMS if code in ("", form.code)]
    return f'"{":".join(f"{form.code}-{form.version}" for form in known)}"' if known else None


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
@condition(etag_func=etag_of)
def forms(request: HttpRequest) -> HttpResponse:
    """List the forms, each with the address of its schema."""
    listed = [_summary(form, request) for form in FORMS]
    return JsonResponse({"forms": listed}, json_dumps_params=_READABLE)


def _summary(form: Form, request: HttpRequest) -> dict[str, str]:
    address = request.build_absolute_uri(reverse("api:form_schema", args=[form.code]))
    return {"code": form.code, "title": form.title, "version": form.version, "schema": address}


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
@condition(etag_func=etag_of)
def schema(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the JSON schema of a form's values; an unknown form is told where the list is."""
    try:
        form = form_by_code(code)
    except KeyError:
        detail = f"Такой формы нет. Список форм: {request.build_absolute_uri(reverse('api:forms'))}"
        return JsonResponse({"detail": detail}, status=404, json_dumps_params=_READABLE)
    return JsonResponse(
        json_schema(form), content_type="application/schema+json", json_dumps_params=_READABLE
    )


routes = [
    path("forms/", forms, name="forms"),
    path("forms/<slug:code>/schema.json", schema, name="form_schema"),
]
