"""Handing out a private file: sealed, as a download, never as active content."""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse

from innoset.foundation.files.kinds import ENDINGS, PDF
from innoset.foundation.files.models import StoredFile
from innoset.foundation.files.pure.names import clean_name, name_with
from innoset.foundation.files.queries import content_for

SEALED = "sandbox; default-src 'none'"


def hand_out(
    stored: StoredFile | None, *, to: Any = None, name: str = "", in_place: bool = False
) -> HttpResponse:
    """Answer with the file under the name that people know; the caller has checked who may see it.

    The file may still wait for the virus scanner: then only `to`, if they gave it, gets it, and all
    others a page that says so. `in_place` is for what the house itself has printed; what people
    gave is always a download.
    """
    if stored is None:
        raise Http404
    data = content_for(stored, to)
    return bytes_as_file(data, name=name or stored.name, media_type=stored.media_type, in_place=in_place)


def bytes_as_file(data: bytes, *, name: str, media_type: str, in_place: bool = True) -> HttpResponse:
    """Answer with what the house has just written; a PDF of ours may be looked at in the browser."""
    place = "inline" if in_place and media_type == PDF else "attachment"
    known = name_with(ENDINGS.get(media_type, ""), clean_name(name))
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"{place}; filename*=UTF-8''{quote(known)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SEALED
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
