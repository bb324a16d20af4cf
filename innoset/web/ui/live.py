"""A part of a page that keeps itself fresh: an answer with a tag, or none when nothing has changed."""

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render


def fresh_part(
    request: HttpRequest, template: str, context: dict[str, object], *, etag: str, at: datetime
) -> HttpResponse:
    """Answer with the part for `<live-part>`, or say that the browser has it already."""
    tag = f'"{etag}"'
    has_it = request.headers.get("If-None-Match") == tag
    response = HttpResponseNotModified() if has_it else render(request, template, context)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-store"
    response["Server-Now"] = str(int(at.timestamp() * 1000))
    return response


def tag_of(*told: object) -> str:
    """Return a tag that is the same as long as the same is told, in every process."""
    return hashlib.sha256(repr(told).encode()).hexdigest()[:24]
